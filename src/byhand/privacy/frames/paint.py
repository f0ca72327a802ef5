"""What a frame is painted with: a soft wireframe, with true pixels only where structure proves them harmless.

The rule is: everything is painted. A frame starts as a flat desktop; the focused window is a flat panel on it; every
box that accessibility names gets a flat fill by the kind of its role. True pixels are shown in one case alone: a box
of a small control (a button, a menu item, a tab...) or of a short text (a label, a heading, an option...) that has a
name, one the guard has cleared, and whose pixels bear the name out (`proof`). A text never shows within prose. Even
there every other box wins, unless it is the control's own label or something that holds the control:

    text fields, terminals, pictures, other programs' windows  win over everything, also over what they contain
    text, cells, items, other controls                         win, unless larger than the control and around it
    panels, pages, bars                                        win, unless around the control
    another box that shows, if the two only overlap            neither shows: one of the two lies
    a role we do not know                                      counts as a text field

Fields are painted last, so what lies in one is not drawn at all and the length of a typed text does not show. A menu
that the program has opened hides what is under it; in it only its own cleared items show.

Where `vision` has looked through an area, that area shows but for what was found in it, and for every box a tree names
besides, by the same rules (`sight` has the colours).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames import flat, sight
from byhand.privacy.frames.flat import DESKTOP, SHOW, Op, Rect
from byhand.privacy.frames.proof import own_words
from byhand.privacy.frames.roles import (
    BARE,
    CONTROLS,
    COVERED,
    FOUND,
    LABELS,
    LOOKED,
    MENU_ITEMS,
    POPUP,
    PROSE,
    QUOTABLE,
    SHOWABLE,
    TEXTS,
)

Cleared = Callable[[RawBox], bool]

_FOUND = frozenset(FOUND.values())
# Second lock: a "control" larger than this (at scale 1) is a card or an overlay, and shows what lies under it. A link
# or a text of more than one line has a box that holds its neighbours' words.
_MOST_WIDE, _MOST_HIGH, _LINE, _TALL_LINE = 480, 64, 22, 40

_Placed = tuple[RawBox, Rect]


@dataclass(slots=True)
class _Sorts:
    """The boxes of a frame by what they may do."""

    shown: list[_Placed] = field(default_factory=list[_Placed])
    soft: list[_Placed] = field(default_factory=list[_Placed])
    hard: list[_Placed] = field(default_factory=list[_Placed])
    found: list[_Placed] = field(default_factory=list[_Placed])
    looked: list[Rect] = field(default_factory=list[Rect])
    popups: list[Rect] = field(default_factory=list[Rect])
    covers: list[Rect] = field(default_factory=list[Rect])


def paint(frame: RawFrame, cleared: Cleared, size: tuple[int, int], scale: float) -> list[Op]:
    """Rectangles of the desktop, later ones over earlier ones, all within the focused window.

    Args:
        frame: where the window is, its boxes, and pixels that bear them out.
        cleared: says of a box that its name holds nothing private.
        size: the desktop in device pixels.
        scale: device pixels per logical pixel.
    """
    x0, y0 = max(frame.x, 0), max(frame.y, 0)
    x1, y1 = min(frame.x + frame.w, size[0]), min(frame.y + frame.h, size[1])
    if x0 >= x1 or y0 >= y1:
        return []
    ops = flat.window((x0, y0, x1, y1))
    if frame.boxes is None or len(frame.pixels) < (frame.h - 1) * frame.stride + frame.w * 4:
        return ops
    sorts = _sorted(frame, (x0, y0, x1, y1), cleared, scale)
    shown, hard = sorts.shown, sorts.hard
    sorts.soft.sort(key=_area, reverse=True)
    hard.sort(key=_area, reverse=True)
    fill = _sighted(frame, sorts, scale) if sorts.looked else _flat(scale)
    ops += [(*rect, SHOW) for rect in sorts.looked]
    sorts.found.sort(key=_area, reverse=True)
    for placed in sorts.found:
        ops += fill(*placed)
    hidden: list[tuple[Rect, Op]] = []
    for placed in sorts.soft:
        ops += fill(*placed)
        hidden += [(placed[1], (*part, flat.hiding(placed[0].role))) for part in _won(placed, shown)]
    ops += [(*rect, SHOW) for _, rect in shown]
    ops += [op for _, op in hidden]
    for placed in hard:
        ops += fill(*placed)
    for popup in sorts.popups:
        ops += flat.popup(popup)
        ops += [flat.stub(rect) for box, rect in sorts.soft if box.role in MENU_ITEMS and _holds(popup, rect)]
        ops += [(*rect, SHOW) for box, rect in shown if box.role in MENU_ITEMS and _holds(popup, rect)]
        # A text or a field of the menu itself; those of the window lie under it.
        ops += [op for rect, op in hidden if _holds(popup, rect)]
        ops += [op for placed in hard if _holds(popup, placed[1]) for op in fill(*placed)]
    for cover in sorts.covers:
        ops += flat.cover(cover)
    return ops


def _sorted(frame: RawFrame, window: Rect, cleared: Cleared, scale: float) -> _Sorts:
    sorts = _Sorts()
    for box in frame.boxes or ():
        a, b = max(box.x, window[0]), max(box.y, window[1])
        c, d = min(box.x + box.w, window[2]), min(box.y + box.h, window[3])
        if a >= c or b >= d:
            continue
        rect, role = (a, b, c, d), box.role
        if role == COVERED:
            sorts.covers.append(rect)
        elif role == POPUP:
            sorts.popups.append(rect)
        elif role == LOOKED:
            sorts.looked.append(rect)
        elif role in _FOUND:
            sorts.found.append((box, rect))
        elif role in SHOWABLE | QUOTABLE and box.name and _small(box, scale) and cleared(box):
            sorts.shown.append((box, rect))
        elif role in TEXTS or role in CONTROLS or role in BARE:
            sorts.soft.append((box, rect))
        else:
            sorts.hard.append((box, rect))
    claimed, sorts.shown = sorts.shown, []
    prose = [rect for box, rect in sorts.soft if box.role in PROSE]
    prose += [rect for box, rect in sorts.hard if box.role in PROSE]
    for placed in claimed:
        box, rect = placed
        quoted = box.role in QUOTABLE and any(_meets(one, rect) for one in prose)
        lies = any(_cut(rect, other, scale) for _, other in claimed)
        proven = not quoted and not lies and own_words(frame, box, rect, scale)
        (sorts.shown if proven else sorts.soft).append(placed)
    return sorts


_Fill = Callable[[RawBox, Rect], list[Op]]


def _flat(scale: float) -> _Fill:
    return lambda box, rect: flat.fill(box, rect, scale)


def _sighted(frame: RawFrame, sorts: _Sorts, scale: float) -> _Fill:
    """Paint for a picture of which the plain part shows: what only holds others is seen already."""
    texts = [rect for box, rect in (*sorts.soft, *sorts.shown) if box.role in TEXTS]

    def fill(box: RawBox, rect: Rect) -> list[Op]:
        if box.role in BARE:
            return []
        if box.role in _FOUND:
            line = box.role == FOUND["text"] and rect[3] - rect[1] <= _TALL_LINE * scale
            return sight.painted(frame, rect, scale, "line" if line else "panel")
        words = box.role in TEXTS or box.role == "link"
        look: sight.Look = "line" if words and rect[3] - rect[1] <= _TALL_LINE * scale else "panel"
        if words and any(_holds(rect, text) and text != rect for text in texts):
            look = "ground"
        return sight.painted(frame, rect, scale, look, told=True)

    return fill


def _won(placed: _Placed, shown: list[_Placed]) -> list[Rect]:
    """What this box must hide of those that would show."""
    box, rect = placed
    role = box.role
    parts: list[Rect] = []
    for control, other in shown:
        if not _meets(rect, other):
            continue
        if _holds(rect, other) and (role in BARE or rect != other):
            continue
        if role in LABELS and box.name == control.name and _holds(other, rect):
            continue  # the control's own label: the very words that were cleared
        parts.append((max(other[0], rect[0]), max(other[1], rect[1]), min(other[2], rect[2]), min(other[3], rect[3])))
    return parts


def _small(box: RawBox, scale: float) -> bool:
    high = _LINE if box.role == "link" else _TALL_LINE if box.role in QUOTABLE else _MOST_HIGH
    return box.w <= _MOST_WIDE * scale and box.h <= high * scale


def _cut(one: Rect, other: Rect, scale: float) -> bool:
    """Do two boxes overlap by more than their edges, and neither holds the other?"""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, down) > 2 * scale and not _holds(one, other) and not _holds(other, one)


def _area(placed: _Placed) -> int:
    x0, y0, x1, y1 = placed[1]
    return (x1 - x0) * (y1 - y0)


def _meets(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


__all__ = ["DESKTOP", "SHOW", "Cleared", "Op", "paint"]
