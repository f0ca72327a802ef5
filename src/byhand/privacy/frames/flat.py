"""Colours and shapes of what is painted flat: the fill of a box by the kind of its role. No pixel is looked at."""

from __future__ import annotations

from byhand.events.raw import RawBox
from byhand.privacy.frames.roles import BARE, BARS, CONTROLS, HOLDERS, PAGES, PICTURES, SECRETS, TEXTS

Rect = tuple[int, int, int, int]
"""x0, y0, x1, y1 in device pixels of the desktop."""
Op = tuple[int, int, int, int, int]
"""The same, and a colour 0xRRGGBB or `SHOW`."""

SHOW = -1
"""In place of a colour: the true pixels."""
DESKTOP = 0xDDE2EA

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


def window(at: Rect) -> list[Op]:
    return _panel(at, _WINDOW, _WINDOW_EDGE)


def popup(at: Rect) -> list[Op]:
    return _panel(at, _POPUP, _POPUP_EDGE)


def cover(at: Rect) -> list[Op]:
    return _panel(at, _COVER, _COVER_EDGE)


def stub(at: Rect) -> Op:
    """A menu's item, as a short bar."""
    x0, y0, x1, y1 = at
    inset = (y1 - y0) * 4 // 11
    return (x0 + (x1 - x0) // 10, y0 + inset, (x0 + x1) // 2, y1 - inset, _TEXT_BAR)


def fill(box: RawBox, at: Rect, scale: float) -> list[Op]:
    """The paint of one box. What only holds others is left as it is."""
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


def hiding(role: str) -> int:
    """The colour with which a box hides a part of one that shows."""
    if role in BARE:
        return _BAR if role in BARS else _WINDOW
    return _TEXT if role in TEXTS else _CONTROL


def _bar(at: Rect, ground: int) -> list[Op]:
    """A line of words, as a bar."""
    x0, y0, x1, y1 = at
    inset = (y1 - y0) * 3 // 10
    return [(*at, ground), (x0, y0 + inset, x1, y1 - inset, _TEXT_BAR)]


def _panel(at: Rect, inside: int, edge: int) -> list[Op]:
    """A fill with an outline of one pixel: the outline's colour, and the fill laid inside it."""
    x0, y0, x1, y1 = at
    if x1 - x0 < 3 or y1 - y0 < 3:
        return [(*at, inside)]
    return [(*at, edge), (x0 + 1, y0 + 1, x1 - 1, y1 - 1, inside)]
