/**
 * The whole page at once: what the observer lists, and besides what stands in fields and what selectors lead to. Or
 * what can be seen of it without scrolling, as the recorder is told.
 *
 * Rules of this file: it answers whoever acts here for the person, and nobody else; what it tells is held in memory. A
 * secret field's value is told to nobody.
 *
 * @typedef {Listed & {value: string, kind: string, hint: string}} Told
 */
const sees = (() => {
  const BUDGET = 6000;
  const MOST_VALUE = 20_000;
  const MOST_HINT = 300;
  /** Roles that a list gives to what has none. */
  const UNSAID = new Set(["text", "group"]);
  /** What a control was called when it was last looked at. @type {Map<number, string>} */
  let called = new Map();

  const inputValue = dom.get(HTMLInputElement.prototype, "value");
  const areaValue = dom.get(HTMLTextAreaElement.prototype, "value");

  /** @param {Element} el @param {{tag: string, role: string, secret: boolean, masked: boolean}} told */
  function value(el, { tag, role, secret, masked }) {
    if (secret || masked) return "";
    if (tag === "input") {
      const input = /** @type {HTMLInputElement} */ (el);
      if (input.type === "file") return [...(input.files ?? [])].map((file) => file.name).join(", ");
      return /^(?:checkbox|radio|button|submit|reset|image|hidden|password)$/.test(input.type) ? "" : inputValue(input).slice(0, MOST_VALUE);
    }
    if (tag === "textarea") return areaValue(el).slice(0, MOST_VALUE);
    if (tag === "select") {
      const { selectedOptions } = /** @type {HTMLSelectElement} */ (el);
      // What stands there before anything is chosen has a label and no value.
      return [...selectedOptions].filter((one) => one.value !== "").map((one) => names.short(one.label)).join(", ");
    }
    if (dom.has(el, "aria-valuetext")) return names.short(dom.attr(el, "aria-valuetext"));
    if (role === "slider" || role === "spinbutton") return names.short(dom.attr(el, "aria-valuenow") || dom.text(el));
    if (role === "combobox" || role === "textbox" || role === "searchbox") return dom.text(el).slice(0, MOST_VALUE).trim();
    return "";
  }

  /** What is said of it besides its name. @param {Element} el */
  function hint(el) {
    const root = dom.root(el);
    const found = dom.attr(el, "aria-describedby").slice(0, 500).split(/\s+/).map((id) => id && dom.byId(root, id)).filter((one) => dom.isElement(one || null));
    const said = found.map((one) => dom.text(/** @type {Element} */ (one)).slice(0, MOST_HINT)).join(" ");
    return names.short(said || dom.attr(el, "placeholder") || dom.attr(el, "title")).slice(0, MOST_HINT);
  }

  /** Where a link goes. @param {Element} el */
  function leads(el) {
    try {
      const { origin, pathname } = new URL(dom.attr(el, "href"), document.baseURI);
      return dom.has(el, "href") ? (origin === location.origin ? "" : origin) + pathname : "";
    } catch {
      return "";
    }
  }

  /** Of the element's own words. @param {Element} el @param {string} role */
  const name = (el, role) => names.name(el, role);

  /** @param {number} number is it still what it was when it was looked at? @param {Element} el @param {string} role */
  function same(number, el, role) {
    const now = names.role(el);
    if (now !== role && !(now === "" && UNSAID.has(role))) return false;
    return !called.has(number) || called.get(number) === name(el, role);
  }

  /** The way to this frame, as the recorder tells it (`content/place.js`). */
  function way() {
    /** @type {number[]} */
    const found = [];
    for (let at = /** @type {Window} */ (window); at !== at.parent && found.length < 10; at = at.parent) {
      let place = 0;
      while (place < at.parent.length && at.parent[place] !== at) place++;
      found.unshift(place);
    }
    return found;
  }

  /** @param {string[]} asked selectors */
  function look(asked) {
    if (document.readyState === "loading") return null;
    const { nodes } = observer.listNow({ budget: BUDGET, whole: true });
    const [left, top] = [window.scrollX, window.scrollY];
    called = new Map();
    /** @type {number[]} */
    const frames = [];
    const told = nodes.map((one) => {
      const el = traits.element(one.node);
      const field = el && (traits.CONTROLS.has(one.role) || one.tag === "input");
      if (el && field) {
        called.set(one.node, one.name);
        const root = dom.root(el);
        if (dom.isShadow(root)) changes.watch(root);
      }
      if (one.tag === "iframe" || one.tag === "frame") frames.push(one.node);
      const [x, y, w, h] = one.box;
      return [
        one.node, one.parent, one.role, one.tag, one.name, one.states.join(","), el && field ? value(el, one) : "",
        el && one.tag === "input" ? /** @type {HTMLInputElement} */ (el).type : "", el && field ? hint(el) : "", x + left, y + top, w, h,
        (one.secret ? 1 : 0) + (one.masked ? 2 : 0), el && one.tag === "a" ? leads(el) : "",
      ];
    });
    /** @type {Record<string, number[]>} */
    const hits = {};
    for (const one of asked) {
      const found = ways.find(one).map(traits.number);
      if (found.length) hits[one] = found;
    }
    return { turn: changes.turn, address: location.href, title: names.short(document.title), told, hits, frames, way: way() };
  }

  const titleOf = dom.get(Document.prototype, "title");

  /** What the recorder is told of this frame (`content/lists.js`), made now, and what there is to be known beside it. */
  function listed() {
    if (document.readyState === "loading") return null;
    const { nodes, more } = observer.listNow({});
    for (const one of nodes) if (traits.CONTROLS.has(one.role) || one.tag === "input") called.set(one.node, one.name);
    const [w, h] = [window.innerWidth, window.innerHeight];
    const scale = window.devicePixelRatio * (window.visualViewport?.scale ?? 1);
    return {
      address: location.href, origin: window.origin, title: titleOf(document).slice(0, 300), turn: changes.turn,
      frames: nodes.some((one) => one.tag === "iframe" || one.tag === "frame"),
      seen: { kind: "snapshot", at: 0, why: "asked", observer: observer.VERSION, x: 0, y: 0, w, h, scale, nodes, more },
    };
  }

  return { look, listed, same, value };
})();
