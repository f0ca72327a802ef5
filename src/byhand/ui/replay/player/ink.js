/** Pen, colours and measures of the stage. */

export class Ink {
  /** One CSS pixel in desktop pixels: labels keep their size however small the stage is. */
  css = 1;
  /** Desktop pixels in pixels of the canvas. */
  scale = 1;
  calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  text = "";
  muted = "";
  desk = "";
  dots = "";
  panel = "";
  line = "";
  accent = "";
  blue = "";
  shade = "";
  font = "";

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** Read colours again, after the theme changed. */
  theme() {
    const style = getComputedStyle(this.canvas);
    /** @param {string} name */
    const read = (name) => style.getPropertyValue(name).trim();
    this.text = read("--ink");
    this.muted = read("--muted");
    this.desk = read("--desk");
    this.dots = read("--dots");
    this.panel = read("--panel");
    this.line = read("--line");
    this.accent = read("--accent");
    this.blue = read("--blue");
    this.shade = read("--shade");
    this.font = style.fontFamily;
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} [below] */
  caption(text, x, y, below) {
    const { pen } = this;
    const css = this.css;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 ${17 * css}px ${this.font}`;
    pen.fillStyle = this.text;
    pen.fillText(text, x, y);
    if (!below) return;
    pen.font = `${12.5 * css}px ${this.font}`;
    pen.fillStyle = this.muted;
    pen.fillText(below, x, y + 24 * css);
  }

  /** Text cut to a width, in the pen's font. @param {string} text @param {number} width */
  short(text, width) {
    if (width <= 0) return "";
    const { pen } = this;
    if (pen.measureText(text).width <= width) return text;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pen.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
      else high = middle - 1;
    }
    return low ? `${text.slice(0, low)}…` : "";
  }
}
