"""Goals said otherwise, to learn from: a few sentences of each task are no language.

Whoever shows a task says it in one or two ways, and a model of this size learns those by heart. What a goal names (the
elements that were acted on, the texts that were typed, numbers, names, what stands in quotation marks) is what it is
about; the words around it are how somebody said it. So of those some are left out, and strange ones come: from other
goals, and common ones of the language (`meaning.common`), so that a word never met is passed over. And
what goes into fields is said in another order, each with the words before it: else a model knows the third text for the
third field, whatever is said of it.

Rules of this module: what a goal names stays, letter by letter; only what a field is called may go, as people leave it
out, too. The same by its seed. Pure but for the common words that `meaning` reads.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from byhand.episodes.types import Episode
from byhand.models import meaning, words
from byhand.models.words import Word, akin

_MOST_LEFT_OUT = 0.8
_SHUFFLED = 0.5
"""So many goals are said in another order."""
_PARTS = (", ", "; ", ": ", ". ", "(", " and ")
"""What ends a part of a sentence."""
_COMES = 0.3
"""Before so many words at most a strange one comes."""


class Around(NamedTuple):
    """A word of a goal that names nothing, or only the field that something goes into. start, end: where it stands."""

    word: str
    start: int
    end: int
    field: bool


def around(episode: Episode) -> list[Around]:
    """The words of its goal that can be left out: marks too, but those of quotations."""
    goal = episode.instruction
    acted, fields = _acted(episode)
    spans = _typed(episode)
    found: list[Around] = []
    for at, one in enumerate(split := words.split(goal)):
        inside = any(start < one.end and one.start < end for start, end in spans)
        if inside or one.quoted or one.folded in words.MARKS or any(sign.isdigit() for sign in one.folded):
            continue
        if not one.weak and (_capital(goal, split, at) or _among(one.folded, acted)):
            continue
        found.append(Around(one.folded, one.start, one.end, _among(one.folded, fields)))
    return found


def strange(episodes: Sequence[Episode]) -> list[str]:
    """Words that name nothing in any of them, for the goals of all: of their goals, and as many common ones."""
    named: set[str] = set()
    for one in episodes:
        named = named.union(*_acted(one))
    free = {each.word for one in episodes for each in around(one)}
    said = [word for word in sorted(free | {*meaning.common()}) if not words.split(word)[0].weak]
    loose = [word for word in said if not _among(word, named)]
    own = [word for word in loose if word in free]
    return own * max(1, (len(loose) - len(own)) // max(1, len(own))) + [word for word in loose if word not in free]


def said_otherwise(episode: Episode, strange: Sequence[str], draw: random.Random) -> str:
    """Its goal with fewer of those words, and with some that other goals have.

    Args:
        episode: whose goal it is.
        strange: words that name nothing.
        draw: what is left out and what comes.
    """
    if draw.random() < _SHUFFLED:
        episode = msgspec.structs.replace(episode, instruction=in_another_order(episode, draw))
    goal = episode.instruction
    share, comes = draw.uniform(0, _MOST_LEFT_OUT), draw.uniform(0, _COMES)
    parts: list[str] = []
    at = 0
    for one in around(episode):
        parts.append(goal[at : one.start])
        if strange and one.word[0].isalnum() and draw.random() < comes:
            parts.append(f"{draw.choice(strange)} ")
        if draw.random() >= (share / 2 if one.field else share):
            parts.append(goal[one.start : one.end])
        at = one.end
    return "".join([*parts, goal[at:]]).strip() or goal


def in_another_order(episode: Episode, draw: random.Random) -> str:
    """Its goal with what goes into fields in another order, each with the words that lead to it.

    What ends a part of a sentence stays where it is: of "name X, city Y." comes "city Y, name X.". As it is, where a
    text stands in it twice, or fewer than two do.
    """
    goal = episode.instruction
    spans = sorted(_typed(episode))
    lone = [
        one for one in spans if not any(one != other and other[0] <= one[0] and one[1] <= other[1] for other in spans)
    ]
    if len({goal[start:end].casefold() for start, end in lone}) < max(2, len(lone)):
        return goal
    parts: list[tuple[int, int]] = []
    at = 0
    for start, end in lone:
        begins, ends = start, end
        if start > at and goal[start - 1] in words.MARKS and goal[end : end + 1] in words.MARKS:
            begins, ends = start - 1, end + 1
        leads = max(
            (goal.rfind(sign, at, begins) + len(sign) for sign in _PARTS if sign in goal[at:begins]), default=at
        )
        while leads < begins and goal[leads] == " ":
            leads += 1
        parts.append((leads, ends))
        at = ends
    said = [goal[start:end] for start, end in parts]
    draw.shuffle(said)
    found: list[str] = []
    at = 0
    for text, (start, end) in zip(said, parts, strict=True):
        found += [goal[at:start], text]
        at = end
    return "".join([*found, goal[at:]])


def _among(word: str, names: Collection[str]) -> bool:
    """Is it one of them, or of one stem with one?"""
    return word in names or any(akin(word, other) for other in names)


def _acted(episode: Episode) -> tuple[set[str], set[str]]:
    """Words of what was pressed and chosen; and of fields that something went into."""
    acted, fields = set[str](), set[str]()
    for step in episode.steps:
        for target in (step.action.target, step.action.to):
            if target is not None:
                said = words.name(target.name).strong
                fields |= said if step.action.op in ("type", "select") else frozenset()
                acted |= said
        if step.action.op == "select":
            acted |= words.name(step.action.text).strong
    return acted - fields, fields


def _typed(episode: Episode) -> list[tuple[int, int]]:
    """Where what was typed stands in the goal: all places."""
    goal, found = episode.instruction, list[tuple[int, int]]()
    for text in {step.action.text.strip() for step in episode.steps if step.action.text and not step.action.masked}:
        at = goal.casefold().find(text.casefold()) if text else -1
        while at >= 0:
            found.append((at, at + len(text)))
            at = goal.casefold().find(text.casefold(), at + 1)
    return found


def _capital(goal: str, split: Sequence[Word], at: int) -> bool:
    """So are names written; a word that begins a sentence may be any."""
    begins = not at or split[at - 1].folded in (".", "!", "?", ":", '"')
    return goal[split[at].start].isupper() and not begins
