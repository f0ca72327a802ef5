"""What is known about single words: whether one is harmless, and whether it is somebody's name.

Rules of this module: it knows words, not places of words; `titles` and `prose` decide with them. A word is harmless
only if a list says so, or if it is made of such a word by an ending or a beginning that the language makes words with.
Names win over everything but words a person put on the list by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from byhand.privacy.text.lists import fold, own, shipped

_PHRASE_WORDS = re.compile(r"[^\W_]+")
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("able", ""), ("able", "e"), ("ness", ""),
)  # fmt: skip
_BEGINNINGS = (
    "un", "re", "non", "pre", "sub", "multi", "auto", "over", "in", "de", "dis", "mis", "inter", "under", "out",
    "micro", "super", "post", "anti", "counter", "hyper", "co",
)  # fmt: skip
_STEM = 4  # letters a word must have without its ending or beginning: shorter ones make names ("re" + "ed")
_COMPOUND = 5  # letters each half of a German compound must have


class Words:
    """The shipped lists and the words of a policy.

    Args:
        extra: words and phrases that are harmless here, in any case.
    """

    def __init__(self, extra: Iterable[str] = ()) -> None:
        folded = [" ".join(_PHRASE_WORDS.findall(fold(entry))) for entry in extra]
        self._extra = frozenset(entry for entry in folded if " " not in entry)
        curated = own("interface")[""]
        self._curated = frozenset(entry for entry in curated if " " not in entry) | self._extra
        phrases = {" ".join(_PHRASE_WORDS.findall(entry)) for entry in curated if " " in entry}
        self.phrases = frozenset(phrases | {entry for entry in folded if " " in entry})
        products = own("products")
        self.products = products["apps"] | products["sites"] | products["technology"]
        self.sites = products["sites"]
        self.letters = products["letters"]
        self.technology = products["technology"] | products["apps"]
        self.people = own("people")
        self._interface, self._english = shipped("interface"), shipped("english")
        self._given, self._family = shipped("given"), shipped("family")
        self._places, self._calendar = shipped("places"), shipped("calendar")
        self._languages = shipped("languages")

    @cached_property
    def product_starts(self) -> frozenset[str]:
        """First words of products' names of several words."""
        return frozenset(entry.split()[0] for entry in self.products if " " in entry)

    def curated(self, word: str) -> bool:
        """A person put it on the list."""
        return word in self._curated

    def screen(self, word: str) -> bool:
        """A word of programs, as it is or with an ending. The word is folded.

        What was counted in programs' texts counts where it is no word of English: those a person went through by hand,
        because firms, things and canaries are called so, too.
        """
        if self._on_screen(word):
            return True
        return not self.named(word) and (self._grown(word, self._on_screen) or self._compound(word))

    def plain(self, word: str) -> bool:
        """A word of English as it is written small, or of programs."""
        if word in self._curated or word in self._english or word in self._interface:
            return True
        return not self.named(word) and self._grown(word, self._in_english)

    def english(self, word: str) -> bool:
        """A word of English, as it is written small."""
        return word in self._english

    def given(self, word: str) -> bool:
        return word in self._given

    def family(self, word: str) -> bool:
        return word in self._family

    def place(self, word: str) -> bool:
        return word in self._places

    def calendar(self, word: str) -> bool:
        return word in self._calendar

    def language(self, word: str) -> bool:
        return word in self._languages

    def named(self, word: str) -> bool:
        """Somebody's or some place's name, and no word that everybody uses."""
        return (word in self._given or word in self._family or word in self._places) and word not in self._english

    def _on_screen(self, word: str) -> bool:
        return word in self._curated or (word in self._interface and word not in self._english)

    def _in_english(self, word: str) -> bool:
        return word in self._english or word in self._curated

    def _grown(self, word: str, known: Callable[[str], bool]) -> bool:
        if not word.isascii():
            return False
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                stem = word[: -len(ending)] + instead
                if known(stem) or (ending in ("ed", "ing", "er", "ers") and stem[-1] == stem[-2] and known(stem[:-1])):
                    return True
        return any(
            word.startswith(beginning) and len(word) - len(beginning) >= _STEM and known(word[len(beginning) :])
            for beginning in _BEGINNINGS
        )

    def _compound(self, word: str) -> bool:
        """German makes one word of two: Tastatur-kürzel, Sitzung-s-ende."""
        if len(word) < 2 * _COMPOUND:
            return False
        for cut in range(_COMPOUND, len(word) - _COMPOUND + 1):
            head, tail = word[:cut], word[cut:]
            if self._on_screen(tail) and (self._on_screen(head) or (head[-1] == "s" and self._on_screen(head[:-1]))):
                return True
        return False
