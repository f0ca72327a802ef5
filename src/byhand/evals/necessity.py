"""Is it worth collecting? From what two models did, one with the data in question and one without, to a verdict. Pure.

Rules of this module: the unit is a dataset, or recordings that their own person named; no figure is of a person. What
is not shown is not concluded: few cases say how many more it takes, and the report says what it does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from byhand.evals.miniwob.skills import SAID, by_skill
from byhand.evals.paired import Gain, Pair, Verdict, gain, needs, verdict

ALL = "all tasks"


class Case(NamedTuple):
    """learning: seed that both models were learned with. before, after: right without the data, and with it."""

    learning: int
    task: str
    seed: int
    before: bool
    after: bool


class Learned(NamedTuple):
    """A model of the two. sources: datasets it learned from. acts, episodes: how many."""

    sources: tuple[str, ...]
    acts: int
    episodes: int


class Part(NamedTuple):
    """A skill, or all. what: it is; "" of all. needs: about so many cases would tell; 0 where it is told. said: the
    verdict in words.
    """

    name: str
    what: str
    tasks: tuple[str, ...]
    gain: Gain
    verdict: Verdict
    needs: int
    said: str


class Report(NamedTuple):
    """about: the data in question, in words. before, after: the models. least: a gain worth having. parts: all, then
    each skill. cases: all of them. learnings: so many pairs of models were learned. epochs: of each model.
    """

    about: str
    before: Learned
    after: Learned
    least: float
    cases: tuple[Case, ...]
    parts: tuple[Part, ...]
    learnings: int
    epochs: int

    @property
    def whole(self) -> Part:
        return self.parts[0]


def report(
    about: str, before: Learned, after: Learned, cases: Sequence[Case], *, least: float, epochs: int
) -> Report:  # fmt: skip
    """What the cases come to.

    Args:
        about: the data in question, in words.
        before: without it.
        after: with it.
        cases: at least one.
        least: a gain below it is not worth collecting for; a share.
        epochs: how often each model saw its data at most.
    """
    tasks = sorted({one.task for one in cases})
    parts = [_part(ALL, "", tasks, cases, least)]
    parts += [_part(skill, SAID[skill], own, cases, least) for skill, own in by_skill(tasks).items()]
    return Report(
        about, before, after, least, tuple(cases), tuple(parts), len({one.learning for one in cases}), epochs
    )  # fmt: skip


def _part(name: str, what: str, tasks: Sequence[str], cases: Sequence[Case], least: float) -> Part:
    found = gain([Pair(one.task, one.before, one.after) for one in cases if one.task in tasks])
    told = verdict(found, least)
    more = needs(found, least) if told == "open" else 0
    return Part(name, what, tuple(tasks), found, told, more, _said(found, told, more, least))


def _said(found: Gain, told: Verdict, more: int, least: float) -> str:
    match told:
        case "justified":
            return "justified"
        case "stop":
            return (
                "stop collecting: it does harm"
                if found.high < 0
                else f"stop collecting: no gain of {100 * least:g} points"
            )
        case "open":
            return f"no gain shown: n is too small, it would take about {more:,}"


def limits(one: Report) -> list[str]:
    """What the report does not show, as sentences."""
    single = [part.name for part in one.parts[1:] if part.gain.tasks == 1]
    pairs = "one pair of models was" if one.learnings == 1 else f"{one.learnings} pairs of models were"
    found = [
        "It tells of this data added to that, no more: other data, as much of it, might do as well.",
        "The tasks are made-up pages of a public suite. Whether people's own work gains as much they do not say.",
        f"{pairs[0].upper()}{pairs[1:]} learned. Another seed of learning makes other models, and the intervals tell "
        "little of that: --pairs says how many are learned.",
        "Each model saw its own data equally often, so the one with more data learned for longer.",
        f"{len(one.parts)} lines are looked at: of twenty without a gain, one will look like one.",
        "No figure here is of a person, and none can be asked for.",
    ]
    if single:
        found.append(f"Of {', '.join(single)} there is one task each: it tells of that task, and hardly of the skill.")
    return found
