/** The story: one line an act, drawn only as far as it is in sight. */
import { Scene, appColour, clock, countUntil } from "./scene.js";

const ROW = 34;
const SVG = "http://www.w3.org/2000/svg";
/** Line drawings in a box of 16 by 16. @type {Record<string, string>} */
const ICONS = {
  press: "M4.5 2.5l8 5.6-3.6.9-1.6 3.9z",
  type: "M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5 9.4h6",
  key: "M3 3h10v10H3zM6.2 10.2V5.8M9.8 5.8L6.6 8.2l3.3 2",
  scroll: "M8 2.5v11M5 5.5l3-3 3 3M5 10.5l3 3 3-3",
  window: "M2 3.5h12v9H2zM2 6.2h12",
  focus: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
  mark: "M4.5 13.5v-11h7l-1.8 2.7 1.8 2.8h-7",
  gap: "M2 8h2.4M6.8 8h2.4M11.6 8H14",
  lock: "M4 7.5h8v6H4zM5.6 7.5V5.4a2.4 2.4 0 014.8 0v2.1",
  task: "M3 8.4l3.3 3.3L13 4.6",
  cut: "M4.2 10.2a1.7 1.7 0 100 3.4 1.7 1.7 0 000-3.4zM11.8 10.2a1.7 1.7 0 100 3.4 1.7 1.7 0 000-3.4zM5.2 10.5L11.5 2.5M10.8 10.5L4.5 2.5",
  paint: "M2.5 3.5h11v9h-11zM5 6.5h6v3H5z",
  undo: "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 010 8H6",
  redo: "M10.5 3l3 3-3 3M13.5 6h-7a4 4 0 000 8H10",
  note: "M3 3h10v7.5H8L5 13.2v-2.7H3z",
  time: "M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM8 5v3.2l2.2 1.3",
  search: "M7 2.8a4.2 4.2 0 100 8.4 4.2 4.2 0 000-8.4zM10.2 10.2l3.3 3.3",
  bin: "M3 4.5h10M6.2 4.3V2.8h3.6v1.5M4.3 4.5l.6 8.7h6.2l.6-8.7",
  leave: "M8.5 3H3v10h5.5M7 8h7M11.3 5.2L14 8l-2.7 2.8",
  eye: "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12 1.8 8 1.8 8zM8 6.3a1.7 1.7 0 100 3.4 1.7 1.7 0 000-3.4z",
  no: "M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM4.2 4.2l7.6 7.6",
};

/** @param {string} name @returns {SVGSVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.mark);
  svg.append(path);
  return svg;
}

/**
 * An element with a class, text or children. Text is set as text: it never becomes markup.
 * @param {string} tag @param {string} className @param {...(Node | string)} children @returns {HTMLElement}
 */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** One line of the story. @typedef {{t: number, kind: string, app: string, verb: string, what: string, note: string, seq: number, by: string}} Line */

