/** Times of a recording as a person types them: "1:02.5", "62.5", "1:00:03". */

/** @param {string} text @returns {number} ms since the first event, NaN if it is no time */
export function parse(text) {
  const parts = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (!parts) return NaN;
  const [, hours = "0", minutes = "0", seconds] = parts;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."))) * 1000);
}

/** To the millisecond, so that what is shown is what is cut. @param {number} ms @returns {string} */
export function exact(ms) {
  const whole = Math.max(0, Math.round(ms));
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const seconds = ((whole % 60_000) / 1000).toFixed(3).padStart(6, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
