/**
 * The service worker: joins documents, tabs and the popup to the recorder.
 *
 * It may be killed at any moment and started again by the next event: all listeners are set up here, at once, and all
 * that it knows is said again by the recorder and the documents. It hears only its own pages' ports and its own popup;
 * other extensions and web pages can't reach it (`externally_connectable` is empty), and what they send is not heard.
 */
import { show } from "./background/badge.js";
import { Documents } from "./background/documents.js";
import { areLastWords } from "./background/left.js";
import { answer } from "./background/popup.js";
import { Recorder } from "./background/recorder.js";
import { Tabs } from "./background/tabs.js";

const POPUP = chrome.runtime.getURL("popup/popup.html");

const recorder = new Recorder({
  changed,
  got: (document, next) => documents.got(document, next),
  flush: (mark) => documents.flush(mark, () => recorder.tell({ say: "flushed", mark })),
});
const documents = new Documents(recorder);
const tabs = new Tabs(recorder, documents);

/** What the recorder said last, as text: only a change wakes pages that sleep. */
let said = "";

function changed() {
  const { state, where } = recorder;
  const now = JSON.stringify([where, state]);
  if (now === said) return;
  const began = state?.state === "recording" && !said.includes(`"${state.recording}"`);
  said = now;
  documents.changed();
  badges();
  if (where === "unknown") return;
  // Pages read this one number; that it changed is all it says.
  void chrome.storage.session.set({ turn: state?.state === "recording" ? Date.now() : 0 });
  if (began) void tabs.began();
}

/** @param {string} url @returns {import("./background/badge.js").Shown} */
function shown(url) {
  const { state } = recorder;
  if (!state) return "off";
  if (state.state === "paused") return "paused";
  return documents.covered(url) ? "recording" : documents.isHushed(url) ? "paused" : "elsewhere";
}

function badges() {
  show(shown(""));
  chrome.tabs.query({ active: true }).then((all) => {
    for (const tab of all) if (tab.id !== undefined) show(shown(tab.url ?? ""), tab.id);
  }, () => {});
}

/** @param {number} id */
function badge(id) {
  chrome.tabs.get(id).then((tab) => show(shown(tab.url ?? ""), id), () => {});
}

// Content scripts read the one number.
void chrome.storage.session.setAccessLevel({ accessLevel: "TRUSTED_AND_UNTRUSTED_CONTEXTS" });

chrome.runtime.onConnect.addListener((port) => void documents.connected(port));
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  // The popup alone: a content script is known by its page's address.
  if (sender.id !== chrome.runtime.id || sender.url !== POPUP || sender.origin !== new URL(POPUP).origin) return false;
  answer(message, recorder, documents).then(reply, () => reply(null));
  return true;
});
chrome.runtime.onStartup.addListener(() => recorder.connect());
chrome.runtime.onInstalled.addListener(() => recorder.connect());
chrome.alarms.onAlarm.addListener((alarm) => recorder.alarm(alarm));

chrome.storage.onChanged.addListener((changes, area) => { if (areLastWords(changes, area)) documents.pickUp(300); });

chrome.tabs.onCreated.addListener((tab) => tabs.opened(tab));
chrome.tabs.onRemoved.addListener((id, info) => tabs.closed(id, info));
chrome.tabs.onActivated.addListener((info) => {
  badge(info.tabId);
  void tabs.switched(info);
});
chrome.tabs.onUpdated.addListener((id, change, tab) => {
  if (change.url) documents.moved(id, change.url);
  if (change.url || change.status === "loading") show(shown(tab.url ?? ""), id, true);
});
chrome.tabs.onZoomChange.addListener((change) => documents.zoomed(change.tabId, change.newZoomFactor));
chrome.windows.onFocusChanged.addListener((id) => void tabs.focused(id));
chrome.downloads.onCreated.addListener(() => void tabs.downloaded());

recorder.connect();
documents.pickUp();
