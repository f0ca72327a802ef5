/** A rectangle over the stage, to paint: drawn with the pointer, moved and sized with arrow keys, or set in numbers. */
import { make } from "./player/story.js";

/** @typedef {{x: number, y: number, w: number, h: number}} Box in device pixels of the desktop */

export class Brush {
  /** @type {Box} */
  box = { x: 0, y: 0, w: 0, h: 0 };
  on = false;

  /** @param {import("./player/playback.js").Playback} playback @param {(box: Box) => void} changed */
  constructor(playback, changed) {
    this.playback = playback;
    this.changed = changed;
    this.area = make("div", "brush");
    this.area.tabIndex = 0;
    this.area.setAttribute("role", "application");
    this.area.setAttribute("aria-roledescription", "rectangle");
    this.layer = make("div", "brush-layer", this.area);
    this.layer.hidden = true;
    playback.desk.append(this.layer);
    this.area.addEventListener("keydown", (event) => this.#key(event));
    this.#pointer();
    new ResizeObserver(() => this.#place()).observe(playback.stage.canvas);
  }

  /** Begin with a rectangle in the middle, or where a person last pressed. */
  begin() {
    const [w, h] = this.playback.scene.screen;
    this.on = true;
    this.layer.hidden = false;
    this.set({ x: Math.round(w * 0.35), y: Math.round(h * 0.4), w: Math.round(w * 0.3), h: Math.round(h * 0.2) });
  }

  end() {
    this.on = false;
    this.layer.hidden = true;
  }

  /** @param {Box} box it is kept on the desktop */
  set(box) {
    const [w, h] = this.playback.scene.screen;
    const x = Math.max(0, Math.min(w - 1, Math.round(box.x)));
    const y = Math.max(0, Math.min(h - 1, Math.round(box.y)));
    this.box = { x, y, w: Math.max(1, Math.min(w - x, Math.round(box.w))), h: Math.max(1, Math.min(h - y, Math.round(box.h))) };
    this.#place();
    this.changed(this.box);
  }

  #place() {
    const scale = 1 / this.playback.stage.ink.css;
    const { x, y, w, h } = this.box;
    Object.assign(this.area.style, { left: `${x * scale}px`, top: `${y * scale}px`, width: `${w * scale}px`, height: `${h * scale}px` });
    this.area.setAttribute("aria-label", `Rectangle to paint: ${w} by ${h}, ${x} from the left, ${y} from the top. Arrow keys move it, Shift and arrow keys size it, Alt for single pixels.`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey) return;
    const step = event.altKey ? 1 : 10;
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const { x, y, w, h } = this.box;
    const [sw, sh] = this.playback.scene.screen;
    if (event.shiftKey) this.set({ x, y, w: w + way[0], h: h + way[1] });
    // Moved against the edge it keeps its size.
    else this.set({ x: Math.max(0, Math.min(sw - w, x + way[0])), y: Math.max(0, Math.min(sh - h, y + way[1])), w, h });
  }

  #pointer() {
    /** @type {[number, number] | null} */
    let from = null;
    /** @param {PointerEvent} event @returns {[number, number]} */
    const at = (event) => {
      const place = this.layer.getBoundingClientRect();
      const css = this.playback.stage.ink.css;
      return [(event.clientX - place.left) * css, (event.clientY - place.top) * css];
    };
    this.layer.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.layer.setPointerCapture(event.pointerId);
      from = at(event);
    });
    this.layer.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      this.set({ x: Math.min(from[0], to[0]), y: Math.min(from[1], to[1]), w: Math.abs(to[0] - from[0]), h: Math.abs(to[1] - from[1]) });
    });
    this.layer.addEventListener("pointerup", () => {
      from = null;
      this.area.focus();
    });
  }
}
