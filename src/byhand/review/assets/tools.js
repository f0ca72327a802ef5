/** What a person can do to a recording: the bar under the timeline, a form for each tool, and the list of changes made. */
import { icon, make } from "./player/story.js";
import { clock, lasting } from "./player/scene.js";
import { button, many } from "./page.js";
import { post } from "./talk.js";
import { exact, parse } from "./times.js";

/** @typedef {import("./recording.js").Review} Review */
/** @typedef {import("./work.js").Edit} Edit */

/** Of rest before the guard is asked about words being written. */
const LOOK_MS = 400;

let names = 0;

/** @param {string} label @param {HTMLElement} input @param {string} [small] */
function field(label, input, small = "") {
  input.id = input.id || `field-${++names}`;
  const words = make("label", "", label);
  words.setAttribute("for", input.id);
  const made = make("div", "field", words, input);
  if (small) {
    const more = make("small", "", small);
    more.id = `${input.id}-more`;
    input.setAttribute("aria-describedby", more.id);
    made.append(more);
  }
  return made;
}

/** @param {string} type @param {string} value @returns {HTMLInputElement} */
function input(type, value) {
  const made = /** @type {HTMLInputElement} */ (make("input", ""));
  Object.assign(made, { type, autocomplete: "off", value });
  return made;
}

/** @param {[string, string][]} options value and words @param {string} chosen @returns {HTMLSelectElement} */
function select(options, chosen) {
  const made = /** @type {HTMLSelectElement} */ (make("select", ""));
  for (const [value, words] of options) made.append(new Option(words, value, false, value === chosen));
  return made;
}

export class Tools {
  /** Which form is open. */
  form = "";

