/**
 * The recording as the page reads it, and the two clocks: real time (ms since the first event) and view time, in which
 * gaps and idle stretches are short. Nothing here draws.
 */

/**
 * @typedef {{title: string, recording: string, device: string, grant: string, purpose: string, streams: string[],
 *   driver: string, program: string, began: string, duration: number, apps: string[], kept: Record<string, number>,
 *   withheld: number, gap_ms: number, thinned: number}} Facts
 * @typedef {[number, number, number, string, string[], string]} KeyRow t, seq, down, class, caps, character
 * @typedef {[number, number, number, number, number, number]} PointRow t, seq, and four numbers
 * @typedef {[number, number, string, number, string, string, number, number, number, number]} WindowRow
 * @typedef {[number, number, string, string, string, string, number, number, number, number]} ElementRow
 * @typedef {[number, number, number, number, number | string]} Piece x, y, w, h, picture or colour
 * @typedef {[number, string, Piece[]]} FrameRow
 * @typedef {[number, string, number, number, number, number, number, WireBox[]]} WireRow t, why, window, x, y, w, h, boxes
 * @typedef {[string, string, number, number, number, number]} WireBox role, name, x, y, w, h
 * @typedef {[number, number, string, string]} TextRow t, seq, how, text
 * @typedef {[number, number, string, string, number, string]} MarkRow
 * @typedef {[number, string, string, string, string, string, number, string]} StoryRow t, kind, app, verb, what, note, seq, by
 * @typedef {{facts: Facts, screen: [number, number], motion: [number[], number[], number[]], keys: KeyRow[],
 *   buttons: PointRow[], scrolls: PointRow[], windows: WindowRow[], elements: ElementRow[], frames: FrameRow[],
 *   wireframes: WireRow[], texts: TextRow[], pictures: string[], marks: MarkRow[], story: StoryRow[], rules: Record<string, string>}} Data
 * @typedef {{from: number, to: number, label: string}} Gap
 * @typedef {{from: number, to: number, at: number, end: number, kind: "live" | "gap" | "idle", label: string}} Stretch
 */

const IDLE_MS = 4000;
const IDLE_SHOWN_MS = 700;
/** Positions closer than this belong to one movement; further apart the cursor waits, then glides. */
const PATH_MS = 60;
const GLIDE_MS = 650;

/**
 * How many of the sorted times are <= t.
 * @param {ArrayLike<number>} times @param {number} t @returns {number}
 */
export function countUntil(times, t) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {{0: number}[]} rows @returns {Int32Array} */
function timesOf(rows) {
  return Int32Array.from(rows, (row) => row[0]);
}

/** @param {number[]} deltas @returns {Int32Array} */
function summed(deltas) {
  const column = new Int32Array(deltas.length);
  let sum = 0;
  for (let i = 0; i < deltas.length; i++) column[i] = sum += deltas[i];
  return column;
}

