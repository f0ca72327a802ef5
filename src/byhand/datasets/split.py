"""Which episodes are for training, which for validation and test, and which are the same. Pure.

Rules of this module: no task's words and, where there are several people, no person is in two splits. The result
depends on the episodes alone, never on their order or on chance.

Tasks and people are first joined to groups that share nothing; groups are then dealt out. Where everybody did the same
tasks there is but one group: then people and tasks are dealt out each by themselves, an episode stays where both agree,
and the others are set `aside`.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from byhand.datasets.manifest import SplitName
from byhand.episodes.types import Action, Episode, Target
from byhand.events.kinds import Snapshot

SHARES: tuple[tuple[SplitName, float], ...] = (("train", 0.8), ("validation", 0.1), ("test", 0.1))
_ENOUGH = 3


class Item(msgspec.Struct, frozen=True):
    """What is known of an episode to place it."""

    episode: str
    person: str
    task: str
    same: str


def task_of(episode: Episode) -> str:
    """What two episodes of one task have in common; an episode without words is a task of its own."""
    words = " ".join(episode.instruction.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:24] if words else episode.id


def same_as(episode: Episode, sights: Mapping[int, object]) -> str:
    """Equal for two episodes of the same steps: same acts at the same places with the same words, done to pages that
    said the same. Times don't count.

    Args:
        episode: one.
        sights: what it could see, by place. Two tasks may ask for the very same acts, and only what was there differs.
    """
    said = [
        episode.instruction, [[_told(step.action), [_said(sights.get(one.seq)) for one in step.before]]
                              for step in episode.steps],
    ]  # fmt: skip
    return hashlib.sha256(msgspec.msgpack.encode(said)).hexdigest()


def _said(sight: object) -> list[object]:
    """Numbers of elements are another page's each time; pictures of one page differ by a pixel."""
    return [sight.roles, sight.names, sight.states] if isinstance(sight, Snapshot) else []


def _told(action: Action) -> list[object]:
    return [
        action.op, _named(action.target), _named(action.to), action.x, action.y, action.to_x, action.to_y,
        action.dx, action.dy, action.text, action.masked, action.keys, action.times, action.app, action.origin,
        action.page,
    ]  # fmt: skip


def _named(target: Target | None) -> list[object]:
    return [] if target is None else [target.role, target.name, target.aria, target.tag, target.selectors]


def firsts(items: Iterable[Item]) -> list[Item]:
    """Without those that are the same as one before."""
    known: dict[str, Item] = {}
    for item in items:
        known.setdefault(item.same, item)
    return list(known.values())


def by(items: Sequence[Item]) -> tuple[str, ...]:
    """What no two splits share."""
    return ("person", "task") if len({item.person for item in items}) > 1 else ("task",)


def split(items: Sequence[Item]) -> dict[str, SplitName]:
    """Episode -> split."""
    several = "person" in by(items)
    group = _groups(items, several=several)
    placed = _deal(Counter(group[item.episode] for item in items))
    if several and len(set(group.values())) < _ENOUGH:
        people = _deal(Counter(item.person for item in items))
        tasks = _deal(Counter(item.task for item in items))
        if len(people) > 1 and len(tasks) > 1:
            return {
                item.episode: people[item.person] if people[item.person] == tasks[item.task] else "aside"
                for item in items
            }
    return {item.episode: placed[group[item.episode]] for item in items}


def _groups(items: Sequence[Item], *, several: bool) -> dict[str, str]:
    """Episode -> the group it shares a task or a person with."""
    leads: dict[str, str] = {}

    def lead(name: str) -> str:
        leads.setdefault(name, name)
        while leads[name] != name:
            leads[name] = leads[leads[name]]
            name = leads[name]
        return name

    for item in items:
        if several:
            one, other = sorted((lead(f"task {item.task}"), lead(f"person {item.person}")))
            leads[other] = one
    return {item.episode: lead(f"task {item.task}") for item in items}


def _deal(sizes: Mapping[str, int]) -> dict[str, SplitName]:
    """Group -> split. The two smallest are for test and validation, the others go where most is missing."""
    order = sorted(sizes, key=lambda name: (-sizes[name], hashlib.sha256(name.encode()).digest()))
    placed: dict[str, SplitName] = {}
    held: dict[SplitName, int] = defaultdict(int)
    if len(order) > 1:
        placed[order.pop()] = "test"
    if len(order) > 1:
        placed[order.pop()] = "validation"
    for name, where in placed.items():
        held[where] += sizes[name]
    total = sum(sizes.values())
    for name in order:
        where = max(SHARES, key=lambda share: share[1] * total - held[share[0]])[0]
        placed[name] = where
        held[where] += sizes[name]
    return placed
