"""Promises of `byhand workflow run` and what belongs to it: done once, only as allowed, and told as it is."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from byhand.cli import main
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site

POLICY = """\
version = 1
purposes = ["mine"]
streams = ["actions"]
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
"""
PROGRAM = """\
byhand: workflow 1
name: enter-vendor
about: Enter a vendor
start: {start}
sites: [{start}]
parameters:
  name: text
  city: text
  since: {{kind: date, format: "%d.%m.%Y", needed: false}}
identity: [name]
steps:
  - press "Vendors"
  - press "New vendor"
  - fill "Name" with {{name}}
  - fill "City" with {{city}}
  - press "Save":
      risk: sends
effects:
  - view:
      - open "{start}/vendors"
      - fill "Search" with {{name}}
      - press "Show"
    check:
      - one row of {{name}} with {{city}}
targets:
  Vendors: {{role: link, name: Vendors}}
  New vendor: {{role: link, name: New vendor}}
  Name: {{role: textbox, name: Name}}
  City: {{role: textbox, name: City}}
  Save: {{role: button, name: Save}}
  Search: {{role: searchbox, name: Search}}
  Show: {{role: button, name: Show}}
"""
START = "http://127.0.0.1:9"
ROWS = (("Adler Works 11", "Bremen"), ("Brook Studio 12", "Leeds"), ("Costa & Cie 13", "Porto"))
Told = list[dict[str, Any]]


@pytest.fixture
def office() -> Iterator[Served]:
    """The invoices app, on loopback."""
    with served(Site(APPS["invoices"], 1)) as one:
        yield one


@pytest.fixture
def there(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the program in it, and a table of three rows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    install(home, START)
    with Path("rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((("name", "city"), *ROWS))
    return home


def install(home: Path, start: str) -> None:
    (home / "workflows").mkdir(parents=True, exist_ok=True)
    (home / "workflows" / "enter-vendor.yaml").write_text(PROGRAM.format(start=start), "utf-8")


def agree(origin: str) -> None:
    Path("policy.toml").write_text(POLICY.format(origin=origin), "utf-8")
    assert main(["consent", "give", "--policy", "policy.toml", "--yes"]) == 0


def byhand(*words: str, code: int = 0) -> Told:
    """What a process of its own answers a program, line by line."""
    code_ = "import sys; from byhand.cli import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", code_, "workflow", *words, "--json"],
        capture_output=True, text=True, check=False, timeout=150, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode == code, ran.stdout + ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def here(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """The same without a process, where no browser is started."""
    capsys.readouterr()
    assert main(["workflow", *words, "--json"]) == code, capsys.readouterr().err
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_table_is_run_as_far_as_it_is_allowed_and_each_row_once(
    there: Path, office: Served, capsys: pytest.CaptureFixture[str]
):
    """Nobody there to ask: it stops before the save. Allowed: it is done, seen to be, and not done again."""
    address = office.url.rstrip("/")
    install(there, address)
    agree(address)
    table = ("enter-vendor", "--table", "rows.csv", "--url", office.entry, "--unattended")
    [stopped, *_] = byhand("run", *table, code=4)
    assert (stopped["state"], stopped["kind"], stopped["steps"]) == ("stopped", "risk", 4)
    assert office.state().counts.get("saves", 0) == 0
    byhand("allow", "enter-vendor", "--act", 'press "Save"', "--limit", '{city} is not "Leeds"', "--yes")
    done = byhand("run", *table, code=4)
    assert [one["state"] for one in done] == ["done", "stopped", "done"]
    assert done[1]["reason"].endswith("it is beyond the limit of its allowance")
    byhand("allow", "enter-vendor", "--act", "press save", "--yes")
    last = byhand("run", *table)
    assert [(one["state"], one["kind"]) for one in last] == [
        ("skipped", "done before"), ("done", ""), ("skipped", "done before"),
    ]  # fmt: skip
    assert office.state().counts["saves"] == 3
    names = [str(one["name"]) for one in office.state().tables["vendors"].values()]
    assert all(names.count(name) == 1 for name, _ in ROWS)
    runs = there / "workflows" / "enter-vendor.runs"
    with (runs / "2" / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        back = list(csv.DictReader(file))
    assert [(one["name"], one["byhand state"]) for one in back] == [
        (name, state) for (name, _), state in zip(ROWS, ("done", "stopped", "done"), strict=True)
    ]
    page = (runs / "2" / "report.html").read_text("utf-8")
    assert "2 of 3 done, 1 stopped." in page
    assert "data:image/png;base64," in page
    main(["list", "--json"])
    kept = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {one["actor"] for one in kept} == {"agent"}
    assert main(["show", kept[-1]["recording"]]) == 0
    said = capsys.readouterr().out
    assert 'type "' not in said  # the stream text was not granted
    assert 'click button "Save"' in said
    assert "row 2: done" in said


def test_what_a_run_found_changed_is_accepted_and_taken_back(there: Path, capsys: pytest.CaptureFixture[str]):
    """A control that is known by another role than it has: found, told, accepted as a new revision, and put back."""
    file = there / "workflows" / "enter-vendor.yaml"
    with served(Site(APPS["invoices"], 1)) as office:
        address = office.url.rstrip("/")
        agree(address)
        install(there, address)
        shown = file.read_text("utf-8").replace("City: {role: textbox", "City: {role: combobox")
        file.write_text(shown, "utf-8")
        Path("one.csv").write_text("name,city\nHeal 1,Bremen\n", "utf-8")
        table = ("enter-vendor", "--table", "one.csv", "--url", office.entry, "--unattended")
        [one] = byhand("run", *table, code=4)
        assert (one["kind"], one["healed"]) == ("risk", 1)
        [told] = here(capsys, "heal", "enter-vendor")
        assert [heal["target"] for heal in told["heals"]] == ["City"]
        assert file.read_text("utf-8") == shown
        [told] = here(capsys, "heal", "enter-vendor", "--accept")
        assert (told["accepted"], told["revision"]) == (True, 2)
        [one] = byhand("run", *table, code=4)
        assert one["healed"] == 0
        [told] = here(capsys, "rollback", "enter-vendor")
        assert (told["as"], told["revision"]) == (1, 3)
        assert "City: {role: combobox" in file.read_text("utf-8")


def test_a_site_that_no_consent_covers_is_not_touched(there: Path, capsys: pytest.CaptureFixture[str]):
    """Neither without any consent nor with one for another site."""
    here(capsys, "run", "enter-vendor", "--table", "rows.csv", code=3)
    agree("http://127.0.0.1:10")
    capsys.readouterr()
    assert main(["workflow", "run", "enter-vendor", "--table", "rows.csv"]) == 3
    said = capsys.readouterr().err
    assert f"no consent covers {START}" in said
    assert "nothing was done" in said


def test_a_dry_run_says_what_would_be_done(there: Path, capsys: pytest.CaptureFixture[str]):
    """Without consent and without a browser, since nothing is done; a row whose cells can't be used is told."""
    first = here(capsys, "run", "enter-vendor", "--table", "rows.csv", "--dry-run")[0]
    assert not (there / "vault.sqlite").exists()  # nothing is recorded of it either
    assert first["sentences"][2:4] == ['fill "Name" with Adler Works 11', 'fill "City" with Bremen']
    Path("bad.csv").write_text("name,city,since\nA,B,31.02.2026\nC,D,01.02.2026\n", "utf-8")
    bad, good = here(capsys, "run", "enter-vendor", "--table", "bad.csv", "--dry-run", code=4)
    assert (bad["state"], good["state"]) == ("stopped", "ready")
    assert "since" in bad["reason"]
    assert "31.02" not in bad["reason"]


