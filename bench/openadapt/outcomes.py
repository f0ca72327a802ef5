"""Rows run by the peer, and what came of each by the office's own records.

Rules of this module: outcomes are those of `bench.drifted`, one a line of a file; a reason is the kind of stop that the
peer names, without what it read on the page.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.drifted import Case, Ran, other_rows
from bench.openadapt.chores import SHAPES, Bundle, Shape, Unshown, bundle, frozen, given, hand_of
from bench.openadapt.peer import Absent, Broken, Peer
from bench.showing import SEED, shown_row
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.drifts import DRIFTS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site

SHOWN = -1
"""The number of the row that was shown."""
OTHERS = 2
REFUSED = "refused"
"""The kind of a row that was not run."""
_TRIES = 3
_END_AFTER = 3
"""As for ours: requests until EXPIRED ends the session."""
_STEP = re.compile(r"Step '[^']*' \([^)]*\) ")
_KIND = re.compile(r"[^:;('\"]+")
_TYPED = re.compile(r"\(type <(\w+)>\)")


class Outcome(msgspec.Struct, frozen=True):
    """shape: how it was shown. ran: as ours."""

    shape: Shape
    ran: Ran


class Kept:
    """Outcomes on disk, one a line; whoever is interrupted goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = self.path.read_bytes().rpartition(b"\n")[0] if self.path.exists() else b""
        self.done = {}
        for line in whole.splitlines():
            one = msgspec.json.decode(line, type=Outcome)
            self.done[one.shape, one.ran.case] = one.ran
        self.path.write_bytes(whole + b"\n" if whole else b"")

    done: dict[tuple[Shape, Case], Ran]

    def add(self, shape: Shape, ran: Ran) -> Ran:
        self.done[shape, ran.case] = ran
        with self.path.open("ab") as out:
            out.write(msgspec.json.encode(Outcome(shape, ran)) + b"\n")
        return ran


class Beside:
    """The peer at work.

    Args:
        peer: its process.
        kept: what was done before.
        over: there is no more time to run anything; what was done before is told all the same.
        told: of each outcome.
    """

    def __init__(self, peer: Peer, kept: Kept, over: Callable[[], bool], told: Callable[[Shape, Ran], object]) -> None:
        self.peer, self.kept, self.over, self.told = peer, kept, over, told
        self.unshown: dict[tuple[Shape, str], str] = {}
        self.absent = ""

    def ran(self, shape: Shape, case: Case) -> Ran | None:
        """That row, run now or before; None where there is no time, no peer, or the chore could not be shown."""
        if (before := self.kept.done.get((shape, case))) is not None:
            return before
        if self.absent or self.over() or (shape, case.family) in self.unshown:
            return None
        try:
            ran = one_row(self.peer, self._bundle(case.family, shape), shape, case)
        except Unshown as error:
            self.unshown[shape, case.family] = str(error)
            return None
        except Absent as error:
            self.absent = str(error)
            return None
        self.told(shape, ran)
        return self.kept.add(shape, ran)

    def _bundle(self, name: str, shape: Shape) -> Bundle:
        """As for ours: a busy machine may spoil what is shown, and it's shown again."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(Unshown):
                return bundle(self.peer, name, shape)
        return bundle(self.peer, name, shape)

    def shape(self, name: str) -> tuple[Shape, Ran | None]:
        """How it is shown best, and what came of the shown row itself then. Where it stopped before anything was saved,
        the look after the save has no part in it.
        """
        best: tuple[Shape, Ran | None] = SHAPES[0], None
        for shape in SHAPES:
            ran = self.ran(shape, Case(name, (), SHOWN))
            if ran is not None and (best[1] is None or right(ran)):
                best = shape, ran
            if ran is not None and (right(ran) or ran.verdict == "nothing"):
                break
        return best


def right(ran: Ran) -> bool:
    return ran.judged == "right"


def one_row(peer: Peer, made: Bundle, shape: Shape, case: Case) -> Ran:
    """In an app that begins with its own records."""
    family = FAMILIES[case.family]
    hand = hand_of(family, shape)
    row = shown_row(family) if case.number == SHOWN else other_rows(family)[case.number]
    if without := frozen(family, hand, row, made.parameters):
        reason = f"froze {', '.join(without)}"
        return Ran(case.family, case.drifts, case.number, "nothing", "stopped", REFUSED, reason, 0, 0.0, 0, False)
    site = Site(APPS[family.app], seed=SEED, drifts=frozenset(case.drifts), after=_END_AFTER)
    with served(site) as app, tempfile.TemporaryDirectory(prefix="b", ignore_cleanup_errors=True) as folder:
        before = app.state().tables
        try:
            said = peer.ask(
                "run", bundle=str(made.folder), url=app.entry, params=given(hand, row, made.parameters), folder=folder
            )
        except Broken as error:
            said: dict[str, Any] = {"refused": str(error)}
        after = app.state()
    finished = said.get("finished", False)
    return Ran(
        case.family, case.drifts, case.number, family.verdict(before, after.tables, row),
        "done" if finished else "stopped", said.get("outcome", REFUSED), "" if finished else why(said),
        said.get("steps", 0), said.get("seconds", 0.0), said.get("healed", 0), "typed_over" in after.counts,
    )  # fmt: skip


def why(said: dict[str, Any]) -> str:
    """The kind of stop, and the parameter where it names one."""
    text = said.get("error") or said.get("refused") or ""
    kind = _KIND.match(_STEP.sub("", text, count=1))
    column = _TYPED.search(text)
    short = re.sub(r" for step.*", "", kind[0].strip()) if kind else "no reason"
    return f"{short}, {column[1]}" if column else short


def others(names: Sequence[str]) -> Iterator[Case]:
    yield from (Case(name, (), number) for number in range(OTHERS) for name in names)


def drifted(names: Sequence[str]) -> Iterator[Case]:
    """Each drift on the shown row of each chore; any beginning of it holds all chores alike."""
    for place in range(len(DRIFTS)):
        for turn, name in enumerate(names):
            drifts = list(DRIFTS)
            yield Case(name, (drifts[(place + 5 * turn) % len(drifts)],), SHOWN)
