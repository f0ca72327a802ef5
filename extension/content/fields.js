/**
 * What is done to fields: typed into, chosen in, filled with files, copied from; and which one has the keyboard.
 *
 * Typing is told once, when somebody is done with it: at another press, Tab, Enter, when the field loses the keyboard,
 * when the page goes, or after a rest. So is a choice that passes through many values (a date, a colour, arrow keys in a
 * list). The text itself is told only where `text` is granted and the field is neither secret nor masked.
 *
 * After somebody picked a suggestion a script writes it into the field, and no trusted event tells of it. The press or
 * the key tells that it was picked; what the field holds then is told as one `change` of the field, if it differs from
 * what was typed and is not empty. A script that empties a field (a message was sent) is no act and is not told.
 *
 * @typedef {"text" | "pick" | "select" | "box" | "file" | ""} FieldKind
 */
const fields = (() => {
  const MOST = 16_000;
  const REST_MS = { text: 2000, pick: 2000, select: 400 };
  const PICKED_MS = [150, 700];
  /** Nobody has pressed or typed anything for so long: what "types" is a script with execCommand. */
  const HAND_MS = 60_000;
  const PICKERS = new Set(["date", "month", "week", "time", "datetime-local", "color", "range"]);
  const NO_FIELDS = new Set(["button", "submit", "reset", "image", "hidden"]);

  /** @typedef {{element: Element, kind: "text" | "pick" | "select", told: Described, spot: Spot, last: number, value: string}} Open */
  /** @type {Open | null} */
  let open = null;
  let timer = 0;
  /** A field that was typed into, and what was told of it: a script may write into it now. @type {{element: Element, value: string} | null} */
  let watched = null;
  /** @type {number[]} */
  let looks = [];
  /** What has the keyboard, as told last. @type {Element | null} */
  let focused = null;
  let composing = false;

  /** @param {Element} element @param {InputEvent} [event] @returns {FieldKind} */
  function kindOf(element, event) {
    if (element instanceof HTMLInputElement) {
      const { type } = element;
      if (type === "checkbox" || type === "radio") return "box";
      if (type === "file") return "file";
      if (PICKERS.has(type) || type === "number" && event && !event.inputType) return "pick";
      return NO_FIELDS.has(type) ? "" : "text";
    }
    if (element instanceof HTMLTextAreaElement) return "text";
    if (element instanceof HTMLSelectElement) return "select";
    return dom.editable(element) ? "text" : "";
  }

  /** The whole of what somebody can write in, for an element in it. @param {Element} element @returns {Element} */
  function whole(element) {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || !dom.editable(element)) return element;
    let outer = element;
    for (let up = dom.parentElement(outer); up && dom.editable(up); up = dom.parentElement(up)) outer = up;
    return outer;
  }

  /** Is what it holds nobody's business? @param {Element} element */
  const hidden = (element) => secrets.secret(element) || secrets.masked(element);

  /** What it holds. @param {Element} element @returns {string} */
  function holding(element) {
    if (hidden(element)) return "";
    if (element instanceof HTMLSelectElement) return labels(element);
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return acts.text(element.value, MOST);
    const text = dom.text(element);
    // innerText knows lines, but lays the page out for it.
    return acts.text(text.length < MOST && element instanceof HTMLElement ? element.innerText : text, MOST);
  }

  /** @param {HTMLSelectElement} element */
  function labels(element) {
    const chosen = [];
    for (const option of element.selectedOptions) if (chosen.length < 50) chosen.push(option.label.trim());
    return acts.text(chosen.join(", "), MOST);
  }

  /** @param {Element} element @param {"text" | "pick" | "select"} kind @param {number} at */
  function begin(element, kind, at) {
    // The act is now. It is told when it is over, mostly by the next press, which must not make the list before it old.
    lists.acted();
    if (open && open.element !== element) settle(at);
    if (open) {
      open.last = at;
      if (kind !== "text") open.kind = kind;
      return open;
    }
    forget();
    open = { element, kind, told: acts.describe(element), spot: place.now(), last: at, value: "" };
    timer ||= window.setTimeout(rested, REST_MS[kind]);
    return open;
  }

  function rested() {
    timer = 0;
    if (!open) return;
    const left = open.last + REST_MS[open.kind] - acts.now();
    if (left > 1) timer = window.setTimeout(rested, left);
    else settle(acts.now());
  }

  /** Somebody is done with the field. @param {number} at */
  function settle(at) {
    if (!open) return;
    const { element, kind, told, spot } = open;
    const there = dom.connected(element);
    const value = kind === "select" ? open.value : there ? holding(element) : open.value;
    open = null;
    window.clearTimeout(timer);
    timer = 0;
    // Presses end typing, so this has to be quick: of what is typed into only its length has changed since it began.
    const lengthOnly = kind === "text" && /^(?:empty|\d+ characters?)$/.test(told.holds);
    const now = there && !lengthOnly ? acts.describe(element) : told;
    if (there && lengthOnly) now.holds = value ? `${value.length} ${value.length === 1 ? "character" : "characters"}` : "empty";
    tell(kind === "text" ? "input" : "change", element, now, there ? place.now() : spot, at, value, kind !== "select");
    if (kind === "text" && there && !(told.secret || told.masked)) watched = { element, value };
  }

  /** @param {string} why @param {Element} element @param {Described} told @param {Spot} spot @param {number} at @param {string} value @param {boolean} text */
  function tell(why, element, told, spot, at, value, text) {
    acts.tellElement(why, element, told, spot, at, (event) => {
      if (value && !event.element.secret && !event.element.masked && (!text || line.may?.text)) event.value = value;
    });
  }

  /** After a pick: look whether a script has written into the field that was typed into. */
  function picked() {
    if (watched && !looks.length) looks = PICKED_MS.map((wait) => window.setTimeout(look, wait));
  }

  function look() {
    if (!watched) return;
    const { element } = watched;
    if (!dom.connected(element)) return forget();
    const value = holding(element);
    if (!value || value === watched.value) return;
    forget();
    tell("change", element, acts.describe(element), place.now(), acts.now(), value, true);
    lists.acted();
  }

  function forget() {
    watched = null;
    for (const one of looks) window.clearTimeout(one);
    looks = [];
  }

  /** What has the keyboard: in secret and masked fields keys have no names. @param {Element | null} element @param {number} at */
  function focus(element, at) {
    if (!element || element === focused) return;
    focused = element;
    acts.happened("focus", element, at);
  }

  return {
    focus,
    hidden,
    settle,
    /** A press or a key that may be a pick comes: what a pick before it did is told first. */
    look,
    picked,
    get composing() { return composing; },

    /** @param {InputEvent} event */
    input(event) {
      if (!event.isTrusted || acts.forging || !acts.handWithin(HAND_MS)) return outbox.forged();
      const element = acts.deep(event);
      if (!element) return;
      const field = whole(element);
      const kind = kindOf(field, event);
      if (kind === "text" || kind === "pick") begin(field, kind, acts.at(event));
    },

    /** @param {Event} event */
    change(event) {
      if (!event.isTrusted || acts.forging) return outbox.forged();
      const element = acts.deep(event);
      if (!element) return;
      const at = acts.at(event);
      const kind = kindOf(element);
      if (kind === "text") {
        if (open?.element === element) settle(at);
      } else if (kind === "box") {
        settle(at);
        tell("change", element, acts.describe(element), place.now(), at, "", false);
        lists.acted();
      } else if (kind === "file") files(/** @type {HTMLInputElement} */ (element), at);
      else if (kind === "pick" || kind === "select") begin(element, kind, at).value = holding(element);
    },

    /** @param {PointerEvent} event @param {Element | null} element */
    press(event, element) {
      const at = acts.at(event);
      // A press on a part of a date, or on the arrows of a number, goes on with the same choice.
      if (!open) look();
      else if (open.kind === "text" || !element || whole(element) !== open.element) settle(at);
    },

    /** @param {string} key @param {number} at */
    key(key, at) {
      if (key === "Enter") settle(at);
      else if (key === "Tab" && open?.kind === "text") settle(at);
    },

    /** @param {FocusEvent} event */
    focusin(event) {
      focus(acts.deep(event), acts.at(event));
    },

    /** @param {FocusEvent} event */
    focusout(event) {
      if (open && whole(acts.deep(event) ?? open.element) === open.element) settle(acts.at(event));
      focused = null;
    },

    /** @param {ClipboardEvent} event */
    clipboard(event) {
      if (!event.isTrusted || acts.forging || !acts.handWithin(HAND_MS)) return outbox.forged();
      const element = acts.deep(event);
      if (!element) return;
      const why = /** @type {"copy" | "cut" | "paste"} */ (event.type);
      const kinds = why === "paste" ? kindsOf(event.clipboardData) : "text";
      const at = acts.at(event);
      // What is copied was typed before: in that order it is told.
      if (why !== "paste" && open?.kind === "text") settle(at);
      acts.happened(why, element, at, kinds);
    },

    /** @param {CompositionEvent} event */
    compose(event) {
      if (event.isTrusted) composing = event.type === "compositionstart";
    },

    /** @param {boolean} on */
    wake(on) {
      window.clearTimeout(timer);
      timer = 0;
      open = focused = null;
      composing = false;
      forget();
      // A password shown as text before anybody came near it is known as one only if this has watched since the start.
      if (on) secrets.watch(document);
    },

    kindsOf,
  };

  /** That files were chosen: how many, and what their names end in. Never a name. @param {HTMLInputElement} element @param {number} at */
  function files(element, at) {
    settle(at);
    const list = element.files;
    const count = list ? list.length : 0;
    const ends = new Set();
    for (let i = 0; list && i < count && i < 100; i++) {
      const end = /\.[a-z0-9]{1,5}$/i.exec(list[i].name);
      if (end) ends.add(end[0].toLowerCase());
    }
    const told = acts.describe(element);
    told.holds = `${count} ${count === 1 ? "file" : "files"}`;
    tell("file", element, told, place.now(), at, [...ends].sort().join(" "), false);
    lists.acted();
  }

  /** Kinds of what is carried. @param {DataTransfer | null} data */
  function kindsOf(data) {
    const found = new Set();
    for (const type of data ? data.types : []) {
      if (type === "Files") found.add("files");
      else if (type === "text/html") found.add("html");
      else if (type.startsWith("text/")) found.add("text");
      else found.add("other");
    }
    return [...found].sort().join(" ");
  }
})();