  /** @param {Review} review */
  constructor(review) {
    this.review = review;
    this.says = make("p", "chosen");
    this.says.setAttribute("role", "status");
    this.cutButton = button("Cut", () => void review.cutChosen(), "", "cut");
    this.clearButton = button("Clear", () => review.clear(), "plain");
    /** @type {[string, string, string, () => void][]} */
    const forms = [
      ["app", "An app…", "window", () => this.#app()], ["time", "A time…", "time", () => this.#time()],
      ["paint", "Paint…", "paint", () => this.#paint()], ["task", "Task…", "task", () => this.#task()], ["note", "Note…", "note", () => this.#note()],
    ];
    /** @type {Map<string, HTMLButtonElement>} */
    this.openers = new Map(forms.map(([name, words, drawn, open]) => {
      const made = button(words, () => (this.form === name ? this.close() : open()), "", drawn);
      made.setAttribute("aria-expanded", "false");
      made.setAttribute("aria-controls", "drawer");
      return [name, made];
    }));
    /** @type {Record<string, string>} */
    const labels = { app: "Cut an app", time: "Cut a time", paint: "Paint over the picture", task: "Name the task and its outcome", note: "Note a correction" };
    for (const [name, made] of this.openers) made.setAttribute("aria-label", labels[name]);
    const tools = make("div", "tools", this.cutButton, ...this.openers.values());
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Change what would leave");
    this.bar = make("div", "bar-tools", make("div", "choice", this.says, this.clearButton), tools);
    this.drawer = make("section", "drawer");
    this.drawer.id = "drawer";
    this.drawer.hidden = true;
    this.undoButton = button("Undo", () => void this.undo(), "", "undo");
    this.redoButton = button("Redo", () => void this.redo(), "", "redo");
    this.list = make("ol", "made");
    this.count = make("h2", "", "Your changes");
    this.changes = make("section", "changes", make("div", "changes-head", this.count, make("div", "pair", this.undoButton, this.redoButton)), this.list);
    this.changes.setAttribute("aria-label", "Your changes");
    this.chosen();
  }

  undo() {
    return this.review.work.draft.edits.length ? this.review.attempt(() => this.review.work.undo(), "undone") : Promise.resolve(false);
  }

  redo() {
    return this.review.work.draft.undone ? this.review.attempt(() => this.review.work.redo(), "done again") : Promise.resolve(false);
  }

  /** The draft is another. */
  show() {
    const { draft, open } = this.review.work;
    const count = draft.edits.length;
    this.count.textContent = count ? `Your changes · ${count}` : "Your changes";
    this.list.replaceChildren(...draft.edits.map(({ edit, says }) => make("li", "", icon(edit.kind === "paint" ? "paint" : edit.kind === "note" ? "note" : edit.kind === "label" || edit.kind === "task" ? "task" : "cut"), make("bdi", "", says))).reverse());
    if (!count) this.list.append(make("li", "none", "None yet. The recording itself is never changed: changes only decide what would leave."));
    this.undoButton.disabled = !open || !count;
    this.redoButton.disabled = !open || !draft.undone;
    for (const one of this.openers.values()) one.disabled = !open;
    this.chosen();
  }

  /** Other acts or another stretch are chosen. */
  chosen() {
    const { review } = this;
    const rows = review.picks.picked();
    const { stretch } = review;
    this.cutButton.disabled = !review.work.open || !(rows.length || stretch);
    this.clearButton.hidden = !(rows.length || stretch);
    this.cutButton.setAttribute("aria-label", "Cut what is chosen");
    if (stretch) this.says.textContent = `${clock(stretch[0])} to ${clock(stretch[1])} chosen, ${lasting(stretch[1] - stretch[0])}`;
    else if (rows.length) this.says.textContent = `${many(rows.length, "act")} chosen, from ${clock(rows[0].t)}${rows.length > 1 ? ` to ${clock(rows[rows.length - 1].t)}` : ""}`;
    else this.says.textContent = "Choose acts in the story, or a stretch of the timeline with Shift held.";
  }

  /** The rectangle was moved. @param {import("./brush.js").Box} box */
  drawn(box) {
    if (this.form !== "paint" || !this.numbers) return;
    const values = [box.x, box.y, box.w, box.h];
    this.numbers.forEach((one, i) => {
      if (document.activeElement !== one) one.value = String(values[i]);
    });
  }

  /** Close the form. @returns {boolean} whether one was open */
  close() {
    if (!this.form) return false;
    const opener = this.openers.get(this.form);
    opener?.setAttribute("aria-expanded", "false");
    this.form = "";
    this.drawer.hidden = true;
    this.drawer.replaceChildren();
    this.review.brush.end();
    opener?.focus();
    return true;
  }

  /**
   * @param {string} name @param {string} title @param {string} words @param {HTMLElement[]} fields @param {string} act
   * @param {() => Edit | HTMLInputElement | HTMLTextAreaElement} edit makes the edit, or names the field that is wrong
   */
  #open(name, title, words, fields, act, edit) {
    this.close();
    this.form = name;
    this.openers.get(name)?.setAttribute("aria-expanded", "true");
    const heading = make("h2", "", title);
    heading.id = "drawer-title";
    this.drawer.setAttribute("aria-labelledby", heading.id);
    const wrong = make("p", "wrong");
    wrong.setAttribute("role", "alert");
    const form = /** @type {HTMLFormElement} */ (make("form", "", heading, make("p", "about", words), ...fields, wrong));
    form.noValidate = true;
    const go = /** @type {HTMLButtonElement} */ (make("button", "primary", act));
    go.type = "submit";
    form.append(make("div", "buttons", button("Close", () => this.close()), go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
      wrong.textContent = "";
      const made = edit();
      if (made instanceof HTMLElement) {
        made.setAttribute("aria-invalid", "true");
        wrong.textContent = made.dataset.wrong ?? "";
        made.focus();
        return;
      }
      go.disabled = true;
      void this.review.attempt(() => this.review.work.edit(made)).then((done) => {
        go.disabled = false;
        if (done) this.close();
      });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.drawer.replaceChildren(form);
    this.drawer.hidden = false;
    (/** @type {HTMLElement | null} */ (form.querySelector("input, select, textarea")))?.focus({ preventScroll: false });
  }

  /** Two times, each with a way to take the moment shown. @param {number} from @param {number} to */
  #range(from, to) {
    const made = [from, to].map((at, i) => {
      const one = input("text", exact(at));
      one.inputMode = "decimal";
      one.dataset.wrong = i ? "This is no time, or lies before the first." : "This is no time. Write it as 1:02.5, minutes and seconds.";
      const here = button("now", () => (one.value = exact(this.review.t)), "plain here-now");
      here.setAttribute("aria-label", i ? "until now, the moment shown" : "from now, the moment shown");
      const row = field(i ? "Until" : "From", one);
      row.append(here);
      return { one, row };
    });
    const [start, end] = made.map(({ one }) => one);
    /** @returns {[number, number] | HTMLInputElement} */
    const read = () => {
      const [first, last] = [parse(start.value), parse(end.value)];
      if (Number.isNaN(first)) return start;
      return Number.isNaN(last) || last < first ? end : [first, last];
    };
    return { box: make("div", "two", ...made.map(({ row }) => row)), read };
  }

  /**
   * A person's own words, and below them what the guard thinks of them: words it would mask stop an approval.
   * @param {string} label @param {string} small
   */
  #own(label, small) {
    const words = /** @type {HTMLTextAreaElement} */ (make("textarea", ""));
    words.maxLength = 2000;
    const told = make("p", "guarded");
    told.setAttribute("role", "status");
    let turn = 0;
    const look = async () => {
      const now = ++turn;
      await new Promise((done) => setTimeout(done, LOOK_MS));
      if (now !== turn || !words.isConnected) return;
      told.replaceChildren();
      if (!words.value.trim()) return;
      const { text, masked, verdict } = await post(`${this.review.work.path}/look`, { text: words.value });
      if (now !== turn || verdict === "clear") return;
      const kinds = [...new Set(/** @type {[number, number, string][]} */ (masked).map(([, , kind]) => kind.toLowerCase().replaceAll("_", " ")))].join(", ");
      told.append(`The guard takes something in these words for private${kinds ? ` (${kinds})` : ""}. `);
      if (verdict === "masked") told.append(button("Use them masked", () => {
        words.value = text;
        words.focus();
        void look();
      }, "plain"));
    };
    words.addEventListener("input", () => void look().catch(() => {}));
    return { words, box: make("div", "own", field(label, words, small), told), look: () => void look().catch(() => {}) };
  }

  #app() {
    const apps = this.review.work.data.facts.apps;
    const which = select(apps.map((app) => [app, app]), apps[0] ?? "");
    this.#open("app", "Cut an app", "Everything that happened while it was in front goes, and every word about its windows.", [field("App", which)], "Cut this app", () => ({ kind: "cut_app", app: which.value }));
  }

