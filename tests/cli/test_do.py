"""Promises of `byhand do`: what was said is done as far as it is allowed, told act by act, and recorded."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.cli.do_beside import Beside, under
from byhand.cli.do_correction import own_profile
from byhand.cli.do_means import risks, seen
from byhand.episodes.by_agent import acts
from byhand.errors import UsageFault
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.vault.durable import private_dir
from byhand.vault.keys import open_keys
from byhand.vault.store import Vault
from stage.desktop import Desktop
from stage.hands import Hands
from tests.cli.terminal import PROGRAM

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
        assert main(["consent", "give", "--policy", "policy.toml", "--streams", "actions,text", "--yes"]) == 0
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
    assert needed(home) == ("rules", 4, 0)  # that nobody allowed it is no failing of the model
    assert "enter=" not in report.read_text("utf-8")  # what signs somebody in


def test_a_kind_that_was_said_yes_to_is_done_and_seen_to_be(
    office: Served, capsys: pytest.CaptureFixture[str], home: Path
):
    """Once; its recording shows an agent, and tells what was done as the model was told it."""
    *_, last = done(office, "--yes-to", "sends", "--check", 'see "Adler Works 11"', code=0)
    assert (last["outcome"], last["acts"]) == ("done", 5)
    assert vendors(office).count("Adler Works 11") == 1
    main(["list", "--json"])
    assert json.loads(capsys.readouterr().out)[-1]["actor"] == "agent"
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        did = acts([one.event for one in vault.read(last["recording"])])
    assert [(one.op, one.target.aria, one.target.name, one.text) for one in did if one.target is not None] == [
        ("click", "link", "Vendors", ""), ("click", "link", "New vendor", ""),
        ("type", "textbox", "Name", "Adler Works 11"), ("type", "textbox", "City", "Bremen"),
        ("click", "button", "Save", ""),
    ]  # fmt: skip


def needed(home: Path) -> tuple[str, int, int]:
    """What the last goal keeps of the model: which it was, its acts, how often somebody was needed."""
    last = max((home / "goals").iterdir(), key=lambda one: int(one.name))
    kept = json.loads((last / "goal.json").read_text("utf-8"))
    return kept["version"], kept["acts"], kept["asked"]


def test_a_person_at_a_terminal_is_asked_and_answers(office: Served, home: Path, monkeypatch: pytest.MonkeyPatch):
    """Where it is unsure, and before what can't be undone. Without a check only the model says that it is done."""
    monkeypatch.setenv("NO_COLOR", "1")
    unsure = GOAL.replace("New vendor", "New")
    ran = Terminal(["do", unsure, "--url", office.entry, "--model", "rules", "--sure", "0.9"])
    ran.wait_for("end here")
    ran.type("1\n")
    ran.wait_for("from now on, N")
    ran.type("y\n")
    code, shown = ran.end(), ran.shown.decode()
    assert code == 5, shown
    assert 'press "New vendor"  70%' in shown
    assert "sends something" in shown
    assert "Nothing else tells." in shown
    assert needed(home) == ("rules", 5, 1)
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


class Terminal:
    """A command on a terminal of its own, read as it goes."""

    def __init__(self, words: list[str]) -> None:
        self.child, self._ours = pty.fork()
        if self.child == 0:
            os.execv(PROGRAM[0], [*PROGRAM, *words])
        self.shown = b""

    def wait_for(self, said: str) -> None:
        """Until it was said, since the last time."""
        until, since = time.monotonic() + 90, len(self.shown)
        while said.encode() not in self.shown[since:]:
            assert time.monotonic() < until, self.shown.decode()
            if select.select([self._ours], [], [], 5)[0]:
                self.shown += os.read(self._ours, 65536)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def end(self) -> int:
        with contextlib.suppress(OSError):  # Linux says so when the other end is closed
            while part := os.read(self._ours, 65536):
                self.shown += part
        os.close(self._ours)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def heard(home: Path) -> int:
    """So many presses the recorder that runs now has kept."""
    ran = subprocess.run([*PROGRAM, "status", "--json"], capture_output=True, check=False)
    told = json.loads(ran.stdout or b"{}")
    assert home.is_dir()
    return int((told.get("kept") or {}).get("button", 0))


def test_a_takeover_is_a_correction_that_is_recorded_as_the_persons(
    office: Served, home: Path, desktop: Desktop, hands: Hands, monkeypatch: pytest.MonkeyPatch
):
    """A move of the mouse stops it; what is then done in its window is a recording of its own, beside the model's."""
    monkeypatch.setenv("DISPLAY", desktop.display)
    goal = ", ".join(['click "Vendors", click "Invoices"'] * 2)
    ran = Terminal(["do", goal, "--url", office.entry, "--model", "rules", "--watch"])
    ran.wait_for("next")
    hands.move(640, 300)
    ran.wait_for("Enter when it is done")
    until = time.monotonic() + 60
    while not heard(home):
        assert time.monotonic() < until
        hands.click(640, 330)
    ran.type("\n")
    ran.wait_for("go on from what is there now")
    ran.type("n\n")
    assert ran.end() == 6, ran.shown.decode()
    [kept] = home.glob("goals/*/goal.json")
    first, second = json.loads(kept.read_text("utf-8"))["recordings"]
    assert (first["by"], second["by"]) == ("agent", "person")
    listed = subprocess.run([*PROGRAM, "list", "--json"], capture_output=True, check=True)
    assert [(one["recording"], one["actor"]) for one in json.loads(listed.stdout)] == [
        (first["recording"], "agent"), (second["recording"], "person"),
    ]  # fmt: skip
    story = subprocess.run([*PROGRAM, "show", second["recording"]], capture_output=True, text=True, check=True).stdout
    assert f"task: {goal}" in story
    assert "click" in story
    assert not list((home / "run").glob("goal-*"))  # the browser's profile of this time is gone


def test_a_secret_that_was_kept_is_typed_without_asking_for_that_field_of_that_site(home: Path):
    """Nobody there: another field, or the same of another site, has none."""
    name = under("Password", "http://site.example/in")
    open_keys(home, os.environ).set(name, b"s3cret")
    person = Beside(home, attended=False, json=True)
    assert person.secret("Password", "http://site.example/other?q=1") == "s3cret"
    assert person.secret("Pin", "http://site.example/in") == ""
    assert person.secret("Password", "http://elsewhere.example/in") == ""
    assert "site" not in name


def test_what_can_not_be_meant_is_said_before_anything_is_opened(office: Served, capsys: pytest.CaptureFixture[str]):
    """A model that is not there, and shares that are none."""
    words = ["do", "look", "--url", office.url, "--model"]
    assert main([*words, "rules", "--sure", "50"]) == 2
    assert main([*words, "nobody"]) != 0
    assert "nothing was done" in capsys.readouterr().err


def test_a_profile_of_one_time_is_swept_away_also_after_a_kill(home: Path):
    """Somebody may be signed in in it; one that is in use stays."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    run = private_dir(private_dir(home) / "run")
    killed, used = run / f"goal-{ended.pid}-x", run / f"goal-{os.getpid()}-x"
    for folder in (killed, used):
        private_dir(folder)
    with own_profile(home, None) as profile:
        assert profile is not None
        assert (profile / "NativeMessagingHosts").is_dir()
        assert (killed.exists(), used.exists()) == (False, True)
    assert not profile.exists()
    with own_profile(home, run) as other:
        assert other is None  # a person's own: nothing is written into it
