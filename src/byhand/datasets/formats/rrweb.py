"""rrweb recordings: a list of events of one page. Writes a plain picture of the page's boxes and what was done on it.

Each list of the page that was kept becomes a full snapshot: boxes where they stood, with the words that were cleared.
Presses, typing and choices become events; what has none in rrweb (keys, wheels) is counted. Source: `@rrweb/types` 2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from byhand.datasets.formats.chat_rows import told
from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.rrweb_reading import read
from byhand.datasets.formats.views import Box, boxes
from byhand.datasets.formats.writing import Json, encoded, file_name
from byhand.episodes.types import Action, Step
from byhand.errors import Problem
from byhand.events.kinds import Snapshot, Wireframe

DOCUMENT, HTML, HEAD, BODY, FIRST = 1, 2, 3, 4, 10
_WORDS = 1 << 30
"""Ids of texts: above those of elements."""
_PLAIN = frozenset({"a", "button", "h1", "h2", "h3", "input", "label", "li", "p", "select", "span", "textarea", "ul"})
_PRESSES = {"click": 2, "check": 2, "uncheck": 2, "right_click": 3, "double_click": 4}


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    for number, demonstration in enumerate(demonstrations, 1):
        episode, lost = demonstration.episode, Counter[str]()
        events = list(_events(demonstration, lost))
        if not any(event["type"] == 3 for event in events):
            yield Problem(episode.id, "left out: no act in it on a page whose list was kept")
            continue
        name = file_name(episode.instruction or episode.id, number)
        (out / f"{name}.json").write_bytes(b"[\n" + b",\n".join(encoded(event) for event in events) + b"\n]\n")
        yield from told(demonstration, lost)


def _events(demonstration: Demonstration, lost: Counter[str]) -> Iterator[dict[str, Json]]:
    shown = -1
    for step in demonstration.episode.steps:
        seq, page = _page(demonstration, step)
        if page is None:
            lost["no list of the page was kept"] += 1
            continue
        now = _ms(demonstration, step.action.start_ns)
        if seq != shown:
            yield {"type": 4, "timestamp": now - 1, "data": {
                "href": (step.action.origin or "about:blank") + step.action.page, "width": page.w, "height": page.h
            }}  # fmt: skip
            yield {"type": 2, "timestamp": now - 1, "data": {
                "node": _document(page), "initialOffset": {"left": 0, "top": 0}
            }}  # fmt: skip
            shown = seq
        did = _did(step.action, page)
        if isinstance(did, str):
            lost[did] += 1
            continue
        for data in did:
            yield {"type": 3, "timestamp": now, "data": data}


def _page(demonstration: Demonstration, step: Step) -> tuple[int, Snapshot | Wireframe | None]:
    for one in sorted(step.before, key=lambda one: one.seq, reverse=True):
        sight = demonstration.sights.get(one.seq)
        if isinstance(sight, Snapshot | Wireframe):
            return one.seq, sight
    return -1, None


def _ms(demonstration: Demonstration, mono_ns: int) -> int:
    return (demonstration.utc_ns + mono_ns) // 1_000_000


def _did(action: Action, page: Snapshot | Wireframe) -> list[dict[str, Json]] | str:
    node = FIRST + action.target.node if action.target is not None and action.target.node else BODY
    scale = page.scale if isinstance(page, Snapshot) and page.scale > 0 else 1
    x, y = round((action.x - page.x) / scale), round((action.y - page.y) / scale)
    if action.op in _PRESSES:
        if not (action.x or action.y):
            return "where it was done is not known"
        at: dict[str, Json] = {"source": 2, "id": node, "x": x, "y": y}
        did: list[dict[str, Json]] = [{"source": 1, "positions": [{"x": x, "y": y, "id": node, "timeOffset": 0}]}]
        kinds = (1, 0, 2, 1, 0, 2, 4) if action.op == "double_click" else (1, 0, _PRESSES[action.op])
        did += [{**at, "type": kind} for kind in kinds]
        if action.op in ("check", "uncheck"):
            did.append({"source": 5, "id": node, "text": "on", "isChecked": action.op == "check"})
        return did
    if action.op in ("type", "select"):
        if not action.text:
            return "what was typed or chosen is not kept"
        return [{"source": 5, "id": node, "text": action.text, "isChecked": False}]
    return "this format has no word for it"


def _document(page: Snapshot | Wireframe) -> Json:
    x, y = page.x, page.y
    body: list[Json] = [_element(box, place) for place, box in enumerate(boxes(page, x, y))]
    html = _tag(HTML, "html", {}, [_tag(HEAD, "head", {}, []), _tag(BODY, "body", {"style": "margin:0"}, body)])
    return {
        "type": 0,
        "id": DOCUMENT,
        "childNodes": [{"type": 1, "id": 5, "name": "html", "publicId": "", "systemId": ""}, html],
    }


def _element(box: Box, place: int) -> Json:
    number = FIRST + (box.node or place + (1 << 24))
    tag = box.tag if box.tag in _PLAIN else "div"
    style = f"position:absolute;left:{box.x}px;top:{box.y}px;width:{box.w}px;height:{box.h}px;overflow:hidden"
    said: dict[str, Json] = {"style": style, "role": re.sub(r"[^a-z]", "", box.role.lower()), "aria-label": box.name}
    words: list[Json] = (
        [{"type": 3, "id": _WORDS + number, "textContent": box.name}] if box.name and tag != "input" else []
    )
    return _tag(number, tag, said, words)


def _tag(number: int, tag: str, attributes: dict[str, Json], children: list[Json]) -> Json:
    return {"type": 2, "id": number, "tagName": tag, "attributes": attributes, "childNodes": children}


RRWEB = Format("rrweb", "rrweb recordings of a page", "application/json", read=read, write=write)
