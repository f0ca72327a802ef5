"""Every question we ask of a program's accessibility tree, and how its answer is read.

What a person typed is never asked for: the interfaces that hold it are not named anywhere in this package, and a test
looks. Positions are asked for on the screen (coordinate type 0). Answers come from other programs: each is checked, and
one of a wrong shape counts as empty.
"""

from __future__ import annotations

import time
from typing import Any, cast

from byhand.capture.accessibility.bus import DAEMON, Answer, Call, Node, words
from byhand.capture.accessibility.roles import LABELLED_BY, role_name

A11Y = "org.a11y.atspi."
ACCESSIBLE = A11Y + "Accessible"
COMPONENT = A11Y + "Component"
COLLECTION = A11Y + "Collection"
DOCUMENT = A11Y + "Document"
PROPERTIES = "org.freedesktop.DBus.Properties"
DESKTOP = Node("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
REGISTRY = Node("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
NULL = "/org/a11y/atspi/null"

CALL_S = 0.1
MOST_TEXT = 256
MOST_URL = 8192
_NAME = words("ss", ACCESSIBLE, "Name")
_PARENT = words("ss", ACCESSIBLE, "Parent")
_SCREEN = words("u", 0)
_URLS = (words("s", "DocURL"), words("s", "URI"))  # Firefox and older Chromium say the first, Chromium 156 the second

Box = tuple[int, int, int, int]
NOWHERE: Box = (0, 0, 0, 0)


def soon(until: float) -> float:
    """The deadline of one call within a lookup: hers or the lookup's, whichever comes first."""
    return min(until, time.monotonic() + CALL_S)


def children(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetChildren")


def name(node: Node) -> Call:
    return Call(node, PROPERTIES, "Get", "ss", _NAME)


def parent(node: Node) -> Call:
    return Call(node, PROPERTIES, "Get", "ss", _PARENT)


def role(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetRole")


def states(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetState")


def index(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetIndexInParent")


def relations(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetRelationSet")


def attributes(node: Node) -> Call:
    return Call(node, ACCESSIBLE, "GetAttributes")


def extents(node: Node) -> Call:
    return Call(node, COMPONENT, "GetExtents", "u", _SCREEN)


def at_point(node: Node, x: int, y: int) -> Call:
    return Call(node, COMPONENT, "GetAccessibleAtPoint", "iiu", words("iiu", x, y, 0))


def addresses(node: Node) -> list[Call]:
    """The two ways to ask a page for its address; the first answer that isn't empty holds."""
    return [Call(node, DOCUMENT, "GetAttributeValue", "s", key) for key in _URLS]


def with_state(node: Node, state: int, most: int) -> Call:
    """All descendants in one state, found by the program itself in one call (ATK programs: GTK 3, Chromium, Firefox).

    The rule: states, all of them; attributes, roles and interfaces: any. Order 1 is the tree's own.
    """
    bits = [0, 0]
    bits[state // 32] = 1 << state % 32
    rule: tuple[Any, ...] = (bits, 1, {}, 1, [], 1, [], 1, False)
    signature = "(aiia{ss}iaiiasib)uib"
    return Call(node, COLLECTION, "GetMatches", signature, words(signature, rule, 1, most, True))


def process(to: str) -> Call:
    """The process behind a unique name; the bus itself answers."""
    return Call(DAEMON, DAEMON.to, "GetConnectionUnixProcessID", "s", words("s", to))


def as_text(answer: Answer | None) -> str:
    """Capped: some programs put whole documents in a name. GTK pads a menu item's with blanks."""
    return answer[0][:MOST_TEXT].strip() if answer and isinstance(answer[0], str) else ""


def as_url(answer: Answer | None) -> str:
    """Not cut short, which would make another address of it: one that is too long counts as none."""
    return answer[0] if answer and isinstance(answer[0], str) and len(answer[0]) <= MOST_URL else ""


def as_number(answer: Answer | None, missing: int = -1) -> int:
    return answer[0] if answer and isinstance(answer[0], int) else missing


def as_role(answer: Answer | None) -> str:
    return role_name(as_number(answer, 67))


def as_list(answer: Answer | None) -> list[object]:
    found = answer[0] if answer else None
    return cast("list[object]", found) if isinstance(found, list) else []


def as_words(answer: Answer | None) -> tuple[int, ...]:
    """The two words of a state set."""
    return tuple(word for word in as_list(answer) if isinstance(word, int))


def has(answer: Answer | None, state: int) -> bool:
    found = as_words(answer)
    return len(found) > state // 32 and bool(found[state // 32] >> state % 32 & 1)


def as_box(answer: Answer | None) -> Box:
    match answer:
        case ((int(x), int(y), int(w), int(h)),):
            return x, y, max(0, w), max(0, h)
        case _:
            return NOWHERE


def as_node(value: object) -> Node | None:
    """A reference; None for the null object."""
    match value:
        case (str(to), str(path)) if path != NULL and to:
            return Node(to, path)
        case _:
            return None


def as_nodes(answer: Answer | None) -> list[Node]:
    return [node for value in as_list(answer) if (node := as_node(value))]


def as_map(answer: Answer | None) -> dict[str, str]:
    found = answer[0] if answer else None
    pairs = cast("dict[object, object]", found) if isinstance(found, dict) else {}
    return {str(key): str(text) for key, text in pairs.items()}


def as_label(answer: Answer | None) -> Node | None:
    """The element that a relation set names as the label."""
    for relation in as_list(answer):
        kind, targets = cast("tuple[object, object]", relation)
        if kind == LABELLED_BY and (nodes := as_nodes((targets,))):
            return nodes[0]
    return None


def holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]
