"""What an element lies in or beside, where its own name says too little: "Edit" in the row of Ada Byron. Pure.

Asked of the list that was seen before the act, a page's or a window's, from the element outwards: the header of its
row, words at its left or above it, the heading before it, the name of what it lies in.

Rules of this module: only words that stand in the list are said, and the guard has cleared those. Nothing is guessed:
where the element isn't listed, or nothing around it has a name, the answer is "".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec.structs import replace

from byhand.episodes import boxes
from byhand.episodes.types import Target
from byhand.events.kinds import Snapshot, Wireframe

_ROWS = frozenset({"row", "listitem", "article", "treeitem"})
_HEADS = ("rowheader", "heading")
_WORDS = frozenset({"rowheader", "heading", "cell", "gridcell", "text", "label", "term", "link", "strong", "paragraph"})
_LABELS = frozenset({"text", "label", "term", "legend", "caption", ""})
_FIELDS = frozenset({
    "textbox", "searchbox", "combobox", "listbox", "spinbutton", "checkbox", "radio", "switch", "slider",
})  # fmt: skip
"""What has its label beside it, where it has one. A button without a name has its words in it, or none."""
_PARTS = frozenset({
    "group", "radiogroup", "region", "form", "dialog", "alertdialog", "list", "table", "grid", "tree", "toolbar",
    "menu", "menubar", "navigation", "search", "tablist", "tabpanel", "complementary", "main", "banner",
    "contentinfo", "figure", *_ROWS,
})  # fmt: skip
_LEFT_PX, _ABOVE_PX = 240, 40
"""So far a label may stand away, in CSS pixels, or in the desktop's."""


class _Listed(Protocol):
    """A `Snapshot`, or a window's boxes as one."""

    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def parents(self) -> tuple[int, ...]: ...
    @property
    def places(self) -> tuple[int, ...]: ...


def placed(target: Target, page: Snapshot | None, window: Wireframe | None) -> Target:
    """The target with `near`, where it needs one and a list has one.

    Args:
        target: what was acted on.
        page: what was seen of it before the act, by a browser.
        window: the same by the desktop.
    """
    if target.near:
        return target
    said = ""
    if target.source == "browser" and target.node and page is not None:
        said = near(page, target.node)
    elif target.source == "desktop" and window is not None:
        said = beside(window, target)
    return replace(target, near=said) if said else target


def near(listed: Snapshot, node: int) -> str:
    """The name of what the element of that number lies in or beside.

    Args:
        listed: the list that was seen before the act, of the element's own frame.
        node: its number in the document.

    Returns:
        "" if its own name tells it from all others of its role in the list, or if nothing is known.
    """
    return _near(listed, listed.nodes.index(node)) if node in listed.nodes else ""


def beside(window: Wireframe, target: Target) -> str:
    """The same of an element of the desktop, by the boxes of its window: it is the one of its role at its place."""
    place = boxes.place(window, target)
    if place < 0 or (target.name and _alone(window, place)):
        return ""
    tree = boxes.tree(window)
    return _near(tree, tree.own.index(place)) if place in tree.own else ""


def _alone(window: Wireframe, place: int) -> bool:
    """Tells its name it from all others? Asked first: a tree takes a while to make."""
    name, role = window.names[place], window.roles[place]
    others = zip(window.names, window.roles, strict=True)
    return bool(name) and sum(one == (name, role) for one in others) == 1


def _near(listed: _Listed, own: int) -> str:
    name, role = listed.names[own], listed.roles[own]
    same = sum(listed.names[at] == name and listed.roles[at] == role for at in range(len(listed.roles)))
    if name and same == 1:
        return ""
    within: dict[int, list[int]] = {}
    for at, parent in enumerate(listed.parents):
        within.setdefault(parent, []).append(at)
    inner = own
    for part in _outwards(listed, own):
        said = _in_part(listed, within, part, inner, own)
        if said and said != name:
            return said
        inner = part
    return ""


def _outwards(listed: _Listed, at: int) -> Iterator[int]:
    """What it lies in, the nearest first; in the end -1, the whole list. Parents come before their children."""
    while 0 <= (parent := listed.parents[at]) < at:
        yield (at := parent)
    yield -1


def _in_part(listed: _Listed, within: dict[int, list[int]], part: int, inner: int, own: int) -> str:
    """What this part calls it. inner: the child of the part that the element is, or lies in."""
    role = listed.roles[part] if part >= 0 else ""
    if role in _ROWS:
        return _head(listed, within, part, own) or listed.names[part]
    if inner == own and listed.roles[own] in _FIELDS and (said := _beside(listed, within.get(part, ()), own)):
        return said
    if part >= 0 and role in _PARTS and listed.names[part]:
        return listed.names[part]
    headings = [at for at in within.get(part, ()) if at < inner and listed.roles[at] == "heading" and listed.names[at]]
    return listed.names[headings[-1]] if headings else ""


def _head(listed: _Listed, within: dict[int, list[int]], row: int, own: int) -> str:
    """What a row is called by: its header, else the first words in it that are not the element's own."""
    inside: list[int] = []
    waiting = [row]
    while waiting:
        children = [at for at in within.get(waiting.pop(), ()) if at != own]
        inside += children
        waiting += children
    named = [at for at in sorted(inside) if listed.names[at] and listed.names[at] != listed.names[own]]
    heads = [at for at in named if listed.roles[at] in _HEADS] or [at for at in named if listed.roles[at] in _WORDS]
    return listed.names[heads[0]] if heads else ""


def _beside(listed: _Listed, siblings: list[int] | tuple[()], own: int) -> str:
    """The nearest words at the left of it on its line, else right above it; of a box, also at its right."""
    x, y, w, h = listed.places[own * 4 : own * 4 + 4]
    box = listed.roles[own] in ("checkbox", "radio", "switch")
    found: list[tuple[int, int, int]] = []
    for at in siblings:
        if listed.roles[at] not in _LABELS or not listed.names[at]:
            continue
        left, top, wide, high = listed.places[at * 4 : at * 4 + 4]
        if top < y + h and y < top + high:
            away = x - (left + wide) if left < x else left - (x + w) if box else _LEFT_PX + 1
            # A box has its words behind it, as a rule.
            found += [(int(box and left < x), max(away, 0), at)] if away <= _LEFT_PX else []
        elif left < x + w and x < left + wide and 0 <= y - (top + high) <= _ABOVE_PX:
            found.append((2, y - (top + high), at))
    return listed.names[min(found)[2]] if found else ""
