/**
 * Elements by the selectors that were kept of them: for hands that do a program's steps, and for those that do an
 * episode's (`finding.js`).
 *
 * Rules of this file: it needs no other. What is asked for in words (`aria/`, `text/`) is not answered here, as whoever
 * asks knows that better. What can't be read leads nowhere.
 */
const ways = (() => {
  const MOST = 20;

  /** A page's form may be called as the document's own functions are. @param {Document | DocumentFragment} root @param {string} css @returns {Element[]} */
  function all(root, css) {
    const kind = root instanceof Document ? Document : DocumentFragment;
    try {
      return [...kind.prototype.querySelectorAll.call(root, css)];
    } catch {
      return [];
    }
  }

  /** @param {string} path @returns {Element[]} */
  function byPath(path) {
    try {
      const made = Document.prototype.evaluate.call(document, path, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
      const found = Array.from({ length: Math.min(made.snapshotLength, MOST) }, (_, at) => made.snapshotItem(at));
      return /** @type {Element[]} */ (found.filter((one) => one?.nodeType === Node.ELEMENT_NODE));
    } catch {
      return [];
    }
  }

  /** Through open shadow trees, one part each. @param {string[]} parts @returns {Element[]} */
  function pierced(parts) {
    let found = all(document, parts[0]);
    for (const part of parts.slice(1)) {
      found = found.flatMap((one) => (one.shadowRoot ? all(one.shadowRoot, part) : []));
    }
    return found;
  }

  /** @param {string} selector @returns {Element[]} */
  function find(selector) {
    if (/^(?:aria|text)\//.test(selector)) return [];
    if (selector.startsWith("xpath/")) return byPath(selector.slice(6));
    return (selector.startsWith("pierce/") ? pierced(selector.slice(7).split(" >>> ")) : all(document, selector)).slice(0, MOST);
  }

  return { all, find };
})();
