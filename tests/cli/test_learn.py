"""Promises of `byhand learn` and `byhand model`: a dataset becomes a model, with a card that says where it is from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.datasets import lineage
from byhand.errors import LearnError
from byhand.models.decision import Look
from byhand.models.loading import load
from tests.datasets.formats.miniwob_made import Made, node
from tests.models.pages import page

WORDS = ("Fenwick", "Quandle", "Brimble", "Ostrich", "Wexford", "Tarragon", "Hollis", "Pemberly")
SMALL = ["--epochs", "3", "--width", "32", "--layers", "1", "--json"]


@pytest.fixture
def pressed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of 24 episodes: a button is pressed by its name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BYHAND_HOME", str(home))
    source = tmp_path / "demos"
    source.mkdir()
    for number in range(24):
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


def test_a_dataset_becomes_a_model_that_decides(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """Learned, listed, shown, begun from again; each a version of its own."""
    *_, made = told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    assert (made["model"], made["version"], made["left"]) == ("tiny", 1, {})
    assert made["examples"] > 30
    assert made["corrections"] == 3  # they are few; each counts more
    assert 0 <= made["figures"]["right"] <= 1
    *_, again = told(capsys, "learn", "presses", "--as", "tiny", "--from", "tiny", *SMALL)
    assert (again["version"], again["parent"]) == (2, "tiny v1")
    (listed,) = told(capsys, "model", "list", "--json")
    assert [(one["version"], one["sources"]) for one in listed] == [
        (1, [{"dataset": "presses", "version": 1}]), (2, [{"dataset": "presses", "version": 1}]),
    ]  # fmt: skip
    decided = load("tiny@v1", pressed).decide(Look('Click on "Fenwick".', page("button Fenwick; button Hollis")))
    assert decided.op in ("click", "done")
    assert main(["model", "show", "tiny"]) == 0
    shown = capsys.readouterr().out
    assert f"tiny, version {again['current']}" in shown
    assert "must not be passed on" in shown
    assert "Fenwick" not in shown


def test_said_otherwise_each_act_is_learned_more_often(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """What is held back stays as it was said, and the same seed says it otherwise in the same way."""
    del pressed
    plain, more, again = (
        told(capsys, "learn", "presses", "--as", name, *words, *SMALL)[-1]
        for name, words in (("plain", ()), ("more", ("--reword", "2")), ("again", ("--reword", "2")))
    )
    assert more["examples"] == 3 * plain["examples"]
    assert more["figures"]["examples"] == plain["figures"]["examples"]
    assert more["figures"] == again["figures"]


def test_the_same_seed_gives_the_same_weights(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """Whoever wants to check a figure can make the model again."""
    figures = [told(capsys, "learn", "presses", "--as", name, *SMALL)[-1]["figures"] for name in ("one", "two")]
    assert figures[0] == figures[1]


def test_what_it_would_have_done_is_compared_with_what_was_done(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """On episodes that were kept for tests, with intervals; `byhand eval NAME` is enough to say."""
    told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    (whole,) = told(capsys, "eval", "latest", "--suite", "offline", "--dataset", "presses", "--json")
    assert whole["model"] == "tiny v1"
    right, count = whole["right"], 4  # of each of two episodes its press, and that it is done then
    assert whole["op"]["n"] == right["n"] == count
    assert right["low"] <= right["hits"] / count <= right["high"]
    assert whole["episode"]["n"] == whole["element"]["n"] == 2
    assert main(["eval", "model", "rules", "--suite", "offline", "--dataset", "presses"]) == 0
    assert "a floor" in capsys.readouterr().out


def test_with_what_is_kept_for_tests_there_is_more_to_learn_and_nothing_to_be_asked(
    pressed: Path, capsys: pytest.CaptureFixture[str]
):
    """The card says so; a version begun from it knows them, too."""
    *_, plain = told(capsys, "learn", "presses", "--as", "plain", *SMALL)
    *_, made = told(capsys, "learn", "presses", "--as", "whole", "--with-tests", *SMALL)
    assert made["episodes"] == plain["episodes"] + 2
    assert made["figures"]["examples"] == plain["figures"]["examples"], "as much is held back"
    about = json.loads((pressed / "models" / "whole" / "v1" / "model.json").read_text())
    assert about["tests"] is True
    assert "keep for tests, too" in (pressed / "models" / "whole" / "v1" / "README.md").read_text()
    assert "for tests" not in (pressed / "models" / "plain" / "v1" / "README.md").read_text()
    told(capsys, "learn", "presses", "--as", "after", "--from", "whole", *SMALL)
    for name in ("whole", "after"):
        assert main(["eval", name, "--suite", "offline", "--dataset", "presses"]) != 0
        assert "it learned from all that is kept for tests" in capsys.readouterr().err


def test_several_decide_together_as_one_model(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """It is listed, shown, judged and marked like any other, and nothing begins from it."""
    for seed in ("1", "2"):
        told(capsys, "learn", "presses", "--as", f"tiny-{seed}", "--seed", seed, *SMALL)
    (made,) = told(capsys, "model", "join", "tiny-1", "tiny-2", "--as", "both", "--json")
    assert (made["model"], made["version"], made["members"]) == ("both", 1, 2)
    decided = load("both", pressed).decide(Look('Click on "Fenwick".', page("button Fenwick; button Hollis")))
    assert decided.op in ("click", "done")
    (whole,) = told(capsys, "eval", "both", "--suite", "offline", "--dataset", "presses", "--json")
    assert (whole["model"], whole["right"]["n"]) == ("both v1", 4)
    assert main(["model", "show", "both"]) == 0
    shown = capsys.readouterr().out
    assert "2 small networks" in shown
    assert "member tiny-1 v1" in shown
    assert "nothing is known" not in shown
    assert any(
        one.model == "both@v1" for one in lineage.lines(pressed / "datasets") if isinstance(one, lineage.Trained)
    )
    for words, said in (
        (["model", "join", "tiny-1", "tiny-1", "--as", "twice"], "each of them once"),
        (["model", "join", "tiny-1", "both", "--as", "nested"], "networks that decide together"),
        (["learn", "presses", "--as", "after", "--from", "both", *SMALL], "networks that decide together"),
        (["eval", "both", "--suite", "memory"], "several that decide together"),
    ):
        assert main(words) != 0
        assert said in capsys.readouterr().err
    *_, again = told(capsys, "learn", "presses", "--as", "both", *SMALL)
    assert again["rival"] == "both v1", "a network may take their place"
    lineage.add(pressed / "datasets", lineage.Erased("presses", 1, "", ("n0",), 0, 0))
    (listed,) = told(capsys, "model", "list", "--json")
    (gone,) = [one for one in listed if (one["model"], one["version"]) == ("both", 1)]
    assert len(gone["erased"]) == 1
    assert "erased since" in gone["erased"][0]


def test_a_version_that_is_not_known_to_be_as_good_is_kept_and_not_used(
    pressed: Path, capsys: pytest.CaptureFixture[str]
):
    """The first is used. The few acts held back here tell nothing: so the second is not, until one says so."""
    *_, first = told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    assert (first["promoted"], first["current"], first["rival"], first["compared"]) == (True, 1, "", {})
    *_, second = told(capsys, "learn", "presses", "--as", "tiny", "--seed", "1", *SMALL)
    assert (second["promoted"], second["current"], second["rival"]) == (False, 1, "tiny v1")
    assert "too few to tell" in second["why"]
    assert 0 < second["compared"]["cases"] < 20
    assert load("tiny", pressed).name == "tiny v1"
    assert load("tiny@v2", pressed).name == "tiny v2"
    *_, other = told(capsys, "learn", "presses", "--as", "other", "--from", "tiny@v2", *SMALL)
    assert (other["promoted"], other["current"], other["rival"]) == (True, 1, "tiny v2")
    assert "there is no other version of other" in other["why"]
    listed = [one for one in told(capsys, "model", "list", "--json")[0] if one["model"] == "tiny"]
    assert [(one["version"], one["current"]) for one in listed] == [(1, True), (2, False)]
    for words, now in ((("promote", "tiny@v2"), 2), (("rollback", "tiny"), 1), (("rollback", "tiny"), 2)):
        (answer,) = told(capsys, "model", *words, "--json")
        assert answer == {"model": "tiny", "current": now, "before": 3 - now, "erased": []}
        assert load("tiny", pressed).name == f"tiny v{now}"


def test_what_saw_something_that_was_forgotten_is_not_used_any_longer(
    pressed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """However good it is, the next one that did not see it takes its place; one can still go back, and is told."""
    told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    assert main(["dataset", "import", "miniwob-human", str(tmp_path / "demos"), "--as", "others"]) == 0
    lineage.add(pressed / "datasets", lineage.Erased("presses", 1, "", ("n0",), 0, 0))
    *_, second = told(capsys, "learn", "others", "--as", "tiny", *SMALL)
    assert (second["promoted"], second["current"]) == (True, 2)
    assert "erased since" in second["why"]
    (back,) = told(capsys, "model", "rollback", "tiny", "--json")
    assert back["current"] == 1
    assert "erased since" in back["erased"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["learn", "nothing", "--as", "tiny"], "there is no dataset nothing"),
        (["learn", "presses", "--as", "Tiny Model"], "a model's name is made of"),
        (["learn", "presses", "--as", "tiny", "--from", "other"], "there is no model other"),
        (["learn", "presses", "--as", "tiny", "--width", "30"], "out of its range"),
        (["learn", "presses", "--as", "tiny", "--without", "4k2q"], "holds the recording 4k2q"),
        (["learn", "presses", "--as", "tiny", "--budget", "soon"], "is not a length of time"),
        (["learn", "presses", "--as", "tiny", "--device", "cuda"], "no GPU can be used here"),
        (["learn", "presses", "--as", "tiny", "--corrections", "0"], "out of its range"),
        (["model", "show", "tiny@v7"], "there is no model tiny v7"),
        (["model", "promote", "tiny"], "say which version"),
        (["model", "promote", "tiny@v7"], "there is no model tiny"),
        (["model", "rollback", "tiny"], "there is no model tiny"),
        (["model", "rollback", "tiny@v2"], "used before"),
        (["eval", "latest", "--suite", "offline", "--dataset", "presses"], "there are no models yet"),
        (["eval", "rules", "--suite", "offline"], "say on which dataset"),
        (["eval", "rules", "--suite", "miniwob", "--tasks", "click-nothing"], "there is no task click-nothing"),
        (["eval", "rules", "--suite", "miniwob", "--tasks", "chase-circle"], "is left out"),
        (["eval", "rules", "--suite", "miniwob", "--seed-from", "5"], "are learned from"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    pressed: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    """And no model is made."""
    capsys.readouterr()
    assert main(words) != 0
    answer = capsys.readouterr().err
    assert said in answer
    assert "nobody foresaw" not in answer
    assert not list((pressed / "models").glob("*/v*"))


def test_what_is_left_out_is_not_learned_from(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """Also in a home that has no vault; and the model does not say that it saw it."""
    (version,) = told(capsys, "dataset", "show", "presses", "--json")
    first = version["recordings"][0]["recording"]
    *_, whole = told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    *_, made = told(capsys, "learn", "presses", "--as", "other", "--without", first, *SMALL)
    assert made["episodes"] < whole["episodes"]
    sources = json.loads((pressed / "models" / "other" / "v1" / "model.json").read_text())["sources"]
    assert first not in sources[0]["recordings"]


def test_a_damaged_model_decides_nothing(pressed: Path, capsys: pytest.CaptureFixture[str]):
    """Its weights are read as numbers; anything else is refused."""
    told(capsys, "learn", "presses", "--as", "tiny", *SMALL)
    weights = pressed / "models" / "tiny" / "v1" / "weights.pt"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(LearnError, match="missing or damaged"):
        load("tiny", pressed)
