"""Promises of typing made up from a population: it is like the many, like none of them, and refuses the few."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from byhand.errors import LearnError
from byhand.events.kinds import AnyEvent, Key, KeyClass
from byhand.models.behaviour.population import Numbers, shape
from byhand.models.behaviour.rhythm import Presses, Rhythm, fit, granted, published

KEYS: tuple[KeyClass, ...] = ("letter", "letter", "space", "letter", "edit", "letter") * 20
MEDIANS = {"letter": 180.0, "space": 120.0, "edit": 400.0}
BETWEEN, WITHIN = 0.3, 0.2


def somebody(n: int, *, samples: int = 4, slow: float = 1.0) -> list[Presses]:
    """One with an own speed; after each class of key at an own median."""
    dice = np.random.default_rng(n)
    speed = slow * np.exp(BETWEEN * dice.standard_normal())
    found: list[Presses] = []
    for _ in range(samples):
        medians = np.array([MEDIANS[cls] for cls in KEYS])
        down = np.cumsum(medians * speed * np.exp(WITHIN * dice.standard_normal(len(KEYS))))
        found.append(Presses(KEYS, down, down + 90 * np.exp(0.2 * dice.standard_normal(len(KEYS)))))
    return found


def crowd(n: int = 40) -> dict[str, list[Presses]]:
    return {f"p{one}": somebody(one) for one in range(n)}


def flights(some: Sequence[Presses], cls: KeyClass) -> Numbers:
    return np.concatenate([np.diff(one.down)[np.array(one.classes[1:]) == cls] for one in some])


def made_by(model: Rhythm, typists: int = 60) -> list[Presses]:
    dice = np.random.default_rng(1)
    return [model.typed(KEYS, dice) for _ in range(typists)]


def test_fewer_than_ten_people_are_refused() -> None:
    """Nine would be nearly known by what they gave; those who typed almost nothing don't count."""
    with pytest.raises(LearnError, match="9 people are too few"):
        fit(crowd(9))
    few = Presses(("letter",) * 5, np.arange(5.0) * 100, np.arange(5.0) * 100 + 50)
    with pytest.raises(LearnError, match="too few"):
        fit({**crowd(9), "hardly": [few]})
    fit(crowd(10))


def test_each_class_of_key_has_its_own_times() -> None:
    """What is made has the medians that the people have, class by class."""
    made, real = made_by(fit(crowd())), [one for some in crowd().values() for one in some]
    for cls in ("letter", "space", "edit"):
        assert np.median(flights(made, cls)) == pytest.approx(np.median(flights(real, cls)), rel=0.15)


def test_people_are_as_far_apart_as_they_are() -> None:
    """The share of the variance between people is found; a made-up typist is slow or quick throughout."""
    model = fit(crowd())
    assert model.flight.between == pytest.approx(BETWEEN**2 / (BETWEEN**2 + WITHIN**2), abs=0.12)
    assert model.hold.between < 0.1
    means = [float(np.log(flights([one], "letter")).mean()) for one in made_by(model, 150)]
    assert np.std(means) == pytest.approx(BETWEEN, rel=0.3)


def test_who_typed_more_weighs_no_more() -> None:
    """One slow person with a hundred times the keys moves the median no more than with few."""
    few = fit({**crowd(12), "slow": somebody(99, slow=4.0)})
    many = fit({**crowd(12), "slow": somebody(99, samples=100, slow=4.0)})
    middle = np.zeros(1)
    assert many.flight_of("letter", "letter").at(middle) == pytest.approx(
        few.flight_of("letter", "letter").at(middle), rel=0.03
    )


def test_the_outermost_times_of_one_person_are_not_kept() -> None:
    """A tail that is one person's alone is not among what a shape keeps."""
    usual = [np.full(50, 100.0) * np.linspace(0.8, 1.2, 50) for _ in range(19)]
    one = np.full(50, 1_777.0)
    kept = shape([*usual, one], most=2_000)
    assert np.exp(kept.logs).max() < 130


def test_the_same_dice_give_the_same_times() -> None:
    """To the last digit; other dice give other ones. None goes back, none is a pause."""
    model = published()
    first, again, other = (model.typed(KEYS, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert np.array_equal(first.down, again.down)
    assert np.array_equal(first.up, again.up)
    assert not np.array_equal(first.down, other.down)
    assert (np.diff(first.down) > 0).all()
    assert (np.diff(first.down) <= 2_000).all()
    assert (first.up > first.down).all()


def test_published_parameters_are_those_of_the_guard() -> None:
    """Letter after letter in about the mean of print, .9 of 238.7 ms, held about 116 ms."""
    made = made_by(published(), 400)
    assert np.concatenate([one.up - one.down for one in made]).mean() == pytest.approx(116, rel=0.1)
    within = [np.diff(one.down)[[a == b == "letter" for a, b in pairwise(KEYS)]] for one in made]
    assert np.concatenate(within).mean() == pytest.approx(238.7 * 0.9, rel=0.12)


def test_a_class_that_few_have_falls_back() -> None:
    """A pair of keys that nobody struck still has a time."""
    made = fit(crowd()).typed(("tab", "escape", "letter"), np.random.default_rng(1))
    assert np.isfinite(made.up).all()


def test_no_keys_take_no_time() -> None:
    """And one key begins at 0."""
    assert len(published().typed((), np.random.default_rng(1)).down) == 0
    assert published().typed(("enter",), np.random.default_rng(1)).down.tolist() == [0]


def key(by: str, ms: int, *, down: bool, repeat: bool = False) -> Key:
    return Key(ms, ms * 1_000_000, by, down, "letter", 0, "", 0, repeat, False)


def test_only_granted_times_are_learned_from() -> None:
    """A key whose time was drawn by the guard tells nothing of hands, and is left out."""
    events: list[AnyEvent] = [
        key("timing.class", 100, down=True), key("actions.class", 150, down=True), key("timing.class", 180, down=False),
        key("actions.class", 190, down=False), key("timing.class", 300, down=True),
        key("timing.class", 330, down=True, repeat=True), key("timing.class", 380, down=False),
    ]  # fmt: skip
    told = granted(events)
    assert told.classes == ("letter", "letter")
    assert told.down.tolist() == [100, 300]
    assert told.up.tolist() == [180, 380]
