"""Names by which machines know people and their places: @somebody, #channel, owner/name, home folders, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.types import At, Span

_HANDLE = re.compile(r"(?<![\w@.%+-])@[\w](?:[\w.-]{0,62}\w)?(?:@[\w.-]{3,60})?")
_CHANNEL = re.compile(r"(?<![\w#&/])#[^\W\d_][\w-]{1,79}")
_HOME = re.compile(
    r"(?:(?i:/home/|/users/|/mnt/home/|[a-z]:\\(?:users|benutzer|utilisateurs|usuarios)\\|[a-z]:/users/"
    r"|~(?=[a-z])))([^\s/\\:*?\"<>|]{1,64})"
)
_DOMAIN_USER = re.compile(r"(?<![\w\\])[A-Z][A-Z0-9-]{1,14}\\([\w.$-]{2,40})")
_REPO = re.compile(r"(?<![\w./@:-])([A-Za-z0-9][\w.-]{0,38})/([\w.-]{1,100}[\w-])(?:[#@]\w{1,40})?(?![\w/])")
_CODE = re.compile(
    r"github|gitlab|bitbucket|codeberg|gitea|\brepo|pull request|merge request|\bPRs?\b|\bissues?\b|\bfork"
    r"|\bbranch|\bcommit|#\d",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'`]{1,4096}"
    r"|\bwww\.[^\s<>\"'`]{3,4096}"
    # Without a scheme: a host under a common domain, with a path.
    r"|(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:com|org|net|io|co|ai|app|dev|me|gg|ly|us|uk|de|fr|es"
    r"|it|nl|ch|at|jp|cn|eu|to|tv|gl|link|page|so|sh|xyz|info|biz|edu|gov)/[^\s<>\"'`]{1,4096}",
    re.IGNORECASE,
)
_SLACK = re.compile(r"(?<!\w)[UWTCDGB](?=[A-Z0-9]{0,9}\d)[A-Z0-9]{8,11}(?!\w)")


class Handles:
    name = "handles"

    def find(self, text: str, at: At) -> Iterator[Span]:
        if "@" in text:
            yield from _spans(_HANDLE, text, "HANDLE")
        if "#" in text:
            yield from _spans(_CHANNEL, text, "CHANNEL")
        if "/" in text or "\\" in text or "~" in text:
            for match in (*_HOME.finditer(text), *_DOMAIN_USER.finditer(text)):
                yield Span(match.start(1), match.end(1), "HANDLE")
            yield from _repos(text, at)
        yield from _spans(_SLACK, text, "HANDLE")


class Links:
    """Addresses of pages that stand in a text. Where the text itself is an address, the cleaner's own rule holds."""

    name = "links"

    def find(self, text: str, at: At) -> Iterator[Span]:
        if at.surface != "url" and ("/" in text or "www." in text):
            yield from _spans(_LINK, text, "URL")


def _spans(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), kind)


def _repos(text: str, at: At) -> Iterator[Span]:
    """`owner/name` where something says that it is one: its own spelling, or talk of repositories."""
    if at.surface == "url":
        return
    about = None
    for match in _REPO.finditer(text):
        names = match.group(1), match.group(2)
        spelled = all(re.search(r"[a-z]", name, re.IGNORECASE) for name in names) and any(
            re.search(r"[-_\d]|[a-z][A-Z]", name) for name in names
        )
        if about is None:
            about = _CODE.search(text) is not None or bool(_CODE.search(at.label))
        if (spelled or about) and not (match.group().isupper() and len(match.group()) < 10):  # CI/CD, TCP/IP
            yield Span(match.start(), match.end(), "REPO")
