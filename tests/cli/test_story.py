"""A recording told in lines."""

from __future__ import annotations

from byhand.cli.story import plain, tell
from byhand.events.kinds import Numbered
from tests.cli.recordings import Script as Recording
from tests.cli.recordings import header


def told(recording: Recording) -> list[str]:
    numbered = (Numbered(seq, event) for seq, event in enumerate(recording.events))
    return [line[9:].strip() for line in plain(tell(header(), numbered))]


def test_a_press_and_a_release_with_their_element_are_one_click():
    """The element arrives after the release, and still names the click."""
    assert told(Recording().focus("mail").wait(500).click("push button", "Reply")) == [
        "mail         comes to the front",
        'click button "Reply"',
    ]


def test_two_clicks_in_one_place_are_a_double_click():
    """Only when they follow each other quickly."""
    quick = Recording().click("table cell", "Invoice").wait(50).click("table cell", "Invoice")
    slow = Recording().click("table cell", "Invoice").wait(900).click("table cell", "Invoice")
    assert told(quick) == ['double-click cell "Invoice"']
    assert told(slow) == ['click cell "Invoice"', 'click cell "Invoice"']


def test_a_release_elsewhere_is_a_drag():
    """The element is where the drag began."""
    recording = Recording().down(10, 10).wait(90).move().element("slider", "Volume", ago=90).wait(300).up(200, 12)
    assert told(recording) == ['drag slider "Volume" to 200, 12']


def test_typing_without_its_text_tells_only_how_much():
    """Withheld keys read as dots and a number, never as a guess."""
    recording = Recording().element("entry", "Subject", why="focus")
    for _ in range(7):
        recording.key("letter")
    assert told(recording) == ['type ••• (7 letters) in field "Subject"']


def test_typing_with_its_text_reads_as_text_and_corrections_are_applied():
    """A run is told as it ended up in the field."""
    recording = Recording().key("letter", "H", 1).key("letter", "i").key("letter", "q")
    recording.key("edit", "BackSpace").key("symbol", "exclam", 1)
    assert told(recording) == ['type "Hi!"']


def test_one_withheld_key_withholds_the_whole_run():
    """Half of a text could be taken for all of it."""
    assert told(Recording().key("letter", "a").key("letter").key("letter", "b")) == ["type ••• (3 letters)"]


def test_a_shortcut_is_named_and_counted():
    """Ctrl, Alt and Super make a shortcut; Shift alone does not."""
    recording = Recording().key("letter", "s", 4).wait(3000).key("letter", "z", 4).key("letter", "z", 4)
    assert told(recording) == ["press Ctrl+S", "press Ctrl+Z ×2"]


def test_a_named_key_is_told_by_its_name_or_its_class():
    """What the guard did not name is not named."""
    recording = Recording().key("enter", "Return").key("tab").key("tab")
    assert told(recording) == ["press Enter", "press Tab ×2"]


def test_scrolling_one_way_is_one_line():
    """A change of direction begins another."""
    recording = Recording().scroll(1).wait(100).scroll(2).wait(100).scroll(-1)
    assert told(recording) == ["scroll down 3 notches", "scroll up 1 notch"]


def test_gaps_and_withheld_input_are_told():
    """What is missing is said, with its length where that is known."""
    recording = Recording().mark("gap", "another app", 12_000).mark("withheld", "password").mark("gap", "lock screen")
    assert told(recording) == ["another app, 12 s", "typing, not kept: password", "lock screen"]


def test_a_task_is_told_in_the_persons_words():
    """The instruction stands at the top of what was done for it."""
    recording = (
        Recording().mark("task_begin", text="file the invoices").wait(10).key("enter", "Return").mark("task_end")
    )
    assert told(recording) == ["task: file the invoices", "press Enter", "the task ends"]


def test_a_click_that_brings_another_program_to_the_front_belongs_to_it():
    """The window manager moves the focus between press and release."""
    recording = Recording().focus("mail").wait(9000).down().wait(30).focus("editor").wait(30).up()
    assert told(recording) == ["mail         comes to the front", "editor       click at 5, 5", "comes to the front"]


def test_a_page_is_named_when_it_changes():
    """The address stands beside the first act on it."""
    one = {"origin": "https://shop.test", "page": "/cart"}
    recording = Recording().down().wait(20).up().element("link", "Cart", ago=20, **one).wait(2000)
    recording.down().wait(20).up().element("link", "Pay", ago=20, **one)
    assert told(recording) == ['click link "Cart"  shop.test/cart', 'click link "Pay"']


def test_an_act_keeps_its_place_by_its_first_event():
    """A held button does not let later acts overtake it."""
    recording = Recording().down().wait(3000).key("enter", "Return").wait(3000).up()
    assert told(recording) == ["click at 5, 5", "press Enter"]


def test_a_title_cannot_steer_the_terminal():
    """Escape sequences, line breaks and characters that turn text around are not passed on."""
    evil = "a\x1b[2Jb\nc\u202ed\x07"
    (line,) = told(Recording().focus("mail", evil))
    assert line == 'mail         comes to the front: "a\ufffd[2Jb c\ufffdd\ufffd"'


def test_a_title_of_a_megabyte_is_cut():
    """One line stays one line."""
    (line,) = told(Recording().focus("mail", "x" * 1_000_000))
    assert len(line) < 110
