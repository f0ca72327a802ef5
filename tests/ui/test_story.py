"""A recording told as rows."""

from __future__ import annotations

import pytest

from byhand.events.kinds import AnyEvent, Numbered
from byhand.ui.story.rows import Row, tell
from tests.cli.recordings import Script as Recording

from .recordings import office


def rows(events: list[AnyEvent]) -> list[Row]:
    return list(tell(Numbered(seq, event) for seq, event in enumerate(events)))


def line(row: Row) -> str:
    return f"{row.app + ': ' if row.app else ''}{row.words}{'  ' + row.note if row.note else ''}"


def told(recording: Recording) -> list[str]:
    return [line(row) for row in rows(recording.events)]


def test_a_minute_of_work_reads_as_a_story():
    """One row an act: what was clicked by role and name, how much was typed, where something is missing and why."""
    assert [line(row) for row in tell(office())] == [
        "the recording starts",
        'thunderbird: comes to the front: "Inbox"',
        "task: answer the invoice mail and file the sum",
        'thunderbird: click button "Reply"',
        'thunderbird: type ••• (29 keys) in text area "Message body"',
        'thunderbird: click dropdown "Priority"',
        'thunderbird: click menu item "High"',
        "thunderbird: press Ctrl+S",
        "thunderbird: press Ctrl+Enter",
        "another app, 12 s",
        'chromium: comes to the front: "Expenses"',
        "chromium: scroll down 8 notches",
        'chromium: click field "Invoice number"',
        'chromium: type ••• (8 keys) in field "Invoice number"',
        'chromium: press Tab  → field "Amount"',
        'chromium: type ••• (6 keys) in field "Amount"',
        'chromium: click checkbox "Paid"',
        "typing, not kept: password field",
        'chromium: click button "Save"',
        "chromium: press Alt+Tab",
        'thunderbird: comes to the front: "Inbox"',
        'thunderbird: double-click button "Archive"',
        "the task ends",
        "the recording ends",
    ]


def test_motion_changes_no_row():
    """The same work with and without its pointer path reads the same."""
    told = [[line(row) for row in tell(office(path=path))] for path in (True, False)]
    assert told[0] == told[1]


def test_the_rows_are_in_order_of_their_time():
    """Whoever looks for the row of a moment may search by halves."""
    times = [row.ns for row in tell(office())]
    assert times == sorted(times)


def test_a_press_and_a_release_with_their_element_are_one_click():
    """The element arrives after the release, and still names the click."""
    assert told(Recording().focus("mail").wait(500).click("push button", "Reply")) == [
        "mail: comes to the front",
        'mail: click button "Reply"',
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


def test_a_text_that_was_kept_is_told_in_place_of_its_keys():
    """With its placeholders, and in one row, however often the person rested."""
    recording = Recording().focus("mail").wait(9000).element("entry", "Subject", why="focus")
    recording.key("letter").key("letter").wait(1500).said("the plan ").wait(500).key("letter").wait(9500)
    recording.said("for <NAME> ").wait(100).key("enter", "Return")
    assert told(recording)[1:] == ['mail: type "the plan for <NAME>" in field "Subject"', "mail: press Enter"]


def test_what_was_pasted_is_a_row_of_its_own():
    """And so is what a field held."""
    recording = Recording().focus("mail").wait(9000).key("letter", "v", 4).said("a line", "pasted")
    recording.wait(2000).said("on", "value")
    assert told(recording)[1:] == ["mail: press Ctrl+V", 'mail: paste "a line"', 'mail: stands there: "on"']


def test_a_text_that_comes_after_its_typing_went_by_is_told_by_itself():
    """Nothing that was kept is left out."""
    assert told(Recording().focus("mail").key("letter").wait(60_000).scroll(1).wait(60_000).said("late"))[1:] == [
        "mail: type ••• (1 letter)", "mail: scroll down 1 notch", 'mail: type "late"',
    ]  # fmt: skip


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
    assert told(recording) == ["mail: comes to the front", "editor: click at 5, 5  brings it to the front"]


def test_a_window_that_opens_on_a_click_is_told_after_it():
    """A click on a button of one program belongs to that program, whatever it opens."""
    recording = Recording().focus("mail").wait(9000).click("link", "Invoice").wait(300).focus("editor", "Invoice")
    assert told(recording)[1:] == ['mail: click link "Invoice"', 'editor: comes to the front: "Invoice"']


def test_a_drag_into_another_window_is_one_row():
    """The window that was pressed comes to the front, and its element gets the focus, before the button is up."""
    recording = Recording().focus("mail").wait(9000).down().wait(10).focus("editor", "letter")
    recording.element("text", "", why="focus").element("text", "", ago=10).wait(400).up(700, 500)
    assert told(recording)[1:] == ['editor: drag text area to 700, 500  brings "letter" to the front']


@pytest.mark.parametrize(("wait", "focus"), [(300, []), (2000, ['focus list "Messages"'])])
def test_a_focus_is_told_where_no_press_brought_it_about(wait: int, focus: list[str]):
    """A focus that follows a press says only again where one pressed."""
    recording = Recording().click("push button", "Inbox").wait(wait).element("list", "Messages", why="focus")
    assert told(recording) == ['click button "Inbox"', *focus]


def test_a_focus_that_passed_by_is_not_told():
    """Where the focus came to rest is what counts; typing that follows names it."""
    recording = Recording().element("list", "Messages", why="focus").wait(90).element("entry", "To", why="focus")
    assert told(recording) == ['focus field "To"']
    assert told(recording.wait(9000).key("letter")) == ['type ••• (1 letter) in field "To"']


def test_a_key_says_where_it_moved_the_focus():
    """The last place of a run of Tab is the one that counts."""
    recording = Recording().key("tab", "Tab").element("entry", "Sum", why="focus")
    recording.key("tab", "Tab").element("entry", "Date", why="focus")
    assert told(recording) == ['press Tab ×2  → field "Date"']


def test_a_gap_that_a_press_ends_comes_before_the_press():
    """The sensors tell the press first: only then is the listed program in front again."""
    recording = Recording().focus("mail").wait(20_000).down().wait(1).mark("gap", "another app", 12_000).wait(60).up()
    assert told(recording)[1:] == ["another app, 12 s", "mail: click at 5, 5"]
    times = [row.ns for row in rows(recording.events)]
    assert times == sorted(times)


def test_a_title_that_changes_is_told_and_does_not_end_the_typing():
    """An editor marks its title with the first key."""
    recording = Recording().focus("editor", "letter").wait(2000).key("letter", "a").titled("editor", "*letter")
    recording.key("letter", "b").titled("editor", "*letter")
    assert told(recording)[1:] == ['editor: type "ab"', 'editor: is now: "*letter"']


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
    (said,) = told(Recording().focus("mail", evil))
    assert said == 'mail: comes to the front: "a\ufffd[2Jb c\ufffdd\ufffd"'


def test_a_title_of_a_megabyte_is_cut():
    """One line stays one line."""
    (said,) = told(Recording().focus("mail", "x" * 1_000_000))
    assert len(said) < 110
