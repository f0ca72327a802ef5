/** <byhand-review>: one recording to look at, to change and to decide on. Its parts live in modules of their own. */
import { Playback } from "./player/playback.js";
import { Scene, lasting } from "./player/scene.js";
import { icon, make } from "./player/story.js";
import { Brush } from "./brush.js";
import { runsOf, without } from "./edited.js";
import { Leave } from "./leave.js";
import { showMasked } from "./masked.js";
import { ask, button, byId, chips, complain, day, hour, many, pill, say, sentence } from "./page.js";
import { Picks } from "./picks.js";
import { post, stay } from "./talk.js";
import { Tools } from "./tools.js";
import { overStage, overTimeline } from "./veil.js";
import { Work } from "./work.js";

const TABS = ["look", "masked", "leave"];

export class Review extends Playback {
  /** @type {Work} */ work;
  /** @type {Picks} */ picks;
  /** @type {Tools} */ tools;
  /** @type {Brush} */ brush;
  /** @type {Leave} */ leave;
  /** @type {[number, number] | null} a stretch of time that is chosen, in ms */
  stretch = null;
  /** Whether what was cut is shown. */
  bare = false;
  linked = false;

  connectedCallback() {
    this.classList.add("looking");
    this.work = new Work(this.dataset.recording ?? "");
    this.#open().catch(complain);
  }

  async #open() {
    const { work } = this;
    await work.load();
    const scene = new Scene(without(work.data, work.draft.cut));
    this.prepare(scene);
    this.picks = new Picks(scene, (t) => this.seek(t), () => this.#picked());
    this.story = this.picks;
    this.brush = new Brush(this, (box) => this.tools.drawn(box));
    this.tools = new Tools(this);
    this.leave = new Leave(work, byId("leave"), () => this.#said());
    this.stage.over = (ink, t) => overStage(ink, t, work.draft, scene.screen, this.bare);
    this.timeline.over = (pen, x) => overTimeline(pen, x, work.draft, this.timeline, this.stretch);
    this.picked = (from, to) => this.choose(Math.round(from), Math.round(to));
    this.#build();
    this.#tabs();
    this.#change();
    work.addEventListener("change", () => this.#change());
    byId("forget").addEventListener("click", () => void this.#forget());
    this.begin(byId("look"));
    this.addEventListener("keydown", (event) => this.#shortcut(event), true);
    // Looking at it is what the recording waited for: retention asks no more.
    if (work.open) void post(`${work.path}/reviewed`).catch(() => {});
  }

  #build() {
    const { picks } = this;
    const find = /** @type {HTMLInputElement} */ (make("input", "search"));
    Object.assign(find, { type: "search", placeholder: "Search what happened", id: "search", autocomplete: "off" });
    find.setAttribute("aria-label", "Search what happened");
    const found = make("p", "found");
    found.setAttribute("role", "status");
    const none = make("p", "empty-story", "No act has these words.");
    const look = () => {
      const count = picks.search(find.value);
      found.textContent = find.value.trim() ? `${count.toLocaleString("en")} of ${picks.rows.length.toLocaleString("en")}` : "";
      none.hidden = count > 0;
      none.textContent = picks.rows.length ? "No act has these words." : "Nothing was kept in this recording.";
      picks.show(this.t);
      this.#picked();
    };
    find.addEventListener("input", look);
    this.look = look;
    const story = make("section", "story", make("div", "story-head", make("h2", "", "What happened"), found), make("div", "find", icon("search"), find), picks.list, none);
    story.setAttribute("aria-label", "Story");
    const { canvas } = this.timeline;
    canvas.setAttribute("aria-describedby", "timeline-help");
    const help = make("p", "unseen", "Arrow keys move by a second. Shift and arrow keys choose a stretch of time.");
    help.id = "timeline-help";
    const player = make("div", "player", this.view, make("div", "deck", this.transport, this.track, help), this.tools.bar);
    byId("look").append(player, make("div", "side", this.tools.drawer, story, this.tools.changes));
    const bare = button("show cuts", () => {
      this.bare = !this.bare;
      bare.setAttribute("aria-pressed", String(this.bare));
      this.#scene();
    }, "bare", "eye");
    bare.setAttribute("aria-pressed", "false");
    this.transport.querySelector(".hint")?.replaceWith(bare);
  }

  #tabs() {
    /** @param {string} name @param {boolean} focus */
    const open = (name, focus) => {
      for (const one of TABS) {
        const tab = byId(`tab-${one}`);
        tab.setAttribute("aria-selected", String(one === name));
        tab.tabIndex = one === name ? 0 : -1;
        byId(one).hidden = one !== name;
        if (one === name && focus) tab.focus();
      }
      history.replaceState(null, "", name === "look" ? location.pathname : `#${name}`);
      if (name !== "look" && this.playing) this.pause();
      if (name === "masked") showMasked(this.work, byId("masked"), (t) => { open("look", true); this.seek(t); }).catch(complain);
      if (name === "leave") this.leave.open().catch(complain);
      if (name === "look") this.picks.fill();
      this.#fitLook();
    };
    TABS.forEach((name, i) => {
      const tab = byId(`tab-${name}`);
      tab.addEventListener("click", () => open(name, false));
      tab.addEventListener("keydown", (event) => {
        const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: TABS.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        open(TABS[(to + TABS.length) % TABS.length], true);
      });
    });
    const follow = () => {
      const asked = location.hash.slice(1);
      if (TABS.includes(asked)) open(asked, false);
    };
    addEventListener("hashchange", follow);
    follow();
  }

  #fitLook() {
    this.classList.toggle("looking", !byId("look").hidden);
  }

  /** The draft is another: everything follows. */
  #change() {
    const { work, picks } = this;
    picks.notes = new Map();
    for (const { edit } of work.draft.edits) {
      if (edit.kind !== "note") continue;
      const row = work.rows.find((one) => one.seq <= Number(edit.seq) && Number(edit.seq) <= one.until);
      if (row) picks.notes.set(row.seq, String(edit.text));
    }
    picks.tell(work.rows);
    this.look?.();
    this.#scene();
    this.#said();
    this.tools.show();
    this.leave.stale();
  }

