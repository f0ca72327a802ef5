"""`./run demo`, as a new user runs it: real programs, real input, the real command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stage.demo import ADDRESS, CARD, SECRET

pytestmark = pytest.mark.timeout(900)  # two minutes of work and a minute of learning, and more on a slow machine

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demo said, and where it wrote."""
    out = tmp_path_factory.mktemp("demo") / "out"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BYHAND")}
    done = subprocess.run(
        [sys.executable, "-m", "stage.demo", "--out", str(out)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, out


def test_the_story_is_what_the_hands_did(demo: tuple[str, Path]) -> None:
    """Typing, the menu, Ctrl+S, field, dropdown, password, checkbox, button, scroll and drag: in that order."""
    said, _ = demo
    story = [
        r'mousepad +type "<NAME> paid with <CARD>\."', r'mousepad +click menu "File"', r"mousepad +press Escape",
        r"mousepad +press Ctrl\+S",
        r'chromium +click field "Subject"', r'chromium +type "Invoice to <EMAIL>"',
        r'chromium +click dropdown "Country"', r"chromium +press Down",
        r"chromium +click password field", r"not kept: password field", r"chromium +click checkbox",
        r'chromium +click button "Save"', r"chromium +scroll down", r"mousepad +drag", r"another app, \d+ s",
    ]  # fmt: skip
    assert re.search(".*".join(story), said, re.DOTALL), said


def test_a_secret_typed_into_a_password_field_and_an_unlisted_app_is_in_no_file(demo: tuple[str, Path]) -> None:
    """Not in the vault, the ledger, the keys, the replay or what was printed; not in parts, not in UTF-16."""
    said, out = demo
    written = [path for path in out.rglob("*") if path.is_file()]
    assert len(written) > 5
    for needle in (SECRET, SECRET[:8], SECRET[6:]):
        assert needle not in said
        for path in written:
            content = path.read_bytes()
            assert needle.encode() not in content, path.name
            assert needle.encode("utf-16-le") not in content, path.name


def test_the_readmes_session_is_the_demos(demo: tuple[str, Path]) -> None:
    """Every line of the README's first screen is said by the demo, in that order; only times and numbers differ."""
    said, _ = demo
    (session,) = re.findall(
        r"shortened at the `…`:\n\n```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    rest = iter([_without_numbers(line) for line in said.splitlines()])
    for line in session.splitlines():
        if line.strip() != "…":
            assert _without_numbers(line) in rest, line


def _without_numbers(line: str) -> str:
    line = re.sub(r"\b[a-z2-7]{10}(?=  )", "ID", line.strip())
    return re.sub(r"[A-Z][a-z]{2} 0 [A-Z][a-z]{2} 0", "DAY", re.sub(r"\d[\d,]*", "0", line))


def test_a_card_number_and_an_address_amid_typed_text_are_in_nothing_byhand_wrote(demo: tuple[str, Path]) -> None:
    """Not in the vault, the export or the replay. The editor's own file has them: that is the person's."""
    said, out = demo
    written = [
        out / "replay.html",
        out / "report.html",
        *(path for part in ("home", "mine") for path in (out / part).rglob("*")),
    ]
    files = [path for path in written if path.is_file()]
    assert len(files) > 10
    for needle in (CARD, CARD[:9], ADDRESS, "anna@", "Lopez"):
        assert needle not in said
        for path in files:
            assert needle.encode() not in path.read_bytes(), path.name


def test_the_terminal_nobody_listed_is_not_even_named(demo: tuple[str, Path]) -> None:
    """What is kept of another app is how long it was in front."""
    said, out = demo
    assert "xterm" not in said
    assert b"xterm" not in (out / "replay.html").read_bytes()


def test_the_ledger_holds_and_frames_were_kept(demo: tuple[str, Path]) -> None:
    """The ledger verifies; the replay carries what was seen."""
    said, out = demo
    assert re.search(r"good +\d+ entries, unbroken and signed", said)
    assert re.search(r"frame \d+", said)
    assert (out / "replay.html").stat().st_size > 20_000


def test_the_chore_that_was_shown_once_is_done_for_three_rows(demo: tuple[str, Path]) -> None:
    """A program is made of it, the app's own records agree with the table, and a report is written."""
    said, out = demo
    assert re.search(r"made enter-invoice +from 1 demonstration", said)
    assert len(re.findall(r"row \d +done ", said)) == 3
    assert "against the 3 rows of the table: right" in said
    report = (out / "report.html").read_text()
    assert "Every row is done" in report
    assert "N-84003" in report


def test_what_a_model_learned_is_done_to_a_record_it_never_saw(demo: tuple[str, Path]) -> None:
    """Shown ten times by hand, learned, and done once more: right, by the app's own records."""
    said, _ = demo
    assert re.search(r"learned clerk version 1 .* It is done, and was seen to be", said, re.DOTALL), said
    assert "against the words it was given: right" in said
