"""What a version says of two pictures: inferred, and no more than was asked for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest
import torch

from byhand.episodes.types import Action
from byhand.errors import LearnError
from byhand.models import checkpoint
from byhand.models.pictures import changes, learning
from byhand.models.pictures.inferring import Heat, Inferring, mass
from byhand.models.pictures.learning import Split
from byhand.models.pictures.network import Network, Shape
from byhand.models.pictures.training import Plan
from tests.models.pictures.drawn import H, W, pairs, screen

SMALL = Shape((8, 12, 16, 24))
PLAIN, OPEN = changes.half(screen()), changes.half(screen(panel=(60, 40, 50, 30)))


@pytest.fixture
def asked() -> Inferring:
    torch.manual_seed(3)
    return Inferring(Network(SMALL), "eyes v1", Heat())


def test_what_it_says_says_that_it_is_inferred_and_by_whom(asked: Inferring):
    """It is no action, and can't be read as one."""
    told = asked.between(PLAIN, OPEN)
    assert told is not None
    assert (told.provenance, told.model, told.changed) == ("inferred", "eyes v1", (60, 40, 50, 30))
    assert 0 <= told.sure <= 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(msgspec.to_builtins(told), Action)


def test_where_nothing_changed_nothing_is_said(asked: Inferring):
    """Not even that nobody did anything."""
    assert asked.between(PLAIN, PLAIN.copy()) is None
    assert asked.between(PLAIN, changes.half(screen(size=(W - 64, H)))) is None


def test_a_place_lies_on_the_screen(asked: Inferring):
    """Whatever the network says of a cell at its edge."""
    wide = (1366, 768)
    edge = changes.half(screen(panel=(1300, 700, 66, 68), size=wide))
    for op in range(7):
        with torch.no_grad():
            asked._network.op.bias.copy_(torch.eye(7)[op] * 50)  # pyright: ignore[reportPrivateUsage]
        told = asked.between(changes.half(screen(size=wide)), edge)
        assert told is not None
        assert (told.x is None) == (told.op in ("key", "none"))
        assert (told.to_x is not None) == (told.op == "drag")
        assert told.x is None or told.y is None or (0 <= told.x < wide[0] and 0 <= told.y < wide[1])


def test_it_is_as_sure_of_a_place_as_the_cells_around_it_are_likely():
    """One cell in a thousand alike is no place at all."""
    flat, sharp = torch.zeros(40, 40), torch.zeros(40, 40)
    sharp[7, 9] = 20
    assert mass(flat) < 0.01
    assert mass(sharp) > 0.99
    assert mass(sharp / 20) < mass(sharp / 4)


def test_a_version_is_read_again_as_it_was_and_does_nothing_itself(tmp_path: Path):
    """What it is stands in model.json; whoever wants to act with it is told what it is."""
    split = Split(pairs(8, 1), pairs(4, 2), Counter())
    made = learning.version(split, (), "eyes", tmp_path / "eyes", Plan(epochs=1, shape=SMALL), "test", lambda _: None)
    about = checkpoint.read(made.place)
    assert about.pictures is not None
    assert (about.examples, about.episodes) == (8, 8)
    assert set(about.figures) == {"loss", "op", "inside", "right", "examples"}
    told = learning.opened(made.place, about).between(PLAIN, OPEN)
    assert told == learning.opened(made.place, about).between(PLAIN, OPEN)
    with pytest.raises(LearnError, match="does nothing itself"):
        checkpoint.network(made.place, about)
    (made.place / "weights.pt").write_bytes(b"no weights")
    with pytest.raises(LearnError, match="missing or damaged"):
        learning.opened(made.place, about)
