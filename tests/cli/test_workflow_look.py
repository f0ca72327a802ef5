"""Promises of `byhand workflow list`, `show` and `check`: what there is, what one does, what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.workflows import file
from byhand.workflows.compiling.make import make
from tests.workflows.compiling.showing import demonstrations

CHORE = """\
number | amount
N-1001 | 40.00
N-1002 | 1250.00
N-1003 | 87.50
---
at /invoices
  (Search) [Show]
  table Invoices: Number | Amount |
  | N-9 | 10.00 | |
press <New invoice>
at /invoices/new
  (Number) (Amount) [Ask for approval] [Save]
fill (Number) {number}
fill (Amount) {amount}
@2 press [Ask for approval]
press [Save]
at /invoices/{id}
  ! Saved
"""


@pytest.fixture
def chore(home: Path) -> Path:
    """A workflow that was made of three demonstrations."""
    path = home / "workflows" / "enter-invoice.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(file.write(make(demonstrations(CHORE), "enter-invoice")))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    main(["workflow", *words, "--json"])
    return json.loads(capsys.readouterr().out)


def test_without_any_the_list_says_how_to_make_one(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["workflow", "list"]) == 0
    assert "byhand workflow make" in capsys.readouterr().out


@pytest.mark.usefixtures("chore")
def test_the_list_tells_what_a_row_needs_and_whether_its_effect_is_checked(capsys: pytest.CaptureFixture[str]):
    (one,) = told(capsys, "list")["workflows"]
    assert (one["name"], one["parameters"], one["checked"]) == ("enter-invoice", ["number", "amount"], True)


def test_a_file_that_is_broken_is_listed_as_a_problem_and_hides_no_other(
    chore: Path, capsys: pytest.CaptureFixture[str]
):
    (chore.parent / "broken.yaml").write_text('byhand: workflow 1\nname: broken\nsteps:\n  - prss "Save"\n')
    listed = told(capsys, "list")
    assert [one["name"] for one in listed["workflows"]] == ["enter-invoice"]
    assert [one["source"] for one in listed["problems"]] == ["broken.yaml"]


@pytest.mark.usefixtures("chore")
def test_show_tells_the_steps_as_sentences_and_what_can_not_be_undone(capsys: pytest.CaptureFixture[str]):
    assert main(["workflow", "show", "enter-invoice"]) == 0
    shown = capsys.readouterr().out
    assert 'fill "Amount" with {amount}' in shown
    assert "if {amount} over 1000" in shown
    assert "asks first" in shown
    assert "done when one row of {number}" in shown


@pytest.mark.usefixtures("chore")
def test_check_of_a_good_file_says_what_is_open(capsys: pytest.CaptureFixture[str]):
    assert main(["workflow", "check", "enter-invoice"]) == 0
    said = capsys.readouterr().out
    assert "can be run" in said
    assert "show one with amount between" in said


def test_check_of_a_bad_file_names_the_line_and_exits_with_one(chore: Path, capsys: pytest.CaptureFixture[str]):
    chore.write_text(chore.read_text().replace('press "Save"', 'prss "Save"'))
    line = next(at for at, text in enumerate(chore.read_text().splitlines(), 1) if "prss" in text)
    assert main(["workflow", "check", "enter-invoice"]) == 1
    assert f"enter-invoice.yaml line {line}" in capsys.readouterr().out


def test_a_workflow_is_never_written_over(chore: Path, capsys: pytest.CaptureFixture[str]):
    before = chore.read_text()
    assert main(["workflow", "make", "last", "--as", "enter-invoice"]) == 2
    assert "workflow teach" in capsys.readouterr().err
    assert chore.read_text() == before
