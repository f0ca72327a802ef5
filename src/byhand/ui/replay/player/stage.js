/**
 * The stage: the desktop as far as it was kept, at one moment. Frames where there are some, else the desktop drawn from
 * events; over both the pointer, presses, scrolls and names.
 */
import { Desktop } from "./desktop.js";
import { Frames } from "./frames.js";
import { Ink } from "./ink.js";
import { Scene, countUntil } from "./scene.js";

const RIPPLE_MS = 700;
const PRESS_SHOWN_MS = 2600;
const FOCUS_SHOWN_MS = 6000;
const SCROLL_SHOWN_MS = 700;

export class Stage {
  /** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {() => void} ready called when a picture has come in */
  constructor(canvas, scene, ready) {
    this.canvas = canvas;
    this.scene = scene;
    this.ink = new Ink(canvas);
    this.desktop = new Desktop(scene, this.ink);
    this.ready = ready;
    this.frames = new Frames(scene, ready);
    /** Drawn over everything, by whoever shows more than the recording. @type {(ink: Ink, t: number) => void} */
    this.over = () => {};
  }

  /** @param {Scene} scene of the same desktop */
  replace(scene) {
    this.scene = scene;
    this.desktop = new Desktop(scene, this.ink);
    this.frames = new Frames(scene, this.ready);
  }

  /** @param {number} width @param {number} height of the place there is, in CSS pixels */
  resize(width, height) {
    const [w, h] = this.scene.screen;
    const fit = Math.max(0.05, Math.min(width / w, height / h));
    const ratio = devicePixelRatio || 1;
    this.ink.scale = fit * ratio;
    this.canvas.style.width = `${Math.floor(w * fit)}px`;
    this.canvas.style.height = `${Math.floor(h * fit)}px`;
    this.canvas.width = Math.floor(w * fit * ratio);
    this.canvas.height = Math.floor(h * fit * ratio);
    this.ink.css = 1 / fit;
  }

  /** @param {number} t */
  draw(t) {
    const { ink, scene, desktop } = this;
    const { pen } = ink;
    desktop.until(t);
    pen.setTransform(ink.scale, 0, 0, ink.scale, 0, 0);
    if (this.frames.until(t)) {
      pen.imageSmoothingQuality = "high";
      pen.drawImage(this.frames.screen, 0, 0);
    } else desktop.draw();
    this.#elements(t);
    this.#scrolls(t);
    const gap = scene.gapAt(t);
    if (gap) this.#gap(gap.label);
    else this.#pointer(t);
    this.over(ink, t);
  }

  /** @param {number} t */
  #elements(t) {
    const { ink } = this;
    const { data, times } = this.scene;
    const until = countUntil(times.elements, t);
    let pressed = false;
    let focused = false;
    for (let i = until - 1; i >= 0 && i >= until - 12 && !(pressed && focused); i--) {
      const [at, , why, words, , , x, y, w, h] = data.elements[i];
      const age = t - at;
      if (w <= 0 || h <= 0) continue;
      // The later of the two says its name; a focus that only follows its press is the press.
      if (why === "press" && !pressed && age < PRESS_SHOWN_MS) {
        const fresh = Math.min(1, (PRESS_SHOWN_MS - age) / 500);
        this.#outline(x, y, w, h, focused ? "" : words, focused ? fresh * 0.5 : fresh, ink.accent, false);
        pressed = true;
      } else if (why === "focus" && !focused && !pressed && age < FOCUS_SHOWN_MS) {
        const before = i > 0 ? data.elements[i - 1] : null;
        const follows = before?.[2] === "press" && at - before[0] < 400 && before[6] === x && before[7] === y;
        if (follows && age < PRESS_SHOWN_MS) continue;
        this.#outline(x, y, w, h, words, Math.min(1, (FOCUS_SHOWN_MS - age) / 500), ink.blue, true);
        focused = true;
      }
    }
  }

  /**
   * @param {number} x @param {number} y @param {number} w @param {number} h @param {string} words
   * @param {number} alpha @param {string} colour @param {boolean} dashed
   */
  #outline(x, y, w, h, words, alpha, colour, dashed) {
    const { ink } = this;
    const { pen, css } = ink;
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
    pen.font = `600 ${11.5 * css}px ${ink.font}`;
    const text = ink.short(words, 300 * css);
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
    const { ink } = this;
    const { pen, css } = ink;
    const until = countUntil(times.scrolls, t);
    if (!until) return;
    const [at, , dx, dy, x, y] = data.scrolls[until - 1];
    const age = t - at;
    if (age >= SCROLL_SHOWN_MS) return;
    const turn = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? -Math.PI / 2 : Math.PI / 2) : dy > 0 ? 0 : Math.PI;
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn);
    pen.strokeStyle = ink.blue;
    pen.lineWidth = 3 * css;
    pen.lineCap = pen.lineJoin = "round";
    for (let i = 0; i < 3; i++) {
      const wave = ink.calm ? 1 : Math.max(0, 1 - Math.abs(age / SCROLL_SHOWN_MS - 0.2 - i * 0.2) * 2.4);
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
    const { ink } = this;
    const { pen, css } = ink;
    const until = countUntil(times.buttons, t);
    let held = false;
    for (let i = until - 1; i >= 0 && i >= until - 8; i--) {
      const [at, , down, button, x, y] = data.buttons[i];
      if (i === until - 1 && down) held = true;
      const age = (t - at) / RIPPLE_MS;
      if (!down || age >= 1) continue;
      pen.save();
      pen.strokeStyle = button === 1 ? ink.accent : ink.blue;
      const grown = ink.calm ? 0.6 : 1 - (1 - age) ** 3;
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
      pen.fillStyle = ink.accent;
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
    pen.shadowBlur = 5 * ink.scale * css;
    pen.shadowOffsetY = 2 * ink.scale * css;
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
    const { ink } = this;
    const { pen, css } = ink;
    const [w, h] = this.scene.screen;
    pen.save();
    pen.globalAlpha = 0.9;
    pen.fillStyle = ink.desk;
    pen.fillRect(0, 0, w, h);
    pen.globalAlpha = 0.5;
    pen.strokeStyle = ink.line;
    pen.lineWidth = 1.5 * css;
    pen.beginPath();
    for (let x = -h; x < w; x += 16 * css) {
      pen.moveTo(x, h);
      pen.lineTo(x + h, 0);
    }
    pen.stroke();
    pen.restore();
    ink.caption(label, w / 2, h / 2 - 8 * css, "nothing was kept of this time");
  }
}
