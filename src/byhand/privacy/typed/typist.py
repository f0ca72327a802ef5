"""Keys and presses in, finished runs of typed text out.

Rules of this module: it sees only what the guard keeps as keys. A run is over when the person goes elsewhere, ends a
line, acts otherwise, or rests; and at once where its text is not certain any more. What that means for it, and for what
is typed next in the same field, stands in `ENDS`:

    a word that may go on      the word at the caret when a run ends is whole (Enter, a press, another field), or not
                               (rest, paste, lost keys): then it is masked unseen, because half a secret is a secret
    a word that went on        so is the first word of the next run in the same field, where it may continue such a one
    text that is not certain   undone, deleted in a way the keys do not tell: dropped, so nothing that was deleted shows

    figures in field after field   masked unseen but for the first: they may be the boxes of one code or number

Of each field the last 200 characters are remembered, to find what began in them; of the last 64 fields, in memory only.
"""

from __future__ import annotations

from collections import OrderedDict

from byhand.events.raw import RawKey, RawText
from byhand.privacy.rules import keys
from byhand.privacy.text.types import At
from byhand.privacy.typed import signs
from byhand.privacy.typed.acts import Act, act
from byhand.privacy.typed.ends import ENDS, TOO_LONG, UNSURE, Draft, End, How, Past
from byhand.privacy.typed.run import Run, delimits
from byhand.privacy.typed.where import Place, Where

REST_NS = 1_500_000_000
"""So long after a finished word a run is over."""
OPEN_NS = 10_000_000_000
"""So long after an unfinished one."""
REPEAT_NS = 240_000_000
"""A key held longer may have repeated, nobody knows how often: raw events do not tell. 250 ms is the shortest delay
common desktops offer."""
MOST = 4_000
MOST_RAW = 10_000
"""Characters of a run; of a text a driver knows as text."""
TAIL = 200
FIELDS = 64

_FRESH = Past()
_UNKNOWN = Past("", loose=True)
_NOWHERE = Where((), 0, "", "", "")


