"""The replay check: does an episode, done again, come to the end that it came to? Its rate is the reducer's quality.

Rules of this module: it knows no browser. Whoever acts is a `Hands`; the one for browsers is in `agents.actuators`. A
text that was not kept can't be done again unless it is given. A reason is one sentence without anything of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol
from urllib.parse import urlsplit

import msgspec

from byhand.datasets.ends import End, corner, differs, end
from byhand.datasets.formats.masked import is_masked
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.formats.selectors import template
from byhand.episodes.types import Action
from byhand.events.kinds import Snapshot

_SKIPPED = frozenset({"wait"})
_WHY_NOT = {
    "upload": "choosing files needs their paths, and none is kept",
    "window": "it goes to another window, which is not the page's",
}  # fmt: skip
_LOOKS = 12
"""So often the end is looked for, with a rest between: pages go on for a while after the last act."""


Compared = Literal["page", "address", "nothing"]


class Window(msgspec.Struct, frozen=True):
    """The viewport something was done in: its corner in device pixels of the desktop, its size in CSS pixels."""

    x: int = 0
    y: int = 0
    w: int = 1280
    h: int = 800
    scale: float = 1.0


class Hands(Protocol):
    """Who does an episode again. Each answer is why it can't be, in one sentence, or ""."""

    def begin(self, address: str, window: Window) -> str:
        """Open that address afresh: nothing of an episode before is left."""
        ...

    def act(self, action: Action, text: str) -> str:
        """Find what it was done to, and do it; text: what to type or choose."""
        ...

    def go(self, address: str) -> str:
        """Go there, in the page that is open."""
        ...

    def look(self) -> Snapshot | None:
        """What can be seen of the page now, by the observer that looked at the recorded one."""
        ...

    def rest(self) -> None:
        """Let the page go on for a moment."""
        ...


class Replayed(msgspec.Struct, frozen=True):
    """What came of one episode.

    reached: all steps were done and its end was there. done: how many steps were. why: why not, or "". compared: with
    what of the recording; "address" where its lists show no change, "nothing" where it kept none. after: how many steps
    were done at that moment.
    """

    episode: str
    reached: bool
    done: int
    steps: int
    why: str = ""
    compared: Compared = "nothing"
    after: int = 0


Given = Mapping[int, str]
"""Texts that were not kept, by the number of the step, from 1."""


def replay(
    demonstration: Demonstration,
    hands: Hands,
    *,
    start: str = "",
    given: Given | None = None,
    ready: Callable[[], object] | None = None,
) -> Replayed:
    """Do it again.

    Args:
        demonstration: with the lists of its pages as sights.
        hands: act, and look.
        start: the address it begins at, where the kept one has holes or leads elsewhere. Pages of the origin it began
            at are then those of this one.
        given: texts that were not kept.
        ready: is called once the first page is open.
    """
    episode = demonstration.episode
    wanted = end(demonstration)
    compared = _compared(wanted)

    def told(why: str, done: int) -> Replayed:
        after = wanted.after if wanted is not None else 0
        return Replayed(episode.id, not why, done, len(episode.steps), why, compared, after)

    first = next((step.action for step in episode.steps if step.action.origin), None)
    if first is None:
        return told("nothing in it was done on a page", 0)
    kept = first.top or first.origin + first.page
    address = start or ("" if template(kept) or "*" in kept else kept)
    if not address:
        return told("its address was not kept whole: say where it begins", 0)
    site = _origin(start) if start else first.origin
    if wanted is not None and wanted.origin == first.origin:
        wanted = wanted._replace(origin=site)
    if why := hands.begin(address, _window(demonstration)):
        return told(why, 0)
    if ready is not None:
        ready()
    for number, step in enumerate(episode.steps, 1):
        action = step.action
        if action.origin == first.origin != site:
            action = msgspec.structs.replace(action, origin=site)
        opened = step.action is first and first.op == "navigate"
        if why := "" if opened else _again(hands, action, number, given or {}):
            return told(f"step {number}: {why}", number - 1)
        if wanted is not None and wanted.after == number and (why := _arrived(hands, wanted)):
            return told(f"after step {number}: {why}", number)
    return told("", len(episode.steps))


def _again(hands: Hands, action: Action, number: int, given: Given) -> str:
    if action.op in _SKIPPED:
        return ""
    if action.op in _WHY_NOT:
        return _WHY_NOT[action.op]
    if action.op == "navigate":
        address = given.get(number, "")
        if not address and (template(action.page) or "*" in action.origin):
            return "its address was not kept whole"
        return hands.go(address or action.origin + action.page)
    if number in given:
        return hands.act(action, given[number])
    if not is_masked(action):
        return hands.act(action, action.text)
    if action.op == "type":
        return "what was typed was not kept, and is not given"
    return hands.act(action, "")  # which option it was may be known by its place


def _compared(wanted: End | None) -> Compared:
    if wanted is None:
        return "nothing"
    if not (wanted.things or wanted.gone):
        return "address"
    return "page"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _arrived(hands: Hands, wanted: End) -> str:
    """Wait until the page stands there. Gives the last reason why it does not."""
    why = "the page can't be looked at"
    for turn in range(_LOOKS):
        if turn:
            hands.rest()
        now = hands.look()
        if now is not None and not (why := differs(wanted, now)):
            return ""
    return why


def _window(demonstration: Demonstration) -> Window:
    seen = corner(demonstration)
    if seen is None or seen.w <= 0 or seen.h <= 0 or seen.scale <= 0:
        return Window()
    return Window(seen.x, seen.y, seen.w, seen.h, seen.scale)
