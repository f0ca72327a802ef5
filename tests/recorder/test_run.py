"""Promises of a run's own recording: it lies in the vault as any other, survives a kill, and can be erased."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from byhand.agents.running import Done
from byhand.agents.witness import Witness
from byhand.cli import main
from byhand.errors import AlreadyRecording, NoGrant
from byhand.events.kinds import Element, Mark
from byhand.recorder.run import RunRecording
from byhand.vault.keys import open_keys
from byhand.vault.store import Vault
from byhand.workflows.view import Seen, View

POLICY = """\
version = 1
streams = ["actions", "text"]
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "http://site.example"
"""
SECRET, NAME = "open office", "Zwobbel Untertann"
"""The guard would let that secret through, were it no secret."""
PARTS = (
    Seen(1, -1, "textbox", "input", "Note"),
    Seen(2, -1, "textbox", "input", "Code"),
    Seen(3, -1, "button", name="Save"),
)
VIEW = View("http://site.example/new", "New", PARTS)


@pytest.fixture
def agreed(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    give = ["consent", "give", "--policy", str(tmp_path / "policy.toml"), "--streams", "actions,text", "--yes"]
    assert main(give) == 0
    capsys.readouterr()
    return home


def witness(recording: RunRecording) -> Witness:
    return Witness(recording.tell, "enter", browser="chromium", secrets={"pin": SECRET})


def row(heard: Witness, number: int) -> None:
    """Three acts: a name that is masked, a secret, and a press."""
    heard.begun()
    heard.seen(VIEW)
    heard.page(VIEW, 1, moved=False)
    for at, (verb, text) in enumerate((("fill", NAME), ("fill", SECRET), ("press", ""))):
        heard.act(verb, text, VIEW, at, 1, heard.now())
    heard.ended(Done(number, "done"), "", 0)


def made(home: Path) -> str:
    recording = RunRecording(home, os.environ, lambda _: None)
    recording.begin()
    row(witness(recording), 1)
    assert recording.end() is None
    return recording.id


def planted(home: Path) -> list[str]:
    """Files in which something stands that may stand nowhere."""
    words = [word.encode(code) for word in (SECRET, *NAME.split()) for code in ("utf-8", "utf-16-le")]
    return [str(one) for one in home.rglob("*") if one.is_file() and any(word in one.read_bytes() for word in words)]


def test_it_lies_in_the_vault_as_any_recording(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Told apart by who acted, in the list and of each act, and every event has its rule."""
    name = made(agreed)
    with Vault.open(agreed, open_keys(agreed, os.environ)) as vault:
        header = vault.header(name)
        events = [one.event for one in vault.read(name)]
        assert vault.summary(name) is not None
    assert (header.actor, header.driver, header.purpose) == ("agent", "workflow", "mine")
    acts = [one for one in events if isinstance(one, Element)]
    assert [(one.actor, one.verb) for one in acts] == [("agent", verb) for verb in ("fill", "fill", "press")]
    assert [one.what for one in events if isinstance(one, Mark)] == ["start", "task_begin", "row", "task_end", "stop"]
    capsys.readouterr()
    assert main(["list", "--json"]) == 0
    assert [(one["recording"], one["actor"]) for one in json.loads(capsys.readouterr().out)] == [(name, "agent")]
    assert main(["why", name, str(events.index(acts[0]))]) == 0
    assert "an agent did it in your place" in " ".join(capsys.readouterr().out.split())


def test_neither_a_secret_nor_a_masked_text_is_in_any_file(agreed: Path) -> None:
    """Whatever the page calls the field: in no file of the home, and not in what is read back."""
    name = made(agreed)
    assert not planted(agreed)
    with Vault.open(agreed, open_keys(agreed, os.environ)) as vault:
        told = repr(list(vault.read(name)))
    assert all(word not in told for word in (SECRET, *NAME.split()))
    (agreed / "planted").write_text(NAME, "utf-8")
    assert planted(agreed)


def test_it_is_erased_as_any_recording(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its name, by the program it was done in, and by time; and the ledger says so."""
    name = made(agreed)
    assert main(["forget", name, "--yes"]) == 0
    with Vault.open(agreed, open_keys(agreed, os.environ)) as vault:
        assert vault.recordings() == []
        other = made(agreed)
        assert vault.forget_app("chromium").events > 5
        assert not [one for one in vault.read(other) if isinstance(one.event, Element)]
        assert vault.expire(time.time_ns() + 40 * 86_400 * 10**9, 30).whole == (other,)
    capsys.readouterr()
    assert main(["ledger", "show"]) == 0
    assert "forgotten" in (said := capsys.readouterr().out) or "erased" in said


def test_nothing_is_learned_of_what_a_workflow_did(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dataset or a program of it would show a person something they never did."""
    name = made(agreed)
    capsys.readouterr()
    assert main(["workflow", "make", name, "--as", "again"]) == 2
    assert "shows what an agent did, not what you did" in capsys.readouterr().err
    assert main(["dataset", "build", "--from", "all", "--as", "runs"]) != 0
    assert "an agent did it, not you" in " ".join(capsys.readouterr().err.split())


def test_without_a_grant_and_beside_another_recording_there_is_none(
    agreed: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said why, and what is going on goes on."""
    first = RunRecording(agreed, os.environ, lambda _: None)
    first.begin()
    with pytest.raises(AlreadyRecording):
        RunRecording(agreed, os.environ, lambda _: None).begin()
    assert first.end() is None
    assert main(["consent", "withdraw"]) == 0
    capsys.readouterr()
    with pytest.raises(NoGrant):
        RunRecording(home, os.environ, lambda _: None).begin()


def test_taking_the_consent_back_ends_the_run(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What may not be recorded under it may not be done under it."""
    over: list[str] = []
    recording = RunRecording(agreed, os.environ, over.append)
    recording.begin()
    assert main(["consent", "withdraw"]) == 0
    until = time.monotonic() + 20
    while not over and time.monotonic() < until:
        time.sleep(0.02)
    assert over == ["its recording was ended"]
    recording.end()
    capsys.readouterr()


_KILLED = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from byhand.recorder.run import RunRecording
from tests.recorder.test_run import witness
recording = RunRecording(Path(sys.argv[1]), os.environ, print)
recording.begin()
heard = witness(recording)
for number in range(10**6):
    heard.mark("row", reason="done", count=number)
    if not number:
        print("begun", flush=True)
    time.sleep(0.01)
"""


def rows(home: Path) -> list[int]:
    """Numbers of the rows that are in the vault."""
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        events = [one.event for info in vault.recordings() for one in vault.read(info.id)]
    return [one.count for one in events if isinstance(one, Mark) and one.what == "row"]


def test_killed_it_is_there_as_far_as_it_was_written(agreed: Path) -> None:
    """It is written while it goes on, in order and without a hole, and is told to have been interrupted."""
    root = str(Path(__file__).parents[2])
    with subprocess.Popen([sys.executable, "-c", _KILLED, str(agreed), root], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        until = time.monotonic() + 60
        while len(before := rows(agreed)) < 40 and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    kept = rows(agreed)
    assert 40 <= len(before) <= len(kept)
    assert kept == list(range(len(kept)))
    with Vault.open(agreed, open_keys(agreed, os.environ)) as vault:
        assert [info.state for info in vault.recordings()] == ["interrupted"]
