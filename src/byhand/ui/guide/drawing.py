"""A part of a page or window, drawn: boxes with the words that were cleared, the target ringed. Pure; SVG.

Rules of this module: every text goes in escaped, and cut to its box. A text that was not cleared is a bar. Colours are
classes; whoever shows the drawing brings them (`guide.css`, or `STYLE` in a file of its own).
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Literal, NamedTuple

from byhand.events.kinds import Snapshot, Wireframe
from byhand.ui.guide.frames import Box, Cut
from byhand.ui.words import shown

STYLE = (files("byhand.ui.guide") / "drawing.css").read_text("utf-8")
_WIDE, _HIGH = 620, 230
_WIDER = 1.3
_EDGE = 28
_RING = 5
_LETTER = 0.56
"""Width of a letter as a part of its size, on average."""

Shape = Literal["button", "field", "list", "check", "radio", "link", "head", "words", "picture", "panel"]
_SHAPES: dict[str, Shape] = {
    "button": "button", "push button": "button", "toggle button": "button", "menuitem": "button", "menu item": "button",
    "tab": "button", "page tab": "button", "option": "words", "switch": "check", "textbox": "field", "entry": "field",
    "searchbox": "field", "spinbutton": "field", "spin button": "field", "password text": "field", "text area": "field",
    "date editor": "field", "combobox": "list", "combo box": "list", "checkbox": "check", "check box": "check",
    "radio": "radio", "radio button": "radio", "link": "link", "heading": "head", "img": "picture", "image": "picture",
    "icon": "picture", "dialog": "panel", "alertdialog": "panel", "menu": "panel", "listbox": "panel", "alert": "panel",
    "text": "words", "label": "words", "static": "words", "paragraph": "words", "listitem": "words",
    "list item": "words",     "cell": "words", "table cell": "words", "columnheader": "head", "rowheader": "head",
}  # fmt: skip

_TEXTS = ("link", "head", "words")


class Drawing(NamedTuple):
    """Inner SVG of a view w by h."""

    w: int
    h: int
    body: str


class Seen(NamedTuple):
    """An element in device pixels of the desktop, or in whatever the boxes of its list are in."""

    role: str
    tag: str
    name: str
    states: str
    holds: str
    box: Box


def around(box: Sequence[int], other: Sequence[int] = (), *, scale: float = 1.0) -> Box:
    """The part of the screen that shows a target, and where it was dragged to."""
    boxes = [one for one in (box, other) if len(one) == 4]
    x0, y0 = min(one[0] for one in boxes), min(one[1] for one in boxes)
    x1, y1 = max(one[0] + one[2] for one in boxes), max(one[1] + one[3] for one in boxes)
    wide = max(round(_WIDE * scale), x1 - x0 + 2 * round(_EDGE * scale))
    high = max(round(_HIGH * scale), y1 - y0 + 2 * round(_EDGE * scale))
    return (x0 + x1 - wide) // 2, (y0 + y1 - high) // 2, wide, high


def listed(seen: Snapshot | Wireframe) -> Iterator[Seen]:
    """What a list holds, on the desktop."""
    scale = seen.scale if isinstance(seen, Snapshot) else 1.0
    edges = [round(edge * scale) for edge in seen.places] if isinstance(seen, Snapshot) else list(seen.places)
    for at, (role, name) in enumerate(zip(seen.roles, seen.names, strict=False)):
        place = edges[4 * at : 4 * at + 4]
        if len(place) < 4:
            return
        x, y, w, h = place
        if isinstance(seen, Snapshot):
            about = seen.tags[at], name, seen.states[at], seen.holds[at]
            yield Seen(role, *about, (x + seen.x, y + seen.y, w, h))
        else:
            yield Seen(role, "", name, "", "", (x, y, w, h))


def inside(part: Box, whole: Box) -> Box:
    """A part moved and cut so that it lies in the whole."""
    w, h = min(part[2], whole[2]), min(part[3], whole[3])
    x = min(max(part[0], whole[0]), whole[0] + whole[2] - w)
    y = min(max(part[1], whole[1]), whole[1] + whole[3] - h)
    return x, y, w, h


def towards(part: Box, seen: Sequence[Seen], scale: float = 1.0) -> Box:
    """A part moved so that it shows as much as it can of what there is to draw, and as little of what is empty; and a
    little wider, where it then shows all.
    """
    boxes = [one.box for one in seen if _shape_of(one) and one.box[2] > 0 and one.box[3] > 0]
    if not boxes:
        return part
    edge = round(_EDGE * scale)
    left, right = min(box[0] for box in boxes) - edge, max(box[0] + box[2] for box in boxes) + edge
    wide = right - left if part[2] < right - left <= _WIDER * part[2] else part[2]
    high = min(box[1] for box in boxes) - edge, max(box[1] + box[3] for box in boxes) + edge
    return _moved(part[0], wide, left, right), _moved(part[1], part[3], *high), wide, part[3]


def _moved(start: int, length: int, low: int, high: int) -> int:
    return min(max(start, min(low, high - length)), max(low, high - length))


def drawn(
    seen: Sequence[Seen], part: Box, ring: Sequence[int], to: Sequence[int] = (), *, scale: float = 1.0
) -> Drawing:
    """A drawing of that part."""
    x, y, w, h = part
    shapes = [f'<rect class="ground" width="{w}" height="{h}"/>']
    for one in _apart(seen):
        left, top, wide, high = one.box
        if wide > 0 and high > 0 and left < x + w and top < y + h and left + wide > x and top + high > y:
            within = one.box
            if _shape_of(one) in _TEXTS:  # ends where the drawing does; of several lines the first one counts
                one = one._replace(box=(left, top, min(wide, x + w - left), high))  # noqa: PLW2901
                within = (*one.box[:3], high if _is_line(high, scale) else round(20 * scale))
            shapes += _shape(one, left - x, top - y, scale, cut=not _is_whole(within, part))
    shapes += _rings(part, ring, to, scale)
    return Drawing(w, h, "".join(shapes))


def _is_whole(box: Sequence[int], part: Box) -> bool:
    x, y, w, h = box
    return x >= part[0] and y >= part[1] and x + w <= part[0] + part[2] and y + h <= part[1] + part[3]


def _is_line(high: float, scale: float) -> bool:
    return high < 40 * scale


def _shape_of(one: Seen) -> Shape | Literal[""]:
    return _SHAPES.get(one.role) or ("words" if one.name else "")


def _apart(seen: Sequence[Seen]) -> Iterator[Seen]:
    """The same, so that no words lie upon others: of a closed list the chosen option alone, the words of a label
    beside its box, and no bar for what holds nothing but a control.
    """
    controls = [one.box for one in seen if _SHAPES.get(one.role) in ("button", "field", "list", "check", "radio")]
    lists = {one.box for one in seen if _SHAPES.get(one.role) == "list"}
    boxes = [one.box for one in seen if _SHAPES.get(one.role) in ("check", "radio")]
    for one in seen:
        if one.role == "option" and one.box in lists:
            if "selected" in one.states.split():
                x, y, w, h = one.box
                yield one._replace(box=(x + 8, y, max(w - 28, 1), h))
            continue
        x, y, w, h = one.box
        is_words = _SHAPES.get(one.role) == "words"
        if is_words and not one.name and any(x <= box[0] < x + w and y <= box[1] < y + h for box in controls):
            continue
        inner = [box for box in boxes if x <= box[0] < x + w / 2 and y <= box[1] + box[3] / 2 < y + h]
        if is_words and inner:
            left = max(box[0] + box[2] for box in inner) + 7
            yield one._replace(box=(left, y, max(x + w - left, 1), h))
        else:
            yield one


def framed(cut: Cut, ring: Sequence[int], to: Sequence[int] = (), *, scale: float = 1.0) -> Drawing:
    """The same of a picture that was kept."""
    picture = f'<image width="{cut.w}" height="{cut.h}" href="data:image/png;base64,{cut.png}"/>'
    rings = _rings((cut.x, cut.y, cut.w, cut.h), ring, to, scale)
    return Drawing(cut.w, cut.h, picture + "".join(rings))


def file(drawing: Drawing, label: str) -> str:
    """A drawing as a file of its own."""
    said = html.escape(label, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.w} {drawing.h}" width="{drawing.w}" '
        f'height="{drawing.h}" role="img" aria-label="{said}"><style>{STYLE}</style>{drawing.body}</svg>\n'
    )


def _rings(part: Box, ring: Sequence[int], to: Sequence[int], scale: float) -> Iterator[str]:
    pad, round_ = _RING * scale, 9 * scale
    for box, extra in ((ring, ""), (to, " end")):
        if len(box) != 4 or not any(box):
            continue
        x, y, w, h = box
        at = f'x="{x - part[0] - pad:g}" y="{y - part[1] - pad:g}" width="{w + 2 * pad:g}" height="{h + 2 * pad:g}"'
        for name in ("halo", f"ring{extra}"):
            yield f'<rect class="{name}" {at} rx="{round_:g}"/>'


def _shape(one: Seen, x: int, y: int, scale: float, *, cut: bool) -> list[str]:
    """cut: the edge of the drawing goes through it. Half a word or half a small box says nothing: it is left out."""
    w, h = one.box[2:]
    at = f'x="{x}" y="{y}" width="{w}" height="{h}"'
    shape = _shape_of(one)
    if cut and (shape in _TEXTS or shape in ("check", "radio")):
        return []
    soft = f'rx="{5 * scale:g}"'
    match shape:
        case "button":
            return [f'<rect class="button" {at} {soft}/>', "" if cut else _words(one, x, y, scale, "middle")]
        case "field" | "list":
            turn, right, middle = 4 * scale, x + w - 16 * scale, y + h / 2
            start = f"M{right:g} {middle - turn / 2:g}"
            sign = f'<path class="line" d="{start}l{turn:g} {turn:g} {turn:g} {-turn:g}"/>'
            held = '<text class="quiet" {}>{}</text>'.format(
                f'x="{x + 8 * scale:g}" y="{y + h / 2 + 4 * scale:g}" font-size="{12 * scale:g}"',
                "•••••" if one.holds.endswith(("character", "characters")) else "",
            )
            return [f'<rect class="field" {at} {soft}/>', "" if cut else sign if shape == "list" else held]
        case "check" | "radio":
            is_on = "checked" in one.states or one.holds in ("checked", "on")
            return [
                f'<rect class="field" {at} rx="{min(w, h) / 2 if shape == "radio" else 3 * scale:g}"/>',
                f'<rect class="on" x="{x + w * 0.25:g}" y="{y + h * 0.25:g}" width="{w / 2:g}" height="{h / 2:g}" '
                f'rx="{min(w, h) / 4 if shape == "radio" else 1.5 * scale:g}"/>' if is_on else "",
            ]  # fmt: skip
        case "picture":
            return [f'<rect class="picture" {at} {soft}/>']
        case "panel":
            return [f'<rect class="panel" {at} rx="{8 * scale:g}"/>']
        case "link" | "head" | "words":
            return [_words(one, x, y, scale, "start", shape)]
        case _:
            return []


def _words(one: Seen, x: int, y: int, scale: float, anchor: str, shape: str = "words") -> str:
    """The words in their box; a bar where they were not cleared."""
    w, h = one.box[2:]
    is_line = anchor == "middle" or _is_line(h, scale)
    size = max(8 * scale, min(13 * scale, h * 0.72))
    left = x + w / 2 if anchor == "middle" else x
    if not one.name:
        wide, high = w * 0.55, size * 0.62
        at = f'x="{left - (wide / 2 if anchor == "middle" else 0):g}" width="{wide:g}" height="{high:g}"'
        return f'<rect class="bar" {at} y="{y + (h - high) / 2 if is_line else y + 4 * scale:g}" rx="{3 * scale:g}"/>'
    fits = max(2, int((w + 6 * scale) / (size * _LETTER)))
    base = y + h / 2 + size * 0.35 if is_line else y + size * 1.1
    at = f'x="{left:g}" y="{base:g}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text class="{shape}" {at}>{html.escape(shown(one.name, min(fits, 200)))}</text>'
