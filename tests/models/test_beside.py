"""Promises of what is told of an element's surroundings: whose row it is in, and what its words mean there."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.amounts import amounts
from byhand.models.arrays import Floats
from byhand.models.beside import alike, answers, goes_with, next_alike, told
from byhand.models.lying import lying, ranks
from byhand.models.named import LEXICAL
from byhand.models.placed import boxes_of
from tests.models.pages import page


def laid(text: str, boxes: list[tuple[int, int, int, int]]) -> tuple[Snapshot, list[words.Name], Floats]:
    """A page whose elements lie there."""
    seen = msgspec.structs.replace(page(text), places=tuple(edge for box in boxes for edge in box))
    return seen, [words.name(one) for one in seen.names], boxes_of(seen, len(boxes))


ROWS = [(0, 0, 60, 20), (80, 0, 40, 20), (130, 0, 40, 20), (0, 30, 60, 20), (80, 30, 40, 20), (130, 30, 40, 20)]
"""Two lines of three."""


def with_those(text: str, boxes: list[tuple[int, int, int, int]], *anchors: int) -> list[int]:
    seen, names, places = laid(text, boxes)
    told = goes_with(anchors, alike(seen, names, places), seen, names, places)
    assert not (told[:, 0] * told[:, 1]).any()
    return np.flatnonzero(told[:, 0]).tolist()


def test_what_is_next_in_each_direction() -> None:
    _, _, boxes = laid("text A; text B; text C; text D; text E; text F", ROWS)
    near = lying(boxes)[1]
    assert (near.left[1], near.right[1], near.over[4], near.under[1]) == (0, 2, 1, 4)
    assert (near.left[0], near.over[0]) == (-1, -1)


def test_of_two_buttons_called_the_same_the_one_in_its_line() -> None:
    """Wherever in the line the button stands."""
    assert with_those("text Anne; button Edit; button Delete; text Bob; button Edit; button Delete", ROWS, 3) == [4, 5]
    assert with_those("button Edit; button Delete; text Anne; button Edit; button Delete; text Bob", ROWS, 5) == [3, 4]


def test_what_has_no_name_goes_by_its_column() -> None:
    assert with_those("text Anne; img ; img ; text Bob; img ; img ", ROWS, 0) == [1, 2]


def test_it_goes_with_the_part_of_the_page_it_is_in() -> None:
    """Also where it stands before the name; the part itself does, too."""
    column = [(0, 30 * at, 90, 20) for at in range(6)]
    assert with_those("article ; > button Like; > text Anne; article ; > button Like; > text Bob", column, 5) == [3, 4]


def test_without_lines_and_parts_it_is_the_next_one_behind() -> None:
    """And not where more lies between than from one to the next: that one belongs to somebody else."""
    column = [(0, 30 * at, 90, 20) for at in range(6)]
    flat = "text Anne; text Hello; button Like; text Bob; text Bye; button Like"
    assert with_those(flat, column, 0) == [2]
    assert with_those(flat, column, 3) == [5]
    far = "text Find Bob; text x; text y; text z; button Like; button Like"
    assert with_those(far, column, 0) == []


def test_the_nearest_of_two_that_are_called_the_same() -> None:
    """A page that repeats what it is asked for at its top does not mean its first row."""
    column = [(0, 30 * at, 90, 20) for at in range(7)]
    asked = "text Bob; text Anne; button Like; text Bob; button Like; text Cleo; button Like"
    assert with_those(asked, column, 0, 3) == [4]


def test_nothing_alike_nothing_told() -> None:
    assert with_those("text Anne; button Save", ROWS[:2], 0) == []
    assert with_those("button Save; button Save", ROWS[:2]) == []


def test_a_field_is_answered_by_what_stands_behind_its_words() -> None:
    """A colon more or less does not matter; a field answers nothing."""
    boxes = [(0, 0, 60, 20), (80, 0, 60, 20), (0, 30, 60, 20), (80, 30, 60, 20), (80, 60, 60, 20)]
    seen, names, places = laid("cell Last name; cell Shannon; cell Year; cell 1990; textbox Last name:", boxes)
    assert answers(seen, names, lying(places)[1]) == [(4, 1)]


def test_what_is_left_of_those_that_are_meant() -> None:
    """Of two rows that are meant one was pressed: the other is next, and the only one."""
    seen, names, boxes = laid("text Anne; button Add; button x; text Bob; button Add; button x", ROWS)
    groups = alike(seen, names, boxes)
    meant = goes_with([0, 3], groups, seen, names, boxes)[:, 0]
    assert not next_alike(meant, groups, []).any()
    told = next_alike(meant, groups, [4])
    assert np.flatnonzero(told[:, 0]).tolist() == [1]
    assert told[0, 1] == np.float32(math.log1p(1))
    assert not next_alike(meant, groups, [4, 1])[:, 0].any()


def test_of_signs_side_by_side_each_knows_which_it_is() -> None:
    """From both sides, among its own kind."""
    seen, _, boxes = laid("text Anne; img ; img ; text Bob; img ; img ", ROWS)
    told = ranks(seen, boxes)
    assert told[[1, 2]].tolist() == [[1, 0, 0, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0, 0, 0]]
    assert told[4].tolist() == told[1].tolist()
    # As wide as the guard tells signs without a name: they seem to lie over each other.
    seen, _, wide = laid("img ; img ; img ", [(20, 0, 64, 14), (52, 0, 64, 16), (82, 0, 64, 14)])
    assert ranks(seen, wide).argmax(1).tolist() == [0, 1, 2]


def test_a_button_knows_the_number_beside_it() -> None:
    """On either side of it."""
    seen, names, boxes = laid("button Odd; text 7; button Even; button Odd; text 4; button Even", ROWS)
    amount = amounts((), seen.names)
    lexical = np.zeros((len(names), LEXICAL), np.float32)
    found = told(lexical, amount, lying(boxes)[1])
    assert [row[np.flatnonzero(row)].tolist() for row in found[[0, 3]]] == [[1, 1], [1]]
    assert found[0].tolist() != found[2].tolist()
