"""The person beside a model that does something for them: what they see of it, and what they are asked."""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.text import Text

from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.pointing import Pointing
from byhand.agents.deeds import Deed
from byhand.agents.goal import Acted, Choice, Mine
from byhand.agents.running import Done
from byhand.cli.do_correction import Correction, Part
from byhand.cli.output import emit, margin, say
from byhand.cli.workflow_attend import Attending
from byhand.cli.workflow_recorded import Recorded
from byhand.consent.policy import origin_of
from byhand.ui import words
from byhand.vault.keys import open_keys

_LOOK_S = 0.8
"""So long the next act is shown before it is done: a glance, and a hand to the keyboard."""
_MOST = 160


class Beside(Attending):
    """Satisfies `goal.Beside`.

    Args:
        home: whose keyring has secrets.
        attended: somebody is there to be asked.
        json: acts are told to a program.
    """

    to_all = "yes to this very act from now on"

    def __init__(self, home: Path, *, attended: bool, json: bool) -> None:
        super().__init__(1, attended=attended, shown=False)
        self._home, self._json = home, json
        self._record: Recorded | None = None
        self._pointing: Pointing | None = None
        self._goal = ""
        self._corrects = False
        self._acts = 0
        self.asked = 0
        """So often the model asked what to do, or was taken over from."""
        self.parts: list[Part] = []
        """The recordings of this goal that are over, oldest first."""

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def begin(self, goal: str, record: Recorded, watched: PageHands | None, *, corrects: bool) -> None:
        """The browser is there.

        Args:
            goal: what is to be done.
            record: of what the model does.
            watched: hands in a window that the person sees.
            corrects: that browser joins the recorder, so that what the person does in it can be recorded.
        """
        self._goal, self._record, self._corrects = goal, record, corrects and watched is not None
        self._pointing = Pointing(watched) if watched is not None else None

    # ---- seen

    def shows(self, deed: Deed) -> None:
        """Before it is done, where somebody watches."""
        if self._pointing is None:
            return
        say(Text.assemble(("  next  ", "quiet"), words.shown(deed.sentence, _MOST)), on=margin())
        self._pointing.show(deed.node)
        self.brake.wait(_LOOK_S)
        self._pointing.hide()

    def told(self, one: Acted) -> None:
        """After it."""
        self._acts += not one.why
        if self._json:
            emit(line(one))
            return
        said = Text.assemble((f"{one.number:>3}  ", "quiet"), (words.shown(one.sentence or one.op, _MOST), "name"))
        said.append(f"  {one.sure:.0%}", "quiet")
        said.append(f"  {one.seconds:.1f} s" if one.seconds else "", "quiet")
        said.append(f"  {one.why}" if one.why else "", "bad")
        say(said)

    # ---- asked

    def pick(self, choices: Sequence[Choice]) -> Choice | Mine:
        """The next act and what it would do instead. Numbers are those of the list."""
        self.asked += 1
        first = next((one.deed for one in choices if one.deed is not None), None)
        if self._pointing is not None and first is not None:
            self._pointing.show(first.node)
        head = "it is not sure. It would" if choices else "it does not know how to go on"
        lines = [Text(head, "warn")]
        lines += [
            Text.assemble((f"  {at}  ", "name"), words.shown(one.sentence, _MOST), (f"  {one.sure:.0%}", "quiet"))
            for at, one in enumerate(choices, 1)
        ]
        answer = self._answer(*lines, choices=f"{_numbers(len(choices))}m = I do it myself, N = end here")
        if self._pointing is not None:
            self._pointing.hide()
        if answer.isdecimal() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer != "m":
            return "stop"
        if (record := self._corrected("a key", 0)) is not None:
            record.witness.begun()
        else:
            self._answer(Text("do it in the window", "name"), choices="then press Enter here")
        return "mine"

    def goes_on(self) -> bool:
        """After they stopped it."""
        self.asked += self.brake.by != "a signal"
        if not self.attended or self.brake.by == "a signal":
            return False
        by, ns = self.brake.by, self.brake.pulled_ns
        say(Text(f"you stopped it ({by})", "name"), on=margin())
        corrected = self._corrected(by, ns)
        first = "" if corrected else " (do what you want done first)"
        answer = self._answer(choices=f"y = go on from what is there now{first}, N = end here")
        if answer not in ("y", "yes"):
            self.brake.stop(by)
            return False
        if corrected is not None:
            corrected.witness.begun()
        elif self._record is not None:
            self._record.witness.mark("takeover", reason=by, at=ns)
        return True

    def _corrected(self, by: str, ns: int) -> Recorded | None:
        """What the model did is one recording, which ends here; what the person does now is another, until they say
        that it is done. None: that browser does not join the recorder, or nothing is recorded.

        Args:
            by: what of the person stopped it.
            ns: when; 0 is now.
        """
        record = self._record
        if record is None or not self._corrects or not record.id:
            return None
        record.witness.ended(Done(0, "stopped", "", "person"), by, ns)
        self.parts.append(Part(record.cut(), "agent", self._acts))
        say(Text("a recording of what you do begins", "quiet"), on=margin())
        correction = Correction(self._home, self._goal)
        try:
            if why := correction.begin():
                self._answer(Text(f"what you do is not recorded: {why}", "warn"), choices="Enter when it is done")
            else:
                said = "what you do in the window is recorded now, as a correction"
                self._answer(Text(said, "bold"), choices="Enter when it is done")
        finally:
            if kept := correction.end():
                self.parts.append(Part(kept, "person", self._acts))
        return record

    def secret(self, called: str, address: str) -> str:
        """From the keyring, else from the person, who may keep it there for this field of this site."""
        keys, name = open_keys(self._home, os.environ), under(called, address)
        held = keys.get(name)
        given = held.decode() if held is not None else self._asked(called, address)
        if given and self._record is not None:
            self._record.witness.hide(given)
        if given and held is None:
            answer = self._answer(choices="keep it in the keyring for this field of this site? y = yes, N")
            if answer in ("y", "yes"):
                keys.set(name, given.encode())
        return given

    def _asked(self, called: str, address: str) -> str:
        if not self.attended:
            return ""
        with self._asking():
            try:
                return getpass.getpass(f"{words.shown(called, 60)} on {origin_of(address)} (it is secret): ")
            except (EOFError, KeyboardInterrupt):
                return ""


def line(one: Acted) -> dict[str, object]:
    """An act, for programs."""
    return {
        "act": one.number, "op": one.op, "sentence": one.sentence, "sure": round(one.sure, 3),
        "seconds": round(one.seconds, 3), "risk": one.risk, "done": not one.why, "why": one.why,
    }  # fmt: skip


def _numbers(count: int) -> str:
    return "" if not count else "1 = do it, " if count == 1 else f"1-{count} = do that, "


def under(called: str, address: str) -> str:
    """The name of a secret in the keyring."""
    # A file store makes a file of the name, so neither site nor field is in it.
    return f"do-{hashlib.sha256(f'{origin_of(address)} {called}'.encode()).hexdigest()[:32]}"
