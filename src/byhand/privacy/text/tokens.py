"""A text in pieces: words, numbers, and what is made of both.

Rule of this module: it cuts, and judges nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from byhand.privacy.text.lists import fold

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Token(NamedTuple):
    """A piece of a text.

    low: folded, without a possessive ending. shape: `small`, `capital` ("Save"), `caps` ("PDF"), `mixed` ("GitHub"),
    `digits`, `both` ("mp3"), or `other` (a script without capitals).
    """

    start: int
    end: int
    text: str
    low: str
    shape: str


def tokens(text: str) -> list[Token]:
    return [Token(match.start(), match.end(), *_seen(match.group())) for match in _TOKEN.finditer(text)]


def _seen(piece: str) -> tuple[str, str, str]:
    bare = _POSSESSIVE.sub("", piece) if "'" in piece or "’" in piece else piece
    return piece, fold(bare), _shape(bare)


def _shape(piece: str) -> str:
    if piece.isdigit():
        return "digits"
    if any(letter.isdigit() for letter in piece):
        return "both"
    if piece.islower():
        return "small"
    if piece.isupper():
        return "caps" if len(piece) > 1 else "capital"
    if piece[0].isupper() and piece[1:].replace("'", "").replace("’", "").islower():
        return "capital"
    if not piece.isascii() and piece == piece.lower() == piece.upper():
        return "other"
    return "mixed"
