"""Promises of the splits: no task and no person on two sides, and nothing depends on order or chance."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.datasets.split import Item, by, firsts, same_as, split, task_of
from byhand.events.kinds import Snapshot
from tests.datasets.demos import demonstration

items = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=60).map(
    lambda pairs: [Item(f"e{n}", f"p{who}", f"t{what}", f"s{n}") for n, (who, what) in enumerate(pairs)]
)


@given(items)
def test_no_task_and_no_person_is_in_two_splits(found: list[Item]) -> None:
    """What was set aside is in none of them."""
    placed = split(found)
    assert placed.keys() == {one.episode for one in found}
    inside = [one for one in found if placed[one.episode] != "aside"]
    for of in by(found):
        sides: dict[str, set[str]] = {}
        for one in inside:
            sides.setdefault(getattr(one, of), set()).add(placed[one.episode])
        assert all(len(side) == 1 for side in sides.values())


@given(items, st.randoms(use_true_random=False))
def test_the_order_of_episodes_does_not_matter(found: list[Item], chance: random.Random) -> None:
    """The same episodes, the same splits."""
    mixed = list(found)
    chance.shuffle(mixed)
    assert split(mixed) == split(found)


def test_ten_tasks_of_one_person_fill_all_three() -> None:
    """Eight tenths for training, a tenth each for the others."""
    found = [Item(f"e{n}", "p", f"t{n % 10}", f"s{n}") for n in range(100)]
    placed = list(split(found).values())
    assert [placed.count(name) for name in ("train", "validation", "test", "aside")] == [80, 10, 10, 0]


def test_where_all_do_the_same_tasks_some_are_set_aside() -> None:
    """Rather than having a person or a task on two sides."""
    found = [Item(f"e{n}", f"p{n % 10}", f"t{n // 10}", f"s{n}") for n in range(100)]
    placed = list(split(found).values())
    assert placed.count("aside") > 0
    assert {"train", "validation", "test"} <= set(placed)


@pytest.mark.parametrize(("one", "other"), [("File the  invoice", "file the invoice"), ("A", "a")])
def test_a_task_is_its_words(one: str, other: str) -> None:
    """However they are spaced or written."""
    assert task_of(demonstration(task=one).episode) == task_of(demonstration(task=other).episode)


def test_the_same_steps_at_another_time_are_the_same() -> None:
    """And another choice is not."""
    one, other = demonstration("a"), demonstration("b", recording="r2")
    assert same_as(one.episode, one.sights) == same_as(other.episode, other.sights)
    choice = demonstration("a", choice="Sweden")
    assert same_as(one.episode, one.sights) != same_as(choice.episode, choice.sights)
    assert [item.episode for item in firsts([Item("a", "", "", "x"), Item("b", "", "", "x")])] == ["a"]


def test_the_same_steps_on_another_page_are_not_the_same() -> None:
    """A button that is pressed for its words is another act where other words were beside it."""
    one = demonstration("a")
    lists = {seq: sight for seq, sight in one.sights.items() if isinstance(sight, Snapshot)}
    assert lists
    others = {
        seq: msgspec.structs.replace(sight, names=(f"{sight.names[0]}?", *sight.names[1:]))
        for seq, sight in lists.items()
    }
    numbered = {
        seq: msgspec.structs.replace(sight, nodes=tuple(n + 7 for n in sight.nodes)) for seq, sight in lists.items()
    }
    assert same_as(one.episode, {**one.sights, **others}) != same_as(one.episode, one.sights)
    assert same_as(one.episode, {**one.sights, **numbered}) == same_as(one.episode, one.sights)
