"""The scripted driver: what a line of script becomes."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TypeVar

import pytest

from byhand.capture.driver import Needs
from byhand.capture.scripted import ScriptedDriver, script
from byhand.errors import CaptureError, DisplayLost
from byhand.events.raw import (
    Raw,
    RawButton,
    RawElement,
    RawGrab,
    RawKey,
    RawLock,
    RawMark,
    RawMotion,
    RawScroll,
    RawText,
    RawWindow,
)

MAIL = '00.0 focus mail "Inbox - Mail" 10,20 800x600\n'
ALL = Needs(motion=True, elements=True, frames=False)


_Kind = TypeVar("_Kind", bound=Raw)


def only(kind: type[_Kind], events: Sequence[Raw]) -> list[_Kind]:
    return [event for event in events if isinstance(event, kind)]


def strokes(events: Sequence[Raw]) -> list[tuple[int, bool, int]]:
    return [(e.keysym, e.down, e.mods) for e in events if isinstance(e, RawKey)]


def test_the_same_script_gives_the_same_events() -> None:
    """A script is deterministic: both stamps and all fields."""
    text = MAIL + '00.4 click "Reply"\n01.2 type "Thanks!"\n'
    one, two = script(text), script(text)
    assert len(one) > 10
    assert [[getattr(e, name) for name in e.__slots__] for e in one] == [
        [getattr(e, name) for name in e.__slots__] for e in two
    ]


def test_stamps_never_go_back_and_both_tell_the_same_ms() -> None:
    """mono_ns is a multiple of 1000 and lies inside the ms that server_ms names."""
    events = script(MAIL + '00.4 click "Reply" double\n01.2 type "Hi There"\n+0.1 hotkey ctrl+s\n+1 drag 1,1 90,90\n')
    assert all(e.mono_ns % 1000 == 0 and e.mono_ns // 1_000_000 == e.server_ms for e in events)
    assert [e.mono_ns for e in events] == sorted(e.mono_ns for e in events)


def test_a_click_is_press_element_release_at_one_place() -> None:
    """The element carries the stamps of its press and lies under it."""
    press, element, release = script(MAIL + '00.4 click "Reply" (push button)\n')[1:]
    assert isinstance(press, RawButton)
    assert isinstance(element, RawElement)
    assert isinstance(release, RawButton)
    assert (press.down, release.down) == (True, False)
    assert (element.server_ms, element.mono_ns) == (press.server_ms, press.mono_ns)
    assert element.found
    assert (element.role, element.name, element.window) == ("push button", "Reply", press.window)
    assert element.x <= press.x < element.x + element.w
    assert element.y <= press.y < element.y + element.h


def test_a_click_without_a_name_says_that_nobody_answered() -> None:
    """An app without an accessibility tree is written as a click at a place."""
    (element,) = only(RawElement, script(MAIL + "00.4 click 50,60\n"))
    assert isinstance(element, RawElement)
    assert not element.found
    assert element.role == ""


def test_typing_shifts_where_the_us_layout_asks_for_it() -> None:
    """A capital letter is four strokes; the modifier mask is the one before each event."""
    assert strokes(script('00.0 type "aB"')) == [
        (0x61, True, 0), (0x61, False, 0), (0xFFE1, True, 0), (0x42, True, 1), (0x42, False, 1), (0xFFE1, False, 1),
    ]  # fmt: skip


def test_a_hotkey_holds_its_modifiers() -> None:
    """ctrl+shift+s is the letter with both bits set."""
    assert (0x53, True, 5) in strokes(script("00.0 hotkey ctrl+shift+s"))


def test_a_secret_is_typed_into_a_password_field() -> None:
    """The password field gets the focus before the first key."""
    element, first, *_ = script(MAIL + '01.0 secret "hunter2"\n')[1:]
    assert isinstance(element, RawElement)
    assert (element.why, element.role) == ("focus", "password text")
    assert isinstance(first, RawKey)


def test_an_element_in_focus_has_a_role_of_several_words_and_an_address() -> None:
    """Everything before the quote is the role."""
    (element,) = only(RawElement, script(MAIL + '05.0 element password text "Password" url=https://a.example/in\n'))
    assert isinstance(element, RawElement)
    assert (element.why, element.role, element.name, element.url) == (
        "focus",
        "password text",
        "Password",
        "https://a.example/in",
    )


def test_windows_keep_their_number_and_two_of_one_app_differ() -> None:
    """A later title change names the same window; mail#2 is another one of the same app and process."""
    events = script(MAIL + '01 title mail "Sent"\n02 focus mail#2 "Draft"\n03 focus none\n')
    first, renamed, second, nothing = (event for event in events if isinstance(event, RawWindow))
    assert (renamed.window, renamed.title, renamed.x, renamed.w) == (first.window, "Sent", 10, 800)
    assert second.window != first.window
    assert (second.app, second.pid) == (first.app, first.pid)
    assert (nothing.window, nothing.app) == (0, "")


