"""Promises of `byhand dataset build --writer`: who is asked, of what, who is told, and what never leaves."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.cli.dataset_words import Words, wanted
from byhand.datasets.manifest import Part
from byhand.datasets.taken import About
from byhand.datasets.wording import Asking, Worded, endpoint
from byhand.events.kinds import AnyEvent, Mark
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.store import Vault
from tests.datasets.writer import Heard, listening
from tests.review.recordings import header, keep, work

BUILD = ("dataset", "build", "--from", "all", "--as", "chores")


@pytest.fixture
def writer() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


@pytest.fixture
def nameless(home: Path) -> Path:
    """A recording for the person's own use in which they named no task."""
    keys = open_keys(home, os.environ)
    device_key(keys, create=True)
    keep(home, header("first", "mine", utc_ns=time.time_ns() - 10**11), unnamed(), keys)
    return home


def unnamed() -> list[AnyEvent]:
    return [event for event in work().events if not (isinstance(event, Mark) and event.what.startswith("task"))]


def kinds(home: Path) -> list[str]:
    return [entry.kind for entry in entries(home / FILE, device_key(open_keys(home, os.environ)).public_key())]


def built(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[Any, str]:
    """The answer of a build, and what was said beside it."""
    capsys.readouterr()
    assert main([*BUILD, *words, "--json"]) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def instructions(made: Any) -> list[tuple[str, str]]:
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(Path(made["place"]) / "episodes" / "*.parquet").to_dicts()
    return [(row["instruction"], row["by"]) for row in rows]


def test_nobody_is_asked_unless_told_to(nameless: Path, writer: Heard, capsys: pytest.CaptureFixture[str]):
    """Also where a key for it lies in the environment."""
    made, said = built(capsys)
    assert {by for _, by in instructions(made)} == {"template"}
    assert (writer.asked, "put into words" in said, kinds(nameless)) == ([], False, ["read"])


def test_a_writer_on_this_computer_names_what_nobody_named(
    nameless: Path, writer: Heard, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """It is said first what goes where, the ledger says it too, and what was typed stays."""
    monkeypatch.setenv("BYHAND_WRITER_KEY", "akey")
    made, said = built(capsys, "--writer", writer.url, "--writer-model", "tiny")
    assert set(instructions(made)) == {("Answer the mail of the day", "model")}
    assert "goes to http://127.0.0.1:" in said
    assert "on this computer, to be put into words by tiny" in said
    assert "akey" not in said
    assert kinds(nameless) == ["read", "export"]
    assert set(writer.keys) == {"Bearer akey"}
    for typed in ("thanks a lot", "wordcanary"):
        assert typed not in writer.everything()
    assert main(["ledger", "show"]) == 0
    assert "dataset build, words to http://127.0.0.1:" in capsys.readouterr().out


def test_a_writer_that_fails_fails_no_build(nameless: Path, writer: Heard, capsys: pytest.CaptureFixture[str]):
    """The template's words are taken, and the problem says so under the recording's own name."""
    writer.status = 503
    made, _ = built(capsys, "--writer", writer.url, "--writer-model", "tiny")
    assert {by for _, by in instructions(made)} == {"template"}
    ((problem,),) = [made["problems"]]
    assert problem["source"] == "first"
    assert problem["message"].endswith("the writer answered with status 503")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--writer", "https://writer.invalid/v1", "--writer-model", "tiny"), "does not leave this computer"),
        (("--writer", "http://writer.invalid/v1", "--writer-model", "tiny", "--shareable"), "unencrypted"),
        (("--writer", "http://127.0.0.1:9/v1"), "say which model"),
        (("--writer-model", "tiny"), "a model needs an address"),
    ],
)
def test_what_may_not_be_asked_builds_nothing(
    nameless: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
):
    """Refused before a recording is read."""
    assert main([*BUILD, *words]) == 2
    assert why in capsys.readouterr().err
    assert not (nameless / FILE).exists()
    assert not (nameless / "datasets" / "chores" / "v1").exists()


def test_off_this_computer_only_what_is_for_training(nameless: Path, capsys: pytest.CaptureFixture[str]):
    """Looked at once more for each recording, just before anything would go."""
    with Vault.open(nameless, open_keys(nameless, os.environ)) as vault:
        to = endpoint("https://writer.invalid/v1", "tiny")
        asking = Words(nameless, vault, Asking(to))
        assert asking.of("first", Part("p", purpose="mine"), unnamed(), About()) == Worded({})
        assert wanted(nameless, vault, "https://writer.invalid/v1", "tiny", shareable=True) is not None
    assert capsys.readouterr().err == ""
    assert not (nameless / FILE).exists()


def test_where_the_ledger_can_not_take_it_nothing_is_sent(
    nameless: Path, writer: Heard, capsys: pytest.CaptureFixture[str]
):
    """A ledger that was tampered with takes no entry."""
    main(BUILD)
    ledger = nameless / FILE
    ledger.write_bytes(ledger.read_bytes().replace(b'"seq":0', b'"seq":7'))
    capsys.readouterr()
    assert main([*BUILD, "--writer", writer.url, "--writer-model", "tiny"]) == 1
    assert writer.asked == []
    said = capsys.readouterr().err
    assert "error: the ledger is broken" in said
    assert "put into words" not in said
