/** The desktop as events tell it: the windows known so far, over each other, each with a sketch of its elements. */
import { Ink } from "./ink.js";
import { Scene, appColour, countUntil } from "./scene.js";

/** So many elements of a window stay as a faint sketch of it. */
const SKETCHED = 60;

/** @typedef {{app: string, title: string, x: number, y: number, w: number, h: number, sketch: Map<string, ElementBox>, wired: boolean}} Shown */
/** @typedef {{name: string, role: string, x: number, y: number, w: number, h: number}} ElementBox */

export class Desktop {
  /** In the order in which they lie over each other. @type {Map<number, Shown>} */
  windows = new Map();
  windowsSeen = 0;
  elementsSeen = 0;
  wiresSeen = 0;
  last = -1;

  /** @param {Scene} scene @param {Ink} ink */
  constructor(scene, ink) {
    this.scene = scene;
    this.ink = ink;
  }

  /** The window in front at the moment drawn last. @returns {Shown | undefined} */
  front() {
    return [...this.windows.values()].pop();
  }

  /** Know what is known at t. @param {number} t */
  until(t) {
    if (t < this.last) {
      this.windows = new Map();
      this.windowsSeen = 0;
      this.elementsSeen = 0;
      this.wiresSeen = 0;
    }
    this.last = t;
    const { data, times } = this.scene;
    const windows = countUntil(times.windows, t);
    for (; this.windowsSeen < windows; this.windowsSeen++) {
      const [at, , change, id, app, title, x, y, w, h] = data.windows[this.windowsSeen];
      this.#sketch(at);
      this.#wire(at);
      if (change === "closed") {
        this.windows.delete(id);
        continue;
      }
      const known = this.windows.get(id);
      const moved = known && (known.w !== w || known.h !== h);
      const shown = { app, title, x, y, w, h, sketch: known && !moved ? known.sketch : new Map(), wired: known !== undefined && !moved && known.wired };
      if (change === "focus") this.windows.delete(id);
      this.windows.set(id, shown);
    }
    this.#sketch(t);
    this.#wire(t);
  }

  /** A wireframe tells all of its window: it takes the sketch's place. @param {number} t */
  #wire(t) {
    const { data, times } = this.scene;
    const wires = countUntil(times.wireframes, t);
    for (; this.wiresSeen < wires; this.wiresSeen++) {
      const [, , id, x, y, w, h, boxes] = data.wireframes[this.wiresSeen];
      const window = id ? this.windows.get(id) : this.#around(x, y, w, h);
      if (!window) continue;
      // A page is only a part of its window.
      if (id) Object.assign(window, { x, y, w, h });
      window.wired = true;
      window.sketch = new Map(boxes.map(([role, name, ...box], i) => [String(i), { name, role, x: box[0], y: box[1], w: box[2], h: box[3] }]));
    }
  }

  /**
   * The window in front, if the page lies in it. Where no window has a size, the page has a plain one.
   * @param {number} x @param {number} y @param {number} w @param {number} h @returns {Shown | undefined}
   */
  #around(x, y, w, h) {
    const front = this.front();
    if (front && x >= front.x - 8 && y >= front.y - 8 && x + w <= front.x + front.w + 8 && y + h <= front.y + front.h + 8) return front;
    if ([...this.windows].some(([id, one]) => id && one.w > 0)) return undefined;
    const shown = { app: front?.app ?? "", title: front?.title ?? "", x, y, w, h, sketch: new Map(), wired: true };
    this.windows.set(0, shown);
    return shown;
  }

  /** Elements met so far become part of the front window's sketch. @param {number} t */
  #sketch(t) {
    const { data, times } = this.scene;
    const elements = countUntil(times.elements, t);
    for (; this.elementsSeen < elements; this.elementsSeen++) {
      const [, , , , role, name, x, y, w, h] = data.elements[this.elementsSeen];
      const front = this.front();
      if (!front || front.wired || w <= 0 || h <= 0) continue;
      const key = `${x},${y},${w},${h}`;
      front.sketch.delete(key);
      front.sketch.set(key, { name, role, x, y, w, h });
      if (front.sketch.size > SKETCHED) front.sketch.delete(/** @type {string} */ (front.sketch.keys().next().value));
    }
  }

  draw() {
    const { ink } = this;
    const { pen } = ink;
    const [w, h] = this.scene.screen;
    pen.fillStyle = ink.desk;
    pen.fillRect(0, 0, w, h);
    const step = 26 * ink.css;
    pen.fillStyle = ink.dots;
    const size = 1.4 * ink.css;
    for (let y = step / 2; y < h; y += step) for (let x = step / 2; x < w; x += step) pen.fillRect(x, y, size, size);
    const shown = [...this.windows.values()];
    shown.forEach((window, place) => this.#window(window, place === shown.length - 1));
    if (!shown.length) ink.caption("no window yet", w / 2, h / 2);
  }

  /** @param {Shown} window @param {boolean} front */
  #window(window, front) {
    const { ink, scene } = this;
    const { pen, css } = ink;
    const { x, y, w, h } = window;
    if (w <= 0 || h <= 0) return;
    const bar = Math.min(h, 26 * css, 44);
    const small = bar / 26;
    const top = y >= bar ? y - bar : y;
    const round = Math.min(8 * css, w / 2, h / 2);
    pen.save();
    pen.globalAlpha = front ? 1 : 0.62;
    pen.shadowColor = ink.shade;
    pen.shadowBlur = (front ? 26 : 8) * ink.scale * css;
    pen.shadowOffsetY = (front ? 8 : 2) * ink.scale * css;
    pen.fillStyle = ink.panel;
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
    pen.font = `600 ${12 * small}px ${ink.font}`;
    pen.fillStyle = ink.text;
    const from = x + 25 * small;
    pen.fillText(window.app, from, top + bar / 2 + small);
    if (window.title) {
      const after = from + pen.measureText(window.app).width + 10 * small;
      pen.font = `${12 * small}px ${ink.font}`;
      pen.fillStyle = ink.muted;
      pen.fillText(ink.short(window.title, x + w - after - 12 * small), after, top + bar / 2 + small);
    }
    for (const box of window.sketch.values()) this.#control(box);
    pen.restore();
    pen.strokeStyle = front ? appColour(scene, window.app, 0.55) : ink.line;
    pen.lineWidth = css;
    pen.beginPath();
    pen.roundRect(x, top, w, y + h - top, round);
    pen.stroke();
  }

  /** A faint control, shaped by its role. @param {ElementBox} box */
  #control(box) {
    const { ink } = this;
    const { pen, css } = ink;
    const { x, y, w, h, role, name } = box;
    const large = w * h > 90000;
    const round = /button|tab|chip|switch/.test(role) ? Math.min(h / 2, 7 * css) : 3 * css;
    pen.save();
    pen.globalAlpha *= 0.75;
    pen.beginPath();
    pen.roundRect(x, y, w, h, Math.min(round, w / 2, h / 2));
    pen.fillStyle = ink.desk;
    if (!large) pen.fill();
    pen.strokeStyle = ink.line;
    pen.lineWidth = css;
    pen.stroke();
    if (name && !large && h >= 10 * css) {
      pen.font = `${Math.min(12 * css, h * 0.6)}px ${ink.font}`;
      pen.fillStyle = ink.muted;
      pen.textAlign = "center";
      pen.fillText(ink.short(name, w - 8 * css), x + w / 2, y + h / 2 + css / 2);
    }
    pen.restore();
  }
}
