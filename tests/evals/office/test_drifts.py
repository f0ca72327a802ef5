"""What each drift does to the pages and to what is saved, without a browser."""

from __future__ import annotations

import re

import pytest

from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.drifts import DRIFTS
from byhand.evals.office.families import difference
from tests.evals.office.asking import Person, names, words

WEB = ("invoices", "moderation", "tickets")
NEW = {"name": "Ada & Söhne <b>", "city": "Köln", "terms": "30 days"}
FORMS = {"invoices": "/invoices/new", "moderation": "/rules/new", "tickets": "/bugs/new"}


def pages(person: Person) -> dict[str, str]:
    """A list, a form and a record of each table."""
    found: dict[str, str] = {}
    for one in person.site.app.collections:
        at = f"/{one.name}"
        key = person.first(one.name)
        for path in (at, f"{at}/{key}", *(f"{at}/new" for form in one.forms if form.name == "new")):
            found[path] = person.page(path)
    return found


@pytest.mark.parametrize("app", WEB)
@pytest.mark.parametrize("drift", sorted(DRIFTS))
def test_each_drift_draws_every_page(app: str, drift: str) -> None:
    """No page breaks under any drift, and the same drift draws the same page again."""
    person, again = Person(app, drift, after=99), Person(app, drift, after=99)
    if drift == "SLOW":
        return  # some answers are busy on purpose: see below
    assert pages(person) == pages(again)


@pytest.mark.parametrize("app", WEB)
@pytest.mark.parametrize(
    "drift", sorted(DRIFTS.keys() - {"SLOW", "EXPIRED", "ERROR", "DROPPED"}),
)  # fmt: skip
def test_each_drift_of_the_page_is_seen_on_it(app: str, drift: str) -> None:
    """What a drift says it changes is another page than before."""
    assert pages(Person(app, drift)) != pages(Person(app))


def test_renamed_words_are_gone() -> None:
    """LABELS and LANGUAGE leave neither the old label nor the old button."""
    for drift in ("LABELS", "LANGUAGE"):
        told = words(Person("invoices", drift).page("/invoices/new"))
        for word in ("Invoice number", "Due date", "Save invoice", "Cancel"):
            assert word not in told
    german = Person("invoices", "LANGUAGE").page("/invoices")
    assert '<html lang="de">' in german
    assert re.search(r"\d\d\.\d\d\.2026", words(german))
    assert re.search(r"\d,\d\d ", words(german))


def test_other_ids_have_nothing_in_common_with_the_old() -> None:
    """IDS changes ids, classes, field names and test ids alike, and a form still works."""
    person = Person("invoices", "IDS")
    assert not names(person.page("/vendors/new")) & names(Person("invoices").page("/vendors/new"))
    before = person.site.state().tables
    page = person.page("/vendors/new")

    def named(label: str) -> str:
        """The name of the field that has this label."""
        field = re.search(rf'<label for="(k\w+)"[^>]*>{label}<', page)
        assert field
        found = re.search(rf'<input [^>]*id="{field[1]}" name="(k\w+)"', page)
        assert found
        return found[1]

    assert person.post("/vendors/new", **{named("Name"): "Ada", named("City"): "Bern"}).status == 303
    ((_, record),) = difference(before, person.site.state().tables).added
    assert (record["name"], record["city"]) == ("Ada", "Bern")


@pytest.mark.parametrize("app", WEB)
def test_other_widgets_hold_the_same_fields(app: str) -> None:
    """WIDGET draws each choice another way and a date as text."""
    own, other = Person(app).page(FORMS[app]), Person(app, "WIDGET").page(FORMS[app])
    assert 'type="date"' in own
    assert 'type="date"' not in other
    assert own.count("<select") != other.count("<select") or own.count('type="radio"') != other.count('type="radio"')


def test_rows_and_columns_come_in_another_order() -> None:
    """REORDER shows the same records, the same columns, and neither where it was."""
    own, other = Person("tickets").page("/people"), Person("tickets", "REORDER").page("/people")

    def heads(page: str) -> list[str]:
        return re.findall(r'<th scope="col"[^>]*>([^<]+)', page)

    assert sorted(heads(own)) == sorted(heads(other))
    assert heads(own) != heads(other)
    assert re.findall(r'href="/people/(p\d+)"', own) != re.findall(r'href="/people/(p\d+)"', other)


def test_more_records_stand_beside_the_old_ones() -> None:
    """EXTRA keeps each record as it was, under its own name alone."""
    own, more = Person("tickets").site.state().tables["bugs"], Person("tickets", "EXTRA").site.state().tables["bugs"]
    assert own.items() <= more.items()
    assert len(more) > len(own) * 1.3
    titles = [one["title"] for one in more.values()]
    assert len(titles) == len(set(map(str, titles)))


