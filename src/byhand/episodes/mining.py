"""Routines: what a person does again and again, across episodes. Pure, the same each time.

A routine is a row of abstract actions (`build.abstract`) that was done at least twice. The longest are taken first, of
those the most frequent; a place belongs to one routine only, and one that is only a part of others is none of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from byhand.episodes.build import abstract
from byhand.episodes.types import Episode
from byhand.episodes.words import instruction

LONGEST = 40
_LEAST = 2
_Row = tuple[int, int]
"""Number of its episode, and of its first step there."""


class Routine(NamedTuple):
    """name: what it does, in words. length: how many steps. found: id of the episode and number of the first step, of
    each time.
    """

    name: str
    length: int
    found: tuple[tuple[str, int], ...]


def routines(episodes: Sequence[Episode], *, support: int = 2) -> tuple[Routine, ...]:
    """The routines of these episodes, the longest first.

    Args:
        episodes: in any order; the result follows theirs.
        support: how often one must have been done.
    """
    words: dict[tuple[str, ...], int] = {}
    rows = [[words.setdefault(abstract(step.action), len(words)) for step in one.steps] for one in episodes]
    free = [[True] * len(row) for row in rows]
    found: list[Routine] = []
    for length, grams in reversed(_grams(rows, support)):
        chosen = sorted(grams, key=lambda places: (-len(places), places[0]))
        for places in chosen:
            alone = _alone(places, length, free)
            if len(alone) < support:
                continue
            for row, at in alone:
                free[row][at : at + length] = [False] * length
            row, at = alone[0]
            acts = [step.action for step in episodes[row].steps[at : at + length]]
            found.append(Routine(instruction(acts), length, tuple((episodes[row].id, at) for row, at in alone)))
    return tuple(found)


def _grams(rows: Sequence[Sequence[int]], support: int) -> list[tuple[int, list[list[_Row]]]]:
    """For each length the places of what occurs often enough. A longer one can only grow from one that does."""
    levels: list[tuple[int, list[list[_Row]]]] = []
    known = {(row, at): row_words[at] for row, row_words in enumerate(rows) for at in range(len(row_words))}
    names = known
    for length in range(2, LONGEST + 1):
        grams: dict[tuple[int, int], list[_Row]] = {}
        for (row, at), name in names.items():
            after = known.get((row, at + length - 1))
            if after is not None:
                grams.setdefault((name, after), []).append((row, at))
        often = [places for places in grams.values() if len(places) >= support]
        if not often:
            break
        if length >= _LEAST:
            levels.append((length, often))
        names = {place: number for number, places in enumerate(often) for place in places}
    return levels


def _alone(places: Sequence[_Row], length: int, free: Sequence[Sequence[bool]]) -> list[_Row]:
    """Those that touch neither a routine that was found before nor each other."""
    found: list[_Row] = []
    for row, at in places:
        clear = all(free[row][at : at + length])
        if clear and not (found and found[-1][0] == row and at < found[-1][1] + length):
            found.append((row, at))
    return found
