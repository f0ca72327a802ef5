"""Promises of a made-up pointer: it gets there, as long as Fitts says, and never the same way twice."""

from __future__ import annotations

import numpy as np
import pytest

from byhand.errors import LearnError
from byhand.events.kinds import AnyEvent, Button, Motion
from byhand.models.behaviour.pointer import PUBLISHED, Pointing, Way, difficulty, fit, granted, least_jerk, shares, ways

WIDTH = 32.0
TRUE = PUBLISHED._replace(a=0.2, b=0.15, spread=0.2, early=0.8, early_spread=0.1, bow=0.05, bow_spread=0.3, tremor=0.0)


def some(model: Pointing, n: int, seed: int = 1) -> list[Way]:
    dice = np.random.default_rng(seed)
    targets = dice.uniform(40, 1_000, (n, 2)).tolist()
    return [model.way((0, 0), (x, y), WIDTH, dice) for x, y in targets]


def test_it_ends_within_the_target() -> None:
    """Wherever the target is, and however small."""
    dice = np.random.default_rng(2)
    for width in (4.0, 32.0, 200.0):
        for _ in range(50):
            way = PUBLISHED.way((300, 300), (40, 900), width, dice)
            assert (way.x[0], way.y[0]) == (300, 300)
            assert abs(way.x[-1] - 40) <= width / 2
            assert abs(way.y[-1] - 900) <= width / 2
            assert (np.diff(way.t) > 0).all()


def test_a_far_small_target_takes_longer() -> None:
    """Mean durations lie on Fitts' line of the parameters."""
    for distance, width in ((100, 64), (400, 32), (800, 16)):
        dice = np.random.default_rng(3)
        lasts = [TRUE.way((0, 0), (distance, 0), width, dice).t[-1] for _ in range(300)]
        assert np.mean(lasts) == pytest.approx(0.2 + 0.15 * difficulty(distance, width), rel=0.06)


def test_it_is_a_smooth_way() -> None:
    """Without noise: still at both ends, fastest once, before the middle."""
    calm = PUBLISHED._replace(spread=0, reached=1, reached_sd=0, early_spread=0, bow=0, bow_spread=0, tremor=0)
    along, aside = shares(calm.way((0, 0), (500, 200), WIDTH, np.random.default_rng(1)))
    speed = np.diff(along)
    assert speed[0] < speed.max() / 10
    assert speed[-1] < speed.max() / 10
    assert speed.argmax() < len(speed) / 2
    assert (np.diff(np.sign(np.diff(speed))) != 0).sum() == 1
    assert np.abs(aside).max() < 1e-9
    assert least_jerk(np.array([0.0, 0.5, 1.0])).tolist() == [0, 0.5, 1]


def test_a_first_movement_that_goes_too_far_is_corrected() -> None:
    """It goes past the target, and comes back to it."""
    far = PUBLISHED._replace(reached=1.2, reached_sd=0, tremor=0, bow=0)
    along, _ = shares(far.way((0, 0), (600, 0), WIDTH, np.random.default_rng(1)))
    assert along.max() > 1.03
    assert along[-1] == pytest.approx(1)


def test_what_was_put_in_is_found_again() -> None:
    """Fitted to made ways of known parameters, these come out."""
    true = TRUE._replace(reached_sd=0.15)
    found = fit({f"p{n}": some(true, 60, seed=n) for n in range(12)}, width=WIDTH)
    assert found.a == pytest.approx(TRUE.a, abs=0.06)
    assert found.b == pytest.approx(TRUE.b, rel=0.12)
    assert found.spread == pytest.approx(TRUE.spread, rel=0.2)
    assert found.early == pytest.approx(TRUE.early, rel=0.15)
    assert found.bow == pytest.approx(TRUE.bow, rel=0.15)
    assert found.reached_sd == pytest.approx(0.15, abs=0.05)


def test_fewer_than_ten_people_are_refused() -> None:
    """Nine, or ten of whom one hardly pointed."""
    nine = {f"p{n}": some(TRUE, 30, seed=n) for n in range(9)}
    with pytest.raises(LearnError, match="9 people"):
        fit(nine)
    with pytest.raises(LearnError, match="9 people"):
        fit({**nine, "hardly": some(TRUE, 3)})


def test_the_same_dice_give_the_same_way() -> None:
    """And no two ways of one run are the same."""
    first, again = some(PUBLISHED, 2), some(PUBLISHED, 2)
    assert np.array_equal(first[0].x, again[0].x)
    dice = np.random.default_rng(1)
    one, other = (PUBLISHED.way((0, 0), (500, 0), WIDTH, dice) for _ in range(2))
    assert not np.array_equal(one.y[:20], other.y[:20])


def test_a_way_ends_at_a_press_and_begins_after_a_pause() -> None:
    """What came before a pause is another way; without a press it is none."""
    before = [(n * 0.02, 900.0 - n, 0.0, False) for n in range(5)]
    moves = [(5 + n * 0.04, n * 20.0, 5.0, False) for n in range(6)]
    after = [(6 + n * 0.04, n * 20.0, 0.0, False) for n in range(6)]
    found = list(ways([*before, *moves, (5.3, 100.0, 5.0, True), *after]))
    assert [way.x.tolist() for way in found] == [[0, 20, 40, 60, 80, 100]]
    assert found[0].t[-1] == pytest.approx(0.2)


def test_what_a_program_moved_is_not_learned_from() -> None:
    """Injected moves are nobody's hands."""

    def moved(*, injected: bool) -> list[AnyEvent]:
        return [
            *(Motion(n * 20, n * 20_000_000, "pointer.motion", n * 20, 0, injected) for n in range(6)),
            Button(140, 140_000_000, "actions.button", True, 1, 100, 0, injected),
        ]

    assert len(granted(moved(injected=False))) == 1
    assert granted(moved(injected=True)) == []