export class Story {
  /** @param {Scene} scene @param {(t: number) => void} seek */
  constructor(scene, seek) {
    this.scene = scene;
    this.seek = seek;
    this.current = -1;
    /** @type {Line[]} */
    this.lines = [];
    this.times = new Int32Array(0);
    /** @type {Map<number, HTMLElement>} */
    this.drawn = new Map();
    this.room = make("div", "story-room");
    this.list = make("div", "story-list", this.room);
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "What happened");
    this.list.addEventListener("scroll", () => this.fill());
    this.list.addEventListener("click", (event) => {
      const index = this.indexOf(event.target);
      if (index >= 0) this.chosen(index, event);
    });
    this.set(scene.data.story.map(([t, kind, app, verb, what, note, seq, by]) => ({ t, kind, app, verb, what, note, seq, by })));
  }

  /** Tell these instead. @param {Line[]} lines */
  set(lines) {
    this.lines = lines;
    this.times = Int32Array.from(lines, (line) => line.t);
    this.current = -1;
    this.room.style.height = `${lines.length * ROW}px`;
    this.redraw();
  }

  /** Make the rows in sight anew. */
  redraw() {
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.fill();
  }

  /** The row something lies in, or -1. @param {EventTarget | null} target */
  indexOf(target) {
    const row = target instanceof Element ? target.closest("[data-row]") : null;
    return row instanceof HTMLElement ? Number(row.dataset.row) : -1;
  }

  /** A row was clicked. @param {number} index @param {MouseEvent} _event */
  chosen(index, _event) {
    this.seek(this.lines[index].t);
  }

  /** Put the rows in sight there, and take away the others. Where the list itself is out of sight, none is. */
  fill() {
    if (!this.list.clientHeight) return;
    const first = Math.max(0, Math.floor(this.list.scrollTop / ROW) - 6);
    const last = Math.min(this.lines.length, Math.ceil((this.list.scrollTop + this.list.clientHeight) / ROW) + 6);
    for (const [index, row] of this.drawn) {
      if (index >= first && index < last) continue;
      row.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (!this.drawn.has(index)) {
        const row = this.face(index);
        this.point(row, index === this.current);
        this.drawn.set(index, row);
        this.room.append(row);
      }
    }
  }

  /** What a row looks like. @param {number} index @returns {HTMLElement} */
  face(index) {
    const { t, kind, app, verb, what, note, seq, by } = this.lines[index];
    const words = make("span", "words", make("b", "", verb), verb && what ? " " : "", make("bdi", "", what));
    if (app && app !== this.#appBefore(index)) words.prepend(make("span", "app", make("bdi", "", app)), " ");
    if (note) words.append(" ", make("span", "note", make("bdi", "", note)));
    const row = make("div", `row row-${kind}`, make("time", "", clock(t)), icon(kind), words, make("span", "seq", `#${seq}`));
    row.style.transform = `translateY(${index * ROW}px)`;
    row.style.setProperty("--app", app ? appColour(this.scene, app, 0.9) : "transparent");
    const said = [verb, what, note].filter(Boolean).join(" ");
    row.title = `${app ? `${app}: ` : ""}${said}\nevent ${seq}, rule ${by}: ${this.scene.data.rules[by] ?? "of another version"}`;
    row.id = `row-${index}`;
    row.dataset.row = String(index);
    row.setAttribute("role", "option");
    row.setAttribute("aria-posinset", String(index + 1));
    row.setAttribute("aria-setsize", String(this.lines.length));
    return row;
  }

  /** Mark a row as the one at the moment shown, or not. @param {HTMLElement} row @param {boolean} on */
  point(row, on) {
    row.setAttribute("aria-selected", String(on));
  }

  /** The app of the nearest row above that has one. @param {number} index */
  #appBefore(index) {
    while (--index >= 0) if (this.lines[index].app) return this.lines[index].app;
    return "";
  }

  /** The row at t becomes the current one, and comes into sight. @param {number} t */
  show(t) {
    const index = countUntil(this.times, t) - 1;
    if (index === this.current) return;
    const before = this.drawn.get(this.current);
    if (before) this.point(before, false);
    this.current = index;
    this.reveal(index);
    const row = this.drawn.get(index);
    if (row) this.point(row, true);
    this.active(index);
  }

  /** @param {number} index */
  active(index) {
    if (index >= 0) this.list.setAttribute("aria-activedescendant", `row-${index}`);
    else this.list.removeAttribute("aria-activedescendant");
  }

  /** Bring a row into sight. @param {number} index */
  reveal(index) {
    const { list } = this;
    const top = Math.max(0, index) * ROW;
    if (top < list.scrollTop + ROW || top > list.scrollTop + list.clientHeight - 3 * ROW) {
      list.scrollTop = Math.max(0, top - list.clientHeight / 2.5);
    }
    this.fill();
  }

  /** Time of the row so many further. @param {number} step @returns {number} */
  neighbour(step) {
    const { lines } = this;
    if (!lines.length) return 0;
    // Rows may share a time: go on until it changes.
    const now = this.current >= 0 ? lines[this.current].t : -1;
    let index = this.current + step;
    while (index > 0 && index < lines.length && lines[index].t === now) index += step;
    return lines[Math.max(0, Math.min(lines.length - 1, index))].t;
  }
}
