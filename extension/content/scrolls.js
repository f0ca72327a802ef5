/**
 * Scrolls, told as rows: one when it pauses, turns, or goes on in another part of the page. Only where a person scrolled.
 *
 * How that is told from a page that scrolls itself: a wheel or a touchpad says so in its own trusted event, whose
 * distance is told as it is (it also moves maps, which don't scroll). Keys, fingers and scrollbars say nothing of a
 * distance: then positions are compared, from the moment of the key, the touch or the press on a bar, for as long as the
 * scrolling follows it without a pause. A scroll with none of these before it is the page's own and is not told.
 *
 * What moved is told too, once a row, also beside a desktop's driver: that tells wheels, and knows nothing of pages. By the
 * time a wheel's event comes the page has moved already, so only the scroll behind it says what did.
 *
 * @typedef {{target: EventTarget, dx: number, dy: number, spot: Spot, last: number, moved: ((at: number) => void) | null}} Row moved: tells what did
 */
const scrolls = (() => {
  const PAUSE_MS = 150;
  /** How long after a key the page may begin to follow it. */
  const FOLLOWS_MS = 300;
  const LINE = 40;
  /** A wheel that rests longer begins a row of its own. So late what it moved may say so, where a page is busy. */
  const RESTS_MS = 1000;
  const KEYS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", " "]);

  const FOLLOWS_CARET = new Set(["input", "textarea", "select"]);

  /** @type {Row | null} */
  let row = null;
  let timer = 0;
  /** Until when a scroll is a person's, ms. */
  let until = -Infinity;
  let wheeled = -Infinity;
  let holding = false;
  /** What was told to move: until the wheel rests or turns, or something else is done. @type {EventTarget | null} */
  let moving = null;
  /** Has it been looked at since the wheel last stood still? What scrolls after the first was moved along by the page. */
  let looked = false;
  /** When a wheel was last turned, also beside a desktop's driver, and which way. */
  let rolled = -Infinity;
  let roll = [0, 0];
  /** Where things were scrolled to when a person's scroll began. @type {Map<EventTarget, [number, number]>} */
  const from = new Map();

  function anew() {
    moving = null;
    looked = false;
  }

  const alone = () => !line.may || line.may.alone;

  /** @param {EventTarget} target @param {number} dx @param {number} dy @param {number} at @param {Spot} spot */
  function add(target, dx, dy, at, spot) {
    if (row && (row.target !== target || turns(row.dx, dx) || turns(row.dy, dy) || at - row.last > PAUSE_MS)) end();
    if (!row) row = { target, dx: 0, dy: 0, spot, last: at, moved: null };
    row.dx += dx;
    row.dy += dy;
    row.last = at;
    timer ||= window.setTimeout(paused, PAUSE_MS);
  }

  /** @param {number} before @param {number} now */
  const turns = (before, now) => before * now < 0;

  function paused() {
    timer = 0;
    if (!row) return;
    const left = row.last + PAUSE_MS - acts.now();
    if (left > 1) timer = window.setTimeout(paused, left);
    else end();
  }

  function end() {
    if (!row) return;
    const { dx, dy, spot, last, moved } = row;
    row = null;
    if (!dx && !dy) return;
    const at = Math.max(last, acts.last());
    moved?.(at);
    /** @type {Telling} */
    const told = { kind: "scroll", at, dx, dy, x: 0, y: 0, trusted: true };
    outbox.tell(told, () => { [told.x, told.y] = place.point(spot); }, "alone");
    lists.acted();
  }

  /** Tell what moves, if that has not been told. @param {EventTarget} target @param {number} at @param {Spot} spot */
  function moves(target, at, spot) {
    if (looked) return;
    looked = true;
    if (moving === target) return;
    moving = target;
    const element = target instanceof Element ? target : dom.documentElement(document);
    if (!element) return;
    const described = acts.describe(element);
    /** @param {number} at */
    const tell = (at) => acts.tellElement("scroll", element, described, spot, at);
    if (row && alone()) row.moved = tell;
    else tell(at);
  }

  /** Remember where all that could scroll here is now. @param {Element | null} element */
  function start(element) {
    from.clear();
    from.set(document, [window.scrollX, window.scrollY]);
    for (let at = element, up = 0; at && up < 40; at = dom.above(at), up++) {
      // A field follows its caret, and goes back when the keyboard leaves it: nobody scrolled.
      if (!FOLLOWS_CARET.has(dom.tag(at))) from.set(at, [left(at), top(at)]);
    }
  }

  /** @type {(of: Element) => number} */
  const left = dom.get(Element.prototype, "scrollLeft");
  /** @type {(of: Element) => number} */
  const top = dom.get(Element.prototype, "scrollTop");
  /** @type {(of: Element) => number} */
  const wide = dom.get(Element.prototype, "clientWidth");
  /** @type {(of: Element) => number} */
  const high = dom.get(Element.prototype, "clientHeight");

  /** Is this press on a scrollbar? @param {MouseEvent} event @param {Element} element */
  function onBar(event, element) {
    if (element === document.documentElement || element === document.scrollingElement) {
      return event.clientX >= wide(document.documentElement) || event.clientY >= high(document.documentElement);
    }
    if (!wide(element) && !high(element)) return false;
    const box = dom.rect(element);
    return event.clientX >= box.left + wide(element) + 4 && event.clientX < box.right || event.clientY >= box.top + high(element) + 4 && event.clientY < box.bottom;
  }

  return {
    end,
    /** Does this key scroll? Then what it moves goes on. @param {KeyboardEvent} event */
    by: (event) => KEYS.has(event.key),

    /** @param {WheelEvent} event */
    wheel(event) {
      if (!event.isTrusted) return outbox.forged();
      if (event.ctrlKey) return; // it is the zoom
      const at = acts.at(event);
      const { deltaX, deltaY } = event;
      const spot = place.at(event);
      if (at - rolled > RESTS_MS || turns(roll[0], deltaX) || turns(roll[1], deltaY)) anew();
      if (at - rolled > PAUSE_MS) {
        looked = false;
        lists.before(lists.held()); // the page has moved by now, and this list shows it as it was
      }
      lists.acted();
      rolled = at;
      roll = [deltaX, deltaY];
      if (!alone()) return;
      acts.hand();
      wheeled = at;
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? window.innerHeight : 1;
      add(event.target ?? document, deltaX * unit, deltaY * unit, at, spot);
    },

    /** @param {Event} event */
    scroll(event) {
      if (!event.isTrusted) return outbox.forged();
      const at = acts.at(event);
      const target = event.target;
      if (target && at - rolled < RESTS_MS) moves(target, at, place.now());
      if (!target || at - wheeled < FOLLOWS_MS || !alone()) {
        if (wheeled + FOLLOWS_MS > at) wheeled = Math.max(wheeled, at - FOLLOWS_MS + PAUSE_MS);
        return;
      }
      const before = from.get(target);
      if (!before || !holding && at > until) return;
      const now = target instanceof Element ? [left(target), top(target)] : [window.scrollX, window.scrollY];
      until = Math.max(until, at + PAUSE_MS);
      const spot = place.now();
      add(target, now[0] - before[0], now[1] - before[1], at, spot);
      moves(target, at, spot);
      from.set(target, [now[0], now[1]]);
    },

    /** @param {PointerEvent} event @param {Element | null} element */
    press(event, element) {
      anew();
      if (!alone()) return;
      end();
      if (event.pointerType !== "touch" && !(element && onBar(event, element))) return;
      start(element);
      holding = true;
    },

    release() {
      if (!holding) return;
      holding = false;
      until = acts.now() + FOLLOWS_MS;
    },

    /** @param {KeyboardEvent} event @param {Element | null} element */
    key(event, element) {
      if (!KEYS.has(event.key) || !event.repeat) anew();
      if (!KEYS.has(event.key) || !alone()) return;
      const at = acts.at(event);
      if (at > until) start(element);
      until = at + FOLLOWS_MS;
    },

    wake() {
      window.clearTimeout(timer);
      timer = 0;
      row = null;
      anew();
      holding = false;
      until = wheeled = rolled = -Infinity;
      from.clear();
    },
  };
})();
