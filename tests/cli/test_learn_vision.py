"""Promises of `byhand learn --model BASE --lora`: an adapter is a model like any other, from its card to its acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from byhand.cli import main
from byhand.models.decision import Look
from byhand.models.loading import load
from tests.datasets.formats.miniwob_made import Made, node
from tests.models.pages import page
from tests.models.vision import tiny

WORDS = ("Fenwick", "Quandle", "Brimble", "Ostrich", "Wexford", "Tarragon")
SMALL = ["--lora", "--epochs", "1", "--batch", "4", "--rate", "0.01", "--longest", "1024", "--json"]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def pressed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of 20 episodes: a button is pressed by its name. Beside it a model, in the folder `tiny-base`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BYHAND_HOME", str(home))
    source = tmp_path / "demos"
    source.mkdir()
    for number in range(20):
        names = [WORDS[(number + at) % len(WORDS)] for at in range(3)]
        wanted = names[number % 3]
        buttons = [node("BUTTON", name, text=name) for name in names]
        made = Made("click-button", buttons, f'Click on "{wanted}" {number}.')
        made.press(wanted)
        made.write(source, f"n{number}")
    assert main(["dataset", "import", "miniwob-human", str(source), "--as", "presses"]) == 0
    tiny.model(tmp_path / "tiny-base")
    return home


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[Any]:
    capsys.readouterr()
    assert main(list(words)) == code, capsys.readouterr()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_adapter_is_a_model_like_any_other(pressed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Learned, shown with what it is of and what it saw, begun from, left something out, asked, and compared with the
    one before.
    """
    base = str(tmp_path / "tiny-base")
    *_, made = told(capsys, "learn", "presses", "--as", "tiny", "--model", base, *SMALL)
    assert (made["model"], made["version"], made["base"], made["promoted"]) == ("tiny", 1, base, True)
    assert made["figures"]["examples"] > 0
    place = Path(made["place"])
    assert {one.name for one in place.iterdir()} == {
        "adapter_config.json", "adapter_model.safetensors", "model.json", "README.md", "log.jsonl", "cases.json",
    }  # fmt: skip
    assert json.loads((place / "adapter_config.json").read_bytes())["base_model_name_or_path"] == base
    assert not (place.parent / "training").exists()
    about = json.loads((place / "model.json").read_bytes())
    gone = about["sources"][0]["recordings"][0]
    *_, again = told(
        capsys, "learn", "presses", "--as", "tiny", "--model", base, "--from", "tiny", "--without", gone, *SMALL
    )
    assert (again["version"], again["parent"], again["rival"]) == (2, "tiny v1", "tiny v1")
    without = json.loads((Path(again["place"]) / "model.json").read_bytes())
    assert gone not in without["sources"][0]["recordings"]
    (listed,) = told(capsys, "model", "list", "--json")
    assert [(one["version"], one["sources"]) for one in listed] == [
        (1, [{"dataset": "presses", "version": 1}]), (2, [{"dataset": "presses", "version": 1}]),
    ]  # fmt: skip
    assert main(["model", "show", "tiny"]) == 0
    shown = capsys.readouterr().out
    assert f"An adapter of {base}" in " ".join(shown.split())
    assert "Fenwick" not in shown
    decided = load("tiny@v1", pressed).decide(Look('Click on "Fenwick".', page("button Fenwick; button Hollis")))
    assert decided.why or decided.sure > 0
    (whole,) = told(capsys, "eval", "tiny@v1", "--suite", "offline", "--dataset", "presses", "--json")
    assert whole["model"] == "tiny v1"
    assert whole["right"]["n"] == 4


def test_what_does_not_fit_is_said_in_a_sentence(pressed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Before anything is learned; and a network of our own does not begin with an adapter, or the other way round."""
    base = str(tmp_path / "tiny-base")
    for words, said in (
        (["--model", base], "only an adapter is learned"), (["--lora"], "is for a vision-language model"),
        (["--model", base, "--lora", "--longest", "100"], "too short for any page"),
        (["--model", base, "--lora", "--device", "cuda"], "no GPU can be used here"),
        (["--model", str(tmp_path), "--lora"], "there is no model in"),
        (["--model", base, "--lora", "--ray", "2"], "can't be learned so"),
        (["--model", base, "--lora", "--epochs", "0"], "out of its range"),
        (["--model", base, "--lora", "--from", "own"], "is no adapter of"),
        (["--from", "spoken"], "is an adapter of"),
    ):  # fmt: skip
        if "own" in words:
            told(capsys, "learn", "presses", "--as", "own", "--epochs", "1", "--width", "16", "--layers", "1", "--json")
        if "spoken" in words:
            told(capsys, "learn", "presses", "--as", "spoken", "--model", base, *SMALL)
        capsys.readouterr()
        assert main(["learn", "presses", "--as", "tiny", *words]) != 0
        assert said in " ".join(capsys.readouterr().err.split())
    assert not list((pressed / "models" / "tiny").glob("v*"))
