"""Promises of judging: both versions answer the same acts that neither learned from, and no content stays of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from byhand.errors import LearnError
from byhand.models import judging
from byhand.models.checkpoint import read
from byhand.models.examples import Example
from byhand.models.learning import Learned, Split, learn
from byhand.models.network import Shape
from byhand.models.training import Plan, Training, ready
from tests.models.pages import examples

SMALL = Shape(width=32, layers=1, heads=2, words=16, dropout=0.0)
GOOD = Plan(epochs=8, batch=16, rate=5e-3, shape=SMALL)
BAD = Plan(epochs=1, batch=160, rate=1e-6, shape=SMALL)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def held(many: int = 60) -> list[Example]:
    return [one._replace(episode=f"held-{one.episode}") for one in examples(many, seed=1)]


def split(back: list[Example] | None = None) -> Split:
    return Split(examples(160), held() if back is None else back, Counter(), 1)


def made(place: Path, plan: Plan, of: Split | None = None, known: frozenset[str] = frozenset()) -> Learned:
    found = learn(of or split(), (), "m", place, plan, "byhand 0", lambda _: None, known=known)
    assert found is not None
    return found


def test_the_worse_version_is_found_out_and_the_better_one_too(tmp_path: Path):
    """On acts of words that neither saw: each way round."""
    good, bad = made(tmp_path, GOOD), made(tmp_path, BAD)
    worse = judging.judged(held(), 1, bad.place, good.place)
    better = judging.judged(held(), 1, good.place, bad.place)
    assert (worse.promoted, better.promoted) == (False, True)
    assert worse.cases == better.cases == 60
    assert (worse.before, worse.after) == (better.after, better.before)
    assert good.held is not None
    assert worse.before == pytest.approx(good.held.right)
    assert judging.judged(held(), 1, good.place, good.place).promoted


def test_what_either_learned_from_is_no_case(tmp_path: Path):
    """Also not where only the model it was begun from did: whoever knows an act by heart would win."""
    old = made(tmp_path, BAD)
    some = [*held(40), *examples(10)]  # the last ten are learned from in each split
    of = Split(examples(160)[10:], some, Counter(), 1)
    assert judging.judged(some, 1, made(tmp_path, BAD, of).place, old.place).cases == 40
    known = frozenset(judging.kept(old.place).learned)
    new = made(tmp_path, BAD, Split(examples(30, seed=2), some, Counter(), 1), known)
    assert set(judging.kept(new.place).learned) >= known
    assert judging.judged(some, 1, new.place, new.place).cases == 40


def test_no_content_is_kept_of_what_was_asked(tmp_path: Path):
    """Hashes and yes or no; of a version without them nothing is known."""
    one = made(tmp_path, BAD)
    kept = judging.kept(one.place)
    assert len(kept.held) == 60
    assert {len(name) for name in (*kept.held, *kept.learned)} == {16}
    text = (one.place / judging.FILE).read_text("ascii")
    assert "held-e1" not in text
    assert not any(word in text for word in held()[1].look.seen.names)
    (one.place / judging.FILE).unlink()
    assert judging.kept(one.place) == judging.Cases()


def test_a_chord_that_it_can_not_say_is_wrong():
    """Else a model would look better the less it can say."""
    some = examples(32)
    network = Training(ready(some), [], Plan(epochs=25, batch=16, rate=5e-3, shape=SMALL)).run(lambda _: None)
    known = [one for one, hit in zip(some, judging.rights(network, ready(some)), strict=True) if hit]
    assert len(known) > 5
    asked = [one._replace(label=one.label._replace(chord=("Control", "k"))) for one in known]
    assert not any(judging.rights(network, ready(asked)))


def test_one_that_reads_other_lists_is_not_asked(tmp_path: Path):
    """It can't be used there any more."""
    one = made(tmp_path, BAD)
    assert read(one.place).corrections == 1.0
    with pytest.raises(LearnError, match="another observer"):
        judging.judged(held(), 2, one.place, one.place)
