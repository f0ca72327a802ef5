/**
 * What the author of a page calls a thing that says nothing: a star, a bin, three dots.
 *
 * Rules of this file: only for what has no name at all, and only words: of the file of its picture, of its classes, of
 * its id, and of the same in what a control is made of. Marks that a program made, and words that say how it looks or
 * that it can be pressed, are left out. Nothing a person wrote is looked at.
 */
const hints = (() => {
  const MOST_WORDS = 3;
  const MOST_PARTS = 8;
  const WORD = /^(?:[a-z]{3,20}|up|in|on|go|ok)$/;
  const VOWEL = /[aeiouy]/;
  /** Words of style and of libraries of icons, which tell nothing of what a thing does. */
  const EMPTY = new Set((
    "icon icons ico icn fa fas far fal fab fad fw lg xs sm md xl bi mdi mat material glyphicon glyph octicon feather lucide sprite svg img image " +
    "picture pic btn button link item cell box wrap wrapper container inner outer content holder root base main default primary secondary " +
    "tertiary outline outlined filled solid regular light dark small large medium big tiny active inactive hover hovered focus focused " +
    "focusable visible hidden show shown disabled enabled clickable click pointer cursor flex grid row col column block inline absolute " +
    "relative text ui js css ng mui ant chakra rounded circle square round border shadow bg no none the"
  ).split(" "));
  const PICTURES = new Set(["svg", "img", "i", "span", "use", "b", "em", "div"]);

  /** @param {string} from @param {string[]} found */
  function add(from, found) {
    for (const token of from.slice(0, 300).trim().split(/\s+/)) {
      // A token with a number amid its letters was made by a program: css-1x2y3z.
      if (/[a-z]\d+[a-z]/i.test(token)) continue;
      const parts = token.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z]+/);
      for (const part of parts) {
        if (found.length < MOST_WORDS && WORD.test(part) && VOWEL.test(part) && !EMPTY.has(part) && !found.includes(part)) found.push(part);
      }
    }
  }

  /** A file's own name: the last part of an address, without its ending. @param {string} address */
  const file = (address) => /^data:|^blob:/i.test(address) ? "" : /([^/#?]{1,60}?)(\.[a-z]{2,4})?(\?[^#]*)?$/i.exec(address.slice(-300))?.[1] ?? "";

  /** @param {Element} el @param {string[]} found */
  function of(el, found) {
    const tag = dom.tag(el);
    if (tag === "img") add(file(dom.attr(el, "src")), found);
    if (tag === "use") add(file(dom.attr(el, "href") || dom.attr(el, "xlink:href")), found);
    add(dom.attr(el, "data-icon"), found);
    add(dom.attr(el, "class"), found);
    add(dom.attr(el, "id"), found);
  }

  return {
    /** Up to three words; "" where nothing is said. @param {Element} el @param {boolean} whole what it is made of counts too: of a control */
    words(el, whole) {
      /** @type {string[]} */
      const found = [];
      of(el, found);
      const parts = whole ? [...dom.below(el)] : [];
      for (let seen = 0; parts.length && seen < MOST_PARTS && found.length < MOST_WORDS; seen++) {
        const part = /** @type {Element} */ (parts.shift());
        if (!PICTURES.has(dom.tag(part))) continue;
        of(part, found);
        parts.push(...dom.below(part));
      }
      return found.join(" ");
    },
  };
})();
