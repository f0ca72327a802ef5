/**
 * The timeline: lanes of what happened, gaps folded. Everything that does not move is counted into one bucket per pixel
 * and drawn once; a draw copies that picture and adds the playhead.
 */
import { Scene, TimeMap, appColour, clock, countUntil } from "./scene.js";

const GUTTER = 66;
const RIGHT = 14;
const RULER = 20;
const STEPS = [500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000];

/** @typedef {{name: string, height: number, y: number}} Lane */

export class Timeline {
  /** @param {HTMLCanvasElement} canvas @param {Scene} scene */
  constructor(canvas, scene) {
    this.canvas = canvas;
    this.scene = scene;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.still = document.createElement("canvas");
    this.map = new TimeMap(scene, false);
    this.width = 0;
    this.hover = -1;
    this.ratio = 1;
    /**
     * Drawn over the lanes and under the playhead; the second argument gives the x of a time.
     * @type {(pen: CanvasRenderingContext2D, x: (t: number) => number) => void}
     */
    this.over = () => {};
    /** Where the lanes begin, in CSS pixels. */
    this.top = RULER;
    /** @type {Lane[]} */
    this.lanes = [];
    let y = RULER;
    /** @param {string} name @param {number} height */
    const lane = (name, height) => {
      this.lanes.push({ name, height, y });
      y += height + 4;
    };
    if (scene.tasks.length) lane("task", 18);
    lane("app", 16);
    lane("keys", 22);
    lane("pointer", 22);
    lane("presses", 12);
    lane("elements", 10);
    if (scene.data.frames.length) lane("frames", 10);
    if (scene.data.wireframes.length) lane("wireframes", 10);
    this.height = y + 2;
  }

  /** @param {TimeMap} map */
  setMap(map) {
    this.map = map;
    this.rebuild();
  }

  /** @param {number} width in CSS pixels */
  resize(width) {
    this.ratio = devicePixelRatio || 1;
    this.width = Math.max(160, Math.floor(width));
    for (const canvas of [this.canvas, this.still]) {
      canvas.width = Math.floor(this.width * this.ratio);
      canvas.height = Math.floor(this.height * this.ratio);
    }
    this.canvas.style.height = `${this.height}px`;
    this.rebuild();
  }

