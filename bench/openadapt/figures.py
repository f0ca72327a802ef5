"""The peer's column of the rows of workflows. Its failures to run are told, and not counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.drifted import Case, Ran
from bench.openadapt.chores import Shape, kept_at
from bench.openadapt.outcomes import REFUSED, SHOWN, Beside, Kept, drifted, others, right
from bench.openadapt.peer import NAME, running
from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.drifts import DRIFTS, possible

_SAVED = "DROPPED"


@dataclass
class Measured:
    """What the peer did.

    Args:
        names: the chores.
        shown: what came of the shown row itself, for those that could be shown.
        rows: other rows, no drift.
        drifts: the shown row under each drift, of chores that it can redo.
        wanted: how many of those there are.
        unshown: why a chore could not be recorded or compiled.
    """

    names: Sequence[str]
    shown: dict[str, Ran] = field(default_factory=dict[str, Ran])
    rows: list[Ran] = field(default_factory=list[Ran])
    drifts: list[Ran] = field(default_factory=list[Ran])
    wanted: int = 0
    unshown: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def redone(self) -> list[str]:
        return [name for name in self.names if name in self.shown and right(self.shown[name])]


@dataclass(frozen=True)
class Figures:
    """A text for each row of the table; see `bench.workflow`."""

    rows: str
    step: str
    possible: str
    needless: str
    must: str
    silent: str
    dropped: str


def left_out(why: str) -> Figures:
    return Figures(why, why, why, why, why, why, why)


def measured(names: Sequence[str], over: Callable[[], bool]) -> Measured | str:
    """All of it, as far as there is time; or why there is nothing."""
    with running() as peer:
        beside = Beside(peer, Kept(kept_at()), over, told)
        found = by(beside, names)
    return found if found.shown or not beside.absent else beside.absent


def by(beside: Beside, names: Sequence[str]) -> Measured:
    """First each chore as shown; then other rows; then drifts on those that it can redo."""
    shapes: dict[str, Shape] = {}
    found = Measured(names)
    for name in names:
        shapes[name], ran = beside.shape(name)
        if ran is not None:
            found.shown[name] = ran
    found.rows = _done(beside, shapes, list(others(list(found.shown))))
    cases = list(drifted(found.redone))
    found.wanted = len(cases)
    found.drifts = _done(beside, shapes, cases)
    found.unshown = {name: why for (_, name), why in beside.unshown.items() if name not in found.shown}
    return found


def _done(beside: Beside, shapes: dict[str, Shape], cases: Sequence[Case]) -> list[Ran]:
    return [ran for case in cases if (ran := beside.ran(shapes[case.family], case)) is not None]


def told(shape: str, ran: Ran) -> None:
    which = "the shown row" if ran.number == SHOWN else f"row {ran.number}"
    print(
        f"    {NAME}: {ran.family} ({shape}) {'+'.join(ran.drifts) or '-'}, {which}: {ran.judged}; "
        f"{ran.kind} {ran.reason}, {ran.steps} steps in {ran.seconds:.1f} s",
        flush=True,
    )


def figures(names: Sequence[str], over: Callable[[], bool] = lambda: False) -> Figures:
    """The peer's column."""
    found = measured(names, over)
    return left_out(found) if isinstance(found, str) else texts(found)


def texts(found: Measured) -> Figures:
    """Each figure says of how many it is, and what could not be run."""
    can = [one for one in found.drifts if possible(frozenset(one.drifts), FAMILIES[one.family])]
    saved = [one for one in found.drifts if DRIFTS[one.drifts[0]].saved]
    must = [one for one in found.drifts if one not in can and one not in saved]
    dropped = [one for one in saved if one.drifts[0] == _SAVED]
    run = [one for one in (*found.shown.values(), *found.rows, *found.drifts) if one.kind != REFUSED]
    rows = [one for one in found.rows if one.kind != REFUSED]
    finished = [one for one in run if one.state == "done"]
    steps, seconds = sum(one.steps for one in finished), sum(one.seconds for one in finished)
    needless = [one for one in can if one.judged in ("needless", "needless, told half")]
    wrong = [one for one in finished if one.judged == "silent wrong"]
    harmed = sum(one.judged == "harmed" for one in run)
    tried = f"the shown values, on the {len(found.redone)} of {len(found.names)} families that it can redo"
    if len(found.drifts) < found.wanted:
        tried += f", {len(found.drifts)} of {found.wanted} done"
    stopped = sum(one.judged in ("stopped", "right all the same") for one in must)
    lost = sum(one.state != "done" for one in dropped)
    return Figures(
        rows=(
            f"{NAME}: {_of(sum(right(one) for one in rows), rows)} other rows right; the shown row itself again in "
            f"{len(found.redone)} of {len(found.shown)} families; {_not_right(rows)}; not run: {_not_run(found)}"
        ),
        step=f"{NAME}: {seconds / steps:.2f} s, nothing read back" if steps else f"{NAME}: no row finished",
        possible=f"{NAME}: {_of(sum(right(one) for one in can), can)}, with {tried}",
        needless=f"{NAME}: {_of(len(needless), can)}",
        must=(
            f"{NAME}: {_of(stopped, must)}; {sum(one.judged == 'typed over' for one in must)} typed over the page, "
            f"{sum(one.judged == 'silent wrong' for one in must)} finished all the same"
        ),
        silent=(
            f"{NAME}: {len(wrong)} finished, exit status 0, and not so, in {len(run)} rows; "
            f"{harmed} stopped after a wrong change"
        ),
        dropped=f'{NAME}: {_of(lost, dropped)}; else exit status 0, told as "finished, not checked"',
    )


def _of(part: int, whole: Sequence[Ran]) -> str:
    return f"{part} of {len(whole)}" if whole else "none run"


def _not_right(rows: Sequence[Ran]) -> str:
    """What other rows came to, most frequent first."""
    why = Counter(one.reason or "finished with a wrong record" for one in rows if not right(one))
    return _listed(why) or "all of them"


def _not_run(found: Measured) -> str:
    """Families that could not be shown or compiled, and rows that differ in what it froze."""
    why = Counter(f"family, {reason}" for reason in found.unshown.values())
    why.update(f"row, {one.reason}" for one in found.rows if one.kind == REFUSED)
    return _listed(why) or "none"


def _listed(why: Counter[str]) -> str:
    return ", ".join(f"{times} x {reason}" for reason, times in why.most_common())
