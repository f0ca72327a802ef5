"""Who may ask what of an app, and what it makes of nonsense."""

from __future__ import annotations

import json

import pytest

from byhand.evals.office.catalog import APPS
from byhand.evals.office.site import Asking, Site
from tests.evals.office.asking import TOKEN, Person, words

WILD = "<script>alert(1)</script> \"'&\u202e\x00 ñ 北"


def test_the_records_are_for_the_one_with_the_token() -> None:
    """A page's cookie opens no records, and a wrong token doesn't either."""
    person = Person("invoices")
    for token in ("", "x", TOKEN + "x"):
        answer = person.site.answer(Asking("GET", "/api/state", {}, {}, person.cookie, token))
        assert answer.status == 403
    answer = person.site.answer(Asking("GET", "/api/state", {}, {}, "", TOKEN))
    assert json.loads(answer.body)["tables"]["vendors"]
    assert person.site.token not in person.page("/invoices") + person.page("/invoices/new")


def test_nobody_sees_a_page_before_saying_who_they_are() -> None:
    """Whatever is asked, the page that comes asks who one is; a save before that is none."""
    site = Site(APPS["invoices"])
    before = site.state().tables
    for method, path in (("GET", "/"), ("GET", "/invoices/i1"), ("POST", "/invoices/i1/do/pay"), ("GET", "/nothing")):
        answer = site.answer(Asking(method, path, {}, {}))
        assert "Continue as Maren Oosterveld" in words(answer.body.decode())
    assert site.state().tables == before
    assert site.answer(Asking("GET", "/", {"enter": "Somebody Else"}, {})).status == 404


def test_one_comes_back_to_where_one_was_going() -> None:
    """After saying who one is; never to another host."""
    site = Site(APPS["invoices"])
    name = APPS["invoices"].people[0]
    for to, place in (("/vendors", "/vendors"), ("//evil.example", "/"), ("https://evil.example/", "/")):
        answer = site.answer(Asking("POST", "/continue", {}, {"_person": name, "_to": to}))
        assert dict(answer.headers)["location"] == place


def test_what_is_typed_is_shown_as_text() -> None:
    """Markup in a value is never markup on the page."""
    person = Person("invoices")
    assert person.post("/vendors/new", name=WILD, city=WILD, terms="30 days").status == 303
    page = person.page("/vendors")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in person.page("/vendors", q=WILD)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount", "1.234", "This is not an amount"), ("amount", "=1+1", "This is not an amount"),
        ("date", "31.02.2026", "This is not a date"), ("category", "Nonsense", "This is not one of the options"),
        ("number", " ", "This field is required"), ("category", "", "This field is required"),
    ],
)  # fmt: skip
def test_a_form_refuses_what_it_cannot_read(field: str, value: str, told: str) -> None:
    """It says so beside the field, keeps what was typed, and saves nothing."""
    person = Person("invoices")
    before = person.site.state().tables
    good = {"number": "R-1", "vendor": "Ada", "date": "2026-03-01", "amount": "7", "currency": "EUR",
            "category": "Rent", "status": "Open"}  # fmt: skip
    answer = person.post("/invoices/new", **(good | {field: value}))
    assert answer.status == 422
    assert told in words(answer.body.decode())
    assert 'value="Ada"' in answer.body.decode()
    assert person.site.state().tables == before
    assert person.post("/invoices/new", **good).status == 303


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/invoices/none", "/invoices/i1/nothing", "/invoices/i1/do/nothing", "/invoices/i1/lines/7",
        "/vendors/v1/lines", "/vendors/deleted/x", "/rules/new", "/invoices/../vendors/x", "/people/p1/do/back",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_none_changes_nothing(path: str, method: str) -> None:
    """It answers not found, whatever was sent."""
    person = Person("invoices")
    before = person.site.state().tables
    answer = person.get(path) if method == "GET" else person.post(path, name="x", _result="Pass")
    assert answer.status in (404, 405)
    assert person.site.state().tables == before


def test_a_button_that_is_not_offered_does_nothing() -> None:
    """What is paid can't be paid again by who knows the address."""
    person = Person("invoices")
    key = person.first("invoices")
    invoices = person.site.state().tables["invoices"]
    key = next(one for one, record in invoices.items() if record["status"] == "Open")
    assert person.post(f"/invoices/{key}/do/pay").status == 303
    assert person.post(f"/invoices/{key}/do/pay").status == 404


def test_what_is_deleted_can_be_taken_back() -> None:
    """The page that follows offers to undo it, and the list of deleted ones does too."""
    person = Person("invoices")
    key, before = person.first("invoices"), person.site.state().tables
    person.post(f"/invoices/{key}/do/delete")
    assert person.site.state().tables["invoices"][key]["deleted"] is True
    assert f'action="/invoices/{key}/restore"' in person.page("/invoices")
    assert f'action="/invoices/{key}/restore"' in person.page("/invoices/deleted")
    person.post(f"/invoices/{key}/restore")
    assert person.site.state().tables == before


def test_a_reset_begins_anew_and_refuses_nonsense() -> None:
    """Seed, drifts and all; an unknown drift changes nothing."""
    person = Person("tickets")
    before = person.site.state()
    person.post(f"/people/{person.first('people')}/do/away")

    def reset(body: bytes) -> int:
        return person.site.answer(Asking("POST", "/api/reset", {}, {}, "", TOKEN, body)).status

    for nonsense in (b'{"drifts": ["NOPE"]}', b'{"seed": "1"}', b"[", b"[]", b'{"x": 1}', b'{"drifts": "LABELS"}'):
        assert reset(nonsense) == 400
    assert person.site.state().tables != before.tables
    assert reset(b"{}") == 200
    assert person.site.state().tables == before.tables
    assert person.get("/people").status == 200
    assert reset(b'{"seed": 2, "drifts": ["LABELS"]}') == 200
    assert (person.site.seed, person.site.drifts) == (2, {"LABELS"})
    assert person.site.state().tables != before.tables


def test_the_next_one_waits_after_save_and_next() -> None:
    """A queue is gone through without going back to the list."""
    person = Person("moderation")
    told = {"decision": "Keep", "rule": "2 Spam", "reason": "Fine", "_on": "1"}
    waiting = [key for key, one in reversed(person.site.state().tables["items"].items()) if one["status"] == "Waiting"]
    answer = person.post(f"/items/{waiting[0]}/decide", **told)
    assert dict(answer.headers)["location"] == f"/items/{waiting[1]}/decide"


def test_pages_and_search_narrow_the_list() -> None:
    """A page beyond the last is the last; what is searched is found in any case."""
    person = Person("tickets")
    assert "Page 28 of 28" in words(person.page("/bugs", page="999"))
    assert "Page 1 of 28" in words(person.page("/bugs", page="x"))
    assert words(person.page("/bugs", q="ATLAS")).count(" in Atlas") == 6
    assert "Nothing here" in words(person.page("/bugs", q="no such bug"))
