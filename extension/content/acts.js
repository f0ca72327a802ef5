/**
 * The acts of a person in this document: who listens to what.
 *
 * Rules of all files around it: listeners stand on `window`, in the capture phase, passive, before the page's own. They
 * never delay, consume or repeat an event and never touch the page's tree. What a script forged (`isTrusted` is false) is
 * counted and told of only as a number. A script's `click()` is untrusted, but what follows from it (`change`, `submit`,
 * `toggle`) is not: it follows within the same script, so until that has ended it is taken as forged too.
 *
 * Nothing here runs while this document is dormant: then there are no listeners.
 *
 * @typedef {{node: number, role: string, name: string, tag: string, states: string[], screen: number[], area: number[], above: string[],
 *   kind: string, selectors: string[], holds: string, secret: boolean, masked: boolean, frames?: number[]}} Described
 */
const acts = (() => {
  const SUBMIT_MS = 5000;
  const FRESH_MS = 20;
  const WAY = /nth-of-type| > |^xpath/;
  const BLIND_KEYS = new Set(["Process", "Unidentified"]);

  let awake = false;
  /** Told last, so that what is worked out later is never told with an earlier time. */
  let latest = 0;
  /** When a person last did anything here. */
  let hand = -Infinity;
  let forging = false;
  /** @type {WeakSet<ShadowRoot>} */
  let shadows = new WeakSet();
  /** What was described last. @type {{element: Element, told: Described, at: number} | null} */
  let fresh = null;
  /** What was around something when it was described: its parent, and what came before it. @type {WeakMap<Described, (Element | null)[]>} */
  const stood = new WeakMap();
  /** @type {Set<WeakRef<ShadowRoot>>} */
  const heard = new Set();

  const now = () => performance.timeOrigin + performance.now();

  /** When it happened, on the page's wall clock. @param {Event} event */
  function at(event) {
    latest = Math.max(latest, performance.timeOrigin + event.timeStamp);
    return latest;
  }

  /** A text as the wire allows it. @param {string} text @param {number} most */
  function text(text, most) {
    const short = text.length > most ? text.slice(0, most) : text;
    return short.isWellFormed() ? short : short.toWellFormed();
  }

  /** @type {(of: ShadowRoot, x: number, y: number) => Element | null} */
  const fromPoint = dom.free(ShadowRoot.prototype.elementFromPoint);
  /** @type {(of: ShadowRoot) => Element | null} */
  const active = dom.get(ShadowRoot.prototype, "activeElement");

  /** The innermost element that an event is about, through open and closed shadow roots. @param {Event} event @returns {Element | null} */
  function deep(event) {
    const path = event instanceof KeyboardEvent ? [event.target] : event.composedPath(); // a key's way in is the keyboard's owner
    for (const one of path) if (one instanceof ShadowRoot) hear(one);
    const [from] = path;
    if (!(from instanceof Element)) return from === window || from === document ? dom.documentElement(document) : null;
    let inner = from;
    // A closed root hides what lies in it from the path: there the pointer's place or the keyboard's owner says it.
    const inside = event instanceof UIEvent || event instanceof ClipboardEvent;
    for (let depth = 0; inside && depth < 20; depth++) {
      const root = dom.shadow(inner);
      if (!root) break;
      hear(root);
      const next = event instanceof MouseEvent ? fromPoint(root, event.clientX, event.clientY) : active(root);
      if (!next || next === inner) break;
      inner = next;
    }
    return inner;
  }

  /** Some events (`change`, `submit`, `toggle`, `scroll`) don't leave a shadow tree: listen in it. @param {ShadowRoot} root */
  function hear(root) {
    if (shadows.has(root)) return;
    shadows.add(root);
    heard.add(new WeakRef(root));
    secrets.watch(root);
    for (const [kind, handler] of INSIDE) root.addEventListener(kind, handler, OPTIONS);
  }

  /** What it is, before the page's own listeners have seen the event. @param {Element} element @returns {Described} */
  function describe(element) {
    const told = /** @type {any} */ (observer.describe(element));
    const frames = place.way();
    if (frames.length) told.frames = frames;
    stood.set(told, [dom.parentElement(element), dom.before(element)]);
    fresh = { element, told, at: performance.now() };
    return told;
  }

  /** What a press has just described and now has the keyboard. A field that became secret meanwhile is looked at again. @param {Element} element @returns {Described | null} */
  function taken(element) {
    if (fresh?.element !== element || performance.now() - fresh.at > FRESH_MS || secrets.secret(element) !== fresh.told.secret) return null;
    const { told } = fresh;
    return { ...told, states: told.states.includes("focused") ? told.states : [...told.states, "focused"] };
  }

  /**
   * What may wait: where it is on the screen, and all its selectors. Those that say by which way it is reached hold only
   * where it stands where it stood: what is dragged may have moved by now, and the quick ones were made in time.
   * @param {Element} element @param {Described} told @param {Spot} spot @param {Described} [made] as it was described
   */
  function complete(element, told, spot, made = told) {
    told.screen = place.box(spot, told.area);
    // A page that goes away waits for nobody: the quick selectors are there.
    if (outbox.hurried || !dom.connected(element)) return;
    const all = observer.moreSelectors(element, /** @type {any} */ (told));
    const around = stood.get(made);
    const still = !around || around[0] === dom.parentElement(element) && around[1] === dom.before(element);
    told.selectors = still ? all : [...told.selectors, ...all.filter((one) => !WAY.test(one) && !told.selectors.includes(one))];
  }

  /** @param {string} why @param {Element} element @param {Described} told @param {Spot} spot @param {number} at @param {(event: Telling) => void} [last] */
  function tellElement(why, element, told, spot, at, last) {
    const copy = { ...told, screen: told.screen ?? [0, 0, 0, 0] };
    /** @type {Telling} */
    const event = { kind: "element", at, why, element: copy, trusted: true };
    outbox.tell(event, () => {
      last?.(event);
      complete(element, copy, spot, told);
    });
  }

  /** @param {string} why @param {Element} element @param {number} when @param {string} [holds] */
  function happened(why, element, when, holds) {
    const told = (why === "focus" ? taken(element) : null) ?? describe(element);
    if (holds !== undefined) told.holds = holds;
    tellElement(why, element, told, place.now(), when);
  }

  /** A key. In a secret or masked field, and while an input method composes, it has no name. @param {KeyboardEvent} event */
  function key(event) {
    if (!event.isTrusted) return outbox.forged();
    hand = performance.now();
    const down = event.type === "keydown";
    if (down && !scrolls.by(event)) scrolls.end();
    const when = at(event);
    const element = deep(event);
    if (down) {
      pages.check();
      fields.focus(element, when);
      if (event.key === "Enter" || event.key === "Tab") fields.key(event.key, when);
      scrolls.key(event, element);
      lists.acted();
    } else if (event.key === "Enter" || event.key === "Tab" || event.key === " ") fields.picked();
    if (line.may && !line.may.alone) return;
    const blind = event.isComposing || fields.composing || BLIND_KEYS.has(event.key) || element !== null && fields.hidden(element);
    const mods = (event.shiftKey ? 1 : 0) | (event.ctrlKey ? 4 : 0) | (event.altKey ? 8 : 0) | (event.metaKey ? 64 : 0);
    outbox.tell({
      kind: "key", at: when, down, key: blind ? "" : text(event.key, 64), code: blind ? "" : text(event.code, 64), mods, repeat: event.repeat, trusted: true,
    }, null, "alone");
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    if (!event.isTrusted || forging || !handWithin(SUBMIT_MS)) return outbox.forged();
    const element = deep(event);
    if (!element) return;
    const when = at(event);
    fields.settle(when);
    happened("submit", element, when);
  }

  /** What a script's own click brings about is the script's. @param {MouseEvent} event */
  function click(event) {
    if (event.isTrusted) return;
    outbox.forged();
    if (forging) return;
    forging = true;
    queueMicrotask(() => { forging = false; });
  }

  /** @param {FocusEvent} event */
  function focusin(event) {
    if (!event.isTrusted) return outbox.forged();
    fields.focusin(event);
  }

  /** @param {number} ms */
  const handWithin = (ms) => performance.now() - hand <= ms;

  function hidden() {
    if (document.visibilityState !== "hidden") return lists.acted();
    flush();
    line.leave(false, false);
  }

  function flush() {
    fields.settle(now());
    scrolls.end();
  }

  /** @param {PageTransitionEvent} event */
  function pagehide(event) {
    if (!event.isTrusted) return outbox.forged();
    flush();
    fields.look();
    pages.left();
    line.leave(true, !event.persisted);
  }

  const OPTIONS = { capture: true, passive: true };
  /** Events that end at a shadow root. @type {[string, (event: any) => void][]} */
  const INSIDE = [
    ["change", (event) => fields.change(event)],
    ["submit", submit],
    ["toggle", (event) => pages.toggle(event)],
    ["close", (event) => pages.close(event)],
    ["scroll", (event) => scrolls.scroll(event)],
  ];
  /** @type {[string, (event: any) => void][]} */
  const LISTENERS = [
    ...INSIDE,
    ["pointerdown", (event) => presses.down(event)],
    ["pointerup", (event) => presses.up(event)],
    ["pointercancel", (event) => presses.cancel(event)],
    ["pointermove", (event) => presses.move(event)],
    ["pointerover", (event) => hovers.over(event)],
    ["click", click],
    ["keydown", key],
    ["keyup", key],
    ["input", (event) => fields.input(event)],
    ["compositionstart", (event) => fields.compose(event)],
    ["compositionend", (event) => fields.compose(event)],
    ["focusin", focusin],
    ["focusout", (event) => { if (event.isTrusted) fields.focusout(event); }],
    ["copy", (event) => fields.clipboard(event)],
    ["cut", (event) => fields.clipboard(event)],
    ["paste", (event) => fields.clipboard(event)],
    ["dragstart", (event) => presses.dragstart(event)],
    ["drop", (event) => presses.drop(event)],
    ["dragend", (event) => presses.dragend(event)],
    ["wheel", (event) => scrolls.wheel(event)],
    ["popstate", () => pages.check()],
    ["hashchange", () => pages.check()],
    ["DOMContentLoaded", (event) => { if (event.isTrusted) pages.load(); }],
    ["load", (event) => { if (event.isTrusted && event.target === document) pages.complete(); }],
    ["visibilitychange", (event) => { if (event.isTrusted) hidden(); }],
    ["pageshow", (event) => { if (event.isTrusted) pages.show(event); }],
    ["pagehide", pagehide],
  ];
  const moved = () => pages.check();

  return {
    now, at, text, deep, describe, complete, tellElement, happened, flush, handWithin,
    hand: () => { hand = performance.now(); },
    last: () => latest,
    get forging() { return forging; },

    /** Listen, at once and before the page's first script. */
    wake() {
      if (awake) return;
      awake = true;
      for (const [kind, handler] of LISTENERS) window.addEventListener(kind, handler, OPTIONS);
      window.navigation?.addEventListener("currententrychange", moved);
      presses.wake();
      hovers.wake();
      scrolls.wake();
      fields.wake(true);
      lists.wake(true);
      if (document.readyState !== "loading") pages.load();
      if (document.readyState === "complete") pages.complete();
    },

    /** Listen to nothing, remember nothing. */
    sleep() {
      if (!awake) return;
      awake = false;
      for (const [kind, handler] of LISTENERS) window.removeEventListener(kind, handler, OPTIONS);
      window.navigation?.removeEventListener("currententrychange", moved);
      for (const one of heard) {
        const root = one.deref();
        if (root) for (const [kind, handler] of INSIDE) root.removeEventListener(kind, handler, OPTIONS);
      }
      heard.clear();
      shadows = new WeakSet();
      presses.wake();
      fresh = null;
      hovers.wake();
      scrolls.wake();
      fields.wake(false);
      lists.wake(false);
      pages.sleep();
    },
  };
})();
