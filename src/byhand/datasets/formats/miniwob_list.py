"""A recorded state of MiniWoB++ as the list that the observer tells of such a page. Pure.

It goes by docs/formats/observer.md, and each step here is one of `extension/content/walk.js`: what is listed, what is
a part of something else, what it is called, what it holds. What a state does not tell is in `miniwob_pages`; what
stands nowhere is named in docs/formats/miniwob-human.md. A test has both tell of the same live pages, and compares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from byhand.datasets.formats.miniwob_dom import BOXES, PICKED, TYPED, Flat, Node, whole
from byhand.datasets.formats.miniwob_pages import ASKED, FURNITURE, VIEWPORT, Asked, Style

Box = tuple[float, float, float, float]
_CONTROLS = frozenset({
    "button", "checkbox", "combobox", "gridcell", "link", "listbox", "menuitem", "option", "radio", "searchbox",
    "slider", "spinbutton", "tab", "textbox",
})  # fmt: skip
_WHOLE = frozenset({"button", "checkbox", "heading", "link", "menuitem", "option", "radio", "tab"})
"""Their name is all there is to read in them."""
_PRESSED = _WHOLE - {"heading"}
"""What lies in one of these is a part of it, for whoever presses it."""
_EMPTY = frozenset({"document", "form", "group", "list", "listitem", "row", "rowgroup", "table"})
"""Worth nothing without a name or something in them."""
_CELLS = frozenset({"cell", "columnheader", "rowheader"})
_SOLID = frozenset({"canvas", "iframe"})
_UNSEEN = frozenset({"script", "style", "head", "meta", "link", "title", "br", "t"})
_SHAPES = frozenset({"circle", "ellipse", "rect", "path", "polygon", "polyline", "line", "image", "use", "text"})
_FOLDED = frozenset({
    "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
})  # fmt: skip
_INLINE = _FOLDED | {"a", "label"}
_LINES, _GAP = 1.6, 2.78
"""So much higher than a line is what stands in two. Between two words lies a space of ten pixels' letters."""
_MOST_ICON, _MOST_UP, _MOST_NAME = 64, 8, 300
_CLEAR = frozenset(("", "rgba(0, 0, 0, 0)", "transparent"))
_SIGNS = frozenset({"", "button", "img", "link", "menuitem", "switch", "tab"})
"""Roles of what may be nothing but a sign."""
_PICTURES = frozenset({"svg", "img", "i", "span", "use", "b", "em", "div"})
_HINTS, _HINTED, _HINT = 3, 8, re.compile(r"(?=.*[aeiouy])[a-z]{3,20}|up|in|on|go|ok")
_MADE = re.compile(r"[a-z]\d+[a-z]", re.IGNORECASE)
_SAY_NOTHING = frozenset({
    "icon", "icons", "btn", "button", "link", "item", "cell", "box", "wrap", "wrapper", "container", "inner", "outer",
    "content", "main", "active", "hidden", "small", "large", "ui", "js",
})  # fmt: skip
"""Of the words that `extension/content/hints.js` leaves out those that such pages have."""
_ADDED = 1_000_000
"""From here on are numbers of what is in no state."""


@dataclass(frozen=True, slots=True)
class Line:
    """One element of a list, as `kinds.Snapshot` has it."""

    number: int
    parent: int
    role: str
    tag: str
    name: str
    states: tuple[str, ...]
    holds: str
    box: tuple[int, int, int, int]
    secret: bool = False


@dataclass(slots=True)
class _Inside:
    """What an element gives to those in it, as in `walk.js`. clip: what can be seen there. parent: place, or -1.

    deeper: are those in it looked at?
    """

    clip: Box
    parent: int = -1
    named: bool = False
    pointer: bool = False
    typed: bool = False
    drawing: bool = False
    deeper: bool = True


