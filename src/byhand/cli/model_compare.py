"""`byhand model compare`: models beside each other, of what `byhand eval` printed; also as a picture or a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli.output import Json, columns, emit, say
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.evals import comparison_page
from byhand.evals.comparing import Apart, Compared, Told, compared
from byhand.evals.printed import runs
from byhand.ui.comparison import MOST

Files = Annotated[
    list[Path], Parameter(metavar="FILE...", help="What byhand eval MODEL --json printed, of one model or several.")
]
To = Annotated[
    Path | None,
    Parameter(name=("--to", "-o"), metavar="FILE", help="Draw it into this file: a picture (.svg) or a page (.html)."),
]
_FATE = "nothing was compared"
_LARGEST = 1 << 26


def model_compare(files: Files, /, *, to: To = None, json: Json = False) -> None:
    if to is not None and to.suffix not in (".svg", ".html"):
        raise UsageFault(
            "a picture is drawn as .svg, a page as .html", hints=("for example: -o scorecard.html",), fate=_FATE
        )
    found = compared([one for file in files for one in runs(_read(file), file.name)])
    if len(found.models) > MOST:
        raise UsageFault(
            f"{len(found.models)} models can't be told apart in one picture",
            hints=(f"give {MOST} or fewer",),
            fate=_FATE,
        )
    if to is not None:
        drawn = comparison_page.page(found) if to.suffix == ".html" else comparison_page.picture(found)
        write(to, drawn.encode())
    if json:
        for one in (*found.told, *found.apart):
            emit(one._asdict())
        return
    _tell(found)
    if to is not None:
        say(Text(str(to), "quiet"))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            data = source.read(_LARGEST + 1)
    except OSError as error:
        raise UsageFault(f"{file} can't be read: {(error.strerror or '').lower()}", fate=_FATE) from None
    if len(data) > _LARGEST:
        raise UsageFault(f"{file} is larger than anything byhand eval prints", fate=_FATE)
    return data


def _tell(found: Compared) -> None:
    for suite, said in found.suites.items():
        say(Text.assemble((suite, "name"), (f"  {said}", "quiet")))
        columns(_rows([one for one in found.told if one.suite == suite and one.drawn]), indent=2)
    if found.apart:
        say(Text("on the same tasks and seeds", "name"))
        columns(map(_apart, found.apart), indent=2)
    for one in found.unlike:
        say(Text(one, "warn"))


def _rows(those: list[Told]) -> Iterator[tuple[Text, ...]]:
    last = ""
    for one in sorted(those, key=lambda each: [other.figure for other in those].index(each.figure)):
        way = "" if one.better == "higher" else "smaller is better"
        yield (
            Text("" if one.figure == last else one.figure), Text(one.model, "name"), Text(comparison_page.said(one)),
            Text(way, "quiet"),
        )  # fmt: skip
        last = one.figure


def _apart(one: Apart) -> tuple[Text, ...]:
    points = comparison_page.points
    return (
        Text(f"{one.suite}: {one.figure}"), Text(f"{one.second} less {one.first}", "name"),
        Text(f"{points(one.value)} ({points(one.low)} to {points(one.high)}), n {one.n:,}"),
        Text(f"{one.better_one} is better" if one.better_one else "can't be told", "quiet"),
    )  # fmt: skip
