"""What was acted on, in the words of a view: role, name, where it lies, in which row. Pure.

Rules of this module: roles are ARIA's, also of a window. What a row says is the record's, and is kept apart from what
the page itself says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from byhand.episodes.boxes import ROLES
from byhand.episodes.types import Target
from byhand.privacy.rules.aria import AT_SPI
from byhand.workflows.compiling.sight import Cell, Sight
from byhand.workflows.compiling.values import folded

FIELDS = frozenset({"textbox", "searchbox", "spinbutton", "combobox", "slider"})
BOXES = frozenset({"checkbox", "switch", "menuitemcheckbox"})
PRESSED = frozenset({
    "button", "link", "menuitem", "tab", "menuitemcheckbox", "menuitemradio", "option", "treeitem", "checkbox",
    "switch", "radio",
})  # fmt: skip
_DOES = frozenset(
    {"button", "checkbox", "switch", "menuitem", "textbox", "combobox", "spinbutton", "radio", "searchbox"}
)
"""What bears its own name in a row, and not one of its cells'."""
_GROUPS = frozenset({"radiogroup", "group"})
_LEGENDS = frozenset({"legend", "text", "label", ""})
ACTIONS = frozenset({"", "action", "actions", "aktion", "aktionen"})
_ROLES: dict[str, str] = {
    **{name: role for role, name in reversed(AT_SPI.items())}, **ROLES, "toggle button": "button",
}  # fmt: skip
_HAS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Row:
    """The row it lies in. others: of the same table, without it. column: head of the column it stands in. section:
    the heading before its table.
    """

    cells: tuple[Cell, ...] = field(repr=False)
    others: tuple[tuple[Cell, ...], ...] = field(repr=False)
    column: str = ""
    table: str = ""
    section: str = ""

    @property
    def words(self) -> str:
        return " ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Thing:
    """An element. For the fields see `program.Evidence`.

    named: its name is its own and not the record's. node: its number in its document, of that time. options: what can
        be chosen in it. secret: what it holds is. one_of: its row offers several, of which one is taken: its options.
    stem: its name without the values in it. frames: the way to the frame it lies in, see `episodes.types.Target`.
    """

    role: str
    name: str = field(repr=False)
    near: str = field(default="", repr=False)
    label: str = field(default="", repr=False)
    tag: str = ""
    above: tuple[str, ...] = ()
    selectors: tuple[str, ...] = field(default=(), repr=False)
    box: tuple[int, ...] = ()
    app: str = ""
    page: str = ""
    holds: str = ""
    states: tuple[str, ...] = ()
    node: int = 0
    tab: int = 0
    row: Row | None = None
    named: bool = True
    options: tuple[str, ...] = field(default=(), repr=False)
    secret: bool = False
    one_of: bool = False
    frames: tuple[int, ...] = ()
    stem: str = field(default="", repr=False)

    @property
    def said(self) -> str:
        """What a person calls it; "" where only the record does."""
        return self.stem or (self.name if self.named else "") or self.label or (self.row.column if self.row else "")

    @property
    def key(self) -> tuple[str, ...]:
        """What is the same when it's done with another record."""
        # Of a window whose words were not kept, where it lies is all there is.
        where = " ".join(map(str, self.box)) if self.app and not self.said else ""
        return (self.role, self.said or where, self.row.table if self.row else "", *map(str, self.frames))


def same(one: Thing, other: Thing) -> bool:
    """Are they one element, at one time?"""
    if one.node and other.node and one.tab == other.tab:
        return one.node == other.node
    if one.app and not one.said and one.box != other.box:
        return False
    return (one.role, one.name, one.near, one.page, one.frames) == (
        other.role, other.name, other.near, other.page, other.frames,
    )  # fmt: skip


def thing(target: Target, sight: Sight | None, app: str, page: str, tab: int) -> Thing:
    """The target with what the list before the act says of it."""
    role = target.aria or _ROLES.get(target.role, target.role.replace(" ", ""))
    at = _place(target, role, sight)
    row = _row(sight, at) if sight is not None and at >= 0 else None
    came = row is None and at < 0 and _came(sight, target, role)
    row = row or came or None
    name = target.name or (sight.names[at] if sight is not None and at >= 0 else "")
    beside = not name and role in FIELDS | BOXES
    named = not came and (row is None or _own(sight, at, role, name, row))
    return Thing(
        role, name, "" if beside or row is not None else target.near, target.near if beside else "", target.tag,
        sight.above(at) if sight is not None and at >= 0 else (),
        target.selectors if row is None else (), (target.area or target.box) if row is None else (),
        app if target.source == "desktop" else "", page, target.holds, target.states, target.node, tab, row, named,
        sight.options(at) if sight is not None and at >= 0 else (), "password" in target.role,
        frames=target.frames,
    )  # fmt: skip


