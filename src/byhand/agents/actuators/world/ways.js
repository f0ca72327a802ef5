/**
 * Elements by the selectors that were kept of them.
 *
 * Rules of this file: what is asked for in words (`aria/`, `text/`) is not answered here, as whoever has the list knows
 * that better. What can't be read leads nowhere.
 */
const ways = (() => {
  const MOST = 20;

  /** @param {Node} root @param {string} css @returns {Element[]} */
  function all(root, css) {
    try {
      return [...dom.all(root, css)];
    } catch {
      return [];
    }
  }

  /** @param {string} path @returns {Element[]} */
  function byPath(path) {
    try {
      const made = document.evaluate(path, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
      return Array.from({ length: Math.min(made.snapshotLength, MOST) }, (_, at) => made.snapshotItem(at)).filter((one) => dom.isElement(one));
    } catch {
      return [];
    }
  }

  /** Through open shadow trees, one part each. @param {string[]} parts @returns {Element[]} */
  function pierced(parts) {
    let found = all(document, parts[0]);
    for (const part of parts.slice(1)) {
      found = found.flatMap((one) => {
        const shadow = dom.shadow(one);
        return shadow ? all(shadow, part) : [];
      });
    }
    return found;
  }

  /** @param {string} selector @returns {Element[]} */
  function find(selector) {
    if (/^(?:aria|text)\//.test(selector)) return [];
    if (selector.startsWith("xpath/")) return byPath(selector.slice(6));
    return (selector.startsWith("pierce/") ? pierced(selector.slice(7).split(" >>> ")) : all(document, selector)).slice(0, MOST);
  }

  return { find };
})();
