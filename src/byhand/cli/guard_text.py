"""`byhand guard text`: what the guard makes of texts, by the code that guards a recording.

Rules of this module: one line in, one line out, in order; a line is told before the next is read. What can't be read
gets a line that says which one it was, never what stood in it.
"""

from __future__ import annotations

import json as stdlib_json
import secrets
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from rich.text import Text

from byhand.cli.output import Json, emit, say
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.placeholders import MARK
from byhand.privacy.text.types import At, Cleaned, Surface

_MOST_BYTES = 16 * 2**20
_STYLES = {"clear": "good", "masked": "warn", "dropped": "bad"}


class Line(msgspec.Struct):
    """A line of input: a text and where it stood. Other fields are let be."""

    text: str
    surface: Surface = "page"
    app: str = ""
    role: str = ""
    label: str = ""


def guard_text(*, json: Json = False) -> int:
    cleaner = Cleaner(seed=secrets.token_bytes(32))
    failed = False
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        try:
            read = msgspec.convert(stdlib_json.loads(line), type=Line)  # it reads lone surrogates, as screens have them
        except (ValueError, RecursionError):  # the error's own words may quote the line
            failed = True
            _refuse(number, as_json=json)
            continue
        at = At(read.surface, read.app.lower(), read.role, read.label)
        cleaned = cleaner.clean(read.text, at)
        if json:
            emit({"text": cleaned.text, "masked": cleaned.masked, "verdict": cleaned.verdict})
        else:
            say(_readable(cleaned))
    return int(failed)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines, one at a time; of one that is too long only the beginning, which is then no JSON."""
    while line := stream.readline(_MOST_BYTES):
        whole = line.endswith(b"\n")
        while not whole and (rest := stream.readline(_MOST_BYTES)):
            line, whole = b"", rest.endswith(b"\n")
        yield line


def _refuse(number: int, *, as_json: bool) -> None:
    said = f"line {number} is no JSON object with a text and a surface that is known"
    if as_json:
        emit({"error": said, "line": number})
    else:
        say(Text(said, "bad"))


def _readable(cleaned: Cleaned) -> Text:
    line = Text.assemble((f"{cleaned.verdict:<8}", _STYLES[cleaned.verdict]))
    done = 0
    for match in MARK.finditer(cleaned.text):
        line.append(cleaned.text[done : match.start()]).append(match.group(), "name")
        done = match.end()
    return line.append(cleaned.text[done:])
