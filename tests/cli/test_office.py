"""`byhand office`: served, read and begun anew, as a script would."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from stage.desktop import Desktop, wait_for
from tests.cli.terminal import PROGRAM


@contextlib.contextmanager
def office(*words: str) -> Generator[dict[str, Any]]:
    """One that is served by a process of its own; what it printed."""
    with subprocess.Popen([*PROGRAM, "office", "serve", "--json", *words], stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main(["office", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_script_serves_reads_and_begins_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line tells the address and the token; state finds it by itself; reset changes its drifts."""
    with office("--app", "invoices", "--drift", "LABELS,REORDER", "--port", "0") as told:
        assert told["url"] == f"http://127.0.0.1:{told['port']}/"
        assert told["entry"].startswith(told["url"])
        assert told["drifts"] == ["LABELS", "REORDER"]
        state = said(capsys, "state")
        assert (state["app"], state["seed"], state["drifts"]) == ("invoices", 1, ["LABELS", "REORDER"])
        assert len(state["tables"]["invoices"]) == 78
        assert said(capsys, "reset", "--seed", "2", "--drift", "") == {"app": "invoices", "seed": 2, "drifts": []}
        assert said(capsys, "state")["tables"] != state["tables"]
        (note,) = (home / "office").iterdir()
        assert note.stat().st_mode & 0o777 == 0o600
    assert list((home / "office").iterdir()) == []


def test_of_two_one_must_be_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its port."""
    with office("--app", "tickets") as first, office("--app", "moderation"):
        assert main(["office", "state"]) == 2
        assert f"for tickets, add: --port {first['port']}" in capsys.readouterr().err
        assert said(capsys, "state", "--port", str(first["port"]))["app"] == "tickets"


def test_the_form_is_opened_and_read_the_same_way(
    home: Path, desktop: Desktop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The desktop form is one of the apps; it ends when its window does."""
    for name, value in desktop.env.items():
        if name not in ("HOME", "PATH"):
            monkeypatch.setenv(name, value)
    with office("--app", "expenses", "--drift", "LABELS,IDS") as told:
        assert told["drifts"] == ["LABELS"]
        state = said(capsys, "state")
        assert (state["app"], len(state["tables"]["expenses"])) == ("expenses", 24)
        assert main(["office", "reset"]) == 2
        os.kill(told["process"], signal.SIGTERM)
        wait_for(lambda: not list((home / "office").iterdir()), "the end of it")


def test_nothing_to_read_and_unknown_drifts_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence and what to type; an old note of a process that is gone is none."""
    (home / "office").mkdir(parents=True)
    (home / "office" / "1.json").write_text('{"broken')
    assert main(["office", "state"]) == 2
    assert "no office is being served" in capsys.readouterr().err
    assert main(["office", "serve", "--drift", "LABLES"]) == 2
    assert "there is no drift LABLES" in capsys.readouterr().err


def test_tasks_and_drifts_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a person and for a program."""
    told = said(capsys, "list")
    assert {"name", "app", "says", "shape", "risky", "untouched"} == told["tasks"][0].keys()
    assert {one["name"]: one["possible"] for one in told["drifts"]}["REQUIRED"] is False
    assert main(["office", "list"]) == 0
    shown = capsys.readouterr().out
    assert "invoices-enter" in shown
    assert "must stop" in shown