def test_rows_before_the_one_named_are_left_out(there: Path, capsys: pytest.CaptureFixture[str]):
    """Counted as in the table."""
    assert [
        one["row"] for one in here(capsys, "run", "enter-vendor", "--table", "rows.csv", "--from", "2", "--dry-run")
    ] == [2, 3]
    here(capsys, "run", "enter-vendor", "--table", "rows.csv", "--from", "9", "--dry-run", code=2)


def test_a_program_with_parameters_needs_a_table(there: Path, capsys: pytest.CaptureFixture[str]):
    """It says which columns."""
    capsys.readouterr()
    assert main(["workflow", "run", "enter-vendor"]) == 2
    assert "its columns are: name, city, since" in capsys.readouterr().err


def test_what_is_allowed_is_listed_and_taken_back(there: Path, capsys: pytest.CaptureFixture[str]):
    """A step that needs none, or that is not there, gets none."""
    agree(START)
    [made] = here(capsys, "allow", "enter-vendor", "--act", 'press "Save"', "--days", "3", "--yes")
    assert (made["site"], made["risk"], made["expires"] - made["given"]) == (START, "sends", 3 * 86_400)
    [[listed]] = here(capsys, "allow", "enter-vendor")
    assert listed["standing"] == "good"
    here(capsys, "allow", "enter-vendor", "--withdraw", made["id"])
    assert here(capsys, "allow", "enter-vendor")[0][0]["standing"] == "taken back"
    for words in (
        ("--act", 'press "Vendors"'),
        ("--act", "press Delete"),
        ("--act", "press Save", "--limit", "{x} over 1"),
    ):
        here(capsys, "allow", "enter-vendor", *words, "--yes", code=2)
    here(capsys, "allow", "enter-vendor", "--act", "press Save", "--site", "https://evil.example", "--yes", code=3)


