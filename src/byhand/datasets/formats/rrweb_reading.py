"""rrweb recordings, read as kept events: presses with their element, what a field held, choices, wheels, the pointer.

rrweb tells no keys, and which button it was only by a `contextmenu` behind the press. What it masked stays masked. An
`input` is told when somebody is done with the field: at the next act elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from byhand.datasets.formats.events_made import MOST, Maker
from byhand.datasets.formats.port import Imported
from byhand.datasets.formats.reading import at, document, files, items, parsed
from byhand.datasets.formats.rrweb_list import listed
from byhand.datasets.formats.rrweb_page import Page as Tree_
from byhand.datasets.formats.rrweb_page import Tree
from byhand.errors import Problem
from byhand.events.kinds import Page

NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
_SOON_MS = 200
"""A `contextmenu` so soon after a press says that it was the right button."""


class _Event(msgspec.Struct):
    type: int
    timestamp: float
    data: msgspec.Raw = msgspec.Raw(b"{}")


class _Meta(msgspec.Struct):
    href: str = ""
    width: int = 0
    height: int = 0


class _Full(msgspec.Struct):
    node: Tree


class _Added(msgspec.Struct, rename="camel"):
    parent_id: int
    node: Tree


class _Gone(msgspec.Struct):
    id: int


class _Attributes(msgspec.Struct):
    id: int
    attributes: dict[str, Any]


class _Words(msgspec.Struct):
    id: int
    value: str | None = ""


class _Moved(msgspec.Struct, rename="camel"):
    x: float
    y: float
    time_offset: float = 0


class _Change(msgspec.Struct, rename="camel"):
    """All kinds of increments in one: which fields hold, `source` says."""

    source: int
    type: int = -1
    id: int = 0
    x: float = 0
    y: float = 0
    text: str = ""
    is_checked: bool = False
    positions: list[_Moved] = msgspec.field(default_factory=list[_Moved])
    adds: list[_Added] = msgspec.field(default_factory=list[_Added])
    removes: list[_Gone] = msgspec.field(default_factory=list[_Gone])
    attributes: list[_Attributes] = msgspec.field(default_factory=list[_Attributes])
    texts: list[_Words] = msgspec.field(default_factory=list[_Words])


class _Source(msgspec.Struct):
    source: int


def read(path: Path) -> Iterator[Imported]:
    for file in files(path, ".json"):
        data = document(file)
        if isinstance(data, Problem):
            yield data
            continue
        found = parsed(file, data, list[msgspec.Raw])
        if isinstance(found, Problem):
            yield found
            continue
        teller = _Teller()
        last = 0
        for event in items(file, data, found, _Event):
            if isinstance(event, Problem):
                yield event
                continue
            last, told = event
            try:
                teller.tell(told)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                yield Problem(at(file, last), "an event that is none of rrweb's")
            except (ValueError, OverflowError) as error:
                yield Problem(at(file, last), str(error))
            if teller.maker.full:
                yield Problem(at(file, last), f"more than {MOST:,} events; the rest was not read")
                break
        if not teller.began:
            yield Problem(file.name, "no event in it")
            continue
        teller.end()
        name = f"rrweb-{hashlib.sha256(data).hexdigest()[:16]}"
        yield teller.maker.recording(name, screen=teller.screen, utc_ns=teller.utc_ns, source=file.name)


class _Teller:
    def __init__(self) -> None:
        self.maker = Maker("source.rrweb")
        self.began = False
        self.screen = (0, 0)
        self.utc_ns = 0
        self._page = Tree_()
        self._where = ("", "")
        self._typed: tuple[int, str] | None = None
        self._scrolled: dict[int, tuple[float, float]] = {}
        self._at = (0.0, 0.0)
        self._shown = 0
        self._press: tuple[float, int, float, float] | None = None
        """A press waits for what is behind it, which may say that it was the right button."""
        self._up: tuple[float, float, float] | None = None

    def tell(self, event: _Event) -> None:
        if not self.began:
            if not 0 <= event.timestamp < 1e13:
                raise ValueError("a time out of range")
            self.utc_ns = round(event.timestamp) * 1_000_000
            self.maker.begin(0, "")
            self.began = True
        now = max(event.timestamp - self.utc_ns / 1e6, 0) / 1000
        if event.type == 4:
            meta = msgspec.json.decode(event.data, type=_Meta)
            address = urlsplit(meta.href[:4096])
            self._where = (f"{address.scheme}://{address.netloc.rpartition('@')[2]}", address.path or "/")
            if 0 < meta.width < 1 << 15 and 0 < meta.height < 1 << 15:
                self.screen = (meta.width, meta.height)
            self._settle()
            self._done()
            self.maker.add(Page(*self.maker.at(now), "loaded", 1, 1, *self._where))
        elif event.type == 2:
            self._settle()
            self._page.show(msgspec.json.decode(event.data, type=_Full).node)
            self._scrolled = {}
        elif event.type == 3 and msgspec.json.decode(event.data, type=_Source).source in (0, 1, 2, 3, 5, 6):
            self._change(msgspec.json.decode(event.data, type=_Change), now)

    def end(self) -> None:
        self._settle()
        self._done()
        self.maker.end()

    def _change(self, change: _Change, now: float) -> None:
        if change.source in (3, 5) or (change.source == 2 and change.type not in (0, 2, 3, 9)):
            self._settle()
        if change.source == 0:
            self._mutate(change)
        elif change.source in (1, 6):
            for moved in change.positions:
                self.maker.move(max(now + moved.time_offset / 1000, 0), moved.x, moved.y)
                self._at = (moved.x, moved.y)
        elif change.source == 2:
            self._interact(change, now)
        elif change.source == 3:
            before = self._scrolled.get(change.id, (0.0, 0.0))
            self._scrolled[change.id] = (change.x, change.y)
            dx, dy = (change.x - before[0]) / NOTCH, (change.y - before[1]) / NOTCH
            if dx or dy:
                self._look(now)
                self.maker.scroll(now, dx, dy, *self._at)
                self._element(now, "scroll", change.id)
        else:
            self._input(change, now)

    def _mutate(self, change: _Change) -> None:
        for gone in change.removes:
            self._page.remove(gone.id)
        for added in change.adds:
            self._page.add(added.node, added.parent_id)
        for one in change.attributes:
            self._page.set(one.id, one.attributes)
        for words in change.texts:
            self._page.say(words.id, words.value or "")

    def _interact(self, change: _Change, now: float) -> None:
        if change.type in (1, 7):  # mouse or touch goes down
            self._done(change.id)
            self._look(now)
            self._press = (now, change.id, change.x, change.y)
        elif change.type in (0, 9):
            self._up = (now, change.x, change.y)
        elif change.type == 3:
            right = self._press is not None and (now - self._press[0]) * 1000 < _SOON_MS
            self._settle(3 if right else 1)
        elif change.type == 6 and self._typed is not None and self._typed[0] == change.id:
            self._done()

    def _settle(self, button: int = 1) -> None:
        """Tell the press that waited; one that was never let go is let go where it began."""
        if self._press is None:
            return
        then, number, x, y = self._press
        now, to_x, to_y = self._up or (then, x, y)
        self.maker.button(then, button, x, y, down=True)
        self._element(then, "press", number, times=1)
        self.maker.button(now, button, to_x, to_y, down=False)
        self._press = self._up = None

    def _input(self, change: _Change, now: float) -> None:
        node = self._page.nodes.get(change.id)
        if node is None:
            raise ValueError("an input into an element that isn't there")
        if self._typed is None or self._typed[0] != change.id:
            self._done()
            self._look(now)
        kind = node.get("type") if node.tag == "input" else self._page.roles(change.id)[1]
        if kind in ("checkbox", "radio"):
            self._page.set(change.id, {"checked": change.is_checked or None})
            if kind == "checkbox" or change.is_checked:
                self._element(now, "change", change.id, holds="checked" if change.is_checked else "unchecked")
        elif node.tag == "select" or kind in ("date", "time", "color", "month", "week", "datetime-local", "range"):
            label = self._page.option(change.id, change.text) if node.tag == "select" else change.text
            self._element(now, "change", change.id, value=label)
        else:
            self._page.set(change.id, {"value": change.text})
            self._typed = (change.id, change.text)

    def _look(self, now: float) -> None:
        """Tell what the page shows, where it changed since that was told: what comes now is done there."""
        if self._shown != self._page.version and self._page.nodes:
            self._shown = self._page.version
            self.maker.add(listed(self._page, self.maker.at(now), self._where, self.screen))

    def _done(self, number: int = 0) -> None:
        """Somebody is done with a field: whatever comes is about another one."""
        if self._typed is not None and self._typed[0] != number:
            typed, self._typed = self._typed, None
            holds = f"{len(typed[1])} characters" if typed[1] else "empty"
            self._element(self.maker.last / 1e9, "input", typed[0], value=typed[1], holds=holds)

    def _element(self, now: float, why: str, number: int, **told: Any) -> None:
        number = self._page.control(number) if why != "scroll" else number
        role, aria = self._page.roles(number)
        node = self._page.nodes.get(number)
        ident = node.get("id") if node is not None else ""
        plain = ident.isascii() and ident.replace("-", "a").replace("_", "a").isalnum() and not ident[:1].isdigit()
        self.maker.element(
            now, why=why, role=role, name=self._page.name(number), origin=self._where[0], page=self._where[1],
            source="browser", aria=aria, tag=node.tag if node is not None else "", node=number, tab=1, frame=1,
            selectors=(f"#{ident}",) if plain else (), **told,
        )  # fmt: skip
