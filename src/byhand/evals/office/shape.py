"""What an app is made of. The apps are written in these words; `pages` draws them, `acting` does what is asked of them.

Rules of this module: values only. All texts are English and go through `words` before they reach a page.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from byhand.evals.office.families import AppName, Record, Tables, Value

Kind = Literal["text", "long", "amount", "number", "date", "choice", "check"]
Widget = Literal["select", "radio", "listbox"]


class Field(NamedTuple):
    """One value of a record.

    Args:
        name: its key in the record.
        label: as the page says it.
        kind: what it holds; amounts are whole cents.
        options: of a choice; rows ask for these only.
        more: options that no row asks for. OPTIONS puts them between, OPTIONS_REMOVED leaves only them.
        later: values that no form offers; a deed sets them.
        required: a form without it is refused.
        default: what a new record holds.
        widget: how a choice is drawn; WIDGET takes the next.
        hint: one line below the field.
        group: the heading it stands under in a form and in a record.
    """

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    required: bool = False
    default: Value = ""
    widget: Widget = "select"
    hint: str = ""
    group: str = ""


class Form(NamedTuple):
    """Some of a record's fields, to be filled in.

    Args:
        name: the last part of its address; `new` makes a record.
        opens: the link that leads to it.
        title: its heading.
        fields: names.
        button: what saves.
        sets: what a save sets besides.
        on: a second button that saves and goes on to the next record that waits; "" for none.
        when: field -> the values it must have for the form to be offered.
    """

    name: str
    opens: str
    title: str
    fields: tuple[str, ...]
    button: str = "Save"
    sets: tuple[tuple[str, Value], ...] = ()
    on: str = ""
    when: tuple[tuple[str, tuple[Value, ...]], ...] = ()


class Deed(NamedTuple):
    """A button that changes a record at once, or after one question.

    Args:
        name: the last part of its address.
        label: on the button.
        sets: what it sets.
        counts: a number it makes one higher; "" for none.
        when: field -> the values it must have for the button to be offered.
        asks: the question asked first; "" for none.
        in_row: it also stands in the record's row of the list.
        removes: it takes the record away for good.
        done: what the page says afterwards.
    """

    name: str
    label: str
    sets: tuple[tuple[str, Value], ...] = ()
    counts: str = ""
    when: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    asks: str = ""
    in_row: bool = True
    removes: bool = False
    done: str = "Saved"


class Lines(NamedTuple):
    """The lines of a record: added one by one, or given a result one by one.

    Args:
        field: the record's key that holds them.
        title: heading.
        fields: of a line.
        add: the button below the fields of a new line; "" where none can be added.
        results: what can be said of each; () for lines without.
        none: what stands there before anything is said.
    """

    field: str
    title: str
    fields: tuple[Field, ...]
    add: str = ""
    results: tuple[str, ...] = ()
    none: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A table of an app with its list, records and forms.

    Args:
        name: the table's, and the first part of its addresses.
        one, many: what a record and the list are called.
        key: the field a record is called by; its link in the list.
        fields: all.
        columns: those in the list.
        forms, deeds, lines: see there.
        search: fields the search looks into.
        filter: a choice by which the list can be narrowed; "" for none.
        apart: the fields in which a duplicate differs from the first (DUPLICATES).
        waits: field and value of the records a form's `on` goes on to.
        per_page: rows of a page.
        bin: deleted ones can be restored.
    """

    name: str
    one: str
    many: str
    key: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    forms: tuple[Form, ...] = ()
    deeds: tuple[Deed, ...] = ()
    lines: Lines | None = None
    search: tuple[str, ...] = ()
    filter: str = ""
    apart: tuple[str, ...] = ()
    waits: tuple[str, Value] | None = None
    per_page: int = 10
    bin: bool = False

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    def form(self, name: str) -> Form | None:
        return next((one for one in self.forms if one.name == name), None)

    def blank(self) -> Record:
        """A new record before anything was filled in."""
        return {one.name: one.default for one in self.fields} | ({self.lines.field: []} if self.lines else {})


@dataclass(frozen=True, slots=True)
class App:
    """One web app.

    Args:
        name: for commands.
        title: on the page.
        people: whom one may continue as.
        collections: the first one's list is the first page.
        seed: its records, from a random source.
        optional, required: the fields that OPTIONAL and REQUIRED add to each form.
        more: what MEANING adds to every save: the sentence on the page, and the field that is then true.
        prose: pages of text: address, title, paragraphs as (heading, text).
    """

    name: AppName
    title: str
    people: tuple[str, ...]
    collections: tuple[Collection, ...]
    seed: Callable[[random.Random], Tables]
    optional: Field
    required: Field
    more: tuple[str, str]
    prose: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()

    def collection(self, name: str) -> Collection | None:
        return next((one for one in self.collections if one.name == name), None)


def offered(when: tuple[tuple[str, tuple[Value, ...]], ...], record: Record) -> bool:
    """Whether a form or a deed is there for this record."""
    return all(record.get(name, "") in values for name, values in when)
