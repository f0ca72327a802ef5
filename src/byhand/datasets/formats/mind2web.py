"""Mind2Web: tasks on pages with the page's HTML before each act, as its train files say it. Both ways.

A file is a list of tasks. An element is known by `backend_node_id`: an attribute in `cleaned_html`, a field of its
candidate. Sources: OSU-NLP-Group/Mind2Web, `src/data_utils/dom_utils.py`; the data card of osunlp/Mind2Web.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from byhand.datasets.formats.chat_rows import told
from byhand.datasets.formats.port import Demonstration, Format, Imported, Markup, Sight
from byhand.datasets.formats.reading import at, document, files, items, parsed, records
from byhand.datasets.formats.writing import Json, encoded
from byhand.episodes.types import Action, Episode, Observation, Op, Step, Target
from byhand.errors import Problem
from byhand.events.kinds import Snapshot

_OPS: dict[str, str] = {
    "click": "CLICK", "double_click": "CLICK", "check": "CLICK", "uncheck": "CLICK", "hover": "CLICK", "type": "TYPE",
    "select": "SELECT",
}  # fmt: skip
_ORIGINAL: dict[str, Op] = {"HOVER": "hover", "CLICK": "click", "TYPE": "type", "SELECT": "select", "ENTER": "key"}
_REPR = re.compile(r"\[(?P<role>[^\]]*)\]\s*(?P<name>.*?)\s*->", re.DOTALL)


class _Operation(msgspec.Struct):
    op: str
    original_op: str = ""
    value: str = ""


class _Candidate(msgspec.Struct):
    backend_node_id: str | int = ""
    tag: str = ""
    attributes: str = "{}"


class _Act(msgspec.Struct):
    operation: _Operation
    pos_candidates: list[_Candidate] = msgspec.field(default_factory=list[_Candidate])
    cleaned_html: str = ""
    raw_html: str = ""


class _Task(msgspec.Struct):
    annotation_id: str
    confirmed_task: str
    actions: list[_Act]
    website: str = ""
    action_reprs: list[str] = msgspec.field(default_factory=list[str])


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    """One file: a list, a task a line."""
    with (out / "mind2web.json").open("wb") as file:
        file.write(b"[")
        before = b"\n"
        for demonstration in demonstrations:
            lost: Counter[str] = Counter()
            task = _task(demonstration, lost)
            if task is not None:
                file.write(before + encoded(task))
                before = b",\n"
            yield from told(demonstration, lost)
            if task is None:
                yield Problem(demonstration.episode.id, "left out: nothing in it was done on a page")
        file.write(b"\n]\n")


def _task(demonstration: Demonstration, lost: Counter[str]) -> Json:
    episode, acts, reprs = demonstration.episode, list[Json](), list[Json]()
    for number, step in enumerate(episode.steps):
        action = step.action
        if action.op not in _OPS or action.target is None or action.target.source != "browser":
            lost["it knows presses, typing and choices on a page"] += 1
            continue
        if _OPS[action.op] != "CLICK" and not action.text:
            lost["what was typed or chosen is not kept"] += 1
            continue
        page = _page(demonstration, step)
        target = action.target
        value = action.text if _OPS[action.op] != "CLICK" else ""
        acts.append(
            {
                "action_uid": f"{episode.id}-{number}", "raw_html": page, "cleaned_html": page,
                "operation": {
                    "original_op": "HOVER" if action.op == "hover" else _OPS[action.op],
                    "value": value, "op": _OPS[action.op],
                },
                "pos_candidates": [_candidate(target)],
                "neg_candidates": _others(demonstration, step, target),
            }
        )  # fmt: skip
        role = target.aria or target.tag or "element"
        reprs.append(f"[{role}]  {target.name} -> {_OPS[action.op]}" + (f": {value}" if value else ""))
    if not acts:
        return None
    site = next((step.action.origin for step in episode.steps if step.action.origin), "")
    return {
        "annotation_id": episode.id, "website": urlsplit(site).hostname or "", "domain": "", "subdomain": "",
        "confirmed_task": episode.instruction, "action_reprs": reprs, "actions": acts,
    }  # fmt: skip


def _candidate(target: Target) -> Json:
    attributes: dict[str, Json] = {
        "backend_node_id": str(target.node), "role": target.aria, "aria_label": target.name,
        "bounding_box_rect": ",".join(str(side) for side in target.area or (0, 0, 0, 0)), "is_clickable": "true",
        "selectors": list(target.selectors),
    }  # fmt: skip
    return {
        "tag": target.tag or "div", "attributes": json.dumps(attributes), "is_original_target": True,
        "is_top_level_target": True, "backend_node_id": str(target.node),
    }  # fmt: skip


def _snapshot(demonstration: Demonstration, step: Step) -> Snapshot | Markup | None:
    for one in sorted(step.before, key=lambda one: one.seq, reverse=True):
        sight = demonstration.sights.get(one.seq)
        if isinstance(sight, Snapshot | Markup):
            return sight
    return None


def _page(demonstration: Demonstration, step: Step) -> str:
    """The page as HTML; of a list of ours every element with its node, role and name."""
    sight = _snapshot(demonstration, step)
    if isinstance(sight, Markup):
        return sight.html
    if sight is None:
        return ""
    children: dict[int, list[int]] = {}
    for place, parent in enumerate(sight.parents):
        children.setdefault(parent if parent < place else -1, []).append(place)
    told: list[str] = ["<html><body>"]
    waiting: list[int | str] = list(reversed(children.get(-1, [])))
    while waiting:  # not by recursion: a page may be deeper than Python's stack
        one = waiting.pop()
        if isinstance(one, str):
            told.append(one)
            continue
        tag = sight.tags[one] if re.fullmatch(r"[a-z][a-z0-9-]{0,30}", sight.tags[one]) else "div"
        told.append(
            f'<{tag} backend_node_id="{sight.nodes[one]}" role="{html.escape(sight.roles[one])}" '
            f'aria_label="{html.escape(sight.names[one])}">'
        )
        waiting.append(f"</{tag}>")
        waiting += reversed(children.get(one, []))
    return "".join((*told, "</body></html>"))


def _others(demonstration: Demonstration, step: Step, target: Target) -> list[Json]:
    sight = _snapshot(demonstration, step)
    if not isinstance(sight, Snapshot):
        return []
    told: list[Json] = []
    for place, node in enumerate(sight.nodes):
        if node != target.node and sight.names[place]:
            area = tuple(sight.places[4 * place : 4 * place + 4])
            told.append(_candidate(Target(
                aria=sight.roles[place], name=sight.names[place], tag=sight.tags[place], area=area, node=node
            )))  # fmt: skip
    return [
        item | {"is_original_target": False, "is_top_level_target": False} for item in told if isinstance(item, dict)
    ]


def read(path: Path) -> Iterator[Imported]:
    for file in files(path, ".jsonl" if path.is_dir() and any(path.glob("*.jsonl")) else ".json"):
        for found in records(file, _Task) if file.suffix == ".jsonl" else _listed(file):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _episode(found[1], at(file, found[0]))


def _listed(file: Path) -> Iterator[tuple[int, _Task] | Problem]:
    data = document(file)
    if isinstance(data, Problem):
        yield data
        return
    found = parsed(file, data, list[msgspec.Raw])
    if isinstance(found, Problem):
        yield found
    else:
        yield from items(file, data, found, _Task)


def _episode(task: _Task, where: str) -> Iterator[Imported]:
    name, steps, sights = f"mind2web-{task.annotation_id}", list[Step](), dict[int, Sight]()
    for place, act in enumerate(task.actions):
        op = _ORIGINAL.get(act.operation.original_op) or _ORIGINAL.get(act.operation.op)
        if op is None:
            yield Problem(where, f"step {place}: an operation nobody knows")
            continue
        target = _target(act, task.action_reprs[place] if place < len(task.action_reprs) else "")
        if target is None:
            yield Problem(where, f"step {place}: its candidate's attributes can't be read")
            continue
        seq = 2 * len(steps)
        seen: tuple[Observation, ...] = ()
        if page := act.cleaned_html or act.raw_html:
            sights[seq] = Markup(page)
            seen = (Observation("snapshot", seq, 0),)
        keys = ("Enter",) if op == "key" else ()
        steps.append(
            Step(
                Action(
                    op, 0, 0, seq + 1, seq + 1, why="source", target=target,
                    text="" if keys else act.operation.value, keys=keys,
                    origin=f"https://{task.website}" if task.website else "",
                ),
                before=seen,
            )
        )  # fmt: skip
    yield Demonstration(
        Episode(
            id=name, recording=name, instruction=task.confirmed_task, by="source", outcome="done", steps=tuple(steps),
            first=0, last=2 * len(steps), start_ns=0, end_ns=0, cut="source",
        ),
        sights, source=where,
    )  # fmt: skip


def _target(act: _Act, said: str) -> Target | None:
    """From the candidate, with the words of `action_reprs`, which are the page's own. None if it can't be read."""
    words = _REPR.match(said)
    role, name = (words["role"], words["name"]) if words else ("", "")
    if not act.pos_candidates:
        return Target(role=role, name=name, aria=role, source="browser")
    first = act.pos_candidates[0]
    try:
        told: Any = msgspec.json.decode(first.attributes, type=dict[str, Any])
        sides = str(told.get("bounding_box_rect", "")).split(",")
        area = tuple(round(float(side)) for side in sides) if len(sides) == 4 else ()
        node = int(first.backend_node_id or 0)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        return None
    if any(abs(side) > 1 << 31 for side in area) or abs(node) > 1 << 53:
        return None
    ways = told.get("selectors")
    selectors = tuple(str(one) for one in ways) if isinstance(ways, list) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return Target(
        role=role or str(told.get("role", "")), name=name or str(told.get("aria_label", "")), tag=first.tag,
        aria=str(told.get("role", "")), area=area, node=node, selectors=selectors, source="browser",
    )  # fmt: skip


MIND2WEB = Format(
    "mind2web", "Mind2Web tasks: HTML, operation and candidates", "application/json", read=read, write=write
)
