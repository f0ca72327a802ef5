"""The word lists that come with the program, searched where they lie.

Rules of this module: a list is a text file of one word a line, folded and sorted by bytes, with `#` lines at its head
that name its source and licence. It is read as one piece of bytes and never split: a hundred thousand words cost a
megabyte this way, and a set of them twelve. `scripts/word_lists.py` makes them; the short lists in `own` are written by
hand and are sets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from byhand.errors import RecorderError

_FOLDER = files("byhand.privacy.text") / "lists"


def fold(word: str) -> str:
    """As words stand in the lists: composed, small, with a straight apostrophe."""
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


class WordList:
    """A sorted list of folded words.

    Args:
        raw: the file's bytes.
    """

    __slots__ = ("_end", "_raw", "_start")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        head = raw.rfind(b"\n#")
        self._start = raw.find(b"\n", head + 1) + 1
        self._end = len(raw)

    def __contains__(self, word: str) -> bool:
        """Is this folded word in the list?"""
        raw, low, high = self._raw, self._start, self._end
        sought = word.encode()
        if not sought or b"\n" in sought:
            return False
        while low < high:  # low and high always stand at the beginning of a line
            start = raw.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = raw.find(b"\n", start)
            line = raw[start:end]
            if line == sought:
                return True
            if line < sought:
                low = end + 1
            else:
                high = start
        return False

    def __len__(self) -> int:
        return self._raw.count(b"\n", self._start)


@cache
def shipped(name: str) -> WordList:
    """One of the long lists: english, interface, given, family, places or calendar.

    Raises:
        RecorderError: it has not as many words as it says. Nothing can be judged then.
    """
    raw = (_FOLDER / f"{name}.txt").read_bytes()
    found = WordList(raw)
    told = re.search(rb"(\d+) entries", raw[:400])
    if told is None or len(found) != int(told[1]):
        # A name that is not on its list any more would be taken for a word.
        raise RecorderError(
            f"the list of {name} words is not what was shipped", hints=("install byhand again",),
            fate="nothing was recorded",
        )  # fmt: skip
    return found


@cache
def own(name: str) -> dict[str, frozenset[str]]:
    """A short list of `own`, by its parts."""
    return parts_of((_FOLDER / "own" / f"{name}.txt").read_text(encoding="utf-8"))


def parts_of(text: str) -> dict[str, frozenset[str]]:
    """A list by its `[parts]`; entries are folded, divided by commas and line ends, and may be phrases."""
    found: dict[str, set[str]] = {}
    part = found.setdefault("", set())
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            part = found.setdefault(bare.strip("[]"), set())
        else:
            part.update(" ".join(fold(entry).split()) for entry in bare.split(",") if entry.strip())
    return {name: frozenset(entries) for name, entries in found.items()}
