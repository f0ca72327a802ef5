"""Promises of `byhand workflow versions` and `rollback`: going back loses nothing, and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main

PROGRAM = """\
byhand: workflow 1
name: enter
about: Enter an invoice
start: http://127.0.0.1:8000/
sites: [http://127.0.0.1:8000]
{revision}parameters:
  number: text
identity: [number]
steps:
  - fill "{field}" with {{number}}   # as it stands on the letter
targets:
  {field}: {{role: textbox, name: {field}}}
"""


@pytest.fixture
def path(home: Path) -> Path:
    """A program that was changed once."""
    place = home / "workflows" / "enter.yaml"
    (place.parent / "enter.versions").mkdir(parents=True)
    (place.parent / "enter.versions" / "1.yaml").write_text(PROGRAM.format(field="Number", revision=""))
    place.write_text(PROGRAM.format(field="Reference", revision="revision: 2\n"))
    return place


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_going_back_brings_the_old_file_as_it_was_and_keeps_the_new_one(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments too; its revision is a new one, and a second rollback leads to what was there before."""
    was = path.read_text()
    found = told(capsys, "workflow", "rollback", "enter")
    assert (found["as"], found["revision"]) == (1, 3)
    assert 'fill "Number" with {number}   # as it stands on the letter' in path.read_text()
    assert (path.parent / "enter.versions" / "2.yaml").read_text() == was
    assert [one["revision"] for one in told(capsys, "workflow", "versions", "enter")] == [1, 2, 3]
    told(capsys, "workflow", "rollback", "enter", "2")
    assert 'fill "Reference"' in path.read_text()


def test_a_version_that_is_not_there_or_makes_no_sense_changes_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which there are, and where to look."""
    was = path.read_bytes()
    assert main(["workflow", "rollback", "enter", "7"]) == 2
    assert "it has: 1" in capsys.readouterr().err
    (path.parent / "enter.versions" / "1.yaml").write_text("byhand: workflow 1\nsteps: 7\n")
    assert main(["workflow", "rollback", "enter"]) == 1
    assert "workflow check" in capsys.readouterr().err
    assert main(["workflow", "versions", "enter"]) == 0
    assert "makes no sense" in capsys.readouterr().out
    assert path.read_bytes() == was
