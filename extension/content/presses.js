/**
 * The pointer: presses and releases, what is dragged where, and its path where that is granted.
 *
 * Never `click`: browsers make a second one for a label's control, and pages make them as they like. A press is described
 * when the button goes down, because the page may remove what was pressed; the rest waits for idle time.
 *
 * Drags are told twice, each part once: what was taken (`drag`) and where it was let go (`drop`). With HTML's own
 * drag and drop, events say so; `pointercancel` then means no release, `dragend` does. With a drag that the page makes from
 * pointer events: released 5 px away or more, no words were marked on the way, and either what was pressed moved along or
 * something else, that doesn't contain it, lies under the pointer.
 */
const presses = (() => {
  const QUICK_MS = 500;
  const NEAR = 5;
  /** PointerEvent.button to the desktop's numbers, and the bit of each in `buttons`. */
  const NUMBERS = [1, 2, 3, 8, 9];
  const BITS = [1, 4, 2, 8, 16];

  /** @typedef {{element: Element | null, control: Element | null, told: Described | null, spot: Spot, x: number, y: number, box: DOMRect | null}} Down */
  /** @type {Down | null} */
  let down = null;
  /** Buttons that are down, as bits. */
  let held = 0;
  /** HTML's own drag and drop goes on. */
  let dragging = false;
  let last = { at: -Infinity, x: 0, y: 0, button: 0, times: 0 };

  /** @param {PointerEvent} event @param {number} button 0 to 4 */
  function press(event, button) {
    acts.hand();
    scrolls.end(); // before the press is told: it came before
    const at = acts.at(event);
    if (dragging) dragEnd(event);
    pages.check();
    const element = acts.deep(event);
    fields.press(event, element);
    hovers.press();
    lists.press();
    const spot = place.at(event);
    const control = element && observer.control(element);
    const described = control ? acts.describe(control) : null;
    const near = Math.abs(event.clientX - last.x) <= NEAR && Math.abs(event.clientY - last.y) <= NEAR;
    const times = button === last.button && at - last.at <= QUICK_MS && near ? last.times + 1 : 1;
    last = { at, x: event.clientX, y: event.clientY, button, times };
    held |= BITS[button];
    down = { element, control, told: described, spot, x: event.clientX, y: event.clientY, box: element ? dom.rect(element) : null };
    /** @type {Telling} */
    const told = { kind: "press", at, button: NUMBERS[button], x: 0, y: 0, times, trusted: true, element: described };
    outbox.tell(told, () => {
      [told.x, told.y] = place.point(spot);
      if (control && described) acts.complete(control, described, spot);
    });
    scrolls.press(event, element);
  }

  /** @param {MouseEvent} event @param {number} button @param {boolean} [seen] it surely went up, even if it went down in the page before */
  function release(event, button, seen = false) {
    if (!seen && !(held & BITS[button])) return;
    held &= ~BITS[button];
    /** @type {Telling} */
    const told = { kind: "release", at: acts.at(event), button: NUMBERS[button], x: 0, y: 0, trusted: true };
    const spot = place.at(event);
    outbox.tell(told, () => { [told.x, told.y] = place.point(spot); }, "alone");
  }

  /** Was something carried from where the button went down? Told as both its ends. @param {PointerEvent} event */
  function carried(event) {
    const from = down;
    down = null;
    if (!from?.element || !from.told || !from.box || event.pointerType === "touch") return;
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < NEAR || marked()) return;
    const box = dom.connected(from.element) ? dom.rect(from.element) : from.box;
    const moved = Math.abs(box.x - from.box.x) >= NEAR || Math.abs(box.y - from.box.y) >= NEAR;
    const target = under(event, from.element);
    if (!target || !moved && contains(target, from.element)) return;
    // What holds the page together is no place to drop something that stayed where it was.
    if (!moved && contains(from.element, target)) return;
    const at = acts.at(event);
    const told = from.control === from.element ? from.told : acts.describe(from.element);
    const copy = { ...told, screen: told.screen ?? [0, 0, 0, 0] };
    // By now it may lie elsewhere, and the way to it lead to another: where it was is told, as the press has it.
    outbox.tell({ kind: "element", at, why: "drag", element: copy, trusted: true }, () => {
      if (told === from.told) [copy.screen, copy.selectors] = [told.screen, told.selectors];
      else acts.complete(/** @type {Element} */ (from.element), copy, from.spot);
    });
    acts.happened("drop", target, at);
    lists.acted();
  }

  /** The uppermost thing there that isn't what is carried. @param {PointerEvent} event @param {Element} carriedOne */
  function under(event, carriedOne) {
    for (const one of Document.prototype.elementsFromPoint.call(document, event.clientX, event.clientY)) {
      if (one !== carriedOne && !contains(carriedOne, one)) return one;
    }
    return null;
  }

  /** Does the first lie around the second? @param {Element} outer @param {Element} inner */
  function contains(outer, inner) {
    for (let at = /** @type {Element | null} */ (inner); at; at = dom.above(at)) if (at === outer) return true;
    return false;
  }

  /** Have words been marked with this press? */
  function marked() {
    const selection = window.getSelection();
    return selection !== null && selection.type === "Range";
  }

  /** @param {MouseEvent} event */
  function dragEnd(event) {
    dragging = false;
    for (let button = 0; button < BITS.length; button++) release(event, button);
    down = null;
  }

  return {
    /** @param {PointerEvent} event */
    down(event) {
      if (!event.isTrusted) return outbox.forged();
      if (event.isPrimary && event.button >= 0 && event.button < 5) press(event, event.button);
    },

    /** @param {PointerEvent} event */
    up(event) {
      if (!event.isTrusted) return outbox.forged();
      if (!event.isPrimary || event.button < 0 || event.button > 4) return;
      acts.hand();
      release(event, event.button, true);
      if (!dragging) carried(event);
      scrolls.release();
      fields.picked();
      lists.acted();
    },

    /** A finger began to scroll, or HTML's own drag and drop began: only the first lets go. @param {PointerEvent} event */
    cancel(event) {
      if (!event.isTrusted) return outbox.forged();
      if (dragging) return;
      down = null;
      for (let button = 0; button < BITS.length; button++) release(event, button);
      scrolls.release();
    },

    /** A second button while the first is down has no `pointerdown` of its own. @param {PointerEvent} event */
    move(event) {
      if (!event.isTrusted) return outbox.forged();
      if (event.button > 0 && event.button < 5 && event.pointerType === "mouse") {
        if (event.buttons & BITS[event.button]) press(event, event.button);
        else release(event, event.button);
      }
      if (dragging && !event.buttons) dragEnd(event);
      const spot = place.at(event);
      lists.near();
      const may = line.may;
      if (may && !(may.alone && may.pointer)) return;
      /** @type {Telling} */
      const told = { kind: "move", at: acts.at(event), x: 0, y: 0, trusted: true };
      outbox.tell(told, () => { [told.x, told.y] = place.point(spot); }, "pointer");
    },

    /** @param {DragEvent} event */
    dragstart(event) {
      if (!event.isTrusted) return outbox.forged();
      dragging = true;
      const element = acts.deep(event);
      const pressed = down;
      if (!element) return;
      const told = acts.describe(element);
      told.holds = fields.kindsOf(event.dataTransfer) || told.holds;
      acts.tellElement("drag", element, told, pressed ? pressed.spot : place.now(), acts.at(event));
    },

    /** @param {DragEvent} event */
    drop(event) {
      if (!event.isTrusted) return outbox.forged();
      acts.hand();
      const element = acts.deep(event);
      if (element) acts.happened("drop", element, acts.at(event), fields.kindsOf(event.dataTransfer));
      lists.acted();
    },

    /** @param {DragEvent} event */
    dragend(event) {
      if (!event.isTrusted) return outbox.forged();
      dragEnd(event);
    },

    wake() {
      down = null;
      held = 0;
      dragging = false;
    },
  };
})();
