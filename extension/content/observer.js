/**
 * What can be seen of a page: one element described, or all that is in the viewport as one flat list.
 *
 * Rules of this file: docs/formats/observer.md is its promise, and the very same files serve the recorder and those who
 * later act in a page. No text of a field is ever in what it tells. Nothing here changes the page, and nothing throws.
 * A list is made in slices of idle time.
 *
 * @typedef {{node: number, role: string, name: string, tag: string, states: string[], kind: string, holds: string, area: Rect,
 *   above: string[], secret: boolean, masked: boolean, selectors: string[]}} Looked
 */
const observer = (() => {
  const VERSION = 2;
  const SLICE_MS = 3;
  const MOST_DEEP = 8;
  /** What lies in one of these is a part of it: an icon, a word in bold. */
  const PRESSED = new Set("button checkbox link menuitem menuitemcheckbox menuitemradio option radio switch tab treeitem".split(" "));

  /** The control that is meant by what lies in it, as accessibility has it too; else the element itself. @param {Element} el @returns {Element} */
  function control(el) {
    try {
      for (let at = /** @type {Element | null} */ (el), up = 0; at && up < MOST_DEEP; up++, at = dom.above(at)) {
        const role = names.role(at);
        if (PRESSED.has(role)) return at;
        if (traits.CONTROLS.has(role) || dom.editable(at)) return el;
      }
    } catch {
      // A page that broke what this stands on.
    }
    return el;
  }

  /** @param {Element} el @returns {Looked} */
  function describe(el) {
    /** @type {Looked} */
    const told = {
      node: traits.number(el), role: "", name: "", tag: dom.tag(el).slice(0, 64), states: [], kind: "", holds: "", area: [0, 0, 0, 0], above: [],
      secret: true, masked: true, selectors: [],
    };
    try {
      const tag = dom.tag(el);
      const secret = secrets.secret(el);
      const masked = secrets.masked(el);
      told.role = names.role(el);
      if (tag === "input" || tag === "button") told.kind = /** @type {HTMLInputElement} */ (el).type;
      told.area = traits.area(el);
      told.above = traits.above(el);
      told.states = traits.states(el, tag, told.role, secret);
      if (!masked) told.name = names.name(el, told.role) || (told.role === "" && !dom.editable(el) ? names.ownWords(el) : "");
      if (!secret && !masked) told.holds = traits.holds(el, tag, told.role);
      told.selectors = selectors.quick(el);
      told.secret = secret;
      told.masked = masked;
    } catch {
      // A page that broke what this stands on. What could not be judged counts as secret.
      told.name = told.holds = "";
    }
    return told;
  }

  const idle = window.requestIdleCallback?.bind(window) ?? ((/** @type {() => void} */ then) => window.setTimeout(then, 1));
  const rest = () => new Promise((go) => void idle(() => go(undefined), { timeout: 250 }));

  return {
    VERSION, control, describe,
    number: traits.number,
    element: traits.element,

    /** All selectors, each proven: when the browser is idle. @param {Element} el @param {{role: string, name: string, secret: boolean}} told @returns {string[]} */
    moreSelectors(el, told) {
      try {
        return selectors.all(el, told.role, told.name);
      } catch {
        return [];
      }
    },

    /** @param {{why?: string, budget?: number}} how @returns {Promise<List>} */
    async list({ budget = 1500 } = {}) {
      for (const part of walk.Walk.before()) {
        await rest();
        part();
      }
      await rest();
      const walking = new walk.Walk(budget);
      do await rest();
      while (!walking.go(SLICE_MS));
      return walking.done();
    },

    /** The same in one go. whole: with all that can be scrolled to. @param {{budget?: number, whole?: boolean}} how @returns {List} */
    listNow({ budget = 1500, whole = false } = {}) {
      for (const part of walk.Walk.before()) part();
      const walking = new walk.Walk(budget, whole);
      walking.go(Infinity);
      return walking.done();
    },
  };
})();
