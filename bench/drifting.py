"""Rows beside each other: some processes, each with a warm browser and apps of its own.

Rules of this module: only rows whose seconds are not asked for are run so. Who hands out the cases writes down what
came of them, one after the other; a process that ends by itself is begun anew, and its case is run again.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from bench.drifted import Case, Kept, Ran, staged
from byhand.workflows.program import Workflow

_MOST_ENDED = 20


def run_beside(
    kept: Kept, programs: dict[str, Workflow], cases: Sequence[Case], *, workers: int, told: Callable[[Ran], object],
    over: Callable[[], bool],
) -> list[Ran]:  # fmt: skip
    """The cases that are not done yet, as long as there is time, and all of their outcomes. Each app begins anew."""
    have = {one.case: one for one in kept.done}
    left = [case for case in cases if case not in have][::-1]
    context = multiprocessing.get_context("spawn")
    open_: dict[Connection, tuple[SpawnProcess, Case | None]] = {}

    ended = 0

    def hire() -> None:
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, programs), daemon=True)
        process.start()
        theirs.close()
        open_[ours] = (process, None)

    for _ in range(min(workers, len(left))):
        hire()
    while open_:
        for ready in wait(list(open_)):
            assert isinstance(ready, Connection)
            process, case = open_.pop(ready)
            try:
                one = ready.recv()
            except EOFError:
                process.join()
                ended += 1
                if ended > _MOST_ENDED:
                    raise RuntimeError("the processes that run rows end by themselves") from None
                if case is not None:
                    left.append(case)
                if left and not over():
                    hire()
                continue
            if isinstance(one, Ran):
                kept.add(one)
                have[one.case] = one
                told(one)
            going = bool(left) and not over()
            case = left.pop() if going else None
            ready.send(case)
            if going:
                open_[ready] = (process, case)
            else:
                process.join()
    return [have[case] for case in cases if case in have]


def _work(told: Connection, programs: dict[str, Workflow]) -> None:
    """Asks for a case, runs it, tells of it; None is the end."""
    told.send(None)
    case = told.recv()
    while case is not None:
        with staged() as stage:
            while case is not None and not stage.broken:
                told.send(stage.run(programs[case.family], case))
                case = told.recv()
