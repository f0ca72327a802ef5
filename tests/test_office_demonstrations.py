"""`python -m stage.office_demonstrations`: rows of the office shown to the real recorder become a dataset."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from byhand.events.kinds import Numbered, PageWhat
from byhand.events.kinds import Page as PageEvent
from stage.demonstrations import Wanted, environment
from stage.episodes import Shown
from stage.office_demonstrations import batches, spans

ROOT = Path(__file__).parent.parent
BYHAND = str(Path(sys.executable).parent / "byhand")


class Made(NamedTuple):
    """What came of it. again: what the same command said the second time."""

    built: dict[str, Any]
    episodes: pl.DataFrame
    steps: list[dict[str, Any]]
    again: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    home = tmp_path_factory.mktemp("o") / "h"  # a socket's address holds 108 bytes
    words = [sys.executable, "-m", "stage.office_demonstrations", "--families", "tickets-away", "--each", "1"]
    said = [
        subprocess.run([*words, "--home", str(home)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    asked = [BYHAND, "dataset", "build", "--from", "all", "--as", "shown", "--shareable", "--json"]
    env = os.environ | environment(home)
    built = json.loads(subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stdout)
    version = home / "datasets" / "shown" / "v1"
    episodes, steps = (pl.read_parquet(version / name / "*.parquet") for name in ("episodes", "steps"))
    return Made(built, episodes, list(steps.sort("step").iter_rows(named=True)), said[1])


def test_a_row_is_one_episode_in_a_persons_words(made: Made):
    """Done by the app's own records, approved, and nothing of how the tab came there."""
    (row,) = made.episodes.select("instruction", "by", "outcome", "cut").rows()
    assert row == ("Set Maren Oosterveld of the team Web away.", "person", "done", "marks")
    assert made.built["problems"] == []


def test_its_steps_are_what_was_done(made: Made):
    """Each has a list of its page before it."""
    assert [(one["op"], one["text"]) for one in made.steps] == [
        ("click", ""), ("click", ""), ("type", "Maren Oosterveld"), ("click", ""), ("click", ""),
    ]  # fmt: skip
    assert all(any(seen["kind"] == "snapshot" for seen in one["before"]) for one in made.steps)


def test_what_is_there_is_not_shown_again(made: Made):
    assert made.again.startswith("0 to show, 1 are there")


def shown(task: str, seed: int) -> Shown:
    return Shown(task, seed, "do it", "done", 1, 0, 1.0)


def pages(*whats: tuple[PageWhat, str]) -> list[Numbered]:
    at = "http://127.0.0.1:1"
    return [
        Numbered(10 + n, PageEvent(n, n, "text.page", what, 1, 1, at, page)) for n, (what, page) in enumerate(whats)
    ]


def test_a_task_lasts_from_its_first_page_to_the_next_beginning():
    """Whatever pages it goes through; the one that was interrupted has no line and is none."""
    one = [
        ("loaded", "/help"),
        ("left", "/help"),
        ("loaded", "/"),
        ("left", "/"),
        ("loaded", "/bugs"),
        ("left", "/bugs"),
    ]
    events = pages(*one, *one, *one)  # pyright: ignore[reportArgumentType]  # words of `PageWhat`
    assert spans(events, [shown("a", 0), shown("b", 0)]) == [(12, 15), (18, 21)]
    with pytest.raises(ValueError, match="3 beginnings were kept of 4 tasks"):
        spans(events, [shown("a", n) for n in range(4)])


def test_a_recording_holds_rows_of_one_app_and_the_apps_come_in_turn():
    wanted = [Wanted(name, seed) for seed in range(2) for name in ("tickets-away", "invoices-delete")]
    assert [[one.task for one in part] for part in batches(wanted, 9)] == [
        ["invoices-delete"] * 2, ["tickets-away"] * 2,
    ]  # fmt: skip
    assert [part[0].task for part in batches(wanted, 1)] == ["invoices-delete", "tickets-away"] * 2
    assert list(batches([], 1)) == []
