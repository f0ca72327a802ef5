/**
 * What this document has to tell, in order, from the act until the recorder has it.
 *
 * Each event gets its number when it first leaves: from 0, without holes. It is kept until the recorder acknowledged it
 * and sent again when the way to the recorder broke in between; the recorder drops doubles. The box is bounded: when it
 * is full the oldest events that never left are dropped, and their number is told (`skipped`). Nothing is on disk.
 *
 * An event's `finish` works out what may wait (selectors, pixels on the screen) and runs once, before it first leaves.
 *
 * @typedef {{[field: string]: any, kind: string, at: number}} Telling
 * @typedef {"" | "alone" | "pointer"} Need what must hold for an event to be told: no other driver watches; and more
 * @typedef {{event: Telling, finish: (() => void) | null, need: Need, bytes: number, number: number, skipped: number}} Waiting
 * @typedef {{first: number, skipped: number, scripted: number, events: Telling[], needs: Need[]}} Parcel
 */
const outbox = (() => {
  const MOST_EVENTS = 5000;
  const MOST_BYTES = 2_000_000;
  /** Of one parcel. The wire allows 1 MiB; a browser writes some letters as six bytes, and the worker looks again. */
  const MOST_PARCEL = 600_000;
  const MOST_PARCEL_EVENTS = 100;
  /** So many that wait are worked out in one go, before any must be dropped. */
  const CROWDED = 2000;
  const ORDINARY = 900;
  const NODE = 190;

  /** @type {Waiting[]} */
  let kept = [];
  let bytes = 0;
  /** Place in `kept` of the first event that is to leave next. */
  let leaving = 0;
  let number = 0;
  let scripted = 0;
  /** Dropped events whose successor has not been told yet. */
  let skipped = 0;
  let hurried = false;
  /** Called when something waits. @type {(many: boolean) => void} */
  let onWaiting = () => {};

  /** @param {Telling} event */
  function guess(event) {
    return event.kind === "snapshot" ? ORDINARY + event.nodes.length * NODE : ORDINARY + (event.value ? event.value.length * 2 : 0);
  }

  /** @type {(need: Need) => boolean} */
  let allowed = () => true;

  /** An event happened. @param {Telling} event @param {(() => void) | null} [finish] @param {Need} [need] */
  function tell(event, finish = null, need = "") {
    if (!allowed(need)) return;
    const one = { event, finish, need, bytes: guess(event), number: -1, skipped: 0 };
    kept.push(one);
    bytes += one.bytes;
    if (kept.length > MOST_EVENTS || bytes > MOST_BYTES) makeRoom();
    onWaiting(kept.length - leaving >= MOST_PARCEL_EVENTS);
  }

  /** Drop the oldest that never left. What has left and waits for its answer stays: it may have to be sent again. */
  function makeRoom() {
    let first = leaving;
    while (first < kept.length && kept[first].number >= 0) first++;
    let after = first;
    let lost = 0;
    while (after < kept.length && (kept.length - (after - first) > MOST_EVENTS || bytes > MOST_BYTES)) {
      bytes -= kept[after].bytes;
      lost += 1 + kept[after].skipped;
      after++;
    }
    kept.splice(first, after - first);
    if (first < kept.length) kept[first].skipped += lost;
    else skipped += lost;
  }

  /** Forget what may not be told after all: nothing of it has left. */
  function sift() {
    kept = kept.filter((one) => one.number >= 0 || allowed(one.need));
    bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  }

  /** Work out what could wait, until the time is over; one at least, and all where too much waits. @param {() => boolean} over @returns {boolean} is all done? */
  function finish(over) {
    for (let place = leaving; place < kept.length; place++) {
      const one = kept[place];
      if (!one.finish) continue;
      ready(one);
      if (kept.length - leaving < CROWDED && over()) return kept.every((other, at) => at <= place || !other.finish);
    }
    return true;
  }

  /** @param {Waiting} one */
  function ready(one) {
    const { finish } = one;
    one.finish = null;
    if (!finish) return;
    try {
      finish();
    } catch {
      // A page may have torn down what was to be looked at; what is known is told.
    }
  }

  /** What leaves next, or null. @param {boolean} [worked] only what is worked out @returns {Parcel | null} */
  function take(worked = false) {
    if (leaving >= kept.length && !scripted || worked && kept[leaving]?.finish) return null;
    /** Without events where there is nothing but a number to tell. @type {Parcel} */
    const parcel = { first: number, skipped: 0, scripted, events: [], needs: [] };
    let size = 0;
    while (leaving < kept.length && parcel.events.length < MOST_PARCEL_EVENTS) {
      const one = kept[leaving];
      if (one.number < 0) {
        one.skipped += skipped;
        skipped = 0;
      }
      if (parcel.events.length && (one.skipped || size + one.bytes > MOST_PARCEL || worked && one.finish)) break;
      ready(one);
      if (one.number < 0) one.number = number += one.skipped;
      if (one.number === number) number++;
      if (!parcel.events.length) {
        parcel.first = one.number;
        parcel.skipped = one.skipped;
      }
      parcel.events.push(one.event);
      parcel.needs.push(one.need);
      size += one.bytes;
      leaving++;
    }
    scripted = 0;
    return parcel;
  }

  return {
    tell, sift, finish, take,
    /** An event that a script made: counted, and told of only as a number. */
    forged() {
      scripted++;
      onWaiting(false);
    },
    /** All below `next` have arrived. @param {number} next */
    got(next) {
      let count = 0;
      while (count < kept.length && kept[count].number >= 0 && kept[count].number < next) bytes -= kept[count++].bytes;
      kept.splice(0, count);
      leaving = Math.max(0, leaving - count);
    },
    /** From now on, or for now, only what takes no time is worked out. @param {boolean} now */
    hurry: (now) => { hurried = now; },
    get hurried() { return hurried; },
    /** The way broke: what was not acknowledged leaves again. */
    rewind: () => { leaving = 0; },
    /** Nothing of this may be told. Numbers go on where they were, or begin anew. @param {boolean} anew */
    clear(anew) {
      kept = [];
      bytes = leaving = skipped = scripted = 0;
      if (anew) number = 0;
    },
    /** Begin to count from 0 for a recording that has seen nothing of this document, with what never left. */
    renumber() {
      kept = kept.filter((one) => one.number < 0);
      bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
      leaving = number = 0;
    },
    /** @param {(many: boolean) => void} waiting @param {(need: Need) => boolean} allows */
    when(waiting, allows) {
      onWaiting = waiting;
      allowed = allows;
    },
  };
})();
