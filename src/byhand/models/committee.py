"""Several networks decide together: each is asked about the same page, and what most of them are sure of is done.

Networks that learned from few demonstrations, and differ in nothing but their seed, are wrong in different places: what
one of them guesses the others do not, and what the demonstrations show all of them say. It takes as many times as long
as they are, but for what a page is told in, which is worked out once.

Rules of this module: an act counts for as much as all of them together are sure of it. Who gives no act counts for
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from byhand.models.batches import asked
from byhand.models.deciding import UNSURE, Deciding
from byhand.models.decision import Decision, Look
from byhand.models.features import features


class Committee:
    """Satisfies `decision.Decides`.

    Args:
        members: all of one observer.
        name: of all of them.
    """

    def __init__(self, members: Sequence[Deciding], name: str) -> None:
        self.members = tuple(members)
        self.name, self.observer = name, members[0].observer

    def decide(self, look: Look) -> Decision:
        if not look.seen.nodes:
            return UNSURE
        one = asked([features(look)])
        sure: defaultdict[tuple[object, ...], float] = defaultdict(float)
        surest: dict[tuple[object, ...], Decision] = {}
        for member in self.members:
            given = member.told(look, one)
            own: dict[tuple[object, ...], Decision] = {}
            for each in (replace(given, other=()), *given.other):
                act = _act(each)
                if act not in own or own[act].sure < each.sure:
                    own[act] = each
            for act, each in own.items():
                sure[act] += each.sure / len(self.members)
                if act not in surest or surest[act].sure < each.sure:
                    surest[act] = each
        ranked = sorted(sure, key=lambda act: -sure[act])
        first, *others = (replace(surest[act], sure=min(1.0, sure[act]), other=()) for act in ranked)
        return replace(first, other=tuple(others)) if first.sure else replace(UNSURE, other=(first, *others))


def _act(one: Decision) -> tuple[object, ...]:
    """What two decisions agree in. Which part of what scrolls the pointer is over says little."""
    if one.op == "scroll":
        return one.op, one.dy > 0
    return one.op, one.node, one.to, one.text, one.keys
