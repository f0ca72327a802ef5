"""`byhand eval MODEL --suite pictures`: how well a model tells from pictures what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.text import Text

from byhand.cli import dataset_look
from byhand.cli.output import columns, emit, say
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.evals.suites.offline import Share
from byhand.models.loading import of_torch
from byhand.ui import words

_NOT = "nothing was measured"


def measured(home: Path, name: str, datasets: Sequence[str], *, json: bool) -> None:
    """Ask it, and tell.

    Raises:
        UsageFault: no dataset was named, or none holds pictures it has not learned from.
        LearnError: there is no such model, or it reads no pictures.
    """
    if not datasets:
        raise UsageFault("say on which dataset", hints=("for example: --dataset chores",), fate=_NOT)
    checkpoint = of_torch("checkpoint")
    place = checkpoint.chosen(home, name)
    about = checkpoint.read(place)
    asked = of_torch("pictures.learning").opened(place, about)
    from byhand.evals.suites import pictures  # noqa: PLC0415  torch

    data = [open_at(dataset_look.chosen(home, one)) for one in datasets]
    found = pictures.measure(asked, data, frozenset(one for source in about.sources for one in source.recordings))
    if not found.op.n:
        raise UsageFault("there are no pictures in it that were not learned from", fate=_NOT)
    of = [f"{one.manifest.name}@{one.manifest.version}" for one in data]
    if json:
        emit({"model": asked.name, "datasets": of, **msgspec.to_builtins(found)})
        return
    rows: list[tuple[str, Share, Share | None]] = [
        ("what was done", found.op, found.always),
        ("a person's act, or nobody's", found.hands, None),
        ("where: inside what was acted on", found.place.inside, found.differencing.inside),
        *(
            (f"  within {px} pixels of it", one, found.differencing.near[px])
            for px, one in found.place.near.items()
        ),
        ("what and where of a person's act", found.right, None),
        *((f"  {op}", one, None) for op, one in found.by_op.items()),
        (f"said, at {found.sure:.0%} or surer", found.said, None),
        ("  of that right", found.said_right, None),
        ("acts that left a change to see", found.seen, None),
    ]  # fmt: skip
    columns(_row(*row) for row in rows)
    for why, count in sorted(found.left.items(), key=lambda pair: -pair[1]):
        say(Text(f"{words.many(count, 'act')} not asked about: {why}", "quiet"))
    say(Text("beside it: always the commonest kind, and the middle of the largest patch that changed", "quiet"))


def _row(what: str, one: Share, beside: Share | None) -> tuple[Text, ...]:
    return (
        Text(what, "name"), Text(f"{one.hits} of {one.n}"), Text(f"{one.value:.1%}"),
        Text(f"{one.low:.2f}-{one.high:.2f}", "quiet"),
        Text("" if beside is None else f"beside it {beside.value:.1%}", "quiet"),
    )  # fmt: skip
