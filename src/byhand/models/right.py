"""What a person did, as the decision a model should have made, and whether another one is the same act. Pure.

Rules of this module: an act is right if the kind, the element and all else that was asked for are. There may be more
than one right act, and only the person's counts.
"""

from __future__ import annotations

from byhand.models import labels
from byhand.models.decision import OPS, Decision, Look
from byhand.models.examples import Example
from byhand.models.history import place
from byhand.models.labels import Label


def meant(label: Label, look: Look) -> Decision | None:
    """What the person decided; None where what was typed is not known, or too long to be spelled."""
    seen = look.seen
    node = seen.nodes[label.element] if label.element >= 0 else 0
    to = seen.nodes[label.to] if label.to >= 0 else 0
    match op := OPS[label.op]:
        case "type":
            text = typed(label, look)
            return Decision("type", node, text=text) if text is not None else None
        case "select":
            return Decision("select", node, to, seen.names[label.to])
        case "key":
            return Decision("key", node, keys=label.chord)
        case "scroll":
            return Decision("scroll", node, dy=float(labels.TURNS[label.turn]))
        case _:
            return Decision(op, node, to)


def typed(label: Label, look: Look) -> str | None:
    """The text of it; None where it is not known."""
    if not label.known:
        return None
    if label.source == labels.WORDS:
        return labels.cased(labels.text_of(look.goal, label.start, label.end), label.case)
    if label.source == labels.ELEMENT:
        return labels.cased(labels.joined(look.seen.names, label.named, label.until), label.case)
    return "".join(labels.SIGNS[sign] for sign in label.signs if sign != labels.END)


def same(example: Example, decided: Decision) -> bool:
    """Is it the person's act? A text that was not kept can't be compared, and counts as right. What is no act is wrong,
    also where there was nothing left to do.
    """
    wanted, seen = example.label, example.look.seen
    if decided.why or decided.op != OPS[wanted.op]:
        return False
    if decided.op == "scroll":  # over which part of what scrolls is one
        return (decided.dy > 0) == (labels.TURNS[wanted.turn] > 0)
    if wanted.element >= 0 and place(seen, decided.node) != wanted.element:
        return False
    match decided.op:
        case "drag" | "select":
            return place(seen, decided.to) == wanted.to
        case "key":
            return decided.keys == wanted.chord
        case "type":
            text = typed(wanted, example.look)
            return text is None or decided.text == text
        case _:
            return True
