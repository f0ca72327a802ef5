from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.privacy.text.normal import normal, visible


@pytest.mark.parametrize(
    ("given_text", "plain"),
    [
        ("Sa\u200bve", "Save"),
        ("\u202eevaS\u202c", "evaS"),
        ("Ｓａｖｅ", "Save"),
        ("pаypаl", "paypal"),  # Cyrillic а
        ("٤١١١", "4111"),
        ("a\u00a0b", "a b"),
        ("S\u0336ave", "Save"),
        ("Jose\u0301", "José"),
        ("a\x00b", "a b"),
        ("привет", "привет"),  # a word of its own script stays
        ("ﬁle", "file"),
    ],
)
def test_disguises_are_undone(given_text: str, plain: str):
    """Detectors and lists see what a person sees."""
    assert normal(given_text).text == plain


def test_mixed_scripts_are_told():
    """A word of two scripts is nobody's word, whatever it looks like."""
    assert normal("log in to pаypаl").odd == ((10, 16),)


@given(st.text(max_size=80))
def test_every_letter_knows_where_it_came_from(text: str):
    """Places lead back into the text as it was given, in order."""
    made = normal(text)
    places = [made.back(at, at + 1) for at in range(len(made.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@given(st.text(max_size=80))
def test_what_is_shown_can_be_written(text: str):
    """No sign nobody sees is left, and no half of one."""
    visible(text).encode()
