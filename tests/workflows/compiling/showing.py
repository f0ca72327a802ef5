r"""Demonstrations from a text. Each is a page as it is seen, what is done there, and the next page.

at /invoices                      a page; what follows, indented by two, is what can be seen there
  # Invoices                      a heading; `! Saved` a status, `!! Failed` an alert
  (Search) [Show] <New invoice>   a field, a button, a link
  {Currency: EUR, USD}            a list; {Status* Open, Paid} are radio buttons
  Total: 12.00                    a value beside its label
  table Invoices: Number | Vendor |
  | <R-1> | Acme | [Remind] |     a row of the table above
  list Orders
  . Ada <Open>                    an item of the list above
press [Show]                      press <R-1>, press [Remind] in R-1, press (Search), twice <R-1>, hover <More>
fill (Number) N-1                 `date`, `number` and `secret` say what it holds; without a text it was not kept
choose {Currency} EUR             radio {Status} Paid, check [Urgent], uncheck [Urgent], pick {Category} Rent
key Enter (Search)                copy R-1, paste (Number) R-1, back, wait, scroll, open /vendors
@13 press <New>                   only in the first and the third
values above a line of dashes     {name} stands for them
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from byhand.episodes.types import Action, Episode, Observation, Step, Target
from byhand.events.kinds import Snapshot
from byhand.workflows.compiling.shown import Shown

ORIGIN = "https://work.example"
MS = 1_000_000
_PIECE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|<([^>]*)>|\{([^}]*)\}")
_AT_SPI = {
    "textbox": "entry", "searchbox": "entry", "button": "push button", "link": "link", "checkbox": "check box",
    "combobox": "combo box", "radio": "radio button", "cell": "table cell", "option": "list item",
    "definition": "description value", "heading": "heading", "spinbutton": "spin button",
}  # fmt: skip
_OPS: dict[str, Any] = {
    "press": "click", "twice": "double_click", "right": "right_click", "hover": "hover", "check": "check",
    "uncheck": "uncheck", "copied": "triple_click",
}  # fmt: skip


@dataclass
class _Element:
    role: str
    name: str
    parent: int
    node: int
    holds: str = ""
    states: str = ""
    box: tuple[int, int, int, int] = (0, 0, 50, 20)
    record: bool = False


@dataclass
class _Page:
    path: str
    elements: list[_Element] = field(default_factory=list)

    def add(self, role: str, name: str, parent: int, node: int, **more: Any) -> int:
        self.elements.append(_Element(role, name, parent, node, **more))
        return len(self.elements) - 1


class _Show:
    """One demonstration."""

    def __init__(self, name: str, lines: list[str], task: str, *, blind: bool) -> None:
        self.name, self.lines, self.task, self.blind = name, lines, task, blind
        self.page = _Page("/")
        self.steps: list[Step] = []
        self.sights: dict[int, object] = {}
        self.ns, self.seq, self.nodes = 1_000 * MS, 0, 0
        self.tables: dict[str, int] = {}
        self.table, self.heads, self.item_list = -1, list[str](), -1

    def shown(self) -> Shown:
        place = 0
        while place < len(self.lines):
            line = self.lines[place]
            place += 1
            if line.startswith("at "):
                self.page = _Page(line[3:].strip())
                self.table = self.item_list = -1
                while place < len(self.lines) and self.lines[place].startswith("  "):
                    self.see(self.lines[place].strip())
                    place += 1
            else:
                self.act(line)
        self.observe("after")
        episode = Episode(
            self.name, "rec", self.task, "person" if self.task else "template", "done", tuple(self.steps), 0, self.seq,
            0, self.ns,
        )  # fmt: skip
        return Shown(episode, self.sights)

    # ---- what is seen

    def node(self) -> int:
        self.nodes += 1
        return self.nodes

    def see(self, line: str) -> None:
        page = self.page
        if line.startswith("table "):
            name, _, heads = line[6:].partition(":")
            self.heads = [head.strip() for head in heads.strip().strip("|").split("|")]
            self.table = page.add("table", name.strip(), -1, self.node())
            head = page.add("row", "", self.table, self.node())
            for number, one in enumerate(self.heads):
                page.add("columnheader", one, head, self.node(), box=(100 * number, 0, 90, 20))
        elif line.startswith("|"):
            row = page.add("row", "", self.table, self.node())
            for number, cell in enumerate(line.strip("|").split("|")):
                bare = _PIECE.sub("", cell).strip()
                box = (100 * number, 0, 90, 20)
                at = page.add("cell", bare, row, self.node(), box=box, record=True)
                self.pieces(cell, at, record=self.heads[number : number + 1] != ["Actions"])
        elif line.startswith("list "):
            self.item_list = page.add("list", line[5:].strip(), -1, self.node())
        elif line.startswith(". "):
            item = page.add("listitem", "", self.item_list, self.node())
            bare = _PIECE.sub("", line[2:]).strip()
            page.add("text", bare, item, self.node(), record=True)
            self.pieces(line[2:], item)
        elif line.startswith("# "):
            page.add("heading", line[2:], -1, self.node(), record=True)
        elif line.startswith("!"):
            page.add("alert" if line.startswith("!!") else "status", line.lstrip("! "), -1, self.node())
        elif _PIECE.search(line):
            self.pieces(line, -1)
        else:
            label, _, said = line.partition(": ")
            pair = page.add("", "", -1, self.node())
            page.add("term", label, pair, self.node())
            page.add("definition", said, pair, self.node(), record=True)

    def pieces(self, line: str, parent: int, *, record: bool = False) -> None:
        for found in _PIECE.finditer(line):
            entry, button, link, choice = found.groups()
            if entry is not None:
                self.page.add(
                    "searchbox" if entry == "Search" else "textbox", entry, parent, self.node(), holds="empty"
                )
            elif button is not None:
                self.page.add("button", button, parent, self.node())
            elif link is not None:
                self.page.add("link", link, parent, self.node(), record=record)
            elif "*" in choice:
                name, _, options = choice.partition("*")
                group = self.page.add("group", name, parent, self.node())
                for one in options.split(","):
                    self.page.add("radio", one.strip(), group, self.node())
            else:
                name, _, options = choice.partition(":")
                held = self.page.add("combobox", name, parent, self.node())
                for one in filter(None, options.split(",")):
                    self.page.add("option", one.strip(), held, self.node())

    # ---- what is done

    def act(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        found = _PIECE.search(rest)
        more = rest[found.end() :].strip() if found else rest.strip()
        row = more[3:] if more.startswith("in ") else ""
        more = "" if row else more
        if verb in ("wait", "scroll"):
            self.step(Action(verb, 0, 0, 0, 0))  # pyright: ignore[reportArgumentType]
        elif verb == "open":
            self.step(Action("navigate", 0, 0, 0, 0, origin=ORIGIN, page=rest))
            self.page = _Page(rest)
        elif verb == "back":
            self.step(Action("hotkey", 0, 0, 0, 0, keys=("Alt", "ArrowLeft")))
        elif verb == "copy":
            at = next(at for at, one in enumerate(self.page.elements) if one.name == more)
            self.do("triple_click", at)
            self.step(Action("hotkey", 0, 0, 0, 0, keys=("Control", "c"), target=self.target(at)))
        elif verb == "key":
            name, _, _ = rest.partition(" ")
            at = self.at(found, "") if found else -1
            op: Any = "hotkey" if "+" in name else "key"
            self.step(Action(op, 0, 0, 0, 0, keys=tuple(name.split("+")), target=self.target(at) if at >= 0 else None))
        elif verb in ("fill", "date", "number", "secret", "paste"):
            self.fill(verb, self.at(found, row), more)
        elif verb == "choose":
            self.do("select", self.at(found, row), text=more, masked=not more)
        elif verb == "radio":
            group = self.at(found, "")
            at = next(at for at, one in enumerate(self.page.elements) if one.parent == group and one.name == more)
            self.do("check", at)
        elif verb == "pick":
            self.pick(self.at(found, ""), more)
        else:
            self.do(_OPS[verb], self.at(found, row, box=verb in ("check", "uncheck")))

    def fill(self, verb: str, at: int, text: str) -> None:
        masked = not text or text.startswith("<")
        one = self.page.elements[at]
        if verb == "date":
            self.do("select", at, text=text, masked=masked, role="date editor", holds="date")
            one.holds = "date"
            return
        if verb == "paste":
            self.step(
                Action("hotkey", 0, 0, 0, 0, keys=("Control", "v"), target=self.target(at), text=text, masked=masked)
            )
        else:
            role = "password text" if verb == "secret" else "spin button" if verb == "number" else ""
            self.do("type", at, text="" if verb == "secret" else text, masked=masked or verb == "secret", role=role)
        one.holds = f"{len(text)} characters" if text else "7 characters"

    def pick(self, at: int, option: str) -> None:
        """A list of the page's own: opened by a press, and an option pressed."""
        self.page.elements[at].states = "expanded"
        self.do("click", at)
        inside = [one for one, element in enumerate(self.page.elements) if element.parent == at]
        self.do("click", next(one for one in inside if self.page.elements[one].name == option))

    def at(self, found: re.Match[str] | None, row: str, *, box: bool = False) -> int:
        assert found is not None
        entry, button, link, choice = found.groups()
        name = next(one for one in found.groups() if one is not None)
        roles = ("combobox", "group")
        if entry is not None:
            roles = ("textbox", "searchbox", "spinbutton")
        elif box or button is not None:
            roles = ("checkbox",) if box else ("button",)
        elif link is not None:
            roles = ("link",)
        elements = self.page.elements
        fitting = [at for at, one in enumerate(elements) if one.role in roles and one.name == name]
        if row:
            fitting = [at for at in fitting if row in self.row_words(at)]
        if fitting:
            return fitting[0]
        assert not row, f"no {name} in {row}"
        if choice is not None:
            return self.page.add("combobox", name, -1, self.node())
        role = "searchbox" if name == "Search" and entry is not None else roles[0]
        return self.page.add(role, name, -1, self.node(), holds="empty" if entry is not None else "")

    def row_words(self, at: int) -> str:
        elements = self.page.elements
        while at >= 0 and elements[at].role not in ("row", "listitem"):
            at = elements[at].parent
        return " ".join(one.name for one in elements if self.lies(one, at)) if at >= 0 else ""

    def lies(self, one: _Element, outer: int) -> bool:
        while one.parent >= 0:
            if one.parent == outer:
                return True
            one = self.page.elements[one.parent]
        return False

    def kept(self, one: _Element) -> str:
        return "" if self.blind and one.record else one.name

    def target(self, at: int, role: str = "", holds: str = "") -> Target:
        one = self.page.elements[at]
        tag = {"textbox": "input", "combobox": "select"}.get(one.role, "")
        return Target(
            role or _AT_SPI.get(one.role, one.role), self.kept(one), tuple(one.states.split()), aria=one.role, tag=tag,
            holds=holds or one.holds, source="browser", node=one.node, selectors=(f"#n{one.node}",),
        )  # fmt: skip

    def do(self, op: Any, at: int, *, role: str = "", holds: str = "", **more: Any) -> None:
        self.step(Action(op, 0, 0, 0, 0, target=self.target(at, role, holds), **more))

    def step(self, action: Action) -> None:
        before = self.observe("before")
        begun = self.ns
        self.ns += 100 * MS
        changed = {
            "start_ns": begun,
            "end_ns": self.ns,
            "first": self.seq,
            "last": self.seq,
            "tab": 1,
            "app": "chromium",
        }
        action = replace(action, **changed, origin=ORIGIN, page=action.page or self.page.path)
        self.steps.append(Step(action, (before,)))

    def observe(self, _: str) -> Observation:
        self.seq += 1
        self.ns += 100 * MS
        found = self.page.elements
        snapshot = Snapshot(
            self.ns // MS, self.ns, "test", "asked", 1, 1, ORIGIN, self.page.path, 1, 0, 0, 800, 600, 1.0,
            tuple(one.node for one in found), tuple(one.parent for one in found), tuple(one.role for one in found),
            ("",) * len(found), tuple(map(self.kept, found)), tuple(one.states for one in found),
            tuple(one.holds for one in found), tuple(edge for one in found for edge in one.box), 0,
        )  # fmt: skip
        self.sights[self.seq] = snapshot
        seen = Observation("snapshot", self.seq, self.ns)
        if _ == "after" and self.steps:
            last = self.steps[-1]
            self.steps[-1] = Step(last.action, last.before, (seen,))
        return seen


