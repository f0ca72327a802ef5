"""A recording and its edits -> what would be shared. Pure.

Rules of this module: all edits count together, whatever their order, but for labels: of those for one task the newest
counts. What is cut leaves one gap mark per unbroken run, as forgetting does (`vault.cutting`). Typing is cut as a
whole: a word whose keys are partly cut would still be told by its text, and the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from byhand.events.kinds import AnyEvent, Header, Key, Mark, Numbered, Text
from byhand.events.time import MS
from byhand.review.artefact import Shared, shared_header
from byhand.review.covering import cover
from byhand.review.edits import WHOLE, CutApp, CutEvents, CutTime, Edit, Label, Note, Paint, Task
from byhand.review.painting import Span, paint
from byhand.vault.cutting import cut, taken_by_app

BY = "review.cut"
REASON = "cut"
PERSON = "person.mark"


def apply(header: Header, numbered: Sequence[Numbered], edits: Sequence[Edit]) -> Shared:
    """What would be shared.

    Args:
        header: of the recording.
        numbered: all its events, in order.
        edits: the person's, oldest first; each was checked (`edits.check`).

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    events = [one.event for one in numbered]
    places = {one.seq: place for place, one in enumerate(numbered)}
    taken = cuts(numbered, edits)
    shown, after = _changed(numbered, taken, edits)
    for note in (edit for edit in edits if isinstance(edit, Note)):
        place = places[note.seq]
        if not taken[place]:
            after.setdefault(place, []).append(_mark(events[place], "note", note.text))
    script: list[AnyEvent] = []
    goes: list[bool] = []
    for place in range(-1, len(shown)):
        event = shown[place] if place >= 0 else None
        if event is not None:
            script.append(event)
            goes.append(taken[place])
        script += after.get(place, [])
        goes += [False] * len(after.get(place, []))
    return Shared(shared_header(header), _from_zero(cut(script, goes, by=BY, reason=REASON), events))


def changed(numbered: Sequence[Numbered], edits: Sequence[Edit]) -> list[Numbered]:
    """The recording's events as edits change them, under their own numbers; nothing is cut or added yet."""
    shown, _ = _changed(numbered, cuts(numbered, edits), edits)
    return [Numbered(one.seq, event) for one, event in zip(numbered, shown, strict=True) if event is not None]


def _changed(
    numbered: Sequence[Numbered], taken: Sequence[bool], edits: Sequence[Edit]
) -> tuple[list[AnyEvent | None], dict[int, list[AnyEvent]]]:
    places = {one.seq: place for place, one in enumerate(numbered)}
    over = spans(numbered, edits)
    painted = paint([one.event for one in numbered], taken, over)
    made, after = _labelled(cover(painted, over), places, edits)
    _told_apart([one.event for one in numbered], taken, places, edits, after)
    return made, after


def cuts(numbered: Sequence[Numbered], edits: Sequence[Edit]) -> list[bool]:
    """Which events the edits cut together."""
    events = [one.event for one in numbered]
    taken = [False] * len(events)
    for edit in edits:
        match edit:
            case CutEvents(first=first, last=last):
                found = [first <= one.seq <= last for one in numbered]
            case CutApp(app=app):
                found = taken_by_app(app)(events)
            case CutTime(start=start, end=end):
                from_ns, to_ns = _between(events, start, end)
                found = [from_ns <= event.mono_ns <= to_ns for event in events]
            case Paint() | Label() | Task() | Note():
                continue
        taken = [one or other for one, other in zip(taken, found, strict=True)]
    return _whole_words(events, taken) if any(taken) else taken


def spans(numbered: Sequence[Numbered], edits: Sequence[Edit]) -> list[Span]:
    """What the edits paint."""
    events = [one.event for one in numbered]
    return [
        Span(edit.x, edit.y, edit.x + edit.w, edit.y + edit.h, *_between(events, edit.start, edit.end))
        for edit in edits
        if isinstance(edit, Paint)
    ]


def is_bare(shared: Shared) -> bool:
    """Nothing is left but marks."""
    return all(isinstance(event, Mark) for event in shared.events)


def _between(events: Sequence[AnyEvent], start_ms: int, end_ms: int) -> tuple[int, int]:
    """Both ends inside: the last ms is taken whole."""
    zero = events[0].mono_ns if events else 0
    return zero + start_ms * MS, zero + end_ms * MS + MS - 1


