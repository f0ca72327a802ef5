"""A text as detectors should see it, and the way back to the text as it was given.

Rules of this module: what is there to deceive is undone before anything is judged. Signs nobody sees (zero width, bidi
controls, soft hyphens, tags, variation selectors) are taken out; compatibility forms become plain ones (NFKC: "Ａ" is
"A"); a letter of another script that looks like a Latin one becomes it where it stands among Latin letters, or where
nothing but such letters makes the word (UTS #39 calls both confusable); other scripts' digits become 0 to 9. Every
letter keeps where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import NamedTuple

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеѕіјорсухԁԛԝһӏгпԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχγωօսոհցɡɩɑıℓ",
    "ABESIJKMHOPCTYX3aesijopcyxdqwhlrngABEZHIKMNOPTYXaeiKvoptuxywounhqgiail",
)
"""Cyrillic, Greek and Armenian letters, and the Latin letter each is drawn like (from UTS #39's confusables)."""
_FOREIGN = re.compile(r"[\u0370-\u058f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_RUN = re.compile(r"[^\W_]+(?:[.@'’_-][^\W_]+)*")
_HIDDEN = frozenset({"Cf", "Cs", "Co"})
_BARE = re.compile(r"[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef\u034f]")
_SPACES = frozenset("\n\t")


class Normal(NamedTuple):
    """text: as it is to be judged. starts, ends: for each of its letters the part of the given text it came from.

    odd: places in `text` whose letters were not what they looked like.
    """

    text: str
    starts: array[int] | None
    ends: array[int] | None
    odd: tuple[tuple[int, int], ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The part of the given text that a part of `text` came from; both in code points."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], max(self.ends[start:end])


def normal(given: str) -> Normal:
    """Make a text plain."""
    if given.isascii():
        return Normal(_blanked(given), None, None)
    letters: list[str] = []
    starts, ends = array("l"), array("l")
    index, length = 0, len(given)
    while index < length:
        end = index + 1
        while end < length and unicodedata.combining(given[end]):
            end += 1
        cluster = given[index:end]
        if not _unseen(cluster[0]):
            for letter in unicodedata.normalize("NFKC", cluster):
                if _unseen(letter) or unicodedata.combining(letter):
                    continue  # a mark that makes no letter with the one under it: struck out, or decoration
                letters.append(_plain(letter))
                starts.append(index)
                ends.append(end)
        elif len(cluster) > 1:  # marks over nothing
            letters.append("\ufffd")
            starts.append(index)
            ends.append(end)
        index = end
    text, odd = _unmasked("".join(letters))
    return Normal(text, starts, ends, odd)


def visible(given: str) -> str:
    """A text without the signs nobody sees. Its other letters stay as they are."""
    if given.isascii():
        return _blanked(given)
    return "".join(_blanked(letter) for letter in given if not _unseen(letter))


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _HIDDEN or _BARE.match(letter) is not None


def _plain(letter: str) -> str:
    if letter.isascii():
        return _blanked(letter)
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Pd":
        return "-" if letter not in "–—" else letter
    return letter if category[0] != "C" else " "


def _blanked(text: str) -> str:
    """Control characters are blanks; only the ends of lines and tabs are kept."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in _SPACES else " " for letter in text)


def _unmasked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Letters that only look Latin become Latin. Length and places stay."""
    if _FOREIGN.search(text) is None and not any(letter in text for letter in "ɡɩɑıℓ"):
        return text, ()
    odd: list[tuple[int, int]] = []
    pieces: list[str] = []
    done = 0
    for match in _RUN.finditer(text):
        run = match.group()
        swapped = run.translate(_LOOKALIKES)
        if swapped == run or _FOREIGN.search(swapped) is not None:
            # Nothing of it looks Latin, or not all of it does: then it is what it is, if it is not mixed.
            if _LATIN.search(run) is not None and _FOREIGN.search(run) is not None:
                odd.append(match.span())
            continue
        pieces += [text[done : match.start()], swapped]
        done = match.end()
        odd.append(match.span())
    return "".join([*pieces, text[done:]]), tuple(odd)
