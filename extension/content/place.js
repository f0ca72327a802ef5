/**
 * Where things are on the screen, in device pixels of the desktop.
 *
 * A page doesn't know where its frame lies, but a pointer event does: it carries the same point twice, in CSS pixels of
 * the frame (client) and in pixels of the desktop before scaling (screen). The difference is the frame's corner, exact
 * in frames of other origins too. It is remembered for acts without a pointer, relative to the browser's window, so a
 * moved window doesn't spoil it; scrolling the page around a frame does, until the pointer enters it again.
 *
 * What the tab's zoom is only the worker knows, and its word may come after the first act: so an act takes a `Spot`
 * when it happens, and pixels are worked out when it leaves. A desktop whose monitors scale differently is taken to
 * scale as the window's monitor does.
 *
 * @typedef {object} Spot
 * @property {boolean} known false: nothing tells where this frame is, all boxes are empty
 * @property {number} screenX where the pointer was, in desktop pixels before scaling
 * @property {number} screenY
 * @property {number} fromX the same point twice, from which the frame's corner follows: in desktop pixels, in CSS pixels
 * @property {number} fromY
 * @property {number} clientX
 * @property {number} clientY
 * @property {number} left CSS pixels that the document is scrolled by
 * @property {number} top
 * @property {number} pinch how much two fingers have enlarged it
 * @property {number} ratio devicePixelRatio
 */
const place = (() => {
  /** No window's border is thicker, in desktop pixels before scaling. */
  const BORDER = 12;
  let zoom = 1;
  /** The last pointer's two points, relative to the window. @type {{x: number, y: number, cx: number, cy: number} | null} */
  let pointer = null;

  /** How thick the window's border is below: as at its sides. What is wider than one is a panel beside the page. */
  function border() {
    const sides = (window.outerWidth - window.innerWidth * zoom) / 2;
    return sides > 0 && sides <= BORDER ? sides : 0;
  }

  /** The spot of this moment. @returns {Spot} */
  function now() {
    const view = window.visualViewport;
    const spot = {
      known: true, screenX: 0, screenY: 0, fromX: 0, fromY: 0, clientX: 0, clientY: 0, left: window.scrollX, top: window.scrollY,
      pinch: view ? view.scale : 1, ratio: window.devicePixelRatio,
    };
    if (pointer) {
      spot.screenX = spot.fromX = window.screenX + pointer.x;
      spot.screenY = spot.fromY = window.screenY + pointer.y;
      spot.clientX = pointer.cx;
      spot.clientY = pointer.cy;
    } else if (window.top === window) {
      // The page's lower edge is the window's, but for its border: tabs and address stand above it.
      spot.fromX = window.screenX + window.outerWidth / 2;
      spot.fromY = window.screenY + window.outerHeight - border();
      spot.clientX = window.innerWidth / 2;
      spot.clientY = window.innerHeight;
      spot.screenX = spot.fromX;
      spot.screenY = window.screenY + window.outerHeight / 2;
    } else spot.known = false;
    return spot;
  }

  /** Learn from a pointer event where this frame is. @param {MouseEvent} event @returns {Spot} */
  function at(event) {
    pointer = { x: event.screenX - window.screenX, y: event.screenY - window.screenY, cx: event.clientX, cy: event.clientY };
    return now();
  }

  /** Device pixels per CSS pixel of the desktop, without the tab's zoom. @param {Spot} spot */
  const scaling = (spot) => spot.ratio / zoom;

  /** Where the pointer was. @param {Spot} spot @returns {[number, number]} */
  function point(spot) {
    const scale = scaling(spot);
    return [Math.round(spot.screenX * scale), Math.round(spot.screenY * scale)];
  }

  /** A point of the frame's viewport on the screen. @param {Spot} spot @param {number} x @param {number} y @returns {[number, number]} */
  function screen(spot, x, y) {
    const scale = scaling(spot);
    const factor = zoom * spot.pinch;
    return [Math.round((spot.fromX - (spot.clientX - x) * factor) * scale), Math.round((spot.fromY - (spot.clientY - y) * factor) * scale)];
  }

  /** A box of the document on the screen; empty where nobody knows. @param {Spot} spot @param {readonly number[]} area @returns {[number, number, number, number]} */
  function box(spot, area) {
    if (!spot.known) return [0, 0, 0, 0];
    const [x, y] = screen(spot, area[0] - spot.left, area[1] - spot.top);
    const size = spot.ratio * spot.pinch;
    return [x, y, Math.round(area[2] * size), Math.round(area[3] * size)];
  }

  /** The way to this frame: its place among the frames of the one above, outermost first. Also from another origin. @returns {number[]} */
  function way() {
    const found = [];
    for (let at = /** @type {Window} */ (window); at !== at.parent; at = at.parent) {
      let place = 0;
      while (place < at.parent.length && at.parent[place] !== at) place++;
      if (place === at.parent.length || found.length === 10) return [];
      found.unshift(place);
    }
    return found;
  }

  return {
    at, now, point, screen, box, way,
    /** Device pixels per CSS pixel. @param {Spot} spot */
    scale: (spot) => spot.ratio * spot.pinch,
    /** @param {number} told */
    zoomed: (told) => { if (told > 0) zoom = told; },
    get zoom() { return zoom; },
  };
})();
