"""`python -m stage.demonstrations`: tasks shown to the real recorder become a dataset that says what was done."""

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
from stage.demonstrations import SECRET, Notes, Wanted, batches, environment, left
from stage.episodes import Shown, spans

ROOT = Path(__file__).parent.parent
BYHAND = str(Path(sys.executable).parent / "byhand")


def shown(task: str, seed: int) -> Shown:
    return Shown(task, seed, "do it", "done", 1, 0, 1.0)


class Made(NamedTuple):
    """What came of it. again: what the same command said the second time."""

    built: dict[str, Any]
    episodes: pl.DataFrame
    steps: pl.DataFrame
    again: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    home = tmp_path_factory.mktemp("d") / "h"  # a socket's address holds 108 bytes
    words = [sys.executable, "-m", "stage.demonstrations", "--tasks", "enter-text,choose-list", "--each", "1"]
    said = [
        subprocess.run([*words, "--home", str(home)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    asked = [BYHAND, "dataset", "build", "--from", "all", "--as", "shown", "--shareable", "--json"]
    env = os.environ | environment(home)
    built = json.loads(subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stdout)
    version = home / "datasets" / "shown" / "v1"
    episodes, steps = (pl.read_parquet(version / name / "*.parquet") for name in ("episodes", "steps"))
    return Made(built, episodes, steps, said[1])


def of(made: Made, word: str) -> list[dict[str, Any]]:
    """The steps of the episode in whose instruction that word is."""
    (one,) = made.episodes.filter(pl.col("instruction").str.contains(word))["episode"]
    return list(made.steps.filter(pl.col("episode") == one).sort("step").iter_rows(named=True))


def test_each_is_one_episode_in_the_words_it_was_asked_for(made: Made):
    """Said by the person, done, cut by its marks; all of it was approved."""
    told = made.episodes.sort("instruction").select("instruction", "by", "outcome", "cut").rows()
    assert [row[1:] for row in told] == [("person", "done", "marks")] * 2
    assert [row[0].split()[0] for row in told] == ["Enter", "Select"]
    assert made.built["problems"] == []


def test_its_steps_say_what_was_done(made: Made):
    """Nothing else is among them: not how the tab came there, not the keys an option was chosen with."""
    assert [(one["op"], one["text"]) for one in of(made, "text field")] == [
        ("click", ""), ("type", "Agustina"), ("click", ""),
    ]  # fmt: skip
    assert [(one["op"], one["text"]) for one in of(made, "from the list")] == [("select", "Helli"), ("click", "")]


def test_each_press_has_the_page_as_it_was_just_before(made: Made):
    """Also the one that ends typing: its list is from after the last letter, the field's own from before the first."""
    first, typed, last = ([one["mono_ns"] for one in step["before"]] for step in of(made, "text field"))
    assert first == typed
    assert last > first


def test_what_is_there_is_not_shown_again(made: Made):
    """The same command goes on where it was."""
    assert made.again.startswith("0 to show, 2 are there")


def test_what_is_left_is_one_of_each_and_then_one_more(tmp_path: Path):
    """So whatever is there when it is interrupted is even."""
    notes = Notes(tmp_path)
    notes.add("r1", shown("a", 0))
    with (tmp_path / "demonstrations" / "r1.jsonl").open("ab") as file:
        file.write(b'{"task": "b", "se')  # killed amid a line
    assert left(["a", "b"], range(2), notes.all()) == [Wanted("b", 0), Wanted("a", 1), Wanted("b", 1)]
    assert notes.loose() == ["r1"]


def test_words_that_hold_a_password_have_recordings_of_their_own():
    """One such task would keep all others of its recording from being approved."""
    wanted = [Wanted(task, 0) for task in ("click-link", "login-user", "enter-text", "enter-password", "focus-text")]
    parts = [[one.task for one in part] for part in batches(wanted, 2)]
    assert parts == [["click-link", "enter-text"], ["focus-text"], ["login-user", "enter-password"]]
    assert all(one.startswith(("enter-password", "login", "social")) for one in SECRET)


def pages(*whats: PageWhat) -> list[Numbered]:
    at = "http://127.0.0.1:1", "/"
    return [Numbered(10 + n, PageEvent(n, n, "text.page", what, 1, 1, *at)) for n, what in enumerate(whats)]


def test_a_task_lasts_as_long_as_its_page():
    """The first page is no task's; the last task may have been interrupted, and then has no line."""
    events = pages("loaded", "left", "loaded", "left", "loaded", "left", "loaded")
    assert spans(events, [shown("a", 0), shown("b", 0)]) == [(12, 13), (14, 15)]


def test_where_pages_are_missing_nothing_is_told_apart():
    """A task would get another one's words."""
    with pytest.raises(ValueError, match="1 pages were kept of 2 tasks"):
        spans(pages("loaded", "left", "loaded"), [shown("a", 0), shown("b", 0)])
