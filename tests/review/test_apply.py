"""Promises of review.apply: laws of cutting, painting, labels and notes."""

from __future__ import annotations

from typing import Any

import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byhand.events.kinds import AnyEvent, Key, Mark, Text, Window
from byhand.privacy.frames.pixels import unpatch
from byhand.review import artefact
from byhand.review.apply import apply, cuts, is_bare
from byhand.review.draft import Draft
from byhand.review.edits import WHOLE, CutApp, CutEvents, CutTime, Edit, Label, Note, Paint, Task
from tests.review.recordings import Pen, header, work

EVENTS = work().numbered()
LAST = EVENTS[-1].seq
T = st.integers(0, 16_000)
SEQ = st.integers(0, LAST)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _cut_events(one: int, other: int) -> Edit:
    return CutEvents(*_ordered(one, other))


def _cut_time(one: int, other: int) -> Edit:
    return CutTime(*_ordered(one, other))


def _paint(x: int, y: int, w: int, h: int, one: int, other: int) -> Edit:
    return Paint(x, y, w, h, *_ordered(one, other))


EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_cut_events, SEQ, SEQ),
    st.sampled_from([CutApp("mail"), CutApp("notes")]),
    st.builds(_cut_time, T, T),
    st.builds(_paint, st.integers(-20, 250), st.integers(-20, 120), st.integers(1, 200), st.integers(1, 120), T, T),
    st.builds(Label, st.just(1), st.sampled_from(["file it", ""]), st.sampled_from(["", "done", "failed"])),
    st.builds(Note, SEQ, st.just("this was wrong")),
)
LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def leaving(edits: list[Edit], events: Any = EVENTS) -> tuple[AnyEvent, ...]:
    return artefact.read(artefact.pack(apply(header(), events, edits))).events


def everything(events: tuple[AnyEvent, ...]) -> bytes:
    """All that can be read from these events: every text, and the pixels of every patch."""
    told = b""
    for event in events:
        for name in event.__struct_fields__:
            value = getattr(event, name)
            if isinstance(value, bytes):
                for tile in unpatch(value):
                    told += tile.what if isinstance(tile.what, bytes) else str(tile.what).encode()
                told += zstandard.ZstdDecompressor().decompress(value)
            else:
                told += str(value).encode()
    return told


@LAWS
@given(st.lists(EDITS, max_size=6))
def test_the_same_edits_give_the_same_bytes_in_any_order_of_cuts(edits: list[Edit]) -> None:
    """Made twice, and made with the cuts the other way round."""
    assert artefact.pack(apply(header(), EVENTS, edits)) == artefact.pack(apply(header(), EVENTS, list(edits)))
    turned = sorted(edits, key=lambda edit: isinstance(edit, CutEvents | CutApp | CutTime))
    assert apply(header(), EVENTS, edits) == apply(header(), EVENTS, turned)


@LAWS
@given(st.lists(EDITS, max_size=6), EDITS)
def test_undo_restores_the_very_bytes(edits: list[Edit], one: Edit) -> None:
    """An edit and its undo leave no trace in what would leave."""
    draft = Draft(made=tuple(edits))
    there_and_back = draft.add(one).undo()
    assert apply(header(), EVENTS, there_and_back.made) == apply(header(), EVENTS, draft.made)
    assert apply(header(), EVENTS, there_and_back.redo().made) == apply(header(), EVENTS, [*edits, one])


@LAWS
@given(st.lists(EDITS, max_size=5))
def test_what_an_edit_cut_is_nowhere_in_the_bytes(edits: list[Edit]) -> None:
    """The event itself is gone; each unbroken run left one gap mark that tells nothing of it."""
    taken = cuts(EVENTS, edits)
    left = leaving(edits)
    zero = EVENTS[0].event.mono_ns
    for one, goes in zip(EVENTS, taken, strict=True):
        event = one.event
        if goes and not isinstance(event, Mark):
            here = [other for other in left if other.mono_ns == event.mono_ns - zero]
            assert type(event) not in {type(other) for other in here}
    gaps = [event for event in left if isinstance(event, Mark) and event.reason == "cut"]
    assert all((gap.by, gap.count, gap.text) == ("review.cut", 0, "") for gap in gaps)


@LAWS
@given(T, T, st.lists(EDITS, max_size=3))
def test_a_canary_in_a_cut_time_is_gone_whatever_else_is_edited(start: int, end: int, more: list[Edit]) -> None:
    """Each canary of the recording stands at a time; a cut over that time removes every trace of it."""
    start, end = _ordered(start, end)
    told = everything(leaving([*more, CutTime(start, end)]))
    for canary, times in {
        b"PIXELCANARY": (4_000,), b"WIRECANARY": (4_010,), b"BUTTONCANARY": (5_000,), b"TITLECANARY": (6_000,),
    }.items():  # fmt: skip
        if all(start <= t <= end for t in times):
            assert canary not in told


