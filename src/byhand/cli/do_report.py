"""What came of a goal, as a text that stays: each act, how sure the model was, and why it stopped.

Rules of this module: a sentence has no secret in it, and a picture of a stop is masked as those of workflows are.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from rich.text import Text

from byhand.agents.goal import Acted
from byhand.agents.outcome import Outcome
from byhand.cli import noting
from byhand.cli import open as opened
from byhand.cli.do_correction import Part
from byhand.cli.output import margin, say
from byhand.cli.writing import write
from byhand.errors import ByhandError
from byhand.ui import words
from byhand.vault.durable import private_dir
from byhand.vault.keys import open_keys
from byhand.vault.store import Vault

_NOT_ITS_OWN = frozenset({"person", "risk", "value", "left"})
FOLDER, PAGE, PICTURE, PARTS = "goals", "report.txt", "stop.png", "goal.json"


class Report:
    """Of one goal."""

    def __init__(self, goal: str, model: str, url: str) -> None:
        self.goal, self.model = goal, model
        address = urlsplit(url)
        self.url = f"{address.scheme}://{address.netloc}{address.path}"  # what follows may sign somebody in
        self.began = time.time()
        self.acts: list[Acted] = []
        self.outcome = Outcome("stopped")
        self.reason = ""
        self.parts: list[Part] = []
        self.version = ""
        """Of the model that decided, as it calls itself."""
        self.asked = 0
        """So often somebody was needed: it asked, was taken over from, or stopped as it knew no further."""
        self.shown = ""
        """How often pages went to a model elsewhere, and where that is."""

    def add(self, one: Acted) -> None:
        self.acts.append(one)

    def end(self, outcome: Outcome, why: str, parts: list[Part]) -> None:
        """why: no allowance covers it. parts: its recordings."""
        self.outcome, self.parts = outcome, parts
        stop = outcome.stop
        self.reason = stop.reason if stop else ""
        if stop and stop.kind == "risk" and why:
            self.reason = f"{self.reason}: {why}"

    @property
    def verdict(self) -> str:
        done = words.many(self.outcome.steps, "act")
        match self.outcome.state:
            case "done":
                return f"It is done, and was seen to be: {done}."
            case "unchecked":
                return f"The model says that it is done: {done}. Nothing else tells."
            case _:
                return f"It stopped after {done}: {self.reason}."

    def last(self, place: Path) -> dict[str, object]:
        """The last line for programs."""
        stop = self.outcome.stop
        return {
            "outcome": self.outcome.state, "kind": stop.kind if stop else "", "reason": self.reason,
            "acts": self.outcome.steps, "tries": len(self.acts), "seconds": round(self.outcome.seconds, 3),
            "harmed": bool(stop and stop.harmed), "report": str(place),
            "recording": self.parts[-1].recording if self.parts else "", "recordings": self.parts,
        }  # fmt: skip

    def save(self, home: Path) -> Path:
        """Write it, for the person alone. Gives its place."""
        private_dir(home / FOLDER)
        numbers = [int(one.name) for one in (home / FOLDER).iterdir() if one.name.isdecimal()]
        folder = home / FOLDER / str(max(numbers, default=0) + 1)
        private_dir(folder)
        if self.outcome.stop is not None and self.outcome.stop.picture:
            write(folder / PICTURE, self.outcome.stop.picture)
        write(folder / PARTS, msgspec.json.encode(self._kept()) + b"\n")
        write(folder / PAGE, self.text().encode("utf-8", "replace"))
        return folder / PAGE

    def _kept(self) -> dict[str, object]:
        """For whoever learns from corrections: which recording of a model each of a person's went on from. And for
        whoever compares versions: how often somebody was needed.
        """
        return {
            "goal": self.goal, "model": self.model, "version": self.version, "outcome": self.outcome.state,
            "acts": self.outcome.steps, "asked": self.asked, "recordings": self.parts,
        }  # fmt: skip

    def text(self) -> str:
        began = opened.local(self.began)
        stop = self.outcome.stop
        kept = [f"recording  {one.recording}{'  a correction' if one.by == 'person' else ''}" for one in self.parts]
        lines = [
            self.goal, "", f"model      {self.model}", f"begun at   {self.url}", f"when       {began:%d %b %Y %H:%M}",
            *([f"shown      {self.shown}"] if self.shown else []), *kept, "",
        ]  # fmt: skip
        for one in self.acts:
            ends = one.why or f"{one.seconds:.1f} s"
            risk = f"  ({one.risk})" if one.risk else ""
            lines.append(f"{one.number:>3}  {one.sentence or one.op}{risk}  {one.sure:.0%}  {ends}")
        lines += ["", self.verdict]
        if stop and stop.harmed:
            lines.append(f"Something was done that can't be undone by itself: {stop.undo}.")
        if stop and stop.picture:
            lines.append(f"What the page looked like, with its words painted over: {PICTURE}")
        return "\n".join(lines) + "\n"


def stuck(outcome: Outcome) -> bool:
    """Did it stop as it knew no further? Not where a person stopped it, or nothing was wrong with it: a risk that
    nobody allowed, a value that nobody gave, a site that no consent covers.
    """
    return outcome.stop is not None and outcome.stop.kind not in _NOT_ITS_OWN


def note(home: Path, report: Report) -> None:
    """One entry of the ledger: which model, how many acts, which recordings show it. Not the goal: it is content."""
    try:
        names = [part.recording for part in report.parts]
        told: dict[str, str | int | tuple[str, ...]] = {
            "model": report.model,
            "acts": report.outcome.steps,
            "grant": opened.grant(home).id,
        }
        if len(names) == 1:
            told["recording"] = names[0]
        elif names:
            told["recordings"] = tuple(names)
        with Vault.open(home, open_keys(home, os.environ)) as vault:
            noting.note(home, vault, "run", told)
    except ByhandError as error:
        say(Text.assemble(("byhand: ", "quiet"), ("warning: ", "yellow"), error.message), on=margin())
