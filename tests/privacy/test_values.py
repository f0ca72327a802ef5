"""What a field of a page holds: options, typed text, kinds of files."""

from __future__ import annotations

from typing import Any

import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import Element
from byhand.events.raw import RawKey
from tests.privacy.browser import kept, only, page, stamps, told


def test_a_chosen_option_is_called_something_like_a_menu_item():
    """Its label is kept without the `text` stream where a control's name would be; else only cleaned, with it."""
    for streams in (("actions",), ("text",)):
        chosen = only(
            told(1, "change", "combo box", "Country", value="Germany", holds="option 3 of 12"), streams=streams
        )
        plain = only(told(1, "change", "combo box", "Language", value="High contrast"), streams=streams)
        assert (chosen.name, chosen.holds) == ("Country", "option 3 of 12")
        assert (plain.value, plain.by) == ("High contrast", "actions.element")


def test_an_option_with_somebodys_name_is_masked():
    """With text there is a placeholder, without it nothing."""
    raw = told(1, "change", "combo box", "Customer", value="Jane Doe")
    assert only(raw, streams=("actions",)).value == ""
    assert only(raw).value == "<NAME>"
    assert only(raw).by == "text.element"


def test_typed_text_needs_the_text_stream_and_is_cleaned_as_a_whole():
    """What was not cleared is a placeholder."""
    raw = told(1, "input", "entry", "Note", value="please write to jane.doe@corp.example today", holds="43 characters")
    element = only(raw)
    assert element.value == "please write to <EMAIL> today"
    assert (element.by, element.holds) == ("text.element", "43 characters")
    bare = only(raw, streams=("actions",))
    assert (bare.value, bare.by, bare.holds) == ("", "actions.element", "43 characters")


def test_half_a_word_is_masked_unseen():
    """Somebody rested in the middle of it; if Enter, Tab or a press ended it, or the field was left, it is whole."""
    resting = told(1, "input", "entry", "Note", value="this is a pass", states=("editable", "focused"))
    assert only(resting).value == "this is a <PART>"
    assert only(told(1, "input", "entry", "Note", value="this is a pass")).value == "this is a pass"
    ends = (told(1.01, "submit", "form"), page(1.0, "moved"), told(0.99, "press", "push button", "Save"))
    for end in ends:
        pair = sorted([resting, end], key=lambda raw: raw.mono_ns)
        assert [event.value for event in kept(*pair) if isinstance(event, Element) and event.value] == [
            "this is a pass"
        ]
    early = told(0.2, "press", "push button", "Save")
    assert [e.value for e in kept(early, resting) if isinstance(e, Element) and e.value] == ["this is a <PART>"]


def test_what_ends_later_does_not_open_a_word_again():
    """A text is judged when there is time; a suggestion that was picked by then ended something else."""
    typed = told(1, "input", "entry", "Note", value="this is a pass", states=("editable", "focused"))
    picked = told(1.7, "change", "combo box", "Country", value="Germany")
    events = kept(typed, told(1.01, "press", "push button", "Save"), picked)
    assert [one.value for one in events if isinstance(one, Element) and one.why == "input"] == ["this is a pass"]


def test_enter_ends_a_word_too():
    """A key the desktop tells, beside an extension that tells the text."""
    desk = script(
        '00.0 focus chromium "x" 0,0 9x9\n00.1 element entry "Note" url=https://work.example.org/\n02.0 key Return'
    )
    done = told(2.0, "input", "entry", "Note", value="this is a pass", states=("focused",))
    assert isinstance(desk[-1], RawKey)
    events = kept(*sorted([*desk, done], key=lambda raw: raw.mono_ns))
    assert [event.value for event in events if isinstance(event, Element) and event.value] == ["this is a pass"]
    assert stamps(2.0)[1] == done.mono_ns


def test_the_boxes_of_a_code_are_masked_but_for_the_first():
    """One figure in each field is one code."""
    boxes = [told(1 + n, "input", "entry", "Digit", value=str(n), node=20 + n) for n in range(4)]
    values = [event.value for event in kept(*boxes) if isinstance(event, Element)]
    assert set(values[1:]) == {"<PART>"}


def test_of_files_only_their_kinds_are_kept():
    """And only kinds that everybody has."""
    attach: dict[str, Any] = {"role": "push button", "name": "Attachment", "holds": "2 files"}
    assert only(told(1, "file", value=".pdf, .png", **attach)).value == ".pdf, .png"
    assert only(told(1, "file", value=".pdf, .png", **attach)).holds == "2 files"
    for value in ("jane.pdf", ".jane", ".pdf, jane", ".PDF"):
        assert only(told(1, "file", value=value, **attach)).value == ""


@pytest.mark.parametrize(
    "holds",
    [
        "empty", "12 characters", "1 character", "checked", "unchecked", "mixed", "option 3 of 12", "12 options",
        "date", "time", "colour", "number", "2 files", "on", "off", "text, html",
    ],
)  # fmt: skip
def test_what_a_field_holds_is_said_in_one_of_a_few_forms(holds: str):
    """The forms can't bear content."""
    assert only(told(1, "change", "check box", "Agree", holds=holds)).holds == holds
    for more in (f"{holds} jane", f"jane {holds}", holds.upper(), f"{holds}\n"):
        assert only(told(1, "change", "check box", "Agree", holds=more)).holds == ""
