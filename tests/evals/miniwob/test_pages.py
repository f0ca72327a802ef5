"""Promises of miniwob.pages: the wheel's own pages, unpacked once, for this computer alone."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from byhand.errors import UsageFault
from byhand.evals.miniwob import pages
from tests.evals.miniwob.conftest import WHEELS


def test_they_are_unpacked_once(tmp_path: Path):
    """What is there already is used as it is; nothing is left beside it."""
    html = pages.unpacked(WHEELS, tmp_path)
    mark = html / "common" / "mark"
    mark.touch()
    assert pages.unpacked(tmp_path / "no wheel here", tmp_path) == html
    assert mark.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["miniwob"]


def test_without_the_wheel_it_is_said_how_to_get_it(tmp_path: Path):
    """The command can be typed."""
    with pytest.raises(UsageFault) as caught:
        pages.unpacked(tmp_path, tmp_path / "into")
    assert "requirements/pages.txt" in caught.value.hints[0]
    assert not (tmp_path / "into").exists()


def test_a_wheel_that_is_none_leaves_nothing_behind(tmp_path: Path):
    """Half a folder of pages would look like a whole one."""
    (tmp_path / "miniwob-9.whl").write_text("no archive")
    with pytest.raises(UsageFault):
        pages.unpacked(tmp_path, tmp_path / "into")
    assert not list((tmp_path / "into").iterdir())


def test_a_page_says_what_its_letters_are(html: Path):
    """The pages are UTF-8 and don't say so themselves."""
    with pages.served(html) as origin:
        assert origin.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{origin}/miniwob/unicode-test.html") as answer:
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert "Cancél" in answer.read().decode()
