"""Templates: texts with slots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.workflows.templates import TemplateError, escaped, fill, literals, only_slot, pieces, renamed, slots


@settings(deadline=None)
@given(st.text(), st.text())
def test_what_stands_for_a_slot_brings_in_no_slot_of_its_own(text: str, value: str):
    """A value with braces is typed with its braces, and so is a text that was meant."""
    assert fill(f"{escaped(text)}{{x}}", {"x": value}) == text + value


@settings(deadline=None)
@given(st.text(alphabet="ab{} .,", max_size=20))
def test_every_text_is_a_template_or_an_error(text: str):
    """And what is one is made of its pieces again."""
    try:
        found = pieces(text)
    except TemplateError:
        return
    assert "".join(f"{{{one.text}}}" if one.slot else escaped(one.text) for one in found) == text
    assert renamed(text, {}) == text


def test_slots_are_named_once_in_their_order():
    """A field of a list is a slot too."""
    assert slots("{b} {a} {b} {lines.price} {{c}}") == ("b", "a", "lines.price")
    assert only_slot("{a}") == "a"
    assert only_slot("{a} ") == ""
    assert literals("Open {a}, {b} of 3") == ("Open", "of 3")
    assert renamed("{line.price} {other} {{line.x}}", {"line": "lines"}) == "{lines.price} {other} {{line.x}}"


@pytest.mark.parametrize("text", ["{", "}", "a {b", "{}", "{a b}", "{1}", "{a.b.c}", "{a!r}", "{{a}", "{a}}"])
def test_a_brace_that_belongs_to_nothing_is_an_error(text: str):
    """Nothing is typed with half a slot in it."""
    with pytest.raises(TemplateError):
        pieces(text)


def test_a_slot_that_nothing_is_known_for_is_an_error():
    """An empty text would be typed otherwise."""
    with pytest.raises(TemplateError, match="'b'"):
        fill("{a}{b}", {"a": "1"})
