"""Promises of `byhand learn --follow`: what a person showed, approved or corrected is learned as it comes, and nothing
that they did not approve.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from byhand.cli import main
from byhand.cli import open as opened
from byhand.cli.dataset_new import New, Watched
from byhand.cli.review import guard
from byhand.datasets.manifest import pseudonym
from byhand.datasets.versions import load as load_manifest
from byhand.models import rounds
from byhand.models.loading import load
from byhand.review.books import Books
from byhand.review.deciding import Clocks, Decisions
from byhand.review.desk import Desk
from byhand.review.draft import Draft, pack
from byhand.review.edits import CutEvents
from byhand.review.source import leaving
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Summary, Vault
from tests.episodes.kept import kept
from tests.review.recordings import header

WORDS = ("Save", "Send", "Open", "Close", "Print", "Reply", "Archive", "Search")
SMALL = ["--epochs", "2", "--width", "16", "--layers", "1"]


def tasks(first: int, many: int) -> str:
    """Buttons are pressed by their names, one task after the other; each task's words are its own."""
    lines: list[str] = []
    for number in range(first, first + many):
        at = number % len(WORDS)
        names = [WORDS[(number * 3 + place) % len(WORDS)] for place in range(4)]
        second = 10.0 * (number - first)
        lines += [
            f'{second + 0.2}  task "press {names[at % 4]} of list {number}"',
            f'{second + 0.3}  see "{"|".join(names)}"',
            f'{second + 1.0}  click 10,{10 + 30 * (at % 4)} (push button) "{names[at % 4]}" node={at % 4 + 1}',
            f'{second + 1.5}  see "{"|".join(names)}"', f'{second + 2.0}  done "done"',
        ]  # fmt: skip
    return "\n".join(lines)


def shown(home: Path, recording: str, first: int, many: int = 12, purpose: str = "train") -> None:
    """A recording of so many tasks."""
    keys = open_keys(home, os.environ)
    device_key(keys, create=True)
    events = [one.event for one in kept(tasks(first, many))]
    with Vault.open(home, keys) as vault:
        vault.begin(header(recording, purpose, utc_ns=time.time_ns() - 10**11, mono_ns=0))
        vault.append(recording, events)
        vault.finish(recording, Summary(kept={}, dropped={}, lost=0, ended_utc_ns=time.time_ns() - 10**10))


def approved(home: Path, recording: str) -> None:
    """A person's yes to the very bytes."""
    with opened.vault(home) as vault:
        books = Books(home, vault, device_key(open_keys(home, os.environ)), time.time, opened.local)
        desk = Desk(home, vault, books, *guard(home))
        clocks = Clocks(time.time_ns, time.monotonic_ns, "")
        Decisions(desk, clocks, lambda _home, _span: None).approve(recording, leaving(desk.source(recording)).sha256)


