"""`byhand eval behaviour`: are the models of typing and of the pointer like people? On data given by path."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli.output import Json, columns, emit
from byhand.errors import UsageFault
from byhand.evals.figure import Figure
from byhand.evals.scorecard import amount

Data = Annotated[
    Path,
    Parameter(metavar="DIR", help="The folder with the data: cmu-keystroke, aalto-keystroke, balabit-mouse."),
]


def eval_behaviour(*, data: Data, json: Json = False) -> None:
    if find_spec("numpy") is None:
        raise UsageFault("it needs numpy", hints=("to install it, run: pip install 'byhand[evals]'",))
    from byhand.evals.suites import behaviour  # noqa: PLC0415  # numpy

    figures = behaviour.measure(data)
    if not figures:
        raise UsageFault(
            "there is no data to measure on",
            hints=("the folder holds cmu-keystroke, aalto-keystroke or balabit-mouse, each of ten people or more",),
            fate="nothing was measured",
        )
    if json:
        emit({"figures": [msgspec.to_builtins(figure) for figure in figures]})
    else:
        columns(_rows(figures))


def _rows(figures: list[Figure]) -> Iterator[tuple[Text, ...]]:
    for figure in figures:
        yield (
            Text(figure.row), Text(_amount(figure.value, figure.unit), "name"),
            Text(f"{_amount(figure.low, figure.unit)} to {_amount(figure.high, figure.unit)}", "quiet"),
            Text(f"n {figure.n:,}", "quiet"),
        )  # fmt: skip


def _amount(value: float, unit: str) -> str:
    return amount(value, unit) if unit == "ms" else f"{value:.3f}"
