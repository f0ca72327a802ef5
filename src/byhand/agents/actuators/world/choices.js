/**
 * What can be chosen, by whatever the page draws it with: a select, radio buttons, a list, a field that opens one.
 *
 * Rules of this file: an option is known by its label, all of it; two of one label are none. What is asked of it is told
 * as numbers of elements, which are then pressed as everything is. Only a select, and fields that a browser draws with
 * pop-ups of its own (a date, a colour), are set here, with the events that a person's choice has.
 */
const choices = (() => {
  const OPTIONS = '[role="option"],[role="menuitem"],[role="menuitemradio"],[role="treeitem"]';
  const ITEMS = new Set(["option", "menuitem", "menuitemradio", "treeitem"]);

  /** @param {string} text */
  const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

  /** @template T @param {T[]} all @param {(one: T) => string} label @param {string} wanted @returns {T | "none" | "many"} */
  function pick(all, label, wanted) {
    const exact = all.filter((one) => plain(label(one)) === plain(wanted));
    const found = exact.length ? exact : all.filter((one) => plain(label(one)).toLowerCase() === plain(wanted).toLowerCase());
    return found.length === 1 ? found[0] : found.length ? "many" : "none";
  }

  /** @param {Element} el */
  const label = (el) => names.name(el) || names.words(el);
  /** @param {Element} el */
  const seen = (el) => dom.drawn(el, { visibilityProperty: true }) && dom.rect(el).width > 0;
  /** @param {Element} el @param {string} css */
  const within = (el, css) => [...dom.all(dom.shadow(el) ?? el, css)];

  /** @param {Element | "none" | "many"} found @param {string} way */
  const told = (found, way) => (typeof found === "string" ? { way: found } : { way, node: traits.number(found) });

  /** Radio buttons it is, or holds. @param {Element} el */
  function radios(el) {
    if (names.role(el) !== "radio") return within(el, 'input[type="radio"],[role="radio"]');
    const name = dom.attr(el, "name");
    const root = dom.root(el);
    const form = dom.closest(el, "form");
    if (dom.tag(el) === "input" && name) return [...dom.all(root, `input[type="radio"][name="${CSS.escape(name)}"]`)].filter((one) => dom.closest(one, "form") === form);
    const group = dom.closest(el, '[role="radiogroup"],fieldset');
    return group ? within(group, '[role="radio"],input[type="radio"]') : [el];
  }

  /** Lists that belong to it. @param {Element} el */
  function lists(el) {
    const root = dom.root(el);
    const ids = `${dom.attr(el, "aria-controls")} ${dom.attr(el, "aria-owns")}`.split(/\s+/).filter(Boolean);
    const found = ids.map((id) => dom.byId(root, id)).filter((one) => dom.isElement(one));
    return found.length ? found : [...dom.all(document, '[role="listbox"],[role="menu"],[role="tree"]')].filter(seen);
  }

  return {
    /** How to choose it. @param {number} number @param {string} wanted */
    plan(number, wanted) {
      const el = traits.element(number);
      if (!el || !dom.connected(el)) return { way: "gone" };
      const [tag, role] = [dom.tag(el), names.role(el)];
      if (tag === "select") {
        const { options, selectedIndex, multiple, size } = /** @type {HTMLSelectElement} */ (el);
        const open = [...options].filter((one) => !dom.matches(one, ":disabled") && !dom.has(one, "hidden"));
        const found = pick(open, (one) => one.label, wanted);
        if (typeof found === "string") return { way: found };
        // Keys go from one to the next that can be chosen; a list that stands open has no pop-up.
        const keys = multiple || size > 1 || selectedIndex < 0 ? 0 : open.indexOf(found) - open.indexOf(options[selectedIndex]);
        return { way: "select", at: found.index, from: selectedIndex, keys };
      }
      if (tag === "input" && dom.has(el, "list")) {
        const list = dom.byId(dom.root(el), dom.attr(el, "list"));
        const offered = dom.isElement(list) ? within(list, "option") : [];
        const found = pick(offered, (one) => /** @type {HTMLOptionElement} */ (one).value || label(one), wanted);
        return { way: typeof found === "string" ? found : "type" };
      }
      if (role === "listbox") {
        const found = within(el, OPTIONS).filter(seen);
        if (found.length) return told(pick(found, label, wanted), "press");
      }
      const buttons = radios(el);
      if (buttons.length && role !== "combobox") return told(pick(buttons, label, wanted), "press");
      if (tag === "input" || tag === "textarea" || dom.editable(el)) return { way: role === "combobox" ? "search" : "type" };
      return { way: "open", open: dom.attr(el, "aria-expanded") === "true" };
    },

    /** That option, now that its list is open. Waits for it. @param {number} number @param {string} wanted @param {number} ms */
    async option(number, wanted, ms) {
      const until = performance.now() + ms;
      for (;;) {
        const el = traits.element(number);
        const from = el ? lists(el).flatMap((list) => (ITEMS.has(names.role(list)) ? [list] : within(list, OPTIONS))) : [];
        const found = pick(from.filter(seen), label, wanted);
        if (typeof found !== "string" || performance.now() > until) return { ...told(found, "press"), shown: from.filter(seen).length };
        await changes.next(changes.turn, 50);
      }
    },

    /** "on", "off", or "" for what is neither. @param {number} number */
    state(number) {
      const el = traits.element(number);
      if (!el) return "";
      if (dom.tag(el) === "input") {
        const input = /** @type {HTMLInputElement} */ (el);
        return /^(?:checkbox|radio)$/.test(input.type) ? (input.checked ? "on" : "off") : "";
      }
      for (const name of ["aria-checked", "aria-pressed", "aria-selected"]) {
        if (dom.has(el, name)) return dom.attr(el, name) === "true" ? "on" : "off";
      }
      return names.role(el) === "switch" || names.role(el) === "checkbox" ? "off" : "";
    },

    /** What stands in it now. @param {number} number */
    value(number) {
      const el = traits.element(number);
      if (!el) return "";
      return sees.value(el, { tag: dom.tag(el), role: names.role(el), secret: false, masked: false });
    },

    /** Is that one chosen? @param {number} number @param {number} at */
    chosen(number, at) {
      const el = /** @type {HTMLSelectElement | null} */ (traits.element(number));
      return el !== null && dom.tag(el) === "select" && el.selectedIndex === at;
    },

    /** @param {number} number the option's place @param {number} at */
    select(number, at) {
      const el = /** @type {HTMLSelectElement | null} */ (traits.element(number));
      if (!el || dom.tag(el) !== "select") return false;
      if (el.selectedIndex !== at) {
        el.selectedIndex = at;
        for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
      }
      return el.selectedIndex === at;
    },

    /** Of a field that a browser draws with a pop-up. @param {number} number @param {string} text */
    put(number, text) {
      const el = traits.element(number);
      if (!(el instanceof HTMLInputElement)) return false;
      /** @type {(of: Element, text: string) => void} */
      const set = dom.free(/** @type {Function} */ (Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set));
      el.focus();
      set(el, text);
      for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
      return el.value === text;
    },

    /** What kind of field it is. @param {number} number */
    kind(number) {
      const el = traits.element(number);
      if (!el) return { tag: "", kind: "", editable: false };
      return { tag: dom.tag(el), kind: dom.tag(el) === "input" ? /** @type {HTMLInputElement} */ (el).type : "", editable: dom.editable(el) };
    },
  };
})();
