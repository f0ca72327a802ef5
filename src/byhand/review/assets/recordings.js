/** The list of recordings: one card each, newest first, by day. */
import { lasting } from "./player/scene.js";
import { icon, make } from "./player/story.js";
import { ask, byId, chips, complain, day, hour, many, pill, say, size } from "./page.js";
import { get, post, stay } from "./talk.js";

/**
 * @typedef {{id: string, state: string, purpose: string, started_ms: number, ended_ms: number, seconds: number, reviewed: boolean,
 *   events: number, bytes: number, review: string, edits: number, streams: string[], apps: string[], task: string, outcome: string,
 *   kept: Record<string, number>, dropped: Record<string, number>, gaps: number, lost: number, says: string}} Card
 */

/** One word for each kind of event, in the order of the bar. @type {Record<string, [string, string]>} */
const KINDS = {
  button: ["press", "presses"], key: ["key", "keys"], text: ["text", "texts"], scroll: ["scroll", "scrolls"],
  window: ["window change", "window changes"], element: ["element", "elements"], frame: ["picture", "pictures"],
  wireframe: ["wireframe", "wireframes"], motion: ["pointer point", "pointer points"], mark: ["mark", "marks"],
};

/** The states that need more words than the pill has. */
const TOLD = new Set(["edited", "approved", "void", "damaged", "open"]);

/** @param {Card} card */
function bar(card) {
  const box = make("div", "bar");
  box.setAttribute("aria-hidden", "true");
  for (const kind of Object.keys(KINDS)) {
    const count = card.kept[kind] ?? 0;
    if (!count) continue;
    const part = make("span", `bar-${kind}`);
    // The square root keeps ten presses visible beside ten thousand pointer points.
    part.style.flexGrow = String(Math.sqrt(count));
    part.title = many(count, ...KINDS[kind]);
    box.append(part);
  }
  return box;
}

/** @param {Card} card */
function kept(card) {
  const parts = Object.entries(KINDS).filter(([kind]) => card.kept[kind]).map(([kind, words]) => many(card.kept[kind], ...words));
  return parts.length ? parts.join(", ") : card.events ? many(card.events, "event") : "nothing was kept";
}

/** @param {Card} card */
function shownCard(card) {
  const title = make("a", "", make("bdi", "", card.task || `Recording ${card.id}`));
  /** @type {HTMLAnchorElement} */ (title).href = `/recordings/${encodeURIComponent(card.id)}`;
  const name = make("h3", "", title);
  name.id = `name-${card.id}`;
  const apps = make("span", "apps");
  card.apps.forEach((app, i) => apps.append(i ? ", " : "", make("bdi", "", app)));
  const meta = make("p", "meta", make("time", "", hour(card.started_ms)),
    " · ", lasting(card.seconds * 1000), card.apps.length ? " · " : "", apps);
  const dropped = Object.entries(card.dropped).filter(([, count]) => count);
  const lines = [make("div", "", make("dt", "", "Kept"), make("dd", "", kept(card)))];
  if (dropped.length) {
    const words = dropped.map(([reason, count]) => `${reason}${count > 1 ? ` (${count.toLocaleString("en")})` : ""}`).join(", ");
    lines.push(make("div", "", make("dt", "", "Not kept"), make("dd", "", words)));
  }
  const missing = [];
  if (card.gaps) missing.push(many(card.gaps, "gap"));
  if (card.lost) missing.push(`${many(card.lost, "event")} lost`);
  if (missing.length) lines.push(make("div", "", make("dt", "", "Missing"), make("dd", "", missing.join(", "))));
  const made = make("article", `card card-${card.review}`, make("div", "card-head", make("div", "", name, meta), pill(card.review, card.reviewed, card.edits)),
    bar(card), make("dl", "lines", ...lines),
    make("div", "card-foot", chips(card.purpose, card.streams), make("p", "says", TOLD.has(card.review) ? card.says : "")));
  made.setAttribute("aria-labelledby", name.id);
  return made;
}

async function show() {
  const { recordings, bytes, damage } = await get("recordings");
  byId("sum").textContent = recordings.length
    ? `${many(recordings.length, "recording")}, ${size(bytes)}, sealed on this computer. Nothing leaves it unless you approve it.`
    : "Nothing is recorded yet.";
  const parts = [];
  if (damage) parts.push(make("p", "notice bad", icon("no"), damage));
  if (!recordings.length) {
    parts.push(make("div", "empty", make("p", "", "When you record, each recording appears here, for you to look at first."), make("p", "", "To begin, run: ", make("code", "", "byhand record"))));
  }
  let before = "";
  /** @type {HTMLElement | null} */
  let section = null;
  for (const card of /** @type {Card[]} */ (recordings)) {
    const now = day(card.started_ms);
    if (!section || now !== before) {
      section = make("section", "day", make("h2", "", now));
      parts.push(section);
      before = now;
    }
    section.append(shownCard(card));
  }
  byId("list").replaceChildren(...parts);
  byId("forget").hidden = !recordings.length;
}

async function forget() {
  const minutes = /** @type {HTMLInputElement} */ (make("input", ""));
  Object.assign(minutes, { type: "number", min: "1", max: "10080", value: "10", required: true, name: "minutes" });
  const sure = await ask({
    title: "Forget the last minutes",
    words: ["Everything recorded in that time is destroyed, in every recording, on this computer. It can't be brought back. An approval of a recording that loses something is void.",
      "The ledger keeps one line that something was erased, and when."],
    field: make("label", "field", make("span", "", "How many minutes, back from now"), minutes),
    type: "forget", yes: "Forget them for good", no: "Keep everything", danger: true,
  });
  if (!sure) return;
  try {
    const { whole, part, events } = await post("forget", { last_s: Math.round(Number(minutes.value) * 60), sure: true });
    await show();
    say(whole.length || part.length
      ? `Forgotten: ${[whole.length && many(whole.length, "whole recording"), part.length && `part of ${many(part.length, "recording")}`, events && many(events, "event")].filter(Boolean).join(", ")}.`
      : "Nothing was recorded in that time. Nothing was forgotten.");
  } catch (error) {
    complain(error);
  }
}

byId("forget").addEventListener("click", () => void forget());
stay();
show().catch(complain);
