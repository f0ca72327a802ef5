/**
 * Ways to find an element again, in the string forms of a DevTools recording.
 *
 * Rules of this file: a selector is given only where it matches this element and no other in its root (document or shadow
 * root) at that moment. Generated ids and classes are left out. In a shadow tree the way there is `pierce/`: one css
 * selector for each tree, from the outermost host, joined by ` >>> `. None is longer than 300 characters.
 */
const selectors = (() => {
  const MOST = 300;
  const MOST_STEPS = 40;
  const [QUICK, ALL] = [150, 5000];
  const MOST_ALIKE = 200;
  const TESTS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-test-selector", "data-automation-id"];
  const OWN_ROLES = /^(?:color|date|file|month|week|time|datetime-local)$/;
  const escape = CSS.escape.bind(CSS);
  const quoted = /** @param {string} value */ (value) => `"${value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\a ")}"`;

  /** Made by a program for this one time? @param {string} id */
  function generated(id) {
    if (id.length > 60 || /\d{4,}|[:«»]|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{10,}/i.test(id)) return true;
    if (/^(?:react|radix|mui|ember|headlessui|ng|yui|ext|gen|gwt|j_idt|mat|cdk|select2|ui-id)[-_]?\w*[-_]?\d/i.test(id)) return true;
    // Letters and digits mixed, other than a word and its number.
    return id.split(/[-_.]/).some((part) => part.length >= 5 && /\d/.test(part) && /[a-z]/i.test(part) && !/^(?:[a-z]+\d{1,3}|\d{1,3}[a-z]+)$/i.test(part));
  }

  /** @param {Element} el @param {Node} root @param {string} selector */
  function only(el, root, selector) {
    const found = dom.all(root, selector);
    return found.length === 1 && found[0] === el;
  }

  /** The selector by its id, or "". @param {Element} el @param {Node} root */
  function byId(el, root) {
    const id = dom.attr(el, "id");
    if (!id || generated(id)) return "";
    const selector = `#${escape(id)}`;
    return dom.byId(root, id) === el && only(el, root, selector) ? selector : "";
  }

  /** How many elements may still be passed on the way. */
  let left = 0;

  /** Its place among its parent's children of that tag, from 1; 0 where it is the only one, -1 too far. @param {Element} el */
  function place(el) {
    const tag = dom.tag(el);
    let before = 0;
    for (let at = dom.before(el); at; at = dom.before(at)) {
      if (--left < 0) return -1;
      if (dom.tag(at) === tag) before++;
    }
    if (before) return before + 1;
    for (let at = dom.next(el); at; at = dom.next(at)) {
      if (dom.tag(at) === tag || --left < 0) return 1;
    }
    return 0;
  }

  /**
   * The steps down to it, from the nearest element with an id of its own, or from the top. Alone by the way it is made.
   * @param {Element} el @param {Node} root @returns {{anchor: string, steps: [string, number][]} | null}
   */
  function way(el, root) {
    /** @type {[string, number][]} */
    const steps = [];
    for (let at = /** @type {Element | null} */ (el); at; at = dom.parentElement(at)) {
      const anchor = at === el ? "" : byId(at, root);
      if (anchor) return { anchor, steps };
      const nth = place(at);
      if (nth < 0 || steps.length === MOST_STEPS) return null;
      steps.unshift([dom.tag(at), nth]);
    }
    return { anchor: "", steps };
  }

  /** A short css selector. @param {Element} el @param {Node} root @param {boolean} quick don't look through the page */
  function css(el, root, quick) {
    const tag = dom.tag(el);
    const field = quick ? "" : dom.attr(el, "name");
    if (field && field.length <= 60 && !generated(field) && /^[a-z][\w.[\]-]*$/i.test(field)) {
      const selector = `${escape(tag)}[name=${quoted(field)}]`;
      if (only(el, root, selector)) return selector;
    }
    const made = way(el, root);
    if (!made) return "";
    const steps = made.steps.map(([tag, nth]) => escape(tag) + (nth ? `:nth-of-type(${nth})` : ""));
    const top = dom.isShadow(root) ? ":host > " : "";
    const selector = made.anchor ? [made.anchor, ...steps].join(" > ") : steps.join(" > ");
    if (made.anchor || !top) return quick || only(el, root, selector) ? selector : "";
    // In a shadow tree nothing is above the first step, so it could match further down too.
    return only(el, root, selector) ? selector : "";
  }

  /**
   * To look through a large page takes a ms each time. What is quick is its id, which the browser looks up, and the steps
   * down to it, which are its own by the way they are made.
   * @param {Element} el @param {Node} root @param {boolean} quick don't look through the page @returns {string[]} id, test ids and css, plain
   */
  function cheap(el, root, quick) {
    const found = [];
    const id = byId(el, root);
    if (id) found.push(id);
    for (const name of TESTS) {
      if (quick || !dom.has(el, name)) continue;
      const value = dom.attr(el, name);
      if (!value || value.length > 120) continue;
      const selector = `[${name}=${quoted(value)}]`;
      if (only(el, root, selector)) found.push(selector);
    }
    const path = css(el, root, quick);
    if (path) found.push(path);
    return found;
  }

  /** Where it lies in shadow trees: one selector for each host, outermost first; null if one can't be named. @param {Element} el @param {boolean} quick */
  function hosts(el, quick) {
    /** @type {string[]} */
    const chain = [];
    let root = dom.root(el);
    while (dom.isShadow(root)) {
      const host = dom.host(root);
      if (chain.length === 10) return null;
      root = dom.root(host);
      const [selector] = cheap(host, root, quick);
      if (!selector) return null;
      chain.unshift(selector);
    }
    return chain;
  }

  /** @param {string[]} plain @param {string[]} chain */
  const pierced = (plain, chain) => (chain.length ? plain.map((one) => `pierce/${[...chain, one].join(" >>> ")}`) : plain);
  /** @param {string[]} found */
  const fitting = (found) => found.filter((one) => one.length <= MOST);

  /** The tags that can have a role without saying so. @type {Record<string, string>} */
  const TAGS = {
    link: "a,area", button: 'button,input,summary', textbox: "input,textarea,[contenteditable]", searchbox: "input", combobox: "select,input",
    checkbox: "input", radio: "input", slider: "input", spinbutton: "input", option: "option", listbox: "select,datalist",
    heading: "h1,h2,h3,h4,h5,h6", img: "img,svg", cell: "td", gridcell: "td", columnheader: "th", rowheader: "th", row: "tr", list: "ul,ol,menu",
    listitem: "li", table: "table", dialog: "dialog", form: "form", navigation: "nav", main: "main", group: "fieldset,details,optgroup",
  };

  /** @param {Element} el @param {Node} root @param {string} role @param {string} name */
  function aria(el, root, role, name) {
    if (!name || !role || name.length >= names.MOST || /[\]["\\]/.test(name) || secrets.masked(el)) return "";
    // Browsers have roles of their own for these, so whoever looks for ours would find nothing.
    if (dom.tag(el) === "summary" || (dom.tag(el) === "input" && OWN_ROLES.test(/** @type {HTMLInputElement} */ (el).type))) return "";
    // A browser remembers how many there are of a tag; what a selector finds it looks for each time.
    const plain = (TAGS[role] ?? "").split(",").filter((tag) => /^\w+$/.test(tag));
    if (plain.reduce((sum, tag) => sum + dom.count(root, tag), 0) > MOST_ALIKE) return "";
    const alike = dom.all(root, `[role]${TAGS[role] ? `,${TAGS[role]}` : ""}`);
    if (alike.length > MOST_ALIKE) return "";
    for (const one of alike) if (one !== el && names.role(one) === role && names.name(one, role) === name) return "";
    return `aria/${name}[role=${quoted(role)}]`;
  }

  /** The deepest element whose words hold these. @param {Element} el @param {Node} root */
  function text(el, root) {
    if (secrets.masked(el) || dom.editable(el) || /^(?:input|select|textarea|option|script|style)$/.test(dom.tag(el))) return "";
    const all = dom.text(el);
    if (all.length > 1000) return "";
    const words = all.trim();
    if (!words || words.length > 120 || /[\n\t]|\s\s/.test(words)) return "";
    for (let at = dom.first(el); at; at = dom.next(at)) if (dom.text(at).includes(words)) return "";
    const whole = dom.now("text", root, () => dom.text(dom.isShadow(root) ? root : (dom.documentElement(dom.document(el)) ?? root)));
    const at = whole.indexOf(words);
    return at >= 0 && whole.indexOf(words, at + 1) < 0 ? `text/${words}` : "";
  }

  /** @param {Element} el @param {Node} root */
  function xpath(el, root) {
    if (dom.isShadow(root)) return "";
    const made = way(el, root);
    if (!made) return "";
    const down = made.steps.map(([tag, nth]) => (/^[a-z][a-z0-9]*$/.test(tag) && !SVG.has(tag) ? tag : `*[local-name()=${quoted(tag)}]`) + (nth ? `[${nth}]` : ""));
    if (!made.anchor) return `xpath//${down.join("/")}`;
    const id = dom.attr(/** @type {Element} */ (dom.all(root, made.anchor)[0]), "id");
    return id.includes('"') ? "" : `xpath///*[@id="${id}"]/${down.join("/")}`;
  }
  const SVG = new Set("svg g path circle rect line polygon polyline ellipse text tspan use image defs math".split(" "));

  return {
    generated,

    /** Those that cost little: id, a css path. @param {Element} el @returns {string[]} */
    quick(el) {
      if (!dom.connected(el)) return [];
      left = QUICK;
      const chain = hosts(el, true);
      return chain ? fitting(pierced(cheap(el, dom.root(el), true), chain)) : [];
    },

    /** All of them. @param {Element} el @param {string} role @param {string} name @returns {string[]} */
    all(el, role, name) {
      if (!dom.connected(el)) return [];
      const root = dom.root(el);
      left = ALL;
      const chain = hosts(el, false);
      const plain = cheap(el, root, false);
      const found = [aria(el, root, role, name), text(el, root), ...(chain ? pierced(plain, chain) : []), xpath(el, root)];
      return fitting(found.filter((one) => one !== ""));
    },
  };
})();
