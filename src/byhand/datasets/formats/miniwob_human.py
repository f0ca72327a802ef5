"""Reads human demonstrations of MiniWoB++ (stanfordnlp/miniwob-plusplus-demos, 2017). docs/formats/miniwob-human.md.

A file is one task done by one person: a list of states, each with a browser's event and the page around it. What comes
out are kept events as our own extension and guard would have told them, so that the reducer has no way of its own for
this source: a button with its element, keys without the signs they write, `input` when somebody was done with a field,
`change` when a choice was made. Never the source's `click`: it has one too many for each label.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets.formats.miniwob_dom import BOXES, PICKED, TYPED, Deed, Flat, Node, Numbers, State
from byhand.datasets.formats.miniwob_keys import Keyboard
from byhand.datasets.formats.miniwob_list import states
from byhand.datasets.formats.miniwob_pages import TOLD_ALIKE, VIEWPORT
from byhand.datasets.formats.miniwob_seen import ORIGIN, Seen
from byhand.datasets.formats.port import Format, Imported, Recording
from byhand.errors import Problem
from byhand.events.kinds import OBSERVER, AnyEvent, Button, Element, ElementWhy, Mark, Numbered, Page, Scroll, Snapshot
from byhand.events.time import MS

_NOTCH = 100.0
"""Pixels that a browser scrolls for one notch of a wheel."""
_REST_NS = 1_500 * MS
_BY = "source.miniwob"
_MOST_BYTES = 256 << 20  # of one file, unpacked; the largest known has 9 MB
_SUFFIXES = (".json.gz", ".json")


class Told(msgspec.Struct):
    """A file as it is."""

    states: list[State]
    task: str = msgspec.field(name="taskName", default="")
    utterance: str = ""
    reward: float = msgspec.field(name="rawReward", default=0)


@dataclass(frozen=True, slots=True)
class Demo:
    """One demonstration.

    events: as kept. flats: the pages, one for each state. causes: for each state the place of the last event that may
    have led to it, -1 before the first.
    """

    name: str
    task: str
    instruction: str
    reward: float
    source: str
    events: list[Numbered] = field(repr=False)
    flats: list[Flat] = field(repr=False)
    causes: list[int] = field(repr=False)


def read(path: Path) -> Iterator[Imported]:
    """All demonstrations of a file or a folder, in the order of their names."""
    for one in demos(path):
        if isinstance(one, Problem):
            yield one
        else:
            yield Recording(one.name, one.events, screen=(160, 210), source=one.source)


def demos(path: Path, *, values: bool = True) -> Iterator[Demo | Problem]:
    """The same with the pages, for whoever checks what was made of them.

    Args:
        path: a file or a folder.
        values: as an extension tells: what a field holds, and keys without names. Else keys have names, and nobody
            tells what they wrote.
    """
    found = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.name.endswith(_SUFFIXES))
    for one in found:
        if one.is_symlink() or not one.is_file():
            yield Problem(str(one), "is a link, and was not followed")
            continue
        try:
            told = msgspec.json.decode(_bytes(one), type=Told)
        except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
            yield Problem(f"{one}:1", f"is no demonstration ({type(error).__name__})")
            continue
        if told.states:
            yield demo(told, one.name.partition(".")[0], f"{one}:1", values=values)
        else:
            yield Problem(f"{one}:1", "has no states")


def _bytes(path: Path) -> bytes:
    if path.suffix != ".gz":
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("too large")
        return path.read_bytes()
    with gzip.open(path) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return data


def demo(told: Told, called: str, source: str, *, values: bool = True) -> Demo:
    """What a file tells, as events."""
    teller = _Teller(told.task, told.utterance, values=values)
    teller.begin(told)
    for place, state in enumerate(told.states):
        teller.state(told.states, place, state)
    teller.end(told)
    events = [Numbered(seq, event) for seq, event in enumerate(teller.events)]
    return Demo(
        called, told.task, told.utterance, told.reward, source, events, teller.flats, teller.causes,
    )  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A field that somebody is at. value: what it held when it was told last."""

    number: int
    value: str


