"""The time line of a recording: when each kept event is said to have happened.

Rules of this module: events come in order and leave in order. Where `timing` was granted a key keeps its true time.
Without it, what the hands do on the keyboard is told in drawn time, and what they do with the pointer in true time
counted from there:

    key after key            a drawn flight; after 2 s or more, a drawn time of the same class of pause
    key let go               its going down and a drawn hold, whenever that truly was; the order of one key's end and
                             the next one's beginning is a habit too
    Ctrl, Alt, Super let go  where it truly stands among the others, a drawn moment after the last
    Shift, AltGr, a lock     like any key, but while it is held no press, arrow or other act is told after its end
    keys to pointer, back    a drawn reach
    pointer after pointer    the true time between them, but a click is held for a drawn time where no path is kept
    a window, an element,    with the pointer: true. After a key: with that key, or where the class of pause it lies in
    a page, a frame, a mark  begins; else they would say how long the key after them truly took
    withheld text, and that  with what the hands did before it, or where the class of pause it lies in begins: when
    a field was filled       somebody was done typing tells how long it took

So told time runs ahead of the truth when somebody types faster than the population, and behind when slower. To hide
that it must be let go astray; to be of use it must not go far. It comes back in rests of a minute and more, and where
it is more than `BEHIND_S` behind in any pause, to a drawn distance and not to the truth, so that a rest does not tell
how far it had gone. If it is more than `AHEAD_S` ahead, flights are halved until half of that is made good. It is never
more than `MOST_S` ahead or `MOST_BEHIND_S` behind, give or take a flight: a key that would be told later is told with
the one before it, and before one that would be told earlier a pause is told. So a little of a person's mean speed may
show over minutes; never their rhythm.

Both stamps are told from one number. A drawn one is a whole ms in both.
"""

from __future__ import annotations

import heapq
from collections.abc import Set as AbstractSet
from itertools import count

import msgspec

from byhand.events.kinds import AnyEvent, Button, Element, Key, KeyClass, Mark, Motion, Scroll
from byhand.privacy.rhythm.drawn import Rhythm, pause_class
from byhand.privacy.rhythm.population import LONGEST_MS, PAUSES_MS
from byhand.privacy.rules.keys import ACT_MODIFIERS

BEHIND_S = 60
AHEAD_S = 120
MOST_S = 180
MOST_BEHIND_S = 90
"""Less than ahead: forgetting the last minutes must not leave what was told as before them (`vault.cutting`)."""
REST_S = 20
"""After a rest, told time is up to this much behind the truth."""

_MS = 1_000_000
_LONGEST_NS = LONGEST_MS * _MS
_REST_FROM_NS = PAUSES_MS[-1][0] * _MS
_CLICK_NS = 500 * _MS  # a button held longer is a drag or meant to be held
_APART_NS = 15 * _MS  # one key can't go down again before it was let go


