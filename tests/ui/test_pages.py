"""What a browser tells, as rows: each thing once, in plain words, with and without a desktop that tells of it too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.recordings import Script as Recording
from tests.ui.test_story import told


def shop() -> Recording:
    """A browser in front, and long enough ago to bring about nothing."""
    return Recording().focus("chromium", "Orders").wait(5_000)


def rows(recording: Recording) -> list[str]:
    return [row.removeprefix("chromium: ") for row in told(recording)[1:]]


def press(recording: Recording, role: str, name: str, *, x: int = 30, y: int = 30, **more: Any) -> Recording:
    """A button goes down, the page tells what is there, the button goes up."""
    return recording.down(x, y).told("press", role, name, **{"times": 1, **more}).wait(60).up(x, y).wait(200)


def test_a_press_seen_from_both_sides_is_one_click_named_by_the_page():
    """Whoever tells first: the button, the desktop's element, or the page."""
    expected = ['click button "Save"']
    assert rows(press(shop(), "push button", "Save")) == expected
    late = shop().down(30, 30).element("section", "").wait(20).told("press", "push button", "Save").wait(40).up(30, 30)
    assert rows(late) == expected
    early = shop().told("press", "push button", "Save").wait(20).down(30, 30).element("section", "").wait(40).up(30, 30)
    assert rows(early) == expected


def test_a_double_click_is_one_also_where_the_page_is_ahead():
    """Two presses of one element, two buttons."""
    after = shop()
    for times in (1, 2):
        after.down(30, 30).told("press", "table row", "Orders", times=times).wait(60).up(30, 30).wait(60)
    ahead = shop()
    for times in (1, 2):
        ahead.told("press", "table row", "Orders", times=times).wait(2).down(30, 30).wait(60).up(30, 30).wait(60)
    assert rows(after) == rows(ahead) == ['double-click row "Orders"']


def test_a_press_the_desktop_does_not_tell_of_is_a_click_too():
    """Nothing that was kept is left out."""
    assert rows(shop().told("press", "push button", "Save").wait(3_000)) == ['click button "Save"']


def test_two_presses_one_after_the_other_are_two_clicks():
    """Each belongs to its own button."""
    twice = press(press(shop(), "push button", "Save").wait(600), "push button", "Send", node=4)
    assert rows(twice) == ['click button "Save"', 'click button "Send"']


def test_a_box_that_a_press_checked_is_one_act():
    """Pressed itself, or by its label."""
    itself = press(shop(), "check box", "Agree", node=3).told("change", "check box", "Agree", node=3, holds="checked")
    label = press(shop(), "label", "Agree", node=2).told("change", "check box", "Agree", node=3, holds="unchecked")
    radio = press(shop(), "radio button", "Red", node=3).told("change", "radio button", "Red", node=3, holds="checked")
    assert [*rows(itself), *rows(label), *rows(radio)] == ['check "Agree"', 'uncheck "Agree"', 'choose option "Red"']


def test_an_option_is_chosen_once():
    """By keys, or with a press on a menu that only the desktop sees."""
    keys = shop().key("move", "Down").wait(2_000).told("change", "combo box", "Country", value="Germany")
    assert rows(keys) == ["press Down", 'choose "Germany" in dropdown "Country"']
    menu = shop().click("menu item", "Germany").told("change", "combo box", "Country", value="Germany")
    assert rows(menu) == ['choose "Germany" in dropdown "Country"']
    withheld = shop().told("change", "combo box", "Country", holds="option 3 of 12")
    assert rows(withheld) == ['choose option 3 of 12 in dropdown "Country"']


def test_what_a_field_holds_is_told_in_place_of_its_keys():
    """With its placeholders; without the text its kind."""
    recording = shop().told("focus", "entry", "Customer").wait(300)
    for _ in range(7):
        recording.key("letter")
    keys = len(recording.events)
    assert rows(recording.told("input", "entry", "Customer", value="<NAME> pays")) == [
        'type "<NAME> pays" in field "Customer"'
    ]
    del recording.events[keys:]
    assert rows(recording.told("input", "entry", "Customer")) == ['type ••• (7 letters) in field "Customer"']
    alone = shop().told("input", "entry", "Customer", holds="12 characters")
    assert rows(alone) == ['type ••• (12 characters) in field "Customer"']


def test_what_was_typed_into_a_secret_field_is_told_once():
    """The mark says it."""
    secret = shop().mark("withheld", "password field").wait(500).told("input", "password text")
    assert told(secret)[1:] == ["typing, not kept: password field"]


def test_a_focus_seen_from_both_sides_is_one():
    """Also where their boxes differ by a frame's edge."""
    both = shop().element("entry", "Customer", why="focus").wait(20).told("focus", "entry", "Customer").wait(5_000)
    assert rows(both) == ['focus field "Customer"']


def test_a_drag_says_what_was_dropped_on_what():
    """From one element to the other."""
    recording = shop().down(30, 30).told("press", "table row", "A", times=1).wait(300).told("drag", "table row", "A")
    recording.wait(200).up(300, 200).told("drop", "list", "B", box=(250, 150, 100, 100))
    assert rows(recording) == ['drag row "A" → list "B"']


@pytest.mark.parametrize(
    ("why", "role", "name", "more", "row"),
    [
        ("copy", "entry", "Customer", {"holds": "text"}, 'copy text in field "Customer"'),
        ("paste", "entry", "Customer", {}, 'paste in field "Customer"'),
        ("file", "push button", "Attachment", {"holds": "1 file"}, 'choose a file in "Attachment"'),
        ("file", "push button", "A", {"holds": "3 files", "value": ".pdf"}, 'choose 3 files in "A"  .pdf'),
        ("submit", "form", "", {}, "submit form"),
        ("hover", "menu", "File", {}, 'rest on menu "File"'),
        ("open", "dialog", "Settings", {}, 'dialog "Settings" opens'),
        ("close", "dialog", "Settings", {}, 'dialog "Settings" closes'),
        ("change", "slider", "Volume", {"value": "30"}, 'set slider "Volume" to "30"'),
        ("change", "entry", "", {}, "change field"),
    ],
)  # fmt: skip
def test_everything_that_happens_to_an_element_has_words(
    why: str, role: str, name: str, more: dict[str, Any], row: str
):
    """As far as its name was kept."""
    assert rows(shop().told(why, role, name, **more)) == [row]


def test_what_an_act_brought_about_is_said_with_it():
    """A form that a button sent, a text that a shortcut copied."""
    sent = press(shop(), "push button", "Send").told("submit", "form")
    copied = shop().key("letter", "c", 4).told("copy", "entry", "Customer")
    assert [*rows(sent), *rows(copied)] == ['click button "Send"  submits the form', "press Ctrl+C  copies"]


def test_pages_and_tabs_are_told_once():
    """Not the frames in them; and a click in a page that was told of needs not say where it is."""
    recording = shop().page("loaded", "/orders/{id}", "Orders").page("loaded", "/part", frame=2).wait(2_000)
    press(recording, "push button", "Save", origin="https://work.example.org", page="/orders/{id}", tab=1, frame=1)
    recording.wait(2_000).page("moved", "/orders").page("tab switched", "/", "Mail", tab=2, frame=0)
    recording.page("window left", tab=2, frame=0).page("tab closed", "/", tab=2, frame=0).page("download", frame=0)
    assert rows(recording) == [
        'page opens: "Orders" work.example.org/orders/{id}', 'click button "Save"',
        "page moves on to work.example.org/orders", 'another tab: "Mail" work.example.org/',
        "a tab closes: work.example.org/", "a download begins on work.example.org/",
    ]  # fmt: skip
