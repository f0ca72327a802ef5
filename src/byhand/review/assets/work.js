/** One recording and its draft, as the server has them. Everything a person changes goes through here, one at a time. */
import { Refused, get, post } from "./talk.js";

/**
 * @typedef {import("./player/story.js").Line & {until: number, cut: boolean}} Row
 * @typedef {{state: "none" | "approved" | "void", sha256: string, at: number, says: string}} Approval
 * @typedef {{kind: string, [field: string]: string | number}} Edit
 * @typedef {{edit: Edit, says: string, events: number}} Made
 * @typedef {{revision: number, edits: Made[], undone: number, approval: Approval, cut: import("./edited.js").Run[]}} Draft
 * @typedef {{mark: number, t: number, task: string, outcome: string}} Task
 * @typedef {import("./recordings.js").Card & {facts: import("./player/scene.js").Facts, tasks: Task[], problems: string[],
 *   draft: Draft, approval: Approval}} Whole
 */

export class Work extends EventTarget {
  /** @type {Whole} */ card;
  /** @type {import("./player/scene.js").Data} */ data;
  /** @type {Row[]} */ rows = [];
  /** @type {Draft} */ draft;
  /** @type {Promise<unknown>} */
  #before = Promise.resolve();

  /** @param {string} id */
  constructor(id) {
    super();
    this.id = id;
    this.path = `recordings/${encodeURIComponent(id)}`;
  }

  /** @throws {Refused} */
  async load() {
    const [card, data, story] = await Promise.all([get(this.path), get(`${this.path}/scene`), get(`${this.path}/story`)]);
    this.card = card;
    this.data = data;
    this.rows = story.rows;
    this.draft = card.draft;
  }

  /** Whether anything may be changed. */
  get open() {
    return this.card.state !== "open";
  }

  /** @param {Edit[]} edits @returns {Promise<Made[]>} what they did @throws {Refused} */
  edit(...edits) {
    return this.#after(async () => {
      const before = this.draft.edits.length;
      for (const edit of edits) await this.#change("edits", { edit });
      await this.refresh();
      return this.draft.edits.slice(before);
    });
  }

  /** @throws {Refused} */
  undo() {
    return this.#after(async () => {
      await this.#change("undo", {});
      await this.refresh();
    });
  }

  /** @throws {Refused} */
  redo() {
    return this.#after(async () => {
      await this.#change("redo", {});
      await this.refresh();
    });
  }

  /** What the page shows follows the draft. @throws {Refused} */
  async refresh() {
    const [card, story] = await Promise.all([get(this.path), get(`${this.path}/story`)]);
    this.card = card;
    this.draft = card.draft;
    this.rows = story.rows;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} verb @param {object} body */
  async #change(verb, body) {
    try {
      this.draft = await post(`${this.path}/${verb}`, { revision: this.draft.revision, ...body });
    } catch (error) {
      // Changed in another window meanwhile: show that, and let the person do it again, seeing what is there now.
      if (error instanceof Refused && error.code === "moved_on") await this.refresh();
      throw error;
    }
  }

  /** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
  #after(act) {
    const done = this.#before.then(act, act);
    this.#before = done.catch(() => {});
    return done;
  }
}
