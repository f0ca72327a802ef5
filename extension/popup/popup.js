/**
 * The popup: what is recorded on this site and why, and what a person can do about it.
 *
 * It knows nothing by itself: it asks the worker, which asks the recorder. Each button says what it does; what can't be
 * taken back is asked once more, on the button itself.
 */

import { STREAMS, words } from "./words.js";

/** @typedef {import("../background/popup.js").Shown} Shown */
/** @typedef {import("./words.js").Act} Act */

/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
const by = (id) => /** @type {T} */ (document.getElementById(id));

/** @param {Shown} shown */
function draw(shown) {
  const { state, site } = shown;
  const said = words(shown);
  by("site").textContent = shown.origin || "no site";
  by("state").textContent = said.state;
  by("state").dataset.is = said.is;
  by("headline").textContent = said.headline;
  by("why").textContent = said.why;
  by("error").hidden = !shown.error;
  by("error").textContent = shown.error && `That did not work: ${shown.error}.`;
  by("command").hidden = !said.command;
  /** @type {HTMLElement} */ (by("command").firstElementChild).textContent = said.command ?? "";
  by("streams").replaceChildren(...(said.is === "recording" && site ? STREAMS.flatMap(([name, yes, no]) => {
    const kept = site.streams.includes(name);
    if (!kept && !no) return [];
    const line = document.createElement("li");
    line.className = kept ? "" : "not";
    line.textContent = kept ? yes : no;
    return [line];
  }) : []));
  by("fine").textContent = state && said.is !== "elsewhere"
    ? `Grant ${state.grant}${state.until && `, until ${state.until}`}. ${state.purpose === "mine" ? "For your own use, never shared." : "May be shared, after you have reviewed it."}`
    : "";
  by("acts").replaceChildren(...said.acts.map(button));
  document.querySelector("main")?.removeAttribute("aria-busy");
}

/** @param {Act} act */
function button(act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = act.name;
  made.className = [act.main && "main", act.wide && "wide"].filter(Boolean).join(" ");
  let asked = !act.sure;
  made.addEventListener("click", () => {
    if (asked) return void ask(act.verb);
    asked = true;
    made.textContent = act.sure ?? "";
    made.classList.add("sure");
  });
  made.addEventListener("blur", () => {
    if (!act.sure) return;
    asked = false;
    made.textContent = act.name;
    made.classList.remove("sure");
  });
  return made;
}

/** @param {string} verb */
async function ask(verb) {
  for (const one of document.querySelectorAll("button")) one.disabled = true;
  try {
    const shown = /** @type {Shown | null} */ (await chrome.runtime.sendMessage({ verb }));
    if (shown) draw(shown);
  } catch {
    // The worker was put to sleep in between; the next press wakes it.
    for (const one of document.querySelectorAll("button")) one.disabled = false;
  }
}

await ask("status");
// A recorder that is just starting answers a moment later.
const again = setInterval(() => {
  if (by("state").dataset.is === "off") void ask("status");
}, 1000);
addEventListener("pagehide", () => clearInterval(again));
