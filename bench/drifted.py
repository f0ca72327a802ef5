"""Rows of compiled chores in a warm browser, with and without drifts, and what truly came of each.

Rules of this module: the office's own records say what was saved, never the page. Whoever is interrupted goes on: each
outcome is a line of a file that is named after all that has a part in it. Of a row's values nothing is written down.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from bench.showing import CACHE, SEED, looked_over, shown_row, written
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.columns import folds
from byhand.agents.loop import run_row
from byhand.agents.outcome import Cell, Outcome, Stop
from byhand.cli import extension
from byhand.evals.office.books import seeded
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.drifts import DRIFTS, possible
from byhand.evals.office.families import Act, EachLine, EachShown, Family, Hand, Row, When
from byhand.evals.office.seeds import source
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.evals.office.values import cents
from byhand.workflows.elsewhere import moved
from byhand.workflows.program import Act as Does
from byhand.workflows.program import Parameter, Workflow

CHROMIUM = "/usr/bin/chromium"
_ROOT = Path(__file__).parent.parent
_PARTS = ("src/byhand/agents", "src/byhand/workflows", "src/byhand/evals/office", "extension", "bench/drifted.py")
_KINDS = frozenset({".py", ".js", ".css", ".txt"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNTS = frozenset({"amount", "price"})
PATIENCE_S = 5.0
"""A row that has to stop waits so long for what isn't there; the apps answer within a second, even under SLOW."""
_RUN_SEED = 7
_END_AFTER = 3
"""Requests until EXPIRED ends the session: the first is on the way to the form."""


class Case(NamedTuple):
    """One row to be done. drifts: () for none. number: which row of the family's table."""

    family: str
    drifts: tuple[str, ...]
    number: int


class Ran(msgspec.Struct, frozen=True):
    """What came of it. verdict: the office's. typed_over: something was typed into what lay over the page."""

    family: str
    drifts: tuple[str, ...]
    number: int
    verdict: str
    state: str
    kind: str
    reason: str
    steps: int
    seconds: float
    healed: int
    typed_over: bool

    @property
    def case(self) -> Case:
        return Case(self.family, self.drifts, self.number)

    @property
    def judged(self) -> Judged:
        return judged(self)


Judged = Literal[
    "right", "needless", "needless, told half", "unchecked", "stopped", "right all the same", "harmed", "typed over",
    "silent wrong",
]  # fmt: skip
"""right: done, and rightly. needless: stopped though it could be done, nothing changed; told half: something was
changed, and it says so. unchecked: rightly done, and it says that nothing tells. stopped: as it must, before harm.
harmed: it stopped, but a record was wrongly touched by then. silent wrong: it says done, and that is not so.
"""


def judged(one: Ran) -> Judged:
    """Against what a careful worker can do."""
    can = possible(frozenset(one.drifts), FAMILIES[one.family])
    saved = any(DRIFTS[name].saved for name in one.drifts)
    if one.state in ("done", "skipped"):
        if one.verdict != "right":
            return "silent wrong"
        return "right" if can else "right all the same"
    if one.state == "unchecked":
        return "unchecked" if one.verdict == "right" or saved else "harmed"
    if one.typed_over:
        return "typed over"
    if can:
        return "needless" if one.verdict == "nothing" else "needless, told half"
    return "stopped" if one.verdict == "nothing" or (saved and one.verdict == "right") else "harmed"


# ---- a row's values under the names that the compiler gave


def values(program: Workflow, family: Family, row: Row) -> dict[str, Cell]:
    """A person's table has a column for each parameter, called as the field or the column of the page is.

    Raises:
        LookupError: nothing of the row is called so.
    """
    called = {name: key for key in row.values for name in folds(key)}
    for one in APPS[family.app].collections:
        for field in one.fields:
            if field.name in row.values:
                called |= dict.fromkeys(folds(field.label), field.name)
    for act in _acts(looked_over(family)):
        if act.do in ("fill", "choose", "date") and (found := re.fullmatch(r"\{(\w+)\}", act.value)):
            called |= dict.fromkeys(folds(act.name), found[1])
    flags = {name: act.do == "check" for act in _acts(looked_over(family)) for name in folds(act.name)}
    told: dict[str, Cell] = {}
    for one in program.parameters:
        names = folds(re.sub(r"_\d+$", "", one.name)) | folds(one.column)
        if one.kind == "flag" and (flag := next((flags[name] for name in names if name in flags), None)) is not None:
            told[one.name] = flag
        elif column := next((called[name] for name in names if name in called), ""):
            told[one.name] = _cell(one, column, row.values[column])
        elif one.needed:
            raise LookupError(f"no column for {one.name}")
    return told


def _acts(hand: Hand) -> Iterator[Act]:
    for step in hand:
        match step:
            case Act():
                yield step
            case When():
                yield from _acts((*step.then, *step.otherwise))
            case EachLine():
                yield from _acts(step.acts)
            case EachShown():
                yield from _acts(step.then)


def _cell(one: Parameter, column: str, text: str) -> Cell:
    """As a spreadsheet holds it: an amount is a number, a day is a day."""
    if one.kind == "number" or column in _AMOUNTS:
        found = cents(text)
        return text if found is None else Decimal(found) / 100
    return date.fromisoformat(text) if one.kind == "date" and _ISO.fullmatch(text) else text


# ---- running