def test_a_word_is_cut_as_a_whole_from_either_side() -> None:
    """Cutting one key of it takes the text, cutting the text takes the keys."""
    text = next(one.seq for one in EVENTS if isinstance(one.event, Text) and one.event.text == "wordcanary")
    for seq in (text, text - 3):
        left = leaving([CutEvents(seq, seq)])
        assert not any(isinstance(event, Text) and event.text == "wordcanary" for event in left)
        typed = "".join(event.keysym for event in left if isinstance(event, Key) and event.down)
        assert typed == "thanks" + "space" + "a" + "space" + "lot"


def test_an_app_is_cut_with_text_that_was_told_after_the_focus_went_on() -> None:
    """Text says which window it stood in."""
    pen = Pen().mark(0, "start").focus(10, "notes", window=2).focus(500, "mail", window=1)
    at = pen._at(900)
    pen.events.append(Text(*at, "text.typed", "typed", "latecanary", 2))
    assert b"latecanary" not in everything(leaving([CutApp("Notes")], pen.numbered()))


def test_a_cut_recording_keeps_its_start_and_stop_and_is_bare() -> None:
    """Nothing but marks is left, and such a thing can't be shared."""
    shared = apply(header(), EVENTS, [CutEvents(0, LAST)])
    assert is_bare(shared)
    assert isinstance(shared.events[0], Mark)
    assert shared.events[0].what == "start"
    assert not is_bare(apply(header(), EVENTS, []))


def test_a_label_replaces_the_task_and_tells_the_outcome() -> None:
    """The newest label of a task counts; of the words before nothing is left."""
    left = leaving([Label(1, "sort the letters"), Label(1, "file the letters", "partly")])
    marks = [event for event in left if isinstance(event, Mark)]
    assert [mark.text for mark in marks if mark.what == "task_begin"] == ["file the letters"]
    assert [mark.reason for mark in marks if mark.what == "task_end"] == ["partly"]
    assert b"answer the mail" not in everything(left)
    assert b"sort the letters" not in everything(left)


def test_a_recording_without_a_task_can_get_one() -> None:
    """It begins after the start and ends before the stop."""
    events = Pen().mark(0, "start").focus(10, "mail").click(100, "Send").mark(900, "stop").numbered()
    left = leaving([Label(WHOLE, "send the mail", "done")], events)
    told = [event.what if isinstance(event, Mark) else type(event).__name__ for event in left]
    assert told == ["start", "task_begin", "Window", "Button", "Element", "Button", "task_end", "stop"]
    assert isinstance(left[1], Mark)
    assert left[1].text == "send the mail"


def test_several_tasks_of_one_recording_are_told_apart() -> None:
    """Each begins before its first event and ends behind its last, also where the next one follows at once."""
    pen = Pen().mark(0, "start").click(100, "New").click(200, "Send").click(300, "New").click(400, "Drop")
    events = pen.mark(900, "stop").numbered()
    second, first = Task(7, 12, "drop it", "failed"), Task(1, 6, "send it", "done")
    left = leaving([second, first], events)
    told = [f"{event.what} {event.text or event.reason}" for event in left if isinstance(event, Mark)]
    assert told == ["start ", "task_begin send it", "task_end done", "task_begin drop it", "task_end failed", "stop "]
    assert [isinstance(event, Mark) for event in left].index(True, 2) == 8, "six events are in the first"


def test_of_a_task_that_was_cut_no_word_is_left() -> None:
    """Not even that there was one."""
    events = Pen().mark(0, "start").click(100, "New").click(200, "Send").mark(900, "stop").numbered()
    left = leaving([Task(1, 3, "taskcanary", "done"), CutEvents(1, 3)], events)
    assert b"taskcanary" not in everything(left)
    assert not any(isinstance(event, Mark) and event.what in {"task_begin", "task_end"} for event in left)


def test_a_note_stands_behind_its_event_and_goes_with_it() -> None:
    """A note about something that was cut would tell of it."""
    seq = next(one.seq for one in EVENTS if isinstance(one.event, Window) and one.event.app == "notes")
    left = leaving([Note(seq, "the wrong program")])
    place = next(n for n, event in enumerate(left) if isinstance(event, Mark) and event.what == "note")
    assert isinstance(left[place - 1], Window)
    assert b"the wrong program" not in everything(leaving([Note(seq, "the wrong program"), CutApp("notes")]))
