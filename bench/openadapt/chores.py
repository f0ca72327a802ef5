"""A chore as the peer is shown it: the acts of a hand for one row, and what was made of them.

Rules of this module: a recording and its bundle are kept as long as nothing has changed that has a part in them. They
hold the values of the shown row, which are made up.
"""

from __future__ import annotations

import functools
import hashlib
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from bench.openadapt.peer import VERSION, Broken, Peer
from bench.showing import CACHE, SEED, looked_over, shown_row
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.families import Act, Family, Hand, Row, filled
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site

_ROOT = Path(__file__).parent.parent.parent
_PARTS = ("src/byhand/evals/office", "bench/openadapt/driver.py", "bench/openadapt/chores.py")
_COLUMN = re.compile(r"\{(\w+)\}")
Shape = Literal["whole", "bare"]
"""whole: with the look at the list after the save, as we are shown it; bare: without."""
SHAPES: tuple[Shape, ...] = ("whole", "bare")


class Bundle(NamedTuple):
    """folder: what `compile` made. parameters: what it takes."""

    folder: Path
    parameters: frozenset[str]


class Unshown(Exception):
    """It could not be recorded or compiled; says why."""


def hand_of(family: Family, shape: Shape) -> Hand:
    return looked_over(family) if shape == "whole" else family.hand


def typed(do: str, value: str) -> str:
    """A date as its field wants it from the keyboard."""
    if do != "date":
        return value
    year, month, day = value.split("-")
    return f"{month}/{day}/{year}"


def acts(hand: Hand, row: Row) -> Iterator[dict[str, Any]]:
    """For the driver: all texts filled in."""
    for act in _only_acts(hand):
        column = _COLUMN.fullmatch(act.value)
        yield {
            "do": act.do, "name": filled(act.name, row.values), "value": typed(act.do, filled(act.value, row.values)),
            "column": column[1] if column else "", "role": act.role,
            "row": [filled(text, row.values) for text in act.row],
        }  # fmt: skip


def given(hand: Hand, row: Row, parameters: frozenset[str]) -> dict[str, str]:
    """The row's values as the bundle's parameters."""
    told: dict[str, str] = {}
    for act in _only_acts(hand):
        if (column := _COLUMN.fullmatch(act.value)) and column[1] in parameters:
            told.setdefault(column[1], typed(act.do, row.values[column[1]]))
    return told


def frozen(family: Family, hand: Hand, row: Row, parameters: frozenset[str]) -> list[str]:
    """Columns that the chore needs, that are other than shown, and that it can't be given."""
    shown = shown_row(family).values
    wanted = {
        column
        for act in _only_acts(hand)
        for text in (act.name, act.value, *act.row)
        for _, column, _, _ in string.Formatter().parse(text)
        if column
    }
    return sorted(one for one in wanted - parameters if row.values[one] != shown[one])


def bundle(peer: Peer, name: str, shape: Shape) -> Bundle:
    """Recorded and compiled, once.

    Raises:
        Unshown: it refused, or the records say that what was shown isn't right.
    """
    home = CACHE / "openadapt" / _sources() / name / shape
    if not (home / "whole").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        family = FAMILIES[name]
        row = shown_row(family)
        with served(Site(APPS[family.app], seed=SEED)) as app:
            before = app.state().tables
            told = list(acts(hand_of(family, shape), row))
            _asked(peer, "show", url=app.entry, out=str(home / "recording"), acts=told)
            if (verdict := family.verdict(before, app.state().tables, row)) != "right":
                raise Unshown(f"what was shown is {verdict}")
        made = _asked(peer, "compile", recording=str(home / "recording"), out=str(home / "bundle"), name=name)
        (home / "whole").write_bytes(msgspec.json.encode(made["parameters"]))
    parameters = msgspec.json.decode((home / "whole").read_bytes(), type=frozenset[str])
    return Bundle(home / "bundle", parameters)


def _asked(peer: Peer, do: str, **told: Any) -> dict[str, Any]:
    try:
        said = peer.ask(do, **told)
    except Broken as error:
        raise Unshown(f"{do}: {error}") from None
    if "refused" in said:
        raise Unshown(f"{do}: {said['refused'].partition(':')[0]}")
    return said


def _only_acts(hand: Hand) -> Iterator[Act]:
    for step in hand:
        if not isinstance(step, Act):
            raise NotImplementedError(step)
        yield step


@functools.cache
def _sources() -> str:
    made = hashlib.sha256(VERSION.encode())
    for part in _PARTS:
        path = _ROOT / part
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix in (".py", ".js", ".css", ".txt"):
                made.update(one.read_bytes())
    return made.hexdigest()[:12]


def kept_at() -> Path:
    """Where outcomes of these chores are kept."""
    return CACHE / "rows" / f"{_sources()}-openadapt.jsonl"
