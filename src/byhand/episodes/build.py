"""From a recording to episodes: the steps of one task each, with what they are for and how it went. Pure.

    marks       what the person called a task, from its begin to its end
    else        a rest of more than a minute; another program or site after a shorter one; the same beginning once more

Rules of this module: nothing is left out of a task that the person marked. What lies outside of all marks is cut by
itself; but a page that stood there before the first mark is where the task begins and not a task of its own. An id
derives from recording and place, so that it is the same in every build.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from byhand.episodes.near import placed
from byhand.episodes.reduce import reduced
from byhand.episodes.rolled import rolled
from byhand.episodes.seeing import Sights
from byhand.episodes.seen import E, Placed, Seen, look
from byhand.episodes.tagging import skills, tagged
from byhand.episodes.types import REDUCER, Action, Episode, Observation, Step
from byhand.episodes.words import Template, Writer
from byhand.errors import Problem
from byhand.events.kinds import Mark, Monitor, Numbered
from byhand.events.time import MS

IDLE_NS = 60_000 * MS
_TURN_NS = 10_000 * MS
_LEAST_REPEATED = 3
Outcome = Literal["done", "failed", "partly", "unknown"]
_ARRIVING = frozenset({"navigate", "tab", "window", "wait"})
_OUTCOMES: dict[str, Outcome] = {"done": "done", "failed": "failed", "partly": "partly"}


class Built(NamedTuple):
    """Episodes in the order in which they began."""

    episodes: tuple[Episode, ...]
    problems: tuple[Problem, ...]


class _Task(NamedTuple):
    """A marked one. first, last: places of its marks."""

    first: int
    last: int
    words: str
    outcome: Outcome


def build(
    recording: str, events: Iterable[Numbered], monitors: Sequence[Monitor] = (), *, writer: Writer | None = None,
    person: str = "", grant: str = "", guard: str = "", by: Literal["person", "source"] = "person",
) -> Built:  # fmt: skip
    """The episodes of one recording.

    Args:
        recording: its id.
        events: all of its events.
        monitors: as its header tells them.
        writer: puts into words what an episode is for, where the person did not; `words.Template` if none is given.
        person: pseudonym of who did it.
        grant: pseudonym of what it was recorded under.
        guard: version of what it was cleaned by.
        by: whose words the marks hold.
    """
    seen = look(events, monitors)
    actions, problems = reduced(seen)
    sights = Sights(seen)
    wording = writer or Template()
    found: list[Episode] = []
    parts = list(_parts(seen, actions))
    for number, (acts, task, cut) in enumerate(parts):
        until = parts[number + 1][0][0].first if number + 1 < len(parts) else seen.last
        steps = _steps(acts, sights, seen, until)
        words = task.words if task else ""
        said = "" if words else wording.instruction(steps)
        first = task.first if task else min(act.first for act in acts)
        last = task.last if task else max(act.last for act in acts)
        found.append(
            Episode(
                id=_id(recording, first), recording=recording,
                instruction=words or said or Template().instruction(steps),
                by=by if words else "model" if said and wording.by != "template" else "template",
                outcome=task.outcome if task else "unknown", steps=steps, first=first, last=last,
                start_ns=acts[0].start_ns, end_ns=max(act.end_ns for act in acts), cut=cut, skills=skills(steps),
                gaps=_gaps(seen, first, last), person=person, grant=grant, guard=guard, reducer=REDUCER,
            )
        )  # fmt: skip
    return Built(tuple(found), problems)


def _id(recording: str, first: int) -> str:
    return hashlib.sha256(f"{recording}/{first}".encode()).hexdigest()[:16]


def _steps(acts: Sequence[Action], sights: Sights, seen: Seen, until: int) -> tuple[Step, ...]:
    end_ns = seen.events[-1].event.mono_ns + 1
    steps = [
        Step(
            _placed(act, before, seen), before,
            sights.after(act, sights.begins(acts[place + 1]) if place + 1 < len(acts) else end_ns),
        )
        for place, (act, before) in enumerate((act, sights.before(act)) for act in acts)
    ]  # fmt: skip
    elements = seen.elements
    opened = [elements[at] for at in range(*_within(elements, acts[0].first, until)) if elements[at][1].why == "open"]
    return tagged(steps, opened)


def _placed(act: Action, before: Sequence[Observation], seen: Seen) -> Action:
    """With what its targets lie in or beside, and what a scroll was over, as the lists before it say."""
    if act.target is None and act.to is None and act.op != "scroll":
        return act
    page = _seen(seen.snapshots, before, "snapshot")
    window = _seen(seen.wireframes, before, "wireframe")
    target = act.target
    if act.op == "scroll" and target is None:
        target = rolled(act, page if page is not None and page.mono_ns >= _raised(seen, act) else None, window)
    target = placed(target, page, window) if target else None
    to = placed(act.to, page, window) if act.to else None
    return act if target is act.target and to is act.to else replace(act, target=target, to=to)


def _seen(listed: Sequence[Placed[E]], before: Sequence[Observation], kind: str) -> E | None:
    seq = next((one.seq for one in before if one.kind == kind), None)
    return None if seq is None else listed[bisect_left(listed, seq, key=lambda one: one[0])][1]


def _raised(seen: Seen, act: Action) -> int:
    """When the window came to the front that was there then: what was seen before that may lie behind it."""
    place = bisect_left(seen.windows, act.first, key=lambda one: one[0])
    return next((one.mono_ns for _, one in map(seen.windows.__getitem__, range(place - 1, -1, -1))
                 if one.change == "focus"), 0)  # fmt: skip


def _gaps(seen: Seen, first: int, last: int) -> tuple[int, ...]:
    marks = (seen.marks[at][1] for at in range(*_within(seen.marks, first, last)))
    return tuple(mark.span_ms for mark in marks if mark.what == "gap")


def _within(placed: Sequence[Placed[Any]], first: int, last: int) -> tuple[int, int]:
    """Where those begin that lie between two places, and where they end."""
    return bisect_left(placed, first, key=lambda one: one[0]), bisect_right(placed, last, key=lambda one: one[0])


# ---- cutting


def _parts(seen: Seen, acts: Sequence[Action]) -> Iterator[tuple[list[Action], _Task | None, str]]:
    """Actions of each episode, its task if it is a marked one, and what it was cut by."""
    tasks = _tasks(seen)
    loose: list[Action] = []
    at = 0
    for act in acts:
        while at < len(tasks) and act.first > tasks[at].last:
            at += 1
        if at < len(tasks) and act.first >= tasks[at].first:
            continue
        loose.append(act)
    firsts = [act.first for act in acts]
    found: list[tuple[list[Action], _Task | None, str]] = [
        (_between(acts, firsts, task), task, "marks") for task in tasks
    ]
    found += [(part, None, cut) for part, cut in _cut(loose, tasks) if not _arrives(part, tasks)]
    yield from sorted((one for one in found if one[0]), key=lambda one: one[0][0].first)


def _arrives(part: Sequence[Action], tasks: Sequence[_Task]) -> bool:
    """Only how the desktop came to stand there, before the first mark? The task's first step has seen it."""
    return bool(tasks) and all(act.op in _ARRIVING and act.first < tasks[0].first for act in part)


