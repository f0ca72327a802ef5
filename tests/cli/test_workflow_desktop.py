"""Promises of a run in a desktop program, by the command: a row is done by real input, and what was done is kept."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from byhand.cli import main
from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.desktop.running import opened
from byhand.events.kinds import Element, Mark, Window
from byhand.vault.keys import open_keys
from byhand.vault.store import Vault
from stage.desktop import Desktop
from tests.cli.terminal import PROGRAM

POLICY = """\
version = 1
purposes = ["mine"]
streams = ["actions", "text"]
[[apps]]
id = "expenses"
"""
COLUMNS = ("person", "purpose", "date", "amount", "currency", "kind")


def test_a_row_is_entered_in_a_window_and_every_act_is_kept_as_the_agents(
    desktop: Desktop, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told as acts on elements of that program; what was typed only as far as it was cleared."""
    program = Path(__file__).parents[1] / "agents" / "enter-expense.yaml"
    (home / "workflows").mkdir(parents=True)
    (home / "workflows" / "expenses-enter.yaml").write_bytes(program.read_bytes())
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    agree = ["consent", "give", "--policy", str(tmp_path / "policy.toml"), "--streams", "actions,text", "--yes"]
    assert main(agree) == 0
    assert main(["workflow", "allow", "expenses-enter", "--act", 'press "Save"', "--app", "expenses", "--yes"]) == 0
    capsys.readouterr()
    [row] = rows(FAMILIES["expenses-enter"], count=1)
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows((COLUMNS, [row.values[name] for name in COLUMNS]))
    with opened(tmp_path, desktop.env) as form:
        ran = subprocess.run(
            [sys.executable, *PROGRAM[1:], "workflow", "run", "expenses-enter", "--table", str(tmp_path / "rows.csv"),
             "--unattended", "--json"],
            env={**os.environ, **desktop.env}, capture_output=True, text=True, check=False, timeout=120,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert json.loads(ran.stdout)["state"] == "done"
        del form
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        [info] = vault.recordings()
        events = [one.event for one in vault.read(info.id)]
    acts = [one for one in events if isinstance(one, Element)]
    assert [one.verb for one in acts][:9] == [
        "press",
        "fill",
        "fill",
        "fill",
        "fill",
        "choose",
        "choose",
        "set",
        "press",
    ]
    assert {(one.actor, one.source) for one in acts} == {("agent", "desktop")}
    assert [acts[place].name for place in (0, 8)] == ["New", "Save"]
    assert {one.app for one in events if isinstance(one, Window)} == {"expenses"}
    assert "done" in [one.reason for one in events if isinstance(one, Mark) and one.what == "row"]
    assert row.values["person"] not in str(events)
