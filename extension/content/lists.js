/**
 * Page snapshots: the observer's list, made in idle time, at most four in a second, and never while the page is hidden.
 *
 * What training needs is the page before the act. So the newest list is kept, made after the last act or when the
 * pointer set out again, and a press sends it on its way first: its `at` is when it was made, which is how fresh it is.
 * When nothing more is done for a while, the list after the last act is sent by itself: it shows what the act led to.
 * A list that was already told is not told twice: then the last one told is what was there.
 */
const lists = (() => {
  const BUDGET = 1500;
  /** A quick hand does three things in a second; each wants the list of what was there before it. */
  const BETWEEN_MS = 250;
  /** No more than this part of the time goes into lists: of a large page there is one in a second, as ever. */
  const SHARE = 1 / 40;
  const SETTLE_MS = 250;
  /** Nothing was done for so long: what the last act led to is there. */
  const QUIET_MS = 1500;
  /** What one listed element costs; measuring would count the waits for idle time too. */
  const NODE_MS = 0.015;

  /** @type {Telling | null} */
  let newest = null;
  /** @type {WeakMap<Telling, Spot>} */
  const spots = new WeakMap();
  /** @type {WeakSet<Telling>} */
  const told = new WeakSet();
  /** Numbers of what the newest list showed, told or not. @type {Set<number>} */
  let shown = new Set();
  /** When the list that is made next, or was made last, began. */
  let began = -Infinity;
  let cost = 0;
  let making = false;
  let timer = 0;
  let quiet = 0;
  /** Something was done since a list was last told. */
  let touched = false;
  /** When something was last done: a list that was begun before it does not show what came of it. */
  let acted = -Infinity;
  /** Why the list that is due will be told at once: the page loaded or moved. @type {"" | "loaded" | "moved"} */
  let due = "";
  let awake = false;

  /** @param {number} wait */
  function plan(wait) {
    if (!awake || timer || making) return;
    const pause = Math.max(BETWEEN_MS, cost / SHARE);
    timer = window.setTimeout(make, Math.max(wait, began + pause - performance.now()));
  }

  async function make() {
    timer = 0;
    if (!awake || making || document.visibilityState === "hidden") return;
    const settling = acted + SETTLE_MS - performance.now();
    if (settling > 0 && !due) {
      timer = window.setTimeout(make, settling); // more was done since it was planned
      return;
    }
    making = true;
    const why = due;
    due = "";
    began = performance.now();
    const spot = place.now();
    try {
      const { nodes, more } = await observer.list({ why: why || "press", budget: BUDGET });
      cost = (nodes.length + more) * NODE_MS;
      newest = {
        kind: "snapshot", at: performance.timeOrigin + began, why: why || "press", observer: observer.VERSION,
        x: 0, y: 0, w: window.innerWidth, h: window.innerHeight, scale: 1, nodes, more,
      };
      spots.set(newest, spot);
      shown = new Set(nodes.map((/** @type {{node: number}} */ one) => one.node));
      if (!awake) newest = null;
      else if (why) tell();
      else if (touched && !stale()) {
        window.clearTimeout(quiet);
        quiet = window.setTimeout(settled, QUIET_MS);
      }
    } catch {
      // The page went away while it was looked at; there will be another list.
    } finally {
      making = false;
      if (due || stale()) plan(SETTLE_MS);
    }
  }

  function settled() {
    if (!newest || making || stale()) return; // stale: another list is planned
    newest.why = "change";
    tell();
  }

  /** Is the newest list from before the last act, or from amid it? */
  const stale = () => newest !== null && newest.at <= performance.timeOrigin + acted;

  function tell() {
    window.clearTimeout(quiet);
    if (!newest) return;
    touched = false;
    const list = newest;
    newest = null;
    send(list);
  }

  /** @param {Telling} list */
  function send(list) {
    told.add(list);
    outbox.tell(list, () => {
      const spot = spots.get(list) ?? place.now();
      if (spot.known) [list.x, list.y] = place.screen(spot, 0, 0);
      list.scale = place.scale(spot);
    });
  }

  function done() {
    touched = true;
    acted = performance.now();
  }

  return {
    /** @param {boolean} on */
    wake(on) {
      awake = on;
      newest = null;
      shown = new Set();
      if (!on) {
        window.clearTimeout(timer);
        window.clearTimeout(quiet);
        timer = 0;
        touched = false;
        due = "";
      }
    },
    /** @param {"loaded" | "moved"} why */
    page(why) {
      due = why;
      newest = null;
      plan(SETTLE_MS);
    },
    /** A button goes down: what was there before goes first. */
    press() {
      if (stale()) newest = null; // it would be told as what was there
      if (newest) newest.why = "press";
      tell();
      done();
      plan(SETTLE_MS);
    },
    /** Was it, or what lies in it, in the newest list? null: there is none. @param {Element} element @returns {boolean | null} */
    showed(element) {
      if (!shown.size) return null;
      for (const one of [element, ...dom.below(element).slice(0, 5)]) if (shown.has(observer.number(one))) return true;
      return false;
    },
    /** The list of what is there now, told or not; null where something was done since. For `before`. */
    held: () => (stale() ? null : newest),
    /** Something turns out to have been an act: what was there before it goes first. @param {Telling | null} list what `held` gave then */
    before(list) {
      if (!list) return;
      list.why = "press";
      if (list === newest) tell();
      else if (!told.has(list)) send(list); // the page was listed anew meanwhile, with what came of it
    },
    /** Has what came of the last act been listed? For whoever shows something in step with it. */
    current: () => !making && !due && began > acted,
    /** Something else was done: the list is old soon. */
    acted() {
      done();
      plan(SETTLE_MS);
    },
    /** The hand moves again: the page may have changed by itself since the last list. */
    near() {
      if (performance.now() - began > BETWEEN_MS) plan(0);
    },
  };
})();