@dataclass(slots=True)
class Tree:
    """A state with who lies in whom."""

    flat: Flat
    style: Style
    point: tuple[float, float] | None = None
    """Where the pointer is, as far as it was told."""
    below: defaultdict[int, list[Node]] = field(init=False)

    def __post_init__(self) -> None:
        self.below = defaultdict(list)
        for node in self.flat.values():
            self.below[node.parent].append(node)

    # ---- what a style sheet says

    def fits(self, node: Node, selectors: Iterable[str]) -> bool:
        return any(self._fits(node, one) for one in selectors)

    def _fits(self, node: Node, selector: str) -> bool:
        around, _, own = selector.rpartition(" ")
        if not _is(node, own):
            return False
        above = self.flat.get(node.parent)
        while around and above is not None and not _is(above, around):
            above = self.flat.get(above.parent)
        return not around or above is not None

    def pointed(self, node: Node) -> bool:
        """Is a hand shown over it?"""
        if self.fits(node, self.style.pointer):
            return True
        return self.point is not None and self.fits(node, self.style.hovered) and self._under(node, *self.point)

    def _under(self, node: Node, x: float, y: float) -> bool:
        """Does the pointer lie on it, or on something in it that may be drawn elsewhere?"""
        left, top, w, h = node.rect
        return (left <= x < left + w and top <= y < top + h) or any(
            self._under(one, x, y) for one in self.below[node.number]
        )

    def box(self, node: Node) -> tuple[int, int, int, int]:
        """Where it can be pressed. Of a text over two lines a state tells what is around both: the first begins after
        what stands before it there.
        """
        row = self.below[node.parent]
        place = row.index(node)
        before = row[place - 1] if place else None
        if node.html not in _INLINE or before is None or node.rect[3] < _LINES * before.rect[3]:
            return node.box
        (x, y, w, _), (bx, by, bw, bh) = node.rect, before.rect
        if not (y - 2 <= by < y + bh and bx + bw + _GAP < x + w):
            return node.box
        first = bx + bw + _GAP
        return whole((first, y, x + w - first, bh))

    # ---- names

    def own_words(self, node: Node) -> str:
        """The words directly in it."""
        return _short([node.text, *(one.text for one in self.below[node.number] if one.tag == "t")])

    def words(self, node: Node) -> str:
        """All in it, at any depth."""
        found: list[str] = []
        opened = [node]
        while opened:
            one = opened.pop()
            if one.value is None or isinstance(one.value, bool):
                found.append(one.text)
            opened += reversed(self.below[one.number])
        return _short(found)

    def name(self, node: Node, role: str) -> str:
        """Its accessible name."""
        if node.tag in ("input_submit", "input_button", "input_reset"):
            return _short([str(node.value or "")])
        if role in _CONTROLS and node.tag not in ("button", "a", "li"):
            label = next((text for of, text in self.style.labels if self.fits(node, (of,))), "")
            held = next((text for of, text in self.style.placeholders if self.fits(node, (of,))), "")
            return label or self._labelled(node) or held
        return self.words(node) if role in _WHOLE or role in _CELLS else ""

    def hint(self, node: Node, *, whole: bool) -> str:
        """What its author calls it, who gave it no name. whole: what it is made of counts too."""
        found: list[str] = []
        opened, seen = [node], 0
        while opened and seen <= _HINTED and len(found) < _HINTS:
            one = opened.pop(0)
            if one is not node:
                seen += 1
                if one.html not in _PICTURES:
                    continue
            for said in _hinted(one):
                if len(found) < _HINTS and said not in found:
                    found.append(said)
            opened += [each for each in self.below[one.number] if whole and each.tag != "t"]
        return " ".join(found)

    def _labelled(self, node: Node) -> str:
        above = self.flat.get(node.parent)
        while above is not None:
            if above.tag == "label":
                return self.words(above)
            above = self.flat.get(above.parent)
        return ""

    def folds(self, node: Node) -> bool:
        """Is all in it one text, with nothing but marks of style?"""
        return all(
            one.tag == "t" or (one.tag in _FOLDED and not (one.id or one.classes or self._elements(one)))
            for one in self.below[node.number]
        )

    def _elements(self, node: Node) -> bool:
        return any(one.tag != "t" for one in self.below[node.number])

    def role(self, node: Node) -> str:
        """ARIA's, or ""."""
        if node.tag == "th":
            row = self.below[node.parent]
            beside = [*row[row.index(node) + 1 :], *reversed(row[: row.index(node)])][:1]
            return "rowheader" if beside and beside[0].tag == "td" else "columnheader"
        return node.aria

    # ---- what is pressed

    def control(self, node: Node) -> Node:
        """The control that is meant by what lies in it; else itself."""
        at: Node | None = node
        for _ in range(_MOST_UP):
            if at is None or at.aria in _CONTROLS - _PRESSED:
                return node
            if at.aria in _PRESSED:
                return at
            at = self.flat.get(at.parent)
        return node


def listed(tree: Tree, asked: Asked) -> list[Line]:
    """The list: the instruction, what can be seen of the state, and what stands beside each task."""
    lines = _instruction(asked)
    inside: dict[int, _Inside] = {-1: _Inside((0, 0, *VIEWPORT))}
    for node in tree.flat.values():
        around = inside.get(node.parent)
        if around is not None and around.deeper and node.tag not in _UNSEEN:
            within = _visited(tree, node, around, lines)
            if within is not None:
                inside[node.number] = within
    for place, (tag, words, box) in enumerate(FURNITURE):
        lines.append(Line(_ADDED + 100 + place, -1, "text" if words else "", tag, words, (), "", box))
    return _kept(lines)


def _instruction(asked: Asked) -> list[Line]:
    lines = [Line(_ADDED, -1, "text", "div", asked.words, (), "", ASKED)]
    return lines + [
        Line(_ADDED + 1 + place, 0, "text", "span", words, (), "", box) for place, (words, box) in enumerate(asked.bold)
    ]


