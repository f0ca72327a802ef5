/**
 * The line to the recorder: a small program of ours that the browser starts (native messaging), which hands on what it
 * hears over a socket that only this person can open. No network.
 *
 * When the program is missing or ends, it is started again, less and less often. While no recorder runs the program says
 * `absent` and waits for one; the worker stays alive for as long as it runs. Nothing here outlives the worker: after it
 * was killed, Hello is said anew and the recorder says its State anew.
 */

const HOST = "org.byhand.recorder";
const AGAIN_MS = [250, 1000, 4000, 15_000];
/** The browser wakes us for this: a worker that has nothing to do is put to sleep, and timers with it. */
const ALARM = "recorder";
const ANSWER_MS = 6000;

/** @typedef {import("../types/messages").State} State */
/** @typedef {import("../types/messages").Told} Told */
/** "unknown": not connected yet. "missing": there is no program to start. "absent": no recorder runs. @typedef {"unknown" | "missing" | "absent" | "here"} Where */
/** @typedef {{verb: string, origin?: string, last_ns?: number}} Request */

export class Recorder {
  /** @type {Where} */
  where = "unknown";
  /** @type {State | null} */
  state = null;
  /** Counts the times that a recorder was there anew: what went before may not have arrived. */
  line = 0;

  /** @type {chrome.runtime.Port | null} */
  #port = null;
  #tries = 0;
  #timer = 0;
  #asked = 0;
  /** @type {Map<number, (reply: object) => void>} */
  #asking = new Map();
  #on;

  /** @param {{changed: () => void, got: (document: string, next: number) => void, flush: (mark: number) => void}} on */
  constructor(on) {
    this.#on = on;
  }

  /** Start the program if it does not run. */
  connect() {
    if (this.#port) return;
    clearTimeout(this.#timer);
    const port = chrome.runtime.connectNative(HOST);
    this.#port = port;
    port.onMessage.addListener((said) => { if (port === this.#port) this.#hear(/** @type {any} */ (said)); });
    port.onDisconnect.addListener(() => {
      const why = chrome.runtime.lastError?.message ?? "";
      if (port === this.#port) this.#broken(/not found|forbidden|not allowed/i.test(why));
    });
    this.#hello();
  }

  #hello() {
    this.tell({ say: "hello", version: 1, browser: browser(), extension: chrome.runtime.id });
  }

  /** The browser woke us to look again. @param {{name: string}} alarm */
  alarm(alarm) {
    if (alarm.name === ALARM) this.connect();
  }

  /** @param {Told} told */
  tell(told) {
    try {
      this.#port?.postMessage(told);
    } catch {
      this.#broken(false);
    }
  }

  /** Ask the recorder to do something; the answer says what is true then. @param {Request} request @returns {Promise<object>} */
  ask(request) {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#answer(id, { error: { message: "the recorder does not answer" } }), ANSWER_MS);
      this.#asking.set(id, (reply) => {
        clearTimeout(late);
        resolve(reply);
      });
      if (this.#port) this.#port.postMessage({ ask: id, request });
      else this.#answer(id, { error: { message: "nothing is being recorded" } });
    });
  }

  /** @param {number} id @param {object} reply */
  #answer(id, reply) {
    this.#asking.get(id)?.(reply);
    this.#asking.delete(id);
  }

  /** @param {{say?: string, answer?: number, reply?: object} & Record<string, any>} said */
  #hear(said) {
    this.#tries = 0;
    if (said.answer !== undefined) this.#answer(said.answer, said.reply ?? {});
    else if (said.say === "state") this.#now("here", /** @type {any} */ (said));
    else if (said.say === "absent") this.#now("absent", null);
    else if (said.say === "got") this.#on.got(said.document, said.next);
    else if (said.say === "flush") this.#on.flush(said.mark);
  }

  /** @param {boolean} missing */
  #broken(missing) {
    this.#port = null;
    for (const id of [...this.#asking.keys()]) this.#answer(id, { error: { message: "the recorder went away" } });
    const wait = AGAIN_MS[Math.min(this.#tries++, AGAIN_MS.length - 1)];
    // A recorder that vanished may be back at once, and pages hold what they have meanwhile; twice in a row, it is gone.
    if (missing) this.#now("missing", null);
    else if (this.#tries > 2) this.#now("absent", null);
    else this.#now("unknown", null);
    if (!missing) this.#timer = setTimeout(() => this.connect(), wait);
    chrome.alarms.create(ALARM, { delayInMinutes: missing ? 5 : 0.5 });
  }

  /** @param {Where} where @param {State | null} state */
  #now(where, state) {
    // A State of a version we don't know says nothing we could rely on.
    const before = this.where;
    this.state = state && state.version === 1 ? state : null;
    // A recorder that came after we did has not heard who we are.
    if (this.state && before !== "here") {
      this.line++;
      this.#hello();
    }
    this.where = state && !this.state ? "absent" : where;
    if (where === "here" || where === "absent") chrome.alarms.clear(ALARM);
    this.#on.changed();
  }
}

/** This browser's window class, where it can be known; the program knows better for which browser it was installed. */
function browser() {
  const brands = navigator.userAgentData?.brands.map((one) => one.brand) ?? [];
  if (brands.includes("Microsoft Edge")) return "microsoft-edge";
  return brands.includes("Google Chrome") ? "google-chrome" : "chromium";
}
