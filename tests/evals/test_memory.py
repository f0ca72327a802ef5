"""Promises of the suite memory: a secret that is known is ranked first, and whoever was learned from is found."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec
import numpy as np
import pytest
import torch

from byhand.errors import LearnError
from byhand.evals.memory import membership
from byhand.evals.memory.again import learned, passes, shared
from byhand.evals.memory.exposure import Others, exposure
from byhand.evals.memory.membership import Told
from byhand.evals.memory.planting import REPEATS, SIGNS, Canary, Kind, canaries, drawn, planted
from byhand.evals.suites import memory
from byhand.evals.suites.memory import Asking
from byhand.models.checkpoint import About, Private
from byhand.models.network import Shape
from byhand.models.private import CHORDS, Hiding
from tests.models.pages import examples

SHAPE = Shape(width=32, layers=1, heads=2, words=16, dropout=0.0, chords=CHORDS)
ABOUT = About(1, "tiny", 1, 1, 1, SHAPE, 0, (), 40, 40, 10, 1.0, "byhand", batch=16, rate=5e-3)


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def secrets(kind: Kind, repeats: int, many: int = 2) -> list[Canary]:
    dice = Random(5)
    return [Canary(kind, repeats, drawn(kind, 1, dice)) for _ in range(many)]


@pytest.fixture(scope="module")
def others() -> Others:
    return Others(1, 127)


# ---- secrets


def test_what_was_learned_by_heart_is_the_likeliest_of_all_and_what_was_not_is_any(others: Others):
    """A text that was spelled often enough is the first of 128, which is seven bits; an element that was pointed at is
    far ahead. Of those never planted some are behind.
    """
    known, unknown = [*secrets("spelled", 20), *secrets("pointed", 20)], canaries("spelled", 3, 1, Random(9))[:3]
    network = learned(ABOUT, planted(known), 0, None, epochs=30)
    told = others.exposures(network, known)
    assert told[:2] == [others.ceiling] * 2 == [7.0] * 2
    assert min(told[2:]) > 4.0
    assert min(others.exposures(network, unknown)) < 3.0


def test_noise_hides_what_would_be_known_by_heart(others: Others):
    """The same secrets, seen as often: with so small an epsilon they are no likelier than others."""
    known = secrets("pointed", 12, many=3)
    open_, hidden = (
        learned(ABOUT, planted(known), 0, hiding, epochs=30)
        for hiding in (None, Hiding(0.1, 1e-3, "episode", b"of this home"))
    )
    before, after = (float(np.mean(others.exposures(network, known))) for network in (open_, hidden))
    assert before > 5.0
    assert after < 4.0


def test_a_text_of_few_is_not_known_by_heart_where_five_are_asked_for(others: Others):
    """Planted three times and learned for as long: without the rule it is the likeliest, with it as unlikely as any."""
    known = secrets("spelled", 3, many=3)
    own = planted([*known, *secrets("pointed", 10, many=1)])
    every, often = (learned(msgspec.structs.replace(ABOUT, spelled=least), own, 0, None, epochs=40) for least in (1, 5))
    assert min(others.exposures(every, known)) > 6.0
    assert float(np.mean(others.exposures(often, known))) < 5.0


def test_bits_are_told_by_the_place_among_the_others():
    """First of 1,024 is ten bits, last none; among equals it is in their middle."""
    tail = np.arange(1.0, 1024.0, dtype=np.float32)
    assert exposure(0.5, tail) == 10.0
    assert exposure(2000.0, tail) == 0.0
    assert exposure(1.0, np.ones(1023, np.float32)) == pytest.approx(1.0, abs=0.01)


def test_each_secret_is_planted_as_often_as_it_says_and_each_time_as_a_task_of_its_own():
    """None, one, three and ten episodes; eight signs and their end."""
    own = planted(canaries("spelled", 2, 1, Random(1)))
    assert len(own) == len({one.episode for one in own}) == 2 * sum(REPEATS)
    assert {len(one.label.signs) for one in own} == {SIGNS + 1}


# ---- who was there


def made_up(gap: float, hard: float, acts: int = 400, models: int = 4) -> Told:
    """Acts that are more or less hard, and `gap` easier for a model that learned from them; two acts an episode."""
    dice = np.random.default_rng(3)
    halves = shared([str(at) for at in range(acts // 2)], models, 0)
    member = np.array([[str(at // 2) in half for at in range(acts)] for half in halves])
    losses = 5 + hard * dice.normal(size=acts) + 0.1 * dice.normal(size=(models, acts)) - gap * member
    return Told(np.maximum(losses, 1e-3).astype(np.float32), member, np.arange(acts) // 2)


def test_who_was_there_is_found_by_models_that_did_not_see_them():
    """Acts differ far more than having been seen changes them: how wrong it is alone tells nothing, beside others that
    did not see the act it tells nearly all.
    """
    told = made_up(gap=0.6, hard=1.0)
    loss, shadow = (membership.rate(told, by(told)) for by in (membership.by_loss, membership.by_shadows))
    assert loss.value < 0.1
    assert shadow.value > 0.9
    assert shadow.low <= shadow.value <= shadow.high
    assert shadow.auc > 0.99
    episodes, sums = membership.of_episodes(told, membership.by_shadows(told))
    whole = membership.rate(episodes, sums)
    assert whole.value >= shadow.value
    assert (whole.members, whole.others) == (400, 400)


def test_where_nothing_is_remembered_one_in_a_hundred_is_found():
    """As many as are blamed wrongly: the interval holds .01, the area under the curve is a half."""
    told = made_up(gap=0.0, hard=1.0, acts=2_000)
    for by in (membership.by_loss, membership.by_shadows):
        rate = membership.rate(told, by(told))
        assert rate.low <= 0.01 <= rate.high
        assert rate.auc == pytest.approx(0.5, abs=0.03)


def test_cases_that_can_not_be_told_apart_are_not_found():
    """All equally likely: to find one would be to blame all."""
    told = made_up(gap=0.0, hard=0.0)
    same = told._replace(losses=np.ones_like(told.losses))
    assert membership.rate(same, membership.by_loss(same)).value == 0.0


@pytest.mark.parametrize("models", [4, 6])
def test_each_episode_is_seen_by_half_of_the_models_and_missed_by_another(models: int):
    halves = shared([f"e{at}" for at in range(120)], models, 0)
    for episode in (f"e{at}" for at in range(120)):
        assert sum(episode in half for half in halves) == models // 2
    assert all(len(half) == 60 for half in halves)


# ---- all of it


def test_figures_of_a_model_are_of_others_that_are_learned_like_it():
    """Each secret, each attack, with an interval and what was to be reached; one that hides hides again."""
    private = Private(2.0, 1e-3, "episode", 40, 1.0, 1.0, 0.4, 6)
    about = msgspec.structs.replace(ABOUT, private=private)
    asked: list[int] = []

    def hiding(model: int) -> Hiding:
        asked.append(model)
        return Hiding(2.0, 1e-3, "episode", str(model).encode())

    figures = memory.measure(about, examples(40), Asking(canaries=1, others=63, epochs=1), hiding)
    assert asked == [0, 1, 2, 3]
    told = {one.row: one for one in figures}
    assert {f"canary {kind} x{many}" for kind in ("spelled", "pointed") for many in REPEATS} < set(told)
    for row, attack in ((f"membership {of} {how}", of) for of in ("acts", "episodes") for how in ("loss", "shadow")):
        assert told[row].n == 160, attack
        assert told[row].reach == 0.02
        assert 0 <= told[row].low <= told[row].value <= told[row].high <= 1
    assert told["canary spelled highest"].reach is None  # of 64, none could be above it
    assert "above 6.0" in told["canary spelled x10"].note
    assert told["right on others"].n == 80


def test_it_is_learned_for_as_many_passes_as_the_other_took():
    assert passes(ABOUT) == 4  # 10 batches of 16, of 40 acts
    private = Private(2.0, 1e-3, "episode", 80, 1.0, 1.0, 0.2, 10)
    assert passes(msgspec.structs.replace(ABOUT, private=private)) == 2  # and of 80 units


def test_too_few_episodes_are_said():
    with pytest.raises(LearnError, match="takes 40 episodes, and there are 10"):
        memory.measure(ABOUT, examples(10), Asking(), lambda _: None)
