/**
 * All that can be seen in the viewport, as one flat list, parents before children.
 *
 * Rules of this file: docs/formats/observer.md says what is listed. It walks without recursion and looks at no more than
 * MOST_VISITED elements, so it ends on any page, however deep or wide; it stands still between slices, and the page may
 * change meanwhile. To ask for a box costs most: whatever can be decided without one is.
 *
 * @typedef {{node: number, parent: number, role: string, tag: string, name: string, states: string[], box: Rect, holds: string,
 *   secret: boolean, masked: boolean}} Listed
 * @typedef {{nodes: Listed[], more: number}} List
 */
const walk = (() => {
  const { CONTROLS } = traits;
  const MOST_VISITED = 30_000;
  const MOST_OPTIONS = 100;
  /** No page reaches so far. */
  const FAR = 1e7;
  const CUT = /hidden|clip/;
  /** Of so many siblings in a row one is asked where it lies, where there are many. */
  const STRIDE = 16;
  /** Shapes are told of a drawing that is wider than so many pixels; what is smaller is an icon, and one thing. */
  const MOST_ICON = 64;

  /** Their name is all there is to read in them. */
  const WHOLE = new Set("button checkbox heading link menuitem menuitemcheckbox menuitemradio option radio switch tab tooltip".split(" "));
  const UNSEEN = new Set((
    "script style template head meta link noscript title base param source track br wbr datalist defs symbol clippath mask " +
    "lineargradient radialgradient col colgroup area map rp"
  ).split(" "));
  const SOLID = new Set("iframe frame video audio canvas embed object".split(" "));
  const SHAPES = new Set("circle ellipse rect path polygon polyline line image use text".split(" "));
  /** Marks of style inside a text, which are no elements of their own. */
  const INLINE = new Set("a abbr b bdi bdo cite code data dfn em font i kbd label mark q s samp small span strong sub sup time u var".split(" "));
  const FOLDED = new Set("abbr b bdi bdo br cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr".split(" "));
  const SEEN = { opacityProperty: true, visibilityProperty: true, checkOpacity: true, checkVisibilityCSS: true };

  /** What an element gives to those in it. @typedef {{el: Element | null, rect: Rect | null, up: Inside | null, out: boolean, clip: Rect | null,
   *   parent: number, named: boolean, pointer: boolean, masked: boolean, typed: boolean, drawing: boolean}} Inside */
  /** Siblings, touched one by one: a browser makes an object of each that a script touches. next: place of the next one. beyond: where
   * the last one asked lies. reached: those that must not be passed over, in a long row. @typedef {{count: number, at: (place: number) => Element | null,
   *   next: number, beyond: -1 | 0 | 1, reached: Set<Element> | null, inside: Inside}} Row */

  /** @param {Rect} a @param {Rect} b @returns {Rect} what they share; w or h is 0 or less where that is nothing */
  function shared([ax, ay, aw, ah], [bx, by, bw, bh]) {
    const [x, y] = [Math.max(ax, bx), Math.max(ay, by)];
    return [x, y, Math.min(ax + aw, bx + bw) - x, Math.min(ay + ah, by + bh) - y];
  }

  class Walk {
    /** @type {Listed[]} */
    nodes = [];
    more = 0;
    visited = 0;
    /** Rows of siblings still to be looked at, the innermost last. @type {Row[]} */
    #open = [];
    /** @type {Set<Element>} */
    #reached = new Set();

    /** @param {number} budget @param {boolean} whole all that can be scrolled to too */
    constructor(budget, whole = false) {
      this.budget = budget;
      this.whole = whole;
      this.view = /** @type {Rect} */ (whole ? [-window.scrollX, -window.scrollY, FAR, FAR] : [0, 0, window.innerWidth, window.innerHeight]);
      this.from = [window.scrollX, window.scrollY];
      this.moved = [0, 0];
      this.total = dom.count(document, "*");
      const top = dom.documentElement(document);
      if (!top) return;
      if (!whole) this.#reach();
      /** @type {Inside} */
      const inside = { el: null, rect: null, up: null, out: false, clip: this.view, parent: -1, named: false, pointer: false, masked: false, typed: false, drawing: false };
      this.#open.push({ count: 1, at: () => top, next: 0, beyond: 0, reached: null, inside });
    }

    /** What is worked out once for a list, each part short enough for a slice of its own. @returns {(() => void)[]} */
    static before = () => [() => secrets.watch(document), () => dom.indexLabels(document)];

    /**
     * What lies outside the viewport is passed over with all in it: asking for boxes is what costs. What is drawn elsewhere
     * than its parents (a bar at the edge, a dialogue) is found by looking at points of the viewport.
     */
    #reach() {
      const [, , w, h] = this.view;
      for (const [y, columns] of /** @type {[number, number[]][]} */ ([
        [16, [24, w / 2, w - 24]], [h / 4, [24, w / 4, w / 2, (3 * w) / 4, w - 24]], [h / 2, [24, w / 4, w / 2, (3 * w) / 4, w - 24]],
        [(3 * h) / 4, [w / 4, w / 2, (3 * w) / 4]], [h - 44, [44, w / 2, w - 44]], [h - 16, [w / 4, w / 2, w - 84]],
      ])) {
        for (const x of columns) {
          for (let at = dom.at(document, x, y); at && !this.#reached.has(at); at = dom.above(at)) this.#reached.add(at);
        }
      }
    }

    /** Goes on, for so many ms. @param {number} ms @returns {boolean} is it done? */
    go(ms) {
      const until = performance.now() + ms;
      this.moved = [window.scrollX - this.from[0], window.scrollY - this.from[1]];
      while (this.#open.length) {
        if (this.visited >= MOST_VISITED || this.nodes.length >= this.budget) {
          this.more += Math.max(this.#open.reduce((sum, row) => sum + row.count - row.next, 0), this.total - this.visited);
          return true;
        }
        const row = this.#open[this.#open.length - 1];
        const el = this.#next(row);
        if (!el) {
          this.#open.pop();
          continue;
        }
        const { inside } = row;
        try {
          if (dom.connected(el)) this.#visit(el, inside);
        } catch {
          this.more++; // the page took it away, or broke it
        }
        this.visited++;
        if (performance.now() > until) return !this.#open.length;
      }
      return true;
    }

    /** @param {Element} el @returns {Rect} where it was when the list was begun */
    #rect(el) {
      const { x, y, width, height } = dom.rect(el);
      return [x + this.moved[0], y + this.moved[1], width, height];
    }

    /** What can be seen of those in it. @param {Inside} inside @returns {Rect} */
    #clip(inside) {
      if (inside.clip) return inside.clip;
      const around = inside.up ? this.#clip(inside.up) : this.view;
      const { overflowX, overflowY } = inside.el ? dom.style(inside.el) : { overflowX: "visible", overflowY: "visible" };
      const cuts = this.whole ? CUT.test(overflowX + overflowY) : overflowX !== "visible" || overflowY !== "visible";
      return (inside.clip = cuts && inside.rect ? shared(around, inside.rect) : around);
    }

    /** The way up, kept flat so that no page is too deep for it. @param {Inside} inside */
    #clipFor(inside) {
      /** @type {Inside[]} */
      const open = [];
      for (let at = /** @type {Inside | null} */ (inside); at && !at.clip; at = at.up) open.push(at);
      while (open.length) this.#clip(/** @type {Inside} */ (open.pop()));
      return /** @type {Rect} */ (inside.clip);
    }

    /** The clip of something that is not clipped by all it lies in. @param {Element} el @param {Inside} inside @returns {Rect | null} */
    #freed(el, inside) {
      const { position } = dom.style(el);
      if (position === "fixed") return this.view;
      if (position !== "absolute") return null;
      for (let at = /** @type {Inside | null} */ (inside); at; at = at.up) {
        if (!at.el || dom.style(at.el).position !== "static") return this.#clipFor(at);
      }
      return this.view;
    }

    /** @param {Element} el @param {Inside} inside */
    #visit(el, inside) {
      const tag = dom.tag(el);
      if (UNSEEN.has(tag)) return;
      const rect = this.#rect(el);
      const empty = rect[2] < 1 || rect[3] < 1;
      if (empty && rect[2] === 0 && rect[3] === 0 && !dom.drawn(el) && dom.style(el).display !== "contents") return;

      let out = inside.out;
      if (!out && inside.rect && !empty) {
        const [px, py, pw, ph] = inside.rect;
        out = rect[0] < px - 1 || rect[1] < py - 1 || rect[0] + rect[2] > px + pw + 1 || rect[1] + rect[3] > py + ph + 1;
      }
      let clip = /** @type {Rect | null} */ (null);
      let visible = false;
      if (!empty) {
        let part = shared(rect, this.view);
        visible = part[2] >= 1 && part[3] >= 1;
        if (out) {
          const around = this.#clipFor(inside);
          part = shared(rect, around);
          if (part[2] < 1 || part[3] < 1) {
            clip = this.#freed(el, inside);
            // What is cut off hides what lies in it, all but what leaves the page's flow.
            if (!clip && around !== this.view) return;
            part = shared(rect, clip ?? around);
          }
          visible = part[2] >= 1 && part[3] >= 1;
        }
        if (!visible && !this.#reached.has(el)) return;
      }

      const marked = dom.hasAny(el) && dom.matches(el, secrets.MASK);
      const block = marked && dom.matches(el, secrets.BLOCK);
      /** @type {Inside} */
      const within = { el, rect: empty ? null : rect, up: inside, out: out && !clip, clip, parent: inside.parent, named: inside.named, pointer: inside.pointer, masked: inside.masked || marked, typed: inside.typed, drawing: inside.drawing };
      if (empty) within.rect = inside.rect;
      let deeper = true;
      if (visible) deeper = this.#look(el, tag, rect, within, block);
      if (!deeper || block || tag === "select") return;
      const shadow = dom.shadow(el);
      if (shadow) secrets.watch(shadow);
      const plain = !shadow && tag !== "slot";
      const row = plain ? dom.children(el) : null;
      if (row && row.count >= 4 * STRIDE && !this.whole) {
        const reached = [...this.#reached].filter((one) => dom.above(one) === el);
        this.#open.push({ ...row, next: 0, beyond: 0, reached: new Set(reached), inside: within });
      } else {
        const below = dom.below(el);
        if (below.length) this.#open.push({ count: below.length, at: (place) => below[place], next: 0, beyond: 0, reached: null, inside: within });
      }
    }

    /**
     * The next element to look at. Of a long row of siblings, those between two that lie beyond the same edge of the viewport
     * lie there too, but for what leaves the page's flow; and that is found as all things are that are drawn elsewhere.
     * @param {Row} row @returns {Element | null} null: there is none
     */
    #next(row) {
      while (row.next < row.count) {
        const place = row.next++;
        if (row.reached && place % STRIDE === 0) {
          const first = row.at(place);
          const last = row.at(Math.min(place + STRIDE, row.count - 1));
          const beyond = place ? row.beyond : this.#beyond(first);
          row.beyond = this.#beyond(last);
          if (beyond !== 0 && beyond === row.beyond) {
            row.next = place + STRIDE;
            continue;
          }
        }
        const el = row.at(place);
        if (!el) continue; // the page took some away meanwhile
        row.reached?.delete(el);
        return el;
      }
      for (const el of row.reached ?? []) {
        row.reached?.delete(el);
        return el;
      }
      return null;
    }

    /** Does it lie above the viewport (-1) or below it (1)? 0: neither, or nobody knows. @param {Element | null} el */
    #beyond(el) {
      if (!el) return 0;
      const [, y, w, h] = this.#rect(el);
      if (w < 1 || h < 1) return 0;
      return y + h < 0 ? -1 : y > this.view[3] ? 1 : 0;
    }

    /** Decides whether it is listed, and what of those in it. @param {Element} el @param {string} tag @param {Rect} rect @param {Inside} within @param {boolean} block */
    #look(el, tag, rect, within, block) {
      const role = names.role(el);
      const host = secrets.host(el);
      const control = CONTROLS.has(role) || host;
      let words = "";
      let listed = control || block || SOLID.has(tag) || (role !== "" && !(within.named && role === "img"));
      let whole = false;

      if (WHOLE.has(role)) whole = true;
      else if (!control && !within.named && !within.typed && !block) {
        words = names.ownWords(el);
        if (words) {
          listed = true;
          whole = folds(el);
          if (whole) words = names.words(el);
        }
      }
      if (!listed && (dom.has(el, "onclick") || dom.has(el, "tabindex") || dom.attr(el, "draggable") === "true")) listed = true;
      if (control) within.pointer = true;
      else {
        // Icons are often nothing but a picture behind an empty element, and what was set to listen to them can't be seen.
        const childless = !within.named && !listed && !dom.first(el);
        if (childless || !within.pointer) {
          const style = dom.style(el);
          if (style.cursor === "pointer" && !within.pointer) within.pointer = listed = true;
          else if (childless) listed = within.drawing ? SHAPES.has(tag) : dom.has(el, "id") || painted(style);
        }
        if (tag === "svg" && !within.named) {
          listed ||= rect[2] >= MOST_ICON || !dom.all(el, "*").length;
          within.drawing = rect[2] >= MOST_ICON;
        }
      }
      if (this.whole && !listed && alike(el)) return this.#add(el, tag, "group", rect, within, "", false, false, false);
      if (!listed) return true;
      if (!dom.drawn(el, SEEN)) return !(Number(dom.style(el).opacity) === 0 && !dom.has(el, "tabindex") && !control) && this.#hidden(el, tag, role, rect, within);
      return this.#add(el, tag, role, rect, within, words, whole, host, block);
    }

    /**
     * A transparent checkbox, radio or file field over its drawing can still be pressed; other invisible things can't.
     * @param {Element} el @param {string} tag @param {string} role @param {Rect} rect  @param {Inside} within
     */
    #hidden(el, tag, role, rect, within) {
      if (tag === "input" && dom.drawn(el, { visibilityProperty: true }) && Number(dom.style(el).opacity) === 0) {
        return this.#add(el, tag, role, rect, within, "", false, false, false);
      }
      return true;
    }

    /** @param {Element} el @param {string} tag @param {string} role @param {Rect} rect @param {Inside} within @param {string} words @param {boolean} whole @param {boolean} host @param {boolean} block */
    #add(el, tag, role, rect, within, words, whole, host, block) {
      const secret = CONTROLS.has(role) || host || tag === "input" ? secrets.secret(el) : false;
      const masked = within.masked;
      let name = "";
      if (!masked && !within.typed) {
        if (words) name = words;
        else if (CONTROLS.has(role) || host || whole || names.named(el) || NAMED.has(tag)) name = names.name(el, role);
      }
      const states = traits.states(el, tag, role, secret);
      if (!this.whole && !name && !masked && !within.typed && !host && !block && SIGNS.has(role) && !SOLID.has(tag) && tag !== "input") {
        name = dom.text(el).trim() ? "" : hints.words(el, role !== "");
        if (name) states.push("unnamed");
      }
      /** @type {Listed} */
      const told = {
        node: traits.number(el), parent: within.parent, role: role || (words ? "text" : ""), tag: tag.slice(0, 64), name,
        states, box: this.#box(el, tag, rect), holds: secret || masked ? "" : traits.holds(el, tag, role), secret, masked,
      };
      this.nodes.push(told);
      within.parent = this.nodes.length - 1;
      if (tag === "select" && !secret) this.#options(/** @type {HTMLSelectElement} */ (el), within, told);
      if (host || role === "textbox" || role === "searchbox") within.typed = true;
      // A name that was cut does not say all there is to read.
      if (whole && name && name.length < names.MOST - 20) within.named = true;
      return !block && !SOLID.has(tag) && !(words && whole);
    }

    /** A closed list shows its options to nobody, but a person can choose from them. @param {HTMLSelectElement} select @param {Inside} within @param {Listed} told */
    #options(select, within, told) {
      const { options } = select;
      for (let i = 0; i < options.length; i++) {
        const option = options[i];
        if ((i >= MOST_OPTIONS && !this.whole) || this.nodes.length >= this.budget) {
          this.more += options.length - i;
          return;
        }
        const own = this.#rect(option);
        this.nodes.push({
          node: traits.number(option), parent: within.parent, role: "option", tag: "option", name: told.masked ? "" : names.short(option.label),
          states: traits.states(option, "option", "option", false), box: own[2] >= 1 && own[3] >= 1 ? whole(own) : told.box, holds: "", secret: false,
          masked: told.masked,
        });
      }
    }

    /** Where it can be pressed: a link over two lines is in neither line's middle. @param {Element} el @param {string} tag @param {Rect} rect @returns {Rect} */
    #box(el, tag, rect) {
      if (INLINE.has(tag)) {
        const lines = dom.rects(el);
        for (let i = 0; lines.length > 1 && i < lines.length && i < 20; i++) {
          const { x, y, width, height } = lines[i];
          if (width >= 1 && height >= 1) return whole([x + this.moved[0], y + this.moved[1], width, height]);
        }
      }
      return whole(rect);
    }

    /** Without parents that turned out to hold nothing and to be called nothing. @returns {List} */
    done() {
      const { nodes } = this;
      const kept = new Uint8Array(nodes.length);
      for (let i = nodes.length - 1; i >= 0; i--) {
        const { role, name, tag, parent, masked } = nodes[i];
        if (!kept[i] && !(name || masked || !EMPTY.has(role) || SOLID.has(tag))) continue;
        kept[i] = 1;
        if (parent >= 0) kept[parent] = 1;
      }
      const places = new Int32Array(nodes.length).fill(-1);
      /** @type {Listed[]} */
      const left = [];
      for (let i = 0; i < nodes.length; i++) {
        if (!kept[i]) continue;
        places[i] = left.length;
        left.push(nodes[i]);
        if (nodes[i].parent >= 0) nodes[i].parent = places[nodes[i].parent];
      }
      return { nodes: left, more: this.more };
    }
  }

  /** Tags that give a name in their own way. */
  const NAMED = new Set("img svg fieldset table figure".split(" "));
  /** Roles of what may be nothing but a sign. */
  const SIGNS = new Set(["", "button", "img", "link", "menuitem", "switch", "tab"]);
  /** Roles that are worth nothing without a name or something in them. */
  const EMPTY = new Set((
    "article banner complementary contentinfo document feed figure form grid group list listitem main menu menubar navigation note " +
    "paragraph radiogroup region row rowgroup search table tablist tabpanel toolbar tree treegrid"
  ).split(" "));

  /** @param {Rect} rect @returns {Rect} */
  const whole = ([x, y, w, h]) => [Math.round(x), Math.round(y), Math.round(w), Math.round(h)];

  /** Does something of it show without words, or is it there to be dragged? @param {CSSStyleDeclaration} style */
  function painted(style) {
    const { backgroundColor, backgroundImage } = style;
    if ((backgroundColor !== "rgba(0, 0, 0, 0)" && backgroundColor !== "transparent") || backgroundImage !== "none") return true;
    if (style.borderTopWidth !== "0px" || style.borderBottomWidth !== "0px" || style.borderLeftWidth !== "0px" || style.maskImage !== "none") return true;
    return style.content.includes("url(") || /resize|grab|move|crosshair/.test(style.cursor);
  }

  /** Is it one of several of a kind, with more in it than words: a card, a line of a form? @param {Element} el */
  function alike(el) {
    const kind = dom.attr(el, "class");
    return dom.first(el) !== null && [dom.next(el), dom.before(el)].some((one) => one && dom.tag(one) === dom.tag(el) && dom.attr(one, "class") === kind);
  }

  /** Is all in it one text, with nothing but marks of style? @param {Element} el */
  function folds(el) {
    let cursor = "";
    for (let at = dom.first(el), seen = 0; at; at = dom.next(at)) {
      if (++seen > 50 || !FOLDED.has(dom.tag(at)) || dom.hasAny(at) || dom.first(at)) return false;
      cursor ||= dom.style(el).cursor;
      if (dom.tag(at) !== "br" && dom.style(at).cursor !== cursor) return false;
    }
    return true;
  }

  return { Walk };
})();
