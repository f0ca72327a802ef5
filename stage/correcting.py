"""A made-up person beside a model: where it stops, or ends wrong, they take over and show it, and are recorded.

Rules of this module: the browser, the takeover's recording and what is kept of the goal are those of `byhand do`; the
person's hands are an oracle's. They go on from where the model stopped if the page can still be done from there, else
they begin the same task anew; what was recorded before that is cut. What they did is named and approved as a person may
do in the review.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.outcome import Outcome
from byhand.cli import extension
from byhand.cli.browsers import for_a_window
from byhand.cli.do_correction import Correction, Part, own_profile
from byhand.cli.do_report import Report
from byhand.evals.miniwob.catalog import ORACLES
from byhand.evals.miniwob.stage import Stage, address
from byhand.evals.suites.miniwob import Played
from stage import episodes
from stage.pace import Listed, PacedHand


class Shown(NamedTuple):
    """recording: "" where none was made, or it is of no use; then why says so. anew: it was begun once more."""

    recording: str
    anew: bool = False
    acts: int = 0
    why: str = ""


@contextlib.contextmanager
def joined(home: Path) -> Generator[PageHands]:
    """A browser for the model that joins a recorder as soon as there is one, headless."""
    chromium = for_a_window(os.environ).program
    with (
        own_profile(home, None) as profile,
        opened(chromium, extension.folder(), profile=profile, loads=True) as hands,
    ):
        yield hands


def correct(home: Path, stage: Stage, listed: Listed, model: str, played: Played) -> Shown:
    """Take over from the model in the page as it is.

    Args:
        home: BYHAND_HOME.
        stage: where it played.
        listed: of the same tab.
        model: who played.
        played: how it went.
    """
    words = stage.utterance()
    unfinished = stage.reward() is None
    spoken = Correction(home, "")
    if why := spoken.begin():
        spoken.end()
        return Shown("", why=why)
    hand = PacedHand(stage.page, listed)
    done, anew = False, False
    if unfinished:
        done = _does(stage, hand, played.task)
    if not done:
        anew = True
        words = stage.begin(played.task, played.seed)
        hand = PacedHand(stage.page, listed)
        done = _does(stage, hand, played.task)
    listed.wait()
    recording = spoken.end()
    if not (recording and done):
        return Shown("", anew, hand.acts, "it could not be shown")
    try:
        episodes.corrected(home, recording, words, "done", anew=anew)
    except ValueError as error:
        return Shown("", anew, hand.acts, str(error))
    report = Report(words, model, address(stage.origin, played.task))
    parts = [Part("", "agent", played.acts), Part(recording, "person", played.acts)]
    report.end(Outcome("stopped", played.acts), "", parts)
    report.save(home)
    return Shown(recording, anew, hand.acts, episodes.approved(home, recording))


def _does(stage: Stage, hand: PacedHand, task: str) -> bool:
    with contextlib.suppress(AssertionError, Error, ValueError, IndexError, StopIteration):
        ORACLES[task](hand)
        for _ in range(20):
            if (reward := stage.reward()) is not None:
                return reward == 1
            stage.page.wait_for_timeout(20)
    return False
