/**
 * A page that BrowserGym holds, as our observer lists it; and what its elements are called there.
 *
 * Rules of this file: BrowserGym writes attributes on every element, and an element with attributes is listed otherwise
 * (`<b bid="7">` is no mark of style any more). So they are taken off while the list is made, in one go, and put back.
 * Where it wrote none (`use_raw_page_output`), what is listed gets a number of ours under the same attribute.
 *
 * @typedef {[bid: string, kind: string, state: string, secret: boolean]} Thing
 */
const marks = (() => {
  const ID = "bid";
  const THEIRS = [ID, "browsergym_visibility_ratio", "browsergym_set_of_marks"];
  /** BrowserGym counts from 0. */
  const OURS = 1_000_000;

  /** All elements, in open shadow trees too. */
  function everything() {
    /** @type {Element[]} */
    const found = [];
    const roots = /** @type {(Document | ShadowRoot)[]} */ ([document]);
    for (const root of roots) {
      for (const el of root.querySelectorAll("*")) {
        found.push(el);
        if (el.shadowRoot) roots.push(el.shadowRoot);
      }
    }
    return found;
  }

  /** What it is called there. @param {Element} el */
  function bid(el) {
    if (!el.getAttribute(ID)) el.setAttribute(ID, String(OURS + traits.number(el)));
    return el.getAttribute(ID) ?? "";
  }

  /** The innermost that has the keyboard: the body where nothing has. */
  function keyboard() {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at ? bid(at) : "";
  }

  return {
    /** The list, and of each element in it what an act needs to know. Null while the page goes elsewhere. */
    told() {
      /** @type {[Element, string, string][]} */
      const off = [];
      for (const el of everything()) {
        for (const name of THEIRS) {
          const value = el.getAttribute(name);
          if (value === null) continue;
          off.push([el, name, value]);
          el.removeAttribute(name);
        }
      }
      let listed;
      try {
        listed = sees.listed();
      } finally {
        for (const [el, name, value] of off) el.setAttribute(name, value);
      }
      if (!listed) return null;
      /** @type {Record<number, Thing>} */
      const things = {};
      for (const { node, secret } of listed.seen.nodes) {
        const el = traits.element(node);
        if (el) things[node] = [bid(el), choices.kind(node).kind, choices.state(node), secret];
      }
      return { ...listed, things, keyboard: keyboard() };
    },
  };
})();
