"""What one demonstration does again and again, told from how all of them do it. Pure.

A repeat begins with the same act each time; what follows until the next beginning is alike, but need not be equal. It
is a loop where the demonstrations differ in how often, where there are three times, or where each time is another row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.naming import leads_on

_ALIKE = 0.5
_DEEPEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """Acts done so many times. each: one row of acts for each time."""

    each: tuple[tuple[Part, ...], ...] = field(repr=False)
    key: tuple[str, ...] = ()


Part = Did | Again


def repeated(demos: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """Each demonstration with its repeats as one part, the innermost first."""
    found = [list(demo) for demo in demos]
    for _ in range(_DEEPEST):
        best = _best(found)
        if best is None:
            break
        found = [_collapsed(demo, best) for demo in found]
    return found


@dataclass(frozen=True, slots=True)
class _Pattern:
    """begins: key of the first act. keys: of all that was seen in one time."""

    begins: tuple[str, ...]
    keys: frozenset[tuple[str, ...]]
    body: tuple[tuple[str, ...], ...]
    covers: int


def _best(demos: Sequence[Sequence[Part]]) -> _Pattern | None:
    """The loop that is surest: the shortest body that covers the most."""
    found: list[_Pattern] = []
    for demo in demos:
        keys = [part.key for part in demo]
        for at, key in enumerate(keys):
            times = _times(keys, at)
            if len(times) < 2 or (at and _begins_before(keys, at, times)):
                continue
            bodies = [tuple(keys[a:b]) for a, b in times]
            pattern = _Pattern(key, frozenset(one for body in bodies for one in body), max(bodies, key=len),
                               times[-1][1] - at)  # fmt: skip
            if _loops(demos, pattern):
                found.append(pattern)
    whole = [one for one in found if not any(_better(other, one) for other in found)]
    return min(whole, key=lambda one: (len(one.body), -one.covers), default=None)


def _better(one: _Pattern, other: _Pattern) -> bool:
    """Is the other only a part of it, or the same begun in its middle?"""
    if not one.keys >= other.keys or len(set(one.body)) < len(one.body) or one.covers <= other.covers:
        return False
    return not any(_turns(key) for key in one.keys - other.keys)


def _turns(key: tuple[str, ...]) -> bool:
    """Is it the way to the next page? Then it's around a loop, and in none."""
    return len(key) > 2 and leads_on(key[2])


def _begins_before(keys: Sequence[tuple[str, ...]], at: int, times: Sequence[tuple[int, int]]) -> bool:
    """Would the same loop begin with the act before, too? Then it is told from there."""
    earlier = _times(keys, at - 1)
    return len(earlier) >= len(times) and keys[at - 1] in keys[at : times[-1][1]]


def _times(keys: Sequence[tuple[str, ...]], at: int) -> list[tuple[int, int]]:
    """From where to where each time goes, if it is done again from there."""
    begins = [place for place in range(at, len(keys)) if keys[place] == keys[at]]
    first = next((place for place in range(at + 1, len(keys)) if _turns(keys[place])), len(keys))
    if len(begins) > 1 and begins[1] < first:  # more than once before the page is turned: that is another loop
        begins = [place for place in begins if place < first]
        keys = keys[:first]
    found: list[tuple[int, int]] = []
    for here, then in pairwise(begins):
        body = tuple(keys[here:then])
        if found and alike(body, tuple(keys[found[-1][0] : found[-1][1]])) < _ALIKE:
            break
        found.append((here, then))
    if not found:
        return []
    begin = found[-1][1]
    known = set[tuple[str, ...]]().union(*(keys[a:b] for a, b in found))
    longest = max(b - a for a, b in found)
    end = begin + 1
    while end < len(keys) and end - begin < longest and keys[end] in known and keys[end] != keys[begin]:
        end += 1
    last = tuple(keys[begin:end])
    if len(found) == 1 and longest > 1 and alike(last, tuple(keys[found[0][0] : found[0][1]])) < _ALIKE:
        return []
    return [*found, (begin, end)]


def alike(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How much of the longer one they have in common, in order: 0 to 1."""
    return _common(one, other) / max(len(one), len(other))


@lru_cache(4096)
def _common(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> int:
    """How many acts they have in common, in order."""
    row = [0] * (len(other) + 1)
    for mine in one:
        before = 0
        for place, theirs in enumerate(other, 1):
            above = row[place]
            row[place] = before + 1 if mine == theirs else max(above, row[place - 1])
            before = above
    return row[-1]


def _loops(demos: Sequence[Sequence[Part]], pattern: _Pattern) -> bool:
    """Is it a loop, and not a thing that is done twice?"""
    runs = [_runs(demo, pattern) for demo in demos]
    counts = [tuple(len(run) for run in one) for one in runs]
    times = [[part for a, _ in run for part in demo[a : a + 1]] for demo, one in zip(demos, runs, strict=True)
             for run in one]  # fmt: skip
    if not any(count > 1 for one in counts for count in one):
        return False
    differ = len({count for one in counts for count in one}) > 1 or any(not one for one in counts)
    if len(demos) > 1 and differ:
        return True
    many = all(max(one, default=0) >= 3 for one in counts)
    return len(demos) > 1 and (many or any(_rows(run) for run in times if len(run) > 1) or any(
        isinstance(part, Again) for run in times for part in run
    ))  # fmt: skip


def _rows(parts: Sequence[Part]) -> bool:
    """Is each time another row?"""
    rows = [part.thing.row.words for part in parts
            if isinstance(part, Did) and part.thing is not None and part.thing.row is not None]  # fmt: skip
    return len(rows) == len(parts) and len(set(rows)) == len(rows)


def _runs(demo: Sequence[Part], pattern: _Pattern) -> list[list[tuple[int, int]]]:
    """Where it is done in a demonstration, once or more: the times of each run."""
    found: list[list[tuple[int, int]]] = []
    keys = [part.key for part in demo]
    at = 0
    while at < len(keys):
        if keys[at] != pattern.begins:
            at += 1
            continue
        run: list[tuple[int, int]] = []
        while at < len(keys) and keys[at] == pattern.begins:
            end = at + 1
            while (
                end < len(keys)
                and end - at < len(pattern.body)
                and keys[end] in pattern.keys
                and (keys[end] != pattern.begins)
            ):
                end += 1
            if alike(tuple(keys[at:end]), pattern.body) < _ALIKE:
                break
            run.append((at, end))
            at = end
        if run:
            found.append(run)
        else:
            at += 1
    return found


def _collapsed(demo: Sequence[Part], pattern: _Pattern) -> list[Part]:
    found: list[Part] = []
    at = 0
    for run in _runs(demo, pattern):
        found += demo[at : run[0][0]]
        found.append(
            Again(tuple(tuple(demo[a:b]) for a, b in run), ("again", *(word for key in pattern.body for word in key)))
        )
        at = run[-1][1]
    return [*found, *demo[at:]]
