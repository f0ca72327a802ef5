"""The field somebody types into, as far as judging text needs it."""

from __future__ import annotations

from typing import NamedTuple

Place = tuple[object, ...]


class Where(NamedTuple):
    """A field whose text may be kept; where it may not be there is no `Where`.

    place: what makes two looks at it looks at the same field. window: its number in the recording. app, role, label:
    as in `text.types.At`. timing: exact times may be kept here too. lines: Tab and Home may mean something else here,
    as in a text of several lines. terminal: chords edit the line.
    """

    place: Place
    window: int
    app: str
    role: str
    label: str
    timing: bool = False
    lines: bool = False
    terminal: bool = False