class Stage:
    """A warm browser and the three apps.

    Args:
        hands: in the browser.
        apps: served, by name.
    """

    def __init__(self, hands: PageHands, apps: dict[str, Served]) -> None:
        self.hands, self.apps = hands, apps
        self.broken = False

    def run(self, program: Workflow, case: Case, *, fresh: bool = True) -> Ran:
        """fresh: the app begins with its own records; else with what the rows before have left."""
        family = FAMILIES[case.family]
        app = self.apps[family.app]
        if fresh:
            app.reset(SEED, frozenset(case.drifts), _END_AFTER)
        self.hands.go(app.entry)
        row = other_rows(family)[case.number]
        before = app.state().tables
        try:
            done = run_row(
                moved(program, app.url), values(program, family, row), self.hands, brake=_Nobody(), leave=_Yes(),
                book=_Unwritten(), patience_s=PATIENCE_S,
            )  # fmt: skip
        except LookupError as error:
            done = Outcome("stopped", stop=Stop("", "value", f"the program can't be given its row: {error}"))
        except Exception as error:  # a fault of ours is an outcome too, and the next row has another browser
            self.broken = True
            done = Outcome("stopped", stop=Stop("", "lost", f"a fault of ours: {type(error).__name__}"))
        after = app.state()
        return Ran(
            case.family, case.drifts, case.number, family.verdict(before, after.tables, row), done.state,
            done.stop.kind if done.stop else "", done.stop.reason if done.stop else "", done.steps, done.seconds,
            len(done.healed), "typed_over" in after.counts,
        )  # fmt: skip


def other_rows(family: Family, count: int = 20) -> Sequence[Row]:
    """For the records that the app begins with, and none of them the one that was shown."""
    shown = shown_row(family).values
    drawn = family.draw(seeded(APPS[family.app], SEED), source(family.name, _RUN_SEED), count + 1)
    return [row for row in drawn if row.values != shown][:count]


@contextlib.contextmanager
def staged() -> Generator[Stage]:
    with contextlib.ExitStack() as stack:
        apps = {
            name: stack.enter_context(served(Site(APPS[name], seed=SEED)))
            for name in ("invoices", "moderation", "tickets")
        }
        yield Stage(stack.enter_context(opened(CHROMIUM, extension.folder())), apps)


class _Nobody:
    def pulled(self) -> bool:
        return False


class _Yes:
    """All was allowed beforehand."""

    def may(self, act: Does, risk: str, sentence: str) -> bool:
        del act, risk, sentence
        return True


class _Unwritten:
    def will(self, step: str, risk: str) -> None:
        del step, risk

    def did(self, step: str) -> None:
        del step


# ---- which, and going on


def singles(names: Sequence[str], numbers: range) -> list[Case]:
    """Each drift alone on each family, row after row, in an order that makes any beginning of it a fair sample."""
    found: list[Case] = []
    for number in numbers:
        turn = [Case(name, (drift,), number) for drift in DRIFTS for name in names]
        random.Random(number).shuffle(turn)
        found += turn
    return found


def many(names: Sequence[str], count: int) -> list[Case]:
    """So many drifted rows: all drifts alone first, then by turns two together and alone."""
    draw = random.Random(SEED)
    found: list[Case] = []
    number = 0
    while len(found) < count:
        for drift in DRIFTS:
            for name in names:
                other = draw.choice([one for one in DRIFTS if one != drift])
                drifts = (drift, other) if number % 2 else (drift,)
                found.append(Case(name, drifts, number % 20))
        number += 1
    return found[:count]


class Kept:
    """Outcomes on disk, one a line.

    Args:
        programs: by family; with other programs or other code it is another file.
    """

    def __init__(self, programs: dict[str, Workflow], what: str) -> None:
        self.path = CACHE / "rows" / f"{_sources(programs)}-{what}.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.done: list[Ran] = []
        if self.path.exists():
            whole = self.path.read_bytes().rpartition(b"\n")[0]
            self.path.write_bytes(whole + b"\n" if whole else b"")
            self.done = [msgspec.json.decode(line, type=Ran) for line in whole.splitlines()]

    def add(self, one: Ran) -> None:
        self.done.append(one)
        with self.path.open("ab") as out:
            out.write(msgspec.json.encode(one) + b"\n")


def run_all(
    kept: Kept, programs: dict[str, Workflow], cases: Sequence[Case], *, fresh: bool, told: Callable[[Ran], object],
    over: Callable[[], bool] = lambda: False,
) -> list[Ran]:  # fmt: skip
    """The cases that are not done yet, as long as there is time, and all of their outcomes."""
    have = {one.case: one for one in kept.done}
    left = [case for case in cases if case not in have]
    left.reverse()
    while left and not over():
        with staged() as stage:
            while left and not over() and not stage.broken:
                case = left.pop()
                one = stage.run(programs[case.family], case, fresh=fresh)
                kept.add(one)
                have[case] = one
                told(one)
    return [have[case] for case in cases if case in have]


def _sources(programs: dict[str, Workflow]) -> str:
    made = hashlib.sha256()
    for part in _PARTS:
        path = _ROOT / part
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix in _KINDS:
                made.update(one.read_bytes())
    for name in sorted(programs):
        made.update(_settled_bytes(programs[name]))
    return made.hexdigest()[:12]


def _settled_bytes(program: Workflow) -> bytes:
    """The program without the port it was shown at, by chance."""
    return written(moved(program, "http://127.0.0.1/"))
