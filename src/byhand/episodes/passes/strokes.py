"""Keys become runs of typing, named keys and chords.

A run is what is written in one go into one field: signs and corrections. It is over when another act begins, when the
keyboard goes elsewhere, or when something is missing. Whoever knows what stood there afterwards tells it in `typing`;
here it is known only where keys have names.

An arrow to the side in the middle of a run belongs to it; at its end it is a key of its own. Space on a button or a box
is an act and no text. A modifier belongs to what it was held for.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from byhand.episodes import signs
from byhand.episodes.focus import NOBODY, Focus, Holder
from byhand.episodes.making import PRESSABLE, Made, action, is_field, ordered, widened
from byhand.episodes.passes.presses import BREAKS
from byhand.episodes.seen import Placed, Seen
from byhand.episodes.types import Action
from byhand.episodes.written import Written
from byhand.events.kinds import Key, Mark, Window
from byhand.events.time import MS

_AGAIN_NS = 2_000 * MS
_MOVES = frozenset({"ArrowLeft", "ArrowRight", "Home", "End"})
ERASES = frozenset({"Backspace", "Delete"})
_ALONE = frozenset({"Meta", "Alt"})
_ACT = frozenset({"click", "double_click", "right_click", "middle_click", "drag"})


class _Act:
    """An action that still grows."""

    __slots__ = ("act", "downs", "holder", "seqs", "times", "waits", "why")

    def __init__(self, act: Action, holder: Holder) -> None:
        self.act, self.holder = act, holder
        self.seqs = list(act.events)
        self.downs = 0
        self.times = act.times
        self.waits = 0  # keys that have not gone up
        self.why = act.why

    def made(self, *, cut: bool) -> Action:
        why = self.why
        if self.waits and not why.endswith(".gap"):
            why = f"{why.partition('.')[0]}.{'cut_off' if cut else 'no_release'}"
        seqs = self.seqs
        end_ns = self.act.end_ns
        return widened(
            self.act, seqs, end_ns, times=self.times, why=why, target=self.holder.target, **self.holder.about
        )


class _Run(_Act):
    __slots__ = ("erases", "masked", "moves", "writes", "written")

    def __init__(self, act: Action, holder: Holder) -> None:
        super().__init__(act, holder)
        self.written = Written()
        self.moves: list[Placed[Key]] = []
        self.masked = False
        self.writes = False
        self.erases: tuple[str, int] = ("", 0)  # the last key that took something away, and how many did

    def made(self, *, cut: bool) -> Action:
        act = super().made(cut=cut)
        name, times = self.erases
        if name and not self.writes:  # nobody knows yet what is left: `typing` may
            why = act.why if act.why.endswith(("gap", "off", "release")) else "run.edits"
            return widened(act, (), op="key", keys=(name,), times=times, why=why)
        text = self.written.text
        return widened(act, (), text=text, masked=self.masked or not self.written.known, times=1)


def strokes(seen: Seen, acts: Sequence[Action]) -> Made:
    """See the module."""
    return _Keys(seen, acts).made()


class _Keys:
    """One walk over a recording's keys."""

    def __init__(self, seen: Seen, acts: Sequence[Action]) -> None:
        self._seen, self._acts = seen, acts
        self._focus = Focus(seen, acts)
        self._made: list[_Act] = []
        self._run: _Run | None = None
        self._owners: dict[tuple[int, str], list[_Act]] = {}
        self._held: dict[str, Placed[Key]] = {}
        self._used: dict[str, _Act] = {}
        self._presses: dict[int, tuple[str, ...]] = {}
        self._press_seqs: dict[int, list[int]] = {}
        self._moved = False  # something else happened since the last key
        self._replaces = False

    def made(self) -> Made:
        breaks = [one for one in self._seen.marks if one[1].what in BREAKS or one[1].what == "withheld"]
        pressed = [(act.first, act) for act in self._acts]
        changes = [one for one in self._seen.elements if one[1].why in ("change", "submit", "open")]
        for seq, event in heapq.merge(
            self._seen.keys, breaks, pressed, changes, self._seen.windows, self._seen.pages, key=lambda one: one[0]
        ):
            if isinstance(event, Key):
                self._key(seq, event)
            elif isinstance(event, Mark):
                self._mark(seq, event)
            elif isinstance(event, Action):
                self._pressed(seq, event)
            elif not isinstance(event, Window) or event.change == "focus":
                self._moved = True
                if isinstance(event, Window):
                    self._end("run.window")
        self._end("run.cut_off" if self._run and self._run.waits else "run.end")
        last = self._seen.keys[-1][0] if self._seen.keys else 0
        made = [one.made(cut=one.seqs[-1] >= last) for one in self._made]
        acts = [
            widened(act, self._press_seqs.get(act.first, ()), keys=self._presses.get(act.first, act.keys))
            for act in self._acts
        ]
        return ordered([*acts, *made]), []

    # ---- what ends a run

    def _mark(self, seq: int, mark: Mark) -> None:
        if mark.what != "withheld":
            for one in (one for owners in self._owners.values() for one in owners if mark.what in ("gap", "pause")):
                one.why = f"{one.why.partition('.')[0]}.gap"
            self._owners.clear()
            self._held.clear()
            self._used.clear()
            self._end("run.gap" if mark.what in ("gap", "pause") else "run.end")
            self._moved = True
            return
        run = self._going(seq)
        if run is None:
            run = self._begin(_Run(action("type", seq, mark, "run.end"), self._focus.at(seq)))
        else:
            self._add(run, seq, mark.mono_ns)
        run.masked = run.writes = True
        run.written.write("")

    def _pressed(self, seq: int, act: Action) -> None:
        self._end("run.press")
        self._moved = True
        self._replaces = False
        if act.op in _ACT and self._held:
            words = [word for word in ("Control", "Alt", "Meta", "Shift") if word in self._words()]
            self._presses[seq] = tuple(words)
            self._press_seqs[seq] = [place for name, (place, _) in self._held.items() if name not in self._used]
            for name in self._held:
                self._used.setdefault(name, _Act(act, NOBODY))

    def _words(self) -> set[str]:
        return {signs.name(key) for _, key in self._held.values()}

    def _end(self, why: str) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        run.why = why
        for seq, key in run.moves:
            if key.down:
                self._named(seq, key)
            else:
                self._up(seq, key)

    def _going(self, seq: int) -> _Run | None:
        """The run that goes on here."""
        run = self._run
        if run is None:
            return None
        now = self._focus.at(seq)
        if not run.holder.same(now):
            self._end("run.focus")
            return None
        if run.holder.target is None:
            run.holder = now
        return run

    def _begin(self, run: _Run) -> _Run:
        self._run = run
        self._made.append(run)
        if self._replaces:
            run.written.all()
        self._replaces = False
        return run

    # ---- keys

    def _key(self, seq: int, key: Key) -> None:
        if not key.down:
            self._up(seq, key)
        elif key.cls == "modifier":
            self._held[_slot(key)] = seq, key
        else:
            self._down(seq, key)

    def _down(self, seq: int, key: Key) -> None:
        name = signs.name(key)
        commands = signs.commands(key)
        holder = self._focus.at(seq)
        if not commands and _writes(key, holder):
            self._write(seq, key, holder, name)
        elif name in _MOVES and not key.mods & (signs.ALT | signs.SUPER) and self._going(seq):
            assert self._run is not None
            self._run.moves.append((seq, key))
        elif name == "Backspace" and key.mods & ~signs.SHIFT == signs.CONTROL and self._going(seq):
            self._write(seq, key, holder, name)
        else:
            self._end("run.chord" if commands else f"run.{name.lower()}" if name.isalpha() else "run.key")
            self._named(seq, key)

    def _write(self, seq: int, key: Key, holder: Holder, name: str) -> None:
        run = self._going(seq)
        if run is None:
            run = self._begin(_Run(action("type", seq, key, "run.end", injected=key.injected), holder))
        else:
            self._add(run, seq, key.mono_ns)
        self._owns(run, key)
        for place, moved in run.moves:
            word, select = bool(moved.mods & signs.CONTROL), bool(moved.mods & signs.SHIFT)
            if moved.down:
                run.written.move(signs.name(moved), word=word, select=select)
            self._add(run, place, moved.mono_ns)
        run.moves.clear()
        if name in ERASES:
            run.written.erase(name, word=bool(key.mods & signs.CONTROL))
            run.erases = name, run.erases[1] + 1
        else:
            run.writes = True
            run.written.write(signs.sign(key))
        self._moved = False

    def _add(self, act: _Act, seq: int, mono_ns: int) -> None:
        act.seqs.append(seq)
        act.act = widened(act.act, (), mono_ns)

    def _owns(self, act: _Act, key: Key) -> None:
        """Its release will be this act's, and so are the modifiers held for it."""
        if not key.repeat:
            self._owners.setdefault((key.keycode, signs.name(key)), []).append(act)
            act.waits += 1
        for name, (place, _) in self._held.items():
            if name not in self._used:
                act.seqs.append(place)
            self._used[name] = act

    def _named(self, seq: int, key: Key) -> None:
        """A key or a chord that is no text."""
        name = signs.name(key)
        keys = (*signs.held(key.mods), name)
        op = "hotkey" if signs.commands(key) or (key.mods & signs.SHIFT and key.cls == "function") else "key"
        last = self._made[-1] if self._made else None
        if (
            last is not None and not self._moved and last.act.keys == keys
            and (key.repeat or key.mono_ns - last.act.end_ns <= _AGAIN_NS)
        ):  # fmt: skip
            last.times += 1
            self._add(last, seq, key.mono_ns)
        else:
            last = _Act(action(op, seq, key, f"{op}.released", keys=keys, injected=key.injected), self._focus.at(seq))
            self._made.append(last)
        self._owns(last, key)
        self._moved = False
        self._replaces = keys == ("Control", "a")

    def _up(self, seq: int, key: Key) -> None:
        name = signs.name(key)
        if key.cls == "modifier":
            self._let_go(seq, key)
            return
        if self._run and any(
            moved.keycode == key.keycode and signs.name(moved) == name for _, moved in self._run.moves
        ):
            self._run.moves.append((seq, key))  # it will belong to what its stroke belongs to
            return
        owners = self._owners.get((key.keycode, name)) or self._other(key)
        if not owners:
            return
        act = owners.pop(0)
        act.waits -= 1
        self._add(act, seq, key.mono_ns)

    def _other(self, key: Key) -> list[_Act] | None:
        """A key may go up under another name than it went down with: Shift was let go first."""
        if not key.keycode:
            return None
        return next((found for (code, _), found in self._owners.items() if code == key.keycode and found), None)

    def _let_go(self, seq: int, key: Key) -> None:
        slot = _slot(key)
        down, act = self._held.pop(slot, None), self._used.pop(slot, None)
        if down is None:
            return
        if act is not None:
            if act.act.op in _ACT:
                self._press_seqs.setdefault(act.act.first, []).append(seq)
            else:
                act.seqs.append(seq)
        elif signs.name(key) in _ALONE:  # it opens a menu
            self._end("run.key")
            made = _Act(action("key", down[0], down[1], "key.alone", keys=(signs.name(key),)), self._focus.at(seq))
            self._add(made, seq, key.mono_ns)
            self._made.append(made)
            self._moved = False


def _slot(key: Key) -> str:
    return key.keysym or "Shift"


def _writes(key: Key, holder: Holder) -> bool:
    """Is it text, as far as is known?"""
    if key.cls == "space" and holder.target is not None and holder.target.role in PRESSABLE:
        return is_field(holder.target)
    if key.cls in signs.PRINTED or (key.cls == "other" and not key.keysym):
        return True
    name = signs.name(key)
    return name == "Backspace" or (name == "Delete" and not key.mods & signs.SHIFT)  # with Shift, Delete cuts
