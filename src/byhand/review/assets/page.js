/** What every page does: words for times and sizes, the line that tells what happened, questions before what is final. */
import { icon, make } from "./player/story.js";
import { Refused, wordsOf } from "./talk.js";

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id} in this page`);
  return found;
}

/** @param {string} label @param {() => void} act @param {string} [className] @param {string} [drawn] an icon @returns {HTMLButtonElement} */
export function button(label, act, className = "", drawn = "") {
  const made = /** @type {HTMLButtonElement} */ (make("button", className));
  made.type = "button";
  if (drawn) made.append(icon(drawn));
  made.append(make("span", "", label));
  made.addEventListener("click", act);
  return made;
}

/** @param {number} count @param {string} one @param {string} [more] */
export function many(count, one, more = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

/** @param {number} count of bytes */
export function size(count) {
  for (const unit of ["B", "kB", "MB"]) {
    if (count < 1000) return `${count >= 100 || unit === "B" ? Math.round(count) : count.toFixed(1)} ${unit}`;
    count /= 1000;
  }
  return `${count.toFixed(1)} GB`;
}

/** @param {number} ms UTC */
export function day(ms) {
  return new Date(ms).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** @param {number} ms UTC */
export function hour(ms) {
  return new Date(ms).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** Words as a sentence: a capital first, a full stop last. @param {string} words */
export function sentence(words) {
  return words && `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}

/** What was agreed to, as chips. @param {string} purpose @param {string[]} streams */
export function chips(purpose, streams) {
  const list = make("ul", "chips");
  list.setAttribute("aria-label", "What was granted");
  list.append(make("li", "chip purpose", purpose === "mine" ? "for you only" : "may train models, after review"));
  for (const name of streams) list.append(make("li", "chip on", name));
  return list;
}

/** @type {Record<string, string>} */
const STATES = {
  open: "being recorded", mine: "can't be shared", untouched: "not reviewed", edited: "edited", approved: "approved",
  void: "approval void", damaged: "damaged",
};

/** @param {string} state @param {boolean} reviewed @param {number} edits */
export function pill(state, reviewed, edits) {
  const words = state === "untouched" && reviewed ? "looked at" : state === "mine" && edits ? "edited, can't be shared" : STATES[state] ?? state;
  const drawn = { approved: "task", void: "no", damaged: "no", mine: "lock", edited: "cut" }[state] ?? "eye";
  return make("span", `pill pill-${state}`, icon(drawn), words);
}

let hiding = 0;

/** Say what happened: seen for a while, and read out. @param {string} words @param {boolean} [bad] */
export function say(words, bad = false) {
  const line = byId("status");
  line.textContent = words;
  line.classList.toggle("bad", bad);
  line.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => line.classList.remove("shown"), bad ? 12_000 : 6_000);
}

/** Say what went wrong; where the visit is over, say that instead of the page. @param {unknown} error */
export function complain(error) {
  if (error instanceof Refused && error.code === "no_entry") {
    byId("main").replaceChildren(make("section", "door", make("h1", "", "This visit is over"),
      make("p", "", "The page was reloaded in another window, or its server was started again. Open the new address that byhand review prints.")));
    return;
  }
  say(wordsOf(error), true);
}

/** @typedef {{title: string, words: (string | Node)[], yes: string, no: string, type?: string, danger?: boolean, field?: HTMLElement}} Question */

/**
 * Ask before something is done that can't be taken back easily. True if the person says yes. With `type`, the word must
 * be typed first.
 * @param {Question} question @returns {Promise<boolean>}
 */
export function ask({ title, words, yes, no, type = "", danger = false, field }) {
  const before = document.activeElement;
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", "ask"));
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "ask-title");
  dialog.setAttribute("aria-describedby", "ask-words");
  const heading = make("h2", "", title);
  heading.id = "ask-title";
  const body = make("div", "ask-words", ...words.map((one) => (typeof one === "string" ? make("p", "", one) : one)));
  body.id = "ask-words";
  const form = /** @type {HTMLFormElement} */ (make("form", ""));
  form.method = "dialog";
  const agree = /** @type {HTMLButtonElement} */ (make("button", danger ? "danger full" : "primary", yes));
  agree.type = "submit";
  agree.value = "yes";
  const refuse = button(no, () => dialog.close(""), "");
  form.append(heading, body);
  if (field) form.append(field);
  if (type) {
    const typed = /** @type {HTMLInputElement} */ (make("input", ""));
    typed.autocomplete = "off";
    typed.spellcheck = false;
    typed.setAttribute("autocapitalize", "off");
    agree.disabled = true;
    typed.addEventListener("input", () => (agree.disabled = typed.value.trim().toLowerCase() !== type));
    form.append(make("label", "field", make("span", "", "To go on, type ", make("b", "", type)), typed));
  }
  form.append(make("div", "buttons", refuse, agree));
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  // What changes nothing has the focus first, unless there is something to fill in.
  (/** @type {HTMLElement | null} */ (dialog.querySelector("input")) ?? refuse).focus();
  return new Promise((settle) => {
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue === "yes";
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      settle(answer);
    });
  });
}
