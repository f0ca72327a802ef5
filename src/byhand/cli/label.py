"""`byhand label`: what was done, inferred from pictures of a screen where nobody recorded it.

Rules of this module: every line says that it is inferred, by which model, and how sure it is. Nothing of it goes into a
recording or a dataset. What is less sure than asked for is counted and not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import label_pictures
from byhand.cli import open as opened
from byhand.cli.label_pictures import Shown
from byhand.cli.output import Json, columns, emit, say
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.models.loading import of_torch
from byhand.ui import words

if TYPE_CHECKING:
    from byhand.models.pictures.inferring import Inferred

_FATE = "nothing was said"

What = Annotated[
    str,
    Parameter(
        name="REC|FOLDER|VIDEO",
        help="A recording of yours with pictures, a folder of PNG files in order, or a video of a screen.",
    ),
]
Model = Annotated[str, Parameter(metavar="MODEL", help="One that was learned with --frames.")]
Sure = Annotated[float, Parameter(metavar="SHARE", help="Below this nothing is said.")]
Output = Annotated[
    Path | None,
    Parameter(name=("-o", "--output"), metavar="FILE", help="Write it there instead, a line of JSON for each act."),
]


class Line(NamedTuple):
    """before, after: the pictures it lies between. recorded: acts that a recording tells of that time."""

    told: Inferred
    before: dict[str, object]
    after: dict[str, object]
    recorded: tuple[str, ...]

    def builtins(self) -> dict[str, object]:
        said = {key: value for key, value in msgspec.to_builtins(self.told).items() if value is not None}
        return {**said, "before": self.before, "after": self.after, "recorded": self.recorded}


def label(what: What, /, *, model: Model, sure: Sure = 0.5, output: Output = None, json: Json = False) -> None:
    if not 0 <= sure <= 1:
        raise UsageFault("--sure is a share", hints=("for example: --sure 0.8",), fate=_FATE)
    home = opened.home()
    checkpoint = of_torch("checkpoint")
    place = checkpoint.chosen(home, model)
    about = checkpoint.read(place)
    asked = of_torch("pictures.learning").opened(place, about)
    asking = _Asking(asked, sure)
    lines: list[Line] = []
    for line in asking.said(_pictures(home, what)):
        lines.append(line)
        if json and output is None:
            emit(line.builtins())
    if output is not None:
        write(output.absolute(), b"".join(msgspec.json.encode(line.builtins()) + b"\n" for line in lines))
    whole = {
        "model": asked.name, "provenance": "inferred", "sure": sure, "pictures": asking.pictures, "said": len(lines),
        "alone": asking.alone, "unsure": asking.unsure,
    }  # fmt: skip
    if json:
        emit(whole | ({} if output is None else {"file": str(output.absolute())}))
        return
    if output is None:
        columns(_row(line) for line in lines)
    _tell(whole, output)


def _pictures(home: Path, what: str) -> Iterator[Shown]:
    path = Path(what).expanduser()
    if path.is_dir():
        return label_pictures.of_a_folder(path)
    if path.suffix.lower() in label_pictures.VIDEOS and path.is_file():
        return label_pictures.of_a_video(path)
    return label_pictures.of_a_recording(home, what)


class _Asking:
    """Asks about each change in a row of pictures. pictures: how many there were. alone: changes that nobody made.
    unsure: acts that were not said.
    """

    def __init__(self, asked: Any, sure: float) -> None:
        self._asked, self._sure = asked, sure
        self.pictures = self.alone = self.unsure = 0

    def said(self, shown: Iterator[Shown]) -> Iterator[Line]:
        first: Shown | None = None
        done: list[str] = []
        for now in shown:
            self.pictures += 1
            told: Inferred | None = self._asked.between(first.half, now.half) if first is not None else None
            if first is not None and told is not None and self._counts(told):
                yield Line(told, first.where, now.where, tuple(done))
            if first is None or told is not None or first.half.shape != now.half.shape:
                first, done = now, list(now.recorded)
            else:
                done += now.recorded

    def _counts(self, told: Inferred) -> bool:
        """Whether it is said."""
        self.alone += told.op == "none"
        self.unsure += told.op != "none" and told.sure < self._sure
        return told.op != "none" and told.sure >= self._sure


def _row(line: Line) -> tuple[Text, ...]:
    told = line.told
    at = "" if told.x is None else f"{told.x},{told.y}"
    if told.to_x is not None:
        at += f" to {told.to_x},{told.to_y}"
    more = "" if told.down is None else "down" if told.down else "up"
    return (
        Text(_when(line.after), "time"), Text(f"{told.op} {more}".strip(), "name"), Text(at),
        Text(f"sure {told.sure:.0%}", "quiet"),
        Text(f"recorded: {', '.join(line.recorded)}" if line.recorded else "", "quiet"),
    )  # fmt: skip


def _when(where: dict[str, object]) -> str:
    match where:
        case {"ms": int(ms)}:
            return f"{ms / 1000:.1f} s"
        case {"second": float(second)}:
            return f"{second:.1f} s"
        case _:
            return str(where.get("file", ""))


def _tell(whole: dict[str, Any], output: Path | None) -> None:
    if output is not None:
        say(Text.assemble(("wrote ", "quiet"), (str(output.absolute()), "name")))
    acts, pictures, alone = (
        words.many(whole[key], one) for key, one in (("said", "act"), ("pictures", "picture"), ("alone", "change"))
    )
    unsure = f"{whole['unsure']} less sure than {whole['sure']:.0%} and not said"
    say(
        Text.assemble((f"{whole['model']}  ", "name"), f"{acts} inferred", (f" from {pictures}", "quiet")),
        Text(f"  {alone} that nobody made, {unsure}", "quiet"),
        Text("  inferred, not recorded: it is in no recording and in no dataset", "quiet"),
    )
