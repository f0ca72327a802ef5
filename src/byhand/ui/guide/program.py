"""A workflow as a step guide for people: what is yours to fill in stands out. Pure.

Rules of this module: it tells the program, so nothing of a record is in it. A loop and a branch are steps that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from byhand.ui.guide.making import Chapter, Guide, Item
from byhand.ui.guide.telling import Piece
from byhand.workflows import sentences
from byhand.workflows.program import Act, Branch, Repeat, Statement, Workflow
from byhand.workflows.templates import pieces

_SAYS = {
    "press": "Press ", "press twice": "Double-click ", "press right": "Right-click ", "hover": "Point at ",
    "read": "Note what stands in ",
}  # fmt: skip


def guide_of(program: Workflow) -> Guide:
    """One chapter, without pictures."""
    told = [Piece("plain", "Go to "), Piece("name", program.start)] if program.start else []
    items = [told] if told else []
    items += list(_all(program.steps, ""))
    made = tuple(Item(number, tuple(one), None, "") for number, one in enumerate(items, 1))
    title = program.about or program.name
    return Guide(title, program.name, (Chapter(title, "", 0.0, made, 0),))


def _all(steps: Sequence[Statement], ahead: str) -> Iterator[list[Piece]]:
    for step in steps:
        match step:
            case Act():
                yield [*([Piece("plain", ahead)] if ahead else []), *_act(step)]
            case Repeat():
                yield from _all(step.steps, f"{ahead}{_each(step)} ")
            case Branch():
                when = sentences.write_condition(step.when)
                yield from _all(step.steps, f"{ahead}If {_plain(when)}: ")
                yield from _all(step.other, f"{ahead}If not ({_plain(when)}): ")


def _each(step: Repeat) -> str:
    match step.over:
        case "list":
            return f"For each of {step.name}:"
        case "rows":
            return f"For each row of {step.target}:" if step.target else "For each row:"
        case "pages":
            return f"On each page (to the next by {step.target}):"


def _act(act: Act) -> list[Piece]:
    target, text = Piece("name", act.target), _text(act.text)
    match act.verb:
        case "open":
            told = [Piece("plain", "Go to "), *text]
        case "fill":
            told = [Piece("plain", "Type "), *text, Piece("plain", " in "), target]
        case "choose":
            told = [Piece("plain", "Choose "), *text, Piece("plain", " in "), target]
        case "set":
            told = [Piece("plain", "Set "), target, Piece("plain", " to "), *text]
        case "key":
            keys = Piece("key", act.text)
            told = [Piece("plain", "Press "), keys, *([Piece("plain", " in "), target] if act.target else [])]
        case "drag":
            told = [Piece("plain", "Drag "), target, Piece("plain", " to "), Piece("name", act.to)]
        case "turn":
            told = [Piece("plain", f"Go back to tab {act.text}")]
        case "upload":
            told = [Piece("plain", "Give the file "), *text, Piece("plain", " to "), target]
        case _:
            told = [Piece("plain", _SAYS[act.verb]), target]
    if act.row:
        told += [Piece("plain", " in the row of "), *_text(act.row)]
    return told


def _text(template: str) -> list[Piece]:
    return [Piece("yours" if part.slot else "text", part.text) for part in pieces(template)]


def _plain(sentence: str) -> str:
    return "".join(part.text for part in pieces(sentence))
