"""Promises of tuning: an adapter learns what is answered, the same each time, and nobody is told of it."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch

from byhand.errors import LearnError
from byhand.models.vision import tuning
from byhand.models.vision.opening import Base, base, opened
from byhand.models.vision.rows import Row, Teller, rows
from byhand.models.vision.tuning import Plan, Progress, Tuned, tune
from tests.datasets.demos import picture
from tests.models.pages import examples
from tests.models.vision import tiny

PLAN = Plan(epochs=1, batch=4, rate=1e-2, rank=4, longest=1024, looks=2)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return base(str(tiny.model(tmp_path_factory.mktemp("tiny"))))


def told(one: Base, many: int, seed: int = 0) -> list[Row]:
    """Of pages of two elements, with and without a picture."""
    those = [each._replace(picture=picture) for each in examples(many, seed)]
    return rows(those, Teller(opened(one, "cpu"), PLAN.longest), 0, Counter())


def nobody(_: Progress) -> None:
    """Is told."""


def tuned(
    there: Base, place: Path, plan: Plan = PLAN, many: int = 24, held: int = 0, *,
    hears: Callable[[Progress], None] = nobody, over: Callable[[], bool] = lambda: False,
) -> Tuned:  # fmt: skip
    learned, back = told(there, many), told(there, held, 1)
    return tune(
        opened(there, "cpu"), there, learned, back, plan, place / "training", "it", hears, device="cpu", over=over,
    )  # fmt: skip


def test_it_learns_and_tells_how_it_goes(there: Base, tmp_path: Path):
    """The loss of answers falls, and what was held back is looked at; the best is what stays."""
    seen: list[Progress] = []
    made = tuned(there, tmp_path, Plan(epochs=6, batch=4, rate=2e-2, rank=4, looks=1), 16, 4, hears=seen.append)
    losses = [one.loss for one in seen if not one.looked]
    assert len(losses) == made.steps == 24
    assert sum(losses[-4:]) < 0.7 * sum(losses[:4])
    looks = [one.held for one in seen if one.looked and one.held is not None]
    assert len(looks) == 6
    assert made.held == min(looks)
    assert set(made.files) == {"adapter_config.json", "adapter_model.safetensors"}
    assert {one.name for one in made.folder.iterdir()} >= set(made.files)


def test_the_same_seed_gives_the_same_adapter_also_where_it_was_cut_short(there: Base, tmp_path: Path):
    """State in, state out; nobody is told of it over a network; another seed gives another."""
    reached: list[str] = []
    asks = ("socket.connect", "socket.getaddrinfo")
    sys.addaudithook(lambda event, _: reached.append(event) if event in asks else None)
    whole = tuned(there, tmp_path / "one")
    steps: list[int] = []
    with pytest.raises(LearnError, match="it was stopped"):
        tuned(there, tmp_path / "two", hears=lambda one: steps.append(one.step), over=lambda: len(steps) >= 3)
    assert (tmp_path / "two" / "training").is_dir()
    rest: list[int] = []
    cut = tuned(there, tmp_path / "two", hears=lambda one: rest.append(one.step))
    assert (steps, rest) == ([1, 2, 3, 4], [5, 6])  # whether to stop is asked after a step, before it is told
    assert cut.files == whole.files
    other = tuned(there, tmp_path / "three", Plan(seed=1, epochs=1, batch=4, rate=1e-2, rank=4))
    assert other.files != whole.files
    assert reached == []


def test_a_budget_ends_it_with_a_look(there: Base, tmp_path: Path):
    """After the step in which it is used up; what was held back was looked at once."""
    made = tuned(there, tmp_path, msgspec.structs.replace(PLAN, budget_s=1e-6), 12, 4)
    assert made.steps == 1
    assert [one.looked for one in made.log] == [False, True]


def test_a_loss_that_is_no_number_ends_it(there: Base, tmp_path: Path):
    """And says what to lower; so does a memory that is too small, in none of the library's own words."""
    spoilt = opened(there, "cpu")
    for weights in spoilt.network.parameters():
        weights.data.fill_(math.nan)
    with pytest.raises(LearnError, match="no number") as raised:
        tune(spoilt, there, told(there, 4), [], PLAN, tmp_path / "t", "it", nobody, device="cpu")
    assert "--rate" in raised.value.hints[0]
    small = tuning._said(RuntimeError("CUDA out of memory. Tried to allocate Fenwick"), resumed=False)
    assert "--longest" in small.hints[0]
    assert "Fenwick" not in str(small)
    assert "Fenwick" not in str(tuning._said(ValueError("Fenwick"), resumed=True))


def test_several_gpus_are_told_by_a_file_that_accelerate_reads():
    """More could not be tried without them."""
    args: Any = import_module("accelerate.commands.config.config_args")
    read = args.load_config_from_file("runs/fsdp.yaml")
    assert (read.distributed_type.value, read.mixed_precision) == ("FSDP", "bf16")
    assert read.fsdp_config["fsdp_version"] == 2
