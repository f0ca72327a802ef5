/**
 * The page's tree, read safely and without regard to shadow trees.
 *
 * Rules of this file: a form or a document answers `form.id`, `form.parentNode`, `document.getElementById` with a field
 * of that name, in every world; so nothing of a node is read by name. All goes through the prototypes' own getters, taken
 * when this file is first run and called without looking up `call`. No `chrome.*` here: it works in any page's world.
 */
const dom = (() => {
  /** Makes `get(node)` of a getter or `act(node, ...)` of a method. @type {(from: Function) => (...given: any[]) => any} */
  const free = Function.prototype.bind.bind(Function.prototype.call);
  /** @param {any} proto @param {string} name */
  const get = (proto, name) => free(/** @type {Function} */ (Object.getOwnPropertyDescriptor(proto, name)?.get));

  const [node, element, doc, html] = [Node.prototype, Element.prototype, Document.prototype, HTMLElement.prototype];
  /** @type {(of: Node) => number} */
  const kind = get(node, "nodeType");
  /** @type {(of: Node) => Element | null} */
  const parentElement = get(node, "parentElement");
  /** @type {(of: Node) => Node | null} */
  const parentNode = get(node, "parentNode");
  /** @type {(of: Node) => Node | null} */
  const firstNode = get(node, "firstChild");
  /** @type {(of: Node) => Node | null} */
  const nextNode = get(node, "nextSibling");
  /** @type {(of: Node) => string} */
  const textContent = get(node, "textContent");
  /** @type {(of: Node) => boolean} */
  const connected = get(node, "isConnected");
  /** @type {(of: Node) => Document | null} */
  const owner = get(node, "ownerDocument");
  /** @type {(of: Node) => Node} */
  const root = free(node.getRootNode);
  /** @type {(of: Node, other: Node) => boolean} */
  const contains = free(node.contains);
  /** @type {(of: Node, other: Node) => number} */
  const position = free(node.compareDocumentPosition);
  /** @type {(of: Text) => string} */
  const data = get(CharacterData.prototype, "data");
  /** @type {(of: Text) => number} */
  const dataLength = get(CharacterData.prototype, "length");

  /** @type {(of: Element) => string} */
  const localName = get(element, "localName");
  /** @type {(of: Element) => Element | null} */
  const first = get(element, "firstElementChild");
  /** @type {(of: DocumentFragment) => Element | null} */
  const firstInFragment = get(DocumentFragment.prototype, "firstElementChild");
  /** @type {(of: Element) => HTMLCollection} */
  const children = get(element, "children");
  /** @type {(of: HTMLCollection, place: number) => Element | null} */
  const item = free(HTMLCollection.prototype.item);
  /** @type {(of: Element) => Element | null} */
  const next = get(element, "nextElementSibling");
  /** @type {(of: Element) => Element | null} */
  const before = get(element, "previousElementSibling");
  /** @type {(of: Element) => number} */
  const childCount = get(element, "childElementCount");
  /** @type {(of: Element) => HTMLSlotElement | null} */
  const slotOf = get(element, "assignedSlot");
  /** @type {(of: Element) => ShadowRoot | null} */
  const openShadow = get(element, "shadowRoot");
  /** @type {(of: Element, name: string) => string | null} */
  const attribute = free(element.getAttribute);
  /** @type {(of: Element, name: string) => boolean} */
  const has = free(element.hasAttribute);
  /** @type {(of: Element) => boolean} */
  const hasAny = free(element.hasAttributes);
  /** @type {(of: Element, selector: string) => boolean} */
  const matches = free(element.matches);
  /** @type {(of: Element, selector: string) => Element | null} */
  const closest = free(element.closest);
  /** @type {(of: Element) => DOMRect} */
  const rect = free(element.getBoundingClientRect);
  /** @type {(of: Element) => DOMRectList} */
  const rects = free(element.getClientRects);
  /** @type {(of: Element, how?: object) => boolean} */
  const drawn = free(element.checkVisibility);
  /** @type {(of: Element) => boolean} */
  const editable = get(html, "isContentEditable");
  /** @type {(of: HTMLSlotElement, how?: object) => Element[]} */
  const assigned = free(HTMLSlotElement.prototype.assignedElements);
  /** @type {(of: HTMLSlotElement) => Node[]} */
  const assignedNodes = free(HTMLSlotElement.prototype.assignedNodes);
  /** @type {(of: HTMLLabelElement) => Element | null} */
  const control = get(HTMLLabelElement.prototype, "control");
  /** @type {(of: ShadowRoot) => Element} */
  const host = get(ShadowRoot.prototype, "host");

  /** @type {(of: Document, selector: string) => NodeListOf<Element>} */
  const allInDocument = free(doc.querySelectorAll);
  /** @type {(of: DocumentFragment, selector: string) => NodeListOf<Element>} */
  const allInFragment = free(DocumentFragment.prototype.querySelectorAll);
  /** @type {(of: Element, selector: string) => NodeListOf<Element>} */
  const allInElement = free(element.querySelectorAll);
  /** @type {(of: Document, id: string) => Element | null} */
  const idInDocument = free(doc.getElementById);
  /** @type {(of: DocumentFragment, id: string) => Element | null} */
  const idInFragment = free(DocumentFragment.prototype.getElementById);
  /** @type {(of: Document) => Element | null} */
  const activeInDocument = get(doc, "activeElement");
  /** @type {(of: ShadowRoot) => Element | null} */
  const activeInShadow = get(ShadowRoot.prototype, "activeElement");
  /** @type {(of: Document, tag: string) => HTMLCollectionOf<Element>} */
  const byTag = free(doc.getElementsByTagName);
  /** @type {(of: Document) => Element | null} */
  const documentElement = get(doc, "documentElement");
  /** @type {(of: Document, x: number, y: number) => Element | null} */
  const at = free(doc.elementFromPoint);
  const styles = window.getComputedStyle.bind(window);

  const [ELEMENT, TEXT, DOCUMENT, FRAGMENT] = [1, 3, 9, 11];
  /** Besides those with a name of their own (with a hyphen), only these can have a shadow tree: DOM standard, attachShadow. */
  const HOSTS = new Set("article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(" "));

  const LABELLED = new Set("button input meter output progress select textarea".split(" "));
  /** Labels of a document by what they are for, as long as it has that many. @type {WeakMap<Node, {many: number, found: Map<string, Element[]>}>} */
  const indexed = new WeakMap();

  const later = window.queueMicrotask.bind(window);
  /** @type {Map<string, Map<Node, any>>} */
  const once = new Map();

  /**
   * Worked out once for all that runs now: until that has ended, no script of the page can have changed anything.
   * @template T @param {string} what @param {Node} of @param {() => T} make @returns {T}
   */
  function now(what, of, make) {
    if (!once.size) later(() => once.clear());
    const known = once.get(what) ?? new Map();
    once.set(what, known);
    if (!known.has(of)) known.set(of, make());
    return known.get(of);
  }

  /**
   * Labels that say they are for this id. Asking the browser, by `labels`, costs a walk through the whole page for each
   * control. So all are gone through once; what is found there is proven, and what is not is searched for. In shadow trees
   * nobody counts labels, but they are small.
   * @param {Node} of @param {string} id @returns {Element[]}
   */
  function aimed(of, id) {
    const found = index(of)?.get(id);
    return found?.some((label) => is(label, of, id)) ? found : [...safe.all(of, `label[for="${CSS.escape(id)}"]`)];
  }

  /** @param {Node} of @returns {Map<string, Element[]> | undefined} */
  function index(of) {
    const many = safe.count(of, "label");
    let known = indexed.get(of);
    if (many && (!known || known.many !== many)) {
      known = { many, found: new Map() };
      for (const label of safe.all(of, "label[for]")) {
        const target = safe.attr(label, "for");
        const others = known.found.get(target);
        if (others) others.push(label);
        else known.found.set(target, [label]);
      }
      indexed.set(of, known);
    }
    return known?.found;
  }

  /** Is it still one, and there? @param {Element} label @param {Node} of @param {string} id */
  const is = (label, of, id) => root(label) === of && safe.attr(label, "for") === id;

  const safe = {
    get, free, contains, host, at, first, next, before, childCount, has, hasAny, rect, rects, drawn, connected, parentElement, parentNode,
    firstNode, nextNode, closest, matches, root, slotOf, documentElement, now,

    /** Set by the extension where closed shadow roots may be opened. @type {((of: Element) => ShadowRoot | null) | null} */
    openShadow: null,

    /** @param {Node | null} of @returns {of is Element} */
    isElement: (of) => of !== null && kind(of) === ELEMENT,
    /** @param {Node} of @returns {of is Text} */
    isText: (of) => kind(of) === TEXT,
    /** @param {Node | null} of @returns {of is ShadowRoot} */
    isShadow: (of) => of !== null && kind(of) === FRAGMENT && of instanceof ShadowRoot,

    /** In lower case; "" for an attribute that is not there. @param {Element} of */
    tag: (of) => localName(of),
    /** @param {Element} of @param {string} name */
    attr: (of, name) => attribute(of, name) ?? "",
    /** @param {Element} of @param {string} name @returns {string | null} */
    attrOrNull: (of, name) => attribute(of, name),
    /** @param {Element} of */
    style: (of) => styles(of),
    /** @param {Node} of the whole text below it */
    text: (of) => textContent(of) ?? "",
    /** The first letters of a text node. @param {Text} of @param {number} most */
    letters: (of, most) => (dataLength(of) > most ? data(of).slice(0, most) : data(of)),
    /** @param {Text} of */
    length: (of) => dataLength(of),
    /** @param {Element} of can a person write in it, or in what it lies in? */
    editable: (of) => of instanceof HTMLElement && editable(of),

    /** @param {Element} of @returns {ShadowRoot | null} */
    shadow(of) {
      const open = openShadow(of);
      if (open || !safe.openShadow) return open;
      const tag = localName(of);
      if (!tag.includes("-") && (first(of) || !HOSTS.has(tag))) return open;
      try {
        return safe.openShadow(of);
      } catch {
        return null; // not something that can have one
      }
    },

    /** Go through all labels of a document now, because many controls will be asked for theirs. @param {Document} of */
    indexLabels: (of) => void index(of),

    /**
     * The labels of a control, in order.
     * @param {Element} of @returns {Element[]}
     */
    labels(of) {
      if (!LABELLED.has(localName(of))) return [];
      /** @type {Set<Element>} */
      const found = new Set();
      const names = /** @param {Element} label */ (label) => label instanceof HTMLLabelElement && control(label) === of;
      for (let at = closest(of, "label"); at; at = closest(at, "label")) {
        if (names(at)) found.add(at);
        const outer = parentElement(at);
        if (!outer) break;
        at = outer;
      }
      const id = attribute(of, "id");
      const top = id ? root(of) : null;
      if (id && top && kind(top) !== ELEMENT) for (const label of aimed(top, id)) if (names(label)) found.add(label);
      const labels = [...found];
      return labels.length > 1 ? labels.sort((one, other) => (position(one, other) & 4 ? -1 : 1)) : labels;
    },

    /** What it is drawn in: its slot, its parent, or the host of its shadow root. @param {Node} of @returns {Element | null} */
    above(of) {
      const slot = kind(of) === ELEMENT ? slotOf(/** @type {Element} */ (of)) : null;
      if (slot) return slot;
      const parent = parentNode(of);
      if (parent === null) return null;
      if (kind(parent) === ELEMENT) return /** @type {Element} */ (parent);
      return safe.isShadow(parent) ? host(parent) : null;
    },

    /** Its own element children, without touching any of them. @param {Element} of @returns {{count: number, at: (place: number) => Element | null}} */
    children(of) {
      const all = children(of);
      return { count: childCount(of), at: (place) => item(all, place) };
    },

    /** Elements drawn in it, in order. @param {Element} of @returns {Element[]} */
    below(of) {
      const shadow = safe.shadow(of);
      if (!shadow && localName(of) === "slot") {
        const given = assigned(/** @type {HTMLSlotElement} */ (of));
        if (given.length) return given;
      }
      /** @type {Element[]} */
      const found = [];
      for (let at = shadow ? firstInFragment(shadow) : first(of); at; at = next(at)) found.push(at);
      return found;
    },

    /** Nodes drawn in it, texts too, no more than `most`. @param {Node} of @param {number} most @returns {Node[]} */
    nodesBelow(of, most) {
      const shadow = kind(of) === ELEMENT ? safe.shadow(/** @type {Element} */ (of)) : null;
      if (!shadow && kind(of) === ELEMENT && localName(/** @type {Element} */ (of)) === "slot") {
        const given = assignedNodes(/** @type {HTMLSlotElement} */ (of));
        if (given.length) return given.slice(0, most);
      }
      /** @type {Node[]} */
      const found = [];
      for (let at = firstNode(shadow ?? of); at && found.length < most; at = nextNode(at)) found.push(at);
      return found;
    },

    /** @param {Node} of @returns {Document} */
    document: (of) => (kind(of) === DOCUMENT ? /** @type {Document} */ (of) : (owner(of) ?? document)),

    /** All matches in one root, in order. @param {Node} of a document, a shadow root or an element @param {string} selector */
    all(of, selector) {
      if (kind(of) === DOCUMENT) return allInDocument(/** @type {Document} */ (of), selector);
      if (kind(of) === FRAGMENT) return allInFragment(/** @type {DocumentFragment} */ (of), selector);
      return allInElement(/** @type {Element} */ (of), selector);
    },

    /** How many there are of a tag; 0 in a shadow tree, which doesn't count. @param {Node} of @param {string} tag @returns {number} */
    count: (of, tag) => (kind(of) === DOCUMENT ? byTag(/** @type {Document} */ (of), tag).length : 0),

    /** @param {Node} of a document or a shadow root @param {string} id @returns {Element | null} */
    byId(of, id) {
      if (kind(of) === DOCUMENT) return idInDocument(/** @type {Document} */ (of), id);
      return kind(of) === FRAGMENT ? idInFragment(/** @type {DocumentFragment} */ (of), id) : null;
    },

    /** Has it the keyboard, in its own root? @param {Element} of */
    active(of) {
      const top = root(of);
      if (kind(top) === DOCUMENT) return activeInDocument(/** @type {Document} */ (top)) === of;
      return safe.isShadow(top) && activeInShadow(top) === of;
    },
  };
  return safe;
})();
