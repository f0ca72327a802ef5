"""The demo's model: a task of the office is shown a few times, learned from, and done to a record it never saw.

Rules of this module: what shows is `stage.office_demonstrations`, what learns and what does it is `byhand`, as one
would type it, in a BYHAND_HOME of its own: a yes for made-up records is no yes for the demo's other recordings. Whether
it was done is said by the app's own records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.families import AppName
from byhand.evals.office.goals import goal
from byhand.evals.office.serve import Served
from byhand.evals.seeds import FIRST_TESTED
from stage.demonstrations import agree, gone_on, left
from stage.office_demonstrations import POLICY, SITE, batch, offices_at, spans

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
    with offices_at(home) as offices:
        tell(f"{EACH} reports are reopened by hand, each told in other words, and that is recorded")
        _shown(home, offices)
        byhand("dataset", "build", "--from", "all", "--as", "reopened")
        byhand("learn", "reopened", "--as", MODEL, *_HOW)
        tell("a report it never saw")
        row = rows(FAMILY, _SEED, 1)[0]
        office = offices[FAMILY.app]
        office.reset(_SEED)
        before = office.state().tables
        byhand(
            "do", goal(FAMILY.name, row, "shown", _SEED), "--url", f"{office.url}?enter={office.site.app.people[0]}",
            "--model", MODEL, "--watch", "--yes-to", "sends", "--check", f'see "{row.values["title"]}"',
        )  # fmt: skip
        return FAMILY.verdict(before, office.state().tables, row)


def _shown(home: Path, offices: Mapping[AppName, Served]) -> None:
    """In one recording, approved and told apart."""
    env, notes = gone_on(home, spans)
    origins = [one.url.rstrip("/") for one in offices.values()]
    agree(home, env, POLICY + "".join(SITE.format(origin=origin) for origin in origins))
    batch(home, env, offices, left([FAMILY.name], range(EACH), notes.all()), notes, "shown")
