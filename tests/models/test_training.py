"""A network learns what it is shown, the same each time, and ends with a reason where it can't."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
import torch

from byhand.errors import LearnError
from byhand.models import training
from byhand.models.batches import asked
from byhand.models.network import Shape
from byhand.models.training import Plan, Progress, Ready, Training, ready
from tests.models.pages import examples

SMALL = Shape(width=32, layers=2, heads=2, words=16, dropout=0.0)
PLAN = Plan(epochs=2, batch=16, rate=3e-3, shape=SMALL)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def learned(plan: Plan = PLAN, many: int = 64, held: int = 0) -> tuple[Training, list[Progress]]:
    told: list[Progress] = []
    one = Training(ready(examples(many)), ready(examples(held, seed=1)) if held else [], plan)
    one.run(told.append)
    return one, told


def weights(one: Training) -> torch.Tensor:
    return torch.cat([value.detach().flatten() for value in one.network.state_dict().values()])


def test_it_learns_to_find_words_it_never_saw():
    """Buttons and fields called by made-up words, texts to type that stand in the goal: on others of the kind it is
    right nearly always, which it could not be by heart.
    """
    one, told = learned(Plan(epochs=10, batch=32, rate=3e-3, shape=Shape(width=64, layers=2, dropout=0.0)), 320, 64)
    assert one.best_held is not None
    assert one.best_held.right > 0.9
    assert told[-1].loss < told[0].loss / 3


def test_the_same_seed_gives_the_same_model():
    """Bit by bit on one machine; another seed gives another."""
    one, again, other = learned()[0], learned()[0], learned(Plan(seed=1, epochs=2, batch=16, shape=SMALL))[0]
    assert torch.equal(weights(one), weights(again))
    assert not torch.equal(weights(one), weights(other))


def test_it_goes_on_where_it_was_cut_short():
    """State in, state out: no batch is seen twice or missed, and it ends where it would have ended."""
    first = Training(ready(examples(64)), [], PLAN)
    first.run(lambda _: None, over=lambda: first.step == 5)
    assert first.step == 5
    second = Training(ready(examples(64)), [], PLAN)
    second.resume(first.state())
    told: list[Progress] = []
    second.run(told.append)
    assert [one.step for one in told] == [6, 7, 8]


def test_what_gets_no_better_ends_early_with_the_best():
    """The weights are those of its best look, not of its last."""
    looks = itertools.count()
    plan = Plan(epochs=50, batch=16, patience=2, shape=SMALL)
    one = Training(ready(examples(32)), ready(examples(20, seed=1)), plan)
    one.held = lambda: training.Held(1.0 + next(looks), 0, 0, 0, 20)  # pyright: ignore[reportAttributeAccessIssue]
    one.run(lambda _: None)
    assert one.step == 3 * 2
    assert one.best_held == training.Held(1.0, 0, 0, 0, 20)


def test_a_handful_of_acts_held_back_chooses_nothing():
    """That it got worse on them is chance: it learns to its end, and its weights are the last."""
    looks = itertools.count()
    plan = Plan(epochs=6, batch=16, patience=2, shape=SMALL)
    one = Training(ready(examples(32)), ready(examples(19, seed=1)), plan)
    one.held = lambda: training.Held(1.0 + next(looks), 0, 0, 0, 19)  # pyright: ignore[reportAttributeAccessIssue]
    last = one.run(lambda _: None)
    assert one.step == 6 * 2
    assert one.best_held is not None
    assert last is one.network
    assert not torch.equal(weights(one), torch.cat([value.detach().flatten() for value in one.best.values()]))


def test_a_loss_that_is_no_number_ends_it_before_the_weights_are_spoilt():
    one = Training(ready(examples(32)), [], PLAN)
    before = weights(one).clone()
    spoilt = [_with_nan(each) for each in ready(examples(32))]
    one._learned = spoilt  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(LearnError, match="no number") as raised:
        one.run(lambda _: None)
    assert "rate" in raised.value.hints[0]
    assert torch.equal(weights(one), before)


def _with_nan(one: Ready) -> Ready:
    elements = one.features.elements.copy()
    elements[0] = float("nan")
    return one._replace(features=one.features._replace(elements=elements))


def test_a_memory_that_is_too_small_says_what_to_lower():
    """torch's own words for it, and ours."""
    told = training._of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate"))  # pyright: ignore[reportPrivateUsage]
    assert isinstance(told, LearnError)
    assert "--batch" in told.hints[0]
    other = RuntimeError("shapes do not fit")
    assert training._of_memory(other) is other  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("few", [[], examples(2)[1:]])
def test_nothing_to_learn_from_is_said_at_once(few: list[training.Example]):
    with pytest.raises(LearnError):
        Training(ready(few), [], PLAN)


def test_corrections_weigh_more():
    """Twice the weight is twice the pull."""
    one = ready(examples(8))
    heavy = [each._replace(weight=4.0) for each in one[:1]] + one[1:]
    light, weighed = Training(one, [], PLAN), Training(heavy, [], PLAN)
    with torch.inference_mode():
        losses = [float(each._losses(those, learning=False).whole) for each, those in ((light, one), (weighed, heavy))]  # pyright: ignore[reportPrivateUsage]
    assert losses[0] != losses[1]


def test_processes_share_an_epoch_without_a_rest():
    """Each example goes to one of them, and all have as many batches: else one would wait for ever."""
    one = Training(ready(examples(50)), [], PLAN)
    one.group.many = 3
    shares: list[list[int]] = []
    for one.group.rank in range(3):
        shares.append([id(each) for batch in one._batches(0, 0) for each in batch])  # pyright: ignore[reportPrivateUsage]
    assert {len(own) for own in shares} == {17}
    assert len({each for own in shares for each in own}) == 50


def test_short_numbers_and_a_compiled_network_learn_the_same():
    """As on a GPU: the first loss is nearly that of long numbers, and it falls. What is compiled here only traces the
    network: a program for this processor takes a minute to make.
    """
    _, plain = learned()
    one, short = learned(Plan(epochs=2, batch=16, rate=3e-3, shape=SMALL, short=True, compiled="eager"))
    assert short[0].loss == pytest.approx(plain[0].loss, rel=0.02)
    assert short[-1].loss < short[0].loss
    assert all(value.dtype == torch.float32 for value in one.network.state_dict().values())


def test_some_words_are_told_without_their_vector_and_some_without_their_meaning() -> None:
    """Else the likeness of two words would be known by heart. What is the same in goal and page stays the same."""
    torch.manual_seed(0)
    few = list(ready(examples(8)))
    one = asked([each.features for each in few])
    one = one._replace(word_means=torch.ones_like(one.word_means), name_means=torch.ones_like(one.name_means))
    told = Training(few, [], Plan(epochs=1, forgets=1.0, shape=SMALL))._forgetting(one)
    for before, after in ((one.word_means, told.word_means), (one.name_means, told.name_means)):
        left = after.any(-1)
        assert 0.05 < float(left.float().mean()) < 0.95
        assert torch.equal(after[left], before[left]), "a meaning is whole or not there"
    assert bool((told.word_keys[one.word_keys > 0] == 0).any())
    alike = one.word_bits[:, :, None] == one.name_bits[:, None]
    assert torch.equal(alike.all(-1), (told.word_bits[:, :, None] == told.name_bits[:, None]).all(-1))
