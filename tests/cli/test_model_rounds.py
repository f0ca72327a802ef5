"""Promises of `byhand model rounds`: success is a suite's word, and how often somebody was needed is told for the suite
and for use, each by itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.models import rounds
from byhand.models.checkpoint import SCHEMA, About, save
from byhand.models.network import Network, Shape
from byhand.models.rounds import Decided, Measured, Played, Used

SMALL = Shape(width=8, layers=1, heads=2, words=8)
TASKS = ("click-button", "enter-text")
DAY = (Played(3, 0, True),) * 3 + (Played(1, 1, False),)


@pytest.fixture
def doer(home: Path) -> Path:
    """Three versions: the second was not promoted, the third by hand; two were tried on the same tasks."""
    place = home / "models" / "doer"
    for number in (1, 2, 3):
        about = About(SCHEMA, "doer", number, 1, 1, SMALL, 0, (), 1, 1, 1, 0.0, "byhand 0")
        save(place, about, Network(SMALL))
    lines = (
        Decided(1, True, 1, why="it is the first"), Measured(1, "miniwob", 2, DAY * 2, TASKS, 200_000),
        Decided(2, False, 3, "doer v1", "doer v1", "4 acts are too few to tell"),
        Decided(3, False, 4, "doer v1", "doer v1", "6 acts are too few to tell"), Used(3, 5),
        Measured(3, "miniwob", 6, (Played(3, 0, True),) * 8, TASKS, 200_000),
        Measured(3, "miniwob", 7, DAY, ("choose-list",), 200_000),
    )  # fmt: skip
    for line in lines:
        rounds.add(place, line)
    (place / "current").write_text("3\n1\n")
    for number, (version, acts, asked) in enumerate((("doer v3", 20, 1), ("doer v3", 20, 0), ("other v3", 9, 9)), 1):
        folder = home / "goals" / str(number)
        folder.mkdir(parents=True)
        kept = {"goal": "g", "model": "doer", "version": version, "acts": acts, "asked": asked, "recordings": []}
        (folder / "goal.json").write_text(json.dumps(kept))
    old = home / "goals" / "9"
    old.mkdir()
    (old / "goal.json").write_text('{"goal":"g","model":"doer","outcome":"stopped","recordings":[]}')
    return home


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["model", "rounds", *words]) == code
    return capsys.readouterr()


def test_each_version_is_told_with_what_it_was_measured_on(doer: Path, capsys: pytest.CaptureFixture[str]):
    """Tasks that only one version did are no measure of rounds; what happened in use has its own row."""
    del doer
    first, second, third = json.loads(told(capsys, "doer", "--json").out)
    assert [one["used"] for one in (first, second, third)] == [True, False, True]
    assert second["why"] == "4 acts are too few to tell"
    assert (second["done"], second["need"], second["use"]) == (None, None, None)
    assert (first["done"]["value"], first["done"]["n"], first["need"]["value"]) == (0.75, 8, 10.0)
    assert first["done"]["low"] < 0.75 < first["done"]["high"]
    assert (third["done"]["value"], third["done"]["n"]) == (1.0, 8)
    assert (third["need"]["value"], third["need"]["high"]) == (0.0, 12.5)
    assert (third["use"]["value"], third["use"]["n"], first["use"]) == (2.5, 2, None)


def test_it_is_drawn_as_a_picture_or_a_page(doer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Beside the same words."""
    del doer
    for name, begins in (("rounds.svg", "<svg"), ("rounds.html", "<!doctype html>")):
        said = told(capsys, "doer", "-o", str(tmp_path / name)).out
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
        assert "75.0% of 8 done" in said
        assert "too few to tell" in said
        assert str(tmp_path / name) in said


def test_what_can_not_be_told_is_said(doer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Another kind of file, a model that is not there; one that nothing was kept of is told all the same."""
    assert "is drawn as .svg" in told(capsys, "doer", "-o", str(tmp_path / "a.png"), code=2).err
    assert "there is no model nobody" in told(capsys, "nobody", code=1).err
    (doer / "models" / "doer" / rounds.FILE).unlink()
    assert [one["done"] for one in json.loads(told(capsys, "doer", "--json").out)] == [None] * 3
