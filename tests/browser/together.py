"""Tasks done by real X input on a virtual desktop: its driver and the browser's extension tell of the same acts."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Playwright

from byhand.datasets.formats.port import Demonstration
from byhand.evals.miniwob.hand import Inputs
from byhand.events.kinds import Button, Element, Numbered
from stage.desktop import Desktop
from stage.hands import Hands
from stage.inputs import on_a_desktop
from tests.browser.recorded import Recorded, recorded

_PACE = 0.2
"""Of a person's, between the acts; a press itself lasts as long as a finger's."""
_FIRST = "enter-text"
_FIELD = "#tt"


class Both(NamedTuple):
    """A recording that both drivers tell to, and what tasks are done with."""

    rig: Recorded
    inputs: Inputs


class Witnessed(NamedTuple):
    """Presses of an episode: all; those of which the desktop told the button and the browser the element; and those of
    them that are one action and no more, with the browser's target. described: by the desktop too, which is in haste.
    """

    presses: int
    both: int
    once: int
    described: int


@contextlib.contextmanager
def together(play: Playwright, folder: Path, policy: str, origin: str) -> Generator[Both]:
    """A desktop of its own, with its driver and the extension in one recording.

    Its first page is not a task's: there the hand comes to the page, and the keys are known to be meant for it.
    """
    with (
        Desktop(size=(1024, 700)) as stage,
        recorded(play, folder, policy, Recorded, stage) as rig,
        Hands(stage.display, pace=_PACE) as hands,
    ):
        both = Both(rig, on_a_desktop(rig.page, hands))
        _arrive(both, origin)
        yield both


def _arrive(both: Both, origin: str) -> None:
    """Press a field. Chromium tells the desktop of no focus that moved, so until a field is pressed no key is kept."""
    page = both.rig.open(f"{origin}/miniwob/{_FIRST}.html")
    page.evaluate("core.startEpisodeReal()")
    box = page.locator(_FIELD).bounding_box()
    assert box
    both.inputs.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until = time.monotonic() + 10
    while not any(isinstance(one.event, Element) and one.event.why == "press" for one in both.rig.events()):
        assert time.monotonic() < until, "the first press was not kept"
        time.sleep(0.05)


def witnessed(events: Sequence[Numbered], told: Demonstration) -> Witnessed:
    """How the presses of an episode were told, and what became of them."""
    downs = [one.seq for one in events if isinstance(one.event, Button) and one.event.down]
    sides: dict[int, set[str]] = {seq: set() for seq in downs}
    for one in events:
        if isinstance(one.event, Element) and one.event.why == "press":
            mine = next((seq for seq in reversed(downs) if seq < one.seq), None)
            if mine is not None:
                sides[mine].add(one.event.source)
    both = [seq for seq, told_by in sides.items() if "browser" in told_by]
    once = 0
    for seq in both:
        acts = [step.action for step in told.episode.steps if seq in step.action.events]
        once += len(acts) == 1 and acts[0].target is not None and acts[0].target.source == "browser"
    unseen = sum("element_only" in step.action.why for step in told.episode.steps)
    described = sum("desktop" in sides[seq] for seq in both)
    return Witnessed(len(downs) + unseen, len(both), once, described)
