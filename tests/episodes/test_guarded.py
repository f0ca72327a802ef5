"""The same rules on what the real guard lets through of scripted raw events, with each set of streams."""

from __future__ import annotations

import pytest

from byhand.capture.scripted import script
from byhand.episodes.reduce import reduce
from byhand.events.kinds import Numbered
from tests.episodes.kept import told
from tests.privacy.rig import guard, run


def acts(text: str, *streams: str) -> list[str]:
    events = run(guard(*(streams or ("actions",))), script(text))
    return [told(act) for act in reduce(Numbered(seq, event) for seq, event in enumerate(events)).actions]


WORK = """
    00.0  focus   mail "Inbox - Mail" 0,0 800x600
    00.5  click   "Reply" (push button)
    01.5  element text "Message" states=editable
    02.0  type    "Thanks for this"
    +0.5  hotkey  ctrl+s
    +1.0  click   "Send" (push button)
"""


def test_work_in_a_mail_program_is_what_was_done():
    """A press, typing, a shortcut, a press; with the text where it was granted."""
    quiet, open_ = acts(WORK), acts(WORK, "actions", "text")
    assert quiet == [
        'click (push button) "Reply" [press.released]',
        'type (text) "Message" masked [run.chord]',
        'hotkey (text) "Message" Control+s [hotkey.released]',
        'click (push button) "Send" [press.released]',
    ]
    assert open_[0] == quiet[0]
    assert open_[2:] == quiet[2:]
    assert open_[1].startswith('type (text) "Message" \'Thanks')


def test_a_password_is_typing_and_nothing_of_it():
    """Not how long it was."""
    short, long = (
        acts(f'00.0 focus mail 0,0 800x600\n00.5 secret "{text}"\n+0.2 key Return', "actions", "text")
        for text in ("abc", "a much longer one")
    )
    assert short == long
    assert [line.split()[0] for line in short] == ["type", "key"]
    assert "masked" in short[0]


def test_an_accent_and_its_letter_are_one_sign():
    """As the guard rebuilds it."""
    text = """
        00.0  focus   editor 0,0 800x600
        00.1  element text "" states=editable
        00.5  key dead_acute
        +0.1  key e
        +0.1  type " "
        +0.1  key Tab
    """
    (typed, tab) = acts(text, "actions", "text")
    assert typed.startswith("type (text)")
    assert "Tab" in tab


def test_a_double_click_and_a_drag_are_told_apart():
    """By time and by place."""
    text = """
        00.0  focus  mail 0,0 800x600
        00.5  click  "Letter" (list item) double
        03.0  drag   100,100 300,100 for=0.5
    """
    double, drag = acts(text, "actions", "pointer")
    assert double.startswith("double_click (list item)")
    assert drag.startswith("drag 100,100 to 300,100 by ")


@pytest.mark.parametrize("streams", [("actions",), ("actions", "timing"), ("actions", "text", "timing", "pointer")])
def test_no_stream_changes_what_was_done(streams: tuple[str, ...]):
    """Only what is known of it."""
    assert [line.split()[0] for line in acts(WORK, *streams)] == ["click", "type", "hotkey", "click"]


def test_a_stay_in_a_program_that_is_not_listed_leaves_nothing_but_the_way_back():
    """Its keys are in no action."""
    text = """
        00.0  focus  mail 0,0 800x600
        00.5  click  "Reply" (push button)
        05.0  focus  games 0,0 800x600
        05.5  type   "hello"
        09.0  focus  mail
        09.5  click  "Send" (push button)
    """
    assert [line.split(" [")[0] for line in acts(text)] == ['click (push button) "Reply"', 'click (push button) "Send"']
