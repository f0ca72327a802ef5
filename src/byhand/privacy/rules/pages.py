"""What of a page's address may be kept: the listed origin, and a path whose own words are replaced.

Rule of this module: a segment is kept only if it is an everyday word of addresses. Everything else becomes `{id}` (it
has digits or is long) or `{word}`. The query and the fragment are never looked at.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from byhand.privacy.rules.text import Lexicon

_MOST_SEGMENTS = 8
_WORD = re.compile(r"[a-z]{2,20}")


class Page(NamedTuple):
    """origin: as the policy writes it, so that the name of a subdomain under `*.` is not kept. "" is no page at all."""

    origin: str
    path: str


NO_PAGE = Page("", "")


def page(origin: str, url: str, words: Lexicon) -> Page:
    """The page of a listed site.

    Args:
        origin: of the site's rule.
        url: the whole address.
        words: which segments are everyday words.
    """
    path = re.split(r"[?#]", url, maxsplit=1)[0].partition("://")[2].partition("/")[2]
    parts = path[:2000].split("/")
    shown = [_segment(part, words) for part in parts[:_MOST_SEGMENTS]]
    return Page(origin, "/" + "/".join(shown) + ("/..." if len(parts) > _MOST_SEGMENTS else ""))


def _segment(part: str, words: Lexicon) -> str:
    if not part:
        return ""
    pieces = re.split(r"[-_.]", part.lower())
    if all(_WORD.fullmatch(piece) and words.knows(piece) for piece in pieces):
        return part.lower()
    return "{id}" if len(part) > 20 or any(letter.isdigit() for letter in part) else "{word}"
