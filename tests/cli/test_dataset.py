"""Promises of `byhand dataset`: what you cut, did not approve or forgot is not where it should not be."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from byhand.cli import main
from byhand.cli import open as opened
from byhand.cli.review import guard
from byhand.datasets.formats import registry
from byhand.datasets.formats.port import Demonstration, Format, Imported
from byhand.datasets.formats.registry import OWN
from byhand.errors import Problem
from byhand.events.kinds import Mark
from byhand.review.books import Books
from byhand.review.deciding import Clocks, Decisions
from byhand.review.desk import Desk
from byhand.review.draft import Draft, pack
from byhand.review.edits import CutApp, Paint
from byhand.review.source import leaving, load
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.store import Vault
from tests.datasets.demos import demonstration
from tests.review.recordings import header, keep, work

NAMES = ("first", "second")


@pytest.fixture
def worked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two recordings: one granted for training, one for the person's own use."""
    monkeypatch.chdir(tmp_path)
    keys = open_keys(home, os.environ)
    device_key(keys, create=True)
    now = time.time_ns()
    keep(home, header("first", utc_ns=now - 10**11), keys=keys)
    other = [
        msgspec.structs.replace(event, text="sort the mail") if isinstance(event, Mark) and event.text else event
        for event in work().events
    ]
    keep(home, header("second", "mine", utc_ns=now - 5 * 10**10), other, keys)
    return home


def edit(home: Path, recording: str, *edits: Any) -> None:
    made = Draft()
    for one in edits:
        made = made.add(one)
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        vault.put_sheets(recording, {"edits": pack(made)})


def approve(home: Path, recording: str) -> None:
    keys = open_keys(home, os.environ)
    with Vault.open(home, keys) as vault:
        books = Books(home, vault, device_key(keys), time.time, opened.local)
        desk = Desk(home, vault, books, *guard(home))
        clocks = Clocks(time.time_ns, time.monotonic_ns, "")
        source = load(vault, next(one for one in vault.recordings() if one.id == recording))
        Decisions(desk, clocks, lambda _home, _span: None).approve(recording, leaving(source).sha256)


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[Any]:
    """What the verb answers a program, value by value."""
    capsys.readouterr()
    assert main(["dataset", *words, "--json"]) == code, capsys.readouterr().err
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def everything(place: Path) -> bytes:
    """All that any reader could find in a dataset: Parquet is packed, so its rows are read."""
    polars = pytest.importorskip("polars")
    found = b""
    for path in sorted(place.rglob("*")):
        if path.suffix == ".parquet":
            found += str(polars.read_parquet(path).to_dicts()).encode()
        elif path.is_file():
            found += path.read_bytes()
    return found