def demonstrations(text: str, *, task: str = "", blind: bool = False, only: int = 0) -> list[Shown]:
    """All of a text. blind: nothing that a record holds was kept. only: the first so many."""
    head, body = text.split("\n---\n", 1) if "\n---\n" in text else ("", text)
    rows = list(_rows(head))
    lines = [line.rstrip() for line in body.splitlines() if line.strip() and not line.startswith("%")]
    count = len(rows) or 1
    found = [_Show(f"e{number}", _of(lines, number, rows), task, blind=blind).shown() for number in range(1, count + 1)]
    return found[: only or None]


def values_of(text: str) -> list[str]:
    """What differs from one demonstration to the other."""
    return [value for row in _rows(text.split("\n---\n", 1)[0]) for value in row.values() if value]


def _rows(head: str) -> Iterator[dict[str, str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in head.splitlines() if line.strip()]
    for row in lines[1:]:
        yield dict(zip(lines[0], row, strict=True))


def _of(lines: list[str], number: int, rows: list[dict[str, str]]) -> list[str]:
    found: list[str] = []
    out = False  # of a page that this one did not see
    for line in lines:
        filled = _for(line, number, rows)
        if not line.startswith("  "):
            out = filled is None
        if filled is not None and not out:
            found.append(filled)
    return found


def _for(line: str, number: int, rows: list[dict[str, str]]) -> str | None:
    indent = line[: len(line) - len(line.lstrip())]
    if (found := re.match(r"\s*@(\d+) (.*)", line)) is not None:
        if str(number) not in found[1]:
            return None
        line = indent + found[2]
    known = rows[number - 1] if rows else {}
    return re.sub(r"\{(\w+)\}", lambda one: known.get(one[1], one[0]), line)
