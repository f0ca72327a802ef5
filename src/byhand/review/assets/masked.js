/** What was masked, and by which rule: sorts, counts and times. There is no content to show: it was never kept. */
import { clock } from "./player/scene.js";
import { icon, make } from "./player/story.js";
import { get } from "./talk.js";

/** @typedef {{sort: string, code: string, says: string, count: number, times: number[]}} Group */

const TIMES = 10;
/** @type {[string, string, string, string][]} sort, icon, heading, what it means */
const SORTS = [
  ["placeholder", "note", "Words replaced", "A word the guard did not clear stands as a placeholder. The same placeholder means the same word, in this recording only."],
  ["withheld", "lock", "Typing not kept", "Something was typed here. That it happened was kept, and nothing of what it was."],
  ["name", "focus", "Names not kept", "A control was used whose name was not cleared. Its role and place were kept."],
  ["gap", "gap", "Time not kept", "Of this time nothing is known but its length."],
  ["dropped", "no", "Never kept at all", "Dropped in memory, before anything was written."],
  ["cut", "cut", "Cut by you", "Does not leave."],
  ["paint", "paint", "Painted by you", "Leaves painted over."],
  ["kept", "task", "What let the rest through", "Each event carries the rule that let it through."],
];

/** @param {Group} group @param {(t: number) => void} seek */
function line(group, seek) {
  const times = make("div", "times");
  for (const t of group.times.slice(0, TIMES)) {
    const to = /** @type {HTMLButtonElement} */ (make("button", "", clock(t)));
    to.type = "button";
    to.setAttribute("aria-label", `show ${clock(t)} in the replay`);
    to.addEventListener("click", () => seek(t));
    times.append(to);
  }
  if (group.count > TIMES && group.times.length > TIMES) times.append(make("span", "more", `and ${(group.count - TIMES).toLocaleString("en")} more`));
  const words = make("div", "", make("b", "", group.says), make("code", "", group.code));
  return make("li", "", make("span", "big", group.count.toLocaleString("en")), words, times);
}

/** @param {import("./work.js").Work} work @param {HTMLElement} panel @param {(t: number) => void} seek */
export async function showMasked(work, panel, seek) {
  const { groups } = await get(`${work.path}/masked`);
  const all = /** @type {Group[]} */ (groups);
  const any = all.some((group) => group.sort !== "kept");
  const parts = [make("p", "lead", any ? "What was masked or left out, where, and by which rule. What it was can't be told here: it was never written." : "Nothing had to be masked.")];
  for (const [sort, drawn, heading, meaning] of SORTS) {
    const mine = all.filter((group) => group.sort === sort).sort((one, other) => other.count - one.count);
    if (!mine.length) continue;
    parts.push(make("section", `sort sort-${sort}`, make("div", "sort-head", icon(drawn), make("h2", "", heading), make("p", "", meaning)), make("ul", "", ...mine.map((group) => line(group, seek)))));
  }
  panel.replaceChildren(make("div", "page", ...parts));
}
