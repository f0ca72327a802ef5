"""`byhand guide` and `byhand script`: what they read, what they write, and for whom."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from byhand.cli import main
from byhand.events.kinds import AnyEvent
from byhand.review import draft
from byhand.review.draft import Draft
from byhand.review.edits import CutEvents
from byhand.vault.keys import open_keys
from byhand.vault.store import Summary, Vault
from tests.cli.recordings import POLICY, Script, header


@pytest.fixture
def place(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Consent is given, and there is one recording with two tasks."""
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY)
    assert main(["consent", "give", "--policy", "policy.toml", "--yes"]) == 0
    capsys.readouterr()
    keep(home, tasks())
    return home


def tasks() -> list[AnyEvent]:
    script = Script().mark("start").focus("mail", "").wait(500)
    script.mark("task_begin", text="answer the letter").wait(200).click("push button", "Reply").wait(3000)
    script.click("push button", "Send").wait(500).mark("task_end", "done").wait(500)
    script.mark("task_begin", text="file it").wait(200).click("push button", "Archive").wait(800)
    return script.mark("task_end", "done").wait(500).mark("stop").events


def keep(home: Path, events: Sequence[AnyEvent], recording: str = "rec1") -> None:
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        vault.begin(header(recording))
        vault.append(recording, list(events))
        vault.finish(recording, Summary(kept={}, dropped={}, lost=0, ended_utc_ns=1_800_000_020_000_000_000))


def cut(home: Path, first: int, last: int) -> None:
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        vault.put_sheets("rec1", {draft.EDITS: draft.pack(Draft(revision=1, made=(CutEvents(first, last),)))})


def episodes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["guide", "rec1", "-o", "ids.html", "--json"]) == 0
    return json.loads(capsys.readouterr().out)["episodes"]


def test_a_guide_tells_each_task_of_a_recording(place: Path):
    """As a page, for the person alone, also where a wider file was before."""
    Path("guide.html").touch(mode=0o644)
    assert main(["guide", "rec1", "-o", "guide.html"]) == 0
    text = Path("guide.html").read_text()
    assert re.findall("<h2>(.*?)</h2>", text) == ["Answer the letter", "File it"]
    assert text.count('<p class="do">Click the button <b>') == 3
    assert Path("guide.html").stat().st_mode & 0o777 == 0o600


def test_an_episode_can_be_told_alone(place: Path, capsys: pytest.CaptureFixture[str]):
    """By its id, which is the same each time."""
    ids = episodes(capsys)
    assert ids == episodes(capsys)
    assert main(["guide", ids[1], "-o", "one.md"]) == 0
    text = Path("one.md").read_text()
    assert text.startswith("# File it\n")
    assert "Reply" not in text


def test_what_was_cut_in_review_is_not_in_the_guide(place: Path):
    """Not its words, not its picture."""
    cut(place, 0, [type(one).__name__ for one in tasks()].index("Element"))
    assert main(["guide", "rec1", "-o", "guide.html"]) == 0
    text = Path("guide.html").read_text()
    assert "Reply" not in text
    assert "Send" in text


def test_edits_that_cannot_be_read_hide_everything(place: Path, capsys: pytest.CaptureFixture[str]):
    """What they would have cut is not known, so nothing is told."""
    with Vault.open(place, open_keys(place, os.environ)) as vault:
        vault.put_sheets("rec1", {draft.EDITS: b"\xc1"})
    assert main(["guide", "rec1", "-o", "guide.html"]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert not Path("guide.html").exists()


def test_the_ledger_says_that_it_was_read(place: Path, capsys: pytest.CaptureFixture[str]):
    """By which verb."""
    assert main(["guide", "rec1", "-o", "guide.html"]) == 0
    capsys.readouterr()
    assert main(["ledger", "show"]) == 0
    assert "by guide" in capsys.readouterr().out.splitlines()[-1]


def test_another_ending_is_refused_before_anything_is_read(place: Path, capsys: pytest.CaptureFixture[str]):
    """A mistyped name costs nothing."""
    assert main(["guide", "rec1", "-o", "guide.docx"]) == 2
    assert "a guide is written as .html, .md or .pdf" in capsys.readouterr().err
    assert main(["ledger", "show"]) == 0
    assert "by guide" not in capsys.readouterr().out


def test_what_is_called_by_no_name_is_said_to_be_unknown(place: Path, capsys: pytest.CaptureFixture[str]):
    """Neither a recording nor an episode."""
    assert main(["guide", "0123456789abcdef", "-o", "guide.html"]) == 1
    assert "there is no recording or episode 0123456789abcdef" in capsys.readouterr().err


def test_a_script_is_of_one_episode_on_a_page(place: Path, capsys: pytest.CaptureFixture[str]):
    """A recording of several says which there are; one that was done elsewhere says so."""
    assert main(["script", "rec1", "-o", "test_it.py"]) == 2
    said = capsys.readouterr().err
    assert "recording rec1 holds 2 episodes" in said
    ids = episodes(capsys)
    assert ids[0] in said
    assert main(["script", ids[0], "-o", "test_it.py"]) == 2
    assert "nothing of it was done on a page" in capsys.readouterr().err
    assert not Path("test_it.py").exists()