def test_a_click_may_fall_into_a_window_without_the_focus() -> None:
    """`in APP` names it; a window nobody saw is an error."""
    events = script("00 seen bank\n" + MAIL + '01 click "Pay" in bank\n')
    bank = events[0]
    assert isinstance(bank, RawWindow)
    assert {e.window for e in events if isinstance(e, RawButton)} == {bank.window}
    with pytest.raises(CaptureError, match="line 1 of the script"):
        script('00 click "Pay" in bank')


def test_the_rest_of_the_verbs() -> None:
    """Locks, grabs, marks, scrolls and moves become their raw events."""
    events = script(
        '0 lock\n1 unlock\n2 grab\n3 ungrab\n4 scroll 3 -1.5\n5 move 100,50 for=0.08\n6 task "file it"\n'
        '7 done\n8 gap "lost" 3\n9 lost'
    )
    assert [e.active for e in events if isinstance(e, RawLock)] == [True, False]
    assert [e.active for e in events if isinstance(e, RawGrab)] == [True, False]
    assert [(e.dx, e.dy) for e in events if isinstance(e, RawScroll)] == [(-1.5, 3.0)]
    moves = [(e.x, e.y) for e in events if isinstance(e, RawMotion)]
    assert len(moves) == 10
    assert moves[-1] == (100, 50)
    assert [(e.what, e.text) for e in events if isinstance(e, RawMark)] == [("task_begin", "file it"), ("task_end", "")]


def test_a_text_that_a_driver_knows_says_how_it_came_and_where_it_went() -> None:
    """An input method, a paste, a field's value; a paste is also the keys that made it."""
    events = script(MAIL + '00.1 text typed "你好" (entry) label=Subject\n00.2 paste "a line" in mail\n')
    texts = only(RawText, events)
    assert [(e.how, e.text, e.role, e.label) for e in texts] == [
        ("typed", "你好", "entry", "Subject"), ("pasted", "a line", "", ""),
    ]  # fmt: skip
    assert {e.window for e in texts} == {only(RawWindow, events)[0].window}
    assert [(e.keysym, e.mods) for e in only(RawKey, events) if e.down] == [(0xFFE3, 0), (0x76, 4)]


def test_an_accent_is_a_key_of_its_own() -> None:
    """A dead key, then its letter."""
    events = script(MAIL + "00.1 key dead_acute\n00.3 key e")
    assert [e.keysym for e in only(RawKey, events) if e.down] == [0xFE51, 0x65]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("soon click", "begin with a time"),
        ("1.0", "verb is missing"),
        ("1.0 jump", "no verb 'jump'"),
        ("1.0 type hello", "does not take 'hello'"),
        ('1.0 type "aaaaaaaaaaaa"\n1.5 click "x"', "line 4 .* ended, at 2.20 s"),
        ("1.0 key Retrun", "no key 'Retrun'"),
        ("1.0 hotkey s", "hotkey takes modifiers"),
        ("1.0 scroll far", "notches"),
        ('1.0 text dictated "hello"', "how it came"),
    ],
)
def test_a_bad_line_is_named(bad: str, says: str) -> None:
    """The message gives the line's number and what to write instead."""
    with pytest.raises(CaptureError, match=says) as caught:
        script("# a comment\n\n" + bad)
    assert "of the script" in caught.value.message


def test_the_driver_goes_on_where_it_was_stopped_and_says_again_which_window_has_the_focus() -> None:
    """Pause and resume: nothing is played twice, nothing is left out."""
    driver = ScriptedDriver(MAIL + '01.5 click "One"\n01.6 click "Two"\n', realtime=True)
    first: list[Raw] = []
    second: list[Raw] = []
    said = threading.Event()

    def emit(batch: Sequence[Raw]) -> None:
        first.extend(batch)
        said.set()

    driver.start(ALL, emit, lambda _: None)
    assert said.wait(5)
    driver.stop()
    driver.start(ALL, second.extend, lambda _: None)
    assert driver.wait(5)
    driver.stop()
    assert [type(e) for e in first] == [RawWindow]
    assert [e.change for e in second if isinstance(e, RawWindow)] == ["seen", "focus"]
    assert [e.name for e in second if isinstance(e, RawElement)] == ["One", "Two"]


def test_a_lost_display_is_told_once() -> None:
    """The driver calls `lost` and plays no further."""
    said: list[Exception] = []
    got: list[Raw] = []
    driver = ScriptedDriver(MAIL + '00.1 lost\n00.2 click "Late"\n')
    driver.start(ALL, got.extend, said.append)
    assert driver.wait(5)
    driver.stop()
    assert [type(e) for e in said] == [DisplayLost]
    assert not only(RawElement, got)
