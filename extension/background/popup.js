/** What the popup may ask: how things are for the tab in front, and the few things a person may want to do about it. */
import { originOf } from "./sites.js";

const FORGET_NS = 600_000_000_000;
/** What the popup may ask of the recorder. */
const VERBS = ["pause", "resume", "forget", "hush", "unhush", "never"];

/** @typedef {import("../types/messages").State} State */
/** @typedef {import("../types/messages").SiteSaid} SiteSaid */
/** @typedef {{where: import("./recorder.js").Where, state: State | null, origin: string, site: SiteSaid | null, hushed: boolean, listed: SiteSaid | null, private: boolean, error: string}} Shown */

/**
 * @param {unknown} message
 * @param {import("./recorder.js").Recorder} recorder
 * @param {import("./documents.js").Documents} documents
 * @returns {Promise<Shown>}
 */
export async function answer(message, recorder, documents) {
  recorder.connect();
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  const url = tab && !tab.incognito ? tab.url ?? "" : "";
  const origin = originOf(url);
  const { verb } = /** @type {{verb?: unknown}} */ (message ?? {});
  let error = "";
  if (typeof verb === "string" && VERBS.includes(verb)) {
    const reply = await recorder.ask({ verb, ...(["hush", "unhush", "never"].includes(verb) ? { origin } : {}), ...(verb === "forget" ? { last_ns: FORGET_NS } : {}) });
    error = /** @type {{error?: {message?: string} | null}} */ (reply).error?.message ?? "";
  }
  return {
    where: recorder.where, state: recorder.state, origin, site: documents.covered(url), listed: documents.listed(url),
    hushed: documents.isHushed(url), private: tab?.incognito ?? false, error,
  };
}