@pytest.mark.parametrize("app", WEB)
def test_each_name_is_there_twice(app: str) -> None:
    """DUPLICATES gives each record another one of its name that differs elsewhere."""
    site = Person(app, "DUPLICATES").site
    for one in site.app.collections:
        records = site.state().tables[one.name]
        twin = records[f"d{next(iter(records))}"]
        first = next(iter(records.values()))
        assert twin[one.key] == first[one.key]
        assert any(twin[name] != first[name] for name in one.apart)


def test_a_new_required_field_refuses_the_old_row() -> None:
    """REQUIRED saves nothing without it, and OPTIONAL does."""
    strict, kind = Person("invoices", "REQUIRED"), Person("invoices", "OPTIONAL")
    before = strict.site.state().tables
    answer = strict.post("/vendors/new", **NEW)
    assert answer.status == 422
    assert "This field is required" in words(answer.body.decode())
    assert difference(before, strict.site.state().tables) == difference(before, before)
    assert kind.post("/vendors/new", **NEW).status == 303


def test_options_move_change_their_words_or_go() -> None:
    """OPTIONS has all of them and more, OPTIONS_RENAMED none by its name, OPTIONS_REMOVED none at all."""

    def options(*drifts: str) -> list[str]:
        found = re.search(r'<select id="field-currency".*?</select>', Person("invoices", *drifts).page("/invoices/new"))
        assert found
        return re.findall(r">([^<]+)</option>", found[0])

    own = options()
    assert set(own) < set(options("OPTIONS"))
    assert [one for one in options("OPTIONS") if one in own] != own
    assert not {"EUR", "USD", "CHF"} & set(options("OPTIONS_RENAMED"))
    assert not {"USD", "GBP", "CHF", "SEK"} & set(options("OPTIONS_REMOVED"))


def test_a_dialog_lies_over_each_page_until_it_is_answered() -> None:
    """POPUP counts the answer; nothing of it is a record."""
    person = Person("moderation", "POPUP")
    before = person.site.state().tables
    assert 'role="dialog"' in person.page("/items")
    assert person.post("/_answer", _answer="Accept").status == 303
    assert 'role="dialog"' not in person.page("/items")
    assert person.site.state().counts["answered_over"] == 1
    assert person.site.state().tables == before


def test_an_error_after_the_save_has_saved() -> None:
    """ERROR answers 500, and the record is there: who tries again makes a second one."""
    person = Person("invoices", "ERROR")
    before = person.site.state().tables
    assert [person.post("/vendors/new", **NEW).status for _ in range(2)] == [500, 500]
    assert len(difference(before, person.site.state().tables).added) == 2


def test_a_dropped_save_says_that_it_saved() -> None:
    """DROPPED answers as ever, and the records are as they were."""
    person = Person("invoices", "DROPPED")
    before = person.site.state().tables
    for path in ("/vendors/new", f"/vendors/{person.first('vendors')}/edit"):
        answer = person.post(path, **NEW)
        assert answer.status == 303
        assert "Saved" in words(person.page(dict(answer.headers)["location"]))
    assert person.site.state().tables == before


def test_a_changed_meaning_is_said_and_felt() -> None:
    """MEANING says on the page what else a save does and in which unit an amount is, and both are so."""
    person = Person("invoices", "MEANING")
    told = words(person.page("/invoices/new"))
    assert "also sends the invoice to the customer" in told
    assert "in thousands" in told
    row = rows(FAMILIES["invoices-enter"], 1, 1)[0]
    before = person.site.state().tables
    person.post("/invoices/new", **{**row.values, "amount": "12.50", "urgent": "on"})
    ((_, record),) = difference(before, person.site.state().tables).added
    assert record["amount"] == 1250 * 1000
    assert record["sent"] is True
    assert FAMILIES["invoices-enter"].verdict(before, person.site.state().tables, row) == "wrong"


def test_a_slow_answer_says_how_long_and_sometimes_that_it_is_busy() -> None:
    """SLOW never takes two seconds, and says busy with a page that asks again; a save is never refused."""
    person = Person("tickets", "SLOW")
    answers = [person.get("/bugs") for _ in range(10)]
    assert {answer.status for answer in answers} == {200, 503}
    assert all(0 < answer.wait_s < 2 for answer in answers)
    assert all("http-equiv" in answer.body.decode() for answer in answers if answer.status == 503)
    key = person.first("people")
    assert {person.post(f"/people/{key}/do/{name}").status for name in ("away", "back") * 5} == {303}


def test_a_session_that_ended_saves_nothing() -> None:
    """EXPIRED lets so many requests pass; the save after them goes nowhere, and the page says why."""
    person = Person("invoices", "EXPIRED", after=2)
    before = person.site.state().tables
    person.page("/vendors")
    person.page("/vendors/new")
    answer = person.post("/vendors/new", **NEW)
    assert answer.status == 401
    assert "Your session has ended" in words(answer.body.decode())
    assert person.site.state().tables == before


def test_drifts_can_come_together() -> None:
    """All at once still draw a page."""
    person = Person("invoices", *(DRIFTS.keys() - {"SLOW", "EXPIRED"}))
    assert all(pages(person).values())
    assert APPS.keys() >= set(WEB)