def _whole_words(events: Sequence[AnyEvent], taken: list[bool]) -> list[bool]:
    """Text that was typed and the keys it was made of stay or go together."""
    made = list(taken)
    keys: list[int] = []
    for place, event in enumerate(events):
        if isinstance(event, Key):
            keys.append(place)
        elif isinstance(event, Text) and event.how == "typed":
            run = [*keys, place]
            if any(taken[one] for one in run):
                for one in run:
                    made[one] = True
            keys = []
        elif isinstance(event, Mark) and event.what in {"start", "resume", "gap"}:
            keys = []
    return made


def _labelled(
    shown: Sequence[AnyEvent | None], places: dict[int, int], edits: Sequence[Edit]
) -> tuple[list[AnyEvent | None], dict[int, list[AnyEvent]]]:
    """The events with tasks renamed, and the marks to add: place -> what comes after it (-1: before all)."""
    made = [_said_once(event) for event in shown]
    after: dict[int, list[AnyEvent]] = {}
    if not any(event is not None for event in shown):
        return made, after
    newest = {edit.mark: edit for edit in edits if isinstance(edit, Label)}
    for mark, label in newest.items():
        begin = places[mark] if mark != WHOLE else _first(made)
        event = made[begin] if begin >= 0 else next(event for event in made if event is not None)
        assert event is not None
        if mark == WHOLE:
            after.setdefault(begin, []).insert(0, _mark(event, "task_begin", label.task))
        elif isinstance(event, Mark):
            made[begin] = msgspec.structs.replace(event, text=label.task, by=PERSON)
        if label.outcome:
            _end(made, after, begin, label.outcome)
    return made, after


def _told_apart(
    events: Sequence[AnyEvent], taken: Sequence[bool], places: dict[int, int], edits: Sequence[Edit],
    after: dict[int, list[AnyEvent]],
) -> None:  # fmt: skip
    """Marks of the tasks that a person told apart. Of one that was cut whole there are none: they would tell of it."""
    for task in (edit for edit in edits if isinstance(edit, Task)):
        first, last = places[task.first], places[task.last]
        if all(taken[first : last + 1]):
            continue
        end = msgspec.structs.replace(_mark(events[last], "task_end", ""), reason=task.outcome)
        after.setdefault(first - 1, []).append(_mark(events[first], "task_begin", task.task))
        after.setdefault(last, []).insert(0, end)  # before the next one's begin


def _said_once(event: AnyEvent | None) -> AnyEvent | None:
    """A task's words stand where it begins, and only there: who cuts or renames them there has done so everywhere."""
    if isinstance(event, Mark) and event.what == "task_end" and event.text:
        return msgspec.structs.replace(event, text="")
    return event


def _first(events: Sequence[AnyEvent | None]) -> int:
    """The place after which the whole recording's task begins: its start, if that comes first."""
    event = events[0]
    return 0 if isinstance(event, Mark) and event.what == "start" else -1


def _end(made: list[AnyEvent | None], after: dict[int, list[AnyEvent]], begin: int, outcome: str) -> None:
    """Say how the task that begins at `begin` ended: at its end mark, or at one put before what ends it."""
    last = begin
    for place in range(begin + 1, len(made)):
        event = made[place]
        if isinstance(event, Mark) and event.what == "task_end":
            made[place] = msgspec.structs.replace(event, reason=outcome, by=PERSON)
            return
        if isinstance(event, Mark) and event.what in {"task_begin", "stop"}:
            break
        last = place
    near = made[last] if last >= 0 else None
    near = near or next(event for event in made if event is not None)
    after.setdefault(last, []).append(msgspec.structs.replace(_mark(near, "task_end", ""), reason=outcome))


def _mark(near: AnyEvent, what: str, text: str) -> Mark:
    made = Mark(near.server_ms, near.mono_ns, PERSON, "note", "", 0, 0, text)
    return made if what == "note" else msgspec.structs.replace(made, what=what)


def _from_zero(events: Sequence[AnyEvent], recorded: Sequence[AnyEvent]) -> tuple[AnyEvent, ...]:
    """Stamps that count from the recording's first event: how long the computer was on joins recordings."""
    if not recorded:
        return ()
    first = recorded[0]
    replace = msgspec.structs.replace
    return tuple(
        replace(event, server_ms=event.server_ms - first.server_ms, mono_ns=event.mono_ns - first.mono_ns)
        for event in events
    )
