"""Promises of `byhand model compare`: what eval printed becomes one page, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from byhand.cli import main
from byhand.evals.suites import miniwob


def kept(folder: Path, name: str, rights: str) -> str:
    """A file as `byhand eval NAME --suite miniwob --json` prints it."""
    played = [miniwob.Played("choose-list", 200_000 + at, float(one == "+"), 2, 1.0) for at, one in enumerate(rights)]
    end = {"model": name, "tasks": 1, "episodes": len(played), "mean": 0.5, "at_90": 0}
    file = folder / f"{name}.json"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, (miniwob.score("choose-list", played), end))))
    return str(file)


def test_two_evals_become_one_page_and_lines_for_a_program(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """For a person, for a program, as a page and as a picture."""
    files = [kept(tmp_path, "one", "+" * 5 + "-" * 20), kept(tmp_path, "two", "+" * 25)]
    page, drawn = tmp_path / "scorecard.html", tmp_path / "scorecard.svg"
    assert main(["model", "compare", *files, "-o", str(page)]) == 0
    assert "two is better" in capsys.readouterr().out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert page.stat().st_mode & 0o077 == 0
    assert main(["model", "compare", *files, "-o", str(drawn), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["model"], one["value"]) for one in told if one.get("whole")] == [("one", 0.2), ("two", 1.0)]
    assert told[-1]["first"] == "one"
    assert told[-1]["value"] == pytest.approx(0.8)
    assert drawn.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing.json"], "nothing.json can't be read"),
        (["other.json"], "other.json is not what byhand eval MODEL --json prints: line 1"),
        (["a.json", "a.json"], "a was measured twice in miniwob"),
        (["a.json", "-o", "page.pdf"], "a picture is drawn as .svg, a page as .html"),
        ([f"m{number}.json" for number in range(7)], "7 models can't be told apart"),
    ],
)
def test_what_can_not_be_compared_is_said_in_a_sentence(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str], said: str,
):  # fmt: skip
    """And nothing is drawn."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.json").write_text('{"steps": 3}\n')
    for name in ("a", *(f"m{number}" for number in range(7))):
        kept(tmp_path, name, "+-")
    assert main(["model", "compare", *words]) == 2
    answer = capsys.readouterr().err
    assert said in answer
    assert "nothing was compared" in answer
    assert not list(tmp_path.glob("page.*"))
