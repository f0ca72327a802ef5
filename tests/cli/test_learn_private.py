"""Promises of `byhand learn --private` and `byhand eval --suite memory`: what is hidden is said, and can be asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from byhand.cli import main
from tests.datasets.formats.miniwob_made import Made, node

WORDS = ("Fenwick", "Quandle", "Brimble", "Ostrich", "Wexford", "Tarragon", "Hollis", "Pemberly")
SMALL = ["--epochs", "1", "--width", "16", "--layers", "1", "--json"]
PRIVATE = ["--private", "8", "--private-delta", "1e-3", "--batch", "16"]
EPISODES = 56


@pytest.fixture
def pressed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of 56 episodes: a button is pressed by its name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BYHAND_HOME", str(home))
    source = tmp_path / "demos"
    source.mkdir()
    for number in range(EPISODES):
        names = [WORDS[(number + at) % len(WORDS)] for at in range(4)]
        wanted = names[number % 4]
        made = Made(
            "click-button", [node("BUTTON", name, text=name) for name in names], f'Click on "{wanted}" {number}.'
        )
        made.press(wanted)
        made.write(source, f"n{number}")
    assert main(["dataset", "import", "miniwob-human", str(source), "--as", "presses"]) == 0
    return home


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[Any]:
    capsys.readouterr()
    assert main(list(words)) == code, capsys.readouterr()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def weights(home: Path, name: str) -> dict[str, torch.Tensor]:
    return torch.load(home / "models" / name / "v1" / "weights.pt", weights_only=True)


def test_what_a_model_tells_of_one_episode_is_bounded_said_and_the_same_again(
    pressed: Path, capsys: pytest.CaptureFixture[str]
):
    """Epsilon of all steps in the answer and on the card; the same command in the same home makes the same weights."""
    *_, made = told(capsys, "learn", "presses", "--as", "one", *PRIVATE, *SMALL)
    private = made["private"]
    assert (private["unit"], private["delta"], private["units"]) == ("episode", 1e-3, made["episodes"])
    assert 7 < private["epsilon"] <= 8
    assert private["noise"] > 0
    card = (pressed / "models" / "one" / "v1" / "README.md").read_text()
    assert f"e^{private['epsilon']:g}" in card
    assert "not said of episodes that were held back" in card
    told(capsys, "learn", "presses", "--as", "two", *PRIVATE, *SMALL)
    first, second = weights(pressed, "one"), weights(pressed, "two")
    assert all(torch.equal(first[name], second[name]) for name in first)
    *_, plain = told(capsys, "learn", "presses", "--as", "plain", *SMALL)
    assert (plain["private"], plain["spelled"]) == (None, 5)


def test_models_like_one_are_learned_and_asked_what_they_remember(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """From what it learned from, as it was learned; each figure with what it had to reach."""
    told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    words = ("eval", "tiny", "--suite", "memory", "--canaries", "1", "--others", "15")
    figures = told(capsys, *words, "--json")
    rows = {one["row"]: one for one in figures}
    assert rows["canary spelled highest"]["reach"] is None  # of 16, none could be above ten bits
    assert rows["membership episodes shadow"]["reach"] == 0.02
    assert {one["model"] for one in figures} == {"tiny v1"}
    assert main([*words, "--episodes", "42"]) == 0
    shown = capsys.readouterr().out
    assert "canary pointed x10" in shown
    assert "each from 21 episodes, 1 passes" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["learn", "presses", "--as", "new", "--private", "100000"], "out of its range"),
        (["learn", "presses", "--as", "new", "--private", "8", "--private-delta", "0.5"], "and there are 4"),
        (["learn", "presses", "--as", "new", "--private", "8", "--private-unit", "person"], "whose some of"),
        (["learn", "presses", "--as", "new", "--private", "8", "--from", "tiny"], "can't be hidden any more"),
        (["learn", "presses", "--as", "new", "--private", "8", "--reword", "2"], "words that come from other goals"),
        (["learn", "presses", "--as", "new", "--reword", "-1"], "out of its range"),
        (["learn", "presses", "--as", "new", "--spelled", "0"], "out of its range"),
        (["eval", "tiny", "--suite", "memory", "--models", "3"], "out of its range"),
        (["eval", "nobody", "--suite", "memory"], "there is no model nobody"),
        (["eval", "tiny", "--suite", "memory", "--episodes", "8"], "takes 40 episodes, and there are 8"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    pressed: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    """And no model is made."""
    if "tiny" in words:
        told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    capsys.readouterr()
    assert main(words) != 0
    answer = capsys.readouterr().err
    assert said in answer
    assert "nobody foresaw" not in answer
    assert not (pressed / "models" / "new" / "v1").exists()
