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

from tests.cli.test_learn import SMALL, pressed, told

__all__ = ["pressed"]


def learned(home: Path, *words: str) -> list[Any]:
    """What two processes say that were begun by torchrun."""
    done = subprocess.run(
        (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "byhand",
         "learn", "presses", *words, "--width", "32", "--layers", "1", "--json"),
        env={**os.environ, "BYHAND_HOME": str(home), "OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def weights(home: Path, name: str) -> torch.Tensor:
    read = torch.load(home / "models" / name / "v1" / "weights.pt", weights_only=True)
    return torch.cat([value.flatten() for value in read.values()])


@pytest.mark.timeout(900)
def test_two_processes_make_one_version_whoever_begins_them(
    pressed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Half as many batches as one process needs, and only one of them writes and tells. Ray Train's two do what those
    of torchrun do, to the last bit.
    """
    *_, made = learned(pressed, "--as", "both", "--epochs", "3")
    assert (made["version"], made["current"], made["promoted"]) == (1, 1, True)
    assert [one.name for one in (pressed / "models" / "both").glob("v*")] == ["v1"]
    assert not (pressed / "models" / "both" / "training.pt").exists()
    *_, alone = told(capsys, "learn", "presses", "--as", "alone", *SMALL)
    assert alone["steps"] > made["steps"]
    done = subprocess.run(
        (sys.executable, "-m", "byhand", "learn", "presses", "--as", "rays", "--ray", "2", *SMALL),
        env={**os.environ, "BYHAND_HOME": str(pressed), "HOME": str(tmp_path)}, capture_output=True, text=True,
        timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / ".ray").exists()  # its token is nobody's but this cluster's
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["figures"] == made["figures"]
    assert torch.equal(weights(pressed, "both"), weights(pressed, "rays"))


@pytest.mark.timeout(900)
def test_they_end_together_when_their_time_is_over(pressed: Path):
    """By the clock of one: by two clocks, one would wait for the other's next batch."""
    *_, made = learned(pressed, "--as", "both", "--budget", "1s", "--epochs", "100000")
    assert made["version"] == 1
    assert 0 < made["steps"] < 10_000
