"""A chore of the desktop form: done by hand while it is recorded, made a program, and done for the rows of a table.

Rules of this module: every press and key of the person is real X input, and all else is byhand's own commands, as they
are typed. What came about is asked of the form's records alone.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from byhand.evals.office.catalog import APPS
from byhand.evals.office.desktop.running import Form, opened
from byhand.evals.office.families import Act, Effect, Family, Hand, Row, Verdict, When, verdict
from byhand.evals.office.values import cents
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from stage.window_hand import WindowHand

BYHAND = str(Path(sys.executable).parent / "byhand")
POLICY = """\
version = 1
streams = ["actions", "text"]
words = {words}

[[apps]]
id = "expenses"
"""
_APP = APPS["expenses"]
_SEARCH, _OPEN = Act("fill", "Search", "{purpose}"), Act("press", "{purpose}", role="table cell")
_LOOK_OVER: dict[str, Hand] = {
    "expenses-enter": (_SEARCH, _OPEN), "expenses-approval": (_SEARCH, _OPEN), "expenses-note": (_OPEN,),
    "expenses-delete": (),
}  # fmt: skip
"""How who has done it looks whether it is done; what was searched for before stays so."""
_SEEN_S = 0.6
"""So long a person looks at what came of it, and the recorder sees the window at rest."""
_PACES = (0.35, 0.8)
"""Of each try: a machine that is busy keeps up with a person, if not with a quick one."""


class Ran(NamedTuple):
    """What came of a table. lines: of `byhand workflow run --json`. verdict: by the form's records, on all rows that
    were told to be done. code: of the command.
    """

    lines: tuple[dict[str, Any], ...]
    verdict: Verdict
    code: int

    @property
    def done(self) -> int:
        return sum(one["state"] == "done" for one in self.lines)


class Chore:
    """One family of the form, shown and run on one desktop.

    Args:
        desktop: the one that the form opens on.
        folder: for the recordings, the program and the form's records.
        family: of the form.
    """

    def __init__(self, desktop: Desktop, folder: Path, family: Family) -> None:
        self.desktop, self.folder, self.family = desktop, folder, family
        self.env = desktop.env | {"BYHAND_HOME": str(folder / "home"), "BYHAND_KEYRING": "file"}
        self.shown: list[str] = []
        self.program = folder / "home" / "workflows" / f"{family.name}.yaml"

    def byhand(self, *words: str) -> str:
        """What the command says; one that fails is an error."""
        done = subprocess.run([BYHAND, *words], env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"byhand {' '.join(words[:2])}: {done.stderr}")
        return done.stdout

    def consent(self) -> None:
        policy = self.folder / "policy.toml"
        policy.write_text(POLICY.format(words=json.dumps(vocabulary(), ensure_ascii=False)), "utf-8")
        self.byhand("consent", "give", "--policy", str(policy), "--streams", "actions,text", "--days", "1", "--yes")

    def show(self, rows: Sequence[Row]) -> None:
        """Do each row by hand in a form of its own, and look for it in the list, in a recording of its own. One that
        lacks what was done shows something else, and the row is shown again; the program is made of those that lack
        nothing.

        Raises:
            TimeoutError: the machine is too busy for that.
        """
        missing: list[str] = []
        for row in rows:
            for pace in _PACES:
                with (
                    opened(self.folder, self.desktop.env) as form,
                    Hands(self.desktop.display, pace=pace) as hands,
                    WindowHand(hands, self.desktop.env, form.process.pid) as hand,
                ):
                    wait_for(lambda hand=hand: hand.find("push button", "Save"), "the form")
                    recording = self._show(form, hand, row)
                if not (missing := self._missing(recording, row)):
                    self.shown.append(recording)
                    break
        if not self.shown:
            raise TimeoutError(f"of no row all that was done was kept: {missing}")

    def _missing(self, recording: str, row: Row) -> list[str]:
        """What was not noticed. On a busy machine nobody may answer for a press in time, and what is typed into a field
        that nobody answered for is not kept.
        """
        told = [json.loads(line) for line in self.byhand("show", recording, "--json").splitlines()]
        named = {one["name"] for one in told if one["kind"] == "element"}
        done = [*acts_of(self.family.hand, row), *acts_of(_LOOK_OVER[self.family.name], row)]
        typed = sum(act.do in ("fill", "date") for act in done)
        kept = sum(one["kind"] == "text" for one in told)
        lost = [act.name for act in done if act.role != "table cell" and act.name not in named]
        return lost + ["a text"] * max(0, typed - kept)

    def _show(self, form: Form, hand: WindowHand, row: Row) -> str:
        """Gives the recording's id."""
        words = [BYHAND, "record", "--json", "--task", self.family.name]
        with subprocess.Popen(words, env=self.env, stdout=subprocess.PIPE, text=True) as recorder:
            assert recorder.stdout is not None
            lines = map(json.loads, recorder.stdout)
            try:
                next(line for line in lines if line.get("state") == "recording")
                time.sleep(_SEEN_S)
                before = form.state().tables
                hand.play(self.family.hand, row)
                wait_for(lambda: form.state().tables != before, "the save")
                if (judged := self.family.verdict(before, form.state().tables, row)) != "right":
                    raise RuntimeError(f"the hand's own row is {judged}")
                time.sleep(_SEEN_S)
                hand.play(_LOOK_OVER[self.family.name], row)
                time.sleep(_SEEN_S)
                self.byhand("stop")
                return [line for line in lines if line.get("recording")][-1]["recording"]
            finally:
                recorder.terminate()

    def make(self) -> str:
        """The program, of all that was recorded, as it stands in its file."""
        self.byhand("workflow", "make", *self.shown, "--as", self.family.name)
        return self.program.read_text("utf-8")

    def allow(self, act: str) -> None:
        words = ("--act", act, "--app", _APP.name, "--days", "1", "--yes")
        self.byhand("workflow", "allow", self.family.name, *words)

    def run(self, rows: Sequence[Row], drifts: Sequence[str] = (), seed: int = 1) -> Ran:
        """Do a table of them in a form that was just opened."""
        table = self.folder / "rows.csv"
        heads = list(rows[0].values)
        with table.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(heads)
            lines.writerows([row.values[head] for head in heads] for row in rows)
        with opened(self.folder, self.desktop.env, seed=seed, drifts=frozenset(drifts)) as form:
            before = form.state().tables
            words = [BYHAND, "workflow", "run", self.family.name, "--table", str(table), "--unattended", "--json"]
            ran = subprocess.run(words, env=self.env, capture_output=True, text=True, check=False)
            told = tuple(json.loads(line) for line in ran.stdout.splitlines())
            if len(told) != len(rows):
                raise RuntimeError(f"the table was not run: {ran.stderr}")
            done = [row for row, one in zip(rows, told, strict=True) if one["state"] in ("done", "unchecked")]
            effects = [self.family.effect(before, row) for row in done]
            whole = Effect(
                tuple(each for one in effects for each in one.added),
                tuple(each for one in effects for each in one.changed),
                tuple(each for one in effects for each in one.removed),
            )
            return Ran(told, verdict(before, form.state().tables, whole), ran.returncode)


def acts_of(hand: Hand, row: Row) -> list[Act]:
    """What a hand does for that row."""
    found: list[Act] = []
    for step in hand:
        if isinstance(step, Act):
            found.append(step)
        elif isinstance(step, When):
            above = (cents(row.values[step.column]) or 0) > step.above
            found += acts_of(step.then if above else step.otherwise, row)
    return found


def vocabulary() -> list[str]:
    """What a policy clears for the form: its own labels, and nothing of any record."""
    told = ["Search", "Saved", "Deleted", _APP.title]
    for one in _APP.collections:
        told += [one.one, one.many, *(each for form in one.forms for each in (form.opens, form.title, form.button))]
        told += [deed.label for deed in one.deeds]
        told += [each for field in one.fields for each in (field.label, *field.options)]
    return sorted({one for one in told if one})
