/** What the edits make of a recording, for the eye: the same scene without what was cut. Pure; nothing here draws. */
import { countUntil } from "./player/scene.js";

/**
 * @typedef {import("./player/scene.js").Data} Data
 * @typedef {[number, number, number, number]} Run first and last seq that are cut, and their times in ms
 * @typedef {{seq: number, until: number}} Reach
 */

/** Whether an event is cut. @param {Run[]} runs in order @param {number} seq */
export function isCut(runs, seq) {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle][1] < seq) low = middle + 1;
    else high = middle;
  }
  return low < runs.length && runs[low][0] <= seq;
}

/** Whether the moment lies in something cut. @param {Run[]} runs in order @param {number} t */
export function cutAt(runs, t) {
  const index = countUntil(runs.map((run) => run[2]), t) - 1;
  return index >= 0 && t <= runs[index][3];
}

/**
 * The scene without the cut events. Pointer points and pictures have no number here: they go by their time.
 * @param {Data} data @param {Run[]} runs @returns {Data}
 */
export function without(data, runs) {
  if (!runs.length) return data;
  const starts = Float64Array.from(runs, (run) => run[2]);
  /** @param {number} t */
  const gone = (t) => {
    const index = countUntil(starts, t) - 1;
    return index >= 0 && t <= runs[index][3];
  };
  /** @template {{0: number, 1: number}} Row @param {Row[]} rows @returns {Row[]} */
  const bySeq = (rows) => rows.filter((row) => !isCut(runs, row[1]));
  /** @template {{0: number}} Row @param {Row[]} rows @returns {Row[]} */
  const byTime = (rows) => rows.filter((row) => !gone(row[0]));
  return {
    ...data,
    motion: motion(data.motion, gone),
    keys: bySeq(data.keys), buttons: bySeq(data.buttons), scrolls: bySeq(data.scrolls), windows: bySeq(data.windows),
    elements: bySeq(data.elements), texts: bySeq(data.texts), marks: bySeq(data.marks),
    frames: byTime(data.frames), wireframes: byTime(data.wireframes),
    story: data.story.filter((row) => !isCut(runs, row[6])),
  };
}

/** @param {Data["motion"]} deltas @param {(t: number) => boolean} gone @returns {Data["motion"]} */
function motion([dt, dx, dy], gone) {
  /** @type {[number[], number[], number[]]} */
  const kept = [[], [], []];
  let [t, x, y] = [0, 0, 0];
  let before = [0, 0, 0];
  for (let i = 0; i < dt.length; i++) {
    t += dt[i];
    x += dx[i];
    y += dy[i];
    if (gone(t)) continue;
    kept[0].push(t - before[0]);
    kept[1].push(x - before[1]);
    kept[2].push(y - before[2]);
    before = [t, x, y];
  }
  return kept;
}

/**
 * Rows as runs of event numbers: rows that follow each other in the whole story become one run, those between which
 * something stands that is not chosen do not.
 * @param {Reach[]} story all rows, in order @param {Reach[]} chosen some of them, in order @returns {[number, number][]}
 */
export function runsOf(story, chosen) {
  const place = new Map(story.map((row, i) => [row.seq, i]));
  /** @type {[number, number][]} */
  const runs = [];
  let before = -2;
  for (const row of chosen) {
    const now = place.get(row.seq) ?? -2;
    const last = runs[runs.length - 1];
    if (last && now === before + 1) {
      last[0] = Math.min(last[0], row.seq);
      last[1] = Math.max(last[1], row.until);
    } else runs.push([row.seq, row.until]);
    before = now;
  }
  return runs;
}
