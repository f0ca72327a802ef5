"""Episodes of a dataset become examples: what was there, what was asked for, and what the person did next.

Rules of this module: what no example can be made of is counted by its reason, never guessed. A task of which somebody
said that it failed shows what not to do, and nothing is learned of it. After the last act of an episode that was done,
the task is done: that is an example too, where what was there then was kept before the episode ended. What comes later
is of the next task, and would teach that a page without a word of the goal is one that is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import msgspec

from byhand.datasets.formats.port import Demonstration, Picture
from byhand.episodes.types import Action, Episode, Observation, Step
from byhand.events.kinds import Snapshot
from byhand.models.decision import OPS, Did, Look
from byhand.models.history import by_person, place
from byhand.models.labels import DONE, Label, in_goal, label, pastes, text_of

NO_LIST = "no list of its page was kept before it"
NO_END = "that it was done then: nothing was kept of the page between its last act and the next task"
FAILED = "its task was told to have failed"
NEEDLESS = "it scrolled, though what was done next could be seen before"
COPIED = "it copied what stands in the goal, which a model has"


def _none() -> None:
    return None


class Example(NamedTuple):
    """episode, task, app: what it came from, for figures by task and for weights. weight: corrections count more.
    person: whose it is, a pseudonym; "" where the dataset does not say. picture: reads the newest picture of the screen
    before the act, as the guard left it; None where there is none.
    """

    look: Look
    label: Label
    episode: str
    task: str
    app: str
    weight: float = 1.0
    person: str = ""
    picture: Callable[[], Picture | None] = _none


def examples(
    demonstrations: Iterable[Demonstration], left: Counter[str], *, corrections: float = 1.0, searching: bool = False
) -> Iterator[Example]:
    """Of all episodes, in order.

    Args:
        demonstrations: with their sights.
        left: how many acts no example was made of, by reason; added to.
        corrections: weight of an act that corrects a model, or recovers from an error.
        searching: a person turns the wheel until what they look for is there; that is one scroll, and no page amid it
            is in a recording. So the page before it stands for these too: it was scrolled, and had to be scrolled on.
    """
    for one in demonstrations:
        yield from _of(one.episode, one.sights, left, corrections, searching=searching)


def _of(
    episode: Episode, sights: Mapping[int, object], left: Counter[str], corrections: float, *, searching: bool
) -> Iterator[Example]:
    if episode.outcome == "failed":
        left[FAILED] += len(episode.steps)
        return
    did: list[Did] = [told for act in episode.prior if (told := by_person(act, None)) is not None]
    app = next((step.action.origin or step.action.app for step in episode.steps), "")
    copies = any(pastes(step.action) and in_goal(episode.instruction, step.action.text) for step in episode.steps)
    for number, step in enumerate(episode.steps):
        if copies and step.action.op == "hotkey" and step.action.keys[-1:] in (("c",), ("x",)):
            left[COPIED] += 1
            continue
        seen = list_before(step, sights)
        told = by_person(step.action, seen)
        sought = False
        if seen is not None and told is not None and told.op == "scroll":
            then = next((one.action for one in episode.steps[number + 1 :] if one.action.op != "scroll"), None)
            if then is not None and _was_there(then, step.action, seen):
                left[NEEDLESS] += 1
                continue
            sought = then is not None and then.target is not None and place(seen, then.target.node) < 0
        if seen is None:
            left[NO_LIST] += 1
        elif "redundant" in step.tags or "error" in step.tags:
            left["it was an error, or taken back"] += 1
        else:
            made = label(step.action, seen, episode.instruction)
            if isinstance(made, str):
                left[made] += 1
            else:
                weight = corrections if {"correction", "recovery"} & set(step.tags) else 1.0
                look = Look(episode.instruction, seen, tuple(did))
                pictured = partial(_picture, step.before, sights)
                one = Example(look, made, episode.id, episode.instruction, app, weight, episode.person, pictured)
                yield one
                if searching and sought and told is not None and not (did and did[-1].op == "scroll"):
                    yield one._replace(look=Look(episode.instruction, seen, (*did, told)))
                if told is not None and told.op == OPS[made.op] == "click":
                    at = made.element
                    told = Did("click", seen.nodes[at], seen.roles[at], seen.names[at])
                if told is not None and told.op in ("select", "key") and OPS[made.op] == "type":
                    picked = text_of(episode.instruction, made.start, made.end)
                    told = Did("type", told.node, told.role, told.name, picked)
        if told is not None:
            did.append(told)
    if episode.outcome == "done" and episode.steps:
        last = [one for one in episode.steps[-1].after if one.seq <= episode.last]
        after = list_after(msgspec.structs.replace(episode.steps[-1], after=tuple(last)), sights)
        if after is None:
            left[NO_END] += 1
        else:
            ended = Look(episode.instruction, after, tuple(did))
            pictured = partial(_picture, last, sights)
            yield Example(ended, DONE, episode.id, episode.instruction, app, 1.0, episode.person, pictured)


def _was_there(then: Action, scroll: Action, seen: Snapshot) -> bool:
    """Was the middle of what was acted on next in sight before the scroll?"""
    at = place(seen, then.target.node if then.target is not None else 0)
    area = scroll.target.area if scroll.target is not None else ()
    if at < 0 or len(area) != 4 or len(seen.places) < 4 * at + 4:
        return False
    y, h = seen.places[4 * at + 1], seen.places[4 * at + 3]
    return area[1] <= y + h / 2 <= area[1] + area[3]


def list_before(step: Step, sights: Mapping[int, object]) -> Snapshot | None:
    """The newest list of the act's own page before it."""
    return _newest(step, [one.seq for one in step.before if one.kind == "snapshot"], sights)


def list_after(step: Step, sights: Mapping[int, object]) -> Snapshot | None:
    return _newest(step, [one.seq for one in step.after if one.kind == "snapshot"], sights)


def _picture(seen: Iterable[Observation], sights: Mapping[int, object]) -> Picture | None:
    for seq in sorted((one.seq for one in seen if one.kind == "frame"), reverse=True):
        sight = sights.get(seq)
        if isinstance(sight, Picture):
            return sight
    return None


def _newest(step: Step, seqs: Iterable[int], sights: Mapping[int, object]) -> Snapshot | None:
    action = step.action
    for seq in sorted(seqs, reverse=True):
        sight = sights.get(seq)
        if isinstance(sight, Snapshot) and action.tab in (0, sight.tab) and action.frame in (0, sight.frame):
            return sight
    return None
