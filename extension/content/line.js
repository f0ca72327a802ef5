/**
 * The line from this document to the service worker, and what may be told over it.
 *
 * While nothing is known yet, events wait in memory. The worker says `may`: then they leave, or are forgotten. A line
 * that breaks (the worker was killed, the page lay in the back-forward cache) is opened again and what was not
 * acknowledged is sent again. A dormant document holds no line: the worker may sleep.
 *
 * @typedef {{say: "may", on: boolean, line: number, recording: string, alone: boolean, streams: string[], zoom: number}} MaySaid
 * @typedef {{alone: boolean, text: boolean, pointer: boolean}} May
 */
const line = (() => {
  const REST_MS = 40;
  const IDLE_MS = 60;
  /** What may wait is worked out in slices of so long, whatever the browser allows: 60 pictures a second leave 16. */
  const SLICE_MS = 4;
  const AGAIN_MS = [50, 200, 500, 1000, 2000, 5000];
  /**
   * A frame of another site may have a process of its own, and when the page around it goes, that is ended: what is said
   * by then arrives, what is said on the way out does not. So what happens there leaves as soon as the act is over.
   */
  const foreign = (() => {
    try {
      return !window.top?.document;
    } catch {
      return true;
    }
  })();

  /** null: not known yet. @type {May | null} */
  let may = null;
  let recording = "";
  /** Which of the worker's lines to the recorder this is; 0: not known. */
  let carrier = 0;
  /** What the worker gave to be believed by, when this page's last words are found. @type {object | null} */
  let pass = null;
  /** By which the worker knows this page again, where it had not come to give a pass. */
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join("-");
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  let wanted = false;
  /** Nothing is held from a time when this document was not asleep and another recording ran. */
  let woken = true;
  let tries = 0;
  let timer = 0;
  let idle = 0;
  /** @type {(on: boolean) => void} */
  let decided = () => {};
  /** The extension was removed or replaced under this page: there is nobody to talk to any more. */
  let orphan = () => {};

  function open() {
    if (port || !wanted) return;
    try {
      port = chrome.runtime.connect({ name: `document ${nonce}` });
    } catch {
      wanted = false;
      orphan();
      return;
    }
    const mine = port;
    mine.onMessage.addListener((/** @type {any} */ said) => { if (mine === port) hear(said); });
    mine.onDisconnect.addListener(() => {
      void chrome.runtime.lastError;
      if (mine === port) broken();
    });
  }

  function broken() {
    port = may = null;
    carrier = 0;
    outbox.rewind();
    if (wanted) window.setTimeout(open, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
  }

  /** @param {MaySaid | {say: "got", next: number} | {say: "flush", mark: number} | {say: "zoom", zoom: number} | {say: "pass", pass: object}} said */
  function hear(said) {
    if (said.say === "may") allowed(said);
    else if (said.say === "got") outbox.got(said.next);
    else if (said.say === "pass") ({ pass } = said);
    else if (said.say === "zoom") place.zoomed(said.zoom);
    else if (said.say === "flush") {
      if (may) {
        flushing();
        send();
      }
      post({ say: "flushed", mark: said.mark });
    }
  }

  /** Called before a flush: whoever still holds something tells it. */
  let flushing = () => {};

  /** @param {MaySaid} said */
  function allowed(said) {
    tries = 0;
    if (!said.on) {
      close();
      outbox.clear(false);
      decided(false);
      return;
    }
    place.zoomed(said.zoom);
    may = { alone: said.alone, text: said.streams.includes("text"), pointer: said.streams.includes("pointer") };
    if (recording !== said.recording) {
      if (woken) outbox.renumber();
      else outbox.clear(true);
      recording = said.recording;
    }
    woken = false;
    // The line to the recorder broke on the worker's side: what it carried may not have arrived.
    if (carrier !== said.line) outbox.rewind();
    carrier = said.line;
    outbox.sift();
    decided(true);
    soon(false);
  }

  /** @param {Need} need */
  function allows(need) {
    if (!may || need === "") return true;
    return may.alone && (need === "alone" || may.pointer);
  }

  /** @param {boolean} many */
  function soon(many) {
    if (!may || idle) return;
    if (many) {
      window.clearTimeout(timer);
      timer = 0;
      rest();
    } else timer ||= window.setTimeout(foreign ? work : rest, foreign ? 0 : REST_MS);
  }

  function rest() {
    timer = 0;
    idle ||= window.requestIdleCallback((deadline) => {
      idle = 0;
      work(deadline.didTimeout ? SLICE_MS : Math.min(SLICE_MS, deadline.timeRemaining()));
    }, { timeout: IDLE_MS });
  }

  /** One slice: what it works out leaves, and the rest waits for idle time. @param {number} [ms] */
  function work(ms = SLICE_MS) {
    timer = 0;
    const until = performance.now() + ms;
    const done = outbox.finish(() => performance.now() >= until);
    send(true);
    if (!done) rest();
  }

  /** All that waits leaves now; or only what is worked out. @param {boolean} [worked] */
  function send(worked = false) {
    if (!port) return;
    for (const parcel of parcels(worked)) post(parcel);
  }

  /** What leaves next, as the worker reads it. @param {boolean} [worked] @returns {Generator<object>} */
  function* parcels(worked = false) {
    const about = { say: "events", line: carrier, url: location.href, ratio: window.devicePixelRatio, sent: performance.timeOrigin + performance.now() };
    for (let parcel = outbox.take(worked); parcel; parcel = outbox.take(worked)) {
      const { needs, ...rest } = parcel;
      yield may ? { ...about, ...rest } : { ...about, ...rest, needs };
    }
  }

  /** What nobody has acknowledged, left where the next worker finds it. */
  function leaveBehind() {
    outbox.rewind();
    const left = [...parcels()];
    if (left.length) chrome.storage.session.set({ [`left:${nonce}`]: { pass, parcels: left } }).catch(() => {});
  }

  /** @param {object} message */
  function post(message) {
    try {
      port?.postMessage(message);
    } catch {
      broken();
    }
  }

  function close() {
    wanted = false;
    may = null;
    carrier = 0;
    pass = null;
    const old = port;
    port = null;
    old?.disconnect();
  }

  outbox.when(soon, allows);

  return {
    /** Ask the worker whether anything is recorded here. */
    ask() {
      wanted = woken = true;
      open();
    },
    close,
    /**
     * The page goes out of sight, or away for good: what is there leaves at once as it is. When it goes for good before
     * anybody said whether it may be told, each event says what must hold for it (`needs`), and the worker decides.
     * @param {boolean} away @param {boolean} good
     */
    leave(away, good) {
      if (good && wanted && !port) open();
      if (!may && !good) return;
      outbox.hurry(true);
      send();
      if (away && wanted) leaveBehind();
      outbox.hurry(false);
    },
    /** @param {{decided: (on: boolean) => void, orphan: () => void, flushing: () => void}} calls */
    when: (calls) => { ({ decided, orphan, flushing } = calls); },
    get may() { return may; },
  };
})();
