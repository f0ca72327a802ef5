// @ts-check
/**
 * An element found again by its selectors, best first. Each of them is asked; those that lead to one element must agree.
 *
 * What comes back: the element, or why there is none: "none" (no selector leads anywhere), "many" (none leads to one
 * alone), "apart" (two lead to different ones).
 *
 * @typedef {{kind: string, words: string, hits: Element[] | null}} Way `hits` where somebody else has looked already
 * @typedef {{tag: string, area: [number, number, number, number]}} Place in CSS pixels of the document
 * @param {[Way[], Place | null]} asked the place, where there are no selectors
 * @returns {Element | string}
 */
([known, place]) => {
  /** The innermost elements that hold these words. @param {string} words */
  const byWords = (words) => {
    const holding = ways.all(document, 'body *').filter((one) => one.textContent?.includes(words));
    return holding.filter((one) => !holding.some((other) => other !== one && one.contains(other)));
  };
  /** @type {Element | null} */
  let found = null;
  let most = 0;
  for (const { kind, words, hits } of known) {
    const these = hits ?? (kind === 'text' ? byWords(words) : ways.find(kind === 'css' ? words : `${kind}/${words}`));
    most = Math.max(most, these.length);
    if (found !== null && these.length > 0 && !these.includes(found)) return 'apart';
    if (found === null && these.length === 1) found = these[0] ?? null;
  }
  if (place !== null) {
    const at = ways.all(document, place.tag).filter((one) => {
      const box = one.getBoundingClientRect();
      const now = [box.left + window.scrollX, box.top + window.scrollY, box.width, box.height];
      return now.every((edge, side) => Math.abs(edge - (place.area[side] ?? 0)) < 2);
    });
    const innermost = at.filter((one) => !at.some((other) => other !== one && one.contains(other)));
    most = innermost.length;
    found = innermost.length === 1 ? (innermost[0] ?? null) : null;
  }
  return found ?? (most ? 'many' : 'none');
}
