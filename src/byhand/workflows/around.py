"""A view, asked: what lies in what, what stands beside it, which section and which form it belongs to. Pure.

Rules of this module: made once for a view. What it says is words of the view and places in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from byhand.workflows.meanings import alike, tidy
from byhand.workflows.view import Seen, View

FIELDS = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "listbox", "slider"})
BOXES = frozenset({"checkbox", "radio", "switch"})
DIALOGS = frozenset({"dialog", "alertdialog"})
CONTROLS = FIELDS | BOXES | {
    "button", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "tab", "treeitem",
}  # fmt: skip
FORMS = frozenset({"form", "search", *DIALOGS})
_AREAS = FORMS | {"region", "main", "article", "tabpanel"}
_LABELS = frozenset({"text", "term", "rowheader", "columnheader", "label", "legend", "caption"})
_LEFT_PX, _ABOVE_PX = 260, 44


class Around:
    """Made of a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.all = view.elements
        self.kids: list[list[int]] = [[] for _ in self.all]
        self.tops: list[int] = []
        for place, one in enumerate(self.all):
            (self.kids[one.parent] if 0 <= one.parent < place else self.tops).append(place)

    def __getitem__(self, place: int) -> Seen:
        return self.all[place]

    def up(self, place: int) -> Iterator[int]:
        """What it lies in, the nearest first."""
        while 0 <= (parent := self.all[place].parent) < place:
            yield (place := parent)

    def inside(self, place: int) -> Iterator[int]:
        """All that lies in it, in order, without itself."""
        open_ = self.kids[place][::-1]
        while open_:
            yield (at := open_.pop())
            open_ += self.kids[at][::-1]

    def texts(self, place: int, *, fields: bool = True) -> list[str]:
        """What is to be read in it, one text for each element: names and, with `fields`, what stands in them."""
        found: list[str] = []
        for at in (place, *self.inside(place)):
            one = self.all[at]
            if one.tag == "option":
                continue
            found += [text for text in (one.name, one.value if fields else "") if text]
        return found

    def role(self, place: int, roles: frozenset[str]) -> int:
        """The nearest it lies in that is of one of these roles; -1 where there is none."""
        return next((at for at in self.up(place) if self.all[at].role in roles), -1)

    def form(self, place: int) -> int:
        """The form or dialog it is a part of; -1 is the whole page."""
        return self.role(place, FORMS)

    def area(self, place: int) -> int:
        """The nearest section of any kind; -1 is the whole page."""
        return self.role(place, _AREAS)

    def label(self, place: int) -> str:
        """Words beside it that are not its name: the head of its column, else what stands right before it, at its left
        or above it.
        """
        one = self.all[place]
        if (head := self.head(place)) and one.role in ("cell", "gridcell", "link", "text", ""):
            return head
        siblings = self.kids[one.parent] if one.parent >= 0 else self.tops
        before = [at for at in siblings if at < place and self.all[at].name and self.all[at].role in _LABELS]
        if before and siblings[siblings.index(place) - 1] == before[-1]:
            return self.all[before[-1]].name
        x, y, w, h = one.box
        found: list[tuple[int, int, int]] = []
        for at in siblings:
            other = self.all[at]
            if at == place or other.role not in _LABELS or not other.name:
                continue
            left, top, wide, high = other.box
            if top < y + h and y < top + high:
                away = x - (left + wide) if left < x else left - (x + w) if one.role in BOXES else _LEFT_PX + 1
                found += [(0, max(away, 0), at)] if away <= _LEFT_PX else []
            elif left < x + w and x < left + wide and 0 <= y - (top + high) <= _ABOVE_PX:
                found.append((1, y - (top + high), at))
        return self.all[min(found)[2]].name if found else ""

    def beside(self, said: str) -> list[int]:
        """Values that are told, not to be filled in, beside a label that says the same."""
        return [
            at for at, one in enumerate(self.all)
            if one.role == "definition" and alike(self.label(at), said)
        ] if said else []  # fmt: skip

    def head(self, place: int) -> str:
        """The head of the column it stands in."""
        row = place if self.all[place].role == "row" else self.role(place, frozenset({"row"}))
        table = self.role(row, frozenset({"table", "grid", "treegrid"})) if row >= 0 else -1
        if table < 0:
            return ""
        x, _, w, _ = self.all[place].box
        middle = x + w / 2
        heads = [self.all[at] for at in self.inside(table) if self.all[at].role == "columnheader"]
        return next((one.name for one in heads if one.box[0] <= middle < one.box[0] + one.box[2]), "")

    def sections(self, place: int) -> list[str]:
        """Names of what it lies in and of the headings it stands under, the nearest first."""
        found: list[str] = []
        inner = place
        for at in (*self.up(place), -1):
            if at >= 0 and self.all[at].name:
                found.append(self.all[at].name)
            for other in reversed(self.kids[at] if at >= 0 else self.tops):
                if other < inner and (title := self._title(other)):
                    found.append(title)
                    break
            inner = at
        return found

    def _title(self, place: int) -> str:
        """The heading it is, or the only one that a banner above holds."""
        if self.all[place].role == "heading":
            return self.all[place].name
        heads = [self.all[at].name for at in self.kids[place] if self.all[at].role == "heading"]
        fields = any(self.all[at].role in FIELDS for at in self.inside(place))
        return heads[-1] if heads and not fields else ""

    def above(self, place: int) -> tuple[str, ...]:
        """Roles of what it lies in that say something, outermost first."""
        return told(tuple(self.all[at].role for at in self.up(place))[::-1])

    def order(self, place: int) -> int:
        """Its number among those of its role in its form."""
        form, role = self.form(place), self.all[place].role
        same = self.inside(form) if form >= 0 else iter(range(len(self.all)))
        return sum(1 for at in same if at < place and self.all[at].role == role)

    def options(self, place: int) -> tuple[str, ...]:
        """What can be chosen in it, where that shows."""
        return tuple(
            self.all[at].name
            for at in self.inside(place)
            if self.all[at].role in ("option", "radio") and self.all[at].name
        )

    @cached_property
    def dialogs(self) -> tuple[int, ...]:
        """Those that lie over the page, the newest last."""
        return tuple(
            at for at, one in enumerate(self.all) if one.role in DIALOGS or one.tag == "dialog" or "modal" in one.states
        )

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, one in enumerate(self.all):
            if one.name:
                found.setdefault(tidy(one.name), []).append(at)
        return found


def told(roles: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that a page has for its looks alone."""
    return tuple(role for role in roles if role not in ("", "group", "generic", "presentation", "none", "document"))
