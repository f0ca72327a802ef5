"""Names of controls: kept whole or not at all.

Rule of this module: default deny. A name is cleared when every word of it is an everyday word of programs and it is
short; one unknown word masks the whole. Figures are cleared only next to words, one or two of them, of at most two
digits, so that no telephone number or code comes through in pieces. One letter or sign alone is never cleared: it may
be a key on a keyboard drawn on the screen.
"""

from __future__ import annotations

import re

from byhand.privacy.text.lists import fold
from byhand.privacy.text.words import Words

_MOST_LETTERS = 60
MOST_WORDS = 6
"""Enough for "Don't show this message again"; too few for what people write to each other."""
OPTIONS = frozenset({"list item", "tree item", "label", "static"})
"""Roles that hold an option as often as a person's own words: their name must be shorter still."""
MOST_WORDS_OPTION = 3
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|_", re.UNICODE)
_SIGNS = frozenset("…….,:;!?()[]{}+-–—/\\|&*%<>=\"'“”„«»‹›•·→←↑↓▸▾✓✕×#@_^~")
_KEYS = frozenset(
    {"ctrl", "control", "alt", "shift", "super", "strg", "umschalt", "maj", "mayus", "meta", "cmd", "option"}
)


def clears(words: Words, text: str, most_words: int = MOST_WORDS) -> bool:
    """Is every word of this name harmless, and are there few?"""
    if not 1 < len(text) <= _MOST_LETTERS:
        return False
    folded = shown(text).casefold()
    bare = " ".join(re.findall(r"[^\W_]+", folded))
    if bare in words.phrases:
        return True
    count = figures = 0
    before = ""
    for token in _TOKEN.findall(fold(folded)):
        if token.isdigit():
            figures += 1
            if len(token) > 2 or not token.isascii():
                return False
        elif len(token) == 1 and not token.isalpha():
            if token not in _SIGNS:
                return False
            continue  # a sign does not part "Ctrl+S"
        elif len(token) == 1 or not words.screen(token):
            # The letter of a shortcut, as menus write it behind the command.
            if not (before in _KEYS and len(token) == 1):
                return False
        else:
            count += 1
        before = token
    return 0 < count <= most_words and figures <= min(2, count)


def shown(text: str) -> str:
    """The text without the marks that only a keyboard needs: "_File" is "File", "&Open" is "Open"."""
    return " ".join(re.sub(r"(?<!\w)[_&](?=\w)|(?<=\w)_(?=\w)", "", text).split())
