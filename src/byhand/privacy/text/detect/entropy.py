"""Does a word look as if a machine had thrown dice for it?"""

from __future__ import annotations

import math
import re
from collections import Counter

_PIECES = re.compile(r"[^A-Za-z0-9]+")
_TURNS = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])")
_HEX = re.compile(r"(?:[0-9a-f]{2}){8,}|(?:[0-9A-F]{2}){8,}")


def bits(word: str) -> float:
    """Shannon entropy in bits a character: of a word of English 2 to 3.5, of 40 random base64 characters about 4.7."""
    count = len(word)
    return -sum(n / count * math.log2(n / count) for n in Counter(word).values()) if count else 0.0


def is_random(word: str) -> bool:
    """Is this a key rather than a name, a path or an identifier?

    Args:
        word: of letters, figures and the signs of base64 and of addresses.
    """
    piece = max(_PIECES.split(word), key=len, default="")
    if len(piece) >= 16:
        if _HEX.fullmatch(piece):
            return any(letter.isdigit() for letter in piece)
        if _throws(piece, len(piece) / 8):
            return True
    # Base64 breaks at its own signs: take it as one.
    whole = _PIECES.sub("", word)
    return len(whole) >= 20 and len(whole) >= 0.85 * len(word) and _throws(whole, len(whole) / 7)


def _throws(piece: str, turns: float) -> bool:
    """Figures and cases change as by chance, more often than in camelCase or in version1of2."""
    if not any(letter.isdigit() for letter in piece) and not (
        len(piece) >= 24 and any(letter.islower() for letter in piece) and any(letter.isupper() for letter in piece)
    ):
        return False
    return len(_TURNS.findall(piece)) >= turns and bits(piece) >= 3.0
