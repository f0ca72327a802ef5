"""Promises of learning that hides: each unit counts no more than it may, noise is there, and what is told is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
import torch

from byhand.errors import LearnError
from byhand.models.examples import Example
from byhand.models.network import Shape
from byhand.models.private import CHORDS, CLIP, Hiding, PrivateTraining, noise_for, spent, units_of
from byhand.models.training import Plan, Progress, ready
from tests.models.pages import examples

SMALL = Shape(width=16, layers=1, heads=2, words=8, dropout=0.0, chords=CHORDS)
PLAN = Plan(epochs=2, batch=8, rate=1e-2, shape=SMALL)
HIDING = Hiding(4.0, 1e-3, "episode", b"of this home")


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def begun(
    plan: Plan = PLAN, hiding: Hiding = HIDING, same: str = "same", those: Sequence[Example] | None = None
) -> PrivateTraining:
    own = examples(24) if those is None else list(those)
    return hiding.training(own, ready(own), [], plan, same)


def learned(hiding: Hiding = HIDING, same: str = "same") -> PrivateTraining:
    one = begun(hiding=hiding, same=same)
    one.run(lambda _: None)
    return one


@pytest.fixture(scope="module")
def whole() -> PrivateTraining:
    """One that was learned to its end; nobody changes it."""
    return learned()


def weights(one: PrivateTraining) -> torch.Tensor:
    return torch.cat([value.detach().flatten() for value in one.network.state_dict().values()])


def test_what_it_says_it_told_is_what_was_asked_for(whole: PrivateTraining):
    """Epsilon of all steps together lies just below; half of the steps tell less, and twice the noise too."""
    one = whole
    told = one.spent()
    assert told.steps == one.steps_in_all == 6
    assert 3.8 < told.epsilon <= 4.0
    assert (told.units, told.unit, told.delta, told.clip) == (24, "episode", 1e-3, CLIP)
    assert told.rate == pytest.approx(8 / 24, abs=1e-6)
    half, double = spent(one.noise, one.rate, 3, 1e-3), spent(2 * one.noise, one.rate, 6, 1e-3)
    assert half < told.epsilon
    assert double < told.epsilon / 2
    assert begun().spent().epsilon == 0


def test_the_account_is_that_of_the_gaussian_mechanism():
    """One step with everybody in it is the Gaussian mechanism; its bound by Renyi's orders is known in closed form."""
    noise, delta = 2.0, 1e-5
    orders = np.linspace(1.01, 512, 200_000)
    known = (orders / (2 * noise**2) + np.log(1 / delta) / (orders - 1)).min()  # Mironov 2017, proposition 3
    found = spent(noise, 1.0, 1, delta)
    assert 0.8 * known < found <= known + 1e-6
    assert noise_for(found, delta, 1.0, 1) == pytest.approx(noise, rel=0.05)


def test_the_longest_gradient_of_a_unit_counts_as_much_as_it_may():
    """An episode that is a hundred times more wrong than the others pulls no further than they."""
    one = begun()
    unit = ready(examples(24))[:2]
    one._gradient(unit)  # pyright: ignore[reportPrivateUsage]
    own = one._learns()  # pyright: ignore[reportPrivateUsage]
    for each in own:
        each.grad_sample = 100 * each.grad_sample
    one._hides.clip_and_accumulate()  # pyright: ignore[reportPrivateUsage]
    length = float(torch.sqrt(sum((each.summed_grad**2).sum() for each in own)))  # pyright: ignore[reportArgumentType]
    assert length == pytest.approx(CLIP, rel=1e-3)


