"""`byhand eval MODEL --suite memory`: what models like one remember of what they learned from. It learns them first."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_look
from byhand.cli.output import Json, columns, emit, margin, on_terminal, say
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.evals.figure import Figure
from byhand.evals.scorecard import amount
from byhand.models.loading import of_torch

if TYPE_CHECKING:
    from byhand.models.checkpoint import About
    from byhand.models.private import Hiding

_NOT = "nothing was measured"
_LEAST = 4

Models = Annotated[
    int, Parameter(metavar="N", help="Of memory: so many are learned, each from half; an even number, 4 or more.")
]
Canaries = Annotated[
    int, Parameter(metavar="N", help="Of memory: secrets planted in each, of each kind and number of repeats.")
]
Others = Annotated[
    int,
    Parameter(metavar="N", help="Of memory: a secret is ranked among so many more; of 9,999 it has 13.3 bits at most."),
]


def measured(
    home: Path,
    name: str,
    datasets: Sequence[str],
    episodes: int,
    models: int,
    canaries: int,
    others: int,
    *,
    json: Json,
) -> None:
    """Learn models like that one, and tell what they remember.

    Args:
        home: BYHAND_HOME.
        name: of the model, or "latest".
        datasets: what the models learn from; none for what that one learned from.
        episodes: at most so many; 0 for all.
        models: how many are learned.
        canaries: planted in each.
        others: what a planted one is ranked among.
        json: a line for each figure.

    Raises:
        UsageFault: a number does not fit, or the model is none that was learned here.
        LearnError: see `checkpoint.read`, `learning.taken`.
    """
    if models < _LEAST or models % 2 or canaries < 1 or others < 1 or episodes < 0:
        raise UsageFault(
            "a number is out of its range",
            hints=("an even number of models, 4 or more: --models 4", "one canary or more: --canaries 4"), fate=_NOT,
        )  # fmt: skip
    checkpoint, learning, together = (of_torch(one) for one in ("checkpoint", "learning", "together"))
    about: About = checkpoint.read(checkpoint.chosen(home, checkpoint.latest(home) if name == "latest" else name))
    if about.members:
        one = about.members[0]
        hints = (f"ask it of one of them: byhand eval {one.name}@v{one.version} --suite memory",)
        raise UsageFault(f"{about.name} is several that decide together", hints=hints, fate=_NOT)
    if about.adapter is not None or about.pictures is not None:
        what = "is a vision-language model" if about.pictures is None else "reads pictures"
        raise UsageFault(f"{about.name} {what}, and what it remembers can't be measured yet", fate=_NOT)
    wanted = datasets or [f"{one.dataset}@{one.version}" for one in about.sources]
    with together.joined("cpu"):
        split = learning.taken([open_at(dataset_look.chosen(home, one)) for one in wanted])
        from byhand.evals.suites import memory  # noqa: PLC0415  # torch

        figures = memory.measure(
            about, [*split.learned, *split.held], memory.Asking(models, canaries, others, episodes),
            lambda _: _hiding(about), _told if on_terminal() and not json else lambda _, __: None,
        )  # fmt: skip
    if on_terminal() and not json:
        margin().print()
    if json:
        for one in figures:
            emit(msgspec.to_builtins(one) | {"model": f"{about.name} v{about.version}", "reached": one.reached})
        return
    columns(_rows(figures))
    say(Text(f"of {figures[0].note.partition('; ')[2]}", "quiet"))
    say(Text("the values to reach: secrets below 10 bits, no more than 2 % found; intervals are of 95 %", "quiet"))


def _hiding(about: About) -> Hiding | None:
    """With a secret that nobody has after this."""
    private = about.private
    if private is None:
        return None
    return of_torch("private").Hiding(private.epsilon, private.delta, private.unit, secrets.token_bytes(32))


def _told(said: str, share: float) -> None:
    margin().print(Text(f"\r{said}: {share:.0%}".ljust(50), "quiet"), end="")


def _rows(figures: Sequence[Figure]) -> Iterator[tuple[Text, ...]]:
    for one in figures:
        reached = "" if one.reach is None else "reached" if one.reached else "missed"
        more = one.note.partition(";")[0] if one.reach is not None else ""
        yield (
            Text(one.row, "name"), Text(_amount(one, one.value)),
            Text(f"{_amount(one, one.low)} to {_amount(one, one.high)}", "quiet"), Text(f"n {one.n:,}", "quiet"),
            Text(reached, "quiet" if one.reached else "warn"), Text(more, "quiet"),
        )  # fmt: skip


def _amount(one: Figure, value: float) -> str:
    return f"{value:.1f} bits" if one.unit == "bits" else amount(value, one.unit)
