/**
 * What happens to tabs and windows: opened, closed, switched, focused, and that something was downloaded.
 *
 * Of a tab whose site isn't covered neither address nor title leaves the browser, only that it is there. Private windows
 * are never told of (nor can this extension be allowed in them).
 */

/** @typedef {import("../types/messages").TabTold} TabTold */

export class Tabs {
  #recorder;
  #documents;

  /** @param {import("./recorder.js").Recorder} recorder @param {import("./documents.js").Documents} documents */
  constructor(recorder, documents) {
    this.#recorder = recorder;
    this.#documents = documents;
  }

  get #on() {
    return this.#recorder.state?.state === "recording";
  }

  /** @param {TabTold["what"]} what @param {chrome.tabs.Tab | undefined} tab @param {Partial<TabTold>} [more] */
  #tell(what, tab, more = {}) {
    if (!this.#on || tab?.incognito) return;
    const url = tab?.url ?? "";
    const covered = url !== "" && this.#documents.covered(url) !== null;
    this.#recorder.tell({
      say: "tab", at: Date.now(), what, window: tab?.windowId ?? -1, tab: tab?.id ?? -1, url: covered ? url.slice(0, 4096) : "",
      title: covered ? (tab?.title ?? "").slice(0, 300).toWellFormed() : "", x: 0, y: 0, w: 0, h: 0, ...more,
    });
  }

  /** @param {chrome.tabs.Tab} tab */
  opened(tab) {
    this.#tell("tab opened", tab);
  }

  /** @param {number} tab @param {{windowId: number}} info */
  closed(tab, info) {
    this.#tell("tab closed", undefined, { tab, window: info.windowId });
  }

  /** @param {{tabId: number, windowId: number}} info */
  async switched(info) {
    if (!this.#on) return;
    try {
      this.#tell("tab switched", await chrome.tabs.get(info.tabId));
    } catch {
      // Closed again already.
    }
  }

  /** @param {number} id */
  async focused(id) {
    if (!this.#on) return;
    if (id === chrome.windows.WINDOW_ID_NONE) return this.#tell("window left", undefined);
    try {
      const window = await chrome.windows.get(id, { populate: true });
      if (window.incognito) return this.#tell("window left", undefined);
      const tab = window.tabs?.find((one) => one.active);
      const scale = this.#documents.scaleOf(id);
      const [x, y, w, h] = [window.left, window.top, window.width, window.height].map((side) => Math.round((side ?? 0) * scale));
      this.#tell("window focused", tab, { window: id, x, y, w, h });
    } catch {
      // Closed again already.
    }
  }

  /** Recording has begun: say which window is in front. */
  async began() {
    try {
      const window = await chrome.windows.getLastFocused();
      if (window.focused) await this.focused(/** @type {number} */ (window.id));
    } catch {
      // No window.
    }
  }

  /** That something was downloaded, never what. */
  async downloaded() {
    if (!this.#on) return;
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    this.#tell("download", tab);
  }
}
