/**
 * The documents that are being recorded: one port each, and what may be told of each.
 *
 * Who a document is, the browser says (`sender`), never the page: its id, tab, frame, origin. Only the path of its address
 * is the document's own word, because a page changes it without loading; it counts where the origin is the sender's.
 *
 * A document is told only where its own address and the tab's are both covered, and neither is paused. While that is not
 * known yet (the worker has just been started) nobody is answered, and what comes is held.
 */
import { arrived, lastWords, passFor } from "./left.js";
import { isHushed, originOf, siteOf } from "./sites.js";

const MOST_MESSAGE = 1 << 20;
const MOST_HELD = 400;
const MOST_URL = 4096;
const FLUSH_MS = 1500;

/** @typedef {import("../types/messages").State} State */
/** @typedef {import("../types/messages").Batch} Batch */
/** @typedef {{say: "events", url: string, ratio: number, sent: number, line: number, first: number, skipped: number, scripted: number, events: any[], needs?: string[]}} Parcel */

class Page {
  zoom = 1;
  ratio = 0;
  top = "";
  url = "";
  /** What came before it was known whether it may be told, or over a line that broke. @type {Parcel[]} */
  held = [];
  /** What was handed on and not acknowledged. @type {Parcel[]} */
  unsure = [];
  /** Which line to the recorder this page was told of last. */
  line = 0;
  /** Events left out of parcels of a page that went away before it knew what it may tell. */
  left = 0;
  gone = false;
  /** Of which recording it has a pass. */
  recording = "";
  /** Where its last words lie, if it left any. */
  key = "";

  /** @param {chrome.runtime.Port | null} port @param {{document: string, frame: number, tab: number, window: number, origin: string, url: string, top: string}} who */
  constructor(port, who) {
    this.port = port;
    this.document = who.document;
    this.frame = who.frame;
    this.tab = who.tab;
    this.window = who.window;
    this.origin = who.origin;
    this.url = this.address(who.url);
    this.top = this.frame === 0 ? this.url : who.top;
  }

  /** An address of this document as it may be told: about:blank and srcdoc stand for where they come from. @param {string} url */
  address(url) {
    const own = originOf(url);
    if (own && (own === this.origin || own === "file://")) return url.length > MOST_URL ? `${own}/` : url;
    return originOf(this.origin) ? `${this.origin}/` : "";
  }
}

export class Documents {
  /** @type {Set<Page>} */
  #pages = new Set();
  /** @type {Map<number, {waits: Set<Page>, done: () => void}>} */
  #flushes = new Map();
  #recorder;
  #picking = Promise.resolve();
  /** Below which number all events of a document have arrived: of the last few documents. @type {Map<string, number>} */
  #arrived = new Map();
  /** The last few documents by the name of their port. @type {Map<string, Page>} */
  #met = new Map();

  /** @param {import("./recorder.js").Recorder} recorder */
  constructor(recorder) {
    this.#recorder = recorder;
  }

