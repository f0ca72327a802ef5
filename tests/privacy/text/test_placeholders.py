from __future__ import annotations

import pytest

from byhand.privacy.text import placeholders
from byhand.privacy.text.placeholders import MARK, Placeholders


def test_values_are_numbered_from_the_second_and_keep_their_number():
    """However it is written, the same value is the same."""
    made = Placeholders(b"recording")
    said = [made("NAME", name) for name in ("Ada Nowak", "Bo", "ada  nowak", "Bo")]
    assert said == ["<NAME>", "<NAME-2>", "<NAME>", "<NAME-2>"]
    assert all(MARK.fullmatch(mark) for mark in said)


@pytest.mark.parametrize("kind", ["SECRET", "PASSWORD", "CODE"])
def test_secrets_are_never_told_apart(kind: str):
    """A number would say that one password is used twice."""
    made = Placeholders(b"recording")
    assert {made(kind, value) for value in ("one", "two", "one")} == {f"<{kind}>"}


def test_nothing_links_two_recordings_and_no_value_is_remembered():
    """All that is kept is a digest under the recording's own key."""
    one, other = Placeholders(b"one"), Placeholders(b"other")
    one("NAME", "canary")
    other("NAME", "canary")
    assert not one._numbers.keys() & other._numbers.keys()
    assert "canary" not in repr(vars(one))


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch):
    """What finds no place in it gets the bare kind."""
    monkeypatch.setattr(placeholders, "MOST", 2)
    made = Placeholders(b"recording")
    assert [made("NAME", name) for name in "abcb"] == ["<NAME>", "<NAME-2>", "<NAME>", "<NAME-2>"]
