/**
 * Last words: what a document had told when it went away and nobody had acknowledged yet.
 *
 * A port that a page opens while it goes away, to a worker that is not running, is dropped by the browser with all that
 * was said over it. So a page leaves its last words in the extension's session storage too: memory, never disk, and no
 * page can read it. They are picked up at once, or by the next worker, and removed when they have arrived.
 *
 * Any content script can write there. Which document it was is therefore signed by the worker (`pass`), when the browser
 * itself said it, with a key that only the extension's own pages can read. A page that went before it was answered has no
 * such pass; then the worker must have met it itself, by the name it gave its port (`nonce`).
 *
 * @typedef {{document: string, frame: number, tab: number, window: number, origin: string, top: string, recording: string, sign: string}} Pass
 * @typedef {import("./documents.js").Parcel} Parcel
 */

const PREFIX = "left:";

/** @type {Promise<CryptoKey> | null} */
let secret = null;

async function madeKey() {
  await chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  const found = /** @type {{key?: number[]}} */ (await chrome.storage.local.get("key"));
  const bytes = found.key ? new Uint8Array(found.key) : crypto.getRandomValues(new Uint8Array(32));
  if (!found.key) await chrome.storage.local.set({ key: [...bytes] });
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** @param {Omit<Pass, "sign">} of */
async function signed(of) {
  const words = JSON.stringify([of.document, of.frame, of.tab, of.window, of.origin, of.top, of.recording]);
  const made = await crypto.subtle.sign("HMAC", await (secret ??= madeKey()), new TextEncoder().encode(words));
  return btoa(String.fromCharCode(...new Uint8Array(made)));
}

/** What a document leaves with its last words, so that they can be believed. @param {Omit<Pass, "sign">} of @returns {Promise<Pass>} */
export async function passFor(of) {
  return { ...of, sign: await signed(of) };
}

/**
 * All last words that are there and can be believed, each with its key.
 * @param {(nonce: string) => Omit<Pass, "sign"> | undefined} met @returns {Promise<{key: string, pass: Omit<Pass, "sign">, parcels: Parcel[]}[]>}
 */
export async function lastWords(met) {
  const found = [];
  for (const [key, left] of Object.entries(await chrome.storage.session.get(null))) {
    if (!key.startsWith(PREFIX)) continue;
    const { pass, parcels } = /** @type {{pass: Pass | null, parcels: Parcel[]}} */ (left);
    const known = met(key.slice(PREFIX.length));
    if (!Array.isArray(parcels)) await arrived(key);
    else if (pass && pass.sign === (await signed(pass))) found.push({ key, pass, parcels });
    else if (!pass && known) found.push({ key, pass: known, parcels });
    else await arrived(key);
  }
  return found;
}

/** They need not be kept any more. @param {string} key */
export function arrived(key) {
  return chrome.storage.session.remove(key);
}

/** @param {{[key: string]: chrome.storage.StorageChange}} changes @param {string} area */
export function areLastWords(changes, area) {
  return area === "session" && Object.entries(changes).some(([key, change]) => key.startsWith(PREFIX) && change.newValue !== undefined);
}
