/**
 * What an element is like: its number, its states, what kind of thing it holds, what it lies in.
 *
 * Rules of this file: states are AT-SPI's words; of what a field holds only the form is told, as docs/formats/observer.md
 * lists them. A secret field's states say nothing of it either.
 *
 * @typedef {[number, number, number, number]} Rect x, y, w, h
 */
const traits = (() => {
  const MOST_ABOVE = 40;
  const CONTROLS = new Set((
    "button checkbox combobox gridcell link listbox menuitem menuitemcheckbox menuitemradio option radio scrollbar searchbox slider " +
    "spinbutton switch tab textbox treeitem"
  ).split(" "));
  const CHECKED = new Set("checkbox radio switch menuitemcheckbox menuitemradio option treeitem".split(" "));

  /** @type {WeakMap<Element, number>} */
  const numbers = new WeakMap();
  /** @type {Map<number, WeakRef<Element>>} */
  const elements = new Map();
  const gone = new FinalizationRegistry((/** @type {number} */ number) => elements.delete(number));
  let last = 0;

  /** @param {Element} el @returns {number} */
  function number(el) {
    let known = numbers.get(el);
    if (known === undefined) {
      known = ++last;
      numbers.set(el, known);
      elements.set(known, new WeakRef(el));
      gone.register(el, known);
    }
    return known;
  }

  /** @param {Element} el @param {string} tag @param {string} role @param {string} name of a state that is true or false, or mixed */
  function stated(el, tag, role, name) {
    return dom.has(el, name) ? dom.attr(el, name).slice(0, 20).trim().toLowerCase() : "";
  }

  /** By AT-SPI's words. @param {Element} el @param {string} tag @param {string} role @param {boolean} secret @returns {string[]} */
  function states(el, tag, role, secret) {
    /** @type {string[]} */
    const found = [];
    const input = tag === "input" ? /** @type {HTMLInputElement} */ (el) : null;
    const box = input && (input.type === "checkbox" || input.type === "radio");
    const field = input || tag === "textarea" || tag === "select" || tag === "button" || tag === "option" || tag === "fieldset" || tag === "optgroup";
    const text = role === "textbox" || role === "searchbox" || (input && role !== "button" && !box && role !== "slider");
    const says = /** @param {string} name */ (name) => stated(el, tag, role, name);

    if (!secret) {
      if (box ? input.checked : CHECKED.has(role) && says("aria-checked") === "true") found.push("checked");
      if (box ? input.indeterminate : says("aria-checked") === "mixed" || says("aria-pressed") === "mixed") found.push("indeterminate");
      if (tag === "option" ? /** @type {HTMLOptionElement} */ (el).selected : says("aria-selected") === "true") found.push("selected");
      if (says("aria-pressed") === "true") found.push("pressed");
    }
    const open = tag === "details" ? el : tag === "summary" ? dom.parentElement(el) : null;
    const opens = says("aria-expanded") || (open && dom.tag(open) === "details" ? String(dom.has(open, "open")) : "");
    if (opens === "true") found.push("expanded");
    else if (opens === "false") found.push("collapsed");
    if (field ? dom.matches(el, ":disabled") : says("aria-disabled") === "true") found.push("disabled");
    else if (field && says("aria-disabled") === "true") found.push("disabled");
    const fixed = says("aria-readonly") === "true" || ((input || tag === "textarea") && dom.has(el, "readonly"));
    if (fixed) found.push("read only");
    if (says("aria-required") === "true" || (field && dom.has(el, "required"))) found.push("required");
    if (says("aria-invalid") && says("aria-invalid") !== "false") found.push("invalid entry");
    else if (field && dom.matches(el, ":user-invalid")) found.push("invalid entry");
    if (tag === "textarea" || (secrets.host(el) && says("aria-multiline") !== "false") || says("aria-multiline") === "true") found.push("multi line");
    if (says("aria-multiselectable") === "true" || (tag === "select" && dom.has(el, "multiple"))) found.push("multiselectable");
    const popup = says("aria-haspopup");
    if ((popup && popup !== "false") || (tag === "select" && role === "combobox")) found.push("has popup");
    if (says("aria-modal") === "true" || (tag === "dialog" && dom.matches(el, ":modal"))) found.push("modal");
    if ((text || tag === "textarea" || secrets.host(el)) && !fixed && !found.includes("disabled")) found.push("editable");
    if (dom.active(el) && tag !== "body" && tag !== "html") found.push("focused");
    return found;
  }

  /** @param {number} count @param {string} one */
  const many = (count, one) => `${Math.min(count, 99_999)} ${one}${count === 1 ? "" : "s"}`;

  /** What kind of thing it holds, in the forms of docs/formats/observer.md. @param {Element} el @param {string} tag @param {string} role */
  function holds(el, tag, role) {
    if (tag === "input") {
      const input = /** @type {HTMLInputElement} */ (el);
      const { type } = input;
      if (type === "checkbox" || type === "radio") return input.indeterminate ? "mixed" : input.checked ? "checked" : "unchecked";
      if (type === "file") return many(input.files ? input.files.length : 0, "file");
      if (type === "color") return "colour";
      if (type === "range") return "number";
      if (role === "button" || type === "hidden") return "";
      const length = input.value.length;
      if (!length) return "empty";
      if (type === "date" || type === "month" || type === "week" || type === "datetime-local") return "date";
      return type === "time" ? "time" : type === "number" ? "number" : many(length, "character");
    }
    if (tag === "textarea") {
      const { textLength } = /** @type {HTMLTextAreaElement} */ (el);
      return textLength ? many(textLength, "character") : "empty";
    }
    if (tag === "select") {
      const select = /** @type {HTMLSelectElement} */ (el);
      const { selectedIndex, options } = select;
      return select.multiple || selectedIndex < 0 ? many(options.length, "option") : `option ${selectedIndex + 1} of ${options.length}`;
    }
    if (secrets.host(el) || role === "textbox" || role === "searchbox") {
      const length = dom.text(el).trim().length;
      return length ? many(length, "character") : "empty";
    }
    if (role === "switch") return stated(el, tag, role, "aria-checked") === "true" ? "on" : "off";
    if (role === "button" && dom.has(el, "aria-pressed")) return stated(el, tag, role, "aria-pressed") === "true" ? "on" : "off";
    if (role === "checkbox" || role === "radio" || role === "menuitemcheckbox" || role === "menuitemradio") {
      const is = stated(el, tag, role, "aria-checked");
      return is === "mixed" ? "mixed" : is === "true" ? "checked" : "unchecked";
    }
    if (role === "slider" || role === "spinbutton") return "number";
    if (role === "listbox" && tag !== "datalist") return many(dom.all(el, '[role="option"]').length, "option");
    return "";
  }

  /** Roles of what it lies in, outermost first. @param {Element} el */
  function above(el) {
    /** @type {string[]} */
    const found = [];
    let at = dom.above(el);
    for (let up = 0; at && up < 200 && found.length < MOST_ABOVE; up++, at = dom.above(at)) {
      const role = names.role(at);
      if (role) found.push(role);
    }
    return found.reverse();
  }

  /** In CSS pixels of its document. @param {Element} el @returns {Rect} */
  function area(el) {
    const { x, y, width, height } = dom.rect(el);
    return [Math.round(x + window.scrollX), Math.round(y + window.scrollY), Math.round(width), Math.round(height)];
  }

  return {
    CONTROLS, number, states, holds, above, area,

    /** @param {number} of @returns {Element | null} */
    element: (of) => elements.get(of)?.deref() ?? null,
  };
})();
