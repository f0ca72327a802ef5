"""Logs for process mining: OCEL 2.0 (JSON) and XES. An episode is a case, an action an event. Export only.

Of an act only its kind and what it was done to are told, never what was typed: a log is for counting. Times are the
wall clock's, where the recording has one. Sources: OCEL 2.0 (ocel-standard.org), XES (IEEE 1849-2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.telling import thing
from byhand.datasets.formats.writing import Json, encoded, whole
from byhand.episodes.types import Action
from byhand.errors import Problem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, escaped or not (its production `Char`)."""


def activity(action: Action) -> str:
    """The name of an event: what was done to what."""
    return f"{action.op.replace('_', ' ')} {thing(action.target)}" if action.target is not None else action.op


def when(demonstration: Demonstration, mono_ns: int) -> str:
    moment = _EPOCH + timedelta(microseconds=(demonstration.utc_ns + mono_ns) // 1000)
    return moment.isoformat(timespec="milliseconds")


def ocel(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    """log.json. Events are written as they come; objects, which are few, at the end."""
    kinds: dict[str, None] = {}
    objects: dict[str, Json] = {}
    with (out / "log.json").open("wb") as file:
        file.write(b'{"events":[')
        before = b"\n"
        for demonstration in demonstrations:
            for event in _events(demonstration, objects):
                kinds.setdefault(str(event["type"]))
                file.write(before + encoded(event))
                before = b",\n"
            yield from _clockless(demonstration)
        text: Json = {"name": "op", "type": "string"}
        kinds_told: list[Json] = [
            {"name": kind, "attributes": [text, {"name": "seconds", "type": "float"}]} for kind in kinds
        ]
        of: list[Json] = [
            {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
            for kind, names in (("episode", ("instruction", "outcome")), ("app", ()), ("page", ()), ("person", ()))
        ]
        file.write(b'\n],\n"eventTypes":' + encoded(kinds_told))
        file.write(b',\n"objectTypes":' + encoded(of))
        file.write(b',\n"objects":' + encoded(list(objects.values())) + b"}\n")


def _events(demonstration: Demonstration, objects: dict[str, Json]) -> Iterator[dict[str, Json]]:
    episode = demonstration.episode
    began = when(demonstration, episode.start_ns)
    case = f"episode:{episode.id}"
    objects[case] = {
        "id": case, "type": "episode", "relationships": [],
        "attributes": [
            {"name": "instruction", "time": began, "value": episode.instruction},
            {"name": "outcome", "time": began, "value": episode.outcome},
        ],
    }  # fmt: skip
    for number, step in enumerate(episode.steps):
        action = step.action
        related: list[Json] = [{"objectId": case, "qualifier": "case"}]
        for kind, name in (("app", action.app), ("page", action.origin + action.page), ("person", episode.person)):
            if name:
                objects.setdefault(f"{kind}:{name}", {
                    "id": f"{kind}:{name}", "type": kind, "attributes": [], "relationships": []
                })  # fmt: skip
                related.append({"objectId": f"{kind}:{name}", "qualifier": kind})
        yield {
            "id": f"{episode.id}/{number}", "type": activity(action), "time": when(demonstration, action.start_ns),
            "attributes": [
                {"name": "op", "value": action.op},
                {"name": "seconds", "value": round((action.end_ns - action.start_ns) / 1e9, 3)},
            ],
            "relationships": related,
        }  # fmt: skip


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<classifier name="Activity" keys="concept:name"/>
"""


def xes(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    """log.xes."""
    with (out / "log.xes").open("wb") as file:
        file.write(_HEAD.encode())
        for demonstration in demonstrations:
            _trace(file, demonstration)
            yield from _clockless(demonstration)
        file.write(b"</log>\n")


def _trace(file: BinaryIO, demonstration: Demonstration) -> None:
    episode = demonstration.episode
    lines = ["<trace>", _string("concept:name", episode.id), _string("byhand:instruction", episode.instruction)]
    for step in episode.steps:
        action = step.action
        name = _string("concept:name", activity(action))
        told = [_string("org:resource", episode.person)] if episode.person else []
        told += [_string("byhand:app", action.app)] if action.app else []
        for stage, moment in (("start", action.start_ns), ("complete", action.end_ns)):
            lines += [
                "<event>", name, f'<date key="time:timestamp" value="{when(demonstration, moment)}"/>',
                _string("lifecycle:transition", stage), *told, "</event>",
            ]  # fmt: skip
    file.write("\n".join((*lines, "</trace>\n")).encode())


def _string(key: str, value: str) -> str:
    plain = _NO_XML.sub("?", str(whole(value)))
    return (
        f"<string key={quoteattr(key)} value={quoteattr(plain, {chr(10): '&#10;', chr(13): '&#13;', chr(9): '&#9;'})}/>"
    )


def _clockless(demonstration: Demonstration) -> Iterator[Problem]:
    if not demonstration.utc_ns:
        yield Problem(demonstration.episode.id, "no wall clock is known; its times count from 1970")


OCEL2 = Format("ocel2", "object-centric event log, OCEL 2.0 JSON", "application/json", write=ocel)
XES = Format("xes", "event log, IEEE 1849 XES", "application/xml", write=xes)
