/**
 * Awake or dormant: listens from the first moment, and stops as soon as it is known that nothing is recorded here.
 *
 * The worker leaves one number in the extension's session storage: 0 while nothing is recorded anywhere, another one
 * each time something changes. A dormant document sleeps until that number changes and then asks once. It says nothing
 * else, so no page and no other profile can learn what is recorded.
 */
(() => {
  /** @param {number | undefined} turn */
  function turned(turn) {
    if (turn === 0) sleep();
    else if (!document.prerendering) wake();
  }

  function wake() {
    acts.wake();
    line.ask();
  }

  function sleep() {
    acts.sleep();
    line.close();
    outbox.clear(false);
  }

  /** @param {{[key: string]: chrome.storage.StorageChange}} changes @param {string} area */
  function changed(changes, area) {
    if (area === "session" && changes.turn) turned(/** @type {number | undefined} */ (changes.turn.newValue));
  }

  dom.openShadow = (element) => (element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element) : null);
  line.when({
    decided: (on) => { if (!on) acts.sleep(); },
    flushing: acts.flush,
    orphan() {
      acts.sleep();
      outbox.clear(false);
    },
  });
  acts.wake();
  chrome.storage.onChanged.addListener(changed);
  document.addEventListener("prerenderingchange", () => line.ask(), { once: true });
  // Before the worker has run for the first time the storage answers with an error: then the worker is asked.
  chrome.storage.session.get("turn").then((found) => turned(/** @type {number | undefined} */ (found.turn)), () => turned(undefined));
})();