@pytest.fixture
def chores(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two recordings, of which one is approved; a dataset to be shared."""
    monkeypatch.chdir(tmp_path)
    shown(home, "one", 0)
    approved(home, "one")
    shown(home, "two", 12)
    assert main(["dataset", "build", "--from", "all", "--shareable", "--as", "chores"]) == 0
    return home


def followed(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[Any]:
    """All rounds there are to make."""
    capsys.readouterr()
    assert main(["learn", "chores", "--as", "doer", "--follow", "--idle", "0.1s", "--json", *SMALL, *words]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def held(home: Path, version: int, name: str = "chores") -> set[str]:
    """Which of our recordings a version of the dataset holds."""
    key = open_keys(home, os.environ).get("datasets")
    assert key is not None
    known = {pseudonym(key, "recording", one): one for one in ("one", "two", "three", "four")}
    return {known[one.recording] for one in load_manifest(home / "datasets" / name / f"v{version}").recordings}


def test_what_was_approved_is_learned_as_it_comes_and_nothing_else(chores: Path, capsys: pytest.CaptureFixture[str]):
    """What was not approved makes no version. What is, is learned from the version in use; then it waits."""
    (first,) = followed(capsys)
    assert (first["round"], first["version"], first["parent"], first["datasets"]) == (1, 1, "", ["chores@1"])
    assert held(chores, 1) == {"one"}
    assert followed(capsys) == []
    approved(chores, "two")
    (second,) = followed(capsys)
    assert (second["came"], second["parent"], second["datasets"]) == (1, "doer v1", ["chores@2"])
    assert held(chores, 2) == {"one", "two"}
    assert load_manifest(chores / "datasets" / "chores" / "v2").purpose == "train"
    assert followed(capsys) == []
    assert len(list((chores / "datasets" / "chores").glob("v*"))) == 2


def test_a_round_that_is_not_known_to_be_as_good_is_kept_and_not_used(chores: Path, capsys: pytest.CaptureFixture[str]):
    """It says so in its line, and the next round begins with the version that is used."""
    followed(capsys)
    approved(chores, "two")
    capsys.readouterr()
    assert main(["learn", "chores", "--as", "doer", "--follow", "--rounds", "1", *SMALL]) == 0
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith("round 1  doer version 2  1 recording came: chores 2, ")
    assert "not used: " in said
    assert said.endswith("v1 is used as before")
    assert load("doer", chores).name == "doer v1"
    shown(chores, "three", 24)
    approved(chores, "three")
    assert [one["parent"] for one in followed(capsys)] == ["doer v1"]
    decided = [one for one in rounds.lines(chores / "models" / "doer") if isinstance(one, rounds.Decided)]
    assert [(one.version, one.promoted) for one in decided] == [(1, True), (2, False), (3, False)]


def test_what_a_person_keeps_for_themselves_is_learned_when_it_is_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Nobody approves it, and its dataset stays theirs. What they did after they took over is a correction."""
    monkeypatch.chdir(tmp_path)
    shown(home, "one", 0, purpose="mine")
    assert main(["dataset", "build", "--from", "all", "--as", "chores"]) == 0
    followed(capsys)
    shown(home, "two", 12, purpose="mine")
    took_over(home, "two")
    (second,) = followed(capsys)
    assert (second["came"], second["came_corrections"]) == (1, 1)
    assert load_manifest(home / "datasets" / "chores" / "v2").purpose == "mine"
    assert main(["dataset", "steps", "chores", "--json"]) == 0
    steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sum("correction" in one["tags"] for one in steps) >= 12


def took_over(home: Path, recording: str) -> None:
    """`byhand do` has ended, and names what the person did."""
    goal = home / "goals" / "1" / "goal.json"
    goal.parent.mkdir(parents=True)
    goal.write_text(
        f'{{"goal":"g","model":"doer","recordings":[{{"recording":"{recording}","by":"person","acts":1}}]}}'
    )


def test_a_correction_that_is_known_late_is_new_once(chores: Path):
    """Its recording ends before the goal does: the version between holds it as a demonstration like any other."""
    watched = Watched(chores, "chores")
    assert watched.look() == New()
    took_over(chores, "one")
    new = watched.look()
    assert (len(new.came), len(new.corrected)) == (0, 1)
    watched.built(new)
    assert watched.look() == New()


def test_what_a_build_left_out_is_new_again_when_it_changed(chores: Path):
    """An approval that does not hold: not at each look, and again when it is given anew."""
    approved(chores, "two")
    with Vault.open(chores, open_keys(chores, os.environ)) as vault:
        vault.put_sheets("two", {"edits": pack(Draft().add(CutEvents(0, 9)))})
    watched = Watched(chores, "chores")
    new = watched.look()
    assert len(new.came) == 1
    watched.built(new)
    assert watched.look() == New()
    approved(chores, "two")
    assert len(watched.look().came) == 1


def test_the_same_once_more_is_no_round(chores: Path, capsys: pytest.CaptureFixture[str]):
    """A recording that is step by step another one: told, and nothing is learned, also by the next command."""
    followed(capsys)
    shown(chores, "three", 0)
    approved(chores, "three")
    (said,) = followed(capsys)
    assert (said["round"], said["dataset_version"], said["new"]) == (0, 2, 0)
    assert not (chores / "models" / "doer" / "v2").exists()


def test_a_round_that_fails_is_told_and_what_was_used_stays(chores: Path, capsys: pytest.CaptureFixture[str]):
    """Weights that are no numbers any more: it waits for something new, and goes on from there."""
    followed(capsys)
    weights = chores / "models" / "doer" / "v1" / "weights.pt"
    whole = weights.read_bytes()
    broken = torch.load(weights, weights_only=True)
    torch.save(
        {name: tensor * float("nan") if tensor.is_floating_point() else tensor for name, tensor in broken.items()},
        weights,
    )
    approved(chores, "two")
    (said,) = followed(capsys)
    assert (said["round"], said["failed"], said["current"]) == (0, "the loss is no number any more", 1)
    assert not (chores / "models" / "doer" / "v2").exists()
    weights.write_bytes(whole)
    shown(chores, "three", 24)
    approved(chores, "three")
    assert [(one["round"], one["version"]) for one in followed(capsys)] == [(1, 2)]


def test_what_was_forgotten_between_rounds_is_not_begun_with(chores: Path, capsys: pytest.CaptureFixture[str]):
    """The version that saw it is not gone on from; the next one takes its place. With nothing left, it waits."""
    approved(chores, "two")
    followed(capsys)
    assert main(["forget", "one", "--yes"]) == 0
    (second,) = followed(capsys)
    assert second["parent"] == ""
    assert "saw what was erased since" in second["anew"]
    assert (second["promoted"], second["current"]) == (True, second["version"])
    last = second["version"]
    assert "one" not in held(chores, int(second["datasets"][0].partition("@")[2]))
    assert main(["forget", "two", "--yes"]) == 0
    assert followed(capsys) == []
    assert load("doer", chores).name == f"doer v{last}"


def test_what_was_begun_from_a_version_that_saw_it_saw_it_too(chores: Path, capsys: pytest.CaptureFixture[str]):
    """Weights that are gone on from tell of what they were learned from."""
    followed(capsys)
    assert main(["learn", "chores", "--as", "other", "--from", "doer", *SMALL]) == 0
    capsys.readouterr()
    approved(chores, "two")
    assert main(["dataset", "build", "--from", "two", "--shareable", "--as", "later"]) == 0
    assert main(["learn", "later", "--as", "third", "--from", "other", *SMALL]) == 0
    assert main(["forget", "one", "--yes"]) == 0
    capsys.readouterr()
    assert main(["model", "list", "--json"]) == 0
    erased = {one["model"]: one["erased"] for one in json.loads(capsys.readouterr().out)}
    assert "begun from other v1" in erased["third"][0]
    assert "begun from doer v1" in erased["third"][1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chores", "--rounds", "2"], "are of --follow"),
        (["chores", "--idle", "2s"], "are of --follow"),
        (["chores", "--follow", "--ray", "2"], "begins with the version before"),
        (["chores", "--follow", "--private", "8"], "begins with the version before"),
        (["chores", "--follow", "--rounds", "-1"], "a whole number"),
        (["chores", "--follow", "--idle", "soon"], "is not a length of time"),
        (["nothing", "--follow"], "there is no dataset nothing"),
        (["chores@1", "--follow"], "nothing can come to it"),
        (["chores", "--follow", "--epochs", "0"], "out of its range"),
    ],
)
def test_what_does_not_go_together_is_said_at_once(
    chores: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    """And it does not begin to wait."""
    capsys.readouterr()
    assert main(["learn", *words, "--as", "doer"]) == 2
    assert said in capsys.readouterr().err
    assert not (chores / "models" / "doer").exists()


def test_ctrl_c_ends_it(chores: Path):
    """Between rounds that is how it is meant to end: not a failure."""
    words = [sys.executable, "-m", "byhand", "learn", "chores", "--as", "doer", "--follow", "--json", *SMALL]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["round"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert load("doer", chores).name == "doer v1"
