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

export class Story {
  /** @param {Scene} scene @param {(t: number) => void} seek */
  constructor(scene, seek) {
    this.scene = scene;
    this.seek = seek;
    this.current = -1;
    /** @type {Map<number, HTMLElement>} */
    this.drawn = new Map();
    this.room = make("div", "story-room");
    this.room.style.height = `${scene.data.story.length * ROW}px`;
    this.list = make("div", "story-list", this.room);
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "What happened");
    this.list.addEventListener("scroll", () => this.fill());
    this.list.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest("[data-row]") : null;
      if (row instanceof HTMLElement) this.seek(this.scene.data.story[Number(row.dataset.row)][0]);
    });
  }

  /** Put the rows in sight there, and take away the others. */
  fill() {
    const { story } = this.scene.data;
    const first = Math.max(0, Math.floor(this.list.scrollTop / ROW) - 6);
    const last = Math.min(story.length, Math.ceil((this.list.scrollTop + this.list.clientHeight) / ROW) + 6);
    for (const [index, row] of this.drawn) {
      if (index >= first && index < last) continue;
      row.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (!this.drawn.has(index)) {
        const row = this.#row(index);
        this.drawn.set(index, row);
        this.room.append(row);
      }
    }
  }

  /** @param {number} index */
  #row(index) {
    const { story, rules } = this.scene.data;
    const [t, kind, app, verb, what, note, seq, by] = story[index];
    const words = make("span", "words", make("b", "", verb), verb && what ? " " : "", make("bdi", "", what));
    if (app && app !== this.#appBefore(index)) words.prepend(make("span", "app", make("bdi", "", app)), " ");
    if (note) words.append(" ", make("span", "note", make("bdi", "", note)));
    const row = make("div", `row row-${kind}`, make("time", "", clock(t)), icon(kind), words, make("span", "seq", `#${seq}`));
    row.style.transform = `translateY(${index * ROW}px)`;
    row.style.setProperty("--app", app ? appColour(this.scene, app, 0.9) : "transparent");
    const said = [verb, what, note].filter(Boolean).join(" ");
    row.title = `${app ? `${app}: ` : ""}${said}\nevent ${seq}, rule ${by}: ${rules[by] ?? "of another version"}`;
    row.id = `row-${index}`;
    row.dataset.row = String(index);
    row.setAttribute("role", "option");
    row.setAttribute("aria-posinset", String(index + 1));
    row.setAttribute("aria-setsize", String(story.length));
    row.setAttribute("aria-selected", String(index === this.current));
    return row;
  }

  /** The app of the nearest row above that has one. @param {number} index */
  #appBefore(index) {
    const { story } = this.scene.data;
    while (--index >= 0) if (story[index][2]) return story[index][2];
    return "";
  }

  /** The row at t becomes the current one, and comes into sight. @param {number} t */
  show(t) {
    const index = countUntil(this.scene.times.story, t) - 1;
    if (index === this.current) return;
    this.drawn.get(this.current)?.setAttribute("aria-selected", "false");
    this.current = index;
    const { list } = this;
    const top = Math.max(0, index) * ROW;
    if (top < list.scrollTop + ROW || top > list.scrollTop + list.clientHeight - 3 * ROW) {
      list.scrollTop = Math.max(0, top - list.clientHeight / 2.5);
    }
    this.fill();
    this.drawn.get(index)?.setAttribute("aria-selected", "true");
    if (index >= 0) list.setAttribute("aria-activedescendant", `row-${index}`);
    else list.removeAttribute("aria-activedescendant");
  }

  /** Time of the row so many further. @param {number} step @returns {number} */
  neighbour(step) {
    const { story } = this.scene.data;
    if (!story.length) return 0;
    // Rows may share a time: go on until it changes.
    const now = this.current >= 0 ? story[this.current][0] : -1;
    let index = this.current + step;
    while (index > 0 && index < story.length && story[index][0] === now) index += step;
    return story[Math.max(0, Math.min(story.length - 1, index))][0];
  }
}
