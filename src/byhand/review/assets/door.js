/** The door: hands the token of the address in, once, and goes on to the recordings. */
import { KEY } from "./talk.js";

const says = /** @type {HTMLElement} */ (document.getElementById("door"));
const asked = new URLSearchParams(location.hash.slice(1));
const token = asked.get("t");
const recording = asked.get("r");
// The token must not stay in the address or the history, whatever comes of it.
history.replaceState(null, "", "/");

async function enter() {
  if (!token) {
    says.textContent = "Open the address that byhand review printed in your terminal. It lets you in once; to get a new one, run: byhand review";
    return;
  }
  const answer = await fetch("/enter", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  if (!answer?.ok) {
    says.textContent = "This address was used already, or is not of this run. To get a new one, run: byhand review";
    return;
  }
  sessionStorage.setItem(KEY, (await answer.json()).key);
  location.replace(recording ? `/recordings/${encodeURIComponent(recording)}` : "/recordings");
}

void enter();
