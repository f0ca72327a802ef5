/** Which covered site an address belongs to: the same answer as the recorder's own `site_rule`. Pure. */

/** @typedef {import("../types/messages").SiteSaid} SiteSaid */

/** Scheme, host and port as a policy writes them; "" for what has no such origin. @param {string} url */
export function originOf(url) {
  let parts;
  try {
    parts = new URL(url);
  } catch {
    return "";
  }
  if (parts.protocol === "file:") return "file://";
  if (parts.protocol !== "http:" && parts.protocol !== "https:") return "";
  const host = parts.hostname.replace(/\.$/, "");
  return host ? `${parts.protocol}//${host}${parts.port && `:${parts.port}`}` : "";
}

/** The exact origin first, then the closest `*.`. @param {readonly SiteSaid[]} sites @param {string} url @returns {SiteSaid | null} */
export function siteOf(sites, url) {
  const origin = originOf(url);
  if (!origin) return null;
  const wanted = [origin];
  const [scheme, rest] = [origin.slice(0, origin.indexOf("://")), origin.slice(origin.indexOf("://") + 3)];
  for (let host = rest; host.includes(".");) {
    host = host.slice(host.indexOf(".") + 1);
    wanted.push(`${scheme}://*.${host}`);
  }
  const rules = new Map(sites.map((site) => [plain(site.origin), site]));
  for (const one of wanted) {
    const found = rules.get(one);
    if (found) return found.streams.includes("actions") ? found : null;
  }
  return null;
}

/** A port that its scheme has anyway is left out. @param {string} origin */
const plain = (origin) => origin.replace(/^(http:.*):80$|^(https:.*):443$/, "$1$2");

/** Has the person paused here, or never wants anything kept? @param {readonly string[]} hushed @param {string} url */
export function isHushed(hushed, url) {
  return siteOf(hushed.map((origin) => ({ origin, streams: ["actions"] })), url) !== null;
}
