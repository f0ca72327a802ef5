"""Addresses of pages: what of one may be kept.

Rules of this module: of a page on a listed site the listed origin is kept, and its path with every word of it replaced
that addresses do not commonly have: `{id}` (it has digits or is long) or `{word}`. Of an address nobody listed the host
is kept only if it is a public site everybody knows. The query and the fragment are never looked at, and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from byhand.privacy.text.lists import own
from byhand.privacy.text.types import Span
from byhand.privacy.text.words import Words

TEMPLATE = {"WORD": "{word}", "ID": "{id}", "PATH": "...", "QUERY": "?..."}
"""What stands for a part of an address that is not kept. These are never told apart: nobody needs to."""
_MOST_SEGMENTS = 8
_WORD = re.compile(r"[a-z]{2,20}")
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]{0,20}:(?://)?)?(?P<host>[^/?#\s]*)(?P<path>[^?#]*)(?P<rest>[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_LONG = 20
_NO_HOSTS = frozenset({"asp.net", "socket.io", "draw.io", "vs.in"})


class Page(NamedTuple):
    """origin: as the policy writes it, so that the name of a subdomain under `*.` is not kept. "" is no page at all."""

    origin: str
    path: str


NO_PAGE = Page("", "")


def page(origin: str, url: str, words: Words) -> Page:
    """The page of a listed site.

    Args:
        origin: of the site's rule.
        url: the whole address.
        words: which segments are everyday words.
    """
    path = re.split(r"[?#]", url, maxsplit=1)[0].partition("://")[2].partition("/")[2]
    parts = path[:2000].split("/")
    shown = [_segment(part, words) or part.lower() for part in parts[:_MOST_SEGMENTS]]
    return Page(origin, "/" + "/".join(shown) + ("/..." if len(parts) > _MOST_SEGMENTS else ""))


def judge(url: str, words: Words) -> list[Span]:
    """What of an address by itself is masked: kinds WORD, ID, HOST and QUERY."""
    if (match := _ADDRESS.fullmatch(url.strip())) is None or len(url) != len(url.strip()):
        return [Span(0, len(url), "URL")] if url else []
    spans: list[Span] = []
    scheme, host = (match["scheme"] or "").lower(), match["host"]
    if scheme.rstrip("/") not in ("", "http:", "https:", "file:", "about:", "chrome:", "ftp:"):
        return [Span(0, len(url), "URL")]
    if host and not _public(host):
        spans.append(Span(*match.span("host"), "HOST"))
    at = match.start("path")
    for number, part in enumerate(match["path"].split("/")):
        if number > _MOST_SEGMENTS:
            spans.append(Span(at, match.end("path"), "PATH"))
            break
        if part and (shown := _segment(part, words)):
            spans.append(Span(at, at + len(part), shown.strip("{}").upper()))
        at += len(part) + 1
    if match["rest"]:
        spans.append(Span(*match.span("rest"), "QUERY"))
    return spans


@cache
def _host() -> re.Pattern[str]:
    domains = "|".join(sorted(own("files")["domains"]))
    return re.compile(
        rf"(?<![\w@./\\-])(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,5}}(?:{domains})(?![\w-]|\.\w)", re.IGNORECASE
    )


def hosts(text: str, settled: Sequence[tuple[int, int]]) -> list[Span]:
    """Names of machines in a text, but for public sites: "smith.com"."""
    return [
        Span(match.start(), match.end(), "HOST")
        for match in (_host().finditer(text) if "." in text else ())
        if not _public(match.group()) and match.group().lower() not in _NO_HOSTS
        and not any(start < match.end() and match.start() < end for start, end in settled)
    ]  # fmt: skip


def _public(host: str) -> bool:
    name = host.lower().removeprefix("www.")
    return name in own("hosts")[""]


def _segment(part: str, words: Words) -> str:
    """What stands for a part of a path, or "" if it may stay."""
    if not part:
        return ""
    pieces = re.split(r"[-_.]", part.lower())
    if all(_WORD.fullmatch(piece) and words.screen(piece) for piece in pieces):
        return ""
    return "{id}" if len(part) > _LONG or any(letter.isdigit() for letter in part) else "{word}"
