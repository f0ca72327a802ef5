"""What a run does, told as raw events to whoever records it: each act, the pages it came to, its rows, the person.

It stands between the loop and its ports: `hands` and `book` give the loop's own ones back with an ear in them, so that
neither knows of it. What may be kept of it is the guard's business, as with a person's.

Rules of this module: it changes nothing, decides nothing and never fails the run. A secret is told as a secret field,
whatever the page says it is: its value leaves the hands for the page and goes nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from byhand.agents import reasons
from byhand.agents.goal import Eyes
from byhand.agents.outcome import Book, Hands, Values
from byhand.agents.running import Done
from byhand.agents.seeing import Told, heard
from byhand.events import runs
from byhand.events.kinds import OBSERVER, ElementWhy
from byhand.events.raw import Raw, RawDom, RawElement, RawMark, RawNode, RawPage, RawSnapshot, RawWindow
from byhand.privacy.rules.aria import at_spi
from byhand.workflows.program import Risk
from byhand.workflows.view import View

Tell = Callable[[Sequence[Raw]], None]
_WHY: dict[str, ElementWhy] = {
    "press": "press", "press twice": "press", "press right": "press", "fill": "input", "choose": "change",
    "set": "change", "key": "input", "hover": "hover", "drag": "drag", "upload": "file", "scroll": "scroll",
}  # fmt: skip
_TIMES = {"press": 1, "press right": 1, "press twice": 2}
_SETS = {"on": "checked", "off": "unchecked"}
_MOST_UP = 40
_MOST_LISTED = 500
_LEAST, _LARGEST = (1280, 800), 20_000
_LEAST_SECRET = 3
"""A secret that is as short as this stands in many a text by chance; it is looked for as a whole."""


class Shown(Eyes, Protocol):
    """told: what the observer told of the page that was shown last, and the number of its tab."""

    told: tuple[Told, int] | None


class Witness:
    """Of one run.

    Args:
        tell: takes what is told.
        name: of the program.
        browser: window class of the browser it is done in; "" for desktop programs, which a view names itself.
        secrets: values that may be told to nobody.
        clock: CLOCK_MONOTONIC in ns.
    """

    def __init__(
        self, tell: Tell, name: str, *, browser: str, secrets: Values,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:  # fmt: skip
        self._tell, self._name, self.browser, self._clock = tell, name, browser, clock
        self._secrets = [str(one) for one in secrets.values() if str(one)]
        self._step = self._front = ""
        self._open = False
        self._eyes: Shown | None = None
        self.part = 0
        """Counts the recordings it is told to, where there is more than one."""

    def hide(self, secret: str) -> None:
        """One more value that may be told to nobody."""
        self._secrets += [secret] if secret else []

    # ---- ears

    def hands(self, hands: Hands) -> Hands:
        return _Heard(hands, self, 1)

    def eyes(self, eyes: Shown) -> Shown:
        """A model's. What it is shown is told before each act, and not only where it is another page."""
        self._eyes = eyes
        return eyes

    def book(self, book: Book) -> Book:
        """Of a row that is begun now."""
        self.begun()
        return _Noted(book, self)

    def begun(self) -> None:
        """A row is."""
        self.mark("task_begin", text=self._name)
        self._open = True

    def anew(self) -> None:
        """What follows goes to another recording, which knows of no window and no page yet."""
        self._front = ""
        self.part += 1

    def step(self, step: str) -> None:
        """The next acts are of that one."""
        self._step = step
        if self._eyes is not None and self._eyes.told is not None and self.browser:
            told, tab = self._eyes.told
            raw = heard(told, self.browser, tab, self.now(), self._open_text)
            self._tell((raw,) if raw is not None else ())

    def ended(self, done: Done, by: str, pulled_ns: int) -> None:
        """What came of the row. by, pulled_ns: what pulled the brake, and when."""
        if not self._open:
            return
        self._open, self._step = False, ""
        if done.kind == "person" and by:
            self.mark("takeover", reason=by, at=pulled_ns)
        self.mark("row", reason=runs.row(done.state, done.kind), count=done.number)
        harmed = done.stop is not None and done.stop.harmed
        self.mark("task_end", reason="partly" if harmed else runs.OUTCOMES[done.state])

    # ---- told

    def mark(self, what: str, *, text: str = "", reason: str = "", count: int = 0, at: int = 0) -> None:
        ns = at or self.now()
        self._tell((RawMark(ns // 1_000_000, ns, what, text, reason, count),))  # pyright: ignore[reportArgumentType]

    def seen(self, view: View) -> None:
        """Which program it is done in: erasing by program needs to know when that was in front."""
        app = self.browser or view.address
        if app != self._front:
            self._front, ns = app, self.now()
            self._tell((RawWindow(ns // 1_000_000, ns, "focus", 1, app, "", 0, 0, 0, *_size(view), False),))

    def page(self, view: View, tab: int, *, moved: bool) -> None:
        """Another page is in front."""
        if self.browser:
            ns = self.now()
            what = "moved" if moved else "loaded"
            address = view.address
            title = self._open_text(view.title)
            self._tell((
                RawPage(ns // 1_000_000, ns, what, self.browser, tab, 0, address, address, title),
                self._listed(view, tab, ns),
            ))  # fmt: skip

    def _listed(self, view: View, tab: int, ns: int) -> RawSnapshot:
        """The page itself as it was looked at; what lies in frames is listed of nobody."""
        ms, places = ns // 1_000_000, dict[int, int]()
        nodes: list[RawNode] = []
        for at, one in enumerate(view.elements):
            if one.frame or len(nodes) == _MOST_LISTED:
                continue
            places[at] = len(nodes)
            nodes.append(RawNode(
                ms, ns, one.node, places.get(one.parent, -1), one.role, one.tag, self._open_text(one.name), one.states,
                "", *one.box, "secret" in one.states, "masked" in one.states, _above(view, at),
            ))  # fmt: skip
        more = sum(not one.frame for one in view.elements) - len(nodes)
        return RawSnapshot(
            ms, ns, "asked", self.browser, tab, 0, view.address, view.address, OBSERVER, 0, 0, *_size(view), 1.0,
            tuple(nodes), more,
        )  # fmt: skip

    def act(self, verb: str, text: str, view: View, place: int, tab: int, ns: int) -> None:
        """What was done to an element of a view."""
        one = view.elements[place]
        secret = "secret" in one.states or (bool(text) and not self._open_text(text))
        app = self.browser or view.address
        url = (view.address if not one.frame else view.frames.get(one.frame, "")) if self.browser else ""
        dom = RawDom(
            ns // 1_000_000, ns, app, view.address if self.browser else "", tab, one.frame, one.node, one.role,
            one.tag, _selectors(view, place), one.box, "" if secret else _value(verb, text),
            "" if secret else _holds(verb, text), _TIMES.get(verb, 0), secret, "masked" in one.states, True, False,
        )  # fmt: skip
        self._tell((
            RawElement(
                ns // 1_000_000, ns, "drop" if verb == "drop" else _WHY.get(verb, "press"), True, 0, 0,
                at_spi(one.role), self._open_text(one.name), one.states, *one.box, _path(view, place), url, "", dom,
                "agent", f"key {text}" if verb == "key" and not secret else "drag" if verb == "drop" else verb,
                self._step,
            ),
        ))  # fmt: skip

    def _open_text(self, text: str) -> str:
        """The text, but "" where a secret stands in it."""
        hidden = any(one == text if len(one) <= _LEAST_SECRET else one in text for one in self._secrets)
        return "" if hidden else text

    def now(self) -> int:
        ns = self._clock()
        return ns - ns % 1000


class _Heard:
    """Satisfies `outcome.Hands`: another's, heard. tab: its number."""

    def __init__(self, hands: Hands, witness: Witness, tab: int) -> None:
        self._hands, self._witness, self._tab = hands, witness, tab
        self._view: View | None = None
        self._loaded = True
        self._at: str = ""
        self._part = witness.part

    def go(self, address: str) -> str:
        self._loaded = True
        return self._hands.go(address)

    def look(self, selectors: tuple[str, ...] = ()) -> View | None:
        view = self._view = self._hands.look(selectors)
        if self._part != self._witness.part:
            self._part, self._loaded = self._witness.part, True
        if view is not None:
            self._witness.seen(view)
        if view is not None and (self._loaded or view.address != self._at):
            self._witness.page(view, self._tab, moved=not self._loaded)
            self._loaded, self._at = False, view.address
        elif view is None:
            self._loaded = True  # it goes elsewhere
        return view

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        began, view = self._witness.now(), self._view
        why = self._hands.act(verb, node, text, to, agrees=agrees)
        if verb == "open":
            self._loaded = True
        elif view is not None and verb != "turn" and why not in reasons.UNTOUCHED and why != reasons.UNKNOWN:
            self._told(verb, view, (node, to), text, began)
        return why

    def _told(self, verb: str, view: View, nodes: tuple[int, int], text: str, ns: int) -> None:
        places = [_place(view, node) for node in nodes]
        if places[0] < 0 and verb == "key":
            places[0] = next((at for at, one in enumerate(view.elements) if "focused" in one.states), 0)
        if places[0] < 0 and verb == "scroll":
            places[0] = 0
        for did, at in ((verb, places[0]), ("drop", places[1] if verb == "drag" else -1)):
            if 0 <= at < len(view.elements):
                self._witness.act(did, text, view, at, self._tab, ns)

    def rest(self, seconds: float) -> None:
        self._hands.rest(seconds)

    def picture(self) -> bytes:
        return self._hands.picture()

    def second(self) -> Hands:
        return _Heard(self._hands.second(), self._witness, self._tab + 1)

    def close(self) -> None:
        self._hands.close()


class _Noted:
    """Satisfies `outcome.Book`: another's, read along."""

    def __init__(self, book: Book, witness: Witness) -> None:
        self._book, self._witness = book, witness

    def will(self, step: str, risk: Risk) -> None:
        self._book.will(step, risk)
        self._witness.step(step)

    def did(self, step: str) -> None:
        self._book.did(step)


def _size(view: View) -> tuple[int, int]:
    """Right and lower edge of what a view shows."""
    right = max((one.box[0] + one.box[2] for one in view.elements), default=0)
    low = max((one.box[1] + one.box[3] for one in view.elements), default=0)
    return min(max(right, _LEAST[0]), _LARGEST), min(max(low, _LEAST[1]), _LARGEST)


def _place(view: View, node: int) -> int:
    return next((at for at, one in enumerate(view.elements) if one.node == node), -1) if node else -1


def _selectors(view: View, place: int) -> tuple[str, ...]:
    """Of those that were asked for, those that lead to it alone."""
    return tuple(selector for selector, places in view.hits.items() if places == (place,))


def _above(view: View, place: int) -> tuple[str, ...]:
    """ARIA roles of what it lies in, outermost first."""
    up: list[str] = []
    at = view.elements[place].parent
    while 0 <= at < len(view.elements) and len(up) < _MOST_UP:
        if role := view.elements[at].role:
            up.append(role)
        at = view.elements[at].parent
    return tuple(reversed(up))


def _path(view: View, place: int) -> tuple[tuple[str, int], ...]:
    return tuple((at_spi(role), 0) for role in _above(view, place))


def _value(verb: str, text: str) -> str:
    """What stands there then. Of a file nothing is told but what kind it is."""
    if verb == "upload":
        _, dot, kind = text.rpartition(".")
        return f".{kind.lower()}" if dot and kind.isalnum() else ""
    return text if verb in ("fill", "choose") else ""


def _holds(verb: str, text: str) -> str:
    if verb == "set":
        return _SETS.get(text, "")
    return f"{len(text)} characters" if verb == "fill" and text else "empty" if verb == "fill" else ""
