/** The ledger, in words: what was granted, shared, read and erased, and whether the chain holds. */
import { icon, make } from "./player/story.js";
import { byId, complain, day, hour, many } from "./page.js";
import { get, stay } from "./talk.js";

/** @typedef {{seq: number, at: number, kind: string, group: string, says: string, detail: string, recording: string, erased: boolean}} Entry */

/** @type {[string, string, string][]} group, words, icon */
const GROUPS = [
  ["all", "Everything", "mark"], ["grants", "Grants", "task"], ["shares", "Shares and approvals", "leave"], ["reads", "Reads", "eye"],
  ["erasures", "Erasures", "bin"], ["recordings", "Recordings", "press"], ["other", "Other", "mark"],
];

/** @type {Entry[]} */
let entries = [];
/** Recordings that are still there: only those can be opened. @type {Set<string>} */
let there = new Set();

/** The entry's detail, with the recording's name as a link if it is still there. @param {Entry} entry @returns {(Node | string)[]} */
function linked({ detail, recording }) {
  const at = recording ? detail.indexOf(recording) : -1;
  if (at < 0 || !there.has(recording)) return [make("bdi", "", detail)];
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", recording));
  link.href = `/recordings/${encodeURIComponent(recording)}`;
  link.setAttribute("aria-label", `open recording ${recording}`);
  return [make("bdi", "", detail.slice(0, at)), link, make("bdi", "", detail.slice(at + recording.length))];
}

/** @param {Entry} entry */
function line(entry) {
  const drawn = GROUPS.find(([group]) => group === entry.group)?.[2] ?? "mark";
  const words = make("div", "entry-words", make("b", "", entry.says));
  if (entry.erased) words.append(make("p", "", "its words were erased; its place in the chain stays"));
  else if (entry.detail) words.append(make("p", "", ...linked(entry)));
  return make("li", `entry entry-${entry.group}`, make("time", "", hour(entry.at * 1000)), make("span", "entry-mark", icon(drawn)), words, make("span", "number", `#${entry.seq}`));
}

/** @param {string} group */
function show(group) {
  const seen = entries.filter((entry) => group === "all" || entry.group === group);
  /** @type {HTMLElement[]} */
  const parts = [];
  let before = "";
  /** @type {HTMLElement | null} */
  let list = null;
  for (const entry of seen) {
    const now = day(entry.at * 1000);
    if (!list || now !== before) {
      list = make("ol", "entries");
      parts.push(make("section", "day", make("h2", "", now), list));
      before = now;
    }
    list.append(line(entry));
  }
  if (!seen.length) parts.push(make("div", "empty", make("p", "", "No entry of that sort.")));
  byId("entries").replaceChildren(...parts);
  for (const one of byId("groups").querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.group === group));
}

async function open() {
  const [{ verdict, entries: found }, { recordings }] = await Promise.all([get("ledger"), get("recordings")]);
  entries = found;
  there = new Set(recordings.map((/** @type {{id: string}} */ one) => one.id));
  byId("verdict").replaceChildren(verdict.ok
    ? make("p", "notice good", icon("task"), make("span", "", make("b", "", "The chain holds."), ` All ${many(verdict.entries, "entry", "entries")} verify: none was changed, left out or put in between.`))
    : make("p", "notice bad", icon("no"), make("span", "", make("b", "", "The chain is broken."), ` At line ${verdict.line}: ${verdict.message}. What stands before that line still verifies.`)));
  byId("groups").replaceChildren(...GROUPS.filter(([group]) => group === "all" || entries.some((entry) => entry.group === group)).map(([group, words]) => {
    const count = group === "all" ? entries.length : entries.filter((entry) => entry.group === group).length;
    const made = /** @type {HTMLButtonElement} */ (make("button", "", words, make("span", "count", ` ${count}`)));
    made.type = "button";
    made.dataset.group = group;
    made.addEventListener("click", () => show(group));
    return made;
  }));
  show("all");
}

stay();
open().catch(complain);
