/**
 * The documents that are being recorded: one port each, and what may be told of each.
 *
 * Who a document is, the browser says (`sender`), never the page: its id, tab, frame, origin. Only the path of its address
 * is the document's own word, because a page changes it without loading; it counts where the origin is the sender's.
 *
 * A document is told only where its own address and the tab's are both covered, and neither is paused. While that is not
 * known yet (the worker has just been started) nobody is answered, and what comes is held.
 */
import { isHushed, originOf, siteOf } from "./sites.js";

const MOST_MESSAGE = 1 << 20;
const MOST_HELD = 400;
const MOST_URL = 4096;
const FLUSH_MS = 1500;

/** @typedef {import("../types/messages").State} State */
/** @typedef {import("../types/messages").Batch} Batch */
/** @typedef {{say: "events", url: string, ratio: number, sent: number, first: number, skipped: number, scripted: number, events: any[], needs?: string[]}} Parcel */

class Page {
  zoom = 1;
  ratio = 0;
  top = "";
  url = "";
  /** What came before it was known whether it may be told. @type {Parcel[]} */
  held = [];
  /** Events left out of parcels of a page that went away before it knew what it may tell. */
  left = 0;
  gone = false;
  /** @type {number[]} */
  marks = [];

  /** @param {chrome.runtime.Port} port @param {chrome.runtime.MessageSender} sender @param {chrome.tabs.Tab} tab */
  constructor(port, sender, tab) {
    this.port = port;
    this.document = sender.documentId ?? "";
    this.frame = sender.frameId ?? 0;
    this.tab = tab.id ?? 0;
    this.window = tab.windowId;
    this.origin = sender.origin ?? "";
    this.url = this.address(sender.url ?? "");
    this.top = this.frame === 0 ? this.url : tab.url ?? "";
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

  /** @param {import("./recorder.js").Recorder} recorder */
  constructor(recorder) {
    this.#recorder = recorder;
  }

  /** A document asks whether it may tell. @param {chrome.runtime.Port} port */
  async connected(port) {
    const { sender } = port;
    const tab = sender?.tab;
    if (port.name !== "document" || sender?.id !== chrome.runtime.id || !tab || tab.incognito) return port.disconnect();
    const page = new Page(port, sender, tab);
    this.#pages.add(page);
    port.onMessage.addListener((message) => this.#hear(page, /** @type {any} */ (message)));
    port.onDisconnect.addListener(() => {
      void chrome.runtime.lastError;
      page.gone = true;
      this.#flushed(page);
      // What a page said as it went may still wait for the recorder's word.
      if (!page.held.length) this.#pages.delete(page);
    });
    try {
      page.zoom = await chrome.tabs.getZoom(page.tab);
    } catch {
      // The tab is gone already.
    }
    this.#settle(page);
  }

  /** What the recorder does has changed. */
  changed() {
    for (const page of [...this.#pages]) this.#settle(page);
  }

  /** @param {string} document @param {number} next */
  got(document, next) {
    for (const page of this.#pages) if (page.document === document) this.#say(page, { say: "got", next });
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
    const on = state !== null && site !== null && this.covered(page.top) !== null;
    if (on) {
      this.#say(page, { say: "may", on, recording: state.recording, alone: state.alone, streams: site.streams, zoom: page.zoom });
      for (const parcel of page.held.splice(0)) this.#pass(page, parcel, site.streams);
      if (page.gone) this.#pages.delete(page);
      return;
    }
    this.#say(page, { say: "may", on: false });
    page.held = [];
    this.#pages.delete(page);
    this.#flushed(page);
  }

  /** @param {Page} page @param {object} message */
  #say(page, message) {
    if (page.gone) return;
    try {
      page.port.postMessage(message);
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
    if (this.#recorder.where === "unknown") {
      if (page.held.length < MOST_HELD) page.held.push(message);
    } else if (site && this.covered(page.top)) this.#pass(page, message, site.streams);
  }

  /** @param {Page} page @param {Parcel} parcel @param {readonly string[]} streams */
  #pass(page, parcel, streams) {
    const { needs, ...rest } = parcel;
    let { first, events } = rest;
    if (needs) {
      // The page never learnt what it may tell: what may not is left out here, before it was ever numbered for anybody.
      const { state } = this.#recorder;
      const alone = state?.alone ?? false;
      const may = events.filter((_, i) => needs[i] === "" || alone && (needs[i] === "alone" || streams.includes("pointer")));
      first -= page.left;
      page.left += events.length - may.length;
      events = may;
      if (!events.length) return;
    }
    page.ratio = rest.ratio;
    page.url = page.address(rest.url);
    if (page.frame === 0) page.top = page.url;
    this.#send({
      say: "batch", document: page.document, window: page.window, tab: page.tab, frame: page.frame, url: page.url, top: page.top,
      first, sent: rest.sent, events, skipped: rest.skipped, scripted: rest.scripted,
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
