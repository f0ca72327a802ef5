"""YAML as nodes that know where they stand. Values stay as they were written: what a scalar means is its reader's.

Rules of this module: anchors, aliases, tags and further documents are refused when they are met, and nothing lies
deeper than `DEEPEST`: a small file can't become a large tree. What other programs would take for something else than a
text is told by `other_type`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import ReaderError

MOST_BYTES = 1 << 19
DEEPEST = 40
_TYPES = (
    (re.compile(r"y|yes|n|no|true|false|on|off", re.IGNORECASE), "a yes or no"),
    (re.compile(r"~|null|", re.IGNORECASE), "nothing"),
    (
        re.compile(
            r"[-+]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?(e[-+]?[0-9]+)?"
            r"|\.[0-9][0-9_]*(e[-+]?[0-9]+)?|\.inf)|\.nan",
            re.IGNORECASE,
        ),
        "a number",
    ),
    (re.compile(r"\d{4}-\d\d?-\d\d?(([Tt]|[ \t]+)\d.*)?", re.ASCII), "a date"),
    (re.compile(r"<<|="), "something else"),
)


class TreeError(ValueError):
    """line: from 1. hint: what to write instead."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint


class Node(NamedTuple):
    """text: of a scalar, without its quotes. plain: it has none. items: of a list; of a map: key, value, key, value.

    start, end: in the whole text; of what is set in lines, to the end of its last part. column: where it starts.
    """

    kind: Literal["text", "list", "map"]
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    plain: bool = False
    flow: bool = False
    items: tuple[Node, ...] = ()

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        return zip(self.items[::2], self.items[1::2], strict=True)


def other_type(text: str) -> str:
    """What a text without quotes is to some reader of YAML 1.1 or 1.2: "a number"; "" if it is a text to all."""
    return next((what for pattern, what in _TYPES if pattern.fullmatch(text)), "")


def grown(text: str) -> Node:
    """The tree of a text.

    Raises:
        TreeError: it is no YAML, or more than is read of it.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise TreeError(1, f"the file is larger than {MOST_BYTES >> 10} KiB")
    try:
        return _grown(text)
    except MarkedYAMLError as error:
        raise _told(text, cast("Any", error)) from None
    except ReaderError as error:
        line = text.count("\n", 0, int(cast("Any", error).position)) + 1
        raise TreeError(
            line, "there is a character that YAML doesn't allow", 'in "...", write it as \\u and its number'
        ) from None
    except YAMLError:
        raise TreeError(1, "this is no YAML") from None


def _told(text: str, error: Any) -> TreeError:
    mark = error.problem_mark or error.context_mark
    line = 1 if mark is None else int(mark.line) + 1
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if here[: len(here) - len(here.lstrip())].count("\t"):
        return TreeError(line, "the line begins with a tab", "set lines in with spaces, two for each level")
    said = " ".join(str(error.problem or error.context or "it can't be read").split())
    hint = "a text that begins with a quote, a brace or a bracket, or holds ': ' or ' #', stands in quotes"
    return TreeError(line, f"this is no YAML: {said}", hint)


def _grown(text: str) -> Node:
    skipped = 1 if text.startswith("\ufeff") else 0
    parsed = cast("Iterator[Event]", YAML(typ="safe", pure=True).parse(text[skipped:]))  # pyright: ignore[reportUnknownMemberType]
    open_: list[tuple[Event, list[Node]]] = []
    top: Node | None = None
    for event in parsed:
        mark = cast("Any", event).start_mark
        line = int(mark.line) + 1
        if isinstance(event, DocumentStartEvent) and top is not None:
            raise TreeError(line, "a second document begins here", "a file holds one workflow: take the --- away")
        if isinstance(event, NodeEvent):
            _refuse(event, line)
        if isinstance(event, CollectionStartEvent):
            if len(open_) >= DEEPEST:
                raise TreeError(line, f"this lies deeper than {DEEPEST} levels")
            open_.append((event, []))
            continue
        if isinstance(event, ScalarEvent):
            node = _scalar(event, skipped)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            node = _closed(*open_.pop(), event, skipped)
        else:
            continue
        if open_:
            open_[-1][1].append(node)
        else:
            top = node
    if top is None:
        raise TreeError(1, "the file is empty", "a workflow begins with: byhand: workflow 1")
    return top


def _refuse(event: NodeEvent, line: int) -> None:
    if isinstance(event, AliasEvent) or cast("Any", event).anchor is not None:
        raise TreeError(line, "this has an anchor or an alias (& or *)", "write it out, or put the text in quotes")
    tag = cast("Any", event).ctag if hasattr(event, "ctag") else None
    if tag is not None and str(tag) not in ("", "None"):
        raise TreeError(line, "this has a tag (!)", "take it away, or put the text in quotes")


def _scalar(event: ScalarEvent, skipped: int) -> Node:
    here = cast("Any", event)
    start, end = here.start_mark, here.end_mark
    style = here.style or ""
    return Node(
        "text", int(start.line) + 1, int(start.column), int(start.index) + skipped, int(end.index) + skipped,
        str(here.value), style == "", style in ("'", '"'),
    )  # fmt: skip


def _closed(opened: Event, items: list[Node], closed: Event, skipped: int) -> Node:
    begun, ended = cast("Any", opened), cast("Any", closed)
    start, flow = begun.start_mark, bool(begun.flow_style)
    # A block's own end lies behind the comments that follow it.
    end = int(ended.end_mark.index) + skipped if flow or not items else items[-1].end
    kind = "map" if isinstance(opened, MappingStartEvent) else "list"
    if kind == "map":  # where there is no value, its place is told as that of whatever comes next
        items = [_beside(one, items[at - 1]) if at % 2 else one for at, one in enumerate(items)]
    line, column, first = int(start.line) + 1, int(start.column), int(start.index) + skipped
    node = Node(kind, line, column, first, end, flow=flow, items=tuple(items))
    if kind == "map":
        known: dict[str, int] = {}
        for key, _ in node.pairs():
            if key.kind != "text":
                raise TreeError(key.line, "a name is a list or a table here", "put the text before the colon in quotes")
            if key.text in known:
                said = f"{key.text[:60]!r} stands here a second time; first in line {known[key.text]}"
                raise TreeError(key.line, said)
            known[key.text] = key.line
    return node


def _beside(node: Node, key: Node) -> Node:
    return node._replace(line=key.line) if node.plain and not node.text else node