def _between(acts: Sequence[Action], firsts: Sequence[int], task: _Task) -> list[Action]:
    return list(acts[bisect_left(firsts, task.first) : bisect_right(firsts, task.last)])


def _tasks(seen: Seen) -> list[_Task]:
    """One that never ended goes on to the next one, or to the end."""
    found: list[_Task] = []
    begun: tuple[int, Mark] | None = None
    for seq, mark in seen.marks:
        if mark.what == "task_begin":
            if begun:
                found.append(_Task(begun[0], seq - 1, begun[1].text, "unknown"))
            begun = seq, mark
        elif mark.what == "task_end" and begun:
            found.append(_Task(begun[0], seq, begun[1].text or mark.text, _OUTCOMES.get(mark.reason, "unknown")))
            begun = None
    if begun:
        found.append(_Task(begun[0], seen.last, begun[1].text, "unknown"))
    return found


def _cut(acts: Sequence[Action], tasks: Sequence[_Task]) -> Iterator[tuple[list[Action], str]]:
    """What was not marked, in parts, each with what it began by."""
    part: list[Action] = []
    began_by = "start"
    at = 0
    for place, act in enumerate(acts):
        passed = at
        while at < len(tasks) and tasks[at].last < act.first:
            at += 1
        why = _why(part, act, acts[place + 1] if place + 1 < len(acts) else None) if part else ""
        if part and (why or at > passed):
            yield part, began_by
            part, began_by = [], why or "marks"
        part.append(act)
    if part:
        yield part, began_by


def _why(part: Sequence[Action], act: Action, after: Action | None) -> str:
    """Why another episode begins with this action, or ""."""
    last = part[-1]
    rest = act.start_ns - last.end_ns
    if rest > IDLE_NS:
        return "idle"
    if rest > _TURN_NS and ((act.app and last.app and act.app != last.app) or (act.origin != last.origin)):
        return "place"
    if len(part) < _LEAST_REPEATED or after is None or abstract(act) != abstract(part[0]):
        return ""
    return "repeated" if abstract(after) == abstract(part[1]) != abstract(act) else ""


def abstract(act: Action) -> tuple[str, ...]:
    """What is the same when a thing is done anew: not what was typed, not where on the screen."""
    found = act.target
    named = (found.role, found.name, found.selectors[0] if found.selectors and not found.name else "") if found else ()
    return (act.op, *named, *act.keys, act.origin, act.page if act.origin else act.app)
