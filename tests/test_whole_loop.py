"""The whole loop by commands alone: tasks are shown by real input and recorded, what was kept becomes a dataset and a
model, and the model does tasks nobody showed it, in live pages that say themselves what was right.

Nothing of Byhand is called from inside, and nothing is pretended: a real browser, the real recorder and its guard.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from byhand.models.examples import NO_END

ROOT = Path(__file__).parents[1]
BYHAND = Path(sys.executable).parent / "byhand"
TASKS = ("click-button", "enter-text", "click-option")
EACH, PLAYED = 8, 5


def ran(home: Path, *words: str) -> str:
    """What a command says; it must not fail."""
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "BYHAND_HOME": str(home)}, capture_output=True, text=True, timeout=500,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told(home: Path, *words: str) -> list[Any]:
    return [json.loads(line) for line in ran(home, str(BYHAND), *words, "--json").splitlines()]


@pytest.mark.timeout(900)
def test_what_was_shown_a_few_times_is_done_again_with_other_words(tmp_path: Path):
    """Three tasks, each shown eight times, about a minute of work. Then fifteen that were never shown: other buttons,
    other names to type, other options, pages that lie differently.
    """
    home = tmp_path / "home"
    ran(
        home, sys.executable, "-m", "stage.demonstrations", "--tasks", ",".join(TASKS), "--each", str(EACH),
        "--home", str(home),
    )  # fmt: skip
    (built,) = told(home, "dataset", "build", "--from", "all", "--shareable", "--as", "shown")
    assert built["episodes"] == len(TASKS) * EACH
    assert built["purpose"] == "train"
    *_, made = told(home, "learn", "shown", "--as", "doer", "--epochs", "45")
    # These pages begin anew at once and are not listed between; and to wait is nothing that a model can do.
    assert set(made["left"]) <= {NO_END, "a model has no word for wait"}
    *scores, whole = told(
        home, "eval", "doer", "--suite", "miniwob", "--tasks", ",".join(TASKS), "--episodes", str(PLAYED),
        "--pages", str(ROOT / ".venv" / "pages"),
    )  # fmt: skip
    assert whole["mean"] >= 0.8, scores
    assert {one["task"] for one in scores} == set(TASKS)
    assert "doer, version 1" in ran(home, str(BYHAND), "model", "show", "doer")
