/**
 * The stage: the desktop as far as it was kept, at one moment. Frames where there are some, else windows and elements
 * drawn from events; over both the pointer, presses, scrolls and names.
 */
import { Frames } from "./frames.js";
import { Scene, appColour, countUntil } from "./scene.js";

const RIPPLE_MS = 700;
const PRESS_SHOWN_MS = 2600;
const FOCUS_SHOWN_MS = 6000;
const SCROLL_SHOWN_MS = 700;
/** So many elements of a window stay as a faint sketch of it. */
const SKETCHED = 60;

/** @typedef {{app: string, title: string, x: number, y: number, w: number, h: number, sketch: Map<string, ElementBox>}} Shown */
/** @typedef {{words: string, role: string, x: number, y: number, w: number, h: number}} ElementBox */

export class Stage {
  /** The windows known so far, in the order in which they lie over each other. @type {Map<number, Shown>} */
  windows = new Map();
  windowsSeen = 0;
  elementsSeen = 0;
  last = -1;
  /** One CSS pixel in desktop pixels: labels keep their size however small the stage is. */
  css = 1;
  ink = "";
  muted = "";
  desk = "";
  dots = "";
  panel = "";
  line = "";
  accent = "";
  blue = "";
  shade = "";
  font = "";

  /** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {() => void} ready called when a picture has come in */
  constructor(canvas, scene, ready) {
    this.canvas = canvas;
    this.scene = scene;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.scale = 1;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.frames = new Frames(scene, ready);
  }

  /** Read colours again, after the theme changed. */
  theme() {
    const style = getComputedStyle(this.canvas);
    /** @param {string} name */
    const read = (name) => style.getPropertyValue(name).trim();
    this.ink = read("--ink");
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

  /** @param {number} width @param {number} height of the place there is, in CSS pixels */
  resize(width, height) {
    const [w, h] = this.scene.screen;
    const fit = Math.max(0.05, Math.min(width / w, height / h));
    const ratio = devicePixelRatio || 1;
    this.scale = fit * ratio;
    this.canvas.style.width = `${Math.floor(w * fit)}px`;
    this.canvas.style.height = `${Math.floor(h * fit)}px`;
    this.canvas.width = Math.floor(w * fit * ratio);
    this.canvas.height = Math.floor(h * fit * ratio);
    this.css = 1 / fit;
  }

  restart() {
    this.windows = new Map();
    this.windowsSeen = 0;
    this.elementsSeen = 0;
    this.last = -1;
  }

  /** @param {number} t */
  draw(t) {
    if (t < this.last) this.restart();
    this.last = t;
    this.#advance(t);
    const { pen, scene } = this;
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    if (this.frames.until(t)) {
      pen.imageSmoothingQuality = "high";
      pen.drawImage(this.frames.screen, 0, 0);
    } else this.#wireframe();
    this.#elements(t);
    this.#scrolls(t);
    const gap = scene.gapAt(t);
    if (gap) this.#gap(gap.label);
    else this.#pointer(t);
  }

  /** The window in front at the moment drawn last. @returns {Shown | undefined} */
  front() {
    return [...this.windows.values()].pop();
  }

  /** @param {number} t */
  #advance(t) {
    const { data, times } = this.scene;
    const windows = countUntil(times.windows, t);
    for (; this.windowsSeen < windows; this.windowsSeen++) {
      const [at, , change, id, app, title, x, y, w, h] = data.windows[this.windowsSeen];
      this.#sketch(at);
      if (change === "closed") {
        this.windows.delete(id);
        continue;
      }
      const known = this.windows.get(id);
      const moved = known && (known.w !== w || known.h !== h);
      const shown = { app, title, x, y, w, h, sketch: known && !moved ? known.sketch : new Map() };
      if (change === "focus") this.windows.delete(id);
      this.windows.set(id, shown);
    }
    this.#sketch(t);
  }

