/** What would leave: the very bytes, decoded by the server, and the decision over them. */
import { Frames } from "./player/frames.js";
import { Scene, clock } from "./player/scene.js";
import { icon, make } from "./player/story.js";
import { Stage } from "./player/stage.js";
import { ask, button, complain, day, hour, many, say, sentence } from "./page.js";
import { bytes, get, post } from "./talk.js";

const PAGE = 100;
const PICTURES = 12;
/** Of the second look, listed one by one. */
const HITS = 12;
/** Of a picture, in pixels. */
const WIDE = 480;

/**
 * @typedef {{sha256: string, bytes: number, header: Record<string, unknown>, kept: Record<string, number>, events: number,
 *   cut: number, painted: number, notes: number, hits: {seq: number, t: number, kind: string, field: string}[],
 *   approvable: boolean, why_not: string, code: string, approval: import("./work.js").Approval}} Artefact
 * @typedef {{seq: number, t: number, kind: string, fields: Record<string, unknown>}} Stored
 */

/** A hash as a person can compare it: groups of eight. @param {string} hash */
export function hashed(hash) {
  const box = make("code", "hash", ...(hash.match(/.{1,8}/g) ?? []).map((part) => make("span", "", part)));
  box.setAttribute("aria-label", `SHA-256 ${hash}`);
  box.setAttribute("role", "img");
  return box;
}