/** @param {number} ms @returns {string} */
export function clock(ms) {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  return minutes < 60
    ? `${minutes}:${seconds}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}

/** @param {number} ms @returns {string} */
export function lasting(ms) {
  const seconds = Math.round(ms / 1000);
  if (ms < 1000) return `${Math.max(ms / 1000, 0.1).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export class Scene {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.facts = data.facts;
    this.screen = data.screen;
    this.duration = data.facts.duration;
    this.motion = { t: summed(data.motion[0]), x: summed(data.motion[1]), y: summed(data.motion[2]) };
    this.times = {
      keys: timesOf(data.keys),
      buttons: timesOf(data.buttons),
      scrolls: timesOf(data.scrolls),
      windows: timesOf(data.windows),
      elements: timesOf(data.elements),
      frames: timesOf(data.frames),
      wireframes: timesOf(data.wireframes),
      texts: timesOf(data.texts),
      marks: timesOf(data.marks),
      story: timesOf(data.story),
    };
    this.path = this.#positions();
    this.gaps = this.#gaps();
    this.tasks = this.#tasks();
  }

  /** Every place the pointer is known to have been, in order. */
  #positions() {
    /** @type {[number, number, number][]} */
    const points = [];
    for (const row of this.data.buttons) points.push([row[0], row[4], row[5]]);
    for (const row of this.data.scrolls) points.push([row[0], row[4], row[5]]);
    points.sort((one, other) => one[0] - other[0]);
    const { motion } = this;
    const size = motion.t.length + points.length;
    const path = { t: new Int32Array(size), x: new Int32Array(size), y: new Int32Array(size) };
    for (let i = 0, m = 0, p = 0; i < size; i++) {
      if (p >= points.length || (m < motion.t.length && motion.t[m] <= points[p][0])) {
        path.t[i] = motion.t[m];
        path.x[i] = motion.x[m];
        path.y[i] = motion.y[m++];
      } else {
        [path.t[i], path.x[i], path.y[i]] = points[p++];
      }
    }
    return path;
  }

  /**
   * Where the pointer is at t; glides between known places. Null when no place is known at all.
   * @param {number} t @returns {[number, number] | null}
   */
  pointer(t) {
    const { path } = this;
    const size = path.t.length;
    if (!size) return null;
    const next = countUntil(path.t, t);
    if (next === 0) return [path.x[0], path.y[0]];
    const last = next - 1;
    if (next === size) return [path.x[last], path.y[last]];
    const pause = path.t[next] - path.t[last];
    const moving = pause <= PATH_MS ? pause : Math.min(pause, this.motion.t.length ? PATH_MS : GLIDE_MS);
    let part = Math.max(0, (t - (path.t[next] - moving)) / (moving || 1));
    if (pause > PATH_MS) part = part * part * (3 - 2 * part);
    return [path.x[last] + (path.x[next] - path.x[last]) * part, path.y[last] + (path.y[next] - path.y[last]) * part];
  }

  /** All times at which something happened, in order. @returns {Int32Array} */
  activity() {
    const { motion, times } = this;
    const columns = [motion.t, times.keys, times.texts, times.buttons, times.scrolls, times.windows, times.elements, times.marks];
    const all = new Int32Array(columns.reduce((sum, column) => sum + column.length, 0));
    let at = 0;
    for (const column of columns) {
      all.set(column, at);
      at += column.length;
    }
    return all.sort();
  }

  /**
   * Stretches of which nothing is known. A mark stands at its gap's end (one of something forgotten at its start), and
   * the pointer may already move over a listed program while the gap lasts: so it is drawn where no event is.
   * @returns {Gap[]}
   */
  #gaps() {
    const all = this.activity();
    /** @type {Gap[]} */
    const gaps = [];
    let paused = -1;
    for (const [t, , what, reason, span] of this.data.marks) {
      if (what === "pause") paused = t;
      if (what === "resume" && paused >= 0) {
        gaps.push({ from: paused, to: t, label: `paused, ${lasting(t - paused)}` });
        paused = -1;
      }
      if (what !== "gap") continue;
      const label = span ? `${reason}, ${lasting(span)}` : reason;
      const reach = span || 0;
      let from = t;
      let to = t;
      let before = Math.max(0, t - reach);
      for (let i = countUntil(all, before); i <= all.length; i++) {
        const next = Math.min(i < all.length ? all[i] : this.duration, t + reach);
        if (next - before > to - from) [from, to] = [before, next];
        if (next >= t + reach) break;
        before = next;
      }
      gaps.push({ from, to: Math.min(to, from + reach), label });
    }
    return gaps.sort((one, other) => one.from - other.from);
  }

  /** @returns {Gap[]} */
  #tasks() {
    /** @type {Gap[]} */
    const tasks = [];
    let open = false;
    for (const [t, , what, , , text] of this.data.marks) {
      if (what === "task_begin") {
        tasks.push({ from: t, to: this.duration, label: text || "task" });
        open = true;
      } else if (what === "task_end" && open) {
        tasks[tasks.length - 1].to = t;
        open = false;
      }
    }
    return tasks;
  }

  /** The gap that t lies in, if any. @param {number} t @returns {Gap | undefined} */
  gapAt(t) {
    return this.gaps.find((gap) => gap.to - gap.from > 300 && t > gap.from && t < gap.to);
  }
}

