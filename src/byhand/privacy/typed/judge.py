"""A finished run becomes a kept `Text`, or a reason why not.

Rules of this module: the cleaner judges the whole text, with what stood before it; parts that may be a piece of
something longer are masked whatever it says. A thing that it finds and that lies partly in such a part is masked whole.
"""

from __future__ import annotations

from typing import Protocol

from byhand.events.kinds import Text
from byhand.privacy.text.types import At, Cleaned
from byhand.privacy.typed.ends import Draft

NOT_CLEARED = "text not cleared"
PART = "PART"
"""What stands for a piece of a word whose rest is not known."""


_BEFORE = 200
_BY = {"typed": "text.typed", "pasted": "text.pasted", "value": "text.value"}
_Hole = tuple[int, int, str]


class Judge(Protocol):
    """Cleans text; `text.cleaner.Cleaner` is one."""

    def clean(self, text: str, at: At) -> Cleaned: ...


def kept_text(draft: Draft, judge: Judge, last_ms: int, last_ns: int) -> Text | None:
    """The event to keep, if anything is left of it.

    Args:
        draft: without a `reason`.
        judge: the recording's cleaner.
        last_ms: stamp of the event before it. Where exact times may not be kept it has this one: its own would tell
            when the last key was struck.
        last_ns: the other stamp of it.
    """
    text = judged(draft, judge)
    if not text or text.isspace():
        return None
    stamps = (draft.server_ms, draft.mono_ns) if draft.mono_ns else (last_ms, last_ns)
    return Text(*stamps, _BY[draft.how], draft.how, text, draft.window)


def judged(draft: Draft, judge: Judge) -> str:
    """What may be kept of it, "" if nothing may."""
    text, at = draft.text, draft.at
    cleaned = judge.clean(text, at)
    if cleaned.verdict == "dropped":
        return ""
    if not draft.open:
        return cleaned.text
    holes: list[_Hole] = [(start, end, PART) for start, end in draft.open]
    while True:
        for span in cleaned.masked:
            holes = _dug(holes, *span)
        pieces: list[str] = []
        missed: list[_Hole] = []
        last = 0
        for start, end, kind in [*holes, (len(text), len(text), "")]:
            if last < start:
                piece = judge.clean(text[last:start], at._replace(before=(at.before + text[:last])[-_BEFORE:]))
                if piece.verdict == "dropped":
                    return ""
                pieces.append(piece.text)
                missed += _uncovered(cleaned, piece, last, start)
            if kind:
                pieces.append(f"<{kind}>")
            last = end
        if not missed:
            return "".join(pieces)
        # What is found only in the whole text is masked as such.
        holes = sorted(holes + missed)


def _dug(holes: list[_Hole], start: int, end: int, kind: str) -> list[_Hole]:
    """The holes, grown by a thing that lies partly in one of them."""
    touched = [hole for hole in holes if hole[0] < end and start < hole[1]]
    if not touched:
        return holes
    grown = min(start, touched[0][0]), max(end, touched[-1][1])
    return sorted([*(hole for hole in holes if hole not in touched), (grown[0], grown[1], kind)])


def _uncovered(whole: Cleaned, piece: Cleaned, first: int, last: int) -> list[_Hole]:
    """What was found in the whole text, lies in this piece, and was not found again in it."""
    return [
        (span.start, span.end, span.kind)
        for span in whole.masked
        if first <= span.start and span.end <= last
        and not any(again.start + first <= span.start and span.end <= again.end + first for again in piece.masked)
    ]  # fmt: skip
