/** The badge: a red dot while this site is recorded, two bars while it is paused, "off" otherwise. Words say the same. */

/** @typedef {"recording" | "elsewhere" | "paused" | "off"} Shown */

const BADGES = {
  recording: { text: "●", colour: "#c8451b", title: "Byhand: recording this site" },
  elsewhere: { text: "○", colour: "#676a72", title: "Byhand: recording, but not this site" },
  paused: { text: "❚❚", colour: "#3557a5", title: "Byhand: paused, nothing is recorded" },
  off: { text: "off", colour: "#676a72", title: "Byhand: off, nothing is recorded" },
};

/** @param {Shown} shown @param {number} [tab] without one: for all tabs that have no own */
export function show(shown, tab) {
  const { text, colour, title } = BADGES[shown];
  const where = tab === undefined ? {} : { tabId: tab };
  // A tab may be gone by the time it is drawn.
  for (const drawn of [
    chrome.action.setBadgeText({ text, ...where }), chrome.action.setBadgeBackgroundColor({ color: colour, ...where }),
    chrome.action.setBadgeTextColor({ color: "#ffffff", ...where }), chrome.action.setTitle({ title, ...where }),
  ]) drawn.catch(() => {});
}