  #time() {
    const { stretch, t, scene } = this.review;
    const range = this.#range(...(stretch ?? [Math.round(t), Math.min(Math.round(t) + 5000, Math.round(scene.duration))]));
    this.#open("time", "Cut a time", "Everything in this time goes, pictures too.", [range.box], "Cut this time", () => {
      const read = range.read();
      return read instanceof HTMLElement ? read : { kind: "cut_time", start: read[0], end: read[1] };
    });
  }

  #paint() {
    const { brush, scene, stretch } = this.review;
    const range = this.#range(...(stretch ?? [0, Math.round(scene.duration)]));
    const labels = ["Left", "Top", "Width", "Height"];
    const numbers = labels.map((label, i) => {
      const one = input("number", "0");
      one.min = i < 2 ? "0" : "1";
      one.max = String(scene.screen[i % 2]);
      one.dataset.wrong = "A whole number of pixels, on the screen.";
      one.addEventListener("input", () => {
        const [x, y, w, h] = numbers.map((each) => Number(each.value));
        if ([x, y, w, h].every(Number.isFinite)) brush.set({ x, y, w, h });
      });
      return one;
    });
    const grid = make("div", "four", ...numbers.map((one, i) => field(labels[i], one)));
    const words = "Draw a rectangle over the picture, or move the one that is there with the arrow keys and size it with Shift and the arrow keys. What lies under it is painted over: pictures, wireframes and names.";
    this.#open("paint", "Paint over the picture", words, [grid, range.box], "Paint it over", () => {
      const read = range.read();
      if (read instanceof HTMLElement) return read;
      const { x, y, w, h } = brush.box;
      return { kind: "paint", x, y, w, h, start: read[0], end: read[1] };
    });
    this.numbers = numbers;
    brush.begin();
    brush.area.focus();
    this.drawn(brush.box);
  }

  #task() {
    const { tasks } = this.review.work.card;
    const which = select(tasks.map((task, i) => [String(i), task.mark < 0 ? "the whole recording" : `${clock(task.t)} ${task.task}`]), "0");
    const { words, box, look } = this.#own("What was the task?", "Your own words. The guard reads them, too.");
    const outcome = select([["", "not said"], ["done", "it was done"], ["partly", "it was partly done"], ["failed", "it failed"]], "");
    const fill = () => {
      words.value = tasks[Number(which.value)].task;
      outcome.value = tasks[Number(which.value)].outcome;
      look();
    };
    which.addEventListener("change", fill);
    fill();
    const fields = [box, field("How did it end?", outcome)];
    if (tasks.length > 1) fields.unshift(field("Which task", which));
    this.#open("task", "Name the task", "What you did, as you would tell a colleague.", fields, "Keep these words", () => ({ kind: "label", mark: tasks[Number(which.value)].mark, task: words.value, outcome: outcome.value }));
  }

  #note() {
    const { review } = this;
    const row = review.picks.picked()[0] ?? review.work.rows[Math.max(0, review.work.rows.findLastIndex((one) => one.t <= review.t))];
    const { words, box } = this.#own("What should have happened here?", "For example: wrong button, should have been Archive.");
    words.dataset.wrong = "Write what should have happened here.";
    const about = row ? `At ${clock(row.t)}: ${`${row.verb} ${row.what}`.trim()}` : "At the beginning";
    this.#open("note", "Note a correction", about, [box], "Keep the note", () => (words.value.trim() && row ? { kind: "note", seq: row.seq, text: words.value.trim() } : words));
  }
}
