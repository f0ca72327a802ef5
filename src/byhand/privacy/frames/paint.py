"""What a frame is painted with: a soft wireframe, with true pixels only where structure proves them harmless.

The rule is: everything is painted. A frame starts as a flat desktop; the focused window is a flat panel on it; every
box that accessibility names gets a flat fill by the kind of its role. True pixels are shown in one case alone: a box
of a small control (a button, a menu item, a tab...) that has a name, and one the guard has cleared. Even there every
other box wins, unless it is the control's own label or something that holds the control:

    text fields, terminals, pictures, other programs' windows  win over everything, also over what they contain
    text, cells, items, other controls                         win, unless larger than the control and around it
    panels, pages, bars                                        win, unless around the control
    a role we do not know                                      counts as a text field

Fields are painted last, so what lies in one is not drawn at all and the length of a typed text does not show. A menu
that the program has opened hides what is under it; in it only its own cleared items show.
"""

from __future__ import annotations

from collections.abc import Callable

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.roles import (
    BARE,
    BARS,
    CONTROLS,
    COVERED,
    HOLDERS,
    LABELS,
    MENU_ITEMS,
    PAGES,
    PICTURES,
    POPUP,
    SECRETS,
    SHOWABLE,
    TEXTS,
)

SHOW = -1
"""In place of a colour: the true pixels."""
DESKTOP = 0xDDE2EA

Op = tuple[int, int, int, int, int]
"""x0, y0, x1, y1 in device pixels of the desktop, and a colour 0xRRGGBB or `SHOW`."""
Cleared = Callable[[RawBox], bool]

# Quiet, cool greys; a field is bluish, a secret one reddish, a picture violet.
_WINDOW, _WINDOW_EDGE = 0xF6F8FA, 0xBFC7D3
_BAR = 0xECEFF4
_PAGE, _PAGE_EDGE = 0xFFFFFF, 0xE4E8EE
_FIELD, _FIELD_EDGE = 0xEDF2FB, 0xB4C2DC
_SECRET, _SECRET_EDGE = 0xF7EAEE, 0xDDB9C5
_TEXT, _TEXT_BAR = 0xF3F5F9, 0xD6DDE8
_CONTROL, _CONTROL_EDGE = 0xE8ECF3, 0xC7CFDC
_PICTURE, _PICTURE_EDGE = 0xEBE8F4, 0xD2CCE4
_COVER, _COVER_EDGE = 0xD0D7E1, 0xB3BDCB
_POPUP, _POPUP_EDGE = 0xFCFDFE, 0xAEB9C8

# Second lock: a "control" larger than this (at scale 1) is a card or an overlay, and shows what lies under it. A link
# of more than one line has a box that holds its neighbours' words.
_MOST_WIDE, _MOST_HIGH, _LINE = 480, 64, 22

_Rect = tuple[int, int, int, int]
_Placed = tuple[RawBox, _Rect]


def paint(frame: RawFrame, cleared: Cleared, size: tuple[int, int], scale: float) -> list[Op]:
    """Rectangles of the desktop, later ones over earlier ones, all within the focused window.

    Args:
        frame: where the window is, and its boxes; the pixels are only counted.
        cleared: says of a box that it is a control and that its name holds nothing private.
        size: the desktop in device pixels.
        scale: device pixels per logical pixel.
    """
    x0, y0 = max(frame.x, 0), max(frame.y, 0)
    x1, y1 = min(frame.x + frame.w, size[0]), min(frame.y + frame.h, size[1])
    if x0 >= x1 or y0 >= y1:
        return []
    ops = _panel((x0, y0, x1, y1), _WINDOW, _WINDOW_EDGE)
    if frame.boxes is None or len(frame.pixels) < (frame.h - 1) * frame.stride + frame.w * 4:
        return ops
    shown: list[_Placed] = []
    soft: list[_Placed] = []
    hard: list[_Placed] = []
    popups: list[_Rect] = []
    covers: list[_Rect] = []
    for box in frame.boxes:
        a, b = max(box.x, x0), max(box.y, y0)
        c, d = min(box.x + box.w, x1), min(box.y + box.h, y1)
        if a >= c or b >= d:
            continue
        rect, role = (a, b, c, d), box.role
        if role == COVERED:
            covers.append(rect)
        elif role == POPUP:
            popups.append(rect)
        elif role in SHOWABLE and box.name and _small(box, scale) and cleared(box):
            shown.append((box, rect))
        elif role in TEXTS or role in CONTROLS or role in BARE:
            soft.append((box, rect))
        else:
            hard.append((box, rect))
    hidden: list[tuple[_Rect, Op]] = []
    soft.sort(key=_area, reverse=True)
    for placed in soft:
        ops += _fill(placed, scale)
        hidden += [(placed[1], (*part, _hiding(placed[0].role))) for part in _won(placed, shown)]
    ops += [(*rect, SHOW) for _, rect in shown]
    ops += [op for _, op in hidden]
    hard.sort(key=_area, reverse=True)
    for placed in hard:
        ops += _fill(placed, scale)
    for popup in popups:
        ops += _panel(popup, _POPUP, _POPUP_EDGE)
        ops += [_stub(rect) for box, rect in soft if box.role in MENU_ITEMS and _holds(popup, rect)]
        ops += [(*rect, SHOW) for box, rect in shown if box.role in MENU_ITEMS and _holds(popup, rect)]
        # A text or a field of the menu itself; those of the window lie under it.
        ops += [op for rect, op in hidden if _holds(popup, rect)]
        ops += [op for placed in hard if _holds(popup, placed[1]) for op in _fill(placed, scale)]
    for cover in covers:
        ops += _panel(cover, _COVER, _COVER_EDGE)
    return ops


