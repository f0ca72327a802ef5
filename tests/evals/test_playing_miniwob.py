"""Tasks in live pages: what is right is for the page to say, and who knows nothing is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from byhand.cli import extension
from byhand.cli.browsers import for_a_window
from byhand.evals.suites import miniwob
from byhand.evals.suites.miniwob import Played, Random, score
from byhand.events.kinds import OBSERVER
from byhand.models.decision import Decision, Look
from byhand.models.rules import Rules
from tests.models.pages import page

WHEELS = Path(__file__).parents[2] / ".venv" / "pages"


class Submits:
    """Presses "Submit" whatever is asked for."""

    name, observer = "submits", OBSERVER

    def decide(self, look: Look) -> Decision:
        seen = look.seen
        at = next((at for at, name in enumerate(seen.names) if name == "Submit"), -1)
        return Decision("click", seen.nodes[at]) if at >= 0 else Decision("done")


def test_each_episode_is_judged_by_its_page():
    """Real Chromium, real input: the baseline presses what it is told to; who submits an empty form is wrong, and it
    is said that the page was done all the same.
    """
    program = for_a_window(os.environ).program
    with miniwob.playing(WHEELS, program, extension.folder()) as play:
        good = play(Rules(), "click-button", 200_001)
        again = play(Rules(), "click-button", 200_001)
        bad = play(Submits(), "enter-text", 200_001)
    assert (good.reward, good.acts, good.why) == (1, 1, "")
    assert (again.reward, again.acts) == (good.reward, good.acts)
    assert (bad.right, bad.acts, bad.why) == (False, 1, "")


def test_a_score_says_how_many_and_how_sure():
    told = [Played("t", seed, float(seed % 4 != 0), 2, 0.5, "circles" if not seed % 4 else "") for seed in range(8)]
    found = score("t", told)
    assert (found.n, found.successes, found.whys) == (8, 6, {"circles": 2})
    assert found.low < 0.75 < found.high


def test_part_of_a_reward_is_not_right():
    """Some pages pay for half of it."""
    assert not Played("t", 1, 0.5, 1, 1.0).right


def test_who_knows_nothing_presses_the_same_each_time():
    look = Look("x", page("button A; button B; link C; heading D"))
    assert [Random(3).decide(look).node for _ in range(3)] == [Random(3).decide(look).node] * 3


@pytest.mark.parametrize("said", ["", "click-button, enter-text"])
def test_tasks_are_chosen_by_name(said: str):
    assert miniwob.chosen(said)[:1] == (("book-flight",) if not said else ("click-button",))
