"""Promises of a network that is gone on with: it can say chords it never saw, and all else as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from msgspec.structs import replace

from byhand.models import checkpoint
from byhand.models.decision import OPS
from byhand.models.examples import Example
from byhand.models.grown import grown
from byhand.models.judging import rights
from byhand.models.labels import Label
from byhand.models.learning import Split, learn
from byhand.models.network import Network, Shape
from byhand.models.training import Plan, ready
from tests.models.pages import examples

SAVE, CLOSE = ("Control", "s"), ("Control", "w")
SMALL = Shape(width=32, layers=1, heads=2, words=16, dropout=0.0, chords=(SAVE,))


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def pressed(chord: tuple[str, ...], goal: str, many: int = 16) -> list[Example]:
    """A chord is what that goal is done by, on any page."""
    label = Label(OPS.index("key"), chord=chord)
    return [
        one._replace(look=replace(one.look, goal=goal), label=label, episode=f"{chord[1]}-{one.episode}")
        for one in examples(many, seed=2)
    ]


def test_what_it_could_say_it_says_as_before():
    """The rows of chords it knew, and every other weight; what it was made of stays as it is."""
    torch.manual_seed(0)
    before = Network(SMALL)
    after = grown(before, (CLOSE, SAVE), seed=0)
    assert after.shape.chords == (SAVE, CLOSE)
    assert before.shape.chords == (SAVE,)
    old, new = before.state_dict(), after.state_dict()
    assert all(torch.equal(new[name][: len(tensor)], tensor) for name, tensor in old.items())
    assert grown(before, (SAVE,), seed=0) is before
    again = grown(before, (CLOSE,), seed=0)
    assert torch.equal(again.says_chord.weight, after.says_chord.weight)


def test_a_shortcut_that_came_later_is_learned(tmp_path: Path):
    """By a version that is begun with one that never saw it, of another size than is asked for."""
    first = [*examples(16), *pressed(SAVE, "Save it.")]
    plan = Plan(epochs=2, batch=16, rate=5e-3, shape=SMALL)
    made = learn(Split(first, [], Counter(), 1), (), "m", tmp_path, plan, "byhand 0", lambda _: None)
    assert made is not None
    start = checkpoint.network(made.place, made.about)
    later = pressed(CLOSE, "Close it.")
    wider = Plan(epochs=8, batch=16, rate=5e-3, shape=Shape(width=64, layers=2))
    after = learn(
        Split(first + later, [], Counter(), 1), (), "m", tmp_path, wider, "byhand 0", lambda _: None, start=start
    )
    assert after is not None
    assert (after.about.shape.chords, after.about.shape.width) == ((SAVE, CLOSE), 32)
    assert all(rights(checkpoint.network(after.place, after.about), ready(later)))
