/**
 * Where an element can be pressed, and the guard that lets a press or a key reach it and nothing else.
 *
 * Rules of this file: the guard stands from the moment the place was found until the act is over. What lands elsewhere is
 * stopped before the page's own scripts hear of it; an act that was stopped is told as one that was not done.
 */
const points = (() => {
  const KEYS = ["keydown", "keypress", "beforeinput", "paste"];
  const PRESSES = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick", "auxclick", "contextmenu"];
  const STILL = 0.6;
  const [PATIENCE_MS, FRAME_MS] = [900, 100];

  /** What may be reached now: null is everything. @type {Element | null} */
  let meant = null;
  /** Keys too, or presses alone? */
  let keys = false;
  let missed = false;
  let reached = false;
  /** A press that began elsewhere is stopped to its end. */
  let stopping = false;

  /** Is that within it, or a label of it? @param {Element} el @param {EventTarget | null} at */
  function within(el, at) {
    const labels = dom.labels(el);
    for (let one = at instanceof Element ? at : null; one; one = dom.above(one)) if (one === el || labels.includes(one)) return true;
    return false;
  }

  /** @param {Event} event */
  function watch(event) {
    if (!meant || !event.isTrusted) return;
    const typed = KEYS.includes(event.type);
    if (typed && !keys) return;
    // A press that goes to a label comes a second time, made by the browser, to its field.
    const inside = within(meant, event.composedPath()[0] ?? null);
    if (event.type === "pointerdown") stopping = !inside;
    if (inside && !(stopping && !typed)) {
      reached = true;
      return;
    }
    missed = true;
    event.stopImmediatePropagation();
    if (event.cancelable) event.preventDefault();
  }
  for (const name of [...KEYS, ...PRESSES]) window.addEventListener(name, watch, { capture: true, passive: false });

  /** One frame drawn, or so long as one could take where none is. */
  const drawn = () => new Promise((done) => {
    const end = window.setTimeout(done, FRAME_MS);
    window.requestAnimationFrame(() => { window.clearTimeout(end); done(undefined); });
  });

  /** The innermost at a place, in shadow trees too. @param {number} x @param {number} y */
  function innermost(x, y) {
    let at = dom.at(document, x, y);
    for (let shadow = at && dom.shadow(at); at && shadow; shadow = dom.shadow(at)) {
      const next = shadow.elementFromPoint(x, y);
      if (!next || next === at) break;
      at = next;
    }
    return at;
  }

  /** What stands for it on the page: a field without a size is drawn by its label. @param {Element} el */
  function shown(el) {
    const { width, height } = dom.rect(el);
    if (width >= 2 && height >= 2) return el;
    return dom.labels(el).find((label) => dom.rect(label).width >= 2) ?? el;
  }

  /** @param {Element} el @returns {[number, number, number, number]} the part that is pressed: of words over two lines, the first */
  function part(el) {
    const lines = dom.rects(el);
    const { x, y, width, height } = lines.length > 1 && dom.style(el).display === "inline" ? lines[0] : dom.rect(el);
    return [x, y, width, height];
  }

  /** @param {Element} el */
  const named = (el) => ({ role: names.role(el), name: secrets.masked(el) ? "" : names.name(el) });

  /** What lies over it, for a person: the dialog or the nearest with a name. @param {Element | null} over */
  function told(over) {
    for (let at = over; at; at = dom.above(at)) {
      const one = named(at);
      if (/^(?:dialog|alertdialog|alert|status)$/.test(one.role) || dom.matches(at, "dialog,[aria-modal]")) return one;
    }
    const host = over && observer.control(over);
    return host ? named(host) : { role: "", name: "" };
  }

  /** @param {Element} el @param {boolean} inner may what is pressed be another control in it? */
  function spot(el, inner) {
    const face = shown(el);
    const [x, y, w, h] = part(face);
    const [right, low] = [Math.min(x + w, window.innerWidth), Math.min(y + h, window.innerHeight)];
    const [left, high] = [Math.max(x, 0), Math.max(y, 0)];
    /** @type {Element | null} */
    let over = null;
    for (const [across, down] of [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.1, 0.3], [0.9, 0.7], [0.5, 0.15], [0.5, 0.85]]) {
      const [px, py] = [left + (right - left) * across, high + (low - high) * down];
      if (px < 0 || py < 0 || px >= window.innerWidth || py >= window.innerHeight) continue;
      const hit = innermost(px, py);
      if (hit && within(el, hit) && (inner || hit === el || own(el, hit))) return { x: px, y: py };
      over ??= hit;
    }
    return { over: told(over) };
  }

  /** Is there no other control between them? @param {Element} el @param {Element} hit */
  function own(el, hit) {
    for (let at = /** @type {Element | null} */ (hit); at && at !== el; at = dom.above(at)) {
      if (traits.CONTROLS.has(names.role(at)) && !dom.labels(el).length) return false;
    }
    return true;
  }

  return {
    /**
     * Brings it into sight, waits until it stands still and can be reached, and sets the guard.
     * @param {number} number @param {string} role as it was looked at @param {{keys?: boolean, point?: boolean, used?: boolean}} how
     */
    async ready(number, role, { keys: typing = false, point = true, used = true } = {}) {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const el = traits.element(number);
        if (!el || !dom.connected(el)) return { why: "gone" };
        if (!sees.same(number, el, role)) return { why: "other" };
        const face = shown(el);
        const off = used && (dom.matches(el, ":disabled") || dom.attr(el, "aria-disabled") === "true");
        let moved = false;
        // What a frame shows of it is known to those around it alone, and they follow.
        if (window !== window.top) face.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        const [x, y, w, h] = part(face);
        if (x < 0 || y < 0 || x + w > window.innerWidth || y + h > window.innerHeight || !dom.at(document, x + w / 2, y + h / 2)) {
          face.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
          moved = true;
        }
        const before = part(face);
        const busy = moved || document.getAnimations().some((one) => one.playState === "running");
        if (busy) await drawn();
        const after = part(face);
        const still = before.every((edge, side) => Math.abs(edge - after[side]) < STILL);
        const found = point ? spot(el, false) : { x: 0, y: 0 };
        if (!off && still && "x" in found) {
          [meant, keys, missed, reached, stopping] = [el, typing, false, false, false];
          changes.stays();
          return { x: found.x, y: found.y };
        }
        // A list or a pane that scrolls by itself may show an edge of it: that moves nothing where all of it is shown.
        if (!("x" in found)) face.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        if (performance.now() > until) {
          if (off) return { why: "off" };
          return "over" in found ? { why: "over", over: found.over } : { why: "moves" };
        }
        await (busy ? drawn() : changes.next(changes.turn, 60));
      }
    },

    /** Keys may go where the keyboard is, if that is still it. @param {number} number */
    holds(number) {
      const el = traits.element(number);
      const root = el && dom.root(el);
      const has = el && (dom.active(el) || dom.matches(el, ":focus-within"));
      return Boolean(root && has && !missed);
    },

    /** @param {number} number @returns {string} */
    role(number) {
      const el = traits.element(number);
      return el ? names.role(el) : "";
    },

    /** Gives it the keyboard, as Tab does. @param {number} number */
    focus(number) {
      const el = traits.element(number);
      if (el instanceof HTMLElement && !dom.active(el) && !dom.matches(el, ":focus-within")) el.focus({ preventScroll: true });
      return this.holds(number);
    },

    /** Its middle in the viewport; of what a pane shows a part of, where that cuts off the middle, that part's. @param {number} number */
    middle(number) {
      const el = traits.element(number);
      if (!el || !dom.connected(el)) return null;
      const [x, y, w, h] = part(shown(el));
      const [across, down] = [x + w / 2, y + h / 2];
      let [left, high, right, low] = [x, y, x + w, y + h];
      for (let at = dom.above(el); at && at !== document.documentElement && at !== document.body; at = dom.above(at)) {
        const { overflowX, overflowY } = dom.style(at);
        if (overflowX === "visible" && overflowY === "visible") continue;
        const pane = dom.rect(at);
        [left, high] = [Math.max(left, pane.left), Math.max(high, pane.top)];
        [right, low] = [Math.min(right, pane.right), Math.min(low, pane.bottom)];
      }
      const cut = across < left || across > right || down < high || down > low;
      return cut && right > left && low > high ? [(left + right) / 2, (high + low) / 2] : [across, down];
    },

    /** A point of a frame's viewport in ours, if nothing lies over it there. @param {number} number the frame's element @param {number} x @param {number} y */
    frame(number, x, y) {
      const el = traits.element(number);
      if (!(el instanceof HTMLElement)) return null;
      const { x: left, y: top } = dom.rect(el);
      const style = dom.style(el);
      const at = [left + el.clientLeft + parseFloat(style.paddingLeft) + x, top + el.clientTop + parseFloat(style.paddingTop) + y];
      return innermost(at[0], at[1]) === el ? at : null;
    },

    /** Whatever comes may pass from here on. */
    free() { meant = null; },

    /** The act is done. */
    async over() {
      await changes.settled();
      const told = { missed, reached, leaving: changes.leaving, made: performance.timeOrigin };
      meant = null;
      return told;
    },

    /** Did what was pressed or typed so far all reach it? */
    get missed() { return missed; },
  };
})();
