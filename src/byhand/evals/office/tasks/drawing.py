"""Rows for a task, and what they stand for in the records."""

from __future__ import annotations

from collections.abc import Iterable

from byhand.evals.office.families import Record, Row, Tables
from byhand.evals.office.values import cents, day


def rows(drawn: Iterable[dict[str, str]]) -> list[Row]:
    return [Row(number, values) for number, values in enumerate(drawn)]


def ids(tables: Tables, table: str, **fields: str) -> list[str]:
    """Of the records, not deleted, whose fields are exactly these."""
    return [
        key
        for key, record in tables[table].items()
        if not record.get("deleted") and all(record.get(name) == value for name, value in fields.items())
    ]


def unique(tables: Tables, table: str, **fields: str) -> str:
    """The first one's id; "" where there is none. Of several, the one an app began with is meant."""
    return next(iter(ids(tables, table, **fields)), "")


def holding(tables: Tables, table: str, **fields: str) -> list[str]:
    """Of the records whose fields hold these words, as a search finds them."""
    return [
        key
        for key, record in tables[table].items()
        if not record.get("deleted") and all(value in str(record.get(name)) for name, value in fields.items())
    ]


def lines_of(record: Record, name: str = "lines") -> list[dict[str, str | int]]:
    found = record[name]
    assert isinstance(found, list)
    return found


def amount_of(text: str) -> int:
    """Cents of a text that is one.

    Raises:
        ValueError: it is none.
    """
    found = cents(text)
    if found is None:
        raise ValueError("not an amount")
    return found


def day_of(text: str) -> str:
    """A text that is a day, as ISO.

    Raises:
        ValueError: it is none.
    """
    found = day(text)
    if found is None:
        raise ValueError("not a day")
    return found
