from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from byhand.errors import RecorderError
from byhand.privacy.text import lists
from byhand.privacy.text.detect import said
from byhand.privacy.text.detect.union import UNJUDGED, detectors, find_all
from byhand.privacy.text.lists import WordList, own, shipped
from byhand.privacy.text.types import At

LISTS = ("english", "interface", "given", "family", "places", "calendar", "languages")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_finds_each_of_its_words_and_no_other(name: str):
    """It is searched by halves where it lies; a word out of order would never be found."""
    text = (files("byhand.privacy.text") / "lists" / f"{name}.txt").read_text("utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]
    found = shipped(name)
    assert len(found) == len(words) > 100
    assert words == sorted(set(words), key=str.encode)
    assert all(word in found for word in (words[0], words[-1], *words[:: max(1, len(words) // 500)]))
    assert not [word for word in ("", "#", "zzzzqq", "a\nb", words[0] + "q", "\ufffd") if word in found]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_its_sources_and_their_licence(name: str):
    """Nothing comes from where it may not be taken."""
    head = (files("byhand.privacy.text") / "lists" / f"{name}.txt").read_text("utf-8")[:2_000]
    sources = [line for line in head.splitlines() if line.startswith("# Source: ")]
    assert sources
    open_licences = ("public domain", "MIT", "BSD-3-Clause", "CC BY 4.0", "Unicode-3.0", "granted without fee", "own/")
    assert all(any(licence in source for licence in open_licences) for source in sources)


def test_a_list_without_a_head_is_searched_too():
    """One word, two words, none."""
    assert "b" in WordList(b"a\nb\n")
    assert "a" in WordList(b"# head\na\n")
    assert "a" not in WordList(b"")


def test_no_given_name_that_is_rare_as_a_word_is_a_word():
    """Written small, harry is somebody and grace may be none."""
    english = shipped("english")
    assert not [name for name in ("harry", "peter", "carol", "jenny", "jimmy") if name in english]
    assert "grace" in english


def test_own_lists_have_the_parts_that_are_asked_for():
    """A part that is missing would break every title."""
    assert {"starters", "particles", "leads", "org ends", "talks", "labels", "says", "jobs"} <= own("people").keys()


@pytest.mark.parametrize("part", [0, 0.5, 0.9999])
@pytest.mark.parametrize("name", ["english", "given", "family"])
def test_a_list_that_lost_words_judges_nothing(name: str, part: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A disk that was full when it was installed: a name that is not on its list would be taken for a word."""
    whole = (files("byhand.privacy.text") / "lists" / f"{name}.txt").read_bytes()
    (tmp_path / f"{name}.txt").write_bytes(whole[: int(len(whole) * part)])
    monkeypatch.setattr(lists, "_FOLDER", tmp_path)
    with pytest.raises(RecorderError):
        shipped.__wrapped__(name)


@pytest.mark.parametrize("part", [0, 0.5])
def test_words_of_numbers_that_were_lost_judge_nothing(part: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without "passport" beside it, a passport's number is a number."""
    whole = files("byhand.privacy.text.detect").joinpath("said.txt").read_text("utf-8")
    folder = tmp_path / "byhand.privacy.text.detect"
    folder.mkdir()
    (folder / "said.txt").write_text(whole[: int(len(whole) * part)], "utf-8")
    monkeypatch.setattr(said, "files", tmp_path.joinpath)
    said._words.cache_clear()
    try:
        assert {span.kind for span in find_all(detectors(), "room 12", At("page"))} == {UNJUDGED}
    finally:
        said._words.cache_clear()
