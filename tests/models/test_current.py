"""Promises of which version is used: the one that was said, one step back and forth, and the newest where none was."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.errors import UsageFault
from byhand.models import current


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "chores"
    made.mkdir()
    return made


def test_without_a_word_the_newest_is_used(place: Path):
    """As before there was such a file; also where it is damaged, or names what is gone."""
    assert current.number(place, [1, 2]) == 2
    for said in ("", "x\n", "7\n"):
        (place / current.FILE).write_text(said)
        assert current.number(place, [1, 2]) == 2


def test_the_version_that_was_said_is_used_and_a_newer_one_does_not_change_it(place: Path):
    current.use(place, [1], 1)
    assert (place / current.FILE).read_text() == "1\n"
    assert current.number(place, [1, 2]) == 1
    current.use(place, [1, 2], 2)
    assert (place / current.FILE).read_text() == "2\n1\n"
    assert [one.name for one in place.iterdir()] == [current.FILE]


def test_going_back_can_be_taken_back(place: Path):
    """To the one that was used before, which need not be the number below."""
    there = [1, 2, 3]
    current.use(place, there, 1)
    current.use(place, there, 3)
    for expected in (1, 3, 1):
        current.use(place, there, current.before(place, there))
        assert current.number(place, there) == expected


def test_saying_it_again_forgets_nothing(place: Path):
    """The one before is still known."""
    for number in (1, 2, 2):
        current.use(place, [1, 2], number)
    assert current.before(place, [1, 2]) == 1


def test_where_nobody_said_what_was_before_it_is_the_next_older(place: Path):
    """And of a single version there is none."""
    assert current.before(place, [1, 4]) == 1
    with pytest.raises(UsageFault, match="before v1"):
        current.before(place, [1])


def test_what_is_not_there_can_not_be_used(place: Path):
    with pytest.raises(UsageFault, match="no model chores v9") as raised:
        current.use(place, [1, 2], 9)
    assert raised.value.hints == ("there are: v1, v2",)
    assert not (place / current.FILE).exists()
