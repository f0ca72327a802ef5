/** The badge: a red dot while this site is recorded, two bars while it is paused, "off" otherwise. Words say the same. */

/** @typedef {"recording" | "elsewhere" | "paused" | "off"} Shown */

const BADGES = {
  recording: { text: "●", colour: "#c8451b", title: "Byhand: recording this site" },
  elsewhere: { text: "○", colour: "#676a72", title: "Byhand: recording, but not this site" },
  paused: { text: "❚❚", colour: "#3557a5", title: "Byhand: paused, nothing is recorded" },
  off: { text: "off", colour: "#676a72", title: "Byhand: off, nothing is recorded" },
};

/** What of a tab's badge waits until its page has loaded. @type {Map<number, ReturnType<typeof setTimeout>>} */
const waiting = new Map();
const WAIT_MS = 500;

/**
 * @param {Shown} shown @param {number} [tab] without one: for all tabs that have no own
 * @param {boolean} [loads] its page is being loaded: only the sign is drawn now
 */
export function show(shown, tab, loads = false) {
  const { text, colour, title } = BADGES[shown];
  const where = tab === undefined ? {} : { tabId: tab };
  const gone = () => {}; // a tab may be, by the time it is drawn
  chrome.action.setBadgeText({ text, ...where }).catch(gone);
  const rest = () => {
    chrome.action.setBadgeBackgroundColor({ color: colour, ...where }).catch(gone);
    chrome.action.setBadgeTextColor({ color: "#ffffff", ...where }).catch(gone);
    chrome.action.setTitle({ title, ...where }).catch(gone);
  };
  if (tab !== undefined) clearTimeout(waiting.get(tab));
  if (tab === undefined || !loads) return rest();
  waiting.set(tab, setTimeout(() => { waiting.delete(tab); rest(); }, WAIT_MS));
}
