"""A guide as one HTML file. Pure.

Rules of this module: the page asks for nothing and runs nothing; its content security policy allows its one style
sheet, by its hash, and pictures that are in it. Every text of a recording goes in escaped.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files

from byhand.ui.guide.drawing import Drawing
from byhand.ui.guide.making import Chapter, Guide, Item
from byhand.ui.guide.telling import Piece
from byhand.ui.words import many, span

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_TAGS = {"plain": "{}", "name": "<b>{}</b>", "text": "<q>{}</q>", "key": "<kbd>{}</kbd>", "yours": "<i>{}</i>"}


def page(guide: Guide) -> str:
    """The whole file."""
    room = files("byhand.ui.guide")
    tokens = (files("byhand.ui.replay") / "player" / "tokens.css").read_text("utf-8")
    style = "\n".join((tokens, (room / "drawing.css").read_text("utf-8"), (room / "guide.css").read_text("utf-8")))
    many_chapters = len(guide.chapters) > 1
    slots = {
        "title": html.escape(guide.title),
        "style": style,
        "style_hash": "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "facts": "".join(f"<li>{html.escape(fact)}</li>" for fact in facts(guide)),
        "chapters": "\n".join(_chapter(one, titled=many_chapters) for one in guide.chapters),
        "when": html.escape(guide.when),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], (room / "page.html").read_text("utf-8"))


def facts(guide: Guide) -> list[str]:
    """What is said below the title."""
    places = list(dict.fromkeys(one.place for one in guide.chapters if one.place))
    told = [many(guide.steps, "step"), *([f"took {span(guide.took_s)}"] if guide.took_s else [])]
    return [*told, *places[:1]] if len(places) < 2 else [*told, many(len(guide.chapters), "part")]


def slips(chapter: Chapter) -> str:
    if not chapter.slips:
        return ""
    verb = "is" if chapter.slips == 1 else "are"
    return f"{many(chapter.slips, 'step')} that went astray, or put that right, {verb} left out."


def _chapter(chapter: Chapter, *, titled: bool) -> str:
    head = f"<h2>{html.escape(chapter.title)}</h2>" if titled else ""
    items = "\n".join(map(_item, chapter.items))
    note = f'<p class="note">{html.escape(slips(chapter))}</p>' if chapter.slips else ""
    return f'<section>{head}<ol class="steps">\n{items}\n</ol>{note}</section>'


def _item(item: Item) -> str:
    said = "".join(map(_piece, item.pieces))
    picture = f"<figure>{_svg(item.picture, item.label)}</figure>" if item.picture is not None else ""
    return f'<li><p class="do">{said}</p>{picture}</li>'


def _piece(piece: Piece) -> str:
    return _TAGS[piece.kind].format(html.escape(piece.text))


def _svg(drawing: Drawing, label: str) -> str:
    said = html.escape(label, quote=True)
    return (
        f'<svg viewBox="0 0 {drawing.w} {drawing.h}" width="{drawing.w}" height="{drawing.h}" role="img" '
        f'aria-label="{said}">{drawing.body}</svg>'
    )
