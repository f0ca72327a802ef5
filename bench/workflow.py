"""Rows of workflows: chores shown once by real input, compiled, and run for other rows of a table in the office, with
and without drifts, in one warm Chromium. `./run bench workflow`. openadapt-flow does the same chores before
(`bench.openadapt` says how); `python -m bench.workflow --no-peer` leaves it out.

What is right is said by the office's own records. All of it takes hours, so it goes on where it was interrupted
(`drifted`, `showing`); `--quick` does three families and few rows, and writes nothing into the docs. Rows that were not
done yet are missing from a figure, and the figure says of how many it is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from playwright.sync_api import sync_playwright

from bench import dropping, report, showing
from bench.drifted import Case, Kept, Ran, many, run_all, singles
from bench.drifting import run_beside
from bench.openadapt.figures import Figures, figures, left_out
from bench.report import Row
from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.drifts import DRIFTS, possible
from byhand.workflows.program import Workflow

ROW = "workflow"
NAMES = (
    "invoices-vendor", "invoices-enter", "invoices-postpone", "invoices-block",
    "moderation-rule", "moderation-decide", "moderation-escalate", "moderation-note",
    "tickets-person", "tickets-report", "tickets-assign", "tickets-away",
)  # fmt: skip
"""Such as one demonstration can show whole: no loops, no branches. Which ones was settled before any was run."""
_QUICK = ("invoices-postpone", "moderation-rule", "tickets-away")
_QUICK_DRIFTS = ("LABELS", "REORDER", "REQUIRED", "DROPPED")
_TRIES = 3
"""To be recorded in. What is compiled is the same each time."""
_EACH = 20
_MANY = 5000
_STEP_S, _ROW_S = 0.2, 2.0
_FINISHED, _NEEDLESS = 0.90, 0.05
_QUICK_S = 50.0
_NEEDLESSLY = ("needless", "needless, told half")


def measure(share: float, minutes: float = 0.0, *, peer: bool = True, workers: int = 1) -> Iterator[Row]:
    """All rows.

    Args:
        share: below 1 for the quick run, which is without the peer.
        minutes: stop running rows after so long and tell of those that are done; 0 for no end. The peer has as long.
        peer: run it too.
        workers: so many drifted rows are run beside each other; never those of which seconds are told.
    """
    quick = share < 1
    names = _QUICK if quick else NAMES
    given = _QUICK_S if quick else 60 * minutes
    peers = _beside(names, given) if peer and not quick else left_out("not in this run")
    programs = _programs(names)
    begun = time.monotonic()

    def over(share_of_it: float) -> Callable[[], bool]:
        """Each part has its share of the time, so that none is without a figure."""
        end = begun + share_of_it * given if given else float("inf")
        return lambda: time.monotonic() > end

    kept = Kept(programs, "quick" if quick else "whole")
    plain = [Case(name, (), number) for number in range(2 if quick else _EACH) for name in programs]
    yield from _undrifted(
        names, run_all(kept, programs, plain, fresh=True, told=_told, over=over(0.4)), 2 if quick else _EACH, peers
    )
    drifts = _QUICK_DRIFTS if quick else tuple(DRIFTS)
    alone = [one for one in singles(tuple(programs), range(1 if quick else 2)) if one.drifts[0] in drifts]
    done = run_beside(kept, programs, alone, workers=workers, told=_told, over=over(0.9))
    yield from _possible(done, len(alone), peers)
    yield _must_stop(done, peers)
    if not quick:
        done += run_beside(kept, programs, _others(programs, alone), workers=workers, told=_told, over=over(1.0))
    yield _silent(done, peers)
    yield _dropped(programs, peers)


def _beside(names: Sequence[str], given: float) -> Figures:
    end = time.monotonic() + given if given else float("inf")
    return figures(names, lambda: time.monotonic() > end)


def _others(programs: dict[str, Workflow], alone: Sequence[Case]) -> list[Case]:
    had = set(alone)
    return [one for one in many(tuple(programs), _MANY) if one not in had]


def _programs(names: Sequence[str]) -> dict[str, Workflow]:
    """Of those that could be shown and compiled; the others are told and count as wrong."""
    found: dict[str, Workflow] = {}
    with sync_playwright() as play:
        for name in names:
            for _ in range(_TRIES):
                try:
                    found[name] = showing.compiled(play, name)
                    break
                except Exception as error:  # a busy machine; and if not, the figure says that it has no program
                    print(f"    {name}: not shown ({type(error).__name__}: {str(error).splitlines()[0]})", flush=True)
    return found


def _told(one: Ran) -> None:
    if one.judged in ("right", "stopped", "right all the same"):
        return
    drifts = "+".join(one.drifts) or "-"
    print(f"    {one.judged}: {one.family} {drifts} {one.number}: {one.verdict}, {one.kind} {one.reason}", flush=True)


# ---- figures


def _undrifted(names: Sequence[str], done: Sequence[Ran], each: int, peers: Figures) -> Iterator[Row]:
    wanted = each * len(names)
    right = sum(one.judged == "right" for one in done)
    with_program = len({one.family for one in done})
    finished = [one for one in done if one.state == "done"]  # one that stops has waited for what isn't there
    steps, seconds = sum(one.steps for one in finished), sum(one.seconds for one in finished)
    step = seconds / steps if steps else 0.0
    many_of = (
        f"{with_program} of {len(names)} families, {len(done)} of {wanted} other rows, each in the app as it begins;"
        " 0 model calls"
    )
    yield Row(
        "a chore shown once, other rows, no drift: right by the app's own records", "100 %", _share(right, len(done)),
        peers.rows, many_of, len(done) == wanted and right == wanted,
    )  # fmt: skip
    yield Row(
        "a chore's step, warm browser, real pages, effect read back", f"<= {_STEP_S} s", f"{step:.2f} s",
        peers.step,
        f"{steps:,} steps of {len(finished)} rows that were done",
        bool(steps) and step <= _STEP_S,
    )  # fmt: skip
    yield Row(
        "a row of ten steps", f"<= {_ROW_S} s", f"{10 * step:.1f} s", "-", "ten times the row above",
        bool(steps) and 10 * step <= _ROW_S,
    )  # fmt: skip


def _possible(done: Sequence[Ran], wanted: int, peers: Figures) -> Iterator[Row]:
    can = [one for one in done if possible(frozenset(one.drifts), FAMILIES[one.family])]
    right = sum(one.judged == "right" for one in can)
    vain = [one for one in can if one.judged in _NEEDLESSLY]
    wrong = sum(one.judged in ("silent wrong", "harmed") for one in can)
    rate, needless = right / len(can) if can else 0.0, len(vain) / len(can) if can else 0.0
    for (kind, reason), times in Counter((one.kind, one.reason) for one in vain).most_common(12):
        print(f"    {times} x {kind}: {reason}", flush=True)
    how_many = f"{len(can)} rows, one drift each; {len(done)} of {wanted} drifted rows done"
    yield Row(
        "drift that leaves the task possible: finished right, nobody asked", f">= {_FINISHED}", f"{rate:.3f}",
        peers.possible, f"{how_many}; {_by_drift(can, 'right')}",
        len(done) == wanted and rate >= _FINISHED and not wrong,
    )  # fmt: skip
    yield Row(
        "the same: stopped needlessly", f"<= {_NEEDLESS}", f"{needless:.3f}", peers.needless,
        f"{len(can)} rows; {wrong} wrong", len(done) == wanted and needless <= _NEEDLESS,
    )  # fmt: skip


def _must_stop(done: Sequence[Ran], peers: Figures) -> Row:
    must = [
        one for one in done
        if not possible(frozenset(one.drifts), FAMILIES[one.family]) and not DRIFTS[one.drifts[0]].saved
    ]  # fmt: skip
    good = sum(one.judged == "stopped" for one in must)
    anyway = sum(one.judged == "right all the same" for one in must)
    over = sum(one.typed_over for one in must)
    for judged, times in Counter(one.judged for one in must).most_common():
        print(f"    must stop: {times} x {judged}", flush=True)
    return Row(
        "drift that must stop: stopped before harm, nothing typed in the wrong place", "100 %",
        _share(good + anyway, len(must)), peers.must,
        f"{len(must)} rows; {anyway} of them were done, and right; typed over the page {over} times; "
        f"{_by_drift(must, 'stopped', 'right all the same')}",
        bool(must) and good + anyway == len(must),
    )  # fmt: skip


def _silent(done: Sequence[Ran], peers: Figures) -> Row:
    wrong = sum(one.judged == "silent wrong" for one in done)
    harmed = sum(one.judged == "harmed" for one in done)
    most = f"at most {3 / len(done):.2%} (rule of three)" if done and not wrong else "-"
    return Row(
        f"silent wrong outcomes in {_MANY:,} drifted rows", "0", str(wrong), peers.silent,
        f"{len(done):,} rows, one or two drifts each; {most}; {harmed} stopped after a wrong change",
        not wrong and len(done) >= _MANY,
    )  # fmt: skip


def _dropped(programs: dict[str, Workflow], peers: Figures) -> Row:
    found = 0
    for name, program in programs.items():
        try:
            told = dropping.dropped(name, program)
        except (LookupError, subprocess.TimeoutExpired) as error:
            told = dropping.Told(found=False, status=-1, said=type(error).__name__)
        found += told.found
        if not told.found:
            print(f"    dropped save of {name}: exit status {told.status}; {told.said}", flush=True)
    return Row(
        "a save that the server drops and says is saved: found, exit status not 0", "each",
        f"{found} of {len(programs)}", peers.dropped,
        "by `byhand workflow run`, one row of each family",
        bool(programs) and found == len(programs),
    )  # fmt: skip


def _by_drift(done: Sequence[Ran], *good: str) -> str:
    """Only where not all are."""
    short: list[str] = []
    for name in DRIFTS:
        of = [one for one in done if name in one.drifts]
        fine = sum(one.judged in good for one in of)
        if fine < len(of):
            short.append(f"{name} {fine} of {len(of)}")
    return ", ".join(short) or "all drifts alike"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({part / whole:.1%})" if whole else "")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.workflow", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three families, few rows; not for the docs")
    parser.add_argument("--minutes", type=float, default=0.0, help="how long rows are run this time; 0 for all")
    parser.add_argument(
        "--no-peer", action="store_true", help="without openadapt-flow, which takes half an hour and more"
    )
    parser.add_argument("--workers", type=int, default=1, help="so many drifted rows are run beside each other")
    chosen = parser.parse_args()
    rows: list[Row] = []
    share = 0.1 if chosen.quick else 1.0
    for row in measure(share, chosen.minutes, peer=not chosen.no_peer, workers=chosen.workers):
        rows.append(row)
        print("  " + json.dumps(row.as_dict()), flush=True)
    if not chosen.quick:
        report.write(rows)


if __name__ == "__main__":
    main()
