"""Why a run of typed text is over, what that means for it, and what is remembered of its field."""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple

from byhand.privacy.text.types import At
from byhand.privacy.typed.run import delimits

UNSURE = "text not certain"
TOO_LONG = "text too long"

How = Literal["typed", "pasted", "value"]


class Draft(NamedTuple):
    """A finished text that waits to be judged.

    open: parts that are masked whatever they are. reason: why nothing of it may be kept, "" if it may; the text is then
    empty. mono_ns: when it was over, or 0: with the event before it.
    """

    text: str
    open: tuple[tuple[int, int], ...]
    at: At
    how: How
    window: int
    server_ms: int
    mono_ns: int
    reason: str = ""

    def __repr__(self) -> str:
        return f"<Draft of {self.how} text>"


class End(Enum):
    """Why a run is over."""

    RETURN = "a line ended"
    ACT = "an act that leaves text and caret alone"
    AWAY = "the person went elsewhere in the same program; the caret may be set anew"
    LEFT = "the caret left the run, or something may have changed the text around it"
    REST = "nothing was typed for a while"
    PASTE = "something unknown was put at the caret"
    LOST = "keys are missing"
    CHANGED = "the text was changed in a way that the keys do not tell"


class _Fate(NamedTuple):
    """kept: the run's text may be kept. whole: the word at the caret is whole. known: where the caret is then, and what
    stands before it, is known.
    """

    kept: bool
    whole: bool
    known: bool


ENDS = {
    End.RETURN: _Fate(kept=True, whole=True, known=True),
    End.ACT: _Fate(kept=True, whole=True, known=True),
    End.AWAY: _Fate(kept=True, whole=True, known=True),  # but see `Typist`
    End.LEFT: _Fate(kept=True, whole=True, known=False),
    End.REST: _Fate(kept=True, whole=False, known=True),
    End.PASTE: _Fate(kept=True, whole=False, known=False),
    End.LOST: _Fate(kept=True, whole=False, known=False),
    End.CHANGED: _Fate(kept=False, whole=False, known=False),
}


class Past(NamedTuple):
    """What is known of a field from before: the end of what stands before the caret, and whether more is there or the
    caret is elsewhere (loose).
    """

    tail: str = ""
    loose: bool = False

    def __repr__(self) -> str:
        return "<Past>"

    @property
    def joins(self) -> bool:
        """May what is typed next continue a word?"""
        return self.loose or (self.tail != "" and not delimits(self.tail[-1]))
