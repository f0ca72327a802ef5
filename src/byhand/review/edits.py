"""What a person may change before sharing, as values. Pure. See docs/formats/review.md.

Edits never touch the recording: `apply` makes what would be shared from the recording and all edits together. Each
names events by their numbers in the recording, or times in ms since its first event, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import msgspec

from byhand.errors import ReviewError
from byhand.events.kinds import Header, Mark, Numbered, Window
from byhand.ui import words
from byhand.vault.cutting import Moved

Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Place = Annotated[int, msgspec.Meta(ge=-(2**20), le=2**20)]
Words = Annotated[str, msgspec.Meta(max_length=2_000)]
Outcome = Literal["", "done", "failed", "partly"]
WHOLE = -1
"""In place of a task's mark: the whole recording, where it has none."""


class _Edit(msgspec.Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    pass


class CutEvents(_Edit, frozen=True, tag="cut_events"):
    """Events `first` to `last` go."""

    first: Number
    last: Number


class CutApp(_Edit, frozen=True, tag="cut_app"):
    """What happened while that program had the focus goes, and every word about its windows."""

    app: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class CutTime(_Edit, frozen=True, tag="cut_time"):
    """What happened from `start` to `end` (ms) goes."""

    start: Number
    end: Number


class Paint(_Edit, frozen=True, tag="paint"):
    """What shows in a rectangle (device pixels of the desktop) from `start` to `end` (ms) is painted over."""

    x: Place
    y: Place
    w: Place
    h: Place
    start: Number
    end: Number


class Label(_Edit, frozen=True, tag="label"):
    """The task that begins at the mark `mark` (`WHOLE`: the recording) gets these words and this outcome."""

    mark: Annotated[int, msgspec.Meta(ge=WHOLE, le=2**53)]
    task: Words
    outcome: Outcome = ""


class Task(_Edit, frozen=True, tag="task"):
    """Events `first` to `last` were one task, for which these words stand. Several may follow one another: who did one
    thing after the other in one recording tells them apart so.
    """

    first: Number
    last: Number
    task: Words
    outcome: Outcome = ""


class Note(_Edit, frozen=True, tag="note"):
    """The person says what was wrong at event `seq`, or what should have been done."""

    seq: Number
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]


Edit = CutEvents | CutApp | CutTime | Paint | Label | Task | Note


def check(edit: Edit, header: Header, events: Sequence[Numbered]) -> None:
    """Does the edit fit this recording?

    Raises:
        ReviewError: no; the message says why and quotes nothing.
    """
    known = {one.seq for one in events}
    match edit:
        case CutEvents(first=first, last=last):
            if first > last or first not in known or last not in known:
                raise _bad("these are no events of the recording, first to last")
        case CutApp(app=app):
            wanted = app.casefold()
            if not any(isinstance(one.event, Window) and one.event.app.casefold() == wanted for one in events):
                raise _bad("no window of that program is in the recording")
        case CutTime(start=start, end=end):
            if start > end:
                raise _bad("the time ends before it begins")
        case Paint():
            if edit.start > edit.end:
                raise _bad("the time ends before it begins")
            inside = (
                edit.x < header.screen_w and edit.y < header.screen_h and edit.x + edit.w > 0 and edit.y + edit.h > 0
            )
            if edit.w <= 0 or edit.h <= 0 or not inside:
                raise _bad("the rectangle holds nothing of the screen")
        case Label(mark=mark):
            if mark not in task_marks(events):
                raise _bad("no task begins there")
        case Task(first=first, last=last):
            if first > last or first not in known or last not in known:
                raise _bad("these are no events of the recording, first to last")
            if any(first <= mark <= last for mark in task_marks(events)):
                raise _bad("a task begins there already")
        case Note(seq=seq):
            if seq not in known:
                raise _bad("this is no event of the recording")


def task_marks(events: Iterable[Numbered]) -> list[int]:
    """Where the tasks of a recording begin; `WHOLE` where none is marked."""
    found = [one.seq for one in events if isinstance(one.event, Mark) and one.event.what == "task_begin"]
    return found or [WHOLE]


def follow(edit: Edit, moves: Sequence[Moved]) -> Edit | None:
    """The edit for the numbers events got when a part was forgotten; None where all it was about is gone."""
    match edit:
        case CutEvents(first=first, last=last) | Task(first=first, last=last):
            left = [
                place - run.old + run.new
                for run in moves
                for place in (max(first, run.old), min(last, run.old + run.count - 1))
                if run.old <= place < run.old + run.count and first <= place <= last
            ]
            return msgspec.structs.replace(edit, first=min(left), last=max(left)) if left else None
        case Label(mark=mark) if mark != WHOLE:
            now = _moved(mark, moves)
            return None if now is None else msgspec.structs.replace(edit, mark=now)
        case Note(seq=seq):
            now = _moved(seq, moves)
            return None if now is None else msgspec.structs.replace(edit, seq=now)
        case _:
            return edit


def says(edit: Edit) -> str:
    """The edit in words, for the list of edits."""
    match edit:
        case CutEvents(first=first, last=last):
            return f"cut event {first}" if first == last else f"cut events {first} to {last}"
        case CutApp(app=app):
            return f"cut everything in {words.shown(app)}"
        case CutTime(start=start, end=end):
            return f"cut {_at(start)} to {_at(end)}"
        case Paint():
            return f"paint {edit.w} × {edit.h} pixels at {edit.x}, {edit.y} from {_at(edit.start)} to {_at(edit.end)}"
        case Label(task=task, outcome=outcome):
            named = f'call the task "{words.shown(task)}"' if task else "leave the task without words"
            return f"{named}, {outcome}" if outcome else named
        case Task(first=first, last=last, task=task, outcome=outcome):
            named = f'task of events {first} to {last}: "{words.shown(task)}"'
            return f"{named}, {outcome}" if outcome else named
        case Note(seq=seq, text=text):
            return f'note at event {seq}: "{words.shown(text)}"'


def _at(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes}:{rest / 1000:04.1f}"


def _moved(seq: int, moves: Sequence[Moved]) -> int | None:
    return next((seq - run.old + run.new for run in moves if run.old <= seq < run.old + run.count), None)


def _bad(why: str) -> ReviewError:
    return ReviewError("bad_edit", why, fate="the edits are as they were")