def _visited(tree: Tree, node: Node, around: _Inside, lines: list[Line]) -> _Inside | None:
    """What it gives to those in it; None where nothing in it is looked at."""
    part = _shared(node.rect, around.clip)
    visible = part[2] >= 1 and part[3] >= 1
    if not visible and around.clip != (0, 0, *VIEWPORT):
        return None  # cut off, with all in it
    clip = _shared(around.clip, node.rect) if tree.fits(node, tree.style.cuts) else around.clip
    within = _Inside(clip, around.parent, around.named, around.pointer, around.typed, around.drawing)
    if visible:
        _looked(tree, node, within, lines)
    return within


def _looked(tree: Tree, node: Node, within: _Inside, lines: list[Line]) -> None:
    """Is it listed, and what of those in it?"""
    role = tree.role(node)
    control = role in _CONTROLS
    listed = control or node.html in _SOLID or (role != "" and not (within.named and role == "img"))
    whole, words = role in _WHOLE, ""
    if not whole and not control and not within.named and not within.typed:
        words = tree.own_words(node)
        if words:
            listed, whole = True, tree.folds(node)
            words = tree.words(node) if whole else words
    elements = any(one.tag != "t" for one in tree.below[node.number])
    if control:
        within.pointer = True
    else:
        listed = _by_its_looks(tree, node, within, listed=listed, elements=elements)
    if not listed:
        return
    name = ""
    if not within.typed:
        name = words or (tree.name(node, role) if control or whole or role in _CELLS else "")
    said = states(node)
    is_sign = role in _SIGNS and node.html not in _SOLID | {"input"} and not (name or within.typed)
    if is_sign and not tree.words(node):
        name = tree.hint(node, whole=role != "")
        said += ("unnamed",) if name else ()
    lines.append(
        Line(
            node.number, within.parent, role or ("text" if words else ""), node.html, name, said, holds(node),
            tree.box(node), secret=node.tag == "input_password",
        )
    )  # fmt: skip
    within.parent = len(lines) - 1
    within.typed = within.typed or role in ("textbox", "searchbox")
    within.named = within.named or (whole and bool(name) and len(name) < _MOST_NAME - 20)
    within.deeper = node.html not in _SOLID and node.tag != "select" and not (words and whole)


def _by_its_looks(tree: Tree, node: Node, within: _Inside, *, listed: bool, elements: bool) -> bool:
    """Is it there to be pressed without saying so, or drawn?"""
    childless = not within.named and not listed and not elements
    if childless or not within.pointer:
        if not within.pointer and tree.pointed(node):
            within.pointer = listed = True
        elif childless:
            painted = node.ground not in _CLEAR or tree.fits(node, tree.style.painted)
            listed = node.tag in _SHAPES if within.drawing else bool(node.id) or painted
    if node.tag == "svg" and not within.named:
        wide = node.rect[2] >= _MOST_ICON
        listed = listed or wide or not elements
        within.drawing = wide
    return listed


def _kept(lines: Sequence[Line]) -> list[Line]:
    """Without parents that turned out to hold nothing and to be called nothing."""
    kept = [False] * len(lines)
    for place in range(len(lines) - 1, -1, -1):
        one = lines[place]
        kept[place] = kept[place] or bool(one.name) or one.role not in _EMPTY
        if kept[place] and one.parent >= 0:
            kept[one.parent] = True
    places: dict[int, int] = {-1: -1}
    found: list[Line] = []
    for place, one in enumerate(lines):
        if kept[place]:
            places[place] = len(found)
            found.append(
                Line(
                    one.number, places[one.parent], one.role, one.tag, one.name, one.states, one.holds, one.box,
                    one.secret,
                )
            )  # fmt: skip
    return found


# ---- one element


def states(node: Node) -> tuple[str, ...]:
    """By the observer's words, in its order."""
    writes = node.tag in TYPED | PICKED
    said = (
        ("checked", node.tag in BOXES and node.value is True), ("multi line", node.tag == "textarea"),
        ("has popup", node.tag == "select"), ("editable", writes), ("focused", node.focused and node.tag != "body"),
    )  # fmt: skip
    return tuple(word for word, on in said if on)


def holds(node: Node) -> str:
    if node.tag == "input_number" and node.value:
        return "number"
    if node.tag in ("input_range", "input_color"):
        return "number" if node.tag == "input_range" else "colour"
    return node.holds if node.tag in TYPED | PICKED | BOXES and node.tag != "input_password" else ""


def _hinted(node: Node) -> Iterator[str]:
    """Words of its classes and its id."""
    for token in f"{node.classes} {node.id}".split():
        if not _MADE.search(token):
            parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", token).lower()
            yield from (one for one in re.split(r"[^a-z]+", parted) if _HINT.fullmatch(one) and one not in _SAY_NOTHING)


def _is(node: Node, selector: str) -> bool:
    if selector[0] == "#":
        return node.id == selector[1:]
    return selector[1:] in node.classes.split() if selector[0] == "." else node.tag == selector


def _short(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())[:_MOST_NAME]


def _shared(one: Box, other: Box) -> Box:
    x, y = max(one[0], other[0]), max(one[1], other[1])
    return x, y, min(one[0] + one[2], other[0] + other[2]) - x, min(one[1] + one[3], other[1] + other[3]) - y
