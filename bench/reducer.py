"""Rows of the reducer: how quick it is, and whether it is true to what people did.

`reducer`: a made-up day of pointer-heavy work. `demonstrations`: the public human ones of MiniWoB++ (2017), where
`--data` lies; every one with full reward, by task, with what could not be explained.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.report import Row
from byhand.datasets.formats.miniwob_check import check
from byhand.datasets.formats.miniwob_human import demos
from byhand.episodes.reduce import reduce
from byhand.errors import Problem
from byhand.events.kinds import Button, Element, Key, Motion, Numbered, Scroll
from byhand.events.time import MS

ALL = ("reducer", "demonstrations")
_EVENTS = 1_000_000
_REACH, _REACH_HUMAN = 200_000, 0.97


def measure(wanted: list[str], data: Path | None, share: float) -> Iterator[Row]:
    """The rows that are wanted; `share` of the events and of the demonstrations."""
    if "reducer" in wanted:
        yield _speed(round(_EVENTS * share))
    if "demonstrations" in wanted and data is not None:
        yield from _human(data / "miniwob-human", max(1, round(1 / share)))


def _speed(count: int) -> Row:
    events = _day(count)
    begun = time.process_time()
    actions = reduce(events).actions
    rate = len(events) / (time.process_time() - begun)
    return Row(
        "events to actions, a core", f">= {_REACH:,} events/s", f"{rate:,.0f} events/s",
        "OpenAdapt's writer about 30/s, a prototype about 1,000/s (design notes)",
        f"{len(events):,} events, nine of ten the pointer's; {len(actions):,} actions", rate >= _REACH,
    )  # fmt: skip


def _day(count: int) -> list[Numbered]:
    """Moves at 125 Hz, a press on a field, a short word, a scroll, and so on."""
    dice = random.Random(1)
    events: list[Numbered] = []
    now = 0

    def add(kind: Any, *values: Any, **more: Any) -> None:
        events.append(Numbered(len(events), kind(now // MS, now, "bench", *values, **more)))

    while len(events) < count:
        x, y, number = dice.randrange(1900), dice.randrange(1000), dice.randrange(1, 40)
        for step in range(150):
            now += 8 * MS
            add(Motion, x * step // 150, y * step // 150, injected=False)
        page = ("", "https://work.example", "/form")
        about: dict[str, Any] = {"source": "browser", "tab": 1, "frame": 1, "node": number}
        add(Button, True, 1, x, y, injected=False)
        add(Element, "press", "entry", "Name", (), x, y, 90, 20, *page, **about)
        now += 70 * MS
        add(Button, False, 1, x, y, injected=False)
        for down in (True, False) * 5:
            now += 60 * MS
            add(Key, down, "letter", 0, "", 0, repeat=False, injected=False)
        add(Element, "input", "entry", "Name", (), x, y, 90, 20, *page, value="Greta", **about)
        now += 700 * MS
        add(Scroll, 0.0, 1.0, x, y, injected=False)
    return events


@dataclass
class _Task:
    demos: int = 0
    explained: int = 0
    equal: int = 0
    both: int = 0
    why_not: Counter[str] = field(default_factory=Counter[str])


def _human(folder: Path, every: int) -> Iterator[Row]:
    told, keys = _tasks(folder, every, values=True), _tasks(folder, every, values=False)
    print(f"{'task':32}{'demos':>6}{'explained':>11}{'equal':>7}{'keys only':>11}")
    for name, task in told.items():
        print(f"{name:32}{task.demos:6}{task.explained:11}{task.equal:7}{keys[name].both:11}  {_said(task.why_not)}")
    whole, alone = _sum(told), _sum(keys)
    n = f"{whole.demos:,} demonstrations with full reward, {len(told)} tasks"
    yield Row(
        "human demonstrations: changes explained, values equal", ">= 97 %", f"{whole.both / whole.demos:.2%}",
        "a prototype kept 17 to 100 % by task (design notes)", f"{n}; not: {_said(whole.why_not) or 'none'}",
        whole.both / whole.demos >= _REACH_HUMAN,
    )  # fmt: skip
    yield Row(
        "the same, text rebuilt from keys alone", "-", f"{alone.both / alone.demos:.2%}", "-",
        f"{n}; nothing was told of what fields held; not: {_said(alone.why_not) or 'none'}", reached=True,
    )  # fmt: skip


def _tasks(folder: Path, every: int, *, values: bool) -> dict[str, _Task]:
    found: dict[str, _Task] = {}
    for path in sorted(folder.iterdir()):
        task = found.setdefault(path.name, _Task())
        for file in sorted(path.iterdir())[::every]:
            for demo in demos(file, values=values):
                if isinstance(demo, Problem) or demo.reward < 1:
                    continue
                said = check(demo, reduce(demo.events).actions)
                task.demos += 1
                task.explained += said.explained
                task.equal += said.values_equal
                task.both += said.explained and said.values_equal
                task.why_not.update(said.why_not)
    return found


def _sum(tasks: dict[str, _Task]) -> _Task:
    whole = _Task()
    for one in tasks.values():
        whole.demos += one.demos
        whole.both += one.both
        whole.why_not.update(one.why_not)
    return whole


def _said(why_not: Counter[str]) -> str:
    return ", ".join(f"{why} ({count})" for why, count in why_not.most_common())
