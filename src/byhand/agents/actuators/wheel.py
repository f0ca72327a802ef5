"""The wheel, turned over a page or over what scrolls by itself in it.

Rules of this module: nothing is pressed, so it may go to whatever lies there. It comes back when the page has stopped
moving, or at once where there is nothing to scroll.
"""

from __future__ import annotations

from byhand.agents import reasons
from byhand.agents.actuators.acting import NOTCH
from byhand.agents.actuators.touching import Place

_BEGINS_MS, _ENDS_MS = 150, 1500
_ARM = f"""void (byhand.turned = new Promise((done) => {{
  let moved = false;
  const told = {{ capture: true, passive: true }};
  const end = () => {{
    removeEventListener("scroll", move, told);
    removeEventListener("scrollend", end, told);
    requestAnimationFrame(() => done(moved));
    setTimeout(() => done(moved), 100);
  }};
  const move = () => (moved = true);
  addEventListener("scroll", move, told);
  addEventListener("scrollend", end, told);
  setTimeout(() => moved || end(), {_BEGINS_MS});
  setTimeout(end, {_ENDS_MS});
}}))"""
"""A wheel's turn is told to the page a frame later, and is gone through in many: the browser says when it is over."""
_MIDDLE = "[innerWidth / 2, innerHeight / 2, innerWidth - 1, innerHeight - 1]"


def turn(place: Place, notches: float) -> str:
    """Positive is down. Gives why it can't be done, or "".

    Raises:
        Gone: the page went away before.
        Taken: a person took over.
    """
    top = place.worlds.top
    middle_x, middle_y, right, low = place.worlds.ask(top, _MIDDLE)
    x, y = float(middle_x), float(middle_y)
    if place.seen is not None:
        over = place.ask(place.seen, "byhand.points.middle({})")
        if over is None:
            return reasons.GONE
        x, y = max(0.0, min(float(over[0]), right)), max(0.0, min(float(over[1]), low))
    place.worlds.ask(top, _ARM)
    place.mouse.move(x, y)
    place.mouse.wheel(0, notches * NOTCH)
    place.worlds.ask(top, "byhand.turned", wait=True)
    place.traffic.settle(place.made(), leaving=False, pulled=place.pulled)
    return ""
