"""The closed loop, round by round: `python -m bench.rounds --home DIR`. It goes on where it was cut short.

    round 0    a model of three demonstrations of each task
    a round    it does tasks of fresh seeds; where it stops, asks or ends wrong, somebody shows it, twenty times at
               most: recorded, approved, built into the next version of the dataset and learned by
               `byhand learn --follow`, begun with the version in use

Rules of this module: the pages, the recorder, the review's approval and the verbs are the real ones; the person is an
oracle. Somebody is needed where the model stops (unsure below .5, the same act again and again, it does not know) or
the page says that it was wrong; once an episode, as from there the person does it. Two measures: seeds that stay the
same and are never shown, which also judge whether a version is used (paired bootstrap) where the dataset's own
held-back acts are too few to tell; and the fresh seeds of each round, before anything of them is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from byhand.evals.figure import wilson
from byhand.evals.miniwob import pages
from byhand.evals.miniwob.stage import Stage
from byhand.evals.seeds import FIRST_TESTED
from byhand.evals.suites.miniwob import Played, play
from byhand.models import rounds as told
from byhand.models.loading import load
from byhand.models.promotion import Case, Verdict, compared
from stage import correcting, demonstrations
from stage.pace import Listed

TASKS = (
    "click-button", "click-link", "click-option", "click-checkboxes", "enter-text", "focus-text-2", "click-dialog-2",
    "click-tab-2", "choose-list", "click-test-2", "enter-text-dynamic", "use-autocomplete",
)  # fmt: skip
ROUNDS, SHOWN, CORRECTED = 3, 3, 20
_AGAIN, _FEW = 3, 25
"""An episode whose time was over before its acts were says something of the machine: it is tried so often, and else
counts nowhere.
"""
SURE = 0.5
HELD, FRESH = 2 * FIRST_TESTED + 5_000, 50_000
"""First seeds: those that are never shown, and those of a round (a thousand apart)."""
DATASET, MODEL = "shown", "doer"
_LEARN = ("--epochs", "30")


class Tried(msgspec.Struct, frozen=True):
    """A task the model did. kind: on the seeds that stay the same, or on a round's own."""

    kind: Literal["held", "fresh"]
    round: int
    version: int
    task: str
    seed: int
    right: bool
    acts: int
    why: str
    seconds: float
    correction: str = ""
    """What came of showing it: the recording's id, "-" where it could not be shown; "" where it was not tried."""
    anew: bool = False


class Judged(msgspec.Struct, frozen=True):
    """A version, and whether it is used. by: the acts held back, or the seeds held back."""

    round: int
    version: int
    used: int
    by: str
    why: str
    made: dict[str, Any]


class Book:
    """What was done, a line each."""

    def __init__(self, home: Path) -> None:
        self._tried, self._judged = home / "rounds" / "tried.jsonl", home / "rounds" / "judged.jsonl"
        self._tried.parent.mkdir(parents=True, exist_ok=True)

    def tried(self, kind: str, *, version: int = 0, number: int = -1) -> list[Tried]:
        said = _lines(self._tried, Tried)
        return [
            one for one in said
            if one.kind == kind and version in (0, one.version) and number in (-1, one.round)
        ]  # fmt: skip

    def judged(self) -> list[Judged]:
        return _lines(self._judged, Judged)

    def add(self, one: Tried | Judged) -> None:
        with (self._tried if isinstance(one, Tried) else self._judged).open("ab") as file:
            file.write(msgspec.json.encode(one) + b"\n")


def slow(one: Played | Tried) -> bool:
    """Was it the machine?"""
    return one.why == "limit" and one.acts < _FEW


def _lines(file: Path, of: type[Any]) -> list[Any]:
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [msgspec.json.decode(line, type=of) for line in lines if line.endswith(b"}")]


def learned(env: dict[str, str]) -> dict[str, Any]:
    """A round of learning; {} where a version knows all of it already."""
    words = ["learn", DATASET, "--as", MODEL, *_LEARN, "--follow", "--rounds", "1", "--idle", "2s", "--json"]
    done = subprocess.run([demonstrations.BYHAND, *words], env=env, check=True, stdout=subprocess.PIPE, text=True)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return next((one for one in said if one.get("round")), {})


