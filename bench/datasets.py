"""The dataset rows of the bench: building in bulk, what an event costs, one step somewhere. Needs no desktop.

Recordings are made up: a pointer along minimum-jerk paths at 125 Hz with presses on named controls, as the guard keeps
them. The whole build is measured, from packed recordings in a folder to a version with its card.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.report import Row
from byhand.datasets.build import Asked, begin
from byhand.datasets.engine import Engine
from byhand.datasets.manifest import Part
from byhand.datasets.store import open_at
from byhand.datasets.taken import About
from byhand.events.kinds import AnyEvent, Button, Element, Mark, Motion, Numbered

MS = 1_000_000
PIECE = 250_000
"""Events of one recording: half an hour at 125 Hz."""
_PRESS_EVERY = 60
_TASK_EVERY = 3_000
Measure = Callable[[float], Iterator[Row]]


def _quiet(_phase: str, _done: int, _of: int) -> None:
    """Nobody watches."""


def pointer(count: int, seed: int) -> list[Numbered]:
    """So many motions along minimum-jerk paths, with the jitter of a real clock."""
    return [Numbered(seq, event) for seq, event in enumerate(_motions(count, random.Random(seed)))]


def _motions(count: int, chance: random.Random) -> Iterator[AnyEvent]:
    x, y, us = 640.0, 400.0, 0
    while count:
        to_x, to_y, steps = chance.uniform(0, 1920), chance.uniform(0, 1080), chance.randint(30, 90)
        for step in range(1, steps + 1):
            part = step / steps
            way = part * part * part * (10 + part * (6 * part - 15))
            us += 8_000 + chance.randint(-180, 180)
            yield Motion(
                us // 1000 + chance.randint(0, 1), us * 1000, "pointer.moved", round(x + (to_x - x) * way),
                round(y + (to_y - y) * way), False,
            )  # fmt: skip
            count -= 1
            if not count:
                return
        x, y = to_x, to_y


def recording(count: int, seed: int) -> list[AnyEvent]:
    """A recording of so many events: mostly motion, with presses, in tasks of some minutes."""
    chance = random.Random(seed)
    made: list[AnyEvent] = []
    for number, event in enumerate(_motions(count, chance)):
        if number % _TASK_EVERY == 0:
            at = event.server_ms, event.mono_ns, "person.mark"
            if number:
                made.append(Mark(*at, "task_end", "done", 0, 0, ""))
            made.append(Mark(*at, "task_begin", "", 0, 0, f"task {chance.randrange(200)}"))
        if number % _PRESS_EVERY == 0 and isinstance(event, Motion):
            at = event.server_ms, event.mono_ns, "actions.press"
            name = f"Button {chance.randrange(500)}"
            made += [
                Button(*at, True, 1, event.x, event.y, False),
                Element(*at, "press", "push button", name, (), event.x - 9, event.y - 9, 80, 24, "", "", ""),
                Button(event.server_ms + 2, event.mono_ns + 2 * MS, "actions.press", False, 1, event.x, event.y, False),
            ]
        made.append(event)
    return made[:count]


def built(folder: Path, events: int, engine: Engine) -> dict[str, float]:
    """Build once; seconds, peak MB of the largest process, bytes of a pointer event."""
    name = f"d{events}"
    pieces = max(1, events // PIECE)
    with begin(folder / name, Asked(name, "mine", "bench")) as build:
        for number in range(pieces):
            part = Part(f"{number:020}", f"p{number % 12}", "g", "bench", episodes=0)
            build.take(part, recording(min(PIECE, events), number), About((1920, 1080)))
        begun = time.monotonic()
        made = build.finish(engine, _quiet, root=folder, at=0)
    seconds = time.monotonic() - begun
    own, children = (
        resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    files = [file for name, file in made.files.items() if name.startswith("events/")]
    return {
        "seconds": seconds, "own_mb": own, "child_mb": children, "events": made.events, "steps": made.steps,
        "bytes": sum(file.bytes for file in files) / max(1, sum(file.rows for file in files)),
    }  # fmt: skip


def _measured(folder: Path, events: int) -> dict[str, float]:
    """In a process of its own: its peak of memory is that build's."""
    code = (
        "import json, sys; from pathlib import Path; from bench.datasets import built; "
        "from byhand.datasets.engine import Engine; "
        "print(json.dumps(built(Path(sys.argv[1]), int(sys.argv[2]), Engine(processes=2))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(events)], check=True, capture_output=True, text=True
    )
    return json.loads(ran.stdout.splitlines()[-1])


def bulk(share: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="byhand-bench-") as name:
        sizes = [max(PIECE, round(size * share)) for size in (1_000_000, 2_000_000, 4_000_000, 8_000_000, 10_000_000)]
        found = {size: _measured(Path(name), size) for size in sizes}
    last = found[sizes[-1]]
    scaling = ", ".join(f"{size / 1e6:g} M {one['seconds']:.1f} s" for size, one in found.items())
    # Two workers at most beside the one that waits for them.
    memory = last["own_mb"] + 2 * last["child_mb"]
    yield Row(
        f"dataset build, {sizes[-1] / 1e6:g} M events", "<= 60 s on 2 cores", f"{last['seconds']:.0f} s",
        "Ray Data job of the same size 26 s, start included (design notes)", scaling, last["seconds"] <= 60,
    )  # fmt: skip
    yield Row(
        "memory of that build, all processes", "<= 2 GB", f"{memory / 1e3:.2f} GB", "-",
        f"{last['own_mb']:.0f} MB and two of {last['child_mb']:.0f} MB at their peaks", memory <= 2_000,
    )  # fmt: skip
    yield Row(
        "stored size in Parquet, pointer events", "<= 7 bytes", f"{last['bytes']:.2f} bytes",
        "Parquet DELTA 14.5 with a random id (design notes)", f"{last['events']:,.0f} events", last["bytes"] <= 7,
    )  # fmt: skip


def step(share: float) -> Iterator[Row]:
    from tests.datasets.demos import demonstration, screenshot  # noqa: PLC0415  the bench has no pictures of its own

    count = max(200, round(4_000 * share))
    with tempfile.TemporaryDirectory(prefix="byhand-bench-") as name:
        folder = Path(name)
        with begin(folder / "d", Asked("d", "mine", "bench")) as build:
            shots = [screenshot(number) for number in range(40)]
            many = (
                demonstration(f"e{n}", choice=str(n), task=f"t{n}", shot=shots[n % len(shots)]) for n in range(count)
            )
            build.gather(many, _quiet)
            build.finish(Engine(), _quiet, root=folder, at=0)
        dataset = open_at(folder / "d" / "v1")
        chance = random.Random(1)
        times: list[float] = []
        for _ in range(1_000):
            number = chance.randrange(len(dataset))
            begun = time.perf_counter()
            found = dataset.step(number)
            for one in found.step.before:
                assert found.sights[one.seq]
            times.append((time.perf_counter() - begun) * 1e3)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    yield Row(
        "random step with its picture from a built dataset, p99", "<= 5 ms", f"{p99:.2f} ms", "-",
        f"1,000 of {len(dataset):,} steps, 1280x800 pictures as stored; median {statistics.median(times):.2f} ms",
        p99 <= 5,
    )  # fmt: skip


ALL: dict[str, Measure] = {"bulk": bulk, "step": step}