class Typist:
    """One for each recording. Stamps are CLOCK_MONOTONIC in ns and come in order."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.due_ns = 0
        """When `rest` has something to do; 0 while nothing is open."""
        self._past: OrderedDict[Place, Past] = OrderedDict()
        self._run: Run | None = None
        self._where: Where | None = None
        self._before = _FRESH  # what was known when the run began
        self._sequence: tuple[int, ...] = ()
        self._held: tuple[int, int, Act] | None = None  # key code, since when, what it does
        self._stray = False  # something unknown was put nobody knows where
        self._box: tuple[int, Place] | None = None  # where the last draft was, if it may be a piece of a number
        self._pasted: tuple[Place, Past] | None = None  # where something unknown was put in, and what was before it

    def __len__(self) -> int:
        """Characters held back."""
        return len(self._run.text) if self._run else 0

    # ---- what it is told

    def key(self, raw: RawKey, stroke: keys.Stroke, where: Where | None) -> None:
        """A key went down and is kept. `where`: the field it went to, None where no text is kept."""
        if stroke.cls == "modifier":
            return
        ns = raw.mono_ns
        if not (raw.repeat and self._held is not None and self._held[0] == raw.keycode):
            self._let_go(ns)
        self._go_to(where, ns)
        self._held = None
        if where is None:
            # Struck before the field was known; it may be the one that text is typed into next.
            self._stray |= act(raw.keysym, raw.mods, stroke, _NOWHERE) is Act.PASTE
            return
        sequence = self._sequence or signs.dead(raw.keysym) or raw.keysym == signs.COMPOSE
        if sequence and self._compose(raw, stroke, where):
            return
        does = act(raw.keysym, raw.mods, stroke, where)
        if does in _REPEATING:
            self._held = raw.keycode, ns, does
        if does is Act.WRITE:
            self._write(signs.sign(raw.keysym), where, ns)
        else:
            self._act(does, where, ns)

    def up(self, raw: RawKey) -> None:
        """A key was let go: was it down long enough to repeat?"""
        if self._held is not None and self._held[0] == raw.keycode:
            self._let_go(raw.mono_ns)

    def text(self, raw: RawText, where: Where) -> None:
        """A driver knows a text as text."""
        ns = raw.mono_ns
        self._let_go(ns)
        self._go_to(where, ns)
        if len(raw.text) > MOST_RAW:
            self._drop(TOO_LONG, where)
            self._close(End.PASTE, where, ns)
        elif raw.how == "typed":
            run = self._open(where)
            run.commit(raw.text)
            self._wait(ns)
        elif raw.how == "value":
            self._draft(raw.text, (), At("element", where.app, where.role, where.label), "value", where, ns)
        else:
            self._paste(raw.text, where, ns)

    def pressed(self, button: int, where: Where | None, ns: int) -> None:
        """A button of the pointer went down, over whatever; `where` had the keyboard before."""
        self._let_go(ns)
        # The middle one puts the selection in wherever it is; the right one opens a menu that can.
        self._close({1: End.AWAY, 2: End.PASTE}.get(button, End.LEFT), where, ns)

    def moved(self, ns: int) -> None:
        """Another field, window or nobody has the keyboard now."""
        self._let_go(ns)
        self._close(End.AWAY, self._where, ns)

    def lost(self, ns: int) -> None:
        """Keys, or anything else, may have gone by unseen, here or elsewhere."""
        self._let_go(ns)
        self._close(End.LOST, self._where, ns)
        self._past = OrderedDict.fromkeys(self._past, _UNKNOWN)

    def missed(self, ns: int) -> None:
        """A key here was not kept."""
        self._let_go(ns)
        self._close(End.LOST, self._where, ns)

    def secret(self) -> None:
        """A field turned out to be a secret one: what was typed until now may belong into it."""
        if self._run is not None and self._where is not None and self._run.text:
            self._drop(UNSURE, self._where)
            self._remember(self._where.place, _UNKNOWN)
        self._run, self._held, self._sequence, self.due_ns = None, None, (), 0

    def rest(self, now_ns: int) -> None:
        """Time passed, and no key that was struck before `now_ns` waits any more."""
        if self.due_ns and now_ns >= self.due_ns:
            due = self.due_ns
            self._let_go(due)
            self._close(End.REST, self._where, due)

    def taken(self) -> list[Draft]:
        drafts, self.drafts = self.drafts, []
        return drafts

    # ---- keys

    def _write(self, sign: str, where: Where, ns: int) -> None:
        if not sign:
            self._close(End.LOST, where, ns)
            return
        if self._run is not None and self._run.whole:
            self._before = _FRESH  # all that stood in the field goes
        run = self._open(where)
        run.write(sign)
        self._wait(ns)
        if len(run.text) >= MOST or (len(run.text) >= MOST // 4 and run.at_end and delimits(sign)):
            self._close(End.REST, where, ns)

    def _compose(self, raw: RawKey, stroke: keys.Stroke, where: Where) -> bool:
        """Dead keys and Compose: was this key a part of a sequence?"""
        if not stroke.text:
            # An act in the middle of a sequence: what programs make of it differs.
            self._sequence = ()
            self._close(End.LOST, where, raw.mono_ns)
            return False
        if raw.keysym in (0xFF08, 0xFFFF):
            self._sequence = ()  # it takes the sequence back, and nothing else
            return True
        self._sequence += (raw.keysym,)
        written = signs.completed(self._sequence)
        if written == "":
            self._open(where)
            self._wait(raw.mono_ns)
            return True
        self._sequence = ()
        self._write(written or "", where, raw.mono_ns)
        return True

    def _act(self, does: Act, where: Where, ns: int) -> None:
        run = self._run
        match does:
            case Act.NOTHING:
                pass
            case Act.BACK if run is None or (not run.selected and not run.caret):
                self._back_over(where, ns)
            case Act.SELECT_ALL:
                self._open(where).whole = True
                self._wait(ns)
            case Act.CUT if run is not None and run.cut():
                self._wait(ns)
            case Act.CUT | Act.CHANGE:
                self._close(End.CHANGED, where, ns)
            case Act.BACK | Act.DELETE | Act.BACK_WORD:
                self._edit(does, where, ns)
            case Act.LEFT | Act.RIGHT | Act.WORD_LEFT | Act.HOME | Act.END:
                self._move(does, where, ns, selecting=False)
            case Act.SELECT_LEFT | Act.SELECT_RIGHT | Act.SELECT_WORD_LEFT | Act.SELECT_HOME | Act.SELECT_END:
                self._move(does, where, ns, selecting=True)
            case _:
                self._close(_CLOSING[does], where, ns)

    def _back_over(self, where: Where, ns: int) -> None:
        """BackSpace with nothing of the run before the caret: it removes what stood there before."""
        run = self._open(where)
        if self._before.loose or not self._before.tail:
            self._close(End.LEFT, where, ns)
            return
        self._before = Past(self._before.tail[:-1], loose=len(self._before.tail) == 1)
        if not run.text:
            self._run = Run(bounded=not self._before.joins)
        self._wait(ns)

    def _edit(self, does: Act, where: Where, ns: int) -> None:
        run = self._run
        whole = run is not None and run.whole
        done = run is not None and {Act.BACK: run.back, Act.DELETE: run.delete, Act.BACK_WORD: run.back_word}[does]()
        if done:
            if whole:
                self._before = _FRESH
            self._wait(ns)
        elif does is Act.DELETE and (run is None or run.at_end):
            self._close(End.LEFT, where, ns)  # it removes what the run does not hold
        else:
            self._close(End.CHANGED, where, ns)

    def _move(self, does: Act, where: Where, ns: int, *, selecting: bool) -> None:
        run = self._run
        followed = False
        if run is not None:
            if does in (Act.LEFT, Act.SELECT_LEFT):
                followed = run.move(-1, selecting=selecting)
            elif does in (Act.RIGHT, Act.SELECT_RIGHT):
                followed = run.move(1, selecting=selecting)
            elif does in (Act.WORD_LEFT, Act.SELECT_WORD_LEFT):
                followed = run.word_left(selecting=selecting)
            elif not where.lines and self._before == _FRESH:
                # Only where the run is all there is, its ends are those of the line.
                followed = run.edge(-1 if does in (Act.HOME, Act.SELECT_HOME) else 1, selecting=selecting)
        if followed:
            self._wait(ns)
        else:
            self._close(End.LEFT, where, ns)

    def _let_go(self, ns: int) -> None:
        """The key that was down repeats no more. If it may have repeated, what it did is not certain."""
        held, self._held = self._held, None
        if held is None or ns - held[1] <= REPEAT_NS or self._where is None:
            return
        if held[2] is not Act.WRITE:
            self._close(End.LEFT if held[2] in _CLOSING or held[2] in _MOVES else End.CHANGED, self._where, ns)
        elif self._run is not None and self._run.at_end and self._run.text and self._run.text[-1].isspace():
            self._close(End.ACT, self._where, ns)  # one space or ten
        else:
            self._close(End.LOST, self._where, ns)

    # ---- runs

    def _go_to(self, where: Where | None, ns: int) -> None:
        self.rest(ns)
        if self._where is not None and (where is None or where.place != self._where.place):
            self._close(End.AWAY, self._where, ns)
        self._where = where

    def _open(self, where: Where) -> Run:
        if self._run is None:
            self._before = _UNKNOWN if self._stray else self._past.get(where.place, _FRESH)
            self._stray = False
            self._run = Run(bounded=not self._before.joins)
        return self._run

    def _wait(self, ns: int) -> None:
        finished = self._run is not None and self._run.finished and not self._sequence
        self.due_ns = ns + (REST_NS if finished else OPEN_NS)

    def _close(self, end: End, where: Where | None, ns: int) -> None:
        """The run is over, if there is one; and this happened where it would have been."""
        run, self._run = self._run, None
        fate, self.due_ns, self._held = ENDS[end], 0, None
        if self._sequence:
            self._sequence, fate = (), fate._replace(whole=False, known=False)
        where = where if run is None else self._where
        if where is None:
            return
        before = self._past.get(where.place, _FRESH) if run is None else self._before
        stood, rest = before.tail, ""
        if run is not None:
            stood, rest = stood + "".join(run.text[: run.caret]), "".join(run.text[run.caret :])
            if not fate.kept and run.text:
                self._drop(UNSURE, where)
            elif run.text:
                parts = [] if fate.whole else run.unfinished()
                parts += [run.first()] if before.joins else []
                at = At("typed", where.app, where.role, where.label, before.tail)
                self._draft("".join(run.text), _merged(parts), at, "typed", where, ns)
            if run.whole:
                fate = fate._replace(known=False)
        past = Past(stood[-TAIL:], loose=before.loose and not stood)
        self._pasted = (where.place, past) if end is End.PASTE else None
        if not fate.known:
            self._remember(where.place, _UNKNOWN)
        elif run is not None or where.place in self._past:
            if end is End.RETURN:
                stood, rest = stood + "\n", ""
            # Whoever comes back to a field sets the caret anywhere; most come back to where they left a finished word.
            loose = bool(rest) or (before.loose and not stood) or (end is End.AWAY and not delimits(stood[-1:] or " "))
            self._remember(where.place, Past(stood[-TAIL:], loose=loose))

    def _paste(self, text: str, where: Where, ns: int) -> None:
        known = self._pasted[1] if self._pasted is not None and self._pasted[0] == where.place else None
        if self._run is not None:
            self._close(End.LOST, where, ns)
            known = None
        before = known or self._past.get(where.place, _FRESH)
        run = Run(bounded=not before.joins)
        run.commit(text)
        at = At("paste", where.app, where.role, where.label, before.tail)
        self._draft(text, _merged([run.first()] if before.joins else []), at, "pasted", where, ns)
        self._pasted = None
        self._remember(where.place, Past((before.tail + text)[-TAIL:], loose=before.loose and not text))

    def _draft(self, text: str, parts: tuple[tuple[int, int], ...], at: At, how: How, where: Where, ns: int) -> None:
        if text and not text.isspace():
            box = (where.window, where.place) if _may_be_in_a_box(text) else None
            if box and self._box and box[0] == self._box[0] and box[1] != self._box[1]:
                parts = ((0, len(text)),)
            self._box = box
            exact = ns if where.timing else 0
            self.drafts.append(Draft(text, parts, at, how, where.window, exact // 1_000_000, exact))

    def _drop(self, reason: str, where: Where) -> None:
        self.drafts.append(Draft("", (), At("typed"), "typed", where.window, 0, 0, reason))

    def _remember(self, place: Place, past: Past) -> None:
        self._past[place] = past
        self._past.move_to_end(place)
        if len(self._past) > FIELDS:
            self._past.popitem(last=False)


def _may_be_in_a_box(text: str) -> bool:
    """Programs give each sign of a code a field of its own, or each group of a number."""
    bare = text.strip()
    return bare.isnumeric() or (len(bare) == 1 and bare.isalpha())


def _merged(parts: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({part for part in parts if part[0] < part[1]}))


_MOVES = frozenset({
    Act.LEFT, Act.RIGHT, Act.WORD_LEFT, Act.HOME, Act.END, Act.SELECT_LEFT, Act.SELECT_RIGHT, Act.SELECT_WORD_LEFT,
    Act.SELECT_HOME, Act.SELECT_END,
})  # fmt: skip
_REPEATING = _MOVES | {Act.WRITE, Act.BACK, Act.DELETE, Act.BACK_WORD, Act.LEAVE}
_CLOSING = {
    Act.RETURN: End.RETURN, Act.HARMLESS: End.ACT, Act.GO: End.AWAY, Act.LEAVE: End.LEFT, Act.PASTE: End.PASTE,
    Act.UNKNOWN: End.LOST,
}  # fmt: skip
