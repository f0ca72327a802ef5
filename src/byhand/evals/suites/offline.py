"""Would it have done what the person did? On episodes that a dataset keeps for tests, act by act.

Rules of this module: an act is right if the kind, the element and all else that was asked for are. There may be more
than one right act, and only the person's counts: the figures are a floor. Episodes held for tests share no task's words
with those that were learned from, and no person where there are several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import msgspec

from byhand.datasets.store import Dataset
from byhand.evals.figure import wilson
from byhand.models.decision import OPS, Decides
from byhand.models.examples import examples
from byhand.models.history import place
from byhand.models.right import same


class Share(msgspec.Struct, frozen=True):
    """hits of n, with the share's 95 % interval (Wilson)."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0


class Offline(msgspec.Struct, frozen=True):
    """op: the kind of act is right. element: its element too, where it has one. right: all of it. episode: all acts of
    an episode. by_op, by_app: `right` of each. left: acts no question was made of, by reason. none: answers that were
    no act, by reason; each of them is wrong.
    """

    op: Share
    element: Share
    right: Share
    episode: Share
    by_op: dict[str, Share]
    by_app: dict[str, Share]
    left: dict[str, int]
    none: dict[str, int] = {}


def measure(decider: Decides, datasets: Iterable[Dataset], knows: Callable[[str], bool] = lambda _: False) -> Offline:
    """Ask it about each act of the episodes held for tests.

    Args:
        decider: who is asked.
        datasets: whose episodes.
        knows: whether it learned from an episode: then it is not asked.
    """
    left: Counter[str] = Counter()
    every = (
        example
        for one in datasets
        for example in examples((each for each in one.demonstrations("test") if not knows(each.episode.id)), left)
    )
    asked = [(example, decider.decide(example.look)) for example in every]
    right = [same(example, decided) for example, decided in asked]
    episodes: dict[str, bool] = {}
    by_op: defaultdict[str, list[bool]] = defaultdict(list)
    by_app: defaultdict[str, list[bool]] = defaultdict(list)
    for (example, _), hit in zip(asked, right, strict=True):
        episodes[example.episode] = episodes.get(example.episode, True) and hit
        by_op[OPS[example.label.op]].append(hit)
        by_app[example.app].append(hit)
    kinds = [not decided.why and decided.op == OPS[example.label.op] for example, decided in asked]
    on = [
        kind and place(example.look.seen, decided.node) == example.label.element
        for (example, decided), kind in zip(asked, kinds, strict=True)
        if example.label.element >= 0
    ]
    return Offline(
        share(kinds), share(on), share(right), share(episodes.values()),
        {name: share(hits) for name, hits in sorted(by_op.items())},
        {name: share(hits) for name, hits in sorted(by_app.items())}, dict(left),
        dict(Counter(decided.why for _, decided in asked if decided.why)),
    )  # fmt: skip


def share(hits: Iterable[bool]) -> Share:
    those = list(hits)
    low, high = wilson(sum(those), len(those))
    return Share(sum(those), len(those), round(low, 4), round(high, 4))