/** A stored value, as text. @param {unknown} value @returns {string} */
function written(value) {
  if (value !== null && typeof value === "object" && "sha256" in value && "bytes" in value) return `${many(Number(value.bytes), "byte")}, SHA-256 ${String(value.sha256).slice(0, 16)}…`;
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

export class Leave {
  /** @type {Artefact | null} */
  artefact = null;
  asked = 0;

  /** @param {import("./work.js").Work} work @param {HTMLElement} panel @param {() => void} decided */
  constructor(work, panel, decided) {
    this.work = work;
    this.panel = panel;
    this.decided = decided;
  }

  /** Something was changed: what is shown is no longer what would leave. */
  stale() {
    this.artefact = null;
    this.asked++;
    if (!this.panel.hidden) this.open().catch(complain);
  }

  async open() {
    const turn = ++this.asked;
    if (!this.artefact) this.panel.replaceChildren(make("div", "page", make("p", "lead", "Making the bytes, and reading them back…")));
    try {
      const artefact = await get(`${this.work.path}/artefact`);
      const [scene, events] = artefact.events ? await Promise.all([get(`${this.work.path}/artefact/scene`), this.#events(0)]) : [null, { events: [], of: 0 }];
      if (turn !== this.asked) return;
      this.artefact = artefact;
      this.#show(artefact, scene, events);
    } catch (error) {
      this.panel.replaceChildren(make("div", "page", make("p", "notice bad", icon("no"), error instanceof Error && "words" in error ? String(error.words) : "The bytes can't be shown.")));
      throw error;
    }
  }

  /** @param {number} first @returns {Promise<{events: Stored[], of: number}>} */
  #events(first) {
    return get(`${this.work.path}/artefact/events?first=${first}&limit=${PAGE}`);
  }

  /** @param {Artefact} artefact @param {import("./player/scene.js").Data | null} data @param {{events: Stored[], of: number}} events */
  #show(artefact, data, events) {
    const parts = [
      make("p", "lead", "These are the very bytes that would leave, packed and read back. Nothing goes with them that is not below."),
      make("div", "leave-top", this.#bytes(artefact), this.#decision(artefact)),
    ];
    if (artefact.hits.length) parts.push(this.#hits(artefact));
    if (data && (data.frames.length || data.wireframes.length)) parts.push(this.#pictures(data));
    parts.push(this.#table(events), this.#header(artefact));
    this.panel.replaceChildren(make("div", "page wide", ...parts));
  }

  /** @param {Artefact} artefact */
  #bytes(artefact) {
    const parts = [[artefact.cut, "cut"], [artefact.painted, "painted"], [artefact.notes, artefact.notes === 1 ? "note of yours" : "notes of yours"]];
    const done = parts.filter(([count]) => count).map(([count, words]) => `${count.toLocaleString("en")} ${words}`).join(", ");
    const box = make("section", "panel", make("h2", "", "The bytes"),
      make("p", "figures", make("span", "", make("b", "", artefact.bytes.toLocaleString("en")), " bytes"), make("span", "", make("b", "", artefact.events.toLocaleString("en")), " events")),
      make("p", "quiet", done ? `By your changes: ${done}.` : "You changed nothing."),
      make("h3", "", "SHA-256, their fingerprint"), hashed(artefact.sha256),
      button("Save a copy of these bytes", () => void this.#save(artefact).catch(complain), "plain save", "leave"));
    box.setAttribute("aria-label", "The bytes");
    return box;
  }

  /** @param {Artefact} artefact */
  async #save(artefact) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", ""));
    link.href = URL.createObjectURL(await bytes(`${this.work.path}/artefact/bytes`));
    link.download = `${artefact.sha256.slice(0, 16)}.byhand`;
    link.click();
    URL.revokeObjectURL(link.href);
    say("A copy was saved. It is not encrypted: whoever has the file can read it.");
  }

  /** @param {Artefact} artefact */
  #decision(artefact) {
    const { approval } = artefact;
    const box = make("section", "panel decision");
    box.setAttribute("aria-label", "Your decision");
    if (artefact.code === "mine_only" || this.work.card.purpose === "mine") {
      box.append(make("h2", "", icon("lock"), "This can't be shared"), make("p", "", "You granted this recording for your own use only. That was decided before it was made and nothing here can change it: these bytes can be looked at, and never approved."),
        make("p", "quiet", "To share work like this, agree to it first, with: byhand consent give --purpose train; then record again. To take your own data with you, run: byhand export REC --mine"));
      return box;
    }
    if (approval.state === "approved") {
      box.classList.add("yes");
      box.append(make("h2", "", icon("task"), "You approved these bytes"), make("p", "", `On ${day(approval.at * 1000)} at ${hour(approval.at * 1000)}. The approval holds for exactly these bytes. Any change to them makes it void.`), hashed(approval.sha256),
        button("Take the approval back", () => void this.#takeBack(), ""));
      return box;
    }
    if (approval.state === "void") {
      box.append(make("p", "notice bad", icon("no"), make("span", "", make("b", "", "Approval void."), ` ${sentence(approval.says)}`)));
    }
    if (!artefact.approvable) {
      box.append(make("h2", "", icon("no"), "This can't be approved now"), make("p", "", sentence(artefact.why_not)));
      return box;
    }
    box.append(make("h2", "", approval.state === "void" ? "Approve the bytes as they are now?" : "Do you want to share this?"),
      make("p", "", "To approve means: these bytes, and no others, may be shared to train models. Nothing is sent by approving. You can take it back at any time before they are shared, and any change to them makes it void."),
      make("p", "quiet", "You need not decide. What is not approved stays here."),
      button("Approve exactly these bytes…", () => void this.#approve(artefact), "primary", "task"));
    return box;
  }

  /** @param {Artefact} artefact */
  async #approve(artefact) {
    const sure = await ask({
      title: `Approve these ${artefact.bytes.toLocaleString("en")} bytes?`,
      words: [`${many(artefact.events, "event")} may be shared to train models, as you have just seen them. The approval is bound to this fingerprint:`, hashed(artefact.sha256)],
      yes: "Yes, approve these bytes", no: "Not now",
    });
    if (!sure) return;
    await this.#decide("approve", { sha256: artefact.sha256 }, "Approved. It holds for exactly these bytes.");
  }

  async #takeBack() {
    await this.#decide("take-back", {}, "The approval is taken back. Nothing may be shared.");
  }

  /** @param {string} verb @param {object} body @param {string} words */
  async #decide(verb, body, words) {
    try {
      await post(`${this.work.path}/${verb}`, body);
      say(words);
    } catch (error) {
      complain(error);
    }
    await this.work.refresh().catch(complain);
    await this.open().catch(complain);
    this.decided();
    /** @type {HTMLElement | null} */ (this.panel.querySelector(".decision button"))?.focus();
  }

  /** @param {Artefact} artefact */
  #hits(artefact) {
    const list = make("ul", "hits", ...artefact.hits.slice(0, HITS).map((hit) => make("li", "", make("b", "", hit.kind), ` in the ${hit.field} of event ${hit.seq}, at ${clock(hit.t)}`)));
    if (artefact.hits.length > HITS) list.append(make("li", "", `and ${(artefact.hits.length - HITS).toLocaleString("en")} more`));
    return make("section", "panel bad", make("h2", "", icon("eye"), "The second look found something"), make("p", "", "A scanner that works another way read these bytes again. What it found must be cut or painted before this can be approved."), list);
  }

  /** @param {import("./player/scene.js").Data} data */
  #pictures(data) {
    const scene = new Scene(data);
    const album = new Album(scene);
    const times = data.frames.length ? data.frames.map((row) => row[0]) : data.wireframes.map((row) => row[0]);
    const grid = make("div", "pictures");
    const words = data.frames.length ? many(times.length, "picture") : many(times.length, "wireframe");
    const box = make("section", "panel", make("h2", "", `${words}, as stored`), grid);
    let shown = 0;
    const more = button("Show more pictures", () => void next(), "plain");
    const next = async () => {
      const until = Math.min(times.length, shown + PICTURES);
      const some = times.slice(shown, until);
      shown = until;
      more.hidden = shown >= times.length;
      for (const t of some) {
        const canvas = plate(scene, `The ${data.frames.length ? "picture" : "wireframe"} at ${clock(t)}`);
        grid.append(make("figure", "", canvas, make("figcaption", "", clock(t))));
        if (data.frames.length) await album.draw(canvas, t);
        else album.wire(canvas, t);
      }
    };
    box.append(more);
    // Once it is in the page: colours are read from there.
    queueMicrotask(() => void next().catch(complain));
    return box;
  }

  /** @param {{events: Stored[], of: number}} first */
  #table(first) {
    const body = make("tbody", "");
    const scroll = make("div", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Every event, as stored");
    const head = make("thead", "", make("tr", "", ...["#", "Time", "Kind", "Every field, as stored"].map((words) => {
      const cell = make("th", "", words);
      cell.setAttribute("scope", "col");
      return cell;
    })));
    let shown = 0;
    const more = button("", () => void next().catch(complain), "plain");
    /** @param {Stored[]} events */
    const add = (events) => {
      for (const { seq, t, kind, fields } of events) {
        const cells = make("td", "fields", ...Object.entries(fields).map(([name, value]) => make("span", "", make("i", "", name), " ", make("bdi", "", written(value)))));
        body.append(make("tr", "", make("td", "number", String(seq)), make("td", "number", clock(t)), make("td", "", kind), cells));
      }
      shown += events.length;
      more.hidden = shown >= first.of;
      (/** @type {HTMLElement} */ (more.lastChild)).textContent = `Show the next ${Math.min(PAGE, first.of - shown)} of ${first.of.toLocaleString("en")}`;
    };
    const next = async () => add((await this.#events(shown)).events);
    add(first.events);
    scroll.append(make("table", "", head, body));
    return make("section", "panel", make("h2", "", "Every event, as stored"), scroll, more);
  }

  /** @param {Artefact} artefact */
  #header(artefact) {
    const list = make("dl", "header", ...Object.entries(artefact.header).map(([name, value]) => make("div", "", make("dt", "", name), make("dd", "", make("bdi", "", typeof value === "string" ? value || "nothing" : JSON.stringify(value))))));
    return make("section", "panel", make("h2", "", "What is said about the whole"), list);
  }
}

/** A place for the picture of one moment. @param {Scene} scene @param {string} words */
function plate(scene, words) {
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", ""));
  const [w, h] = scene.screen;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words);
  canvas.width = WIDE;
  canvas.height = Math.max(1, Math.round((WIDE * h) / w));
  return canvas;
}

/** The pictures as the bytes hold them: each laid over those before. */
class Album {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.wake = () => {};
    this.frames = new Frames(scene, () => this.wake());
  }

  /** @param {HTMLCanvasElement} canvas @param {number} t later than at the call before @returns {Promise<void>} */
  draw(canvas, t) {
    const due = this.scene.data.frames.filter((row) => row[0] <= t).length;
    return new Promise((done) => {
      this.wake = () => {
        this.frames.until(t);
        if (this.frames.laid < due) return;
        this.wake = () => {};
        canvas.getContext("2d")?.drawImage(this.frames.screen, 0, 0, canvas.width, canvas.height);
        done();
      };
      this.wake();
    });
  }

  /** The same, where boxes were kept and no pictures. @param {HTMLCanvasElement} canvas in the page @param {number} t */
  wire(canvas, t) {
    const stage = new Stage(canvas, this.scene, () => {});
    stage.ink.theme();
    stage.resize(canvas.width, canvas.height);
    // Its size in the page is the style sheet's business.
    canvas.removeAttribute("style");
    stage.draw(t);
  }
}
