"""The browser driver: what extensions tell becomes raw events, and they are told what the recorder does.

Two ways. *Alone*, it is the only driver: it holds all for `HOLD_NS`, so that what different pages tell comes out in one
order, and tells windows and input too (`alone`). *Together* with a desktop's driver, which tells those, it adds
elements, pages and snapshots; `capture.together` puts both in one order.

Rules of this module: nothing from before a start or from after a stop is told; nothing of a page where the person has
paused is told; what arrives and is not told is counted, and what is lost is told as lost. Arrived is acknowledged, so
that no page keeps what nobody will ask for.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from byhand.capture.browser.alone import Desk
from byhand.capture.browser.beside import beside
from byhand.capture.browser.clock import PageClock
from byhand.capture.browser.door import Door, Peer
from byhand.capture.browser.numbering import Allowance, Numbers
from byhand.capture.browser.reading import HostLost, Read, read
from byhand.capture.browser.telling import Deed, Place
from byhand.capture.browser.terms import Terms
from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.order import Shelf
from byhand.errors import CaptureError
from byhand.events.browser import (
    VERSION,
    Batch,
    DocumentEvent,
    Flush,
    Flushed,
    Got,
    Hello,
    Move,
    Press,
    Release,
    Said,
    Stroke,
    TabTold,
    Wheel,
)
from byhand.events.raw import Raw, RawGap
from byhand.events.time import MS

HOLD_NS = 60 * MS
_ACK_NS, _ACK_EVENTS = 50 * MS, 200
_FLUSH_S = 0.3
_BACK_NS = 3_000 * MS
"""A browser that went away is mostly back at once: its worker or its host was ended. Meanwhile it tells nothing."""
_RATE, _BURST = 1_000, 30_000
_MOST_DOCUMENTS = 4_096
SCRIPTED = "made by a script"
AWAY = "seen while paused"
HUSHED = "paused here"
_INPUT = Press | Release | Move | Stroke | Wheel


@dataclass(slots=True)
class _Document:
    numbers: Numbers = field(default_factory=Numbers)
    clock: PageClock = field(default_factory=PageClock)
    allowance: Allowance = field(default_factory=lambda: Allowance(_RATE, _BURST))


@dataclass(slots=True)
class _Browser:
    """A connection that has said hello. number: from 1; a browser that comes back has it again."""

    number: int
    app: str
    clock: PageClock = field(default_factory=PageClock)
    owed: dict[str, int] = field(default_factory=dict[str, int])
    events: int = 0
    owed_ns: int = 0
    flushed: int = 0


class BrowserDriver:
    """Fits `capture.driver.Driver`. `open` before the first start, `close` after the last stop.

    Args:
        home: BYHAND_HOME.
        alone: no other driver watches this desktop.
    """

    def __init__(self, home: Path, *, alone: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._alone = alone
        self._terms = Terms("", "", "", "mine", "", ())
        self._door = Door(home, self)
        self._lock = threading.RLock()
        self._settled = threading.Condition(self._lock)
        self._browsers: dict[Peer, _Browser] = {}
        self._documents: dict[str, _Document] = {}
        self._shelf: Shelf[Deed | RawGap] = Shelf(HOLD_NS)
        self._desk = Desk(motion=False)
        self._emit: Emit | None = None
        self._lost: Callable[[Exception], None] = _nobody
        self._since_ns = 0
        self._until_ns: int | None = 0
        self._mark = 0
        self._missed = 0
        self._away: dict[int, int] = {}  # browsers that went away, by number, and when

    # ---- from other threads

    def describe(self) -> Desktop:
        """Nothing is known of the screen: there will be no frames."""
        return Desktop("browser", "", 0, 0, ())

    def open(self, terms: Terms) -> None:
        """Listen for browsers; they are told "paused" until `start`.

        Raises:
            CaptureError: there can be no socket in this home.
        """
        self._terms = terms
        self._door.open()

    def close(self) -> None:
        self.stop()
        self._door.close()

    @property
    def connected(self) -> int:
        """How many browsers there are."""
        return len(self._browsers)

    @property
    def names(self) -> tuple[str, ...]:
        """Their window classes."""
        with self._lock:
            return tuple(sorted(one.app for one in self._browsers.values()))

    def settle(self) -> None:
        """Hand on what waits for its place in the order."""
        with self._lock:
            self._release(all_of_it=True)

    def change(self, terms: Terms) -> None:
        """The person has paused, or gone on, on some site. It holds for all that is not told yet."""
        with self._lock:
            self._terms = terms
            self._desk.forget()
            self._say(self._terms.state(recording=self._emit is not None, alone=self._alone))

    def forget(self, now_ns: int) -> None:
        """Nothing that happened until now is told any more."""
        with self._lock:
            self._shelf.rest()
            self._since_ns = max(self._since_ns, now_ns)

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        with self._lock:
            self._emit, self._lost = emit, lost
            self._since_ns, self._until_ns = _now(), None
            self._shelf.rest()
            self._away.clear()
            self._desk = Desk(motion=needs.motion)
            if self._alone:
                emit((self._desk.blank(self._since_ns),))
            self._lose_missed()
            self._say(self._terms.state(recording=self._emit is not None, alone=self._alone))

    def flush(self) -> None:
        """Nothing that happens from now on is told. Ask all for what they still hold; `stop` waits for it."""
        with self._lock:
            if self._until_ns is None:
                self._until_ns = _now()
                self._mark += 1
                self._say(Flush(self._mark))

    def stop(self) -> None:
        self.flush()
        with self._lock:
            if self._emit is None:
                return
            mark = self._mark
            self._settled.wait_for(lambda: all(one.flushed >= mark for one in self._browsers.values()), _FLUSH_S)
            self._release(all_of_it=True)
            self._emit = None
            self._say(self._terms.state(recording=self._emit is not None, alone=self._alone))

    # ---- on the door's thread

    def came(self, peer: Peer) -> None:
        with self._lock:
            self._say(self._terms.state(recording=self._emit is not None, alone=self._alone), peer)

    def gone(self, peer: Peer) -> None:
        with self._lock:
            browser = self._browsers.pop(peer, None)
            if browser is not None and self._alone and self._desk.holds(browser.number):
                self._away[browser.number] = _now()
            self._settled.notify_all()

    def heard(self, peer: Peer, message: bytes) -> None:
        arrived = _now()
        told = read(message)
        with self._lock:
            browser = self._browsers.get(peer)
            match told.said:
                case Hello() as hello:
                    self._greet(peer, hello)
                case _ if browser is None:
                    pass  # it was not acknowledged and comes again, after a hello
                case Batch() as batch:
                    self._batch(browser, batch, told, arrived)
                case TabTold() as tab:
                    self._tab(browser, tab, arrived)
                case Flushed(mark):
                    browser.flushed = mark
                    self._settled.notify_all()
                case HostLost(count):
                    self._lose(min(max(count, 0), 1_000_000), arrived)
                case None:
                    self._lose(told.unreadable, arrived)

    def oversized(self, peer: Peer, count: int) -> None:
        with self._lock:
            if peer in self._browsers:
                self._lose(count, _now())

    def due_ns(self) -> int | None:
        with self._lock:
            dues = [one.owed_ns + _ACK_NS for one in self._browsers.values() if one.owed]
            dues += [since + _BACK_NS for since in self._away.values()]
            waiting = self._shelf.due_ns()
            return min([*dues, waiting] if waiting is not None else dues, default=None)

    def tick(self) -> None:
        with self._lock:
            now = _now()
            for number, since in list(self._away.items()):
                if now >= since + _BACK_NS:
                    del self._away[number]
                    if self._desk.holds(number):
                        self._put_gap("", 0, since)
            self._release()
            for peer, browser in self._browsers.items():
                if browser.owed and (now >= browser.owed_ns + _ACK_NS or browser.events >= _ACK_EVENTS):
                    for document, number in browser.owed.items():
                        self._say(Got(document, number), peer)
                    browser.owed.clear()
                    browser.events = 0

    def broken(self, error: Exception) -> None:
        self._lost(CaptureError(f"listening to browsers stopped working ({type(error).__name__})"))

    # ---- with the lock held

    def _say(self, said: Said, to: Peer | None = None) -> None:
        self._door.say(msgspec.json.encode(said), to)

    def _greet(self, peer: Peer, hello: Hello) -> None:
        if hello.version != VERSION or peer in self._browsers:
            return  # of another version nothing is heard; it sees ours in every state
        taken = {one.number for one in self._browsers.values()}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        self._away.pop(number, None)
        self._browsers[peer] = _Browser(number, hello.browser.strip().lower())

    def _batch(self, browser: _Browser, batch: Batch, told: Read, arrived: int) -> None:
        document = self._documents.pop(batch.document, None) or _Document()
        self._documents[batch.document] = document
        if len(self._documents) > _MOST_DOCUMENTS:
            del self._documents[next(iter(self._documents))]
        document.clock.heard(batch.sent, arrived)
        fresh = document.numbers.take(batch.first, told.size, batch.skipped)
        self._owe(browser, batch.document, document.numbers.next, told.size, arrived)
        self.counts[SCRIPTED] += min(max(batch.scripted, 0), 1_000_000)
        places = told.numbers if told.numbers is not None else range(told.size)
        new = [event for place, event in zip(places, batch.events, strict=True) if place >= fresh.begin]
        bad = told.size - fresh.begin - len(new)
        allowed = document.allowance.take(len(new), arrived)
        self._lose(fresh.lost + bad + len(new) - allowed, arrived)
        place = Place(
            browser.number, browser.app, _number(batch.window), _number(batch.tab), _number(batch.frame), batch.url,
            batch.top,
        )  # fmt: skip
        streams = self._terms.streams(batch.url) if self._terms.streams(batch.top) else frozenset[str]()
        deeds: list[Deed] = []
        for event in new[:allowed]:
            when = document.clock.mono_ns(event.at, arrived)
            if self._wanted(event, when, streams):
                deeds.append(Deed(when, place, batch.document, event))
        self._take(deeds, arrived)

    def _tab(self, browser: _Browser, told: TabTold, arrived: int) -> None:
        browser.clock.heard(told.at, arrived)
        when = browser.clock.mono_ns(told.at, arrived)
        if told.url and not self._terms.streams(told.url):
            told = msgspec.structs.replace(told, url="", title="")
        place = Place(browser.number, browser.app, _number(told.window), _number(told.tab), 0, told.url, told.url)
        if self._in_time(when):
            self._take([Deed(when, place, "", told)], arrived)

    def _wanted(self, event: DocumentEvent, when: int, streams: frozenset[str]) -> bool:
        if not self._in_time(when):
            return False
        if not streams:
            self.counts[HUSHED] += 1
            return False
        if isinstance(event, _INPUT) and not event.trusted:
            self.counts[SCRIPTED] += 1
            return False
        return not isinstance(event, Move) or "pointer" in streams

    def _in_time(self, when: int) -> bool:
        if self._emit is not None and self._since_ns <= when and (self._until_ns is None or when <= self._until_ns):
            return True
        self.counts[AWAY] += 1
        if self._until_ns and self._since_ns <= when <= self._until_ns:
            self._missed += 1  # it was there in time, and came too late to be told
        return False

    def _take(self, deeds: list[Deed], arrived: int) -> None:
        if self._alone:
            self._shelf.put((deed.mono_ns, deed) for deed in deeds)
            self._release()
        elif self._emit is not None and (raws := [raw for deed in deeds for raw in beside(deed)]):
            self._emit(raws)
        del arrived

    def _release(self, *, all_of_it: bool = False) -> None:
        ready = self._shelf.rest() if all_of_it else self._shelf.take(_now())
        if not ready or self._emit is None:
            return
        raws: list[Raw] = []
        for one in ready:
            if isinstance(one, Deed):
                raws += self._desk.tell(one)
            elif one.reason:
                raws.append(one)
                self._desk.forget()  # a change of the focus may be among what was lost
            else:
                raws.append(self._desk.blank(one.mono_ns))
        self._emit(raws)

    def _lose(self, count: int, when: int) -> None:
        """Say that events are gone for good; nobody can know more of them."""
        if count <= 0:
            return
        if self._emit is None or self._until_ns is not None:
            self._missed += count
            return
        self._put_gap("lost" if self._alone else "lost in a browser", count, when)

    def _lose_missed(self) -> None:
        missed, self._missed = self._missed, 0
        self._lose(missed, self._since_ns)

    def _put_gap(self, reason: str, count: int, when: int = 0) -> None:
        when = when or _now()
        gap = RawGap(when // MS, when, reason, count)
        if self._alone:
            self._shelf.put(((when, gap),))
        elif self._emit is not None and reason:
            self._emit((gap,))

    def _owe(self, browser: _Browser, document: str, number: int, events: int, now: int) -> None:
        if not browser.owed:
            browser.owed_ns = now
        browser.owed[document] = number
        browser.events += events


def _number(told: int) -> int:
    """A browser's own number of a window, a tab or a frame; -1 is its word for none."""
    return min(max(told, 0), (1 << 32) - 1)


def _now() -> int:
    return time.monotonic_ns() // 1000 * 1000


def _nobody(_: Exception) -> None: ...
