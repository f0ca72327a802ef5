"""Texts as buckets of words, which are learned, and as sums of signs, which are not: by these new words are told apart.

Pure.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from byhand.models import words
from byhand.models.arrays import Floats, Ints
from byhand.models.words import NAME, Word

BITS = 31
_WEIGHTS = 1 << np.arange(BITS, dtype=np.int64)


def keyed(texts: Sequence[Sequence[Word]], most: int) -> tuple[Ints, Floats]:
    """[., most] buckets of the first words of each, 0 for none; and [., BITS] of all of them."""
    keys = np.zeros((len(texts), most), np.int32)
    for place, text in enumerate(texts):
        for at, one in enumerate(text[:most]):
            keys[place, at] = words.key(one.folded)
    return keys, np.array([bits(text) for text in texts], np.float32).reshape(len(texts), BITS)


def bits(text: Sequence[Word]) -> Floats:
    """The mean of its words' signs: words without meaning have no likeness by chance."""
    if not text:
        return np.zeros(BITS, np.float32)
    if len(text) == 1:
        return _signs(text[0].folded)
    return np.array([_signs(one.folded) for one in text]).mean(0)


def of_names(names: Sequence[str]) -> tuple[Ints, Floats]:
    """`keyed` of names, of which pages have many that were met before."""
    rows = [_of_name(name) for name in names]
    keys = np.array([one for one, _ in rows], np.int32).reshape(len(rows), NAME)
    return keys, np.array([one for _, one in rows], np.float32).reshape(len(rows), BITS)


def buckets(texts: Sequence[str]) -> Ints:
    """[.] of whole texts; 0 for an empty one."""
    return np.array([words.key(one) if one else 0 for one in texts], np.int32)


@functools.lru_cache(maxsize=1 << 14)
def _signs(word: str) -> Floats:
    return ((words.second_key(word) & _WEIGHTS) != 0) * np.float32(2) - np.float32(1)


@functools.lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[Ints, Floats]:
    keys, signs = keyed([words.name(name).words], NAME)
    return keys[0], signs[0]
