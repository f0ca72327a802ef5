"""Promises of `byhand workflow teach --step`: a step shown again by real input, recorded the whole real way, and taken
into a program that stays as it is but for that step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from byhand.cli import main
from tests.browser.recorded import LEFT, Recorded, is_left, recorded, serving

POLICY = """\
version = 1
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
PAGE = """\
<!doctype html><html lang="en"><title>Invoice</title><main><h1>Invoice</h1><form>
<p><label>Number <input id="number"></label></p><p><label>City <input id="city"></label></p>
<p><button type="button" id="book">Submit</button> <button type="button">Cancel</button></p></form></main>
"""
PROGRAM = """\
byhand: workflow 1
name: enter
about: Enter an invoice
start: {origin}/new.html
sites: [{origin}]
parameters:
  number: text
identity: [number]
steps:
  - fill "Number" with {{number}}   # as it stands on the letter
  - press "Save":
      risk: sends
targets:
  Number: {{role: textbox, name: Number}}
  Save: {{role: button, name: Save}}
"""
_WAIT_MS = 60_000


@pytest.fixture(scope="module")
def rig(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Recorded, Path]]:
    """What was recorded: one press; and a program whose step that is."""
    folder = tmp_path_factory.mktemp("b")
    (folder / "www").mkdir()
    (folder / "www" / "new.html").write_text(PAGE, "utf-8")
    with serving(folder / "www") as origin, recorded(play, folder, POLICY.format(origin=origin), Recorded) as own:
        own.context.set_default_timeout(_WAIT_MS)
        own.page.goto(f"{origin}/new.html")
        own.until(lambda: any(one["kind"] == "snapshot" for one in own.all()), "the page's list was not kept")
        own.page.get_by_role("button", name="Submit").click()
        own.page.goto("about:blank")
        own.until(lambda: any(map(is_left, own.all())), LEFT)
        own.ask("stop")
        place = folder / "h" / "workflows" / "enter.yaml"
        place.parent.mkdir()
        place.write_text(PROGRAM.format(origin=origin), "utf-8")
        yield own, place


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["workflow", *words, "--json"]) == code, capsys.readouterr().err
    said = capsys.readouterr()
    return json.loads(said.out or said.err)


def test_the_one_act_that_was_shown_becomes_the_step(rig: tuple[Recorded, Path], capsys: pytest.CaptureFixture[str]):
    """By what it is known is what the recorder saw; comments, risk and all other steps stay, and it can be undone."""
    place = rig[1]
    before = place.read_text("utf-8")
    said = told(capsys, "teach", "enter", "--step", 'press "Save"', "last")
    assert (said["step"], said["was"], said["now"], said["revision"]) == ("2", 'press "Save"', 'press "Submit"', 2)
    after = place.read_text("utf-8")
    assert 'fill "Number" with {number}   # as it stands on the letter' in after
    assert '  - press "Submit":\n      risk: sends\n' in after
    assert '"#book"' in after
    assert "Save" not in after
    assert '-   - press "Save":' in said["diff"]
    told(capsys, "rollback", "enter")
    assert place.read_text("utf-8").replace("revision: 3\n", "") == before


def test_what_does_not_fit_changes_nothing(rig: tuple[Recorded, Path], capsys: pytest.CaptureFixture[str]):
    """A press is no value for a field, and no step is called so."""
    place = rig[1]
    before = place.read_bytes()
    for step in ("1", "7", 'press "Nothing"'):
        told(capsys, "teach", "enter", "--step", step, "last", code=2)
    main(["workflow", "teach", "enter", "--step", "1"])
    assert "there is nobody here to show it" in capsys.readouterr().err
    assert place.read_bytes() == before