class Told:
    """One for each recording. `take` events as they are decided; `rest` when nothing more comes for a while."""

    def __init__(self, seed: bytes) -> None:
        self._rhythm = Rhythm(seed)
        self._begun = False
        self._skew_ms = 0  # server's ms minus monotonic ms
        self._last_ns = 0  # nothing is told before it
        self._newest_ns = 0  # the newest true time that was told of
        self._last_ms = 0
        self._keys = False  # the hands were last on the keyboard, in drawn time
        self._true_ns = 0  # when the hands last did something
        self._hand_ns = 0  # what was told of that
        self._off_ns = 0  # told minus true, while the hands are on the pointer
        self._cls: KeyClass = "other"
        self._repeats = False
        self._pace = 1.0
        self._key_true_ns = self._key_ns = 0  # the last key: true, told
        self._path = False  # the pointer moved since the last key, and its path is kept
        self._pressed: dict[int, tuple[int, int]] = {}  # button -> (true, told) ns of its press, told in drawn time
        self._ends: list[tuple[int, int, Key]] = []  # ends of strokes not told yet, by their time
        self._held: set[str] = set()  # modifiers of text that are truly held, by name
        self._order = count()

    def __len__(self) -> int:
        """How many ends of strokes are still to be told."""
        return len(self._ends)

    def take(self, event: AnyEvent) -> list[AnyEvent]:
        """What is told now: the event at its told time, and before it the ends of strokes that come before."""
        if not self._begun:
            self._begin(event)
        out = self._taken(event)
        self._newest_ns = max(self._newest_ns, event.mono_ns)
        return out

    def rest(self, now_ns: int) -> list[AnyEvent]:
        """The ends of strokes, once no flight can go past them any more: whatever comes now is after a pause."""
        after_ns = now_ns - self._true_ns
        if not self._ends or after_ns < _LONGEST_NS:
            return []
        last_ns = max(ns for ns, _, _ in self._ends)
        return self._ended(last_ns, spared=self._held if after_ns < _REST_FROM_NS else frozenset())

    def close(self) -> list[AnyEvent]:
        """All ends that are not told yet."""
        return self._ended(max((ns for ns, _, _ in self._ends), default=0))

    def _taken(self, event: AnyEvent) -> list[AnyEvent]:
        if isinstance(event, Key):
            if not event.by.startswith("timing."):
                return self._key(event)
            return self._exact(event)
        if isinstance(event, Motion):
            self._path = True
            return self._exact(event)
        if isinstance(event, Button):
            return self._button(event)
        if isinstance(event, Scroll):
            return self._exact(event)
        return self._out(event, self._beside(event))

    # ---- the hands

    def _key(self, key: Key) -> list[AnyEvent]:
        if not key.down:
            self._held.discard(key.keysym)
            # The end of any other was drawn when it began.
            return self._out(key, self._let_go(key)) if key.keysym in ACT_MODIFIERS else []
        told = self._struck(key, key.cls, repeat=key.repeat)
        if key.keysym in ACT_MODIFIERS:
            return self._out(key, told)
        if key.cls == "modifier":
            self._held.add(key.keysym)
        if key.repeat:
            self._ends = [end for end in self._ends if not _same(end[2], key)]
            heapq.heapify(self._ends)
        elif key.keysym:
            ends = [ns for ns, _, end in self._ends if _same(end, key)]
            told = self._hand_ns = self._key_ns = max(told, *(self._whole(ns) + _APART_NS for ns in ends), told)
        out = self._out(key, told)
        end_ns = self._last_ns + self._rhythm.hold(key.cls) * _MS
        heapq.heappush(self._ends, (end_ns, next(self._order), msgspec.structs.replace(key, down=False, repeat=False)))
        return out

    def _struck(self, event: AnyEvent, cls: KeyClass, *, repeat: bool = False) -> int:
        """When a key is said to have gone down, ns."""
        gap_ns = event.mono_ns - self._true_ns
        gap_ms = gap_ns / _MS
        if self._is_rest(event.mono_ns):
            told = self._rested(event.mono_ns)
        elif repeat and self._keys and gap_ns < _LONGEST_NS:
            told = self._hand_ns + self._rhythm.repeat(first=not self._repeats) * _MS
        elif self._keys or event.mono_ns - self._key_true_ns < _LONGEST_NS:  # whatever the pointer did meanwhile
            after_ns = self._hand_ns if self._keys else self._key_ns
            drawn = self._rhythm.flight(self._cls, cls, gap_ms, pace=self._paced(event.mono_ns))
            told = self._bounded(after_ns + drawn * _MS, event.mono_ns)
        else:
            told = self._bounded(self._hand_ns + self._rhythm.reach(gap_ms) * _MS, event.mono_ns)
        told = self._whole(max(told, self._last_ns))
        self._keys, self._cls, self._repeats, self._path = True, cls, repeat, False
        self._true_ns = self._key_true_ns = event.mono_ns
        self._hand_ns = self._key_ns = told
        return told

    def _let_go(self, key: Key) -> int:
        """When a modifier is said to have gone up: the flight to the next key is not counted from here."""
        gap_ns = key.mono_ns - self._true_ns
        if not self._keys or gap_ns >= _LONGEST_NS:
            return self._struck(key, "modifier")
        ends = (ns for ns, _, end in self._ends if end.keysym not in self._held)  # of what it was held for
        return max(self._whole(self._last_ns), self._hand_ns + self._rhythm.release() * _MS, *ends)

    def _button(self, button: Button) -> list[AnyEvent]:
        if button.down:
            drawn = not self._path
            out = self._exact(button)
            if drawn:
                self._pressed[button.button] = button.mono_ns, self._hand_ns
            return out
        true_ns, told_ns = self._pressed.pop(button.button, (0, 0))
        held_ns = button.mono_ns - true_ns
        if not told_ns or self._path or not 0 <= held_ns < 60 * 1_000 * _MS:
            return self._exact(button)
        # A drag is told to the half second: how long it took is not a click's, and not to the ms.
        held_ns = self._rhythm.click() * _MS if held_ns < _CLICK_NS else held_ns - held_ns % _CLICK_NS
        return self._out(button, told_ns + held_ns)

    def _exact(self, event: AnyEvent) -> list[AnyEvent]:
        """True time since the last such event; from the keys, a drawn reach."""
        gap_ns = event.mono_ns - self._true_ns
        if self._keys or gap_ns >= _REST_FROM_NS:
            if self._is_rest(event.mono_ns):
                told = self._rested(event.mono_ns)
            else:
                reach_ns = self._rhythm.reach(gap_ns / _MS) * _MS
                if isinstance(event, Motion):  # a path is true in itself; who moves while typing moves all the time
                    reach_ns = min(reach_ns, gap_ns)
                told = self._bounded(self._hand_ns + reach_ns, event.mono_ns)
            self._off_ns = self._whole(max(told, self._last_ns) - event.mono_ns)
        self._keys = False
        self._true_ns, self._hand_ns = event.mono_ns, event.mono_ns + self._off_ns
        return self._out(event, self._hand_ns)

    def _beside(self, event: AnyEvent) -> int:
        """When something is said to have happened that no hand did, ns."""
        if not self._keys and not _ends_typing(event):
            told = event.mono_ns + self._off_ns
        else:
            after_ns = event.mono_ns - self._true_ns
            begun = pause_class(after_ns / _MS)
            told = self._hand_ns + (PAUSES_MS[begun][0] * _MS if begun >= 0 else 0)
            if after_ns >= _REST_FROM_NS:
                told = self._hand_ns + after_ns - after_ns % _MS
        if isinstance(event, Mark) and event.what == "gap":  # it stands at the gap's end, and tells its length
            span_ns = event.span_ms * _MS
            # Were things kept within it, only keys were missing: they took its time.
            if self._newest_ns <= event.mono_ns - span_ns:
                told = max(told, self._last_ns + span_ns)
        return told

    # ---- how far from the truth

    def _is_rest(self, true_ns: int) -> bool:
        gap_ns, behind_ns = true_ns - self._true_ns, self._true_ns - self._hand_ns
        return gap_ns >= _REST_FROM_NS or (gap_ns >= _LONGEST_NS and behind_ns > BEHIND_S * 1_000 * _MS)

    def _rested(self, true_ns: int) -> int:
        """After a rest: near the truth again, and no nearer than a draw."""
        self._pace = 1.0
        return max(
            self._hand_ns + min(_REST_FROM_NS, true_ns - self._true_ns),
            true_ns - self._rhythm.within(REST_S * 1_000) * _MS,
        )

    def _paced(self, true_ns: int) -> float:
        ahead_s = (self._hand_ns - true_ns) / 1e9
        if ahead_s > AHEAD_S:
            self._pace = 0.5
        elif ahead_s < AHEAD_S / 2:
            self._pace = 1.0
        return self._pace

    def _bounded(self, told_ns: int, true_ns: int) -> int:
        ahead_ns = told_ns - true_ns
        if ahead_ns > MOST_S * 1_000 * _MS:
            return self._hand_ns
        return (
            told_ns if ahead_ns > -MOST_BEHIND_S * 1_000 * _MS else true_ns - self._rhythm.within(REST_S * 1_000) * _MS
        )

    # ---- out

    def _begin(self, event: AnyEvent) -> None:
        self._begun = True
        self._skew_ms = event.server_ms - event.mono_ns // _MS
        self._last_ns, self._last_ms = event.mono_ns, event.server_ms
        self._true_ns = self._hand_ns = event.mono_ns

    def _whole(self, ns: int) -> int:
        """The whole ms from there on."""
        return -(-ns // _MS) * _MS

    def _out(self, event: AnyEvent, told_ns: int) -> list[AnyEvent]:
        for_text = isinstance(event, Key) and not event.keysym
        out = self._ended(told_ns, spared=frozenset() if for_text else self._held)
        out.append(self._stamped(event, told_ns))
        return out

    def _ended(self, until_ns: int, spared: AbstractSet[str] = frozenset()) -> list[AnyEvent]:
        """Ends of strokes that come before `until_ns`, but not those of these modifiers."""
        out: list[AnyEvent] = []
        back: list[tuple[int, int, Key]] = []
        while self._ends and self._ends[0][0] <= until_ns:
            told_ns, order, end = heapq.heappop(self._ends)
            if end.keysym in spared:
                back.append((told_ns, order, end))
            else:
                out.append(self._stamped(end, told_ns))
        for one in back:
            heapq.heappush(self._ends, one)
        return out

    def _stamped(self, event: AnyEvent, told_ns: int) -> AnyEvent:
        moved_ns = told_ns - event.mono_ns
        # Drawn, or held back: both stamps say the same ms. Else they keep what is between them.
        told_ms = told_ns // _MS + self._skew_ms if moved_ns % _MS else event.server_ms + moved_ns // _MS
        told_ns, told_ms = max(told_ns, self._last_ns), max(told_ms, self._last_ms)
        self._last_ns, self._last_ms = told_ns, told_ms
        if told_ns == event.mono_ns and told_ms == event.server_ms:
            return event
        return msgspec.structs.replace(event, server_ms=told_ms, mono_ns=told_ns)


def _ends_typing(event: AnyEvent) -> bool:
    return (isinstance(event, Mark) and event.what == "withheld") or (
        isinstance(event, Element) and event.why == "input"
    )


def _same(one: Key, other: Key) -> bool:
    return (one.cls, one.keysym, one.keycode) == (other.cls, other.keysym, other.keycode)
