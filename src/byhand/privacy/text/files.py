"""Names of files and paths: the extension and the depth stay, the names only if programs use each word of them.

Rules of this module: it says where files and folders are, what of them is masked, and what of them is kept although it
would be no word ("py", "C:"). Everything else of the text is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from byhand.privacy.text.lists import fold, own
from byhand.privacy.text.types import Span
from byhand.privacy.text.words import Words

_PATH = re.compile(
    r"(?<![\w/\\.:])(?:~|\.{1,2}|[A-Za-z]:|\\\\|file://|smb://)?"
    r"(?:[/\\](?:[^\s/\\:*?\"<>|,;]|(?<=\w) (?=\w+[/\\]))+)+[/\\]?"
)
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_MOST_DIGITS = 2
_MOST = 2_000


class Found(NamedTuple):
    """masked: what of files and paths is not kept. settled: places nothing else need judge."""

    masked: list[Span]
    settled: list[tuple[int, int]]


@cache
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a file is written in a text, and how alone, where its name may have blanks."""
    ends = rf"\.(?P<ext>(?:tar\.)?(?:{'|'.join(sorted(own('files')['extensions']))}))"
    stem = r"(?<![\w@/\\])(?P<stem>[^\s/\\:*?\"<>|,;()\[\]@]{1,120}?(?: \(\d{1,2}\))?)"
    blanks = r"[\s*●•]*"
    return (
        re.compile(stem + ends + r"(?![\w@-]|\.\w)", re.IGNORECASE),
        re.compile(blanks + r"(?P<stem>[^/\\]{1,160})" + ends + blanks, re.IGNORECASE),
    )


def files(text: str, words: Words, parts: Iterable[tuple[int, int, bool]] = ()) -> Found:
    """Files and paths in a text.

    Args:
        text: normalised.
        words: which names are everybody's.
        parts: of a title: one that ends as a file does is a file's name, blanks and all.
    """
    masked: list[Span] = []
    settled: list[tuple[int, int]] = []
    inside, alone = _written()
    if len(text) <= _MOST and ("/" in text or "\\" in text):
        for match in _PATH.finditer(text):
            deep = match.group().count("/") + match.group().count("\\") > 1
            if not deep and not match.group().startswith(("~", ".", "/")):
                continue
            masked += path(match.group(), match.start(), words)
            settled.append(match.span())
    for start, end, _ in parts if "." in text else ():
        whole = alone.fullmatch(text, start, end)
        if whole is None or any(a < end and start < b for a, b in settled):
            continue
        if not harmless(whole["stem"], words):
            masked.append(Span(whole.start("stem"), whole.end("stem"), "FILE"))
        settled.append((start, end))
    if "." in text:
        for match in inside.finditer(text[:_MOST]):
            if any(start < match.end() and match.start() < end for start, end in settled):
                continue
            if len(match["stem"]) == 1 == len(match["ext"]):  # "p.m.", "i.e."
                continue
            if not harmless(match["stem"], words):
                masked.append(Span(match.start(), match.end("stem"), "FILE"))
            settled.append(match.span())
    return Found(masked, settled)


def path(text: str, offset: int, words: Words) -> list[Span]:
    """What of a path is not kept: each name in it that is not everybody's."""
    spans: list[Span] = []
    pieces = list(re.finditer(r"[^/\\]+", text))
    for piece in pieces:
        name = piece.group()
        if name in ("~", ".", "..", "file:", "smb:") or re.fullmatch(r"[A-Za-z]:", name):
            continue
        stem, dot, extension = name.rpartition(".")
        known = bool(dot and stem) and extension.lower() in own("files")["extensions"]
        bare = stem if known else name
        if not harmless(bare, words):
            start = offset + piece.start()
            spans.append(Span(start, start + len(bare), "FILE" if known else "FOLDER"))
    return spans


def harmless(name: str, words: Words) -> bool:
    """Is every word of a name one of programs, with no more than two digits in a row?"""
    pieces = _PIECE.findall(_CAMEL.sub(" ", name))
    if not pieces or len("".join(re.findall(r"[^\W\d_]+|\d+|[\s._~()+-]+", name))) != len(name):
        return False
    for piece in pieces:
        low = fold(piece)
        if piece.isdigit():
            if len(piece) > _MOST_DIGITS or not piece.isascii():
                return False
        elif not (
            low in own("files")["folders"] or low in words.letters or low in words.technology or words.screen(low)
        ):
            return False
    return True
