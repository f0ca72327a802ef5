"""Templates: texts with slots, `Invoice {number}`. A slot is a parameter, a field of a list (`{lines.article}`), what
was read before, or `{row}`.

Rules of this module: a brace that is meant is written twice. What a slot stands for is never looked at for braces, so a
value can't bring in a slot of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)?")


class TemplateError(ValueError):
    """What is wrong with a template, in a few words; quotes no more of it than a slot's name."""


class Piece(NamedTuple):
    """slot: `text` is the name of one, else it stands for itself."""

    text: str
    slot: bool


def pieces(template: str) -> tuple[Piece, ...]:
    """Its parts in order, texts next to each other joined.

    Raises:
        TemplateError: a brace stands alone, or a slot has no name.
    """
    found: list[Piece] = []
    text, at = "", 0
    for one in _PIECE.finditer(template):
        text += template[at : one.start()]
        at = one.end()
        if one[0] in ("{{", "}}"):
            text += one[0][0]
        elif one[1] is None:
            raise TemplateError(f"has a {one[0]!r} that belongs to nothing; a brace that is meant is written twice")
        elif not _NAME.fullmatch(one[1]):
            raise TemplateError(f"has a slot without a good name: {one[0]!r}")
        else:
            found += [Piece(text, slot=False)] if text else []
            found.append(Piece(one[1], slot=True))
            text = ""
    text += template[at:]
    return (*found, Piece(text, slot=False)) if text else tuple(found)


def slots(template: str) -> tuple[str, ...]:
    """Names of its slots, each once, in order of first use.

    Raises:
        TemplateError: it is none.
    """
    return tuple(dict.fromkeys(piece.text for piece in pieces(template) if piece.slot))


def only_slot(template: str) -> str:
    """The name of the slot that it is and nothing else; "" for all other templates."""
    return found[0].text if len(found := pieces(template)) == 1 and found[0].slot else ""


def literals(template: str) -> tuple[str, ...]:
    """What it says by itself, between its slots: without the commas and the space around them."""
    texts = (piece.text.strip(" ,;") for piece in pieces(template) if not piece.slot)
    return tuple(text for text in texts if text)


def fill(template: str, words: Mapping[str, str]) -> str:
    """With words for slots.

    Raises:
        TemplateError: it is none, or a slot has no words.
    """
    try:
        return "".join(words[piece.text] if piece.slot else piece.text for piece in pieces(template))
    except KeyError as error:
        raise TemplateError(f"has a slot that nothing is known for: {error.args[0]!r}") from None


def escaped(text: str) -> str:
    """The template that says `text` and has no slots."""
    return text.replace("{", "{{").replace("}", "}}")


def slot(name: str) -> str:
    """The template that is that slot alone."""
    return f"{{{name}}}"


def renamed(template: str, names: Mapping[str, str]) -> str:
    """With other names: `{line.price}` becomes `{lines.price}` by {"line": "lines"}. What is no template stays."""
    try:
        found = pieces(template)
    except TemplateError:
        return template
    return "".join(
        f"{{{'.'.join((names.get(head, head), *rest))}}}" if piece.slot else escaped(piece.text)
        for piece in found
        for head, *rest in [piece.text.split(".")]
    )
