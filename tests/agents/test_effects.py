"""An effect that is read back elsewhere: of a real server, a real database and a real folder, hostile ones too."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from byhand.agents import effects
from byhand.agents.actuators.pretend_page import PretendPage
from byhand.agents.outcome import Cell
from byhand.agents.seeking import Ports, Row
from byhand.errors import WorkflowError
from byhand.workflows import file
from byhand.workflows.program import Effect, Parameter, Workflow
from tests.agents.site import Person

PARAMETERS = (
    Parameter(name="number"), Parameter(name="amount", kind="number", format="1.234,50"),
    Parameter(name="due", kind="date", format="%d.%m.%Y"),
)  # fmt: skip
VALUES: dict[str, Cell] = {"number": "R-7", "amount": Decimal("1234.50"), "due": date(2026, 3, 12)}
HOLDS = "/number = {number}, /total/amount = {amount}, /due = {due}"
THERE = {"number": "R-7", "total": {"amount": 1234.5}, "due": "2026-03-12"}


class Server:
    """Answers each path as it is told to: a status and a body, or where it leads."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                status, body = outer.answers.get(self.path, (404, "not here"))
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", body)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002  the library's name

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with closing(Server()) as one:
        yield one


def asked(effect: Effect, *sites: str, **values: Cell) -> effects.Told:
    """One try, of a row of these values."""
    workflow = Workflow(
        name="enter", start=f"{sites[0]}/invoices" if sites else "", sites=sites, parameters=PARAMETERS,
        effects=(effect,),
    )  # fmt: skip
    page, who = PretendPage({}), Person()
    ports = Ports(page, who, who, who, page.clock)
    return effects.there(Row(workflow, {**VALUES, **values}, {}), ports, tries=1)


# ---- http


def http(at: str = "/api/{number}", holds: str = HOLDS) -> Effect:
    return Effect(kind="http", at=at, holds=holds)


def test_an_answer_that_holds_the_row_s_values_is_the_effect(server: Server):
    """Compared as values, whatever their spelling; and not where one of them is another."""
    server.answers["/api/R-7"] = 200, json.dumps(THERE)
    assert asked(http(), server.origin).answer == "there"
    for wrong in ({"number": "R-70"}, {"due": "2026-12-03"}, {"total": {"amount": 1234.51}}, {"total": {}}):
        server.answers["/api/R-7"] = 200, json.dumps({**THERE, **wrong})
        assert asked(http(), server.origin).answer == "not there"


def test_nothing_is_no_value_though_it_is_spelled_alike(server: Server):
    """A pointer that leads nowhere, and null, are not the text "None"."""
    for body in ("{}", '{"number": null}', "[]", '{"number": {}}'):
        server.answers["/api/None"] = 200, body
        told = asked(http(holds="/number = {number}"), server.origin, number="None")
        assert (told.answer, told.why) == ("not there", "nothing stands at /number")


def test_what_is_no_answer_tells_nothing(server: Server):
    """Neither that it is there nor that it isn't: then nothing is done again."""
    for status, body in ((404, ""), (500, "{}"), (200, "<html>"), (200, "[" * 100_000), (200, "")):
        server.answers["/api/R-7"] = status, body
        assert asked(http(), server.origin).answer == ""
    assert asked(http(), "http://127.0.0.1:9").answer == ""


def test_another_site_is_never_asked(server: Server):
    """Neither by the program's own words, nor by a value, nor by where an answer leads."""
    with closing(Server()) as other:
        other.answers["/api/R-7"] = 200, json.dumps(THERE)
        assert "none of the program's" in asked(http(f"{other.origin}/api/{{number}}"), server.origin).why
        server.answers["/api/R-7"] = 302, f"{other.origin}/api/R-7"
        assert asked(http(), server.origin).answer == ""
        server.answers["/api/R-7"] = 302, "file:///etc/hostname"
        assert asked(http(), server.origin).answer == ""
        for value in (f"//{other.origin[7:]}/api/R-7", "../../x?y=1#z", "@evil.example"):
            asked(http(), server.origin, number=value)
            assert unquote(server.asked[-1]) == f"/api/{value}"
        assert other.asked == []
    server.answers["/api/R-7"] = 302, f"{server.origin}/new/R-7"
    server.answers["/new/R-7"] = 200, json.dumps(THERE)
    assert asked(http(), server.origin).answer == "there"


