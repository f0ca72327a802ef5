"""What is kept of each thing that people do in pages, by the whole real way: from the vault, as `byhand show --json`
tells it. (What the extension tells before the guard has seen it: test_acts, test_widgets.)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.cases import Rig, drag, middle, presses, worked
from tests.browser.recorded import acts

NAME = "Zq7file9Vx"


@pytest.fixture(scope="module")
def rig(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with worked(play, tmp_path_factory.mktemp("b")) as rig:
        yield rig


def test_an_icon_or_a_word_in_a_button_is_the_button(rig: Rig):
    """What lies in a control is a part of it, as for accessibility."""
    page = rig.case()
    page.click("#lens")
    page.click("#word")
    page.click("#link span")
    assert presses(rig.kept()) == [("push button", "Search"), ("push button", "Save order"), ("link", "Next")]


def test_a_list_is_chosen_in_by_mouse_and_by_keyboard(rig: Rig):
    """Its popup is no part of the page: the option is told as one change."""
    page = rig.case()
    page.click("#country")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.focus("#country")
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert rig.acts() == [
        ("press", "combo box", "Country", ""),
        ("change", "combo box", "Country", "Germany"),
        ("change", "combo box", "Country", "Spain"),
    ]


def test_of_a_list_of_many_all_that_is_chosen_is_told(rig: Rig):
    """Each press on an option, and each time what is chosen by then."""
    page = rig.case()
    page.locator("#days option").nth(0).click()
    page.locator("#days option").nth(2).click(modifiers=["Control"])
    page.focus("#subject")
    assert rig.acts() == [
        ("press", "list item", "Monday", ""),
        ("change", "list box", "", "Monday"),
        ("press", "list item", "Friday", ""),
        ("change", "list box", "", "Monday, Friday"),
    ]


def test_a_date_and_a_time_are_one_change_each(rig: Rig):
    """Typed part by part. A day of somebody's life is a number that is not kept."""
    page = rig.case()
    for name, typed in (("#date", "03152027"), ("#time", "0930AM")):
        page.locator(name).click(position={"x": 8, "y": 8})
        page.keyboard.type(typed)
    page.focus("#subject")
    assert rig.acts() == [
        ("press", "date editor", "Date", ""),
        ("change", "date editor", "Date", "<NUMBER>"),
        ("press", "date editor", "Time", ""),
        ("change", "date editor", "Time", "09:30"),
    ]


def test_a_colour_is_chosen_in_a_popup(rig: Rig):
    """Which is no part of the page."""
    page = rig.case()
    page.click("#color")
    page.wait_for_timeout(300)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.focus("#subject")
    press, (*change, colour) = rig.acts()
    assert press == ("press", "push button", "Color", "")
    assert change == ["change", "push button", "Color"]
    assert colour.startswith("#<NUMBER")


def test_a_suggestion_that_was_picked_is_the_fields_change(rig: Rig):
    """By the keyboard, in a box that says it is one. What was typed so far comes first."""
    page = rig.case()
    page.click("#town")
    page.keyboard.type("ber")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(250)
    assert rig.acts() == [
        ("press", "combo box", "Category", ""),
        ("input", "combo box", "Category", "ber"),
        ("change", "combo box", "Category", "<PLACE>"),
    ]


def test_a_box_changes_once_however_its_label_lies(rig: Rig):
    """Around it, beside it, or not pressed at all. A switch that a script moves is told by its press."""
    page = rig.case()
    page.locator("#inlabel").click(position={"x": 60, "y": 8})
    page.click("#inbox")
    page.click("#forlabel")
    page.click("#small")
    page.locator("#largelabel").click(position={"x": 40, "y": 8})
    page.click("#switch")
    label = ("press", "unknown", "", "")
    assert rig.acts() == [
        label,
        ("change", "check box", "Reminder", ""),
        ("press", "check box", "Reminder", ""),
        ("change", "check box", "Reminder", ""),
        label,
        ("change", "check box", "Notification", ""),
        ("press", "radio button", "Small", ""),
        ("change", "radio button", "Small", ""),
        label,
        ("change", "radio button", "Large", ""),
        ("press", "switch", "Dark mode", ""),
    ]


def test_of_a_file_only_its_kind_is_kept(rig: Rig, tmp_path: Path):
    """Its name is a person's words."""
    (tmp_path / f"{NAME}.pdf").write_text("x")
    page = rig.case()
    with page.expect_file_chooser():
        page.click("#attachment")
    # Playwright's own way forges the events of a browser that it did not start.
    session = rig.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": "attachment"})["result"]["objectId"]
    session.send("DOM.setFileInputFiles", {"files": [str(tmp_path / f"{NAME}.pdf")], "objectId": found})
    page.wait_for_timeout(100)
    events = rig.kept()
    assert acts(events) == [("press", "push button", "Attachment", ""), ("file", "push button", "Attachment", ".pdf")]
    assert NAME not in str(events)


def test_rich_text_is_a_field_with_a_text(rig: Rig):
    """Kept once: its keys are kinds of keys."""
    page = rig.case()
    page.click("#note")
    page.keyboard.type("please send the report")
    page.click("#save")
    events = rig.kept()
    assert acts(events) == [
        ("press", "entry", "Note", ""),
        ("input", "entry", "Note", "please send the report"),
        ("press", "push button", "Save order", ""),
    ]
    letters = [one for one in events if one["kind"] == "key" and one["cls"] == "letter"]
    assert letters
    assert {one["keysym"] for one in letters} == {""}


