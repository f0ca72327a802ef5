"""`byhand consent give` at a terminal."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from tests.cli.recordings import POLICY
from tests.cli.terminal import on_terminal

GIVE = ("consent", "give", "--policy", "policy.toml")


@pytest.fixture
def place(home: Path, tmp_path: Path) -> Path:
    (tmp_path / "policy.toml").write_text(POLICY)
    return home


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, "TERM": "xterm-256color", **more}


def test_declining_leaves_no_trace_on_disk(place: Path, tmp_path: Path) -> None:
    """A no writes nothing at all: no home, no key, no note that somebody was asked."""
    code, shown = on_terminal(GIVE, "n\n", environ(HOME=str(tmp_path)), tmp_path)
    assert code == 3
    assert shown.rstrip().endswith("nothing was recorded, nothing was written")
    assert [path.name for path in tmp_path.iterdir()] == ["policy.toml"]


def test_an_empty_answer_is_a_no(place: Path, tmp_path: Path) -> None:
    """Only y is a yes."""
    code, _ = on_terminal(GIVE, "\n", environ(), tmp_path)
    assert code == 3
    assert not place.exists()


def test_no_to_actions_ends_the_questions(place: Path, tmp_path: Path) -> None:
    """Without actions there is no recording, so a yes to the rest can't be one."""
    _, shown = on_terminal(GIVE, "n\ny\ny\n", environ(), tmp_path)
    assert shown.count("y/N") == 1
    assert not place.exists()


def test_each_stream_is_asked_for_and_only_a_yes_counts(place: Path, tmp_path: Path) -> None:
    """One question a stream; what got no yes is not in the grant."""
    code, shown = on_terminal(GIVE, "y\n\ny\n", environ(), tmp_path)
    assert code == 0
    assert shown.count("y/N") == 3
    (grant,) = (place / "grants").glob("*.json")
    assert msgspec.json.decode(grant.read_bytes())["streams"] == ["actions", "pointer"]


def test_the_notice_is_shown_before_the_first_question(place: Path, tmp_path: Path) -> None:
    """What, where, how often, who, how long and how to stop come before the yes."""
    _, shown = on_terminal(GIVE, "n\n", environ(), tmp_path)
    notice = shown[: shown.index("y/N")]
    for heading in ("What is recorded", "Where", "How often", "Who could read it", "How long", "How to stop"):
        assert heading in notice


def test_colours_are_only_for_terminals_that_want_them(place: Path, tmp_path: Path) -> None:
    """NO_COLOR is honoured."""
    _, coloured = on_terminal(("status", "--bogus"), "", environ(), tmp_path)
    _, plain = on_terminal(("status", "--bogus"), "", environ(NO_COLOR="1"), tmp_path)
    assert "\x1b[" in coloured
    assert "\x1b[3" not in plain
