"""An act in one line of words: what a script says, what a model that speaks answers, how acts before are told.

    click #12                        the element of that number, as the list numbers it
    click "New invoice"              the one of that name; `button:"Save"` tells two of one name apart
    type #4 "R-7"                    what is typed; without quotation marks it is what is left of the line
    select #5 to #9                  the option that is chosen, or its label: select #5 "USD"
    drag #3 to #8
    key Control+a
    key #4 Enter
    scroll 3                         notches, down; -3 is up
    done

`~0.3` at the end is how sure it is. What stands in quotation marks is escaped as in JSON.

Rules of this module: pure. A line that is no act, or that means an element that is not there, is a reason and no act.
"""

from __future__ import annotations

import json
import math
import re

from byhand.events.kinds import Snapshot
from byhand.models.decision import OPS, Decision, Did, Op
from byhand.models.history import place

NO_LINE = "it is no line of an act"
NOT_THERE = "it means an element that is not there"
WITHOUT = "it does not say what is typed, chosen or pressed"

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_ELEMENT = rf"(?:#(?P<{{0}}node>\d+)|(?P<{{0}}role>[\w-]*):?(?P<{{0}}name>{_QUOTED}))"
_LINE = re.compile(
    rf"(?P<op>\w+)(?: {_ELEMENT.format('')})?(?: to {_ELEMENT.format('to_')})?"
    rf"(?: (?P<text>{_QUOTED}|[^~\n]*?))?(?: ?~(?P<sure>[01](?:\.\d+)?|\.\d+))?"
)
_ON_NOTHING = frozenset({"key", "scroll", "done"})
_SAYS = frozenset({"key", "scroll", "select", "type"})
_TWO = frozenset({"drag", "select"})


def written(decision: Decision) -> str:
    """The line that `read` makes the same decision of."""
    parts: list[str] = [decision.op]
    if decision.node:
        parts.append(f"#{decision.node}")
    if decision.to:
        parts += ["to", f"#{decision.to}"]
    if decision.op == "key":
        parts.append("+".join(decision.keys))
    elif decision.op == "scroll":
        parts.append(f"{decision.dy:g}")
    elif decision.op == "type" or (decision.op == "select" and not decision.to):
        parts.append(_quoted(decision.text))
    return " ".join(parts)


def told(did: Did) -> str:
    """An act that was done, as a page that may be gone called its element."""
    parts: list[str] = [did.op]
    if did.role or did.name:
        parts.append(f"{did.role}:{_quoted(did.name)}")
    if did.op == "key":
        parts.append("+".join(did.keys))
    elif did.text:
        parts.append(_quoted(did.text))
    return " ".join(parts)


def read(line: str, seen: Snapshot) -> Decision | str:
    """The act, or why there is none.

    Args:
        line: as above.
        seen: the list whose elements it means.
    """
    parts = _LINE.fullmatch(line.strip())
    op: Op | None = next((each for each in OPS if parts and each == parts["op"]), None)
    if parts is None or op is None:
        return NO_LINE
    node, to = _element(parts, "", seen), _element(parts, "to_", seen)
    if (parts["text"] and op not in _SAYS) or (to and op not in _TWO):
        return NO_LINE
    if node < 0 or to < 0 or (not node and op not in _ON_NOTHING):
        return NOT_THERE
    text, sure = _bare(parts["text"] or ""), float(parts["sure"] or 1)
    match op:
        case "key":
            keys = tuple(text.split("+")) if text else ()
            return Decision("key", node, keys=keys, sure=sure) if all(keys) and keys else WITHOUT
        case "scroll":
            return Decision("scroll", node, dy=float(text), sure=sure) if _number(text) else WITHOUT
        case "select":
            label = text or (seen.names[place(seen, to)] if to else "")
            return Decision("select", node, to, label, sure=sure) if label or to else WITHOUT
        case "type":
            return Decision("type", node, text=text, sure=sure)
        case "drag":
            return Decision("drag", node, to, sure=sure) if to else NOT_THERE
        case "done":
            return Decision("done", sure=sure)
        case _:
            return Decision(op, node, sure=sure)


def _element(parts: re.Match[str], which: str, seen: Snapshot) -> int:
    """Its number; 0 where the line names none, -1 where there is none such."""
    if parts[f"{which}node"] is not None:
        node = int(parts[f"{which}node"])
        return node if place(seen, node) >= 0 else -1
    if parts[f"{which}name"] is None:
        return 0
    name, role = _bare(parts[f"{which}name"]), parts[f"{which}role"]
    found = [
        (is_ == "text", node) for node, called, is_ in zip(seen.nodes, seen.names, seen.roles, strict=True)
        if called == name and (not role or role == is_)
    ]  # fmt: skip
    return min(found, key=lambda one: one[0])[1] if found else -1  # a control before words that say the same


def _number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and float(text) != 0
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _bare(text: str) -> str:
    """Without its quotation marks, if it has any."""
    if len(text) < 2 or not (text[0] == text[-1] == '"'):
        return text.strip()
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]