def _fill(placed: _Placed, scale: float) -> list[Op]:
    """The paint of one box. What only holds others is left as it is."""
    box, at = placed
    role = box.role
    if role in HOLDERS:
        return []
    if role in BARS:
        return [(*at, _BAR)]
    if role in PAGES:
        return _panel(at, _PAGE, _PAGE_EDGE)
    if role in TEXTS:
        one_line = role != "table row" and 8 <= at[3] - at[1] <= 32 * scale and box.h == at[3] - at[1]
        return _bar(at, _TEXT) if one_line else [(*at, _TEXT)]
    if role in CONTROLS:
        return _panel(at, _CONTROL, _CONTROL_EDGE)
    if role in PICTURES:
        return _panel(at, _PICTURE, _PICTURE_EDGE)
    if role in SECRETS:
        return _panel(at, _SECRET, _SECRET_EDGE)
    return _panel(at, _FIELD, _FIELD_EDGE)


def _hiding(role: str) -> int:
    """The colour with which a box hides a part of a control."""
    if role in BARE:
        return _BAR if role in BARS else _WINDOW
    return _TEXT if role in TEXTS else _CONTROL


def _won(placed: _Placed, shown: list[_Placed]) -> list[_Rect]:
    """What this box must hide of the controls that would show."""
    box, rect = placed
    x0, y0, x1, y1 = rect
    role = box.role
    parts: list[_Rect] = []
    for control, other in shown:
        a, b, c, d = other
        if a >= x1 or c <= x0 or b >= y1 or d <= y0:
            continue
        if _holds(rect, other) and (role in BARE or rect != other):
            continue
        if role in LABELS and box.name == control.name and _holds(other, rect):
            continue  # the control's own label: the very words that were cleared
        parts.append((max(a, x0), max(b, y0), min(c, x1), min(d, y1)))
    return parts


def _small(box: RawBox, scale: float) -> bool:
    return box.w <= _MOST_WIDE * scale and box.h <= (_LINE if box.role == "link" else _MOST_HIGH) * scale


def _bar(at: _Rect, ground: int) -> list[Op]:
    """A line of words, as a bar."""
    x0, y0, x1, y1 = at
    inset = (y1 - y0) * 3 // 10
    return [(*at, ground), (x0, y0 + inset, x1, y1 - inset, _TEXT_BAR)]


def _stub(at: _Rect) -> Op:
    """A menu's item, as a short bar."""
    x0, y0, x1, y1 = at
    inset = (y1 - y0) * 4 // 11
    return (x0 + (x1 - x0) // 10, y0 + inset, (x0 + x1) // 2, y1 - inset, _TEXT_BAR)


def _panel(at: _Rect, fill: int, edge: int) -> list[Op]:
    """A fill with an outline of one pixel: the outline's colour, and the fill laid inside it."""
    x0, y0, x1, y1 = at
    if x1 - x0 < 3 or y1 - y0 < 3:
        return [(*at, fill)]
    return [(*at, edge), (x0 + 1, y0 + 1, x1 - 1, y1 - 1, fill)]


def _area(placed: _Placed) -> int:
    x0, y0, x1, y1 = placed[1]
    return (x1 - x0) * (y1 - y0)


def _holds(outer: _Rect, inner: _Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