def test_recordings_become_steps(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One step a line: what, to what, with which words and keys, from which events, and what could be seen before."""
    (made,) = told(capsys, "build", "--from", "first", "--as", "chores")
    assert (made["name"], made["version"], made["purpose"], made["problems"]) == ("chores", 1, "mine", [])
    steps = told(capsys, "steps", "chores")
    assert len(steps) == made["steps"]
    reply = next(step for step in steps if step["op"] == "click" and step["target"]["name"] == "Reply")
    assert reply["first"] <= reply["events"][0] <= reply["last"]
    assert {seen["kind"] for seen in reply["observation"]} == {"frame", "wireframe"}
    media = Path(made["place"]) / "media"
    assert all((media / seen["media"][:2] / seen["media"]).is_file() for seen in reply["observation"])
    assert "thanks a lot" in [step["text"] for step in steps]
    assert told(capsys, "verify", "chores")[0]["ok"]
    assert [one["name"] for one in told(capsys, "list")[0]] == ["chores"]
    assert told(capsys, "show", "chores")[0]["episodes"] == made["episodes"]


def test_no_recording_person_or_grant_is_named(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pseudonyms by a key of the home, the same in each of its datasets, and the key is not in one."""
    (made,) = told(capsys, "build", "--from", "all", "--as", "chores")
    found = everything(Path(made["place"]))
    for name in (b"second", b"agrant", b"adevicexyz", b"a-boot-of-mine", b"DP-1 of Anna"):
        assert b'"' + name + b'"' not in found
        assert b"'" + name + b"'" not in found
    key = open_keys(worked, os.environ).get("datasets")
    assert key is not None
    assert key not in found
    assert key.hex().encode() not in found


def test_what_was_cut_or_painted_is_not_in_it(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The person's draft counts also where nothing was approved."""
    (plain,) = told(capsys, "build", "--from", "first", "--as", "plain")
    assert b"TITLECANARY" in everything(Path(plain["place"]))
    edit(worked, "first", CutApp("notes"), Paint(64, 0, 64, 64, 0, 20_000))
    (made,) = told(capsys, "build", "--from", "first", "--as", "edited")
    found = everything(Path(made["place"]))
    for canary in (b"TITLECANARY", b"wordcanary", b"BUTTONCANARY"):
        assert canary not in found


def test_reading_a_recording_is_noted(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once for each recording a dataset is built of."""
    told(capsys, "build", "--from", "all", "--as", "chores")
    public = device_key(open_keys(worked, os.environ)).public_key()
    assert [entry.kind for entry in entries(worked / FILE, public)] == ["read", "read"]


def test_only_what_was_approved_is_in_what_can_be_shared(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is set aside and told why; with nothing left, nothing is built."""
    assert main(["dataset", "build", "--from", "all", "--as", "public", "--shareable"]) == 2
    said = capsys.readouterr().err
    assert "nothing to build" in said
    assert "hint: second: you granted this recording for your own use only" in said
    assert not (worked / "datasets/public").exists()
    approve(worked, "first")
    (made,) = told(capsys, "build", "--from", "all", "--as", "public", "--shareable")
    assert (made["purpose"], made["recordings"]) == ("train", 1)
    assert [one["source"] for one in made["problems"]] == ["second"]
    assert "own use only" in made["problems"][0]["message"]
    card = (Path(made["place"]) / "README.md").read_text()
    assert "fewer than 10" in card
    edit(worked, "first", CutApp("notes"))
    assert main(["dataset", "build", "--from", "first", "--as", "public", "--shareable"]) == 2
    assert "changed since it was approved" in capsys.readouterr().err


def test_a_recording_that_can_not_be_read_is_set_aside(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is damaged does not keep the other from being built."""
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect(worked / "vault.sqlite")
    connection.execute("UPDATE segments SET sealed=zeroblob(200) WHERE recording='first'")
    connection.commit()
    connection.close()
    (made,) = told(capsys, "build", "--from", "all", "--as", "chores")
    assert [(one["source"], one["message"]) for one in made["problems"]] == [("first", "set aside: it is damaged")]
    assert made["recordings"] == 1


def test_what_is_forgotten_leaves_every_dataset(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next version is without it, the old one's data are gone, and the verb names the dataset."""
    told(capsys, "build", "--from", "all", "--as", "chores")
    assert main(["forget", "second", "--yes", "--json"]) == 0
    (changed,) = json.loads(capsys.readouterr().out)["datasets"]
    assert (changed["dataset"], changed["erased"], changed["next"]) == ("chores", [1], 2)
    known = [(one["version"], one["erased"], one["recordings"]) for one in told(capsys, "list")[0]]
    assert known == [(1, True, 2), (2, False, 1)]
    assert told(capsys, "verify", "chores")[0]["ok"]
    assert main(["dataset", "steps", "chores@1"]) == 2
    assert "forgotten" in capsys.readouterr().err
    assert main(["dataset", "show", "chores@1"]) == 0
    assert "card.html" not in capsys.readouterr().out
    assert main(["forget", "--all", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["datasets"][0]["next"] == 0


def test_whoever_forgot_the_next_verb_follows(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A recording forgotten in part on the review page, or by time, leaves the dataset before anybody looks."""
    told(capsys, "build", "--from", "all", "--as", "chores")
    keys = open_keys(worked, os.environ)
    with Vault.open(worked, keys) as vault:
        gone = vault.forget_app("notes")
        Books(worked, vault, device_key(keys), time.time, opened.local).record("forget", {"parts_of": gone.part})
    assert [one["erased"] for one in told(capsys, "list")[0]] == [True]
    (made,) = told(capsys, "build", "--from", "all", "--as", "chores")
    assert made["version"] == 2
    assert [one["erased"] for one in told(capsys, "list")[0]] == [True, False]


# ---- other formats


def _read(path: Path) -> Iterator[Imported]:
    yield Problem(f"{path}:2", "has no steps")
    yield demonstration()


def _write(found: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    (out / "said.txt").write_text("\n".join(one.episode.instruction for one in found))
    yield Problem("e1", "a shortcut can't be told")


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of a third party."""
    monkeypatch.setattr(registry, "OWN", (Format("plain", "Lines.", "text/plain", _read, _write),))


@pytest.mark.usefixtures("spoken")
def test_a_foreign_file_becomes_a_dataset_and_goes_out_again(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be read is named with file and line, what can't be written is told, and it stays the person's own."""
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text("anything")
    (made,) = told(capsys, "import", "plain", "in.txt", "--as", "others")
    assert (made["episodes"], made["source"], made["purpose"]) == (1, "plain", "mine")
    assert made["problems"] == [{"source": "in.txt:2", "message": "has no steps"}]
    (out,) = told(capsys, "export", "others", "plain", "out")
    assert Path("out/said.txt").read_text() == "file the invoice"
    assert out["problems"] == [{"source": "e1", "message": "a shortcut can't be told"}]
    assert main(["dataset", "export", "others", "plain", "out2", "--shareable"]) == 2
    assert "own use only" in capsys.readouterr().err
    assert not Path("out2").exists()
    assert main(["dataset", "import", "strange", "in.txt", "--as", "x"]) == 2
    assert main(["dataset", "import", "plain", "nothing.txt", "--as", "x"]) == 2


def test_exporting_is_noted_for_each_recording(
    worked: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger says that recordings were copied out, also by way of a dataset."""
    monkeypatch.setattr(registry, "OWN", (Format("plain", "Lines.", "text/plain", _read, _write),))
    told(capsys, "build", "--from", "second", "--as", "chores")
    told(capsys, "export", "chores", "plain", "out")
    public = device_key(open_keys(worked, os.environ)).public_key()
    assert [entry.kind for entry in entries(worked / FILE, public)] == ["read", "export"]


def test_steps_are_checked_against_what_was_recorded(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each press and key in exactly one step, and every typed text what the page held."""
    told(capsys, "build", "--from", "first", "--as", "chores")
    capsys.readouterr()
    code = main(["dataset", "check", "chores", "--json"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [sorted(one) for one in found] == [["episode", "explained", "values_equal", "why_not"]] * len(found)
    assert code == (0 if all(one["explained"] and one["values_equal"] for one in found) else 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["steps", "nothing"], "there is no dataset nothing"),
        (["build", "--from", "all", "--as", "A b"], "can't be called"),
        (["build", "--from", "all", "--as", "a", "--address", "h:1"], "a Ray cluster's"),
        (["diff", "nothing", "nothing"], "there is no dataset"),
    ],
)
def test_a_mistake_is_told_with_a_way_out(
    worked: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and a hint; the exit code is 2."""
    assert main(["dataset", *words]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert "hint" in said


def test_steps_are_named_as_replaying_names_them(worked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The episode by its whole name, the step from 1; so a text that was not kept can be given for it."""
    told(capsys, "build", "--from", "first", "--as", "chores")
    first = told(capsys, "steps", "chores")[0]
    assert main(["dataset", "steps", "chores"]) == 0
    assert capsys.readouterr().out.split()[:3] == [first["episode"], "1", first["op"]]


def test_help_names_every_format_that_can_be_read_or_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Who installed it has no other list at hand."""
    for verb, fit in (
        ("import", [one.name for one in OWN if one.read]),
        ("export", [one.name for one in OWN if one.write]),
    ):
        assert main(["dataset", verb, "--help"]) == 0
        said = "".join(capsys.readouterr().out.split())
        assert f"Formats:{','.join(sorted(fit))}." in said


@pytest.mark.parametrize(
    ("words", "says", "hint"),
    [
        (["import", "strange", "in.txt", "--as", "x"], "there is no format strange", "those that can be read: plain\n"),
        (["import", "plain", "no.txt", "--as", "x"], "there is no file or folder no.txt", ""),
        (["export", "others", "strange", "out"], "there is no format strange", "those that can be written: plain\n"),
        (["export", "others", "plain", "out", "--split", "aside"], "no episodes in aside", "it has train 1"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("home", "spoken")
def test_what_can_not_be_changed_over_is_told_with_what_can(
    words: list[str], says: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Each with what can be typed instead, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text("anything")
    told(capsys, "import", "plain", "in.txt", "--as", "others")
    assert main(["dataset", *words]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert hint in said
    assert not Path("out").exists()


@pytest.mark.usefixtures("home")
def test_what_many_episodes_can_not_tell_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how many they are; a program is told each."""

    def read(_path: Path) -> Iterator[Imported]:
        yield from (demonstration(name, task=name) for name in ("e1", "e2"))

    def write(found: Iterable[Demonstration], _out: Path) -> Iterator[Problem]:
        yield from (Problem(one.episode.id, "no wall clock is known") for one in found)

    monkeypatch.setattr(registry, "OWN", (Format("plain", "Lines.", "text/plain", read, write),))
    monkeypatch.chdir(tmp_path)
    Path("in.txt").touch()
    told(capsys, "import", "plain", "in.txt", "--as", "others")
    assert main(["dataset", "export", "others", "plain", "out"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "not told  2 episodes: no wall clock is known"
    (out,) = told(capsys, "export", "others", "plain", "out2")
    assert [one["source"] for one in out["problems"]] in (["e1", "e2"], ["e2", "e1"])