/** Real time to view time and back. */
export class TimeMap {
  /** @param {Scene} scene @param {boolean} skipIdle */
  constructor(scene, skipIdle) {
    /** @type {{from: number, to: number, kind: "gap" | "idle", label: string}[]} */
    const holes = scene.gaps
      .filter((gap) => gap.to - gap.from > 1500)
      .map((gap) => ({ from: gap.from, to: gap.to, kind: "gap", label: gap.label }));
    if (skipIdle) {
      const all = scene.activity();
      for (let i = 1; i < all.length; i++) {
        const [from, to] = [all[i - 1] + 500, all[i] - 500];
        const taken = holes.some((hole) => hole.kind === "gap" && hole.from < to && from < hole.to);
        if (to - from > IDLE_MS - 1000 && !taken) holes.push({ from, to, kind: "idle", label: `idle, ${lasting(to - from)}` });
      }
    }
    holes.sort((one, other) => one.from - other.from);
    const gaps = holes.filter((hole) => hole.kind === "gap").length;
    const live = Math.max(1000, scene.duration - holes.reduce((sum, hole) => sum + hole.to - hole.from, 0));
    const gapShown = Math.max(800, live * Math.min(0.12, 0.4 / Math.max(1, gaps)));
    /** @type {Stretch[]} */
    this.stretches = [];
    let real = 0;
    let view = 0;
    /** @param {number} to @param {number} lasts @param {"live" | "gap" | "idle"} kind @param {string} label */
    const add = (to, lasts, kind, label) => {
      this.stretches.push({ from: real, to, at: view, end: view + lasts, kind, label });
      real = to;
      view += lasts;
    };
    for (const hole of holes) {
      if (hole.from < real) continue;
      if (hole.from > real) add(hole.from, hole.from - real, "live", "");
      const lasts = hole.to - hole.from;
      add(hole.to, Math.min(lasts, hole.kind === "gap" ? gapShown : IDLE_SHOWN_MS), hole.kind, hole.label);
    }
    if (scene.duration > real || !this.stretches.length) {
      add(Math.max(scene.duration, real + 1), Math.max(scene.duration - real, 1), "live", "");
    }
    this.length = view;
  }

  /** @param {number} t @returns {number} */
  view(t) {
    const found = this.stretches.find((one) => t <= one.to) ?? this.stretches[this.stretches.length - 1];
    const part = Math.min(1, Math.max(0, (t - found.from) / (found.to - found.from || 1)));
    return found.at + part * (found.end - found.at);
  }

  /** @param {number} view @returns {number} */
  real(view) {
    const found = this.stretches.find((one) => view <= one.end) ?? this.stretches[this.stretches.length - 1];
    const part = Math.min(1, Math.max(0, (view - found.at) / (found.end - found.at || 1)));
    return found.from + part * (found.to - found.from);
  }

  /**
   * Calls back with the view time of each of the sorted times. @param {ArrayLike<number>} times
   * @param {(view: number, index: number) => void} each
   */
  walk(times, each) {
    let s = 0;
    for (let i = 0; i < times.length; i++) {
      while (s < this.stretches.length - 1 && times[i] > this.stretches[s].to) s++;
      const one = this.stretches[s];
      each(one.at + ((times[i] - one.from) / (one.to - one.from || 1)) * (one.end - one.at), i);
    }
  }
}

/** One hue per app, in the order in which they appear. @param {Scene} scene @param {string} app @param {number} alpha */
export function appColour(scene, app, alpha) {
  const hues = [212, 158, 32, 282, 344, 190, 96, 252];
  const index = scene.facts.apps.indexOf(app);
  const hue = hues[(index < 0 ? 0 : index) % hues.length];
  return index < 0 ? `hsl(40 6% 52% / ${alpha})` : `hsl(${hue} 46% 52% / ${alpha})`;
}
