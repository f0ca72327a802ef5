"""Models beside each other, suite by suite: each figure, and how far two lie apart where they did the same. Pure.

Rules of this module: a mean over tasks is over those tasks that all of the models did, each counting the same; else
they would be compared on different things. A difference is told only of cases that both did. Which way is better goes
with each figure. No model is called the best: that is for whoever reads the intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from byhand.errors import UsageFault
from byhand.evals.miniwob.skills import by_skill
from byhand.evals.paired import LEAST, Pair, gain, mean
from byhand.evals.printed import Run, Task

Better = Literal["higher", "lower"]
_DONE = "tasks done"


class Told(NamedTuple):
    """A figure of a model. drawn: it is in the picture, else in the table alone. whole: it says the whole of others."""

    suite: str
    figure: str
    model: str
    value: float
    low: float
    high: float
    n: int
    unit: str
    better: Better
    drawn: bool = True
    whole: bool = False


class Apart(NamedTuple):
    """Of the same cases, of so many tasks: the second model's share less that of the first, with its 95 % interval."""

    suite: str
    figure: str
    first: str
    second: str
    value: float
    low: float
    high: float
    n: int
    tasks: int
    better: Better

    @property
    def better_one(self) -> str:
        """The model that is shown to be better; "" where that can't be told."""
        if self.n < LEAST or self.low <= 0 <= self.high:
            return ""
        return self.second if (self.low > 0) is (self.better == "higher") else self.first


class Compared(NamedTuple):
    """models: in the order they were given. suites: with what each was measured on. unlike: what to know about that."""

    models: tuple[str, ...]
    suites: Mapping[str, str]
    told: tuple[Told, ...]
    apart: tuple[Apart, ...]
    unlike: tuple[str, ...]


def compared(runs: Sequence[Run]) -> Compared:
    """All of them.

    Raises:
        UsageFault: a model stands there twice in one suite.
    """
    models = tuple(dict.fromkeys(one.model for one in runs))
    by_suite: dict[str, list[Run]] = {}
    for one in runs:
        if any(other.model == one.model for other in by_suite.setdefault(one.suite, [])):
            raise UsageFault(
                f"{one.model} was measured twice in {one.suite}", hints=("give one of the files",),
                fate="nothing was compared",
            )  # fmt: skip
        by_suite[one.suite].append(one)
    told, apart, unlike, suites = list[Told](), list[Apart](), list[str](), dict[str, str]()
    for suite, own in by_suite.items():
        suites[suite] = "; ".join(dict.fromkeys(one.said for one in own))
        if len(suites[suite].split("; ")) > 1:
            unlike.append(f"{suite}: not all were measured on the same")
        told += _figures(suite, own)
        for at, first in enumerate(own):
            for second in own[at + 1 :]:
                apart += _apart(suite, first, second)
    return Compared(models, suites, tuple(told), tuple(apart), tuple(unlike))


def _figures(suite: str, runs: Sequence[Run]) -> Iterator[Told]:
    common = _common(runs)
    for run in runs:
        tasks = [one for one in run.tasks if one.name in common and one.n]
        if tasks:
            yield _mean(suite, run.model, f"all {_many(tasks)}", tasks, whole=True)
        for group, own in _grouped(tasks).items():
            yield _mean(suite, run.model, f"{group}, {_many(own)}", own)
        for one in run.tasks:
            yield Told(
                suite, one.name, run.model, one.hits / max(1, one.n), one.low, one.high, one.n, "share", "higher",
                drawn=False,
            )  # fmt: skip
        for one in run.figures:
            drawn = not one.row.startswith("act: ")
            yield Told(
                suite, one.row, run.model, one.value, one.low, one.high, one.n, one.unit, one.better, drawn=drawn
            )  # fmt: skip


def _common(runs: Sequence[Run]) -> frozenset[str]:
    """Tasks that all of them did; of those alone that did tasks."""
    names = [{one.name for one in run.tasks} for run in runs if run.tasks]
    return frozenset(name for name in (names[0] if names else ()) if all(name in own for own in names))


def _grouped(tasks: Sequence[Task]) -> Mapping[str, list[Task]]:
    """By the suite's own groups, or by skill."""
    names = {one.name: one for one in tasks}
    if all(one.group for one in tasks):
        groups = dict.fromkeys(one.group for one in tasks)
        return {group: [one for one in tasks if one.group == group] for group in groups}
    return {skill: [names[name] for name in own] for skill, own in by_skill(names).items()}


def _mean(suite: str, model: str, name: str, tasks: Sequence[Task], *, whole: bool = False) -> Told:
    value, low, high = mean({one.name: (one.hits, one.n) for one in tasks})
    return Told(suite, name, model, value, low, high, sum(one.n for one in tasks), "share", "higher", whole=whole)


def _many(tasks: Sequence[Task]) -> str:
    return f"{len(tasks)} {'task' if len(tasks) == 1 else 'tasks'}"


def _apart(suite: str, first: Run, second: Run) -> Iterator[Apart]:
    for figure in _cases(first):
        mine, other = _cases(first)[figure], _cases(second).get(figure, {})
        pairs = [
            Pair(task, so, other[task][case])
            for task, cases in mine.items()
            for case, so in cases.items()
            if case in other.get(task, {})
        ]
        if pairs:
            one = gain(pairs)
            yield Apart(
                suite, figure, first.model, second.model, one.value, one.low, one.high, one.n, one.tasks,
                _better(first, figure),
            )  # fmt: skip


def _cases(run: Run) -> Mapping[str, Mapping[str, Mapping[int, bool]]]:
    done = {one.name: one.right for one in run.tasks if one.right}
    return {**({_DONE: done} if done else {}), **run.cases}


def _better(run: Run, name: str) -> Better:
    lower = any(one.row == name and one.better == "lower" for one in run.figures)
    return "lower" if lower else "higher"