def used(env: dict[str, str]) -> tuple[int, int]:
    """The newest version, and the one that is used."""
    done = subprocess.run(
        [demonstrations.BYHAND, "model", "list", "--json"], env=env, check=True, stdout=subprocess.PIPE
    )
    own = [one for one in json.loads(done.stdout) if one["model"] == MODEL]
    return max(one["version"] for one in own), next(one["version"] for one in own if one["current"])


class Loop:
    """All rounds.

    Args:
        home: a BYHAND_HOME for them alone.
        held: seeds of each task that stay the same.
        fresh: seeds of each task in a round.
    """

    def __init__(self, home: Path, env: dict[str, str], *, held: int, fresh: int, tasks: Sequence[str]) -> None:
        self.home, self.env, self.tasks = home, env, tasks
        self.held, self.fresh = held, fresh
        self.book = Book(home)

    def run(self, origin: str) -> None:
        for number in range(ROUNDS + 1):
            if not any(one.round == number for one in self.book.judged()):
                self._learns(number, origin)
            if not any(one.round > number for one in self.book.judged()):
                self._does(number, origin)

    # ---- a version

    def _learns(self, number: int, origin: str) -> None:
        made = learned(self.env)
        newest, now = used(self.env)
        with correcting.joined(self.home) as hands:
            stage = Stage(hands.tab.page, origin)
            for task, seed in self._seeds(HELD, self.held):
                if not any((one.task, one.seed) == (task, seed) for one in self.book.tried("held", version=newest)):
                    self._tries("held", number, newest, hands, stage, task, seed)
        by, why = "acts held back", made.get("why", "")
        if now != newest and (verdict := self._compared(now, newest)).promoted:
            words = [demonstrations.BYHAND, "model", "promote", f"{MODEL}@v{newest}", "--json"]
            subprocess.run(words, env=self.env, check=True, stdout=subprocess.DEVNULL)
            by, why, now = "seeds held back", verdict.why, newest
        elif now != newest:
            by, why = "seeds held back", self._compared(now, newest).why
        self._measured(newest)
        self.book.add(Judged(number, newest, now, by, why, made))
        print(f"round {number}: version {newest}, used v{now}, by {by}: {why}", flush=True)

    def _compared(self, before: int, after: int) -> Verdict:
        was, now = ({(one.task, one.seed): one.right for one in self.same(number)} for number in (before, after))
        both = sorted(was.keys() & now.keys())
        return compared([Case(f"{task}/{seed}", was[task, seed], now[task, seed]) for task, seed in both])

    def same(self, version: int) -> list[Tried]:
        """What that version did on the seeds that stay the same."""
        seeds = range(HELD, HELD + self.held)
        return [one for one in self.book.tried("held", version=version) if one.seed in seeds and not slow(one)]

    def _measured(self, version: int) -> None:
        """For `byhand model rounds`."""
        found = self.same(version)
        place = self.home / "models" / MODEL
        if any(isinstance(one, told.Measured) and one.version == version for one in told.lines(place)):
            return
        played = tuple(told.Played(one.acts, int(not one.right), one.right) for one in found)
        told.add(place, told.Measured(version, "miniwob", int(time.time()), played, tuple(self.tasks), HELD))

    # ---- a round

    def _does(self, number: int, origin: str) -> None:
        there = self.book.tried("fresh", number=number)
        done = {(one.task, one.seed) for one in there}
        todo = [one for one in self._seeds(FRESH + 1_000 * number, self.fresh) if one not in done]
        if not todo:
            return
        version = next(one.used for one in self.book.judged() if one.round == number)
        with correcting.joined(self.home) as hands:
            stage, listed = Stage(hands.tab.page, origin), Listed(hands.tab.page)
            for task, seed in todo:
                self._tries("fresh", number, version, hands, stage, task, seed, listed)
        there = self.book.tried("fresh", number=number)
        shown = sum(one.correction not in ("", "-") for one in there)
        print(f"round {number}: {sum(one.right for one in there)}/{len(there)} by itself, {shown} shown", flush=True)

    def _seeds(self, first: int, many: int) -> Iterator[tuple[str, int]]:
        return ((task, seed) for seed in range(first, first + many) for task in self.tasks)

    def _tries(
        self, kind: Literal["held", "fresh"], number: int, version: int, hands: Any, stage: Stage, task: str, seed: int,
        listed: Listed | None = None,
    ) -> None:  # fmt: skip
        decider = load(f"{MODEL}@v{version}", self.home)
        played = play(hands, stage, decider, task, seed, sure=SURE)
        for _ in range(_AGAIN - 1):
            if slow(played):
                played = play(hands, stage, decider, task, seed, sure=SURE)
        correction, anew = "", False
        spent = sum(bool(one.correction) for one in self.book.tried("fresh", number=number))
        needed = not played.right and not slow(played)
        if listed is not None and needed and number < ROUNDS and spent < CORRECTED:
            shown = correcting.correct(self.home, stage, listed, decider.name, played)
            correction, anew = (shown.recording or "-") if not shown.why else "-", shown.anew
            if shown.why:
                print(f"{task} {seed}: {shown.why}", flush=True)
        self.book.add(
            Tried(
                kind, number, version, task, seed, played.right, played.acts, played.why, round(played.seconds, 3),
                correction, anew,
            )
        )  # fmt: skip


