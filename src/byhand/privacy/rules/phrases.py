"""Telling words and phrases, found as whole words in a title, a host name or an address, however they are spelt.

Rules of this module: list and text are folded the same way before they are compared: lower case, without accents and
invisible signs, letters of other scripts that look like Latin ones taken for those, a plural's s gone. An entry is

    payslip             a word
    online banking      words next to each other, or written as one: "onlinebanking"
    gewerkschaft*       a word that begins so: for languages that build words out of words
    *sparkasse          a word that ends so, or is it
    給与明細              found anywhere: scripts that part no words

The cost is one look-up a word of the text, however long the list is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Scripts written without spaces between words: kana, Han, Hangul (which joins particles to words), Thai, Lao, Khmer.
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u1100-\u11ff\uac00-\ud7af\u0e00-\u0eff\u1780-\u17ff]")
_STUB = 4
"""Letters that an entry with a * has at least: what it is looked up by."""

_DROPPED = frozenset({"Mn", "Me", "Mc", "Cf"})  # accents, vowel signs, and what can't be seen

# What looks the same in a name. From Unicode's confusables.txt (UTS 39), the letters that stand for Latin small ones,
# and letters whose accent does not come off by itself.
_LIKE = str.maketrans({
    **dict(zip("абвгдеёзіїјкмнорсѕтухһԁԛԝѵӏ", "a6brдeeзiijkmhopcstyxhdqwvl", strict=True)),
    **dict(zip("αβεηικνορτυχωγ", "abeniknoptuxwy", strict=True)),
    **dict(zip("ıɩøłđħŧɑɡıƖℓ", "iioldhtagill", strict=False)),
    "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'",
})  # fmt: skip


class _Folded(dict[int, str]):
    """Letter -> what it is compared as; each is worked out once."""

    def __missing__(self, letter: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(letter)).casefold())
        self[letter] = "".join(part for part in plain if unicodedata.category(part) not in _DROPPED).translate(_LIKE)
        return self[letter]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text as it is compared. Not for showing."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [_singular(word) for word in _WORD.findall(fold(text))]


def words_of_address(text: str) -> list[str]:
    """The same, with camelCase taken apart: "paySlips" is two words."""
    return words(_CAMEL.sub(" ", text))


class Phrases:
    """Entries of one list.

    Args:
        entries: as in the module's own words.
        never: entries that are none even where one of the others fits: "databank" is no *bank.
    """

    def __init__(self, entries: Iterable[str], never: Iterable[str] = ()) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._begins: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._anywhere: list[str] = []
        for entry in entries:
            self._add(entry)
        self._never = Phrases(never) if never else None

    def find(self, found: list[str]) -> bool:
        """Is one of the entries among these words, as `words` gives them?"""
        if self._never is not None:
            found = self._never._without(found)
        return any(self._at(found, place) for place in range(len(found)))

    def inside(self, text: str) -> bool:
        """Is one of them in this text?"""
        return self.find(words(text)) or self.written(text)

    def written(self, text: str) -> bool:
        """The same for the entries of scripts that part no words."""
        if not self._anywhere or text.isascii():
            return False
        folded = "".join(fold(text).split())
        return any(entry in folded for entry in self._anywhere)

    def _add(self, entry: str) -> None:
        bare = entry.strip("* ")
        parts = words(bare)
        if not parts:
            raise ValueError("an entry of a list has no word")
        if _UNPARTED.search(fold(bare)):
            self._anywhere.append("".join(fold(bare).split()))
        elif "*" in entry:
            if len(parts) > 1 or len(parts[0]) < _STUB:
                raise ValueError("an entry with a * must be one word, and not a short one")
            begins = entry.endswith("*")
            table, stub = (self._begins, parts[0][:_STUB]) if begins else (self._ends, parts[0][-_STUB:])
            table.setdefault(stub, []).append(parts[0])
            self._whole.setdefault(parts[0], []).append((parts[0],))
        else:
            self._whole.setdefault(parts[0], []).append(tuple(parts))
            if len(parts) > 1:
                joined = "".join(parts)
                self._whole.setdefault(joined, []).append((joined,))

    def _at(self, found: list[str], place: int) -> int:
        """How many words from here on are an entry; 0 if none."""
        word = found[place]
        for entry in self._whole.get(word, ()):
            if len(entry) == 1 or tuple(found[place : place + len(entry)]) == entry:
                return len(entry)
        if len(word) > _STUB:
            if word.startswith(tuple(self._begins.get(word[:_STUB], ()))):
                return 1
            if word.endswith(tuple(self._ends.get(word[-_STUB:], ()))):
                return 1
        return 0

    def _without(self, found: list[str]) -> list[str]:
        left: list[str] = []
        place = 0
        while place < len(found):
            taken = self._at(found, place)
            if taken:
                left.append("-")  # what stood around it does not become neighbours
            else:
                left.append(found[place])
            place += taken or 1
        return left


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
