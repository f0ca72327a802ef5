/** What the edits look like over the stage and the timeline: hatched where it was cut, solid where it was painted. */
import { cutAt } from "./edited.js";

/** @typedef {import("./work.js").Draft} Draft */

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} w @param {number} h @param {number} step */
function hatch(pen, x, y, w, h, step) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, w, h);
  pen.clip();
  pen.beginPath();
  for (let at = x - h; at < x + w; at += step) {
    pen.moveTo(at, y + h);
    pen.lineTo(at + h, y);
  }
  pen.stroke();
  pen.restore();
}

/**
 * @param {import("./player/ink.js").Ink} ink @param {number} t @param {Draft} draft @param {[number, number]} screen
 * @param {boolean} bare what was cut is shown, and only named as cut
 */
export function overStage(ink, t, draft, screen, bare) {
  const { pen, css } = ink;
  for (const { edit } of draft.edits) {
    if (edit.kind !== "paint" || t < Number(edit.start) || t > Number(edit.end)) continue;
    const [x, y, w, h] = [Number(edit.x), Number(edit.y), Number(edit.w), Number(edit.h)];
    pen.save();
    pen.fillStyle = ink.text;
    pen.fillRect(x, y, w, h);
    if (w > 70 * css && h > 18 * css) {
      pen.font = `600 ${11.5 * css}px ${ink.font}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = ink.panel;
      pen.fillText("painted", x + w / 2, y + h / 2);
    }
    pen.restore();
  }
  if (!cutAt(draft.cut, t)) return;
  pen.save();
  if (!bare) {
    pen.globalAlpha = 0.94;
    pen.fillStyle = ink.desk;
    pen.fillRect(0, 0, ...screen);
    pen.globalAlpha = 0.35;
    pen.strokeStyle = ink.accent;
    pen.lineWidth = 1.5 * css;
    hatch(pen, 0, 0, ...screen, 18 * css);
    pen.globalAlpha = 1;
    ink.caption("you cut this", screen[0] / 2, screen[1] / 2 - 8 * css, "it does not leave");
  } else {
    pen.strokeStyle = ink.accent;
    pen.lineWidth = 4 * css;
    pen.strokeRect(2 * css, 2 * css, screen[0] - 4 * css, screen[1] - 4 * css);
  }
  pen.restore();
}

/**
 * @param {CanvasRenderingContext2D} pen @param {(t: number) => number} x @param {Draft} draft
 * @param {import("./player/timeline.js").Timeline} timeline @param {[number, number] | null} chosen a stretch of time
 */
export function overTimeline(pen, x, draft, timeline, chosen) {
  const { accent = "", blue = "", panel = "", ink = "" } = timeline.colours ?? {};
  const top = timeline.top - 2;
  const high = timeline.height - top - 4;
  for (const [, , from, to] of draft.cut) {
    const [left, wide] = [x(from) - 1, Math.max(3, x(to) - x(from) + 2)];
    pen.save();
    pen.globalAlpha = 0.72;
    pen.fillStyle = panel;
    pen.fillRect(left, top, wide, high);
    pen.globalAlpha = 0.8;
    pen.strokeStyle = accent;
    pen.lineWidth = 1;
    hatch(pen, left, top, wide, high, 5);
    pen.restore();
  }
  for (const { edit } of draft.edits) {
    if (edit.kind !== "paint") continue;
    pen.fillStyle = ink;
    pen.fillRect(x(Number(edit.start)), timeline.height - 3, Math.max(3, x(Number(edit.end)) - x(Number(edit.start))), 3);
  }
  if (!chosen) return;
  const [left, right] = [x(chosen[0]), Math.max(x(chosen[0]) + 2, x(chosen[1]))];
  pen.save();
  pen.globalAlpha = 0.16;
  pen.fillStyle = blue;
  pen.fillRect(left, top, right - left, high);
  pen.globalAlpha = 1;
  pen.strokeStyle = blue;
  pen.lineWidth = 1.5;
  pen.strokeRect(left, top, right - left, high);
  pen.restore();
}
