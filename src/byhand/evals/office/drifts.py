"""The drifts: ways in which an app is no longer what it was when the task was shown. One table.

`possible` says whether a careful worker, alone, can still do the task right. Where it can't, it must stop, and `saved`
says whether the row's save has gone out by then: if not, no record may have been touched.
"""

from __future__ import annotations

from typing import NamedTuple

from byhand.evals.office.families import Family


class Drift(NamedTuple):
    """One switch. See the module's docstring for `possible` and `saved`."""

    name: str
    does: str
    possible: bool
    saved: bool = False


DRIFTS: dict[str, Drift] = {
    one.name: one
    for one in (
        Drift("LABELS", "labels and buttons have other words that mean the same", possible=True),
        Drift("LAYOUT", "fields, columns, sections and the navigation stand elsewhere", possible=True),
        Drift("THEME", "other colours, letters, corners and spacing", possible=True),
        Drift("WIDGET", "another widget for the same field: list, radios, listbox; dates as text", possible=True),
        Drift("OPTIONAL", "forms have a new field that may stay empty", possible=True),
        Drift("REQUIRED", "forms have a new field that must be filled in, and no row says with what", possible=False),
        Drift("REORDER", "rows and columns of lists come in another order", possible=True),
        Drift("EXTRA", "lists hold many more records, so that there are more pages", possible=True),
        Drift("DUPLICATES", "each record has a second one of the same name", possible=False),
        Drift("OPTIONS", "options come in another order, with new ones between them", possible=True),
        Drift("OPTIONS_RENAMED", "options have other words; the row's is no longer among them", possible=False),
        Drift("OPTIONS_REMOVED", "the options that rows ask for are gone", possible=False),
        Drift("BANNER", "an announcement stands above the page and is in nobody's way", possible=True),
        Drift("POPUP", "a dialog that asks something lies over the page", possible=False),
        Drift("POPUP_TYPING", "a dialog with a field of its own comes up while something is typed", possible=False),
        Drift("SLOW", "answers take up to a second, and now and then one says busy and tries again", possible=True),
        Drift("EXPIRED", "the session ends after some requests", possible=False),
        Drift("ERROR", "the server saves, and then answers with an error", possible=False, saved=True),
        Drift("DROPPED", "the server says saved, and has saved nothing", possible=False, saved=True),
        Drift("LANGUAGE", "the app speaks German, dates and amounts too; options stay as they are", possible=True),
        Drift("IDS", "ids, classes, names and test ids are others", possible=True),
        Drift("MEANING", "a button does more, an amount has another unit; the page says so", possible=False),
    )
}  # fmt: skip


def possible(drifts: frozenset[str], family: Family) -> bool:
    """Whether the task can still be done right under these drifts together."""
    return all(DRIFTS[name].possible or name in family.untouched for name in drifts)


def named(text: str) -> frozenset[str]:
    """Drifts from "LABELS,REORDER".

    Raises:
        KeyError: one that isn't in the table; its argument is the name.
    """
    names = frozenset(part.strip().upper() for part in text.split(",") if part.strip())
    for name in names:
        if name not in DRIFTS:
            raise KeyError(name)
    return names
