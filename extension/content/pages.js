/**
 * What happens to the document: loaded, moved to another address without loading, left; and what opens and closes in it.
 *
 * An address that changed is noticed by the Navigation API where there is one, by popstate and hashchange, and at each
 * act. Dialogs of the browser itself (alert, confirm, prompt, print) can't be seen by a content script at all: the page
 * stands still meanwhile. The desktop sees them as windows.
 */
const pages = (() => {
  /** A picture named "title" would answer in the page's title's place. @type {(of: Document) => string} */
  const title = dom.get(Document.prototype, "title");
  let address = "";
  let loaded = false;

  /** @param {"loaded" | "moved" | "left"} what @param {number} at */
  function tell(what, at) {
    /** @type {Telling} */
    const event = { kind: "page", at, what };
    // Frameworks set the title a little after they changed the address: it is read when the event leaves.
    outbox.tell(event, () => { event.title = acts.text(title(document), 300); });
  }

  function load() {
    if (loaded) return;
    loaded = true;
    address = window.location.href;
    tell("loaded", acts.now());
  }

  function check() {
    if (!loaded) load();
    else if (window.location.href !== address) {
      address = window.location.href;
      tell("moved", acts.now());
      lists.page("moved");
    }
  }

  /** Something opened or closed. @param {Event} event @param {"open" | "close"} why */
  function turned(event, why) {
    const element = acts.deep(event);
    if (!element) return;
    acts.happened(why, element, acts.at(event));
    lists.acted();
  }

  /** @param {Event} event */
  const dialog = (event) => event.target instanceof HTMLDialogElement;

  return {
    check,
    /** DOMContentLoaded: the title is there. */
    load,
    /** All is there, images too: time for the first list. */
    complete() {
      load();
      lists.page("loaded");
    },
    /** @param {PageTransitionEvent} event */
    show(event) {
      if (!event.persisted) return;
      loaded = false;
      load();
      lists.page("loaded");
    },
    left: () => { if (loaded) tell("left", acts.now()); },
    /** `toggle` of details and popovers, which the browser joins when several come at once. @param {Event} event */
    toggle(event) {
      if (!event.isTrusted) return outbox.forged();
      if (acts.forging) return outbox.forged();
      const state = /** @type {ToggleEvent} */ (event).newState;
      // A dialog's closing is told by its `close`, which old pages have too.
      if (state === "open") turned(event, "open");
      else if (state === "closed" && !dialog(event)) turned(event, "close");
    },
    /** @param {Event} event */
    close(event) {
      if (!event.isTrusted) return outbox.forged();
      if (dialog(event)) turned(event, "close");
    },
    /** Asleep: what comes after waking is a new look at the same page. */
    sleep() {
      loaded = false;
    },
  };
})();
