"""Which texts may be learned sign by sign: those of several people, and what is too short to be a secret.

A text that stands neither in the goal nor on the page can only be known by heart, and a model that knows it says it to
whoever asks. What one person typed is theirs, however often; what several typed is how the task is done. Three signs
hold no PIN and no name worth asking for: of these, what was typed again and again is learned of one person, too. Of all
others the field alone is learned, as of a text that was not kept.

Rules of this module: a text counts once for an episode, and once for a person where the datasets tell people apart.
Where they do not, all are one person. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from byhand.models.examples import Example
from byhand.models.labels import NONE, SPELLED

LEAST = 5
"""So many, where nothing else is said."""
SHORT = 3
"""Signs of a text that one person alone may have typed."""
RARE = "too few people typed its text to learn it by heart: the field alone is learned (--spelled 1 learns all)"


def often(learned: Sequence[Example], held: Sequence[Example], least: int, left: Counter[str]) -> list[Example]:
    """What is learned from, without the texts that fewer than `least` typed.

    Args:
        learned: what is learned from.
        held: what is held back: it has the same people, and counts for who there is, but not as one who typed a text.
        least: so many people; where there are not as many, so many episodes of two people, or of one if it is `SHORT`.
            1 learns all.
        left: how many acts something was left out of, by reason; added to.
    """
    people = {one.person for one in (*learned, *held) if one.person}
    by_people = len(people) >= least
    typed: defaultdict[tuple[int, ...], set[str]] = defaultdict(set)
    typists: defaultdict[tuple[int, ...], set[str]] = defaultdict(set)
    for one in learned:
        if one.label.source == SPELLED:
            typed[one.label.signs].add(one.person if by_people and one.person else one.episode)
            typists[one.label.signs].add(one.person)

    def may(signs: tuple[int, ...]) -> bool:
        short = len(signs) - 1 <= SHORT  # the last one is their end
        return least <= 1 or (len(typed[signs]) >= least and (short or len(typists[signs]) > 1))

    found: list[Example] = []
    for one in learned:
        if one.label.source == SPELLED and not may(one.label.signs):
            left[RARE] += 1
            found.append(one._replace(label=one.label._replace(source=NONE, signs=(), known=False)))
        else:
            found.append(one)
    return found
