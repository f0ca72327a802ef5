"""What a goal is done with: the browser, the leave, the consent, and the words of its options."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from byhand.agents.actuators.page import PageHands
from byhand.agents.brake import Brake
from byhand.agents.leave import Ask, GoalLeave
from byhand.cli import open as opened
from byhand.cli.workflow_work import Window, allowed, hands_in, policy_of
from byhand.consent.reach import beyond
from byhand.errors import UsageFault
from byhand.ui import words
from byhand.workflows.program import Check, Risk, Workflow
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
def shown_hands(program: Workflow, window: Window, brake: Brake) -> Generator[PageHands]:
    """Hands in a browser of their own."""
    with hands_in(program, window, brake) as hands:
        assert isinstance(hands, PageHands)
        yield hands


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
