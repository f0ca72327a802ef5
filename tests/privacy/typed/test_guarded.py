"""Typed text through the one door: which field, when, in which order, and never what is withheld."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Key, Mark, Text
from byhand.events.raw import Raw, RawElement, RawMotion, RawText
from byhand.privacy.guard import Guard
from byhand.privacy.text.types import At, Cleaned
from byhand.privacy.typed.ends import TOO_LONG, UNSURE
from byhand.privacy.typed.judge import NOT_CLEARED
from byhand.privacy.waiting import FAILED, NO_STREAM
from tests.privacy.rig import POLICY, guard, run, told

FOCUS = '00.0 focus mail "Inbox"\n00.1 element entry "Subject"\n'
SECRET_AFTER = '00.0 element password text "Password"'


def texts(events: list[AnyEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Text)]


def typed(text: str, *streams: str) -> list[str]:
    return texts(run(guard("text", *streams), script(FOCUS + text)))


def told_later(raws: list[Raw], ms: int) -> list[Raw]:
    """Words about password fields come so much later than they happened."""
    late = [
        RawElement(e.server_ms + ms, e.mono_ns + ms * 10**6, e.why, e.found, e.window, e.owner, e.role, e.name,
                   e.states, e.x, e.y, e.w, e.h, e.path, e.url)
        if isinstance(e, RawElement) and e.role == "password text" else e
        for e in raws
    ]  # fmt: skip
    return sorted(late, key=lambda raw: raw.mono_ns)


# ---- what is kept


def test_a_sentence_with_a_typo_is_kept_as_it_stood_in_the_field():
    """Before the key that ended it, with the window it went to."""
    kept = run(
        guard("text"),
        script(FOCUS + '01.0 type "please sned"\n+0.1 key BackSpace\n+0.1 key BackSpace\n+0.1 key BackSpace\n'
               '+0.1 type "end the report\\n"'),
    )  # fmt: skip
    (text,) = [event for event in kept if isinstance(event, Text)]
    assert (text.by, text.how, text.text, text.window) == ("text.typed", "typed", "please send the report", 1)
    after = next(event for event in kept[kept.index(text) :] if isinstance(event, Key) and event.down)
    assert after.keysym == "Return"


def test_what_is_private_in_it_is_a_placeholder():
    """A card with a corrected typo, an address."""
    line = '01.0 type "card 4539 1499"\n+0.1 key BackSpace\n+0.1 key BackSpace\n+0 type "88 0343 6467 to anna@x.org "'
    assert typed(line) == ["card <CARD> to <EMAIL> "]


def test_without_the_stream_there_is_no_text_and_nothing_else_is_told():
    """The grant without `text`, and the one with it, leave the same keys, marks and windows, but for the texts."""
    untitled = FOCUS.replace(' "Inbox"', "")
    story = untitled + '01.0 type "please send the report\\n"\n+1 secret "canary"\n+2 focus bank\n+3 focus mail'
    plain, rich = guard(), guard("text")
    bare = run(plain, script(story))
    kept = run(rich, script(story))
    assert not texts(bare)
    assert texts(kept)
    assert told([event for event in kept if not isinstance(event, Text)]) == told(bare)
    assert plain.tally.dropped == rich.tally.dropped


def test_a_program_without_the_stream_has_no_text():
    """The stream is granted for each program by itself."""
    policy = POLICY.replace('id = "mail"', 'id = "mail"\nstreams = ["actions"]')
    door = guard("text", policy=policy)
    assert not texts(run(door, script(FOCUS + '01.0 type "hello there\\n"')))
    door = guard("text", policy=policy)
    kept = run(door, script(FOCUS.replace("mail", "editor") + '01.0 type "hello there\\n"'))
    assert texts(kept) == ["hello there"]


def test_where_one_does_not_type_keys_are_no_text():
    """On a list, J is the next message."""
    story = '00.0 focus mail "Inbox"\n00.1 element list "Messages"\n01.0 type "hello there\\n"'
    assert not texts(run(guard("text"), script(story)))


# ---- when, and in which order


def test_everything_behind_a_text_waits_for_it():
    """Whatever the pointer did meanwhile comes after it."""
    door = guard("text", "pointer")
    raws = script(FOCUS + '01.0 type "hello "\n+2 move 50,50 for=0.05')
    kept = [event for raw in raws for event in door.feed(raw)]
    assert not texts(kept)
    assert door.held() > 0
    assert not [raw for raw in raws if isinstance(raw, RawMotion) and raw.mono_ns < raws[-20].mono_ns]
    last = raws[-1].mono_ns
    kept += door.settle(last + 1)
    names = [type(event).__name__ for event in kept]
    assert names.index("Text") < names.index("Motion")
    assert names.count("Motion") == len([raw for raw in raws if isinstance(raw, RawMotion)])
    assert all(a.mono_ns <= b.mono_ns and a.server_ms <= b.server_ms for a, b in pairwise(kept))


def test_a_text_tells_no_time_without_the_timing_stream():
    """It has the time of the event before it; with the stream its own."""
    story = FOCUS + '01.0 type "hello "\n+2 move 50,50 for=0.05'
    kept = run(guard("text", "pointer"), script(story))
    place = next(number for number, event in enumerate(kept) if isinstance(event, Text))
    assert kept[place].mono_ns == max(event.mono_ns for event in kept[:place])
    exact = next(e for e in run(guard("text", "timing"), script(story)) if isinstance(e, Text))
    assert exact.mono_ns == 1_000_000_000_000 + 1_520_000_000 + 250_000 + 1_500_000_000


def test_a_text_that_is_open_is_waited_for():
    """Whoever asks how much is held learns that something is; else nobody would come back for it."""
    door = guard("text")
    raws = script(FOCUS + '01.0 type "hello"')
    for raw in raws:
        door.feed(raw)
    kept = door.settle(raws[-1].mono_ns + 10**9)
    assert door.held() > 0
    kept = door.settle(raws[-1].mono_ns + 20 * 10**9)
    assert len(texts(kept)) == 1
    assert door.held() == 0


# ---- secrets


@pytest.mark.parametrize("by_ms", [0, 100, 290])
def test_a_password_typed_before_we_hear_of_its_field_is_no_text(by_ms: int):
    """The page moves the keyboard, its first letters follow at once."""
    raws = told_later(script(FOCUS + '01.0 type "hello there"\n+0.5 secret "hunter canary "\n+1 key Return'), by_ms)
    kept = run(guard("text"), raws)
    assert "hunter" not in "".join(texts(kept))
    assert "canary" not in "".join(texts(kept))


def test_a_password_that_went_to_a_field_taken_for_another_takes_the_open_text_along():
    """Accessibility is a second late: what is still open may belong to the password."""
    door = guard("text")
    raws = told_later(script(FOCUS + '01.0 secret "hunter canary"'), 900)
    assert texts(run(door, raws)) == []
    assert door.tally.dropped[UNSURE] == 1


def test_two_passwords_of_different_length_leave_the_same_recording_with_text_granted():
    """One mark, no text, the same counts."""
    short, long = guard("text", "timing"), guard("text", "timing")
    line = FOCUS + '01.0 secret "{}"\n09.0 key Return\n09.5 element entry "Subject"'
    first = run(short, script(line.format("a")))
    second = run(long, script(line.format("Tr0ub4dor&3 correct horse ")))
    assert first == second
    assert short.tally == long.tally


def test_a_word_that_goes_on_behind_a_grab_is_masked_on_both_sides():
    """What was typed meanwhile is withheld: half of a word must not stand there as a word."""
    line = '01.0 type "sun"\n01.5 grab\n01.6 type "shi"\n02.0 ungrab\n03.0 type "ne today\\n"'
    assert [re.sub("<[A-Z]+>", "<>", text) for text in typed(line)] == ["<>", "<> today"]


# ---- ends


@pytest.mark.parametrize("end", ["+0.5 pause", '+0.5 gap "queue full" 3', "+0.5 stop"])
def test_a_word_that_is_open_when_the_recording_pauses_or_loses_keys_is_masked(end: str):
    """Nobody knows how it goes on."""
    assert typed(f'01.0 type "send the table"\n{end}') == ["send the <PART>"]


def test_a_word_that_is_open_at_the_end_is_masked():
    """What had no time to be judged as a key is not in it at all."""
    door = guard("text")
    raws = script(FOCUS + '01.0 type "send the umbrella"')
    kept = [event for raw in raws for event in door.feed(raw)]
    kept += door.close(raws[-1].mono_ns)
    assert [re.sub("<[A-Z]+>", "<>", text) for text in texts(kept)] == ["send the <>"]
    assert door.held() == 0


def test_a_number_split_by_a_pause_does_not_come_through():
    """Before and after it, figures are masked."""
    line = '01.0 type "4539 1488 "\n+0.5 pause\n+5 resume\n+0 focus mail\n+0 element entry "Subject"\n'
    assert not any(figure.isdigit() for text in typed(line + '+1 type "0343 6467 \\n"') for figure in text)


# ---- texts that a driver knows


def raw_text(text: str, how: str, window: int = 0x400001, label: str = "", role: str = "") -> RawText:
    return RawText(1_001_000, 1_001_000 * 10**6, how, window, text, role, label)  # type: ignore[arg-type]


def given(raw: RawText, *streams: str, before: str = FOCUS) -> tuple[Guard, list[AnyEvent]]:
    door = guard(*streams)
    return door, run(door, [*script(before), raw])


@pytest.mark.parametrize("how", ["typed", "pasted", "value"])
def test_a_text_that_a_driver_knows_is_judged_like_a_typed_one(how: str):
    """An input method, the clipboard as a page tells it, a field's value."""
    before = FOCUS.replace("mail", "editor")
    _, kept = given(raw_text("send it to anna@example.org please ", how, role="entry"), "text", before=before)
    (text,) = [event for event in kept if isinstance(event, Text)]
    assert (text.by, text.how) == (f"text.{how}", how)
    assert text.text == "send it to <EMAIL> please "


