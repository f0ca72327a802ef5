"""What waits for its verdict, in one line: keys that bear text, presses, and everything behind them.

Rules of this module: first in, first out, nothing overtakes anything. A key is decided 0.3 s after it was struck, by
what was known of the field then and until then: accessibility tells of a password field when its first letter may
already have been typed. A press waits 0.25 s for the element under it. The line is bounded: what has no time to be
judged is secret. No count tells a length: a run of withheld keys is one, a gap is one, a stay over something not
listed is one.

Where text is granted, the keys that are let out are also told to the `typed.Typist`. A text it has finished waits
behind them to be judged, and everything after it waits too: judging costs milliseconds, so it is done by `judge`, when
nothing else is to be done, and not between two keys.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from byhand.events.kinds import KINDS, AnyEvent, Button, Mark
from byhand.events.raw import RawButton, RawElement, RawKey
from byhand.privacy.held import HeldKey, HeldPress, HeldRelease
from byhand.privacy.rhythm.told import Told
from byhand.privacy.rules import contexts, fields, keys
from byhand.privacy.scene import Place, Verdict
from byhand.privacy.typed.ends import Draft
from byhand.privacy.typed.judge import NOT_CLEARED, Judge, kept_text
from byhand.privacy.typed.typist import Typist
from byhand.privacy.typed.where import Where

KEY_NS = 300_000_000
PRESS_NS = 250_000_000
MOST = 20_000
_BESIDE_NS = 150_000_000  # a page's clock and the desktop's, and a page that was busy: so far apart they tell one press

_MOST_DRAFTS = 50

UNSETTLED = "no time to judge"
FAILED = "guard failed"
NO_STREAM = "stream not granted"
WITHHELD = frozenset({fields.PASSWORD, fields.NO_TREE, contexts.GRABBED, UNSETTLED})
"""Reasons that keep back only text: one mark where a run of it begins. All others make a gap."""

_SHORT_GAP_MS = 1_000  # a shorter one in which nothing was dropped is not worth a word
_NAMES = {kind: kind.__name__.lower() for kind in KINDS}


@dataclass(slots=True)
class Tally:
    """kept: events by kind. dropped: by reason, runs and gaps, never their length. lost: events the driver missed."""

    kept: Counter[str] = field(default_factory=Counter[str])
    dropped: Counter[str] = field(default_factory=Counter[str])
    lost: int = 0


@dataclass(slots=True)
class _Then:
    """Something to be told to the typist in its turn."""

    call: Callable[[], None]
    mono_ns: int


@dataclass(slots=True)
class _Later:
    """An event whose texts are judged when nothing else is to be done."""

    make: Callable[[], AnyEvent]
    mono_ns: int


@dataclass(slots=True)
class _Away:
    """A time of which nothing is kept, while it lasts. A reason of "" is a time of which something is."""

    reason: str
    server_ms: int
    mono_ns: int
    dropped: bool = False


class Line:
    """See the module. Decided events gather in it until `taken`.

    Args:
        seed: for drawn times.
        cleaner: judges texts; without one no text is rebuilt.
    """

    def __init__(self, seed: bytes = b"", cleaner: Judge | None = None) -> None:
        self.tally = Tally()
        self.typist = Typist() if cleaner is not None else None
        self._cleaner = cleaner
        self.now = 0
        self._told = Told(seed)
        self._line: deque[_Held | AnyEvent] = deque()
        self._unsettled: deque[HeldKey] = deque()
        self._presses: dict[tuple[int, int], HeldPress] = {}
        self._behind: deque[AnyEvent | Draft | _Later] = deque()  # begins with what is to be judged, if anything
        self._drafts = 0
        self._out: list[AnyEvent] = []
        self._last_ms: int = 0
        self._last_ns: int = 0
        self._run: object = None
        self._dropped: tuple[str, object] = ("", None)
        self._away: _Away | None = None

    def __len__(self) -> int:
        return len(self._line) + len(self._behind) + len(self._told)

    # ---- in

    def say(self, event: AnyEvent) -> None:
        """Decided already; takes its turn."""
        if self._line:
            self._line.append(event)
        else:
            self._let(event)

    def then(self, call: Callable[[], None], mono_ns: int) -> None:
        """Tell the typist something, when everything before it is decided."""
        if self._line:
            self._line.append(_Then(call, mono_ns))
        else:
            call()
            self._draft()

    def later(self, make: Callable[[], AnyEvent], mono_ns: int) -> None:
        """Decided already, but its texts are still to be judged; takes its turn."""
        if self._line:
            self._line.append(_Later(make, mono_ns))
        else:
            self._postpone(_Later(make, mono_ns))

    def wait_key(self, key: HeldKey, verdict: Verdict, run: Place) -> None:
        key.reason, key.open, key.run = verdict.reason, verdict.open, run
        self._line.append(key)
        self._unsettled.append(key)

    def wait_end(self, key: HeldKey) -> None:
        """The end of a stroke that waits, or waited: kept if the stroke is."""
        self._line.append(key)

    def wait_press(self, press: HeldPress) -> None:
        self._line.append(press)
        self._presses[press.raw.server_ms, press.raw.mono_ns] = press

    def wait_release(self, release: HeldRelease) -> None:
        self._line.append(release)

    def press_at(self, server_ms: int, mono_ns: int) -> HeldPress | None:
        """The press with these stamps, if it still waits for its element."""
        return self._presses.get((server_ms, mono_ns))

    def vouch(self, raw: RawElement, app: str) -> None:
        """A browser's extension saw a person press there, on a listed page: the press that waits for a word of it."""
        for press in self._presses.values():
            x, y = press.raw.x - raw.x, press.raw.y - raw.y
            near = abs(press.raw.mono_ns - raw.mono_ns) <= _BESIDE_NS and 0 <= x < raw.w and 0 <= y < raw.h
            if near and press.browser and press.app == app:
                press.vouched = True

    def drop(self, reason: str, over: object = None, *, done: bool = True) -> None:
        """Count what is not kept: once for a gap, once for a stay over the same thing.

        `done` is False for what the person did not do, a picture for instance: of a moment in which nothing was done
        and of which nothing is kept there is nothing to tell.
        """
        if self._away is not None and self._away.reason == reason:
            self._away.dropped |= done
        elif self._dropped != (reason, over):
            self._dropped = reason, over
            self.tally.dropped[reason] += 1

    def failed(self) -> None:
        """Nobody knows what was missed: every key that still waits is secret."""
        self.tally.dropped[FAILED] += 1
        for key in self._unsettled:
            key.reason, key.open = key.reason or UNSETTLED, False
        if self.typist is not None:
            self.typist.lost(self.now)
            self._draft()

    def hear(self, verdict: Verdict, run: Place, where: Where | None = None) -> None:
        for key in self._unsettled:
            key.hear(verdict, run, where)

    def moved_on(self) -> None:
        """The keyboard may be elsewhere from here: what is heard of a field later is none of the keys struck before."""
        for key in self._unsettled:
            key.open = False

    def secret(self) -> None:
        """The keyboard is in a secret field, and nobody knows since when."""
        if self.typist is not None:
            self.typist.secret()
            self._draft()

    def new_run(self) -> None:
        """Whatever is withheld next is another run."""
        self._run = None

    # ---- gaps

    def away(self, reason: str, server_ms: int, mono_ns: int) -> None:
        """Why no key is kept from now on, or "": ends the gap that was, and begins another if the reason changed."""
        if self._away is None or self._away.reason != reason:
            self.end_gap(server_ms, mono_ns)
            self._away = _Away(reason, server_ms, mono_ns)

    def end_gap(self, server_ms: int, mono_ns: int) -> None:
        """Tell of a gap until here. The mark stands at the gap's end."""
        away = self._away
        if away is None or not away.reason:
            return
        span_ms = max(0, mono_ns - away.mono_ns) // 1_000_000
        if away.reason != contexts.PAUSED and (away.dropped or span_ms >= _SHORT_GAP_MS):
            self.tally.dropped[away.reason] += 1
            self.say(Mark(server_ms, mono_ns, "guard.gap", "gap", away.reason, span_ms, 0, ""))
        self._away = _Away(away.reason, server_ms, mono_ns)

    # ---- out

    def taken(self) -> list[AnyEvent]:
        """All that was decided since the last time."""
        out, self._out = self._out, []
        return out

    def close(self, now_ns: int) -> None:
        """Decide everything: keys that have not waited long enough count as secret."""
        self.now = max(self.now, now_ns)
        self.decide(force=True)
        if self.typist is not None:
            self.typist.lost(self.now)
            self._draft()
        self.judge()
        self._out += self._counted(self._told.close())
        now_ns = max(now_ns, self._last_ns)
        self.end_gap(self._last_ms + (now_ns - self._last_ns) // 1_000_000, now_ns)

    def decide(self, *, force: bool = False) -> None:
        """Let out what is due, and what is behind it."""
        line = self._line
        while line:
            head = line[0]
            if isinstance(head, HeldKey | HeldPress) and not (force or len(line) > MOST):
                answered = isinstance(head, HeldPress) and head.answered
                if head.due_ns > self.now and not answered:
                    return
            line.popleft()
            try:
                self._let_out(head)
            except Exception:  # fail closed: what can't be let out is dropped, and nothing is told of it
                self.failed()
        if self.typist is not None and self.typist.due_ns:
            # What was struck before it rests may still stand in line.
            self.typist.rest(min(self.now, _struck_ns(line[0])) if line else self.now)
            self._draft()
        if self._drafts > _MOST_DRAFTS or len(self._behind) > MOST:
            self.judge()
        if not self._behind:
            self._out += self._counted(self._told.rest(self.now))

    def judge(self) -> None:
        """Judge the texts that are finished, and let out what stands behind them."""
        while self._behind:
            head = self._behind.popleft()
            if not isinstance(head, Draft | _Later):
                self._out += self.told(head)
                continue
            self._drafts -= 1
            try:
                event = head.make() if isinstance(head, _Later) else self._judged(head)
            except Exception:  # fail closed: a text that can't be judged is not kept
                self.tally.dropped[FAILED] += 1
                continue
            if event is None:
                self.tally.dropped[NOT_CLEARED] += 1
            else:
                self._out += self.told(event)
        self._out += self._counted(self._told.rest(self.now))

    def _judged(self, draft: Draft) -> AnyEvent | None:
        return kept_text(draft, self._cleaner, self._last_ms, self._last_ns) if self._cleaner else None

    def _postpone(self, later: _Later) -> None:
        self._behind.append(later)
        self._drafts += 1

    def told(self, event: AnyEvent) -> list[AnyEvent]:
        """The event at the time it is told at, and what comes before it. No stamp runs backwards."""
        self._last_ms, self._last_ns = max(event.server_ms, self._last_ms), max(event.mono_ns, self._last_ns)
        return self._counted(self._told.take(event))

    def _counted(self, events: list[AnyEvent]) -> list[AnyEvent]:
        for event in events:
            self.tally.kept[_NAMES[type(event)]] += 1
        return events

    def _let(self, event: AnyEvent) -> None:
        """Decided; told now, or when the text before it is judged."""
        if self._behind:
            self._behind.append(event)
        else:
            self._out += self.told(event)

    def _draft(self) -> None:
        """What the typist has finished takes its place."""
        assert self.typist is not None
        for draft in self.typist.taken():
            if draft.reason:
                self.tally.dropped[draft.reason] += 1
            else:
                self._behind.append(draft)
                self._drafts += 1

    def _let_out(self, head: _Held | AnyEvent) -> None:
        match head:
            case HeldKey():
                self._key(head)
            case HeldPress():
                self._press(head)
            case HeldRelease():
                if not head.of.reason:
                    self._let(_button(head.raw))
            case _Then():
                head.call()
                self._draft()
            case _Later():
                self._postpone(head)
            case _:
                self._let(head)

    def _key(self, key: HeldKey) -> None:
        if self._unsettled and self._unsettled[0] is key:
            self._unsettled.popleft()
        if key.of is not None and key.of.reason:
            return  # the stroke was not kept, so its end is not either
        if not key.reason and key.due_ns > self.now:
            key.reason = UNSETTLED
        if self.typist is not None and key.of is None:
            self._type(self.typist, key)
        if not key.reason:
            self._run = None
            if isinstance(key.raw, RawKey):
                self._let(keys.kept(key.raw, key.stroke, timing=key.timing))
        elif key.reason not in WITHHELD:
            self.drop(key.reason)
        elif self._run != (key.reason, key.run):
            self._run = key.reason, key.run
            self.tally.dropped[key.reason] += 1
            stamps = key.raw.server_ms, key.raw.mono_ns
            self._let(Mark(*stamps, "guard.withheld", "withheld", key.reason, 0, 0, ""))

    def _type(self, typist: Typist, key: HeldKey) -> None:
        raw = key.raw
        if key.reason:
            if isinstance(raw, RawKey) or raw.how != "value":  # that changes nothing, it only says what is there
                typist.missed(raw.mono_ns)
        elif isinstance(raw, RawKey):
            typist.key(raw, key.stroke, key.where)
        elif key.where is not None:
            typist.text(raw, key.where)
        else:
            self.drop(NO_STREAM, key.run)
        self._draft()

    def _press(self, press: HeldPress) -> None:
        self._presses.pop((press.raw.server_ms, press.raw.mono_ns), None)
        if press.browser and not press.answered and not press.vouched:
            press.reason = contexts.ANOTHER_SITE
        if press.reason:
            self.drop(press.reason, press.raw.window)
            return
        self._let(_button(press.raw))
        if press.element is not None:
            self._let(press.element)


def _button(raw: RawButton) -> Button:
    return Button(raw.server_ms, raw.mono_ns, "actions.press", raw.down, raw.button, raw.x, raw.y, raw.injected)


_Held = HeldKey | HeldPress | HeldRelease | _Then | _Later


def _struck_ns(waits: _Held | AnyEvent) -> int:
    return waits.raw.mono_ns if isinstance(waits, HeldKey | HeldPress | HeldRelease) else waits.mono_ns
