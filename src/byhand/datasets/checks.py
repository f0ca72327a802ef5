"""Are the steps of an episode true to what was recorded? For what can't be done once more to see whether it works.

explained: every press, scroll and key that is kept belongs to exactly one step, and every step to input of its own.
values_equal: what a step says was typed, chosen or checked is what the page said it held, and holds in the end.

Rules of this module: it asks the events, not the reducer. A source that tells more than events has a checker of its own
in `CHECKERS`; the replay of an episode against a live page is another thing, and another verb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from byhand.datasets.formats import miniwob_check, miniwob_human
from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Action
from byhand.errors import Problem
from byhand.events.kinds import Button, Element, Key, Numbered, Scroll


class Checked(msgspec.Struct, frozen=True):
    """why_not: one sentence for each thing that is not right, without what was typed or shown."""

    episode: str
    explained: bool
    values_equal: bool
    why_not: tuple[str, ...]


Checker = Callable[[Demonstration], Checked]
_NEEDS_NONE = frozenset({"navigate", "wait", "hover", "tab", "window", "upload"})
_HOLDS = frozenset({"type", "select"})


def check(demonstrations: Iterator[Demonstration], source: str) -> Iterator[Checked]:
    """One answer for each episode. `source`: the manifest's."""
    checker = CHECKERS.get(source, by_events)
    return map(checker, demonstrations)


def by_events(one: Demonstration) -> Checked:
    """What any episode with its events can be asked."""
    actions = [step.action for step in one.episode.steps]
    if not len(one.events):
        return Checked(one.episode.id, False, False, ("its events are not kept",))
    unexplained = [*_shared(actions), *_loose(actions, one.events)]
    unequal = list(_unequal(actions, one.events))
    why = tuple(dict.fromkeys([*unexplained, *unequal]))
    return Checked(one.episode.id, not unexplained, not unequal, why)


def _shared(actions: Sequence[Action]) -> Iterator[str]:
    known: set[int] = set()
    for act in actions:
        if not known.isdisjoint(act.events):
            yield f"a {act.op} shares an event with a step before"
        known.update(act.events)


def _loose(actions: Sequence[Action], events: Sequence[Numbered]) -> Iterator[str]:
    """Input without a step, and steps without input."""
    owned = {seq for act in actions for seq in act.events}
    inputs: set[int] = set()
    for one in events:
        event = one.event
        if isinstance(event, Button | Scroll | Key):
            inputs.add(one.seq)
            quiet = isinstance(event, Key) and (event.cls == "modifier" or not event.down)
            if one.seq not in owned and not quiet:
                yield f"a {type(event).__name__.lower()} belongs to no step"
    for act in actions:
        if act.op not in _NEEDS_NONE and inputs.isdisjoint(act.events):
            yield f"a {act.op} has no input of its own"


def _unequal(actions: Sequence[Action], events: Sequence[Numbered]) -> Iterator[str]:
    """Fields whose last step says something else than the page did last."""
    held: dict[tuple[int, int, int], str] = {}
    for one in events:
        event = one.event
        if isinstance(event, Element) and event.node and event.why in {"input", "change"} and event.value:
            held[event.tab, event.frame, event.node] = event.value
    said: Mapping[tuple[int, int, int], Action] = {
        (act.tab, act.frame, act.target.node): act
        for act in actions
        if act.op in _HOLDS and act.target is not None and act.target.node and not act.masked
    }
    for field, act in said.items():
        if field in held and held[field] != act.text:
            yield f"a {act.op} says another text than the page"


def _miniwob(one: Demonstration) -> Checked:
    """Against the pages of the source, where its file is still there."""
    path = Path(one.source.rpartition(":")[0])
    found = next(miniwob_human.demos(path), None) if path.exists() else None
    if found is None or isinstance(found, Problem):
        return Checked(one.episode.id, False, False, ("the file it was imported from is not there",))
    said = miniwob_check.check(found, [step.action for step in one.episode.steps])
    return Checked(one.episode.id, said.explained, said.values_equal, said.why_not)


CHECKERS: dict[str, Checker] = {"miniwob-human": _miniwob}
