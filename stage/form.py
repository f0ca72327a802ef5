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
from byhand.evals.office.families import Act, Effect, Family, Hand, Row, Verdict, verdict
from byhand.recorder.control import Request, ask
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
_PACE = 0.35
_NOTICED_S, _DRAWN_S, _TRIES = 6.0, 2.0, 3


class _Shown(WindowHand):
    """A hand whose every press is noticed by the recorder before it goes on; on a busy machine that takes a while, and
    what is typed into a field that nobody answered for is kept of nobody.
    """

    home = Path()
    _drawn = 0

    def _press(self, role: str, name: str) -> None:
        if role == "table cell":  # which row it is in is told by how the window looked before
            self._waited("wireframe", self._drawn, _DRAWN_S)
        self._drawn = self._kept("wireframe")
        for _ in range(_TRIES):
            before = self._kept("element")
            super()._press(role, name)
            # A second press of a field does nothing more; of all else it may.
            if self._waited("element", before, _NOTICED_S) or role != "text":
                return

    def _waited(self, kind: str, before: int, seconds: float) -> bool:
        """Were there more of them within the time that a person would look?"""
        try:
            wait_for(lambda: self._kept(kind) > before, kind, seconds)
        except TimeoutError:
            return False
        return True

    def _kept(self, kind: str) -> int:
        """So many of them are kept until now."""
        status = ask(self.home, Request("status")).status
        return status.kept.get(kind, 0) if status is not None else 0


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
        """Do each row by hand in the form, and look for it in the list, in a recording of its own."""
        with (
            opened(self.folder, self.desktop.env) as form,
            Hands(self.desktop.display, pace=_PACE) as hands,
            _Shown(hands, self.desktop.env, form.process.pid) as hand,
        ):
            hand.home = self.folder / "home"
            wait_for(lambda: hand.find("push button", "Save"), "the form")
            for row in rows:
                self._show(form, hand, row)

    def _show(self, form: Form, hand: WindowHand, row: Row) -> None:
        words = [BYHAND, "record", "--json", "--task", self.family.name]
        with subprocess.Popen(words, env=self.env, stdout=subprocess.PIPE, text=True) as recorder:
            assert recorder.stdout is not None
            try:
                next(line for line in recorder.stdout if json.loads(line).get("state") == "recording")
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
                for _ in recorder.stdout:  # until it has ended
                    pass
            finally:
                recorder.terminate()

    def make(self) -> str:
        """The program, of all that was recorded, as it stands in its file."""
        told = json.loads(self.byhand("list", "--json"))
        self.byhand("workflow", "make", *(one["recording"] for one in told), "--as", self.family.name)
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


def vocabulary() -> list[str]:
    """What a policy clears for the form: its own labels, and nothing of any record."""
    told = ["Search", "Saved", "Deleted", _APP.title]
    for one in _APP.collections:
        told += [one.one, one.many, *(each for form in one.forms for each in (form.opens, form.title, form.button))]
        told += [deed.label for deed in one.deeds]
        told += [each for field in one.fields for each in (field.label, *field.options)]
    return sorted({one for one in told if one})
