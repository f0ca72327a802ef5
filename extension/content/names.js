/**
 * What an element is and what it is called.
 *
 * Rules of this file: roles are ARIA's, or "". A name is what the page's author or its words say, computed as the accname
 * standard does (accname.js), and never what a person has written: no value, no text of something editable, nothing the
 * page wants hidden. White space is collapsed, 300 characters are the most, and a name takes bounded time whatever the
 * page is made of. Words that CSS adds (`::before`) are left out: mostly they are pictures of an icon font.
 */
const names = (() => {
  const MOST = 300;
  const MOST_GIVEN = 4000;
  const MOST_NODES = 400;

  const ROLES = new Set((
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary " +
    "contentinfo definition deletion dialog directory document emphasis feed figure form grid gridcell group heading image img " +
    "insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter " +
    "navigation note option paragraph progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox " +
    "separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox " +
    "time timer toolbar tooltip tree treegrid treeitem generic none presentation"
  ).split(" "));
  /** Tags that mean a role by themselves; all others have one only if they say so. */
  const TAGS = new Set((
    "a area article aside button datalist dd details dialog dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr img input " +
    "li main math menu meter nav ol optgroup option output progress search section select summary svg table tbody td textarea " +
    "tfoot th thead tr ul"
  ).split(" "));
  /** @type {Record<string, string>} */
  const INPUTS = {
    button: "button", image: "button", reset: "button", submit: "button", color: "button", file: "button", checkbox: "checkbox",
    radio: "radio", range: "slider", number: "spinbutton", search: "searchbox", hidden: "",
  };
  const FROM_CONTENT = new Set((
    "button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio rowheader " +
    "switch tab tooltip treeitem"
  ).split(" "));
  const SECTIONS = "article,aside,main,nav,section,[role=article],[role=complementary],[role=main],[role=navigation],[role=region]";
  const FIELD = /^(?:input|select|textarea|button|meter|output|progress)$/;
  const LONG = ["aria-label", "title", "alt", "aria-labelledby", "placeholder"];

  /** A bounded name could not be had from the whole. */
  const TOO_MUCH = { name: "too much" };
  let left = 0;
  /** @type {Element | null} */
  let own = null;
  /** Is what stands in `own` written by a person? */
  let written = false;
  /** May its name come from elsewhere in the page? */
  let far = false;

  const options = {
    /** @param {Element} el */
    getComputedStyle: (el) => dom.style(el),
    computedStyleSupportsPseudoElements: false,
    /** @param {Node} node */
    children: (node) => dom.nodesBelow(node, MOST_NODES + 1),
    /** @param {Element} node */
    labels: (node) => dom.labels(node),
    /** What is no part of a name. @param {Node} node */
    skip(node) {
      if (--left < 0) throw TOO_MUCH;
      if (written && own && node !== own && dom.contains(own, node)) return true;
      if (dom.isText(node)) {
        left -= dom.length(node) >> 6;
        return false;
      }
      if (!dom.isElement(node) || node === own) return false;
      if (dom.attr(node, "aria-label").length > MOST_GIVEN || dom.attr(node, "title").length > MOST_GIVEN) throw TOO_MUCH;
      return hidden(node) || (far && secrets.masked(node));
    },
  };

  /** Is it written by a person, or wished to be hidden? @param {Element} el */
  function hidden(el) {
    const tag = dom.tag(el);
    if (tag === "textarea" || tag === "script" || tag === "style" || tag === "template") return true;
    if (secrets.host(el) || dom.matches(el, secrets.MASK)) return true;
    return dom.has(el, "role") && /^\s*(?:textbox|searchbox)\b/.test(dom.attr(el, "role").slice(0, 100));
  }

  /** @param {string} text @returns {string} one line, at most 300 characters, whole ones */
  function short(text) {
    const line = (text.length > MOST_GIVEN ? text.slice(0, MOST_GIVEN) : text).replace(/\s+/g, " ").trim();
    // Half a character would make the message unreadable for the recorder.
    return (line.length > MOST ? line.slice(0, MOST) : line).replace(/\p{Cs}/gu, "").trimEnd();
  }

  /** Has the author named it? @param {Element} el */
  const named = (el) => dom.has(el, "aria-label") || dom.has(el, "aria-labelledby") || dom.has(el, "title");

  /** @param {Element} el @returns {string} */
  function role(el) {
    const tag = dom.tag(el);
    if (dom.has(el, "role")) {
      for (const token of dom.attr(el, "role").slice(0, 200).trim().toLowerCase().split(/\s+/)) {
        if (!ROLES.has(token)) continue;
        if (token === "generic") return "";
        if (token === "image") return "img";
        if (token !== "none" && token !== "presentation") return token;
        // What can be reached by the keyboard, or has a name, is not only there for its looks.
        return named(el) || dom.has(el, "tabindex") ? implied(el, tag) : "";
      }
    }
    return TAGS.has(tag) || dom.has(el, "contenteditable") ? implied(el, tag) : "";
  }

  /** @param {Element} el @param {string} tag @returns {string} */
  function implied(el, tag) {
    switch (tag) {
      case "input": {
        const type = /** @type {HTMLInputElement} */ (el).type;
        if (type in INPUTS) return INPUTS[type];
        return dom.has(el, "list") ? "combobox" : "textbox";
      }
      case "a":
      case "area":
        return dom.has(el, "href") || dom.attr(el, "xlink:href") ? "link" : "";
      case "form":
      case "search":
        return tag;
      case "section":
        return named(el) ? "region" : "";
      case "header":
      case "footer":
        return dom.closest(el, SECTIONS) ? "" : tag === "header" ? "banner" : "contentinfo";
      case "svg":
        return named(el) || svgTitle(el) ? "img" : "";
      case "meter":
        return "meter";
      case "td":
        return /^(?:grid|treegrid)$/.test(dom.attr(dom.closest(el, "table") ?? el, "role")) ? "gridcell" : "cell";
      case "th": {
        const scope = dom.attr(el, "scope").toLowerCase();
        if (scope) return scope.startsWith("row") ? "rowheader" : "columnheader";
        const beside = dom.next(el) ?? dom.before(el);
        return beside && dom.tag(beside) === "td" ? "rowheader" : "columnheader";
      }
    }
    if (secrets.host(el)) return "textbox";
    const found = TAGS.has(tag) ? accname.getRole(asked(el, tag)) : null;
    return found && ROLES.has(found) && found !== "presentation" ? found : "";
  }

  /** What the library asks of an element, without its role, which was looked at, and read safely. @param {Element} el @param {string} tag */
  const asked = (el, tag) => ({
    localName: tag, size: tag === "select" ? /** @type {HTMLSelectElement} */ (el).size : 0,
    /** @param {string} name */
    getAttribute: (name) => (name === "role" ? null : dom.attrOrNull(el, name)),
    /** @param {string} name */
    hasAttribute: (name) => name !== "role" && dom.has(el, name),
  });

  /** @param {Element} svg @returns {Element | null} */
  function svgTitle(svg) {
    const first = dom.first(svg);
    return first && dom.tag(first) === "title" ? first : null;
  }

  /** @param {Element} el @param {string} is its role @returns {string} */
  function name(el, is = role(el)) {
    // A row of a table is called nothing: all its cells together are no name, and may be anybody's data.
    if (is === "row" && !named(el)) return "";
    written = FROM_CONTENT.has(is) && dom.editable(el);
    const simple = written ? null : simply(el, is);
    if (simple !== null) return simple;
    // A form answers by its fields' names, so the library can't ask it; some attributes are too much for it.
    if (dom.tag(el) !== "form" && !LONG.some((name) => dom.attr(el, name).length > MOST_GIVEN)) {
      left = MOST_NODES;
      own = el;
      far = FIELD.test(dom.tag(el)) || dom.has(el, "aria-labelledby");
      try {
        return short(accname.computeAccessibleName(el, options)) || short(dom.attr(el, "placeholder") || dom.attr(el, "aria-placeholder"));
      } catch {
        // Too much, or a page that broke what the library uses.
      } finally {
        own = null;
      }
    }
    const content = FROM_CONTENT.has(is) && !written ? words(el) : "";
    return short(dom.attr(el, "aria-label")) || content || short(dom.attr(el, "alt") || dom.attr(el, "title"));
  }

  /** What the library would say too, of the plain cases: a label of its own, or nothing but words. @param {Element} el @param {string} is */
  function simply(el, is) {
    if (dom.has(el, "aria-labelledby") || dom.has(el, "hidden") || dom.attr(el, "aria-hidden") === "true") return null;
    const tag = dom.tag(el);
    const label = dom.attr(el, "aria-label");
    if (label && label.length <= MOST_GIVEN && tag !== "form") return is && label.trim() ? short(label) : null;
    if (!FROM_CONTENT.has(is) || dom.first(el) || tag === "input" || tag === "option" || secrets.host(el) || dom.shadow(el) || tag === "slot") return null;
    if (tag === "button" && dom.labels(el).length) return null;
    const text = ownWords(el);
    return text || null;
  }

  /** The words directly in it. @param {Element} el @returns {string} */
  function ownWords(el) {
    let text = "";
    let seen = 0;
    for (let at = dom.firstNode(el); at && seen < MOST_NODES && text.length < MOST_GIVEN; at = dom.nextNode(at), seen++) {
      if (dom.isText(at)) text += dom.letters(at, MOST_GIVEN);
      else if (text && !/\s$/.test(text)) text += " ";
    }
    return short(text);
  }

  /** The first words in it, at any depth, without what is written there by a person. @param {Element} el @returns {string} */
  function words(el) {
    let text = "";
    if (secrets.host(el)) return text;
    /** @type {Node[]} */
    const open = dom.nodesBelow(el, MOST_NODES).reverse();
    for (let seen = 0; open.length && seen < MOST_NODES && text.length < MOST; seen++) {
      const at = /** @type {Node} */ (open.pop());
      if (dom.isText(at)) text += dom.letters(at, MOST_GIVEN);
      else if (dom.isElement(at) && !hidden(at) && dom.tag(at) !== "select") {
        text += " ";
        open.push(...dom.nodesBelow(at, MOST_NODES).reverse());
      }
    }
    return short(text);
  }

  return { MOST, role, name, words, ownWords, short, named };
})();
