"""`byhand record` and the verbs that steer it, with the scripted driver: process, vault and socket are real."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from byhand.cli import main
from tests.cli.recordings import POLICY
from tests.cli.terminal import PROGRAM

PLAY = """\
00.0  focus   mail "Inbox" 0,0 800x600
00.4  click   "Reply" (push button)
01.2  hotkey  ctrl+s
"""


@pytest.fixture
def place(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Consent is given, and there is a script to record."""
    (tmp_path / "policy.toml").write_text(POLICY)
    (tmp_path / "play.txt").write_text(PLAY)
    assert main(["consent", "give", "--policy", str(tmp_path / "policy.toml"), "--yes"]) == 0
    capsys.readouterr()
    return tmp_path


def record(place: Path, *more: str) -> list[str]:
    return [*PROGRAM, "record", "--json", "--driver", f"scripted:{place / 'play.txt'}", *more]


@contextmanager
def background(place: Path, capsys: pytest.CaptureFixture[str]) -> Generator[None]:
    """A recording without a terminal; it is stopped at the end, if it still runs."""
    try:
        subprocess.run(record(place, "--background"), check=True, capture_output=True)
        yield
    finally:
        main(["stop", "--json"])
        capsys.readouterr()


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])


def test_the_last_line_sums_up_the_recording(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Recording, kept and dropped by kind, gaps: for scripts."""
    ran = subprocess.run(record(place, "--for", "1s"), check=True, capture_output=True)
    last = msgspec.json.decode(ran.stdout.splitlines()[-1])
    assert last["done"] is True
    assert last["kept"]["button"] == 2
    assert {"recording", "kept", "dropped", "gaps", "lost"} <= last.keys()
    assert main(["show", last["recording"], "--json"]) == 0
    shown = [msgspec.json.decode(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["seq"] for event in shown] == list(range(len(shown)))
    assert len(shown) == sum(last["kept"].values())
    assert {"seq", "id", "server_ms", "mono_ns", "utc", "kind", "by"} <= shown[0].keys()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_cleanly(place: Path, number: signal.Signals) -> None:
    """What was kept is summed up, and the exit code is 0: stopping is no failure."""
    with subprocess.Popen(record(place), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert msgspec.json.decode(process.stdout.readline())["state"] == "recording"
        process.send_signal(number)
        rest = process.stdout.read().splitlines()
    assert process.returncode == 0
    assert msgspec.json.decode(rest[-1])["done"] is True


def test_a_recording_in_the_background_is_steered(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """status, pause, resume and stop answer with what is true after they were done."""
    with background(place, capsys):
        states: list[object] = []
        for verb in ("status", "pause", "status", "resume", "stop"):
            assert main([verb, "--json"]) == 0
            states.append(said(capsys)["state"])
        assert states[:4] == ["recording", "paused", "paused", "recording"]
        assert states[4] in {"stopping", "idle"}


def test_there_is_one_recorder_at_a_time(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one is told of the first, and the first goes on."""
    with background(place, capsys):
        second = subprocess.run(record(place, "--for", "1s"), check=False, capture_output=True)
        assert second.returncode == 1
        assert msgspec.json.decode(second.stderr)["error"]["fate"] == "that one goes on"
        assert main(["status", "--json"]) == 0
        assert said(capsys)["state"] == "recording"


def test_withdrawing_ends_the_recording(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One act, and it is over."""
    with background(place, capsys):
        assert main(["consent", "withdraw", "--json"]) == 0
        assert said(capsys)["recording_ended"] is True
        assert main(["record", "--json"]) == 3


def test_without_consent_no_process_is_started(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, and not even a folder."""
    assert main(["record", "--for", "1s"]) == 3
    assert "no consent was given" in capsys.readouterr().err
    assert not home.exists()


def test_an_error_of_the_recorders_process_comes_back(place: Path) -> None:
    """In our form, and with its exit code, as if it had happened here."""
    (place / "play.txt").write_text("00.0 dance")
    ran = subprocess.run(
        [*PROGRAM, "record", "--driver", f"scripted:{place / 'play.txt'}"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("byhand: error: ")
