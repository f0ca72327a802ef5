"""Promises of the verbs around a run: a secret lies nowhere in the open, a row is taken back, exports work."""

from __future__ import annotations

import csv
import json
import os
import pty
import select
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from byhand.agents.brake import Brake
from byhand.agents.journal import Journal
from byhand.agents.outcome import Outcome
from byhand.cli import main
from byhand.cli.browsers import for_a_window
from byhand.cli.workflow_recorded import Recorded
from byhand.cli.workflow_secrets import secrets_of
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from byhand.workflows import file
from tests.cli.terminal import PROGRAM

SECRETIVE = """\
byhand: workflow 1
name: enter
start: http://127.0.0.1:9/
sites: [http://127.0.0.1:9]
parameters:
  number: text
  pin: secret
identity: [number]
steps:
  - fill "Code" with {pin}
targets:
  Code: {role: textbox, name: Code}
"""
PIN = "green-seven-mountain"
VENDOR = """\
byhand: workflow 1
name: enter
start: {start}
sites: [{start}]
parameters:
  name: text
  city: text
identity: [name]
steps:
  - press "Vendors"
  - press "New vendor"
  - fill "Name" with {{name}}
  - if: "{{city}} is given"
    do:
      - fill "City" with {{city}}
  - press "Save":
      risk: sends
effects:
  - view:
      - open "{start}/vendors"
      - fill "Search" with {{name}}
      - press "Show"
    check:
      - one row of {{name}} with {{city}}
targets:
  Vendors: {{role: link, name: Vendors}}
  New vendor: {{role: link, name: New vendor}}
  Name: {{role: textbox, name: Name}}
  City: {{role: textbox, name: City}}
  Save: {{role: button, name: Save}}
  Search: {{role: searchbox, name: Search}}
  Show: {{role: button, name: Show}}
"""
FIXTURE = """\
import pytest
from playwright.sync_api import sync_playwright

@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path={program!r}, args=["--no-sandbox"])
        yield browser.new_context().new_page()
        browser.close()
"""
"""What pytest-playwright has, for the one browser that is here."""


def put(home: Path, text: str) -> Path:
    place = home / "workflows" / "enter.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def typed(words: list[str], prompt: str, answer: str) -> tuple[int, str]:
    """A command on a terminal of its own; the answer is typed when it is asked for, as a person does."""
    child, ours = pty.fork()
    if child == 0:
        os.execv(sys.executable, [*PROGRAM, *words])
    shown, until, told = b"", time.monotonic() + 60, False
    while time.monotonic() < until and select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if not told and prompt.encode() in shown:
            os.write(ours, f"{answer}\n".encode())
            told = True
    os.close(ours)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode("utf-8", "replace")


def test_a_secret_is_typed_unseen_and_is_in_no_file_but_the_keyring(home: Path) -> None:
    """The run has it from there; taken out again, an unattended run has none."""
    program = file.read(put(home, SECRETIVE).read_text("utf-8"))
    code, shown = typed(["workflow", "secret", "enter", "pin"], "pin:", PIN)
    assert code == 0, shown
    assert PIN not in shown
    assert secrets_of(home, program, attended=False) == {"pin": PIN}
    holding = [one.parent.name for one in home.rglob("*") if one.is_file() and PIN.encode() in one.read_bytes()]
    assert holding == ["keys"]  # the tests' keyring is a folder
    assert main(["workflow", "secret", "enter", "pin", "--remove"]) == 0
    assert main(["workflow", "run", "enter", "--unattended"]) != 0
    assert not [one for one in home.rglob("*") if one.is_file() and PIN.encode() in one.read_bytes()]


def test_a_row_that_was_taken_back_is_done_anew(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its number; the others are as they were. Without a yes nothing changes."""
    put(home, SECRETIVE)
    runs = home / "workflows" / "enter.runs"
    values = [{"number": f"R-{number}"} for number in (1, 2)]
    with Journal.open(runs, count(1000).__next__) as journal:
        journal.begin(2, 1)
        for number, row in enumerate(values, 1):
            journal.book(number, journal.key(row, ("number",)), row).close(Outcome("done", 3, 1.0))
        journal.end()
    assert main(["workflow", "undo", "enter", "2", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"row": 2, "undone": True}
    with Journal.open(runs, count(2000).__next__) as journal:
        standing = [journal.standing(journal.key(row, ("number",)), row).state for row in values]
    assert standing == ["done", ""]
    assert main(["workflow", "undo", "enter", "3", "--yes"]) == 2


def test_an_exported_test_does_the_chore_and_sees_that_it_is_done(home: Path, tmp_path: Path) -> None:
    """It is run by pytest in a real browser, and the app's own records say what came of it."""
    rows = (("name", "city"), ("Adler Works 11", "Bremen"))
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    with served(Site(APPS["invoices"], 1)) as office:
        put(home, VENDOR.format(start=office.url.rstrip("/")))
        test = tmp_path / "test_it.py"
        words = ["workflow", "export", "enter", "playwright", str(test), "--table", str(tmp_path / "rows.csv")]
        assert main(words) == 0
        (tmp_path / "conftest.py").write_text(FIXTURE.format(program=for_a_window(os.environ).program), "utf-8")
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(test)],
            env={**os.environ, "ENTRY": office.entry}, cwd=tmp_path, capture_output=True, text=True, check=False,
            timeout=120,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout
        assert [one["city"] for one in office.state().tables["vendors"].values() if one["name"] == rows[1][0]] == [
            "Bremen"
        ]


@pytest.mark.parametrize(("browser", "kept"), [("chromium", True), ("firefox", False)])
def test_a_run_in_a_browser_that_is_not_agreed_to_says_that_it_is_not_recorded(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], browser: str, *, kept: bool
) -> None:
    """Not a recording of which the guard has kept nothing; the run itself goes on."""
    policy = f'version = 1\n[[apps]]\nid = "{browser}"\nbrowser = true\n[[sites]]\norigin = "http://127.0.0.1:9"\n'
    (tmp_path / "policy.toml").write_text(policy, "utf-8")
    assert main(["consent", "give", "--policy", str(tmp_path / "policy.toml"), "--yes"]) == 0
    capsys.readouterr()
    with Recorded(home, file.read(VENDOR.format(start="http://127.0.0.1:9")), {}, Brake()) as record:
        record.witness.begun()
        record.witness.begun()
        assert bool(record.id) is kept
    said = capsys.readouterr().err
    assert said.count("this run is not recorded") == (0 if kept else 1)
    assert kept or "chromium" in said


def test_a_tool_s_settings_name_the_place_it_was_exported_for(home: Path, tmp_path: Path) -> None:
    """A client starts the tool where it is meant to work."""
    put(home, VENDOR.format(start="http://127.0.0.1:9"))
    place, there = tmp_path / "tool.json", "http://127.0.0.1:10/?enter=me"
    assert main(["workflow", "export", "enter", "mcp", str(place), "--url", there]) == 0
    settings = json.loads(place.read_text("utf-8"))["mcpServers"]["enter"]
    assert settings["args"] == ["workflow", "serve", "enter", "--url", there]
