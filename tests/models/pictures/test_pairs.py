"""Episodes with pictures become pairs: what lies between two pictures, as far as anybody could tell of it."""

from __future__ import annotations

from collections import Counter

from byhand.models.pictures.acts import OPS, seen
from byhand.models.pictures.pairs import COVERED, UNPICTURED, UNSEEN, pairs
from tests.models.pictures.drawn import H, W, action, demonstration, screen, step

BUTTON = (20, 20, 40, 20)
OTHER = (20, 100, 40, 20)
PLAIN, OPEN = screen((BUTTON, OTHER)), screen((BUTTON, OTHER), (100, 20, 80, 40))
LATER = screen((BUTTON, OTHER), (100, 100, 80, 40))


def test_a_press_is_told_with_the_middle_of_what_was_pressed():
    """A person presses anywhere on a button."""
    left: Counter[str] = Counter()
    (one,) = pairs([demonstration([step(action("check", BUTTON), 1, 5)], {1: PLAIN, 5: OPEN})], left)
    assert OPS[one.act.op] == "click"
    assert one.act.point == (40, 30)
    assert one.act.box == BUTTON
    assert one.part.changed == (100, 20, 80, 40)
    assert not left.total()


def test_of_several_acts_before_the_next_picture_the_last_one_is_meant():
    """What the others did is not seen by itself, and they are counted."""
    left: Counter[str] = Counter()
    steps = [step(action("click", BUTTON), 1, None), step(action("click", OTHER, at=3), 1, 5)]
    (one,) = pairs([demonstration(steps, {1: PLAIN, 5: OPEN})], left)
    assert one.act.box == OTHER
    assert left == {COVERED: 1, UNSEEN: 0}


def test_an_act_after_which_nothing_looks_otherwise_is_counted_and_not_learned():
    """What is typed into a field is painted over: nobody could tell it from a picture."""
    left: Counter[str] = Counter()
    steps = [step(action("type", BUTTON, text="Anna"), 1, 5)]
    assert not list(pairs([demonstration(steps, {1: PLAIN, 5: PLAIN})], left))
    assert left == {UNSEEN: 1}


def test_what_changed_while_nobody_did_anything_is_none():
    """A page that comes by itself; waiting for it is nothing that a hand does."""
    left: Counter[str] = Counter()
    steps = [step(action("wait"), 1, None), step(action("click", BUTTON, at=9), 5, 12)]
    first, second = pairs([demonstration(steps, {1: PLAIN, 5: OPEN, 12: LATER})], left)
    assert [OPS[one.act.op] for one in (first, second)] == ["none", "click"]


def test_an_act_without_a_picture_before_it_is_counted():
    """A recording's first seconds."""
    left: Counter[str] = Counter()
    steps = [step(action("click", BUTTON), None, 5), step(action("click", OTHER, at=9), 5, 12)]
    (one,) = pairs([demonstration(steps, {5: PLAIN, 12: OPEN})], left)
    assert one.act.box == OTHER
    assert left[UNPICTURED] == 1


def test_what_the_last_act_came_to_is_what_the_next_one_began_with():
    """Also where the step itself names an older picture."""
    left: Counter[str] = Counter()
    steps = [step(action("click", BUTTON), 1, 5), step(action("click", OTHER, at=6), 1, 12)]
    first, second = pairs([demonstration(steps, {1: PLAIN, 5: OPEN, 12: LATER})], left)
    assert (first.act.box, second.act.box) == (BUTTON, OTHER)


def test_a_scroll_has_a_way_and_typing_a_length_as_far_as_they_are_known():
    """Of what was not kept no length is told."""
    down, up = (seen(action("scroll", BUTTON, dy=dy)) for dy in (3.0, -1.0))
    assert (down.down, up.down) == (1, 0)
    long, short, masked = (seen(action("type", BUTTON, text=text)) for text in ("Anna Marie", "A", ""))
    assert (long.length, short.length, masked.length) == (3, 0, -1)


def test_of_something_large_the_very_place_is_meant():
    """Its middle is nobody's aim."""
    assert seen(action("click", (0, 0, W, H * 2))).point == (3, 3)
