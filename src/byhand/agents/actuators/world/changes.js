/**
 * Whether the page has changed, and waiting until it does.
 *
 * Rules of this file: nothing here polls. What can't be seen from outside (a field that a script has set) is not told, so
 * nobody waits for long at once.
 */
const changes = (() => {
  let turn = 0;
  let leaving = 0;
  /** @type {Set<() => void>} */
  const waiting = new Set();
  /** @type {WeakSet<Node>} */
  const watched = new WeakSet();

  const later = window.setTimeout.bind(window);
  const never = window.clearTimeout.bind(window);

  function changed() {
    turn++;
    const told = [...waiting];
    waiting.clear();
    for (const go of told) go();
  }

  const watcher = new MutationObserver(changed);
  /** @param {Node} root a document or a shadow root */
  function watch(root) {
    if (watched.has(root)) return;
    watched.add(root);
    watcher.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const name of ["input", "change", "toggle", "transitionend", "animationend", "load", "error"]) root.addEventListener(name, changed, true);
  }
  watch(document);
  for (const name of ["DOMContentLoaded", "load", "popstate", "hashchange"]) window.addEventListener(name, changed);
  const { navigation } = /** @type {any} */ (window);
  navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
    if (event.downloadRequest === null && !event.hashChange) leaving = performance.now();
    changed();
  });
  navigation?.addEventListener("navigateerror", () => (leaving = 0));
  navigation?.addEventListener("navigatesuccess", () => (leaving = 0));

  return {
    watch,
    get turn() { return turn; },

    /** Has it begun to go elsewhere? Not for ever: a download or a page without content never goes. */
    get leaving() { return leaving > 0; },
    stays() { leaving = 0; },

    /** Until it is no longer as it was at that turn. @param {number} since @param {number} ms @returns {Promise<boolean>} did it? */
    next(since, ms) {
      if (turn !== since) return Promise.resolve(true);
      return new Promise((done) => {
        const end = later(() => {
          waiting.delete(go);
          done(false);
        }, ms);
        const go = () => {
          never(end);
          done(true);
        };
        waiting.add(go);
      });
    },

    /** The page's own scripts have had their turn. @returns {Promise<void>} */
    settled: () => new Promise((done) => void later(done, 0)),
  };
})();