  /** @param {number} view @returns {number} x in CSS pixels */
  #x(view) {
    return GUTTER + (view / this.map.length) * (this.width - GUTTER - RIGHT);
  }

  /** @param {number} x in CSS pixels @returns {number} real ms */
  timeAt(x) {
    const part = (x - GUTTER) / (this.width - GUTTER - RIGHT);
    return this.map.real(Math.min(1, Math.max(0, part)) * this.map.length);
  }

  /** Events a pixel. @param {ArrayLike<number>} times @returns {Uint32Array} */
  #buckets(times) {
    const buckets = new Uint32Array(this.width + 1);
    this.map.walk(times, (view) => buckets[Math.max(0, Math.min(this.width, Math.round(this.#x(view))))]++);
    return buckets;
  }

  rebuild() {
    if (!this.width) return;
    const pen = /** @type {CanvasRenderingContext2D} */ (this.still.getContext("2d"));
    const style = getComputedStyle(this.canvas);
    /** @param {string} name */
    const read = (name) => style.getPropertyValue(name).trim();
    this.colours = {
      ink: read("--ink"), muted: read("--muted"), line: read("--line"), accent: read("--accent"), blue: read("--blue"),
      lane: read("--lane"), panel: read("--panel"),
    };
    const { ink, muted, line, accent, blue, lane: bed } = this.colours;
    const font = style.fontFamily;
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.textBaseline = "middle";
    for (const lane of this.lanes) {
      pen.fillStyle = bed;
      pen.beginPath();
      pen.roundRect(GUTTER, lane.y, this.width - GUTTER - RIGHT, lane.height, 3);
      pen.fill();
      pen.font = `500 11px ${font}`;
      pen.textAlign = "right";
      pen.fillStyle = muted;
      pen.fillText(lane.name, GUTTER - 10, lane.y + lane.height / 2 + 0.5);
    }
    this.#ruler(pen, font, muted, line);
    const { data, times } = this.scene;
    const struck = data.keys.filter((key) => key[2]).map((key) => key[0]);
    for (const lane of this.lanes) {
      if (lane.name === "task") this.#bands(pen, lane, font, ink);
      if (lane.name === "app") this.#apps(pen, lane, font, ink);
      if (lane.name === "keys") this.#bars(pen, lane, struck, blue);
      if (lane.name === "pointer") this.#bars(pen, lane, this.scene.path.t, muted);
      if (lane.name === "presses") this.#dots(pen, lane, accent, muted);
      if (lane.name === "elements") this.#bars(pen, lane, times.elements, blue);
      if (lane.name === "frames") this.#bars(pen, lane, times.frames, ink);
      if (lane.name === "wireframes") this.#bars(pen, lane, times.wireframes, ink);
    }
    this.#holes(pen, font, muted, line);
  }

  /** @param {CanvasRenderingContext2D} pen @param {string} font @param {string} muted @param {string} line */
  #ruler(pen, font, muted, line) {
    const room = this.width - GUTTER - RIGHT;
    const rough = (this.map.length / Math.max(1, room)) * 90;
    const step = STEPS.find((one) => one >= rough) ?? 7200000;
    pen.font = `11px ${font}`;
    pen.textAlign = "center";
    let free = -Infinity;
    for (const one of this.map.stretches) {
      if (one.kind !== "live") continue;
      for (let t = Math.ceil(one.from / step) * step; t <= one.to; t += step) {
        const x = this.#x(one.at + (t - one.from));
        pen.fillStyle = line;
        pen.fillRect(Math.round(x), RULER - 5, 1, 5);
        if (x - free < 44) continue;
        pen.fillStyle = muted;
        pen.fillText(clock(t).replace(/\.0$/, ""), Math.max(GUTTER + 8, x), 8);
        free = x;
      }
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {Lane} lane @param {string} font @param {string} ink */
  #bands(pen, lane, font, ink) {
    for (const task of this.scene.tasks) {
      const [from, to] = [this.#x(this.map.view(task.from)), this.#x(this.map.view(task.to))];
      this.#band(pen, lane, from, to, task.label, `600 11px ${font}`, "hsl(36 80% 55% / 0.32)", ink);
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {Lane} lane @param {string} font @param {string} ink */
  #apps(pen, lane, font, ink) {
    const focus = this.scene.data.windows.filter((row) => row[2] === "focus");
    /** @type {{from: number, to: number, app: string}[]} */
    const spans = [];
    focus.forEach((row, i) => {
      const to = i + 1 < focus.length ? focus[i + 1][0] : this.scene.duration;
      const before = spans[spans.length - 1];
      if (before && before.app === row[4]) before.to = to;
      else spans.push({ from: row[0], to, app: row[4] });
    });
    for (const one of spans) {
      const [from, to] = [this.#x(this.map.view(one.from)), this.#x(this.map.view(one.to))];
      this.#band(pen, lane, from, to, one.app, `500 10.5px ${font}`, appColour(this.scene, one.app, 0.42), ink);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {Lane} lane @param {number} from @param {number} to
   * @param {string} label @param {string} font @param {string} fill @param {string} ink
   */
  #band(pen, lane, from, to, label, font, fill, ink) {
    const wide = Math.max(2, to - from - 1);
    pen.save();
    pen.beginPath();
    pen.roundRect(from, lane.y, wide, lane.height, 3);
    pen.fillStyle = fill;
    pen.fill();
    pen.clip();
    pen.font = font;
    pen.textAlign = "left";
    pen.fillStyle = ink;
    if (wide > 24) pen.fillText(label, from + 7, lane.y + lane.height / 2 + 0.5);
    pen.restore();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Lane} lane @param {ArrayLike<number>} times @param {string} colour */
  #bars(pen, lane, times, colour) {
    const buckets = this.#buckets(times);
    const most = buckets.reduce((one, other) => Math.max(one, other), 1);
    pen.fillStyle = colour;
    pen.globalAlpha = lane.name === "pointer" ? 0.6 : 1;
    for (let x = 0; x < buckets.length; x++) {
      if (!buckets[x]) continue;
      // The square root keeps a single key visible beside a burst.
      const high = Math.max(2, Math.sqrt(buckets[x] / most) * (lane.height - 2));
      pen.fillRect(x, lane.y + lane.height - high - 1, lane.name === "pointer" ? 1 : 1.5, high);
    }
    pen.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Lane} lane @param {string} accent @param {string} muted */
  #dots(pen, lane, accent, muted) {
    const { data, times } = this.scene;
    const drawn = new Set();
    this.map.walk(times.buttons, (view, i) => {
      const x = Math.round(this.#x(view));
      if (!data.buttons[i][2] || drawn.has(x)) return;
      drawn.add(x);
      pen.fillStyle = accent;
      pen.beginPath();
      pen.arc(x, lane.y + lane.height / 2, 3.2, 0, 7);
      pen.fill();
    });
    this.map.walk(times.marks, (view, i) => {
      if (data.marks[i][2] !== "withheld") return;
      const x = Math.round(this.#x(view));
      pen.fillStyle = muted;
      pen.fillRect(x - 3, lane.y + lane.height / 2 - 1, 6, 4.5);
      pen.strokeStyle = muted;
      pen.lineWidth = 1.2;
      pen.beginPath();
      pen.arc(x, lane.y + lane.height / 2 - 1, 2, Math.PI, 0);
      pen.stroke();
    });
  }

  /** @param {CanvasRenderingContext2D} pen @param {string} font @param {string} muted @param {string} line */
  #holes(pen, font, muted, line) {
    for (const one of this.map.stretches) {
      if (one.kind === "live") continue;
      const [from, to] = [this.#x(one.at), this.#x(one.end)];
      const top = RULER;
      const high = this.height - RULER - 6;
      pen.save();
      pen.beginPath();
      pen.rect(from, top, to - from, high);
      pen.clip();
      pen.fillStyle = this.colours?.panel ?? "";
      pen.globalAlpha = one.kind === "gap" ? 1 : 0.6;
      pen.fillRect(from, top, to - from, high);
      pen.globalAlpha = 1;
      pen.strokeStyle = line;
      pen.lineWidth = 1;
      pen.beginPath();
      for (let x = from - high; x < to; x += 7) {
        pen.moveTo(x, top + high);
        pen.lineTo(x + high, top);
      }
      pen.stroke();
      pen.restore();
      if (one.kind === "idle" || to - from < 14) continue;
      pen.font = `500 11px ${font}`;
      pen.textAlign = "center";
      const wide = pen.measureText(one.label).width;
      const upright = wide + 14 > to - from;
      pen.save();
      pen.translate((from + to) / 2, top + high / 2);
      if (upright) pen.rotate(-Math.PI / 2);
      if (!upright || wide + 8 < high) {
        pen.fillStyle = this.colours?.panel ?? "";
        pen.beginPath();
        pen.roundRect(-wide / 2 - 6, -9, wide + 12, 18, 9);
        pen.fill();
        pen.fillStyle = muted;
        pen.fillText(one.label, 0, 0.5);
      }
      pen.restore();
    }
  }

  /** @param {number} t */
  draw(t) {
    const { pen } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.still, 0, 0);
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (this.hover >= 0) {
      pen.fillStyle = this.colours?.muted ?? "";
      pen.fillRect(Math.round(this.hover), RULER - 4, 1, this.height - RULER);
    }
    this.over(pen, (at) => this.#x(this.map.view(at)));
    const x = this.#x(this.map.view(t));
    pen.fillStyle = this.colours?.accent ?? "";
    pen.fillRect(x - 0.75, RULER - 6, 1.5, this.height - RULER + 2);
    pen.beginPath();
    pen.moveTo(x - 6, RULER - 14);
    pen.lineTo(x + 6, RULER - 14);
    pen.lineTo(x + 6, RULER - 8);
    pen.lineTo(x, RULER - 2);
    pen.lineTo(x - 6, RULER - 8);
    pen.closePath();
    pen.fill();
  }

  /** What to say about a place. @param {number} t @returns {string} */
  describe(t) {
    const view = this.map.view(t);
    const hole = this.map.stretches.find((one) => one.kind !== "live" && view >= one.at && view <= one.end);
    if (hole) return hole.label;
    const { times, data } = this.scene;
    const row = data.story[countUntil(times.story, t) - 1];
    return row ? `${clock(t)} · ${`${row[3]} ${row[4]}`.trim()}` : clock(t);
  }
}