def group(of: Target, sight: Sight | None, one: Thing) -> Thing | None:
    """The group a radio button belongs to, which is what is chosen in."""
    at = _place(of, "radio", sight)
    for up in sight.up(at) if sight is not None and at >= 0 else ():
        if sight is None or sight.roles[up] not in _GROUPS:
            continue
        options = sight.options(up)
        # A fieldset is called by its legend, and names of groups are not kept.
        legend = next((sight.names[inner] for inner in sight.inside(up) if sight.roles[inner] in _LEGENDS
                       and sight.names[inner] and sight.names[inner] not in options), "")  # fmt: skip
        if name := sight.names[up] or legend:
            return Thing(
                sight.roles[up], name, tag=sight_tag(sight.roles[up]), app=one.app, page=one.page,
                node=sight.nodes[up] if sight.nodes else 0, tab=one.tab, options=options, frames=one.frames,
            )  # fmt: skip
    return replace(_bare("radiogroup", one), name=one.near) if one.near else None


def _bare(role: str, beside: Thing) -> Thing:
    """Something where that is, of which nothing is known yet."""
    return Thing(role, "", app=beside.app, page=beside.page, tab=beside.tab, frames=beside.frames)


def beside(one: Thing, sight: Sight | None) -> Thing:
    """A value that is taken, told by the label it stands beside: what it says is the record's."""
    at = sight.at(one.node) if sight is not None else -1
    label = (
        next((pair.label for pair in sight.pairs() if pair.place == at or pair.place in sight.up(at)), "")
        if (sight is not None and at >= 0)
        else ""
    )
    if one.role in FIELDS:
        return one
    return replace(one, named=False, name="", label=one.label or label, selectors=one.selectors if label else ())


def sight_tag(role: str) -> str:
    return "fieldset" if role == "group" else ""


def _place(target: Target, role: str, sight: Sight | None) -> int:
    if sight is None:
        return -1
    if (at := sight.at(target.node)) >= 0:
        return at
    if not target.node and target.box and target.source == "desktop":
        return sight.of(target)
    return sight.find(role, target.name) if target.name and sight.count(role, target.name) == 1 else -1


def _row(sight: Sight, at: int) -> Row | None:
    row = sight.row(at)
    if row < 0:
        return None
    rows = sight.rows(row)
    if sight.roles[row] != "row" and not _listed(sight, at, row, rows):
        return None
    table = sight.table(row)
    return Row(
        sight.cells(row), tuple(sight.cells(one) for one in rows if one != row), sight.column(at, row),
sight.names[table] if table >= 0 else "", sight.heading(table),
    )  # fmt: skip


def _came(sight: Sight | None, target: Target, role: str) -> Row | None:
    """The row of a window's cell that is not in what was drawn before: it came by what was typed since, and all that is
    known of it is its column.
    """
    if sight is None or target.source != "desktop" or role != "cell" or len(target.box) != 4:
        return None
    return Row((), (), sight.over(target.box[0], target.box[2]))


def _listed(sight: Sight, at: int, row: int, rows: list[int]) -> bool:
    """Is that item a record? Then its controls stand in the others, too."""
    return any(
        (sight.roles[one], sight.names[one]) == (sight.roles[at], sight.names[at])
        for other in rows if other != row for one in sight.inside(other)
    )  # fmt: skip


def _own(sight: Sight | None, at: int, role: str, name: str, row: Row) -> bool:
    """Is the name the control's, as "Edit" is in each row, and not what the record is called by?"""
    if sight is None or (folded(row.column) in ACTIONS and name):
        return True
    if role in _DOES:
        return True
    around = sight.rows(sight.row(at))
    there = sum(any((sight.roles[one], sight.names[one]) == (role, name) for one in (each, *sight.inside(each)))
                for each in around)  # fmt: skip
    return bool(name) and there > 1 and there == len(around)


def recordlike(name: str) -> bool:
    """Does it look like a record's own? Used where nothing better tells."""
    return not name or _HAS.search(name) is not None
