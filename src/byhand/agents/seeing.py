"""What a model is shown of a page: the list that a recording would hold of it now, from the recorder's own guard.

The observer that tells a recorder of a page tells the hands too (`world/sees.js`). What it told is read as a recorder
reads it, and a guard judges it: is there consent for this program and this site? Is it a private context? What is a
secret, and whose are the words? So a model sees what it learned from, and no more than may be kept.

Rules of this module: it decides nothing that the guard decides. What may not be kept is not seen, and the reason is the
guard's. Nothing of a page is remembered.

Of frames: the page itself comes first, then each frame in it that the guard lets through, every one a list of its own
in the pixels of its own viewport, as in a recording. A frame is seen only if the page around it is. What lies in closed
shadow trees the recorder's extension can open, and the hands can't.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from byhand.capture.browser import telling
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, origin_of, public_origins
from byhand.events import browser
from byhand.events.kinds import Snapshot
from byhand.events.raw import RawNode, RawPage, RawSnapshot
from byhand.privacy.guard import Guard
from byhand.privacy.second_look import look
from byhand.privacy.text.types import Detector

UNREADABLE = "unreadable"
SECOND = "second look"
_MS = 1_000_000
_MOST_URL = 4096
_PAGES = ("http://", "https://", "file://")


class Told(NamedTuple):
    """What the observer told of one frame of a tab.

    frame: 0 is the page itself. base: is added to the numbers of its elements, where the hands know them by more.
    url, origin: as its document has them.
    seen: the list as it stands on the wire (`events.browser.Seen`).
    """

    frame: int
    base: int
    url: str
    origin: str
    title: str
    seen: Any

    def __repr__(self) -> str:
        return f"Told(frame {self.frame})"

    @property
    def address(self) -> str:
        """By which a recorder knows it: about:blank and srcdoc stand for where they come from, as the extension has it
        (`background/documents.js`). "" for what comes from nowhere, a frame in a sandbox for instance.
        """
        own = origin_of(self.url)
        if own.startswith(_PAGES) and own in (self.origin, "file://"):
            return self.url if len(self.url) <= _MOST_URL else f"{own}/"
        return f"{self.origin}/" if origin_of(self.origin).startswith(_PAGES) else ""


class Sight(NamedTuple):
    """lists: of the page itself, then of frames in it; elements are numbered as the hands know them. why: nothing is
    seen, for this reason of `privacy.report.REASONS`; "" if something is.
    """

    lists: tuple[Snapshot, ...] = ()
    why: str = ""


class Seeing:
    """One for each run.

    Args:
        policy: what may be recorded, and so seen.
        grant: that the person said yes to; `consent.decide` has found it good.
        app: window class of the browser it is done in.
        extra: detectors that packages bring.
        clock: CLOCK_MONOTONIC in ns.
    """

    def __init__(
        self, policy: Policy, grant: Grant, *, app: str = "chromium", extra: Sequence[Detector] = (),
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:  # fmt: skip
        self._guard = Guard(policy, grant, extra=extra, watches=False)
        self._public = public_origins(policy)
        self._app, self._clock = app, clock

    def see(self, told: Sequence[Told], tab: int = 1) -> Sight:
        """What may be seen of a tab.

        Args:
            told: by its frames, the page itself first.
            tab: its number, from 1.
        """
        if not told:
            return Sight(why=UNREADABLE)
        top, now = told[0], self._clock()
        # Its title may tell of a private context.
        url = top.address
        at = telling.Place(1, self._app, 1, tab, 0, url, url)
        self._guard.feed(RawPage(now // _MS, now, "loaded", self._app, at.raw_tab, 0, url, url, top.title))
        self._guard.settle(now)
        first = self._list(top, url, tab, now)
        if isinstance(first, str):
            return Sight(why=first)
        inner = [self._list(one, url, tab, now) for one in told[1:]]
        return Sight((first, *(one for one in inner if isinstance(one, Snapshot))))

    def _list(self, told: Told, top: str, tab: int, now: int) -> Snapshot | str:
        place = telling.Place(1, self._app, 1, tab, told.frame, told.address, top)
        seen = _read(told)
        if seen is None:
            return UNREADABLE
        kept = self._guard.listed(telling.snapshot(place, now, seen))
        if isinstance(kept, str):
            return kept
        left = look([kept], self._public).events
        return _numbered(kept, told.base) if left else SECOND


def heard(told: Told, app: str, tab: int, mono_ns: int, shows: Callable[[str], str]) -> RawSnapshot | None:
    """The list for whoever records what is done there: what the model was shown is what the recorder is told.

    Args:
        told: of a frame.
        app: window class of the browser.
        tab: its number.
        mono_ns: when the act came that was decided by it.
        shows: what may be told of a name.
    """
    seen = _read(told)
    if seen is None:
        return None
    raw = telling.snapshot(telling.Place(1, app, 1, tab, told.frame, told.address, told.address), mono_ns, seen)
    nodes = tuple(
        RawNode(
            one.server_ms, one.mono_ns, one.node, one.parent, one.role, one.tag, shows(one.name), one.states, one.holds,
            one.x, one.y, one.w, one.h, one.secret, one.masked, one.above,
        )
        for one in raw.nodes
    )  # fmt: skip
    return RawSnapshot(
        raw.server_ms, raw.mono_ns, raw.why, app, tab, raw.frame, raw.url, raw.top, raw.observer, raw.x, raw.y, raw.w,
        raw.h, raw.scale, nodes, raw.more,
    )  # fmt: skip


def plain(told: Told) -> Snapshot | None:
    """The same list as nobody cleared it: for what is compared with a page in memory, and shown to no model."""
    seen = _read(told)
    if seen is None:
        return None
    origin, _, path = told.url.partition("://")[2].partition("/")
    scheme = told.url.partition("://")[0]
    raw = telling.snapshot(telling.Place(1, "", 1, 1, told.frame, told.url, told.url), 0, seen)
    nodes = raw.nodes
    return Snapshot(
        0, 0, "", raw.why, 1, 1, f"{scheme}://{origin}", f"/{path.partition('#')[0]}", raw.observer, raw.x, raw.y,
        raw.w, raw.h, raw.scale,
        nodes=tuple(told.base + one.node for one in nodes), parents=tuple(one.parent for one in nodes),
        roles=tuple(one.role for one in nodes), tags=tuple(one.tag for one in nodes),
        names=tuple(one.name for one in nodes), states=tuple(" ".join(one.states) for one in nodes),
        holds=tuple(one.holds for one in nodes),
        places=tuple(edge for one in nodes for edge in (one.x, one.y, one.w, one.h)), more=raw.more,
    )  # fmt: skip


def _read(told: Told) -> browser.Seen | None:
    try:
        return msgspec.convert(told.seen, browser.Seen)
    except msgspec.ValidationError:
        return None


def _numbered(kept: Snapshot, base: int) -> Snapshot:
    return msgspec.structs.replace(kept, nodes=tuple(base + one for one in kept.nodes)) if base else kept
