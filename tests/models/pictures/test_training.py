"""The network learns where a press was from what it came to, on screens it was not shown."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from byhand.errors import LearnError
from byhand.evals.suites.pictures import largest
from byhand.models.pictures.network import Shape
from byhand.models.pictures.shown import aside, plainly
from byhand.models.pictures.training import Plan, inside, learn, score
from tests.models.pictures.drawn import pairs

SMALL = Shape((8, 12, 16, 24))


@pytest.fixture(autouse=True)
def one_thread():
    """As `byhand learn` runs in the tests' machines: two wait for each other longer than they compute."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_it_finds_what_was_pressed_where_the_change_is_elsewhere():
    """A panel opens beside a button: the largest change is the panel, and no part of the button."""
    learned, others = pairs(48, 1), pairs(24, 2)
    made = learn(learned, [], Plan(epochs=20, rate=6e-3, shape=SMALL), lambda _: None)
    found = score(made.network, others)
    assert found.op >= 0.9, found
    assert found.inside >= 0.7, found
    shown = [plainly(one) for one in others if one.act.point is not None]
    assert not any(inside(largest(one), one.act) for one in shown)


def test_the_same_seed_gives_the_same_weights():
    """Whoever wants to check a figure can make the model again."""
    learned = pairs(8, 1)
    one, same, other = (
        learn(learned, [], Plan(seed=seed, epochs=2, shape=SMALL), lambda _: None).network.state_dict()
        for seed in (1, 1, 2)
    )
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)


def test_pictures_that_all_show_one_act_are_refused():
    """Nothing can be told apart by them."""
    (one, *_) = pairs(1, 1)
    with pytest.raises(LearnError, match="very same act"):
        learn([one, one, one], [], Plan(shape=SMALL), lambda _: None)


def test_a_pair_shown_a_little_aside_keeps_its_answer():
    """Cut elsewhere or mirrored, the place still lies in the middle of the button, which still stands there."""
    dice = np.random.default_rng(3)
    for one in pairs(12, 4):
        for _ in range(6):
            before, _, act = aside(one, dice)
            assert (act.point is None) == (one.act.point is None)
            if act.point is None or act.box is None:
                continue
            x, y, w, h = act.box
            assert act.point == (x + w / 2, y + h / 2)
            inner = before[(y + 4) // 2 : (y + h - 4) // 2, int(x + 4) // 2 : int(x + w - 4) // 2]
            assert len(np.unique(inner.reshape(-1, 3), axis=0)) == 1
