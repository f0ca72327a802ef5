"""One key chord that works everywhere."""

from __future__ import annotations

import queue

import pytest

from byhand.capture.x11.hotkey import Hotkey, parse_chord
from byhand.errors import UsageFault
from stage.desktop import Desktop
from stage.hands import Hands

CHORD = "ctrl+alt+shift+p"
HELD = ("Control_L", "Alt_L", "Shift_L")


def test_the_chord_is_heard_wherever_the_focus_is_and_whatever_is_locked(desktop: Desktop, hands: Hands) -> None:
    heard: queue.SimpleQueue[bool] = queue.SimpleQueue()
    hotkey = Hotkey(desktop.env, CHORD, lambda: heard.put(True))
    hotkey.start()
    assert hotkey.problem == ""
    hands.key("p", *HELD)
    assert heard.get(timeout=10)
    hands.key("Caps_Lock")
    try:
        hands.key("p", *HELD)
        assert heard.get(timeout=10)
    finally:
        hands.key("Caps_Lock")
    hands.key("p", "Control_L")
    hotkey.stop()
    hands.key("p", *HELD)
    assert heard.empty()


def test_a_chord_another_program_has_is_a_problem_in_words(desktop: Desktop) -> None:
    """Two recorders, or a desktop that uses it: it is said, and nothing breaks."""
    first, second = (Hotkey(desktop.env, CHORD, lambda: None) for _ in range(2))
    first.start()
    second.start()
    assert (first.problem, second.problem) == ("", f"another program already uses {CHORD}")
    second.stop()
    first.stop()
    second.start()
    assert second.problem == ""
    second.stop()


@pytest.mark.parametrize("chord", ["p", "", "ctrl+", "ctrl+nothing", "hyper+p", "ctrl++"])
def test_what_is_no_chord_is_refused(chord: str) -> None:
    with pytest.raises(UsageFault):
        parse_chord(chord)


def test_chords_are_read_as_people_write_them() -> None:
    assert parse_chord("Ctrl + Alt + Shift + P") == (4 | 8 | 1, ord("p"))
    assert parse_chord("super+F12") == (64, 0xFFC9)
