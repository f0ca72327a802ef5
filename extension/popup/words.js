/** What the popup says, and offers, for what is true now. Pure. */

/** @typedef {import("../background/popup.js").Shown} Shown */
/** @typedef {{name: string, verb: string, main?: boolean, wide?: boolean, sure?: string}} Act */

/** The streams in the words of docs/vocabulary.md, in their order. @type {[string, string, string][]} */
export const STREAMS = [
  ["actions", "what you press and choose, and the names of buttons and fields", ""],
  ["text", "what you type and page titles, as far as cleaned", "no text you type"],
  ["timing", "your true typing rhythm", "no typing rhythm"],
  ["pointer", "the true path of your mouse", "no mouse paths"],
  ["frames", "pictures of the screen, painted over where not cleared", "no pictures"],
];

/** @param {Shown} shown @returns {{is: string, state: string, headline: string, why: string, command?: string, acts: Act[]}} */
export function words(shown) {
  const { where, state, origin, site, listed, hushed } = shown;
  const pause = { name: "Pause", verb: "pause", main: true };
  const forget = { name: "Forget the last 10 minutes", verb: "forget", wide: true, sure: "Forget for good? Press again" };
  const never = { name: "Never on this site", verb: "never", sure: "Never again here? Press again" };
  if (shown.private) {
    return { is: "off", state: "Off", headline: "Private windows are never recorded", why: "Byhand can't see what is in them.", acts: [] };
  }
  if (where === "missing") {
    return { is: "off", state: "Off", headline: "This browser isn't joined to Byhand yet", why: "Nothing is recorded. To join it, run this once:", command: "byhand browser install", acts: [] };
  }
  if (!state) {
    const looking = where === "unknown";
    return {
      is: "off", state: looking ? "Looking" : "Off", headline: looking ? "Looking for the recorder" : "Nothing is recorded",
      why: looking ? "Until it answers, nothing is told." : "No recorder runs on this computer. To start one:", command: looking ? undefined : "byhand record", acts: [],
    };
  }
  if (state.state === "paused") {
    return { is: "paused", state: "Paused", headline: "Nothing is recorded now", why: "The recorder is paused, for all programs and sites.", acts: [{ name: "Resume", verb: "resume", main: true, wide: true }, forget] };
  }
  if (hushed) {
    return {
      is: "paused", state: "Paused here", headline: "This site isn't recorded", why: `You paused ${origin}. Other sites and programs go on.`,
      acts: [{ name: "Resume here", verb: "unhush", main: true }, { name: "Pause everything", verb: "pause" }, never, { ...forget, wide: false }],
    };
  }
  if (!site || !listed) {
    return {
      is: "elsewhere", state: "Not here", headline: "This site isn't recorded", why: origin ? `Your policy doesn't list ${origin}: neither its address nor its content leaves the page.` : "This page has no address that a policy could list.",
      acts: [{ name: "Pause everything", verb: "pause" }, { ...forget, wide: false }],
    };
  }
  return {
    is: "recording", state: "Recording", headline: state.task ? `Recording “${state.task}”` : "This site is recorded",
    why: `Because your policy lists ${listed.origin} and you said yes to it.`,
    acts: [pause, { name: "Pause here", verb: "hush" }, forget, { ...never, wide: true }],
  };
}
