"""The demo's model: a task of the office is shown a few times, learned from, and done with words nobody showed.

Rules of this module: what shows is `stage.office_demonstrations`, what learns and what does it is `byhand`, as one
would type it, in a BYHAND_HOME of its own: a yes for made-up records is no yes for the demo's other recordings. Whether
it was done is said by the app's own records.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.goals import FIRST_TESTED, goal
from stage import office_demonstrations

FAMILY = FAMILIES["moderation-reopen"]
MODEL = "clerk"
EACH = 10
_SEED = FIRST_TESTED + 3
_HOW = ("--epochs", "60", "--batch", "16")
"""Forty acts are few: each is seen often, in small batches."""


def learned_and_done(home: Path, byhand: Callable[..., str], tell: Callable[[str], None]) -> str:
    """All of it. Gives what the app's records say of what the model did: `right`, `nothing`, `wrong` or `duplicated`.

    Args:
        home: where `byhand` keeps it.
        byhand: runs it with these words, and tells what it answers.
        tell: hears what else goes on.
    """
    with office_demonstrations.offices_at(home) as offices:
        tell(f"{EACH} reports are reopened by hand, each told in other words, and that is recorded")
        office_demonstrations.shown(home, [FAMILY.name], range(EACH), offices, tell)
        byhand("dataset", "build", "--from", "all", "--as", "reopened")
        byhand("learn", "reopened", "--as", MODEL, *_HOW)
        tell("a report it never saw, told in a way nobody told it")
        row = rows(FAMILY, _SEED, 1)[0]
        office = offices[FAMILY.app]
        office.reset(_SEED)
        before = office.state().tables
        byhand(
            "do", goal(FAMILY.name, row, "held", _SEED), "--url", f"{office.url}?enter={office.site.app.people[0]}",
            "--model", MODEL, "--watch", "--yes-to", "sends", "--check", f'see "{row.values["title"]}"',
        )  # fmt: skip
        return FAMILY.verdict(before, office.state().tables, row)
