"""Promises of `byhand do`: what was said is done as far as it is allowed, told act by act, and recorded."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.cli.do_means import risks, seen
from byhand.errors import UsageFault
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from tests.cli.terminal import PROGRAM
from tests.cli.test_workflow_around import typed

POLICY = """\
version = 1
purposes = ["mine"]
streams = ["actions", "text"]
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
UNSAFE_public = true
"""
"""Nobody's words but those of a made-up office: what a model is shown of it is what stands there."""
GOAL = 'click "Vendors", click "New vendor", type "Adler Works 11" into Name, type "Bremen" into City and press Save'


@pytest.fixture
def office(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The invoices app, agreed to, and no display."""
    del home
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    with served(Site(APPS["invoices"], 1)) as one:
        Path("policy.toml").write_text(POLICY.format(origin=one.url.rstrip("/")), "utf-8")
        assert main(["consent", "give", "--policy", "policy.toml", "--yes"]) == 0
        yield one


def vendors(office: Served) -> list[str]:
    return [str(one["name"]) for one in office.state().tables["vendors"].values()]


def done(office: Served, *words: str, code: int) -> list[dict[str, Any]]:
    """What a process of its own tells programs."""
    ran = subprocess.run(
        [*PROGRAM, "do", GOAL, "--url", office.entry, "--model", "rules", "--json", *words],
        capture_output=True, text=True, check=False, timeout=150, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode == code, ran.stdout + ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_with_nobody_there_it_stops_before_what_can_not_be_undone(office: Served, home: Path):
    """It says at what; a line for each act, the last one the outcome; a report with a picture stays."""
    *acts, last = done(office, "--yes-to", "none", code=4)
    assert [one["done"] for one in acts] == [True, True, True, True, False]
    assert (acts[-1]["sentence"], acts[-1]["risk"]) == ('press "Save"', "sends")
    assert (last["outcome"], last["kind"], last["acts"]) == ("stopped", "risk", 4)
    assert "Adler Works 11" not in vendors(office)
    report = Path(last["report"])
    assert report.is_relative_to(home)
    assert "nobody allowed it to press" in report.read_text("utf-8")
    assert (report.parent / "stop.png").read_bytes().startswith(b"\x89PNG")
    assert "enter=" not in report.read_text("utf-8")  # what signs somebody in


def test_a_kind_that_was_said_yes_to_is_done_and_seen_to_be(office: Served, capsys: pytest.CaptureFixture[str]):
    """Once; and its recording shows an agent, with what it saw before each act."""
    *_, last = done(office, "--yes-to", "sends", "--check", 'see "Adler Works 11"', code=0)
    assert (last["outcome"], last["acts"]) == ("done", 5)
    assert vendors(office).count("Adler Works 11") == 1
    main(["list", "--json"])
    assert json.loads(capsys.readouterr().out)[-1]["actor"] == "agent"
    main(["show", last["recording"], "--json"])
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [one.get("kind") or one.get("type") or "" for one in events]
    assert kinds.count("snapshot") > kinds.count("page") > 0


def test_a_person_at_a_terminal_is_asked_and_answers(office: Served):
    """Before what can't be undone; without a check nothing but the model says that it is done."""
    words = ["do", GOAL, "--url", office.entry, "--model", "rules"]
    code, shown = typed(words, "in all rows, N", "y")
    assert code == 5, shown
    assert "sends something" in shown
    assert "Nothing else tells." in shown
    assert vendors(office).count("Adler Works 11") == 1


def test_without_consent_for_the_site_nothing_is_opened(office: Served, capsys: pytest.CaptureFixture[str]):
    """And it says what is covered."""
    del office
    assert main(["do", "look", "--url", "http://elsewhere.example/", "--model", "rules"]) == 3
    assert "no consent covers http://elsewhere.example/" in capsys.readouterr().err


def test_what_can_be_said_beforehand_is_a_closed_list():
    """Nobody says yes beforehand to a password or a file; a check is of the page, and no field's."""
    assert risks("none") == frozenset()
    assert risks("sends,deletes") == {"sends", "deletes"}
    for said in ("credentials", "uploads", "all"):
        with pytest.raises(UsageFault):
            risks(said)
    for said in ('field "Name" holds "x"', "nonsense"):
        with pytest.raises(UsageFault):
            seen((said,))
