"""Promises of `byhand dataset worth`: two models, the same live tasks, a verdict; and never a figure about a person."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from byhand.cli import main
from byhand.cli.worth_of import of_nobody
from byhand.datasets.formats import registry
from byhand.datasets.formats.miniwob_human import FORMAT as MINIWOB_HUMAN
from byhand.datasets.formats.port import Format, Imported, Recording
from byhand.datasets.manifest import Part
from byhand.errors import UsageFault
from byhand.events.kinds import OBSERVER, Numbered, Snapshot
from byhand.vault.keys import device_key, open_keys
from tests.datasets.formats.miniwob_made import Made, node
from tests.review.recordings import header, keep

WHEELS = Path(__file__).parents[2] / ".venv" / "pages"
WORDS = ("Fenwick", "Quandle", "Brimble", "Ostrich", "Wexford", "Tarragon", "Hollis", "Pemberly")


def pressed(folder: Path, name: str, many: int, form: str = "observed", task: str = "click-button") -> None:
    """A dataset of demonstrations: a button is pressed by its name."""
    source = folder / f"demos-{many}"
    source.mkdir()
    for number in range(many):
        names = [WORDS[(number + at) % len(WORDS)] for at in range(4)]
        said = f'Click on "{names[number % 4]}" {number}.'
        made = Made(task, [node("BUTTON", one, text=one) for one in names], said)
        made.press(names[number % 4])
        made.write(source, f"n{number}")
    assert main(["dataset", "import", form, str(source), "--as", name]) == 0


def _observed(place: Path) -> Iterator[Imported]:
    """The public set's pages as if our own observer had listed them."""
    assert MINIWOB_HUMAN.read is not None
    for one in MINIWOB_HUMAN.read(place):
        yield replace(one, events=[*map(_of_ours, one.events)]) if isinstance(one, Recording) else one


def _of_ours(one: Numbered) -> Numbered:
    if not isinstance(one.event, Snapshot):
        return one
    return Numbered(one.seq, msgspec.structs.replace(one.event, observer=OBSERVER))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with two datasets: the larger one holds all that the other has."""
    folder = tmp_path_factory.mktemp("shown")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("BYHAND_HOME", str(folder / "byhand"))
        patch.setenv("BYHAND_KEYRING", "file")
        patch.setattr(registry, "OWN", (*registry.OWN, Format("observed", "Pages.", "text/plain", _observed)))
        pressed(folder, "few", 8)
        pressed(folder, "many", 24)
        pressed(folder, "old", 30, "miniwob-human", "grid-coordinate")  # whose pages are not told as live ones are
        yield folder / "byhand"


def test_two_models_do_the_same_tasks_and_the_report_says_what_came_of_it(
    shown: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Learned, done in real pages by real input, told; and no model is left behind."""
    capsys.readouterr()
    page = tmp_path / "worth.html"
    words = [
        "dataset", "worth", "many", "--base", "few", "--tasks", "click-test", "--episodes", "2", "--epochs", "1",
        "--width", "16", "--layers", "1", "--pages", str(WHEELS), "-o", str(page), "--json",
    ]  # fmt: skip
    assert main(words) == 0
    *cases, whole, skill, end = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (whole["skill"], whole["n"], whole["verdict"], skill["skill"]) == ("all tasks", 2, "open", "other")
    assert [(one["task"], one["seed"]) for one in cases] == [("click-test", 200_000), ("click-test", 200_001)]
    assert (end["before"]["sources"], end["after"]["sources"]) == (["few@1"], ["many@1"])
    assert end["before"]["episodes"] < end["after"]["episodes"]
    assert "What this does not show" in page.read_text("utf-8")
    assert not list((shown / "models").glob("*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["many"], "say what is in question"),
        (["many", "--base", "few", "--of", "n1"], "say what is in question"),
        (["many", "--base", "many"], "holds nothing that many@1 has not"),
        (["few", "--base", "many"], "holds nothing that many@1 has not"),
        (["many", "--base", "nothing"], "there is no dataset nothing"),
        (["old", "--base", "few"], "which live pages are told by"),
        (["many", "--of", "4k2q"], "holds no recording 4k2q"),
        (["many", "--base", "few", "--episodes", "0"], "out of its range"),
        (["many", "--base", "few", "--seed-from", "5"], "are learned from"),
        (["many", "--base", "few", "--tasks", "click-nothing"], "there is no task click-nothing"),
        (["many", "--base", "few", "-o", "worth.svg"], "the report is a page"),
    ],
)
def test_what_can_not_be_asked_is_said_in_a_sentence(
    shown: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    """And nothing is learned."""
    capsys.readouterr()
    assert main(["dataset", "worth", *words]) != 0
    answer = capsys.readouterr().err
    assert said in answer
    assert "nobody foresaw" not in answer


def test_nobody_gets_a_figure_about_another_person(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A dataset of one person's work, asked about in another home: refused, also by the names it has for their
    recordings. The person themselves may ask.
    """
    monkeypatch.chdir(tmp_path)
    keys = open_keys(home, os.environ)
    device_key(keys, create=True)
    now = time.time_ns()
    for number, name in enumerate(("first", "second")):
        keep(home, header(name, utc_ns=now - (number + 1) * 10**11), keys=keys)
    assert main(["dataset", "build", "--from", "all", "--as", "chores"]) == 0
    capsys.readouterr()
    assert main(["dataset", "show", "chores", "--json"]) == 0
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    named, place = told["recordings"][0]["recording"], told["place"]
    assert main(["dataset", "worth", "chores", "--of", "first"]) != 0
    assert "figure about" not in capsys.readouterr().err  # it goes on to learn, and there is too little here
    monkeypatch.setenv("BYHAND_HOME", str(tmp_path / "stewards"))
    assert main(["dataset", "worth", place, "--of", named]) == 2
    assert "a figure about 1 person, and none is made of a person" in capsys.readouterr().err


@pytest.mark.parametrize(("people", "refused"), [(1, True), (9, True), (10, False)])
def test_of_others_it_takes_ten_people(people: int, refused: bool):
    """As everywhere: what is counted of others is counted of ten or more. Your own recordings don't make it a crowd."""
    parts = [Part(f"r{number}", person=f"p{number}") for number in range(people)]
    mine = Part("mine", person="me")
    if refused:
        with pytest.raises(UsageFault, match="none is made of a person"):
            of_nobody([*parts, mine], {"mine": "4k2q"})
    else:
        of_nobody([*parts, mine], {"mine": "4k2q"})
    of_nobody([mine], {"mine": "4k2q"})
