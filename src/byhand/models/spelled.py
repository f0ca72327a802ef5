"""Which texts may be learned sign by sign: those of several people, or of several episodes where there is one person.

A text that stands neither in the goal nor on the page can only be known by heart, and a model that knows it says it to
whoever asks. What one person typed once is theirs; what several typed, or one typed again and again, is how the task is
done. Of all others the field alone is learned, as of a text that was not kept.

Rules of this module: a text counts once for an episode, and once for a person where the datasets tell people apart.
Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from byhand.models.examples import Example
from byhand.models.labels import NONE, SPELLED

LEAST = 5
"""So many, where nothing else is said."""
RARE = "its text was typed too seldom to be spelled: the field alone is learned"


def often(learned: Sequence[Example], held: Sequence[Example], least: int, left: Counter[str]) -> list[Example]:
    """What is learned from, without the texts that fewer than `least` typed.

    Args:
        learned: what is learned from.
        held: what is held back: it has the same people, and counts for who there is, but not as one who typed a text.
        least: so many people, or episodes where there are not as many people.
        left: how many acts something was left out of, by reason; added to.
    """
    people = {one.person for one in (*learned, *held) if one.person}
    by_people = len(people) >= least
    typed: defaultdict[tuple[int, ...], set[str]] = defaultdict(set)
    for one in learned:
        if one.label.source == SPELLED:
            typed[one.label.signs].add(one.person if by_people and one.person else one.episode)
    found: list[Example] = []
    for one in learned:
        if one.label.source == SPELLED and len(typed[one.label.signs]) < least:
            left[RARE] += 1
            found.append(one._replace(label=one.label._replace(source=NONE, signs=(), known=False)))
        else:
            found.append(one)
    return found
