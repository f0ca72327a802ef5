"""The look of a window without one pixel of it: boxes, roles, and the words the guard cleared.

Rules of this module: a role is kept only where AT-SPI defines it. A name is kept only of what is called something: of a
control, a field's label, a label, a heading or an option, and only if the whole of it was cleared. What a person typed
shows neither by content nor by length:

    in a field                 nothing is kept of what lies in it
    a text that was not cleared  its width is told in steps of `STEP`, its height only above one line
    under another window       nothing is kept

A wireframe is told only when it differs from the last one: otherwise it would say when a key was struck in a field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.roles import BARE, COVERED, HOLDERS, LABELS, POPUP, PROSE, SECRETS, SHOWABLE, TEXTS
from byhand.privacy.rules.fields import CONTROLS, INPUTS, OPTIONS, known_role

STEP = 64
"""Device pixels. An uncleared text tells its width no finer: about nine letters."""
MOST_BOXES = 400
"""More than this is no picture a person or a model reads; the smallest are left out."""

Named = Callable[[RawBox], str]
"""The name of a box as it may be kept, "" if it was not cleared."""

_NAMED = (
    CONTROLS | (INPUTS - {"terminal"}) | OPTIONS | LABELS | SHOWABLE | {"heading", "row header", "table row header"}
)
_FIELDS = INPUTS | SECRETS
_WORDS = LABELS | OPTIONS | {"heading"}
"""Roles that are a person's own words as often as the program's: in a document they never have a name."""
_Rect = tuple[int, int, int, int]
_Told = tuple[str, str, _Rect]


class Wires(NamedTuple):
    """Columns of a `Wireframe`: see there."""

    roles: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[int, ...]


class Sketch:
    """Wireframes of one recording. Remembers the last one, and nothing that it does not hold."""

    def __init__(self) -> None:
        self._last: object = None

    def restart(self) -> None:
        """Tell the next one even if it is like the last."""
        self._last = None

    def keep(self, frame: RawFrame, named: Named) -> Wires | None:
        """The wireframe of the focused window, or None where it is like the last one or nothing is known of it.

        Args:
            frame: its boxes; the pixels are not looked at.
            named: what the guard says of a box's name.
        """
        if frame.boxes is None:
            return None
        wires = _wires(frame, named)
        now = frame.window, frame.x, frame.y, frame.w, frame.h, wires
        if now == self._last or not wires.roles:
            return None
        self._last = now
        return wires


def _wires(frame: RawFrame, named: Named) -> Wires:
    window = frame.x, frame.y, frame.x + frame.w, frame.y + frame.h
    placed = [(box, rect) for box in frame.boxes or () if (rect := _clip(box, window))]
    covers = [rect for box, rect in placed if box.role == COVERED]
    popups = [rect for box, rect in placed if box.role == POPUP]
    fields = [rect for box, rect in placed if _is_field(box.role)]
    prose = [rect for box, rect in placed if box.role in PROSE]
    below: dict[_Told, None] = {}
    on_popup: dict[_Told, None] = {}
    for box, rect in placed:
        role = box.role
        if role in (COVERED, POPUP) or any(_holds(cover, rect) for cover in covers):
            continue
        if role not in BARE and not _is_field(role) and _in_field(role, rect, fields):
            continue
        may = role in _NAMED and box.name and not (role in _WORDS and any(_holds(one, rect) for one in prose))
        name = named(box) if may else ""
        blurred = not name and (role in TEXTS or (box.name and not _is_field(role) and role not in BARE))
        # A menu's own items lie on it. What only meets it lies under it.
        layer = on_popup if any(_holds(popup, rect) for popup in popups) else below
        layer[_told(role), name, _coarse(rect, window) if blurred else rect] = None
    told: list[_Told] = [*_most(below), *((POPUP, "", rect) for rect in popups), *_most(on_popup)]
    told += [(COVERED, "", rect) for rect in covers]
    return Wires(
        tuple(role for role, _, _ in told),
        tuple(name for _, name, _ in told),
        tuple(number for _, _, (x0, y0, x1, y1) in told for number in (x0, y0, x1 - x0, y1 - y0)),
    )


def _told(role: str) -> str:
    return "panel" if role in HOLDERS else role if known_role(role) else "unknown"


def _most(boxes: Iterable[_Told]) -> list[_Told]:
    """Large ones first, as they lie under small ones; where there are too many, the smallest are left out."""
    return sorted(boxes, key=lambda one: -_area(one[2]))[:MOST_BOXES]


def _is_field(role: str) -> bool:
    """What a role does not say counts as a field, as it does when a frame is painted."""
    return role in _FIELDS or not (known_role(role) or role in (COVERED, POPUP))


def _in_field(role: str, rect: _Rect, fields: list[_Rect]) -> bool:
    """Does it lie in a field? A text that only cuts a field's edge may be what was typed there, so it counts too."""
    if role in TEXTS:
        return any(rect == field or (_meets(field, rect) and not _holds(rect, field)) for field in fields)
    return any(_holds(field, rect) for field in fields)


def _coarse(rect: _Rect, window: _Rect) -> _Rect:
    x0, y0, x1, y1 = rect
    return x0, y0, min(window[2], x0 + -(-(x1 - x0) // STEP) * STEP), y1


def _clip(box: RawBox, window: _Rect) -> _Rect | None:
    x0, y0 = max(box.x, window[0]), max(box.y, window[1])
    x1, y1 = min(box.x + box.w, window[2]), min(box.y + box.h, window[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _area(rect: _Rect) -> int:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _holds(outer: _Rect, inner: _Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _meets(one: _Rect, other: _Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