def test_the_gradient_of_a_unit_is_that_of_all_its_acts():
    """Two acts of an episode are one unit: their gradient is the mean of both, not two that are each clipped."""
    plan = Plan(epochs=1, batch=8, forgets=0.0, shape=SMALL)
    one = begun(plan)
    acts = ready(examples(2))

    def gradient(*those: int) -> torch.Tensor:
        torch.manual_seed(5)
        turned = one._forgetting  # pyright: ignore[reportPrivateUsage]
        one._forgetting = lambda asked: asked  # pyright: ignore[reportAttributeAccessIssue, reportPrivateUsage]
        one._gradient([acts[at] for at in those])  # pyright: ignore[reportPrivateUsage]
        one._forgetting = turned  # pyright: ignore[reportPrivateUsage]
        return torch.cat([each.grad_sample.flatten() for each in one._learns()])  # pyright: ignore[reportPrivateUsage]

    both = gradient(0, 1)
    torch.testing.assert_close(both, (gradient(0) + gradient(1)) / 2, rtol=1e-3, atol=1e-5)


def test_noise_of_that_deviation_is_added_to_each_step():
    """Also where nobody was drawn: what is left then is noise alone, as wide as the account says."""
    one = begun()
    one._drawn = []  # pyright: ignore[reportPrivateUsage]
    seen: list[torch.Tensor] = []
    step = one.optimizer.step

    def noted() -> None:
        seen.append(torch.cat([each.grad.flatten() for each in one._learns()]))  # pyright: ignore[reportPrivateUsage]
        step()

    one.optimizer.step = noted  # pyright: ignore[reportAttributeAccessIssue]
    one._learn([], 0.5)  # pyright: ignore[reportPrivateUsage]
    (noise,) = seen
    assert float(noise.std()) * PLAN.batch == pytest.approx(one.noise * CLIP, rel=0.02)
    assert abs(float(noise.mean())) < 0.01 * float(noise.std())


def test_the_same_home_and_seed_give_the_same_model_and_no_other_home_does(whole: PrivateTraining):
    """The noise can't be made again, and taken off, from what the model's file says."""
    one = whole
    assert torch.equal(weights(one), weights(learned()))
    for other in (learned(hiding=HIDING._replace(secret=b"of another")), learned(same="of other data")):
        assert not torch.equal(weights(one), weights(other))


def test_it_goes_on_where_it_was_cut_short(whole: PrivateTraining):
    """With the noise and the draws it would have had."""
    first = begun()
    first.run(lambda _: None, over=lambda: first.step == 2)
    second = begun()
    second.resume(first.state())
    told: list[Progress] = []
    second.run(told.append)
    assert [one.step for one in told] == [3, 4, 5, 6]
    assert torch.equal(weights(second), weights(whole))
    assert second.spent() == whole.spent()


def test_chance_alone_decides_who_is_in_a_step():
    """Each unit by itself, whatever the others do; over many steps as often as the account says."""
    one = begun(Plan(epochs=200, batch=6, shape=SMALL))
    sizes: list[int] = []
    for epoch in range(200):
        sizes += [len(batch) for batch in one._batches(epoch, 0)]  # pyright: ignore[reportPrivateUsage]
    assert np.mean(sizes) == pytest.approx(6, rel=0.05)
    assert np.var(sizes) == pytest.approx(24 * 0.25 * 0.75, rel=0.15)


def test_what_the_words_mean_is_not_learned():
    """Vectors of single words stay as they were drawn, before anybody was seen."""
    one = begun()
    before = one.network.keys.weight.detach().clone()
    one.run(lambda _: None)
    assert torch.equal(one.network.keys.weight, before)


def test_all_of_a_person_is_one_unit():
    people = [one._replace(person=f"p{at % 5}") for at, one in enumerate(examples(10))]
    assert units_of(people, "person") == [f"p{at % 5}" for at in range(10)]
    with pytest.raises(LearnError, match="whose some of the episodes are"):
        units_of(examples(2), "person")


@pytest.mark.parametrize(
    ("hiding", "many", "said"),
    [
        (HIDING, 10, "it takes 20 or more, and there are 10"),
        (HIDING._replace(delta=0.2), 24, "all of one episode"),
        (HIDING._replace(epsilon=1e-4, delta=1e-6), 24, "no noise is enough"),
    ],
)
def test_what_can_not_be_hidden_is_said(hiding: Hiding, many: int, said: str):
    with pytest.raises(LearnError, match=said):
        begun(hiding=hiding, those=examples(many))
