"""Elements of several demonstrations as the evidence of one program: what all agree on, each called something. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from byhand.workflows import frames
from byhand.workflows.compiling import values
from byhand.workflows.compiling.outcomes import path
from byhand.workflows.compiling.things import Thing, recordlike
from byhand.workflows.program import Evidence

_WORDS: dict[str, str] = {
    "textbox": "field", "searchbox": "search field", "combobox": "list", "listbox": "list", "spinbutton": "number",
    "definition": "value", "checkbox": "box", "radiogroup": "choice", "group": "choice",
}  # fmt: skip
_Key = tuple[str, ...]


class Targets:
    """All of one program, each once. records: does a text have words that stand in records?"""

    def __init__(self, records: Callable[[str], bool]) -> None:
        self._records = records
        self._found: dict[_Key, list[Thing]] = {}
        self._called: dict[_Key, str] = {}
        self._names: dict[_Key, str] = {}
        self._looped: set[str] = set()

    def called(self, things: Sequence[Thing], name: str = "") -> str:
        """What sentences call it.

        Args:
            things: the same element, as each demonstration had it.
            name: a template, where its name is a value.
        """
        first = things[0]
        own = name or (_same(thing.name for thing in things) if all(thing.named for thing in things) else "")
        near = _same(thing.near for thing in things)
        key = (first.role, own, near, first.label, first.app, first.row.column if first.row and not own else "",
               "" if own or near or first.label or not first.app else first.key[1],
               *map(str, first.frames))  # fmt: skip
        known = self._called.get(key)
        if known is None:
            known = self._free(self._word(first, own, near, template=bool(name)), first)
            self._called[key] = known
            self._names[key] = name
        self._found.setdefault(key, []).extend(things)
        return known

    def in_row(self, called: str) -> None:
        """It's looked for in the row of the loop around it."""
        self._looped.add(called)

    def _word(self, first: Thing, own: str, near: str, *, template: bool) -> str:
        if own and not template:
            return own
        if first.stem:
            return first.stem
        column = first.row.column if first.row is not None else ""
        said = first.label or column or near
        return said or _WORDS.get(first.role, first.role or "element")

    def _free(self, word: str, first: Thing) -> str:
        taken = set(self._called.values())
        if word not in taken:
            return word
        beside = first.near or (first.row.table if first.row is not None else "") or _framed(first)
        for better in (f"{word} ({beside})" if beside else "", f"{word} {_WORDS.get(first.role, first.role)}"):
            if better and better not in taken:
                return better
        number = 2
        while f"{word} {number}" in taken:
            number += 1
        return f"{word} {number}"

    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self._one(key, things) for key, things in self._found.items())

    def _one(self, key: _Key, things: Sequence[Thing]) -> Evidence:
        first = things[0]
        own = all(thing.named for thing in things) and not self._names[key]
        near, alone = _same(thing.near for thing in things), len(things) == 1
        column = first.row.column if first.row is not None and not own else ""
        selectors = (one for one in first.selectors if own and all(one in thing.selectors for thing in things))
        name = self._names[key] or (values.braced(first.name) if own else "")
        return Evidence(
            called=self._called[key], role=first.role, name=name,
            near="" if alone and near and (_figures(near) or self._records(near)) else near,
            label=first.label or column, tag=_same(thing.tag for thing in things),
            above=_common([thing.above for thing in things]),
            selectors=tuple(one for one in selectors if not (alone and _told(one, first.name))),
            box=first.box if own and len({thing.box for thing in things}) == 1 else (),
            row="{row}" if self._called[key] in self._looped else "", app=first.app,
            page=_same(path(thing.page) for thing in things), frame=tuple(map(frames.selector, first.frames)),
        )  # fmt: skip


def _framed(thing: Thing) -> str:
    """What its frame is called, as far as its address tells."""
    return PurePosixPath(thing.page).stem if thing.frames and "{" not in thing.page else ""


def _figures(text: str) -> bool:
    return recordlike(text) or values.masked(text)


def _told(selector: str, name: str) -> bool:
    """Does it find it by words, other than its name?"""
    kind, _, words = selector.partition("/")
    return kind in ("aria", "text") and words.partition("[role=")[0] != name


def _same(texts: Iterable[str]) -> str:
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def _common(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return rows[0] if len(set(rows)) == 1 else ()
