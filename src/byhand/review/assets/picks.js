/** The story as something to choose from: rows can be searched, picked one by one or in a stretch, and show what is cut. */
import { Story, icon, make } from "./player/story.js";

/** @typedef {import("./work.js").Row} Row */

export class Picks extends Story {
  /** All rows, whatever is searched for. @type {Row[]} */
  rows = [];
  words = "";
  /** The row picked first, and the one picked last; -1 for none. */
  anchor = -1;
  cursor = -1;
  /** Notes at events, by the seq of the row. @type {Map<number, string>} */
  notes = new Map();

  /**
   * @param {import("./player/scene.js").Scene} scene @param {(t: number) => void} seek
   * @param {() => void} changed called when other rows are picked
   */
  constructor(scene, seek, changed) {
    super(scene, seek);
    this.changed = changed;
    this.list.setAttribute("aria-multiselectable", "true");
    this.list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {Row[]} rows */
  tell(rows) {
    this.rows = rows;
    this.search(this.words);
  }

  /** Keep the rows in which every word occurs. @param {string} text */
  search(text) {
    this.words = text;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const picked = new Set(this.picked().map((row) => row.seq));
    const found = this.rows.filter((row) => {
      const said = `${row.app} ${row.verb} ${row.what} ${row.note}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
    const places = found.flatMap((row, i) => (picked.has(row.seq) ? [i] : []));
    this.anchor = places.length ? places[0] : -1;
    this.cursor = places.length ? places[places.length - 1] : -1;
    this.set(found);
    this.list.hidden = !found.length;
    return found.length;
  }

  /** @returns {Row[]} */
  picked() {
    if (this.cursor < 0) return [];
    const [from, to] = [Math.min(this.anchor, this.cursor), Math.max(this.anchor, this.cursor)];
    return /** @type {Row[]} */ (this.lines.slice(from, to + 1));
  }

  /** @param {number} anchor @param {number} cursor */
  pick(anchor, cursor) {
    this.anchor = anchor;
    this.cursor = cursor;
    for (const [index, row] of this.drawn) row.setAttribute("aria-selected", String(this.#isPicked(index)));
    this.changed();
  }

  clear() {
    if (this.cursor >= 0) this.pick(-1, -1);
  }

  /** @param {number} index @param {MouseEvent} event */
  chosen(index, event) {
    this.pick(event.shiftKey && this.anchor >= 0 ? this.anchor : index, index);
    this.seek(this.lines[index].t);
    this.active(index);
  }

  /** @param {number} index @returns {HTMLElement} */
  face(index) {
    const row = super.face(index);
    const line = /** @type {Row} */ (this.lines[index]);
    row.setAttribute("aria-selected", String(this.#isPicked(index)));
    if (line.cut) {
      row.classList.add("cut");
      row.append(make("span", "cut-word", icon("cut"), "cut"));
    }
    const note = this.notes.get(line.seq);
    if (note) {
      row.classList.add("noted");
      row.append(make("span", "noted-word", icon("note"), make("span", "unseen", `your note: ${note}`)));
      row.title += `\nyour note: ${note}`;
    }
    return row;
  }

  /** Here the moment shown and what is picked are two things. @param {HTMLElement} row @param {boolean} on */
  point(row, on) {
    row.classList.toggle("now-at", on);
    if (on) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  /** @param {number} index */
  #isPicked(index) {
    return this.cursor >= 0 && index >= Math.min(this.anchor, this.cursor) && index <= Math.max(this.anchor, this.cursor);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.metaKey || !this.lines.length) return;
    const last = this.lines.length - 1;
    if (event.ctrlKey) {
      if (event.key !== "a") return;
      event.preventDefault();
      this.pick(0, last);
      return;
    }
    const from = this.cursor >= 0 ? this.cursor : Math.max(0, this.current - (event.key === "ArrowDown" && !event.shiftKey ? 1 : 0));
    /** @type {Record<string, number>} */
    const to = { ArrowUp: from - 1, ArrowDown: from + 1, PageUp: from - 8, PageDown: from + 8, Home: 0, End: last };
    if (!(event.key in to)) return;
    event.preventDefault();
    const cursor = Math.max(0, Math.min(last, to[event.key]));
    this.seek(this.lines[cursor].t);
    this.reveal(cursor);
    this.pick(event.shiftKey ? (this.anchor >= 0 ? this.anchor : from) : cursor, cursor);
    this.active(cursor);
  }
}
