"""Promises of `byhand workflow schedule`: what systemd gets starts that very run, whatever its folders are called."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main

PROGRAM = """\
byhand: workflow 1
name: enter
start: http://127.0.0.1:9/
sites: [http://127.0.0.1:9]
parameters:
  number: text
steps:
  - fill "Number" with {number}
targets:
  Number: {role: textbox, name: Number}
"""
ODD = 'a "b" $HOME 50% \\c'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a table in a folder whose name means something to systemd in every sign."""
    folder = tmp_path / ODD / "byhand"
    (folder / "workflows").mkdir(parents=True)
    (folder / "workflows" / "enter.yaml").write_text(PROGRAM, "utf-8")
    (folder.parent / "rows.csv").write_text("number\n7\n", "utf-8")
    monkeypatch.setenv("BYHAND_HOME", str(folder))
    monkeypatch.setenv("BYHAND_KEYRING", "file")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(folder.parent)
    return folder


def scheduled(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["workflow", "schedule", "enter", *words, "--json"]) == code
    said = capsys.readouterr()
    return json.loads(said.out or said.err)


def line(unit: str, key: str) -> list[str]:
    """A line's words, read as systemd.syntax(7) and systemd.service(5) say."""
    text = next(one for one in unit.splitlines() if one.startswith(f"{key}=")).partition("=")[2]
    words = [whole or bare for whole, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', text)]
    plain = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    return [word.replace("$$", "$") for word in plain] if key == "ExecStart" else plain


def test_the_service_starts_that_very_run(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its command is run as systemd would: it finds home, program and table, and says that nobody has consented."""
    told = scheduled(capsys, "--at", "hourly", "--table", "rows.csv", "--url", "http://127.0.0.1:9/?enter=me")
    service = told["files"]["byhand-enter.service"]
    command, environ = line(service, "ExecStart"), dict(one.split("=", 1) for one in line(service, "Environment"))
    assert command[-2:] == ["--url", "http://127.0.0.1:9/?enter=me"]
    assert environ == {"BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
    ran = subprocess.run(
        [*command, "--dry-run"], env={"PATH": os.environ["PATH"], **environ}, cwd="/", capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr.count("1 row, 0 can't be run")) == (0, 1), ran.stderr
    ran = subprocess.run(
        command, env={"PATH": os.environ["PATH"], **environ}, cwd="/", capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    if shutil.which("systemd-analyze"):  # of our units it says nothing: it has no word against them
        folder = home.parent / "units"
        folder.mkdir()
        for name, text in told["files"].items():
            (folder / name).write_text(text, "utf-8")
        runtime = {**os.environ, "XDG_RUNTIME_DIR": "/tmp"}
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--user", "--man=no", *folder.glob("byhand-*")], env=runtime,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (checked.returncode, [one for one in checked.stderr.splitlines() if "byhand" in one]) == (0, [])


def test_nothing_is_written_where_it_cant_be_started(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No systemd, no files; and no table, time or address that would fail each time it is run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (
        "no systemd"
        in scheduled(capsys, "--at", "hourly", "--table", "rows.csv", "--install", code=2)["error"]["message"]
    )
    assert not (tmp_path / "config").exists()
    for words in (("--table", "rows.csv"), ("--at", "a\nExecStart=rm"), ("--at", "hourly", "--url", "nowhere")):
        scheduled(capsys, *words, code=2)
    scheduled(capsys, "--remove")
    assert home.is_dir()


def test_a_desktop_program_is_not_done_while_nobody_is_there(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would take the person's own mouse and keyboard, and the schedule has no desktop."""
    text = PROGRAM.replace(
        "start: http://127.0.0.1:9/\nsites: [http://127.0.0.1:9]", "start: expenses\napps: [expenses]"
    )
    (home / "workflows" / "enter.yaml").write_text(
        text.replace("name: Number}", "name: Number, app: expenses}"), "utf-8"
    )
    assert "desktop program" in scheduled(capsys, "--at", "hourly", code=2)["error"]["message"]
