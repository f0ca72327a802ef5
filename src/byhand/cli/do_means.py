"""What a goal is done with: the browser, the leave, the consent, and the words of its options."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import get_args

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.page import opened as opened_browser
from byhand.agents.brake import Brake
from byhand.agents.leave import Ask, GoalLeave
from byhand.agents.seeing import Seeing
from byhand.cli import extension
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.do_correction import own_profile
from byhand.cli.workflow_work import Window, allowed, policy_of
from byhand.consent.reach import beyond
from byhand.errors import UsageFault
from byhand.recorder.redactors import redactors
from byhand.ui import words
from byhand.workflows.program import Check, Risk
from byhand.workflows.sentences import SentenceError, read_check

NONE = "none"
_ASKED_ALWAYS = frozenset({"", "uploads", "credentials"})
_NOTHING = "nothing was done"


class Forgets:
    """Satisfies `outcome.Book`: a goal has no rows, so there is nothing to go on with after a crash."""

    def will(self, step: str, risk: Risk) -> None:
        """Nothing is kept."""

    def did(self, step: str) -> None:
        """Nothing is kept."""


@contextmanager
def hands_for(home: Path, window: Window, brake: Brake) -> Generator[tuple[PageHands, bool]]:
    """Hands in a browser of their own, and whether it joins the recorder: then a person's correction is recorded."""
    chromium, folder = for_a_window(os.environ).program, extension.folder()
    with own_profile(home, window.profile) if window.shown else nullcontext() as joins:
        profile = joins or window.profile
        with opened_browser(
            chromium, folder, profile=profile, headless=not window.shown, loads=joins is not None, pulled=brake.pulled
        ) as hands:
            yield hands, joins is not None


def eyes(home: Path, hands: PageHands) -> Glance:
    """What the guard lets through is shown, and nothing else."""
    app = for_a_window(os.environ).browser.window
    return Glance(hands, Seeing(policy_of(home), opened.grant(home), app=app, extra=redactors()))


def goal_leave(home: Path, ask: Ask | None, hands: PageHands, said: frozenset[Risk]) -> GoalLeave:
    return GoalLeave(allowed(home), ask, lambda: hands.view.address if hands.view else "", said)


def listed(home: Path) -> Callable[[str], bool]:
    """Does the consent that holds cover the page of an address?"""
    grant, policy = opened.grant(home), policy_of(home)
    return lambda address: not beyond(grant, policy, (address,), ())


def risks(said: str) -> frozenset[Risk]:
    """The kinds that `--yes-to` names.

    Raises:
        UsageFault: there is no such kind, or it is one that a person is always asked for.
    """
    if said in ("", NONE):
        return frozenset()
    known: tuple[Risk, ...] = tuple(one for one in get_args(Risk) if one not in _ASKED_ALWAYS)
    asked = [one.strip() for one in said.split(",")]
    if odd := next((one for one in asked if one not in known), ""):
        raise UsageFault(
            f"{words.shown(odd, 40)} is nothing that can be said yes to beforehand",
            hints=(f"it is none, or of: {', '.join(known)}",), fate=_NOTHING,
        )  # fmt: skip
    return frozenset(one for one in known if one in asked)


def seen(said: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks that `--check` gives.

    Raises:
        UsageFault: one is no check, or one of a program's own fields.
    """
    found: list[Check] = []
    for sentence in said:
        try:
            check = read_check(sentence)
        except SentenceError as error:
            raise UsageFault(f"the check {words.shown(sentence, 60)} {error}", fate=_NOTHING) from None
        if check.kind in ("holds", "set"):
            raise UsageFault(
                "a field of a page is known by a program alone",
                hints=('a goal can be checked by: see "Saved", page is /done, one row of "R-7"',), fate=_NOTHING,
            )  # fmt: skip
        found.append(check)
    return tuple(found)
