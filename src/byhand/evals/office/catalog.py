"""All apps and all task families, by name."""

from __future__ import annotations

from byhand.evals.office.apps import expenses, invoices, moderation, tickets
from byhand.evals.office.books import seeded
from byhand.evals.office.families import Family, Row
from byhand.evals.office.seeds import source
from byhand.evals.office.shape import App
from byhand.evals.office.tasks import expenses as expenses_tasks
from byhand.evals.office.tasks import invoices as invoices_tasks
from byhand.evals.office.tasks import moderation as moderation_tasks
from byhand.evals.office.tasks import tickets as tickets_tasks

APPS: dict[str, App] = {one.name: one for one in (invoices.APP, moderation.APP, tickets.APP, expenses.APP)}
FAMILIES: dict[str, Family] = {
    one.name: one
    for one in (*invoices_tasks.FAMILIES, *moderation_tasks.FAMILIES, *tickets_tasks.FAMILIES, *expenses_tasks.FAMILIES)
}


def rows(family: Family, seed: int = 1, count: int = 20) -> list[Row]:
    """Rows to do, all different, for the records that the app begins with under the same seed.

    Raises:
        ValueError: there are not so many.
    """
    return family.draw(seeded(APPS[family.app], seed), source(family.name, seed), count)