# ---- sql


@pytest.fixture
def books(tmp_path: Path) -> Path:
    place = tmp_path / "books.db"
    with closing(sqlite3.connect(place)) as base, base:
        base.execute("CREATE TABLE invoice (number TEXT, amount REAL, due TEXT, typed TEXT)")
        base.execute("INSERT INTO invoice VALUES ('R-7', 1234.5, '2026-03-12', '1.234,50')")
        base.execute("INSERT INTO invoice VALUES ('O''Hara \"x\"; DROP TABLE invoice --', 1, '', '')")
    return place


def sql(books: Path, where: str) -> Effect:
    return Effect(kind="sql", at=f"{books}: SELECT 1 FROM invoice WHERE {where}")


def test_one_row_of_the_query_is_the_effect(books: Path):
    """By values as a database has them, and as they were typed."""
    for where in ("number = {number}", "amount = {amount} AND due = {due}", "typed = {amount}"):
        assert asked(sql(books, where)).answer == "there"
        assert asked(sql(books, where), number="R-8", amount=Decimal(2), due=date(2020, 1, 1)).answer == "not there"
    assert asked(sql(books, "{number} = {number}")).answer == "otherwise"


def test_a_value_is_bound_and_never_a_part_of_the_query(books: Path):
    """Quotes, signs and words of SQL in it are a text like any other."""
    hostile = 'O\'Hara "x"; DROP TABLE invoice --'
    assert asked(sql(books, "number = {number}"), number=hostile).answer == "there"
    assert asked(sql(books, "number = {number}"), number="' OR 1=1 --").answer == "not there"
    assert asked(sql(books, "number = '{number}'")).answer == ""  # a slot in quotes is no slot: it can't be asked


def test_a_query_changes_nothing_and_tells_nothing_where_it_cant_be_asked(books: Path, tmp_path: Path):
    """Only SELECT is asked, of a file that is there; a database is never made by looking."""
    before = books.read_bytes()
    for query in (
        "DELETE FROM invoice",
        "ATTACH 'new.db' AS other",
        "SELECT 1 FROM nothing",
        "SELECT 1; DELETE FROM invoice",
    ):
        assert asked(Effect(kind="sql", at=f"{books}: {query}")).answer == ""
    assert books.read_bytes() == before
    assert asked(sql(tmp_path / "missing.db", "number = {number}")) == ("", "the database is not there")
    (tmp_path / "text.db").write_text("no database", "utf-8")
    assert asked(sql(tmp_path / "text.db", "number = {number}")).answer == ""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["books.db", "text.db"]


# ---- file


def test_a_file_is_there_or_it_is_not(tmp_path: Path):
    """A folder of that name is none, and a value leads to no crash."""
    (tmp_path / "R-7.pdf").write_bytes(b"%PDF")
    (tmp_path / "R-8.pdf").mkdir()
    effect = Effect(kind="file", at=f"{tmp_path}/{{number}}.pdf")
    assert asked(effect).answer == "there"
    for name in ("R-8", "R-9", "", "x" * 5000, "a\0b"):
        assert asked(effect, number=name).answer == "not there"


# ---- as it is written down


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("  - http: /api/{number}\n", "nothing is compared"),
        ("  - file: /tmp/{number}.pdf\n    holds: /number = {number}\n", "holds: is compared"),
        ("  - sql: 'books.db: SELECT 1'\n    before:\n      - no row of {number}\n", "before: is asked of a view"),
    ],
)
def test_what_would_be_passed_over_is_an_error(lines: str, says: str):
    """A check that nobody asks would be taken for one that holds."""
    text = 'byhand: workflow 1\nname: enter\nparameters:\n  number: text\nsteps:\n  - press "Save"\neffects:\n'
    with pytest.raises(WorkflowError, match=says):
        file.read(f"{text}{lines}targets:\n  Save: {{role: button, name: Save}}\n")