class _Teller:
    """Tells events in the order in which an extension would."""

    def __init__(self, task: str, utterance: str, *, values: bool) -> None:
        self.events: list[AnyEvent] = []
        self.flats: list[Flat] = []
        self.causes: list[int] = []
        self._values = values
        self._page = f"/{task}"
        # Equal to the observer's own: a test shows it of these tasks.
        self._observer = OBSERVER if task in TOLD_ALIKE else 0
        self._seen = Seen(task, utterance)
        self._numbers = Numbers()
        self._keyboard = Keyboard(named=not values)
        self._ns = 0
        self._cause = -1
        self._by_key = False
        self._held = False
        self._open: _Open | None = None
        self._list = 0  # the native list that somebody is at
        self._typed: dict[int, str] = {}  # fields that were typed into, and what was told of them
        self._shown: Any = None
        self._scrolled: tuple[int, float, int] = (0, 0.0, 0)  # what, which way, and when the last time

    # ---- the frame

    def begin(self, told: Told) -> None:
        self._at(told.states[0].time)
        self._mark("start", "")
        self.events.append(Page(*self._stamps(), "loaded", 1, 1, ORIGIN, self._page))
        self._mark("task_begin", told.utterance)

    def end(self, told: Told) -> None:
        self._settle()
        self._shown = None  # that a press changed nothing is told too
        self._snapshot("asked")
        outcome = "done" if told.reward >= 1 else "partly" if told.reward > 0 else "failed"
        self._mark("task_end", "", outcome)
        self._mark("stop", "")

    def _mark(self, what: Any, text: str, reason: str = "") -> None:
        self.events.append(Mark(*self._stamps(), what, reason, 0, 0, text))

    def _at(self, time: float) -> None:
        self._ns = max(self._ns, int(time * 1000) * 1000)

    def _stamps(self) -> tuple[int, int, str]:
        return self._ns // MS, self._ns, _BY

    @property
    def _flat(self) -> Flat:
        return self.flats[-1]

    # ---- states

    def state(self, states: list[State], place: int, state: State) -> None:
        """What happened by itself or by the event before is seen first, then this event is told."""
        before = self.flats[-1] if self.flats else {}
        flat, deed = self._numbers.flat(state.dom), state.action
        if moved := self._seen.scrolled(before, flat):
            # Of a wheel's turn the source tells the beginning; where it ended is seen when something else is done.
            self._at(state.time if deed is not None and deed.type == "scroll" else states[place - 1].time)
            if self._begins(*moved):
                self._snapshot("change")
            self._scrolls(*moved)
        self.flats.append(flat)
        self._at(state.time)
        if deed is not None and deed.timing == 1:
            self._looked(before)
            self.causes.append(self._cause)
            self._deed(states, place, deed)
        else:
            self._looked(before)
            self.causes.append(self._cause)

    def _looked(self, before: Flat) -> None:
        """Which fields hold something else now, and who has the keyboard?"""
        for number, node in self._flat.items():
            was = before.get(number)
            if was is None:
                continue
            if node.value != was.value:
                self._changed(node, was)
            if node.focused and not was.focused:
                self._focused(node)

    def _changed(self, node: Node, was: Node) -> None:
        if node.tag in BOXES:
            # Of radio buttons only the one that was chosen changes for whoever listens.
            if node.value or node.tag == "input_checkbox":
                self._element("change", node)
        elif isinstance(node.value, str) and node.tag in TYPED | PICKED:
            if self._by_key and node.focused:
                if self._open is None or self._open.number != node.number:
                    self._settle()
                    self._open = _Open(node.number, str(was.value or ""))
            elif node.tag in TYPED and self._typed.get(node.number, node.value) != node.value and node.value:
                self._typed.pop(node.number)
                self._element("change", node, node.value)

    def _focused(self, node: Node) -> None:
        if self._open is not None and self._open.number != node.number:
            self._settle()
        if self._list and self._list != node.number:
            self._chosen()
        self._list = node.number if node.tag == "select" else self._list
        self._element("focus", node)

    def _settle(self) -> None:
        """Somebody is done with the field."""
        opened, self._open = self._open, None
        node = self._flat.get(opened.number) if opened else None
        if opened is not None and node is not None and isinstance(node.value, str):
            if node.tag in PICKED:
                self._element("change", node, node.value)
            else:
                self._typed[node.number] = node.value
                self._element("input", node, node.value)

    def _chosen(self) -> None:
        """Somebody is done with a native list. The source does not tell which option was chosen."""
        number, self._list = self._list, 0
        if node := self._flat.get(number):
            self._element("change", node)

    # ---- events

    def _deed(self, states: list[State], place: int, deed: Deed) -> None:
        match deed.type:
            case "mousedown":
                self._pressed(deed)
            case "mouseup" if self._held:
                self._held = False
                self._input(Button(*self._stamps(), False, 1, int(deed.x), int(deed.y), False))
            case "keydown" | "keyup":
                down = deed.type == "keydown"
                if down and deed.code in (9, 13):
                    self._settle()
                if down:
                    self._scrolled = (0, 0.0, 0)
                    self._snapshot("press")
                typed = (
                    next((one for one in _following(states, place) if one.type == "keypress"), None) if down else None
                )
                self._input(self._keyboard.key(self._stamps(), deed, typed.char if typed else 0, down=down))
                self._by_key = self._by_key or down
                if down:
                    self._by_key = deed.code not in (9, 13)
            case _:
                pass

    def _scrolls(self, around: Node, pixels: float) -> None:
        """What moved since the last state. The source's own `scroll` comes once for many of these, or never."""
        self._scrolled = around.number, pixels, self._ns
        x, y, w, h = around.box
        self._input(Scroll(*self._stamps(), 0, pixels / _NOTCH, x + w // 2, y + h // 2, False))
        self._element("scroll", around, "down" if pixels > 0 else "up")

    def _begins(self, around: Node, pixels: float) -> bool:
        """Is it another scroll, and not the last one going on?"""
        number, before, then = self._scrolled
        return number != around.number or before * pixels < 0 or self._ns - then > _REST_NS

    def _pressed(self, deed: Deed) -> None:
        node = next((one for one in reversed(self._flat.values()) if one.target), None)
        # A press on another part of a date goes on with it.
        if self._open and not (node and node.number == self._open.number and node.tag in PICKED):
            self._settle()
        if self._list and not (node and node.number == self._list):
            self._chosen()
        self._by_key = False
        self._seen.point = deed.x, deed.y
        if node is not None and self._seen.on_a_bar(node, deed.x):
            return  # what it moves is told, as of a wheel
        self._snapshot("press")
        self._held, self._scrolled = True, (0, 0.0, 0)
        if node is not None and node.tag == "select":
            self._list = node.number
        self._input(Button(*self._stamps(), True, 1, int(deed.x), int(deed.y), False))
        if node is not None:
            self._element("press", self._seen.meant(self._flat, node), times=1)

    def _input(self, event: AnyEvent) -> None:
        self._cause = len(self.events)
        self.events.append(event)

    def _element(self, why: ElementWhy, node: Node, value: str = "", times: int = 0) -> None:
        told = why in ("press", "focus", "scroll")
        if not (self._values or told or node.tag in BOXES | PICKED or node.tag == "select"):
            return
        selectors = (f"#{node.id}",) if node.id else ()
        self.events.append(
            Element(
                *self._stamps(), why, node.role, self._seen.name(self._flat, node), states(node), *node.box, "", ORIGIN,
                self._page,
                source="browser", aria=node.aria, tag=node.html, selectors=selectors, area=node.box, value=value,
                holds=node.holds, times=times, tab=1, frame=1, node=node.number,
            )
        )  # fmt: skip

    def _snapshot(self, why: Any) -> None:
        flat = self._flat
        if self._shown == flat:
            return
        self._shown = flat
        self.events.append(
            Snapshot(
                *self._stamps(), why, 1, 1, ORIGIN, self._page, self._observer, 0, 0, *VIEWPORT, 1.0,
                *self._seen.listed(flat), 0,
            )
        )  # fmt: skip


def _following(states: list[State], place: int) -> Iterator[Deed]:
    """The events until the next key goes down."""
    for state in states[place + 1 :]:
        deed = state.action
        if deed is not None and deed.timing == 1:
            if deed.type in ("keydown", "mousedown"):
                return
            yield deed


FORMAT = Format("miniwob-human", "human demonstrations of MiniWoB++, as events", "application/gzip", read=read)
