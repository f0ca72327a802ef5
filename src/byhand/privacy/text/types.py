"""The words of cleaning text: where a text stood, what was found in it, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

Surface = Literal["title", "element", "typed", "url", "paste", "page"]
"""Where a text was: a window's title, a control's name or value, typed, an address, pasted, words of a page."""


class At(NamedTuple):
    """What is known about the place of a text.

    app: window class in lower case, or a program's name. role: AT-SPI role name. label: of the field it is in. before:
    what stood right before it in the same field and was judged already; found things may begin in it.
    """

    surface: Surface
    app: str = ""
    role: str = ""
    label: str = ""
    before: str = ""


class Span(NamedTuple):
    """A part of a text that may not be kept. `start` and `end` count code points of the text as it was given."""

    start: int
    end: int
    kind: str


class Cleaned(NamedTuple):
    """A text as it may be kept.

    text: with a placeholder for each masked part. masked: in order, never overlapping. verdict: `clear` (nothing was
    masked), `masked`, or `dropped` (nothing may be kept: too much of it is private, or it could not be judged).
    """

    text: str
    masked: tuple[Span, ...]
    verdict: Literal["clear", "masked", "dropped"]


class Detector(Protocol):
    """Finds private things. It need not be right about what is harmless: that is the lexicon's work.

    A detector that raises, or is not there, makes the whole text `dropped`.
    """

    @property
    def name(self) -> str: ...

    def find(self, text: str, at: At) -> Iterable[Span]:
        """Spans of `text`, in any order; they may overlap."""
        ...