# ---- figures


def figures(loop: Loop) -> Iterator[dict[str, Any]]:
    """A line a round: on the same seeds, and on its own."""
    for judged in loop.book.judged():
        fresh = loop.book.tried("fresh", number=judged.round)
        yield {
            "round": judged.round, "version": judged.version, "used": judged.used, "why": judged.why,
            "corrections": sum(one.correction not in ("", "-") for one in fresh),
            "from_where_it_stopped": sum(one.correction not in ("", "-") and not one.anew for one in fresh),
            "held": _told(loop.same(judged.used)), "fresh": _told([one for one in fresh if not slow(one)]),
        }  # fmt: skip


def _told(tried: Sequence[Tried]) -> dict[str, Any]:
    n, right, acts = len(tried), sum(one.right for one in tried), sum(one.acts for one in tried)
    low, high = wilson(right, n)
    rate = told.rate([told.Played(one.acts, int(not one.right), one.right) for one in tried])
    whys: dict[str, int] = {}
    for one in tried:
        if not one.right:
            whys[one.why or "wrong"] = whys.get(one.why or "wrong", 0) + 1
    return {
        "n": n, "right": right, "low": round(low, 3), "high": round(high, 3), "acts": acts, "asked": n - right,
        "per_100_acts": [round(one, 1) for one in rate], "per_100_tasks": round(100 * (n - right) / max(1, n), 1),
        "whys": whys,
    }  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--home", type=Path, required=True, help="a BYHAND_HOME for it alone")
    ask.add_argument("--held", type=int, default=8, help="seeds of each task that stay the same")
    ask.add_argument("--fresh", type=int, default=5, help="seeds of each task in a round")
    ask.add_argument("--tasks", default=",".join(TASKS))
    ask.add_argument("--only-tell", action="store_true", help="tell what is there")
    said = ask.parse_args()
    home: Path = said.home.resolve()
    env = demonstrations.environment(home)
    os.environ.update({name: env[name] for name in ("BYHAND_HOME", "BYHAND_KEYRING")})
    loop = Loop(home, env, held=said.held, fresh=said.fresh, tasks=said.tasks.split(","))
    if not said.only_tell:
        begun(home, env, said.tasks)
        wheels = demonstrations.WHEELS
        with pages.served(pages.unpacked(wheels, wheels / "unpacked"), demonstrations.agreed_port(home)) as origin:
            loop.run(origin)
    for line in figures(loop):
        print(json.dumps(line), flush=True)


def begun(home: Path, env: dict[str, str], tasks: str) -> None:
    """The demonstrations, and the dataset's first version."""
    words = ["-m", "stage.demonstrations", "--tasks", tasks, "--each", str(SHOWN), "--home", str(home)]
    subprocess.run([sys.executable, *words], env=env, check=True)
    if not (home / "datasets" / DATASET).is_dir():
        build = ["dataset", "build", "--from", "all", "--shareable", "--as", DATASET]
        subprocess.run([demonstrations.BYHAND, *build], env=env, check=True)


if __name__ == "__main__":
    main()