def test_a_secret_is_not_taken_from_the_command_line(there: Path, capsys: pytest.CaptureFixture[str]):
    """And a program has none it does not name."""
    here(capsys, "secret", "enter-vendor", "password", code=2)
    file = there / "workflows" / "enter-vendor.yaml"
    file.write_text(file.read_text("utf-8").replace("  city: text", "  city: text\n  password: secret"), "utf-8")
    agree(START)
    capsys.readouterr()
    assert main(["workflow", "run", "enter-vendor", "--table", "rows.csv", "--unattended"]) == 2
    assert "byhand workflow secret enter-vendor password" in capsys.readouterr().err


def test_a_schedule_is_shown_before_it_is_installed(there: Path, capsys: pytest.CaptureFixture[str]):
    """Its files are whole, and nothing is written."""
    [told] = here(capsys, "schedule", "enter-vendor", "--at", "Mon..Fri 08:00", "--table", "rows.csv")
    service, timer = told["files"]["byhand-enter-vendor.service"], told["files"]["byhand-enter-vendor.timer"]
    assert "OnCalendar=Mon..Fri 08:00" in timer
    assert f"workflow run enter-vendor --unattended --table {Path('rows.csv').absolute()}" in service
    assert str(there) in service
    assert not told["installed"]
    assert not list(there.glob("**/*.timer"))
    here(capsys, "schedule", "enter-vendor", "--at", "8 o'clock\nExecStart=rm", code=2)


def test_what_was_never_run_has_no_report(there: Path, capsys: pytest.CaptureFixture[str]):
    """No runs, no report, nothing to undo."""
    assert here(capsys, "runs", "enter-vendor") == [[]]
    here(capsys, "report", "enter-vendor", code=2)
    here(capsys, "undo", "enter-vendor", "1", "--yes", code=2)


def test_it_is_exported_as_a_test_a_tool_and_a_guide(there: Path, capsys: pytest.CaptureFixture[str]):
    """A test that is Python and holds the rows, settings that name the command, a guide without cells."""
    here(capsys, "export", "enter-vendor", "playwright", "test_it.py", "--table", "rows.csv")
    text = Path("test_it.py").read_text("utf-8")
    compile(text, "test_it.py", "exec")
    assert "'name': 'Adler Works 11'" in text
    here(capsys, "export", "enter-vendor", "mcp", "tool.json")
    server = json.loads(Path("tool.json").read_text("utf-8"))["mcpServers"]["enter-vendor"]
    assert server["args"] == ["workflow", "serve", "enter-vendor"]
    assert server["env"]["BYHAND_HOME"] == os.environ["BYHAND_HOME"]
    here(capsys, "export", "enter-vendor", "guide", "it.html")
    assert "Adler" not in Path("it.html").read_text("utf-8")
    here(capsys, "export", "enter-vendor", "guide", "it.txt", code=2)