@pytest.mark.parametrize(
    ("raw", "before"),
    [
        (raw_text("canary", "pasted"), FOCUS + '00.2 element password text "Password"'),
        (raw_text("canary", "value", label="PIN"), FOCUS),
        (raw_text("canary", "typed", role="password text"), FOCUS),
        (raw_text("canary", "pasted"), FOCUS + "00.2 element none"),
        (raw_text("canary", "pasted"), FOCUS + "00.2 grab"),
    ],
)
def test_a_text_in_a_secret_place_is_withheld_like_a_key(raw: RawText, before: str):
    """One mark, and nothing of it."""
    _, kept = given(raw, "text", before=before)
    assert not texts(kept)
    assert len([event for event in kept if isinstance(event, Mark) and event.what == "withheld"]) == 1


@pytest.mark.parametrize(
    ("raw", "before", "streams"),
    [
        (raw_text("hello there", "pasted", window=0x400002), FOCUS + "00.2 seen bank", ("text",)),
        (raw_text("hello there", "pasted"), FOCUS.replace("mail", "bank"), ("text",)),
        (raw_text("hello there", "pasted"), FOCUS, ()),
        (raw_text("hello there", "pasted"), '00.0 focus mail\n00.1 element list "Messages"', ("text",)),
    ],
)
def test_a_text_where_none_is_granted_is_dropped(raw: RawText, before: str, streams: tuple[str, ...]):
    """Another program, no grant, no field."""
    _, kept = given(raw, *streams, before=before)
    assert not texts(kept)


