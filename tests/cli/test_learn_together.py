"""Several processes learn one model: one version comes of it, the same each time, and nobody waits for ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.cli.test_learn import SMALL, pressed

__all__ = ["pressed"]


def learned(home: Path, *words: str) -> list[Any]:
    """What two processes say that were begun by torchrun."""
    done = subprocess.run(
        (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "byhand",
         "learn", "presses", *words, "--width", "32", "--layers", "1", "--json"),
        env={**os.environ, "BYHAND_HOME": str(home), "OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def weights(home: Path, name: str) -> torch.Tensor:
    read = torch.load(home / "models" / name / "v1" / "weights.pt", weights_only=True)
    return torch.cat([value.flatten() for value in read.values()])


@pytest.mark.timeout(300)
def test_two_processes_make_one_version(pressed: Path):
    """Half as many batches as one process needs; only one of them writes and tells."""
    *_, made = learned(pressed, "--as", "both", "--epochs", "3")
    *_, again = learned(pressed, "--as", "again", "--epochs", "3")
    assert (made["version"], made["current"], made["promoted"]) == (1, 1, True)
    assert made["figures"] == again["figures"]
    assert torch.equal(weights(pressed, "both"), weights(pressed, "again"))
    assert [one.name for one in (pressed / "models" / "both").glob("v*")] == ["v1"]
    assert not (pressed / "models" / "both" / "training.pt").exists()
    alone = subprocess.run(
        (sys.executable, "-m", "byhand", "learn", "presses", "--as", "alone", *SMALL),
        env={**os.environ, "BYHAND_HOME": str(pressed)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(alone.stdout.splitlines()[-1])["steps"] > made["steps"]


@pytest.mark.timeout(300)
def test_they_end_together_when_their_time_is_over(pressed: Path):
    """By the clock of one: by two clocks, one would wait for the other's next batch."""
    *_, made = learned(pressed, "--as", "both", "--budget", "1s", "--epochs", "100000")
    assert made["version"] == 1
    assert 0 < made["steps"] < 10_000
