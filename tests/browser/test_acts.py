"""Each thing a person does in a page is told once, rightly named, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from byhand.events.browser import Happened, Press
from tests.browser.pretend import Rig


def whys(told: list[Happened]) -> list[tuple[str, str, str]]:
    return [(one.why, one.element.name, one.value) for one in told]


def test_a_press_names_what_is_under_it(rig: Rig):
    """One press, with the role, the name, and selectors that find it again."""
    page = rig.open("form.html")
    page.click("#save")
    (press,) = rig.acts("press", "element")
    assert isinstance(press, Press)
    assert press.element
    assert (press.element.role, press.element.name, press.times, press.button) == ("button", "Save", 1, 1)
    assert "#save" in press.element.selectors


def test_a_thing_that_its_own_page_removes_is_still_named(rig: Rig):
    """It is described before the page's own listeners run."""
    page = rig.open("form.html")
    box = page.locator("#gone").bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    press = rig.acts("press")[0]
    assert press.element.name == "Vanish"


def test_a_double_click_is_two_presses_and_the_second_says_so(rig: Rig):
    """`times` counts quick presses at one place."""
    page = rig.open("form.html")
    page.dblclick("#save")
    assert [one.times for one in rig.acts("press")] == [1, 2]


def test_a_label_is_pressed_once_and_its_box_changes_once(rig: Rig):
    """The second click, which browsers make for a label's control, is nobody's act."""
    page = rig.open("form.html")
    page.click("#agreelabel")
    press, change = rig.acts("press", "element")
    assert press.element.tag == "label"
    assert (change.why, change.element.name, change.element.holds) == ("change", "I agree", "checked")


def test_typing_is_told_once_as_what_the_field_holds(rig: Rig):
    """Whatever was corrected on the way."""
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("Grete", delay=5)
    page.keyboard.press("Backspace")
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    assert whys(rig.acts("element")) == [("input", "Name", "Greta")]


def test_without_the_text_stream_no_text_is_told(rig: Rig):
    """Only that something was typed, and how long it is."""
    rig.records(streams=("actions",))
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    (typed,) = rig.acts("element")
    assert (typed.value, typed.element.holds) == ("", "3 characters")


def test_secret_and_masked_fields_tell_neither_text_nor_keys(rig: Rig):
    """Also where everything is granted."""
    page = rig.open("form.html")
    for field in ("#password", "#hidden"):
        page.click(field)
        page.keyboard.type("hunter2")
    page.click("#save")
    told = rig.pretend.flush()
    assert not any("hunter" in repr(msgspec.to_builtins(one)) for one in told)
    assert {one.key for one in rig.acts("key")} == {""}


def test_a_choice_in_a_list_is_told_by_its_label(rig: Rig):
    """A native list changes without any press in the page."""
    page = rig.open("form.html")
    page.focus("#country")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert whys(rig.acts("element")) == [("change", "Country", "Germany")]


def test_a_date_typed_in_parts_is_one_change(rig: Rig):
    """Each part of it fires its own events."""
    page = rig.open("form.html")
    box = page.locator("#when").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    page.keyboard.type("03152024")
    page.click("#save")
    assert whys(rig.acts("element")) == [("change", "When", "2024-03-15")]


def test_a_slider_and_the_arrows_of_a_number_are_changes(rig: Rig):
    """Not typing."""
    page = rig.open("form.html")
    page.focus("#size")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.focus("#count")
    page.keyboard.press("ArrowUp")
    page.click("#save")
    assert whys(rig.acts("element")) == [("change", "Size", "7"), ("change", "Count", "2")]


def test_files_are_told_by_number_and_ending_only(rig: Rig, tmp_path: Path):
    """Their names are words of a person."""
    page = rig.open("form.html")
    for name in ("my salary.PDF", "b.csv"):
        (tmp_path / name).write_text("x")
    with page.expect_file_chooser() as chooser:
        page.click("#paper")
    chooser.value.set_files([tmp_path / "my salary.PDF", tmp_path / "b.csv"])
    (chosen,) = rig.acts("element")
    assert (chosen.why, chosen.element.holds, chosen.value) == ("file", "2 files", ".csv .pdf")


def test_rich_text_is_a_field(rig: Rig):
    """What can be written in as a whole, not the paragraph in it."""
    page = rig.open("form.html")
    page.click("#note")
    page.keyboard.type("one")
    page.click("#save")
    assert whys(rig.acts("element")) == [("input", "Note", "one")]


def test_copying_and_pasting_are_told_without_what(rig: Rig):
    """That it happened, and which kinds of thing."""
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("word")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+V")
    page.keyboard.press("Tab")
    told = rig.acts("element")
    assert [(one.why, one.element.holds, one.value) for one in told if one.why != "input"] == [
        ("copy", "text", ""),
        ("paste", "text", ""),
    ]
    assert told[-1].value == "wordword"


def test_what_opens_and_closes_is_told(rig: Rig):
    """A disclosure, a dialog."""
    page = rig.open("form.html")
    page.click("summary")
    page.click("#open")
    page.click("#close")
    page.wait_for_timeout(50)
    assert [(one.why, one.element.tag) for one in rig.acts("element")] == [
        ("open", "details"),
        ("open", "dialog"),
        ("close", "dialog"),
    ]


def test_enter_in_a_form_is_typing_then_submitting(rig: Rig):
    """In that order, and a form that calls its fields `id` and `children` breaks nothing."""
    page = rig.open("form.html")
    page.click("#form [name=id]")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert [(one.why, one.element.tag, one.value) for one in rig.acts("element")] == [
        ("input", "input", "7"),
        ("submit", "form", ""),
    ]
