"""A field that has no name is called as what stands beside it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from byhand.models.labelled import labelled
from byhand.models.placed import boxes_of
from tests.models.pages import page


def names(text: str, *boxes: tuple[int, int, int, int]) -> list[str]:
    seen = page(text)
    placed = replace(seen, places=tuple(edge for box in boxes for edge in box)) if boxes else seen
    return labelled(placed, boxes_of(placed, len(placed.nodes)))


def test_a_field_is_called_as_the_words_before_it_in_its_line():
    """Not as those over it, where there are any before it."""
    found = names(
        "text Search; text Year; textbox; text Genre; textbox", (80, 2, 60, 12), (10, 20, 40, 14), (60, 18, 90, 18),
        (10, 50, 40, 14), (60, 48, 90, 18),
    )  # fmt: skip
    assert found == ["Search", "Year", "Year", "Genre", "Genre"]


def test_else_as_what_stands_over_it():
    found = names(
        "text Year; textbox; text Genre; textbox",
        (10, 10, 90, 11),
        (10, 21, 90, 21),
        (10, 50, 90, 11),
        (10, 61, 90, 21),
    )
    assert found == ["Year", "Year", "Genre", "Genre"]


def test_a_box_to_tick_is_called_as_the_words_behind_it():
    found = names(
        "radio; text Red; radio; text Blue", (10, 10, 12, 12), (26, 10, 40, 12), (80, 10, 12, 12), (96, 10, 40, 12)
    )
    assert found == ["Red", "Red", "Blue", "Blue"]


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("text Type what is said here and then press the button; textbox", [(0, 0, 160, 12), (0, 14, 90, 20)]),
        ("text ▾; textbox", [(0, 0, 10, 12), (20, 0, 90, 20)]),
        ("text Far; textbox", [(0, 0, 30, 12), (600, 0, 90, 20)]),
        ("button Go; textbox", [(0, 0, 30, 20), (40, 0, 90, 20)]),
        ("text Year; textbox", [(0, 0, 30, 12), (40, 0, 0, 0)]),
        ("text Year; textbox", [(0, 0, 0, 0), (0, 0, 0, 0)]),
    ],
)  # fmt: skip
def test_what_says_nothing_of_it_is_not_its_name(text: str, boxes: list[tuple[int, int, int, int]]):
    """A sentence, a mark, what is far off, another control, a field that is not drawn, a page without places."""
    assert names(text, *boxes)[-1] == ""


def test_what_has_a_name_keeps_it_and_a_label_is_one_field_s():
    found = names("text Year; textbox From; textbox", (0, 0, 40, 12), (50, 0, 60, 16), (0, 14, 60, 16))
    assert found == ["Year", "From", "Year"]
    assert names("text Year; textbox; textbox", (0, 4, 40, 12), (50, 0, 60, 16), (0, 18, 60, 16)) == [
        "Year",
        "Year",
        "",
    ]
