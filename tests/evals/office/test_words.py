"""Every word of the pages can drift, and no drift makes two fields of one name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from byhand.evals.office.catalog import APPS
from byhand.evals.office.look import Look
from byhand.evals.office.shape import App, Collection, Field
from byhand.evals.office.words import WORDS, renamed


def spoken(app: App) -> Iterator[str]:
    """Labels, buttons, headings and what is said afterwards."""
    yield from (app.more[0], app.optional.label, app.required.label)
    for one in app.collections:
        yield from (one.one, one.many)
        for field in (*one.fields, *(one.lines.fields if one.lines else ())):
            yield from (field.label, field.group, field.hint)
        for form in one.forms:
            yield from (form.opens, form.title, form.button, form.on)
        for deed in one.deeds:
            yield from (deed.label, deed.asks, deed.done)
        if one.lines:
            yield from (one.lines.title, one.lines.add)


def collections() -> list[tuple[App, Collection]]:
    return [(app, one) for app in APPS.values() for one in app.collections]


@pytest.mark.parametrize("app", APPS.values(), ids=lambda one: one.name)
def test_every_word_has_another_and_a_german_one(app: App) -> None:
    """LABELS and LANGUAGE leave no label, button or heading as it was."""
    assert sorted({word for word in spoken(app) if word} - WORDS.keys()) == []
    for word, said in WORDS.items():
        assert len({word, said.other, said.german}) == 3, word


@pytest.mark.parametrize("drift", ["", "LABELS", "LANGUAGE"])
@pytest.mark.parametrize(("app", "one"), collections(), ids=lambda one: getattr(one, "name", ""))
def test_no_two_fields_of_a_form_have_one_name(app: App, one: Collection, drift: str) -> None:
    """In any language a label is one field's."""
    look = Look(app, 1, frozenset({drift} - {""}))
    labels = [look.say(field.label) for field in (*one.fields, app.optional, app.required)]
    assert len(labels) == len(set(labels))
    buttons = [look.say(deed.label) for deed in one.deeds] + [look.say(form.opens) for form in one.forms]
    assert len(buttons) == len(set(buttons))


def choices() -> list[Field]:
    return [field for _, one in collections() for field in one.fields if field.kind == "choice" and field.options]


@pytest.mark.parametrize("field", choices(), ids=lambda one: one.label)
def test_no_option_keeps_its_name_and_some_options_remain(field: Field) -> None:
    """OPTIONS_RENAMED renames each to one of its own; OPTIONS_REMOVED leaves one that no row asks for."""
    new = [renamed(option) for option in field.options]
    assert len(set(new)) == len(new)
    assert not set(new) & {*field.options, *field.more}
    assert field.more