  /** A document asks whether it may tell. @param {chrome.runtime.Port} port */
  async connected(port) {
    const { sender } = port;
    const tab = sender?.tab;
    const [what, nonce] = port.name.split(" ", 2);
    if (what !== "document" || !nonce || sender?.id !== chrome.runtime.id || !tab || tab.incognito) return port.disconnect();
    const page = new Page(port, {
      document: sender.documentId ?? "", frame: sender.frameId ?? 0, tab: tab.id ?? 0, window: tab.windowId, origin: sender.origin ?? "",
      url: sender.url ?? "", top: tab.url ?? "",
    });
    this.#pages.add(page);
    remember(this.#met, nonce, page);
    port.onMessage.addListener((message) => this.#hear(page, /** @type {any} */ (message)));
    port.onDisconnect.addListener(() => {
      void chrome.runtime.lastError;
      page.gone = true;
      this.#flushed(page);
      this.#settle(page);
    });
    try {
      page.zoom = await chrome.tabs.getZoom(page.tab);
    } catch {
      // The tab is gone already.
    }
    this.#settle(page);
  }

  /** What pages said as they went, while nobody was there to hear it. @param {number} [wait] most of it has arrived on the usual way by then */
  pickUp(wait = 0) {
    this.#picking = this.#picking.then(() => new Promise((go) => setTimeout(go, wait))).then(() => this.#pick(), () => {});
  }

  async #pick() {
    const known = new Set([...this.#pages].map((page) => page.key));
    for (const { key, pass, parcels: all } of await lastWords((nonce) => this.#met.get(nonce))) {
      if (known.has(key)) continue;
      const parcels = all.filter((one) => one.first + one.events.length > (this.#arrived.get(pass.document) ?? 0));
      const page = new Page(null, { ...pass, url: `${pass.origin}/` });
      page.key = key;
      page.gone = true;
      page.held = parcels;
      page.recording = pass.recording;
      this.#pages.add(page);
      this.#settle(page);
      this.#rid(page);
    }
  }

  /** @param {Page} page @param {string} recording */
  async #passOn(page, recording) {
    if (page.gone || page.recording === recording) return;
    page.recording = recording;
    const { document, frame, tab, window, origin, top } = page;
    this.#say(page, { say: "pass", pass: await passFor({ document, frame, tab, window, origin, top, recording }) });
  }

  /** What the recorder does has changed. */
  changed() {
    for (const page of [...this.#pages]) this.#settle(page);
  }

  /** @param {string} document @param {number} next */
  got(document, next) {
    remember(this.#arrived, document, next);
    for (const page of this.#pages) {
      if (page.document !== document) continue;
      this.#say(page, { say: "got", next });
      page.unsure = page.unsure.filter((one) => one.first + one.events.length > next);
      this.#rid(page);
    }
  }

  /** Ask all documents for what they hold; `done` when all have answered, or can't. @param {number} mark @param {() => void} done */
  flush(mark, done) {
    const waits = new Set([...this.#pages].filter((page) => !page.gone));
    if (!waits.size) return done();
    const late = setTimeout(() => this.#flushes.get(mark)?.done(), FLUSH_MS);
    this.#flushes.set(mark, {
      waits,
      done: () => {
        clearTimeout(late);
        this.#flushes.delete(mark);
        done();
      },
    });
    for (const page of waits) this.#say(page, { say: "flush", mark });
  }

  /** The tab's page has another address. @param {number} tab @param {string} url */
  moved(tab, url) {
    for (const page of this.#pages) {
      if (page.tab !== tab || page.top === url) continue;
      if (page.frame === 0) {
        // The tab goes elsewhere: this document is about to leave and stays what it was, unless only its path changed.
        if (originOf(url) === page.origin) page.top = page.url = page.address(url);
      } else {
        page.top = url;
        this.#settle(page);
      }
    }
  }

  /** @param {number} tab @param {number} zoom */
  zoomed(tab, zoom) {
    for (const page of this.#pages) {
      if (page.tab !== tab) continue;
      page.zoom = zoom;
      this.#say(page, { say: "zoom", zoom });
    }
  }

  /** What may be told of an address now. @param {string} url */
  covered(url) {
    const { state } = this.#recorder;
    if (state?.state !== "recording" || isHushed(state.hushed, url)) return null;
    return siteOf(state.sites, url);
  }

  /** What the grant covers of an address, paused or not. @param {string} url */
  listed(url) {
    return siteOf(this.#recorder.state?.sites ?? [], url);
  }

  /** Has the person paused there? @param {string} url */
  isHushed(url) {
    return isHushed(this.#recorder.state?.hushed ?? [], url);
  }

  /** Device pixels per pixel of the desktop, as a document of that window saw it; 1 where none has told. @param {number} window */
  scaleOf(window) {
    for (const page of this.#pages) if (page.window === window && page.frame === 0 && page.ratio) return page.ratio / page.zoom;
    return 1;
  }

  /** Tell a document what it may tell. @param {Page} page */
  #settle(page) {
    const { state, where } = this.#recorder;
    if (where === "unknown") return;
    const site = this.covered(page.url);
    const stale = page.gone && page.recording !== "" && page.recording !== state?.recording;
    const on = state !== null && site !== null && this.covered(page.top) !== null && !stale;
    if (on) {
      const { line } = this.#recorder;
      if (page.line !== line) {
        // What the broken line carried may not have arrived. A page that is still there sends all of it again, in order.
        page.held = [...page.unsure.splice(0), ...page.held];
        page.line = line;
      }
      void this.#passOn(page, state.recording);
      this.#say(page, { say: "may", on, line, recording: state.recording, alone: state.alone, streams: site.streams, zoom: page.zoom });
      if (page.gone) for (const parcel of page.held.splice(0)) this.#pass(page, parcel, site.streams);
      this.#rid(page);
      return;
    }
    this.#say(page, { say: "may", on: false });
    page.held = page.unsure = [];
    this.#rid(page);
    this.#pages.delete(page);
    this.#flushed(page);
  }

  /** A page that is gone is kept only until all it said has arrived. @param {Page} page */
  #rid(page) {
    if (!page.gone || page.held.length || page.unsure.length) return;
    this.#pages.delete(page);
    if (page.key) void arrived(page.key);
  }

  /** @param {Page} page @param {object} message */
  #say(page, message) {
    if (page.gone) return;
    try {
      page.port?.postMessage(message);
    } catch {
      // It went away this moment; its port says so next.
    }
  }

  /** @param {Page} page @param {Parcel | {say: "flushed", mark: number}} message */
  #hear(page, message) {
    if (message.say === "flushed") {
      this.#flushed(page, message.mark);
      return;
    }
    if (message.say !== "events" || !this.#pages.has(page)) return;
    const site = this.covered(page.url);
    if (this.#recorder.where === "unknown" || message.line !== page.line) {
      if (page.held.length < MOST_HELD) page.held.push(message);
    } else if (site && this.covered(page.top)) {
      page.held = [];
      this.#pass(page, message, site.streams);
    }
  }

  /** @param {Page} page @param {Parcel} parcel @param {readonly string[]} streams */
  #pass(page, parcel, streams) {
    page.unsure.push(parcel);
    if (page.unsure.length > MOST_HELD) page.unsure.shift();
    const { needs } = parcel;
    let { first, events } = parcel;
    if (needs) {
      // The page never learnt what it may tell: what may not is left out here, before it was ever numbered for anybody.
      const { state } = this.#recorder;
      const alone = state?.alone ?? false;
      const may = events.filter((_, i) => needs[i] === "" || alone && (needs[i] === "alone" || streams.includes("pointer")));
      first -= page.left;
      page.left += events.length - may.length;
      page.unsure.pop();
      events = may;
      if (!events.length) return;
      page.unsure.push({ ...parcel, needs: undefined, first, events });
    }
    page.ratio = parcel.ratio;
    page.url = page.address(parcel.url);
    if (page.frame === 0) page.top = page.url;
    this.#send({
      say: "batch", document: page.document, window: page.window, tab: page.tab, frame: page.frame, url: page.url, top: page.top,
      first, sent: parcel.sent, events, skipped: parcel.skipped, scripted: parcel.scripted,
    });
  }

  /** A batch that is too long goes in halves; one event that is too long by itself is left out, and counted. @param {any} batch */
  #send(batch) {
    const text = JSON.stringify(batch);
    // Browsers write "<" as six letters.
    const bytes = text.length * 3 < MOST_MESSAGE / 2 ? 0 : new TextEncoder().encode(text).length + 5 * (text.split("<").length - 1);
    if (bytes < MOST_MESSAGE - 1024) return this.#recorder.tell(batch);
    const { events, first } = batch;
    if (events.length < 2) return this.#recorder.tell({ ...batch, first: first + 1, events: [], skipped: batch.skipped + 1 });
    const half = events.length >> 1;
    this.#send({ ...batch, events: events.slice(0, half) });
    this.#send({ ...batch, first: first + half, skipped: 0, scripted: 0, events: events.slice(half) });
  }

  /** @param {Page} page @param {number} [mark] without one: all */
  #flushed(page, mark) {
    for (const [one, { waits, done }] of [...this.#flushes]) {
      if ((mark === undefined || mark === one) && waits.delete(page) && !waits.size) done();
    }
  }
}

/** The last few of something. @template T @param {Map<string, T>} all @param {string} key @param {T} value */
function remember(all, key, value) {
  all.delete(key);
  all.set(key, value);
  if (all.size > 200) all.delete(/** @type {string} */ (all.keys().next().value));
}