  /** Elements met so far become part of the front window's sketch. @param {number} t */
  #sketch(t) {
    const { data, times } = this.scene;
    const elements = countUntil(times.elements, t);
    for (; this.elementsSeen < elements; this.elementsSeen++) {
      const [, , , words, role, x, y, w, h] = data.elements[this.elementsSeen];
      const front = this.front();
      if (!front || w <= 0 || h <= 0) continue;
      const key = `${x},${y},${w},${h}`;
      front.sketch.delete(key);
      front.sketch.set(key, { words, role, x, y, w, h });
      if (front.sketch.size > SKETCHED) front.sketch.delete(/** @type {string} */ (front.sketch.keys().next().value));
    }
  }

  #wireframe() {
    const { pen } = this;
    const [w, h] = this.scene.screen;
    pen.fillStyle = this.desk;
    pen.fillRect(0, 0, w, h);
    const step = 26 * this.css;
    pen.fillStyle = this.dots;
    const size = 1.4 * this.css;
    for (let y = step / 2; y < h; y += step) for (let x = step / 2; x < w; x += step) pen.fillRect(x, y, size, size);
    const shown = [...this.windows.values()];
    shown.forEach((window, place) => this.#window(window, place === shown.length - 1));
    if (!shown.length) this.#caption("no window yet", w / 2, h / 2);
  }

  /** @param {Shown} window @param {boolean} front */
  #window(window, front) {
    const { pen, scene } = this;
    const css = this.css;
    const { x, y, w, h } = window;
    if (w <= 0 || h <= 0) return;
    const bar = Math.min(h, 26 * css, 44);
    const small = bar / 26;
    const top = y >= bar ? y - bar : y;
    const round = Math.min(8 * css, w / 2, h / 2);
    pen.save();
    pen.globalAlpha = front ? 1 : 0.62;
    pen.shadowColor = this.shade;
    pen.shadowBlur = (front ? 26 : 8) * this.scale * css;
    pen.shadowOffsetY = (front ? 8 : 2) * this.scale * css;
    pen.fillStyle = this.panel;
    pen.beginPath();
    pen.roundRect(x, top, w, y + h - top, round);
    pen.fill();
    pen.shadowColor = "transparent";
    pen.clip();
    pen.fillStyle = appColour(scene, window.app, front ? 0.2 : 0.1);
    pen.fillRect(x, top, w, bar);
    pen.fillStyle = appColour(scene, window.app, 1);
    pen.beginPath();
    pen.arc(x + 14 * small, top + bar / 2, 4 * small, 0, 7);
    pen.fill();
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.font = `600 ${12 * small}px ${this.font}`;
    pen.fillStyle = this.ink;
    const from = x + 25 * small;
    pen.fillText(window.app, from, top + bar / 2 + small);
    if (window.title) {
      const after = from + pen.measureText(window.app).width + 10 * small;
      pen.font = `${12 * small}px ${this.font}`;
      pen.fillStyle = this.muted;
      pen.fillText(this.#short(window.title, x + w - after - 12 * small), after, top + bar / 2 + small);
    }
    for (const box of window.sketch.values()) this.#control(box);
    pen.restore();
    pen.strokeStyle = front ? appColour(scene, window.app, 0.55) : this.line;
    pen.lineWidth = css;
    pen.beginPath();
    pen.roundRect(x, top, w, y + h - top, round);
    pen.stroke();
  }

  /** A faint control, shaped by its role. @param {ElementBox} box */
  #control(box) {
    const { pen } = this;
    const css = this.css;
    const { x, y, w, h, role } = box;
    const large = w * h > 90000;
    const round = /button|tab|chip|switch/.test(role) ? Math.min(h / 2, 7 * css) : 3 * css;
    pen.save();
    pen.globalAlpha *= 0.75;
    pen.beginPath();
    pen.roundRect(x, y, w, h, Math.min(round, w / 2, h / 2));
    pen.fillStyle = this.desk;
    if (!large) pen.fill();
    pen.strokeStyle = this.line;
    pen.lineWidth = css;
    pen.stroke();
    const name = /“(.*)”$/.exec(box.words)?.[1];
    if (name && !large && h >= 10 * css) {
      pen.font = `${Math.min(12 * css, h * 0.6)}px ${this.font}`;
      pen.fillStyle = this.muted;
      pen.textAlign = "center";
      pen.fillText(this.#short(name, w - 8 * css), x + w / 2, y + h / 2 + css / 2);
    }
    pen.restore();
  }

  /** @param {number} t */
  #elements(t) {
    const { data, times } = this.scene;
    const until = countUntil(times.elements, t);
    let pressed = false;
    let focused = false;
    for (let i = until - 1; i >= 0 && i >= until - 12 && !(pressed && focused); i--) {
      const [at, , why, words, , x, y, w, h] = data.elements[i];
      const age = t - at;
      if (w <= 0 || h <= 0) continue;
      // The later of the two says its name; a focus that only follows its press is the press.
      if (why === "press" && !pressed && age < PRESS_SHOWN_MS) {
        const fresh = Math.min(1, (PRESS_SHOWN_MS - age) / 500);
        this.#outline(x, y, w, h, focused ? "" : words, focused ? fresh * 0.5 : fresh, this.accent, false);
        pressed = true;
      } else if (why === "focus" && !focused && !pressed && age < FOCUS_SHOWN_MS) {
        const before = i > 0 ? data.elements[i - 1] : null;
        const follows = before?.[2] === "press" && at - before[0] < 400 && before[5] === x && before[6] === y;
        if (follows && age < PRESS_SHOWN_MS) continue;
        this.#outline(x, y, w, h, words, Math.min(1, (FOCUS_SHOWN_MS - age) / 500), this.blue, true);
        focused = true;
      }
    }
  }

  /**
   * @param {number} x @param {number} y @param {number} w @param {number} h @param {string} words
   * @param {number} alpha @param {string} colour @param {boolean} dashed
   */
  #outline(x, y, w, h, words, alpha, colour, dashed) {
    const { pen } = this;
    const css = this.css;
    pen.save();
    pen.globalAlpha = alpha;
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = 2 * css;
    if (dashed) pen.setLineDash([5 * css, 4 * css]);
    pen.beginPath();
    pen.roundRect(x - 2 * css, y - 2 * css, w + 4 * css, h + 4 * css, 5 * css);
    pen.stroke();
    pen.globalAlpha = alpha * (w * h > 90000 ? 0.03 : 0.1);
    pen.fill();
    pen.globalAlpha = alpha;
    pen.setLineDash([]);
    if (!words) {
      pen.restore();
      return;
    }
    pen.font = `600 ${11.5 * css}px ${this.font}`;
    const text = this.#short(words, 300 * css);
    const wide = pen.measureText(text).width + 14 * css;
    const high = 20 * css;
    const [screenW] = this.scene.screen;
    const left = Math.max(2 * css, Math.min(x - 2 * css, screenW - wide - 2 * css));
    const top = y - high - 6 * css > 0 ? y - high - 6 * css : y + h + 6 * css;
    pen.beginPath();
    pen.roundRect(left, top, wide, high, 5 * css);
    pen.fill();
    pen.fillStyle = "#fff";
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText(text, left + 7 * css, top + high / 2 + css / 2);
    pen.restore();
  }

  /** @param {number} t */
  #scrolls(t) {
    const { data, times } = this.scene;
    const { pen } = this;
    const css = this.css;
    const until = countUntil(times.scrolls, t);
    if (!until) return;
    const [at, , dx, dy, x, y] = data.scrolls[until - 1];
    const age = t - at;
    if (age >= SCROLL_SHOWN_MS) return;
    const turn = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? -Math.PI / 2 : Math.PI / 2) : dy > 0 ? 0 : Math.PI;
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn);
    pen.strokeStyle = this.blue;
    pen.lineWidth = 3 * css;
    pen.lineCap = pen.lineJoin = "round";
    for (let i = 0; i < 3; i++) {
      const wave = this.calm ? 1 : Math.max(0, 1 - Math.abs(age / SCROLL_SHOWN_MS - 0.2 - i * 0.2) * 2.4);
      pen.globalAlpha = 0.15 + 0.85 * wave;
      pen.beginPath();
      pen.moveTo(-8 * css, (26 + i * 9) * css);
      pen.lineTo(0, (33 + i * 9) * css);
      pen.lineTo(8 * css, (26 + i * 9) * css);
      pen.stroke();
    }
    pen.restore();
  }

  /** @param {number} t */
  #pointer(t) {
    const { data, times } = this.scene;
    const { pen } = this;
    const css = this.css;
    const until = countUntil(times.buttons, t);
    let held = false;
    for (let i = until - 1; i >= 0 && i >= until - 8; i--) {
      const [at, , down, button, x, y] = data.buttons[i];
      if (i === until - 1 && down) held = true;
      const age = (t - at) / RIPPLE_MS;
      if (!down || age >= 1) continue;
      pen.save();
      pen.strokeStyle = button === 1 ? this.accent : this.blue;
      const grown = this.calm ? 0.6 : 1 - (1 - age) ** 3;
      pen.globalAlpha = 1 - age;
      pen.lineWidth = (3.5 - 2 * age) * css;
      pen.beginPath();
      pen.arc(x, y, (6 + 24 * grown) * css, 0, 7);
      pen.stroke();
      pen.restore();
    }
    const place = this.scene.pointer(t);
    if (!place) return;
    pen.save();
    pen.translate(place[0], place[1]);
    if (held) {
      pen.fillStyle = this.accent;
      pen.globalAlpha = 0.28;
      pen.beginPath();
      pen.arc(0, 0, 13 * css, 0, 7);
      pen.fill();
      pen.globalAlpha = 1;
    }
    const size = (held ? 0.92 : 1) * css * 1.25;
    pen.scale(size, size);
    pen.beginPath();
    // An arrow with its tip at 0, 0.
    for (const [x, y] of [[0, 0], [0, 16.6], [3.9, 12.9], [6.5, 18.7], [9.2, 17.5], [6.6, 11.8], [11.9, 11.8]]) pen.lineTo(x, y);
    pen.closePath();
    pen.shadowColor = "rgb(0 0 0 / 0.35)";
    pen.shadowBlur = 5 * this.scale * css;
    pen.shadowOffsetY = 2 * this.scale * css;
    pen.fillStyle = "#16181d";
    pen.fill();
    pen.shadowColor = "transparent";
    pen.strokeStyle = "#fff";
    pen.lineWidth = 1.4;
    pen.lineJoin = "round";
    pen.stroke();
    pen.restore();
  }

  /** @param {string} label */
  #gap(label) {
    const { pen } = this;
    const [w, h] = this.scene.screen;
    const css = this.css;
    pen.save();
    pen.globalAlpha = 0.9;
    pen.fillStyle = this.desk;
    pen.fillRect(0, 0, w, h);
    pen.globalAlpha = 0.5;
    pen.strokeStyle = this.line;
    pen.lineWidth = 1.5 * css;
    pen.beginPath();
    for (let x = -h; x < w; x += 16 * css) {
      pen.moveTo(x, h);
      pen.lineTo(x + h, 0);
    }
    pen.stroke();
    pen.restore();
    this.#caption(label, w / 2, h / 2 - 8 * css, "nothing was kept of this time");
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} [below] */
  #caption(text, x, y, below) {
    const { pen } = this;
    const css = this.css;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 ${17 * css}px ${this.font}`;
    pen.fillStyle = this.ink;
    pen.fillText(text, x, y);
    if (!below) return;
    pen.font = `${12.5 * css}px ${this.font}`;
    pen.fillStyle = this.muted;
    pen.fillText(below, x, y + 24 * css);
  }

  /** Text cut to a width, in the pen's font. @param {string} text @param {number} width */
  #short(text, width) {
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
