"""Tasks of the office done by whoever decides, in live pages by real input; the app's own records say what came of it.

Rules of this module: right is the family's verdict `right` and nothing less: exactly the effect the row asks for, and
no other. Records, rows and words are those for tests. All that is held there is made up, so every act is allowed here;
what is asked of a person is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.doing import do
from byhand.agents.goal import Limits, Means
from byhand.errors import UsageFault
from byhand.evals.figure import wilson
from byhand.evals.live import Nobody, Unwritten, Yes, eyes, patience
from byhand.evals.office import drifts as drifting
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.errand import asked
from byhand.evals.office.families import AppName, Family
from byhand.evals.office.goals import KEPT, SHOWN, WORDS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.evals.seeds import FIRST_TESTED, tested
from byhand.models.decision import Decides

SETS: dict[str, tuple[str, ...]] = {"variants": SHOWN, "families": KEPT}
"""variants: tasks that are shown, with other records, rows and words. families: tasks that nobody shows."""
_ACTS, _SECONDS, _PATIENCE_S = 25, 60.0, 5.0
_NOT = "nothing was measured"


class Played(msgspec.Struct, frozen=True):
    """One row. verdict: of the family, by the app's records. why: what it stopped at, "" if it said it was done.

    asked: so often a person would have been asked before an act. seconds: from the first look to the end.
    """

    family: str
    seed: int
    verdict: str
    acts: int
    asked: int
    seconds: float
    why: str = ""

    @property
    def right(self) -> bool:
        return self.verdict == "right"


class Score(msgspec.Struct, frozen=True):
    """Of one family. low, high: the share's 95 % interval (Wilson). whys: of those that are not right. seed_from: the
    first of n seeds in a row; wrong: those it was not right on.
    """

    family: str
    shown: bool
    n: int
    successes: int
    low: float
    high: float
    acts: float
    seconds: float
    whys: dict[str, int] = {}
    seed_from: int = 0
    wrong: tuple[int, ...] = ()


def score(family: str, played: Sequence[Played]) -> Score:
    """All rows of a family as one line."""
    hits, count = sum(one.right for one in played), len(played)
    low, high = wilson(hits, count)
    whys: dict[str, int] = {}
    for one in played:
        if not one.right:
            why = ", ".join(part for part in (one.verdict, one.why) if part)
            whys[why] = whys.get(why, 0) + 1
    return Score(
        family, family in SHOWN, count, hits, round(low, 4), round(high, 4),
        round(sum(one.acts for one in played) / max(1, count), 2),
        round(sum(one.seconds for one in played) / max(1, count), 3), whys,
        min((one.seed for one in played), default=0), tuple(one.seed for one in played if not one.right),
    )  # fmt: skip


def chosen(said: str) -> tuple[str, ...]:
    """Families by name or by the name of their set; "" is both sets.

    Raises:
        UsageFault: there is none of that name, or no sentence says all of its row.
    """
    found: list[str] = []
    for name in (one.strip() for one in (said or ",".join(SETS)).split(",")):
        if not name:
            continue
        if name not in SETS and name not in WORDS:
            why = "its row is a table of its own" if name in FAMILIES else "there is no such task in the office"
            raise UsageFault(
                f"{name} can't be measured: {why}",
                hints=(f"sets: {', '.join(SETS)}", f"the first tasks: {', '.join(sorted(WORDS)[:5])}"), fate=_NOT,
            )  # fmt: skip
        found += SETS.get(name, (name,))
    return tuple(dict.fromkeys(found))


def drifts(said: str) -> frozenset[str]:
    """From "LABELS,REORDER".

    Raises:
        UsageFault: one that isn't there.
    """
    try:
        return drifting.named(said)
    except KeyError as error:
        raise UsageFault(
            f"there is no drift {error.args[0]}", hints=(f"drifts: {', '.join(drifting.DRIFTS)}",), fate=_NOT
        ) from None


def measure(
    decider: Decides, families: Sequence[str], episodes: int, *, program: str, extension: Path,
    seed_from: int = 2 * FIRST_TESTED, drifted: frozenset[str] = frozenset(),
    told: Callable[[Played], object] = lambda _: None,
) -> Iterator[Score]:  # fmt: skip
    """Each family so often, one after the other.

    Args:
        decider: who decides.
        families: see `chosen`.
        episodes: rows of each, each in an office begun anew.
        program: Chromium.
        extension: folder of the browser's extension, whose observer is used.
        seed_from: the first seed, of records, rows and words.
        drifted: what is other than it was shown.
        told: of each row.

    Raises:
        UsageFault: seeds that are learned from.
    """
    tested(seed_from)
    with playing(program, extension) as play:
        for family in families:
            done: list[Played] = []
            for seed in range(seed_from, seed_from + episodes):
                done.append(play(decider, family, seed, drifted))
                told(done[-1])
            yield score(family, done)


Plays = Callable[[Decides, str, int, frozenset[str]], Played]


@contextmanager
def playing(program: str, extension: Path) -> Generator[Plays]:
    """A warm browser and the offices, in which rows are done until the end of the block."""
    with ExitStack() as held:
        hands = held.enter_context(opened(program, extension))
        offices: dict[AppName, Served] = {}

        def play(decider: Decides, family: str, seed: int, drifted: frozenset[str] = frozenset()) -> Played:
            one = FAMILIES[family]
            if one.app not in offices:
                offices[one.app] = held.enter_context(served(Site(APPS[one.app])))
            return _play(hands, offices[one.app], decider, one, seed, drifted)

        yield play


def _play(
    hands: PageHands, office: Served, decider: Decides, family: Family, seed: int, drifted: frozenset[str]
) -> Played:
    row, said = asked(family.name, seed)
    office.reset(seed, drifted)
    before = office.state().tables
    leave = Yes()
    hands.go(office.entry)
    means = Means(
        hands=hands,
        eyes=eyes(hands, office.url.rstrip("/"), decider),
        decider=decider,
        brake=Nobody(),
        leave=leave,
        book=Unwritten(),
    )
    outcome = do(said, means, limits=Limits(_ACTS, patience(decider, _SECONDS), 0.0, _PATIENCE_S))
    verdict = family.verdict(before, office.state().tables, row)
    why = outcome.stop.kind if outcome.stop is not None else ""
    return Played(family.name, seed, verdict, outcome.steps, leave.asked, outcome.seconds, why)