def test_a_text_of_a_megabyte_is_dropped_and_counted():
    """Nobody could judge it in time."""
    door, kept = given(raw_text("word " * 200_000, "pasted"), "text")
    assert not texts(kept)
    assert door.tally.dropped[TOO_LONG] == 1


def test_a_text_without_the_stream_is_counted():
    """No silent loss."""
    door, _ = given(raw_text("hello there", "pasted"))
    assert door.tally.dropped[NO_STREAM] == 1


# ---- failures


class Broken:
    """A cleaner that fails, and one that clears nothing."""

    def __init__(self, verdict: str) -> None:
        self._verdict = verdict

    def clean(self, text: str, at: At) -> Cleaned:
        if self._verdict == "raises":
            raise RuntimeError(text)
        return Cleaned("", (), "dropped")


@pytest.mark.parametrize(("verdict", "reason"), [("raises", FAILED), ("dropped", NOT_CLEARED)])
def test_a_text_that_can_not_be_judged_is_dropped_and_counted(verdict: str, reason: str):
    """Nothing else is lost with it."""
    door = guard("text")
    door._line._cleaner = Broken(verdict)  # type: ignore[assignment]  # what ships does not fail
    kept = run(door, script(FOCUS + '01.0 type "hello\\n"\n+1 click "Reply"'))
    assert not texts(kept)
    assert door.tally.dropped[reason] == 1
    assert "press push button Reply" in told(kept)
    assert b"hello" not in msgspec.msgpack.encode(kept)


def test_a_code_typed_into_six_boxes_is_not_kept_box_by_box():
    """Each sign of it has a field of its own; so have the groups of a number."""
    for signs in ("482913", "A7KQ2Z", ("078", "05", "112")):
        boxes = "".join(
            f'+0.3 element entry "Digit {place}"\n+0.2 type "{sign}"\n+0.1 key Tab\n'
            for place, sign in enumerate(signs)
        )
        kept = texts(run(guard("text"), script('00.0 focus mail "Inbox"\n' + boxes)))
        assert len(kept) > 2
        assert [re.sub("<[A-Z0-9-]+>", "", text) for text in kept[1:]] == [""] * (len(kept) - 1)
