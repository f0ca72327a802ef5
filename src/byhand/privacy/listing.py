"""A page's list of elements as it may be kept: `Snapshot`'s columns.

Rules of this module: roles, tags, states and what a field holds are kept only in words the standards have. A name is
kept as in a wireframe: of what is called something, where it is no other person's words, and only if the whole of it
was cleared; on a site whose words are nobody's (`Cleaner.public`), of everything. What a person typed shows neither by
content nor by its shape:

    in a text field              nothing is kept of what lies in it
    a text that was not cleared  its width is told in steps of `STEP`
"""

from __future__ import annotations

from typing import NamedTuple

from byhand.events.raw import RawNode, RawSnapshot
from byhand.privacy.frames.roles import LABELS, SHOWABLE, TEXTS
from byhand.privacy.frames.wireframe import STEP
from byhand.privacy.rules import aria, fields
from byhand.privacy.rules.others import others_words
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At

MOST = 4_000
"""More elements than the observer's budget, and few enough to be judged in time."""
_MOST_NUMBER = 2**31 - 1
_NAMED = (
    fields.CONTROLS | (fields.INPUTS - {"terminal"}) | LABELS | SHOWABLE
    | {"heading", "row header", "description term", "list item", "tree item"}
)  # fmt: skip
_FIELDS = frozenset({"entry", "text", "spin button", "password text"})
"""What is in a combo box are options; what is in one of these was typed."""


class Listed(NamedTuple):
    """Columns of a `Snapshot`: see there."""

    nodes: tuple[int, ...]
    parents: tuple[int, ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[str, ...]
    states: tuple[str, ...]
    holds: tuple[str, ...]
    places: tuple[int, ...]


def list_of(raw: RawSnapshot, words: Cleaner) -> Listed:
    """The list as it may be kept; its page is judged already."""
    nodes = raw.nodes[:MOST]
    place: dict[int, int] = {}  # where it stood -> where it stands
    kept: list[tuple[RawNode, int, str, str]] = []
    typed: set[int] = set()  # fields, and what lies in one
    for at, node in enumerate(nodes):
        role = _role(node)
        parent = node.parent if 0 <= node.parent < at else -1
        if parent in typed:
            typed.add(at)
            continue
        if role in _FIELDS or "editable" in node.states:
            typed.add(at)
        place[at] = len(kept)
        kept.append((node, place.get(parent, -1), _name(node, role, raw, words), _holds(node, role)))
    return Listed(
        tuple(_bounded(node.node) for node, *_ in kept),
        tuple(parent for _, parent, *_ in kept),
        tuple(aria.role(node.role) for node, *_ in kept),
        tuple(aria.tag(node.tag) for node, *_ in kept),
        tuple(name for _, _, name, _ in kept),
        tuple(" ".join(fields.states(node.states)) for node, *_ in kept),
        tuple(holds for *_, holds in kept),
        tuple(edge for node, _, name, _ in kept for edge in _box(node, name, raw.w)),
    )


def _role(node: RawNode) -> str:
    role = aria.at_spi(node.role)
    is_secret = node.secret or (role in fields.INPUTS and fields.names_a_secret(node.name))
    return "password text" if is_secret else role


def _name(node: RawNode, role: str, raw: RawSnapshot, words: Cleaner) -> str:
    if not node.name or node.masked or role == "password text" or not (words.public or _ours(node, role, raw)):
        return ""
    return words.shown(node.name) if words.clears(node.name, At("element", role=role)) else ""


def _ours(node: RawNode, role: str, raw: RawSnapshot) -> bool:
    """Is it called something, and not by other people?"""
    path = *((aria.at_spi(above), 0) for above in node.above), (role, 0)
    return role in _NAMED and not any(
        others_words(role, path, raw.app, url, node.states) for url in {raw.url, raw.top}
    )  # fmt: skip


def _holds(node: RawNode, role: str) -> str:
    return "" if node.masked or role == "password text" else aria.holds(node.holds)


def _box(node: RawNode, name: str, most: int) -> tuple[int, int, int, int]:
    w = node.w
    if not name and aria.at_spi(node.role) in TEXTS | {"unknown"}:
        w = max(w, min(-(-w // STEP) * STEP, most - node.x))
    return _bounded(node.x), _bounded(node.y), _bounded(w), _bounded(node.h)


def _bounded(number: int) -> int:
    return max(-_MOST_NUMBER, min(number, _MOST_NUMBER))
