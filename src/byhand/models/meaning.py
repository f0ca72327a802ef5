"""What words mean, as vectors that are alike where meanings are: "remove" is near to "delete", "mail" to "e-mail".

A person asks in words of their own for what a page calls otherwise. No model of this size learns from a few thousand
acts which words mean the same; so it is told, by vectors of words that WordLlama carries with it (ADR 0028): 64 numbers
a word, made from those of large language models. Nothing is asked of another computer, and nothing is downloaded.

Rules of this module: what is no word of a language (numbers, codes, addresses, marks) has no meaning here, so that
codes are not alike by their pieces. Pure but for reading those vectors, once.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors.numpy import load_file  # pyright: ignore[reportUnknownVariableType]  # its stub has no types
from tokenizers import Tokenizer

from byhand.errors import LearnError
from byhand.models.arrays import Floats, Halves
from byhand.models.words import Name, Word

MEANING = 64
"""Numbers of each word."""
ALIKE = 0.5
"""Two words of that likeness mean much the same. Of pairs of a goal's word and another on the page, 1 in 300 do."""
LIKENESS = 2
_BEGINS, _SHORT = "▁", 2
"""What a word begins with among its parts, and the most letters of one that is too short to be sure of."""
_NONE = np.zeros(MEANING, np.float32)
_NONE.flags.writeable = False


def meaning(word: str) -> Floats:
    """[MEANING], of length 1; all 0 for what is no word of a language.

    Args:
        word: folded, see `words.folded`.
    """
    return _of_word(word) if _spoken(word) else _NONE


def meanings(text: Sequence[Word]) -> Halves:
    """[G, MEANING]: of each word."""
    return np.array([meaning(one.folded) for one in text], np.float16).reshape(len(text), MEANING)


def of_names(names: Sequence[Name]) -> Halves:
    """[E, MEANING]: the mean of their words that say something."""
    return np.array([_of_name(name.spelled) for name in names], np.float16).reshape(len(names), MEANING)


def alike(goal: Sequence[Word], names: Sequence[Name], means: Halves) -> tuple[Floats, Sequence[tuple[int, int]]]:
    """How near each name is to what the goal says otherwise.

    Args:
        goal: its words.
        names: of the elements.
        means: `of_names` of them.

    Returns:
        [E, LIKENESS]: of its likest word to one of the goal that is another; of its whole to the goal's likest word.
        And pairs of a place in the goal and an element, where a word of each means much the same.
    """
    found = np.zeros((len(names), LIKENESS), np.float32)
    said = {one.folded: meaning(one.folded) for one in goal if not one.weak and _spoken(one.folded)}
    own = sorted({word for name in names for word in name.strong if _spoken(word)})
    if not said or not own:
        return found, ()
    asked, there = np.array(list(said.values())), np.array([meaning(word) for word in own])
    near = there @ asked.T
    rows = {word: row for row, word in enumerate(own)}
    for column, word in enumerate(said):
        if word in rows:
            near[rows[word], column] = 0
    likest = dict(zip(own, near.max(1).tolist(), strict=True))
    mean = {own[row]: np.flatnonzero(near[row] >= ALIKE).tolist() for row in np.flatnonzero(near.max(1) >= ALIKE)}
    found[:, 1] = (means.astype(np.float32) @ asked.T).max(1)
    places: dict[str, list[int]] = {}
    for at, one in enumerate(goal):
        places.setdefault(one.folded, []).append(at)
    ties: list[tuple[int, int]] = []
    asked_words = list(said)
    for place, name in enumerate(names):
        found[place, 0] = max((likest[word] for word in name.strong if word in likest), default=0.0)
        for word in name.strong & mean.keys():
            ties += [(at, place) for column in mean[word] for at in places[asked_words[column]]]
    return found, tuple(ties)


@functools.lru_cache(maxsize=1)
def common() -> tuple[str, ...]:
    """Words that are common in texts: small letters, three of them at least, as WordLlama has them whole."""
    parts: dict[str, int] = _carried().parts.get_vocab()
    own = (part[1:] for part in parts if part.startswith(_BEGINS))
    return tuple(sorted(one for one in own if len(one) > _SHORT and one.isascii() and one.isalpha() and one.islower()))


def _spoken(word: str) -> bool:
    return word.isalpha() or word.replace("-", "").isalpha()


@functools.lru_cache(maxsize=1 << 14)
def _of_name(spelled: tuple[str, ...]) -> Floats:
    those = [one for word in spelled if (one := meaning(word)) is not _NONE]
    if not those:
        return _NONE
    found: Floats = np.array(those).mean(0)
    return found / np.float32(max(1e-6, float(np.linalg.norm(found))))


@functools.lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> Floats:
    carried = _carried()
    found: Floats = carried.vectors[carried.parts.encode(word, add_special_tokens=False).ids].mean(0)
    return found / np.float32(max(1e-6, float(np.linalg.norm(found))))


class _Carried(NamedTuple):
    """parts: of words. vectors: [parts, MEANING]"""

    parts: Tokenizer
    vectors: Floats


@functools.lru_cache(maxsize=1)
def _carried() -> _Carried:
    """Read from the package as files: imported, it would set up the log of the whole process."""
    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise LearnError(
            "the vectors of words are missing", hints=("to install them, run: pip install 'byhand[learn]'",)
        )
    folder = Path(spec.submodule_search_locations[0])
    vectors = load_file(folder / "weights" / "l2_supercat_256.safetensors")["embedding.weight"]
    parts = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    return _Carried(parts, vectors[:, :MEANING].astype(np.float32))
