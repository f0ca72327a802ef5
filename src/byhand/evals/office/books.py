"""An app's records and every change of them. What a page shows is drawn from here, and so is what a checker reads.

Rules of this module: a change is made by one of the methods, whole or not at all; a value that a form refuses is told,
never stored.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from byhand.evals.office.families import Record, Tables, Value
from byhand.evals.office.look import Look
from byhand.evals.office.seeds import source
from byhand.evals.office.shape import App, Collection, Deed, Field, Form, offered
from byhand.evals.office.values import cents, day

_REFUSED = {
    "amount": "This is not an amount", "number": "This is not a number", "date": "This is not a date",
    "choice": "This is not one of the options",
}  # fmt: skip


def seeded(app: App, seed: int, drifts: frozenset[str] = frozenset()) -> Tables:
    """What an app begins with."""
    tables = app.seed(source(app.name, seed))
    if "EXTRA" in drifts:
        _more(app, tables, app.seed(source(app.name, seed, "extra")))
    if "DUPLICATES" in drifts:
        for collection in app.collections:
            _double(collection, tables[collection.name])
    return tables


class Books:
    """The tables of one served app."""

    def __init__(self, app: App, look: Look) -> None:
        self.app, self.look = app, look
        self.tables = seeded(app, look.seed, look.drifts)
        self._next = 0

    def copied(self) -> Tables:
        return copy.deepcopy(self.tables)

    def record(self, table: str, key: str) -> Record | None:
        return self.tables.get(table, {}).get(key)

    def shown(self, collection: Collection, *, deleted: bool = False) -> list[tuple[str, Record]]:
        """Newest first."""
        there = [(key, one) for key, one in self.tables[collection.name].items() if bool(one.get("deleted")) is deleted]
        there.reverse()
        return self.look.order(collection.name, there) if "REORDER" in self.look.drifts else there

    def save(
        self, collection: Collection, form: Form, key: str, posted: Mapping[str, str]
    ) -> tuple[str, dict[str, str]]:
        """Fill a form in; `key` "" for a new record.

        Returns:
            The record's id and nothing, or "" and what is wrong with each field.
        """
        before = self.tables[collection.name][key] if key else {}
        fields = [collection.field(name) for name in form.fields]
        # A form offers no value that only a deed sets; a record that has one keeps it unless another is chosen.
        fields = [one for one in fields if posted.get(one.name) or before.get(one.name) not in one.later]
        values, wrong = self._read(fields, posted)
        for one in self._added():
            read, more = self._read([one], posted)
            wrong |= more
            values |= {name: value for name, value in read.items() if value != ""}
        if wrong:
            return "", wrong
        record = dict(before) if key else collection.blank()
        record |= values | dict(form.sets) | self._besides()
        key = key or self._new()
        self.tables[collection.name][key] = record
        return key, {}

    def do(self, collection: Collection, deed: Deed, key: str) -> bool:
        """Press a button of a record. False where it isn't offered for it."""
        record = self.tables[collection.name][key]
        if not offered(deed.when, record):
            return False
        if deed.removes:
            del self.tables[collection.name][key]
            return True
        counted: Record = {deed.counts: int(str(record.get(deed.counts) or 0)) + 1} if deed.counts else {}
        self.tables[collection.name][key] = record | dict(deed.sets) | counted | self._besides()
        return True

    def restore(self, collection: Collection, key: str) -> None:
        record = dict(self.tables[collection.name][key])
        record.pop("deleted", None)
        self.tables[collection.name][key] = record

    def add_line(self, collection: Collection, key: str, posted: Mapping[str, str]) -> dict[str, str]:
        """A new line of a record; what is wrong with it otherwise."""
        lines = collection.lines
        assert lines is not None
        values, wrong = self._read(lines.fields, posted)
        if not wrong:
            told = {name: value for name, value in values.items() if isinstance(value, str | int)}
            self._lines(collection, key, [*_lines_of(self.tables[collection.name][key], lines.field), told])
        return wrong

    def result(self, collection: Collection, key: str, place: int, said: str) -> bool:
        """Say of one line how it went."""
        lines = collection.lines
        assert lines is not None
        all_of_it = _lines_of(self.tables[collection.name][key], lines.field)
        if said not in lines.results or not 0 <= place < len(all_of_it):
            return False
        changed = [one | {"result": said} if n == place else one for n, one in enumerate(all_of_it)]
        self._lines(collection, key, changed)
        return True

    def _lines(self, collection: Collection, key: str, lines: list[dict[str, str | int]]) -> None:
        assert collection.lines is not None
        record = self.tables[collection.name][key] | self._besides()
        record[collection.lines.field] = lines
        self.tables[collection.name][key] = record

    def _read(
        self, fields: list[Field] | tuple[Field, ...], posted: Mapping[str, str]
    ) -> tuple[Record, dict[str, str]]:
        values: Record = {}
        wrong: dict[str, str] = {}
        for one in fields:
            told = posted.get(one.name, "").strip()
            value = self._value(one, told)
            if value is None:
                wrong[one.name] = _REFUSED[one.kind]
            elif one.required and told == "":
                wrong[one.name] = "This field is required"
            else:
                values[one.name] = value
        return values, wrong

    def _value(self, one: Field, told: str) -> Value | None:
        if one.kind == "check":
            return told == "on"
        if told == "":
            return one.default if one.kind in ("amount", "number") else ""
        match one.kind:
            case "amount":
                found = cents(told)
                return found * 1000 if found is not None and "MEANING" in self.look.drifts else found
            case "number":
                return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None
            case "date":
                return day(told)
            case "choice":
                return told if told in (*one.options, *one.more) else None
            case _:
                return told

    def _added(self) -> list[Field]:
        app, drifts = self.app, self.look.drifts
        return [*([app.optional] if "OPTIONAL" in drifts else []), *([app.required] if "REQUIRED" in drifts else [])]

    def _besides(self) -> Record:
        """What MEANING makes of any change."""
        return {self.app.more[1]: True} if "MEANING" in self.look.drifts else {}

    def _new(self) -> str:
        self._next += 1
        return f"n{self._next}"


def _lines_of(record: Record, name: str) -> list[dict[str, str | int]]:
    found = record.get(name)
    return found if isinstance(found, list) else []


def _more(app: App, tables: Tables, extra: Tables) -> None:
    """Others beside those that are there, none of the same name; older ones, so that the lists grow at their ends."""
    for collection in app.collections:
        table = tables[collection.name]
        names = {str(record[collection.key]) for record in table.values()}
        new = {f"x{key}": one for key, one in extra[collection.name].items() if str(one[collection.key]) not in names}
        half = len(new) // 2
        keys = list(new)
        tables[collection.name] = (
            {key: new[key] for key in keys[:half]} | table | {key: new[key] for key in keys[half:]}
        )  # fmt: skip


def _double(collection: Collection, table: dict[str, Record]) -> None:
    """A second one of the same name for each, that has the neighbour's other values."""
    if not collection.apart:
        return
    keys = list(table)
    for key, other in zip(keys, keys[7:] + keys[:7], strict=True):
        table[f"d{key}"] = table[key] | {name: table[other][name] for name in collection.apart}
