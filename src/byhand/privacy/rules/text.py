"""Which words on a screen are harmless: everyday words of programs, and those the policy adds. All others are not.

Rule of this module: default deny. A text is cleared when every word of it is in the lexicon and it is short; one
unknown word masks the whole. Figures are cleared only next to words, one or two of them, of at most two digits, so
that no telephone number or code comes through in pieces. One letter or sign alone is never cleared: it may be a key
on a keyboard drawn on the screen. What deep cleaning of text adds comes later, at this same seam.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_MOST_LETTERS = 60
MOST_WORDS = 6
"""Enough for "Don't show this message again"; too few for what people write to each other."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|_", re.UNICODE)
_SIGNS = frozenset("…….,:;!?()[]{}+-–—/\\|&*%<>=\"'“”„«»‹›•·→←↑↓▸▾✓✕×#@_^~")
_KEYS = frozenset(
    {"ctrl", "control", "alt", "shift", "super", "strg", "umschalt", "maj", "mayus", "meta", "cmd", "option"}
)


class Lexicon:
    """Words that say nothing about a person.

    Args:
        words: single words and whole phrases, in any case.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._phrases: set[str] = set()
        for entry in words:
            tokens = _fold(entry).split()
            if len(tokens) > 1:
                self._phrases.add(" ".join(tokens))
            elif tokens:
                self._words.add(tokens[0])

    def knows(self, word: str) -> bool:
        return word in self._words

    def clears(self, text: str, most_words: int = MOST_WORDS) -> bool:
        """Is every word of this text harmless, and are there few?"""
        if not 1 < len(text) <= _MOST_LETTERS:
            return False
        folded = self.shown(text).casefold()
        bare = " ".join(re.findall(r"[^\W_]+", folded))
        if bare in self._phrases:
            return True
        words = figures = 0
        before = ""
        for token in _TOKEN.findall(_fold(folded)):
            if token.isdigit():
                figures += 1
                if len(token) > 2 or not token.isascii():
                    return False
            elif len(token) == 1 and not token.isalpha():
                if token not in _SIGNS:
                    return False
                continue  # a sign does not part "Ctrl+S"
            elif len(token) == 1 or token not in self._words:
                # The letter of a shortcut, as menus write it behind the command.
                if not (before in _KEYS and len(token) == 1):
                    return False
            else:
                words += 1
            before = token
        return 0 < words <= most_words and figures <= min(2, words)

    def shown(self, text: str) -> str:
        """The text without the marks that only a keyboard needs: "_File" is "File", "&Open" is "Open"."""
        return " ".join(re.sub(r"(?<!\w)[_&](?=\w)|(?<=\w)_(?=\w)", "", text).split())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'")


@cache
def everyday() -> tuple[str, ...]:
    """The words that come with the program, from `lexicon.txt`."""
    return entries("lexicon.txt")


def entries(name: str) -> tuple[str, ...]:
    """The entries of a list in this folder: one a line, or several divided by commas; `#` begins a comment."""
    text = (files("byhand.privacy.rules") / name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return tuple(entry.strip() for line in lines for entry in line.split(",") if entry.strip())


def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of a list that has parts, each under its `[part]`."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for entry in entries(name):
        if entry.startswith("["):
            lines = found.setdefault(entry.strip("[]"), [])
        else:
            lines.append(entry)
    return {part: tuple(lines) for part, lines in found.items()}