  #scene() {
    const { work } = this;
    const scene = new Scene(this.bare ? work.data : without(work.data, work.draft.cut));
    this.picks.scene = scene;
    this.replace(scene);
  }

  /** Above everything: what it is, in which state, and what follows from that. */
  #said() {
    const { card } = this.work;
    const { approval } = this.work.draft;
    const task = card.tasks.find((one) => one.task)?.task || card.task;
    document.title = `${task || card.id} · Byhand`;
    byId("title").replaceChildren(make("bdi", "", task || `Recording ${card.id}`));
    const began = `${day(card.started_ms)}, ${hour(card.started_ms)}`;
    const words = make("span", "", `${began} · ${lasting(card.seconds * 1000)}`);
    card.apps.forEach((app, i) => words.append(i ? ", " : " · ", make("bdi", "", app)));
    byId("meta").replaceChildren(words, chips(card.purpose, card.streams));
    byId("state").replaceChildren(pill(card.review, true, card.edits));
    /** @type {HTMLElement[]} */
    const banner = [];
    if (card.problems.length) banner.push(make("p", "notice bad", icon("no"), `Something of this recording does not verify: ${sentence(card.problems.join("; "))} What does not verify is not shown.`));
    if (card.review === "open") banner.push(make("p", "notice", icon("eye"), "This is being recorded now. You can look at what is here; it can be edited once it has ended."));
    else if (card.purpose === "mine") banner.push(make("p", "notice", icon("lock"), make("span", "", make("b", "", "For you only."), " You granted this for your own use, so it can never be approved for sharing, whatever is clicked here.")));
    else if (approval.state === "approved") banner.push(make("p", "notice good", icon("task"), make("span", "", make("b", "", "Approved."), " Any change to it makes the approval void.")));
    else if (approval.state === "void") banner.push(make("p", "notice bad", icon("no"), make("span", "", make("b", "", "Approval void."), ` ${sentence(approval.says)}`)));
    byId("banner").replaceChildren(...banner);
  }

  #picked() {
    if (this.picks.picked().length) this.stretch = null;
    this.tools.chosen();
    if (this.scene) this.timeline.draw(this.t);
  }

  /** Choose a stretch of time, on the timeline. @param {number} from @param {number} to ms */
  choose(from, to) {
    this.picks.clear();
    this.stretch = [Math.max(0, from), Math.min(Math.round(this.scene.duration), to)];
    this.tools.chosen();
    this.timeline.draw(this.t);
  }

  clear() {
    this.stretch = null;
    this.picks.clear();
    this.tools.chosen();
    this.timeline.draw(this.t);
  }

  /** What is chosen, as edits that cut it. @returns {import("./work.js").Edit[]} */
  cuts() {
    if (this.stretch) return [{ kind: "cut_time", start: this.stretch[0], end: this.stretch[1] }];
    return runsOf(this.work.rows, this.picks.picked()).map(([first, last]) => ({ kind: "cut_events", first, last }));
  }

  /** Do something to the draft and say what it did. @param {() => Promise<unknown>} act @param {string} [said] */
  async attempt(act, said = "") {
    try {
      const made = /** @type {import("./work.js").Made[] | undefined} */ (await act());
      const words = said || (made ?? []).map((one) => one.says).join(", ");
      const away = this.work.draft.approval.state === "void" ? " The approval is void." : "";
      say(`${sentence(words)}${away}`);
      return true;
    } catch (error) {
      complain(error);
      return false;
    }
  }

  async cutChosen() {
    const edits = this.cuts();
    if (!edits.length) {
      say("Nothing is chosen. Choose acts in the story, or a stretch of the timeline.");
      return;
    }
    if (await this.attempt(() => this.work.edit(...edits))) this.clear();
  }

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    const target = /** @type {Element} */ (event.target);
    if (byId("look").hidden || target.closest("input, textarea, select, dialog")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      void (event.shiftKey ? this.tools.redo() : this.tools.undo());
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "/" ) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Delete" && this.work.open) {
      event.preventDefault();
      void this.cutChosen();
    } else if (event.key === "Escape") {
      if (this.tools.close()) return;
      this.clear();
    } else if (event.shiftKey && target === this.timeline.canvas && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      event.stopPropagation();
      const before = Math.round(this.t);
      this.seek(before + (event.key === "ArrowRight" ? 1000 : -1000));
      const now = Math.round(this.t);
      const [from, to] = this.stretch ?? [before, before];
      // The end that the playhead stands at moves.
      if (before === to) this.choose(Math.min(from, now), Math.max(from, now));
      else this.choose(Math.min(to, now), Math.max(to, now));
    }
  }

  /** What can be forgotten of this one. */
  async #forget() {
    const { work } = this;
    const sure = await ask({
      title: "Forget this recording",
      words: [`All ${many(work.card.events, "event")} of it are destroyed, with the key that opens them. No copy of Byhand's can bring it back.`, "The ledger keeps one line that something was erased, and when."],
      type: "forget", yes: "Forget it for good", no: "Keep it", danger: true,
    });
    if (!sure) return;
    try {
      await post(`${work.path}/forget`, { sure: true });
      location.assign("/recordings");
    } catch (error) {
      complain(error);
    }
  }
}

customElements.define("byhand-review", Review);
stay();
