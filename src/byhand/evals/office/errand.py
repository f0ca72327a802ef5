"""One row of a task to be done in an office of its own: what is asked for, where it begins, what came of it.

Rules of this module: what came of it is read from the app's own records. Seeds for tests have the words that nobody is
shown; those below are said as in demonstrations.
"""

from __future__ import annotations

from contextlib import ExitStack

from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.families import Row, Verdict
from byhand.evals.office.goals import WORDS, goal
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from byhand.evals.seeds import FIRST_TESTED

_DRAWN = 8
"""Rows that are drawn for one seed, of which one is done: the first of some tasks are always the hard ones."""


def asked(family: str, seed: int) -> tuple[Row, str]:
    """The row for a seed, and what a person would say for it."""
    drawn = rows(FAMILIES[family], seed, _DRAWN)
    row = drawn[seed % len(drawn)]
    which = "held" if seed >= FIRST_TESTED or not WORDS[family].shown else "shown"
    return row, goal(family, row, which, seed)


class Errand:
    """Begun, done by whoever, judged.

    Args:
        family: of the task; one that has words (`goals.WORDS`).
        seed: of records, row and words.
        drifts: what is other than usual.
    """

    def __init__(self, family: str, seed: int, drifts: frozenset[str] = frozenset()) -> None:
        self.family, self._held = FAMILIES[family], ExitStack()
        self.row, self.goal = asked(family, seed)
        self._office = self._held.enter_context(served(Site(APPS[self.family.app], seed, drifts)))
        self._before = self._office.state().tables

    @property
    def entry(self) -> str:
        """An address that says who one is: open it first."""
        return self._office.entry

    def says(self, word: str) -> str:
        """What its pages say for it: under some drifts they have other words."""
        return self._office.site.look.say(word)

    def verdict(self) -> Verdict:
        """So far."""
        return self.family.verdict(self._before, self._office.state().tables, self.row)

    def close(self) -> None:
        """The office is served no more."""
        self._held.close()