def test_what_lies_in_shadow_trees_is_kept_and_found_again(rig: Rig):
    """Open and closed; changes in a closed one too."""
    page = rig.case()
    page.click("#list button")
    x, y = middle(page, "#panel")
    page.mouse.click(x - page.evaluate("panel.offsetWidth / 2") + 15, y)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    events = rig.kept()
    assert acts(events) == [
        ("press", "push button", "Edit", ""),
        ("press", "push button", "Print", ""),
        ("change", "combo box", "Format", "Large"),
    ]
    first = next(one for one in events if one["kind"] == "element" and one["why"] == "press")
    assert first["selectors"] == ['aria/Edit[role="button"]', "text/Edit", "pierce/#list >>> button"]


def test_frames_within_frames_are_kept_where_all_are_listed(rig: Rig):
    """Of another listed site, of no address of their own; not of a site that isn't listed. Each has its number."""
    page = rig.open(f"{rig.mine}/nested.html?at={rig.also}&at={rig.other}")
    page.frame_locator("#outer").frame_locator("#deep").locator("button").first.click()
    for frame in ("srcdoc", "blank", "foreign"):
        page.frame_locator(f"#{frame}").locator("button").first.click()
    events = rig.kept()
    assert presses(events) == [("push button", "Inner"), ("push button", "Print"), ("push button", "Edit")]
    pressed = [one for one in events if one["kind"] == "element" and one["why"] == "press"]
    assert [one["origin"] for one in pressed] == [rig.also, rig.mine, rig.mine]
    assert len({one["frame"] for one in pressed}) == 3
    assert rig.other not in str(events)


def test_a_drag_is_what_was_taken_and_where_it_was_let_go(rig: Rig):
    """HTML's own, and one that the page makes of pointer events."""
    page = rig.case()
    drag(page, "#card", "#bin")
    drag(page, "#knob", "#rail")
    assert rig.acts() == [
        ("press", "push button", "Card", ""),
        ("drag", "push button", "Card", ""),
        ("drop", "push button", "Delete", ""),
        ("press", "push button", "Move", ""),
        ("drag", "push button", "Move", ""),
        ("drop", "panel", "", ""),
    ]


def test_resting_where_a_menu_opens_is_kept(rig: Rig):
    """Once; moving over the page is not. That the menu was out of sight before is known from the page's list."""
    page = rig.case()
    rig.listed()
    page.mouse.move(300, 300)
    page.mouse.move(*middle(page, "#file"))
    page.wait_for_timeout(1000)
    (hover,) = rig.acts()
    assert hover[:2] == ("hover", "menu item")


def test_what_opens_and_closes_is_kept(rig: Rig):
    """A disclosure, a dialog, a popover; each behind the press that did it."""
    page = rig.case()
    page.click("summary")
    page.click("#open")
    page.click("#close")
    page.click("#pop")
    page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert rig.acts() == [
        ("press", "push button", "More", ""),
        ("open", "panel", "", ""),
        ("press", "push button", "Open", ""),
        ("open", "dialog", "", ""),
        ("press", "push button", "Close", ""),
        ("close", "dialog", "", ""),
        ("press", "push button", "Help", ""),
        ("open", "unknown", "", ""),
        ("close", "unknown", "", ""),
    ]


def test_copying_comes_behind_the_typing_it_copies(rig: Rig):
    """What the keyboard did, in its order, and never what was on the clipboard."""
    page = rig.case()
    page.click("#subject")
    page.keyboard.type("please")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.click("#title")
    page.keyboard.press("Control+V")
    page.keyboard.press("Tab")
    assert rig.acts() == [
        ("press", "entry", "Subject", ""),
        ("input", "entry", "Subject", "please"),
        ("copy", "entry", "Subject", ""),
        ("press", "entry", "Title", ""),
        ("paste", "entry", "Title", ""),
        ("input", "entry", "Title", "please"),
    ]


def test_a_double_click_is_two_presses_of_which_the_second_says_so(rig: Rig):
    """`times` counts."""
    page = rig.case()
    page.dblclick("#save")
    pressed = [one for one in rig.kept() if one["kind"] == "element" and one["why"] == "press"]
    assert [one["times"] for one in pressed] == [1, 2]


def test_going_back_in_the_history_is_a_move(rig: Rig):
    """Nothing of a query is kept."""
    page = rig.case()
    page.evaluate("history.pushState(1, '', '/cases.html?step=two')")
    page.wait_for_timeout(100)
    page.go_back()
    page.wait_for_timeout(100)
    pages = [(one["what"], one["page"]) for one in rig.kept() if one["kind"] == "page"]
    assert pages == [(what, "/cases.html") for what in ("loaded", "moved", "moved", "left")]


def test_enter_in_a_form_is_typing_then_submitting(rig: Rig):
    """Also in one that calls its fields `id`, `children` and `parentNode`."""
    page = rig.case()
    page.mouse.click(*middle(page, "#form input >> nth=0"))
    page.keyboard.type("order")
    page.keyboard.press("Enter")
    assert rig.acts() == [
        ("press", "entry", "Number", ""),
        ("input", "entry", "Number", "order"),
        ("submit", "form", "", ""),
    ]
