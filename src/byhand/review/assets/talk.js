/**
 * Talking to the server of this page, which is on this computer, and to nobody else. The key it gave us at the door goes
 * with every request (docs/formats/review.md).
 */

export const KEY = "byhand-key";
const ALIVE_MS = 45_000;

/** What the server refused, in its words. */
export class Refused extends Error {
  /** @param {number} status @param {{code?: string, error?: string, hints?: string[], fate?: string}} said */
  constructor(status, said) {
    super(said.error ?? "the server of this page did not answer");
    this.status = status;
    this.code = said.code ?? "";
    this.hints = said.hints ?? [];
    this.fate = said.fate ?? "";
  }

  /** One sentence after the other, for a person. */
  get words() {
    const said = [this.message, ...this.hints, this.fate].filter(Boolean);
    return said.map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}${/[.!?]$/.test(one) ? "" : "."}`).join(" ");
  }
}

/** What to tell a person about something that was thrown. @param {unknown} error @returns {string} */
export function wordsOf(error) {
  return error instanceof Refused ? error.words : "Something in this page went wrong. Nothing was changed.";
}

/**
 * @param {string} path under /api/ @param {unknown} [body] makes it a POST
 * @returns {Promise<Response>}
 * @throws {Refused}
 */
async function send(path, body) {
  const headers = { "X-Byhand-Key": sessionStorage.getItem(KEY) ?? "" };
  let response;
  try {
    response = await fetch(
      `/api/${path}`,
      body === undefined
        ? { headers }
        : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) },
    );
  } catch {
    const hints = ["start it again with: byhand review"];
    throw new Refused(0, { code: "gone", error: "the server of this page has ended", hints });
  }
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
}

/**
 * The answer to a question. @template T @param {string} path @returns {Promise<T>} @throws {Refused}
 */
export async function get(path) {
  return (await send(path)).json();
}

/**
 * Have something done. @template T @param {string} path @param {unknown} [body] @returns {Promise<T>} @throws {Refused}
 */
export async function post(path, body = {}) {
  const response = await send(path, body);
  return response.status === 204 ? /** @type {T} */ (null) : response.json();
}

/** Bytes as they are. @param {string} path @returns {Promise<Blob>} @throws {Refused} */
export async function bytes(path) {
  return (await send(path)).blob();
}

/** Tell the server that somebody looks, and when nobody does any more. */
export function stay() {
  setInterval(() => void post("alive").catch(() => {}), ALIVE_MS);
  addEventListener("pagehide", () => {
    const headers = { "X-Byhand-Key": sessionStorage.getItem(KEY) ?? "", "Content-Type": "application/json" };
    void fetch("/api/goodbye", { method: "POST", headers, body: "{}", keepalive: true }).catch(() => {});
  });
}
