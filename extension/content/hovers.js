/**
 * Resting on something that opens something: told once, when what it opens has come into sight.
 *
 * Only things that say they open something are looked at: `aria-haspopup`, `aria-expanded`, or a list inside that is a
 * submenu. Menus made of CSS alone change no attribute, and are open by the time the pointer's event arrives; so whether
 * the menu was out of sight before is known from the newest page list, or from when the pointer left it an earlier time.
 */
const hovers = (() => {
  const LOOKS_MS = [120, 350, 800];
  const OPENERS = "[aria-haspopup]:not([aria-haspopup=false]),[aria-expanded],[role=menuitem],li,summary";
  const INSIDE = "ul,ol,menu,[role=menu],[role=listbox],[popover]";

  /** @typedef {{element: Element, popup: Element | null, expanded: string, seen: boolean, spot: Spot, list: Telling | null}} Rest */
  /** @type {Rest | null} */
  let rest = null;
  /** @type {number[]} */
  let looks = [];
  /** Menus that were out of sight when the pointer was elsewhere. @type {WeakMap<Element, boolean>} */
  const closed = new WeakMap();

  /** What it opens, as far as the page says. @param {Element} element @returns {Element | null} */
  function opens(element) {
    for (const name of ["aria-controls", "aria-owns"]) {
      const id = dom.attr(element, name).trim().split(/\s+/, 1)[0];
      const found = id ? dom.byId(dom.root(element), id) : null;
      if (found) return found;
    }
    const inside = dom.all(element, INSIDE);
    if (inside.length) return inside[0];
    const next = dom.next(element);
    return next && dom.matches(next, INSIDE) && !dom.matches(element, "li") ? next : null;
  }

  /** @param {Element | null} popup */
  function visible(popup) {
    if (!popup || !dom.drawn(popup, { opacityProperty: true, visibilityProperty: true })) return false;
    const box = dom.rect(popup);
    return box.width > 0 && box.height > 0;
  }

  function look() {
    if (!rest) return;
    const { element, popup, expanded, seen, spot, list } = rest;
    const isOpen = visible(popup) && !seen;
    if (!isOpen && !(expanded === "false" && dom.attr(element, "aria-expanded") === "true")) return;
    forget();
    lists.before(list);
    acts.tellElement("hover", element, acts.describe(element), spot, acts.now());
    lists.acted();
  }

  function forget() {
    for (const one of looks) window.clearTimeout(one);
    looks = [];
    rest = null;
  }

  /** @param {PointerEvent} event */
  function over(event) {
    if (!event.isTrusted) return outbox.forged();
    if (event.pointerType !== "mouse" || event.buttons) return;
    const target = event.target;
    if (!(target instanceof Element) || rest && contains(rest.element, target)) return;
    const left = rest;
    forget();
    if (left?.popup) window.setTimeout(() => { if (left.popup && !rest) closed.set(left.popup, !visible(left.popup)); }, 400);
    const element = dom.closest(target, OPENERS);
    if (!element) return;
    const popup = opens(element);
    const expanded = dom.attr(element, "aria-expanded");
    if (!popup && expanded !== "false") return;
    rest = { element, popup, expanded, seen: before(popup), spot: place.at(event), list: lists.held() };
    looks = LOOKS_MS.map((wait) => window.setTimeout(look, wait));
  }

  /** Was it in sight before the pointer came? @param {Element | null} popup */
  function before(popup) {
    if (!visible(popup) || !popup) return false;
    const known = closed.get(popup);
    if (known !== undefined) return !known;
    // Nobody has asked before: the newest list says whether it was there. Without one it is taken to have been.
    return lists.showed(popup) ?? true;
  }

  /** @param {Element} outer @param {Element} inner */
  function contains(outer, inner) {
    return Node.prototype.contains.call(outer, inner);
  }

  return {
    over,
    /** A press explains by itself what opens then. */
    press: forget,
    wake: forget,
  };
})();
