"""Promises of a model that speaks: it does what it learned to say, and what is no act is told, counted and not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch

from byhand.errors import LearnError
from byhand.models.checkpoint import About, Adapter
from byhand.models.decision import Decision, Look
from byhand.models.network import Shape
from byhand.models.right import same
from byhand.models.vision import speaking, telling
from byhand.models.vision.opening import Base, base, opened, with_adapter
from byhand.models.vision.rows import Teller, rows
from byhand.models.vision.speaking import Speaking
from byhand.models.vision.tuning import Plan, tune
from tests.datasets.demos import picture
from tests.models.pages import examples, page
from tests.models.vision import tiny

LONGEST = 1024


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return base(str(tiny.model(tmp_path_factory.mktemp("tiny"))))


def test_it_does_what_it_learned_to_say(there: Base, tmp_path: Path):
    """One act until it is known by heart: opened anew from its files it decides that, with and without a picture."""
    one = examples(2)[1]._replace(picture=picture)
    learned = rows([one] * 8, Teller(opened(there, "cpu"), LONGEST), 0, Counter())
    plan = Plan(epochs=6, batch=2, rate=5e-2, rank=8, longest=LONGEST)
    tuned = tune(opened(there, "cpu"), there, learned, [], plan, tmp_path / "t", "it", lambda _: None, device="cpu")
    again = opened(there, "cpu")
    speaks = Speaking(again._replace(network=with_adapter(again.network, tuned.folder)), "m v1", 1, LONGEST)
    decided = speaks.decide(one.look)
    assert same(one, decided)
    assert 0.5 < decided.sure <= 1
    assert not decided.why
    assert speaks.answer(one.look, picture()).op == "click"
    states = tuple("disabled" for _ in one.look.seen.nodes)
    closed = Look(one.look.goal, msgspec.structs.replace(one.look.seen, states=states))
    refused = speaks.decide(closed)
    assert refused.why
    assert refused.sure == 0
    assert sum(speaks.unread.values()) == 1


def test_what_is_no_act_is_told_and_not_done(there: Base):
    """A model that learned nothing says nothing of use; where there is nothing to see, or no room, it is not asked."""
    speaks = Speaking(opened(there, "cpu"), "m v1", 1, LONGEST)
    decided = speaks.decide(Look("go on", page("button Save")))
    assert (decided.op, decided.sure) == ("done", 0)
    assert decided.why in speaks.unread
    gone: tuple[()] = ()
    empty = msgspec.structs.replace(
        page("button Save"), nodes=gone, parents=gone, roles=gone, tags=gone, names=gone, states=gone, holds=gone,
        places=gone,
    )  # fmt: skip
    assert speaks.decide(Look("go on", empty)) == Decision("done", sure=0)
    assert Speaking(opened(there, "cpu"), "m", 1, 64).decide(Look("go", page("button Save"))).why == speaking.LARGE


def test_one_that_was_told_otherwise_is_refused(there: Base, tmp_path: Path):
    """It would be asked what it never learned to answer; and one whose base is another now, too."""
    made = Adapter(there.name, there.revision, telling.VERSION + 1, 4, LONGEST)
    about = About(1, "m", 1, 1, 0, Shape(), 0, (), 1, 1, 1, 0.0, "byhand 0", adapter=made)
    with pytest.raises(LearnError, match="in another way"):
        speaking.load(tmp_path, about)
    other = msgspec.structs.replace(made, telling=telling.VERSION, revision="0" * 64)
    with pytest.raises(LearnError, match="not the one that was learned with"):
        speaking.load(tmp_path, msgspec.structs.replace(about, adapter=other))
