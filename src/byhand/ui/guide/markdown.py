"""A guide as Markdown, its pictures as SVG files beside it. Pure.

Rules of this module: what could be markup in a text of the recording is escaped, also HTML, which Markdown lets
through.
"""

from __future__ import annotations

import re

from byhand.ui.guide.drawing import file
from byhand.ui.guide.making import Guide
from byhand.ui.guide.page import facts, slips
from byhand.ui.guide.telling import Piece

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>])")
_TAGS = {"plain": "{}", "name": "**{}**", "text": "“{}”", "key": "<kbd>{}</kbd>", "yours": "*{}*"}


def markdown(guide: Guide, folder: str) -> tuple[str, dict[str, str]]:
    """The text, and its pictures by name of their file.

    Args:
        guide: to write.
        folder: where the pictures will be, as the text names it.
    """
    lines = [f"# {escaped(guide.title)}", "", " · ".join(map(escaped, facts(guide))), ""]
    pictures: dict[str, str] = {}
    for number, chapter in enumerate(guide.chapters, 1):
        if len(guide.chapters) > 1:
            lines += [f"## {escaped(chapter.title)}", ""]
        for item in chapter.items:
            lines += [f"{item.number}. {''.join(map(_piece, item.pieces))}", ""]
            if item.picture is not None:
                name = f"{number}-{item.number:03}.svg" if len(guide.chapters) > 1 else f"{item.number:03}.svg"
                pictures[name] = file(item.picture, item.label)
                lines += [f"   ![{escaped(item.label)}](<{folder}/{name}>)", ""]
        if chapter.slips:
            lines += [escaped(slips(chapter)), ""]
    lines += ["---", "", f"Made by Byhand from a recording of {escaped(guide.when)}.", ""]
    return "\n".join(lines), pictures


def escaped(text: str) -> str:
    """As it is read, whatever is in it."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", safe)


def _piece(piece: Piece) -> str:
    text = piece.text
    if piece.kind == "key":
        return _TAGS["key"].format(text.replace("&", "&amp;").replace("<", "&lt;"))
    if piece.kind == "plain":
        return text
    return _TAGS[piece.kind].format(escaped(text))
