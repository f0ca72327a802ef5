"""Where somebody can be reached: e-mail, telephone, addresses of machines, places on the globe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.detect.digits import Run, plain, runs
from byhand.privacy.text.types import At, Span

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DOMAIN = re.compile(r"[^\W_][\w-]{0,62}(?:\.[\w-]{1,62}){0,6}|\[[\d.:a-fA-F]{3,45}\]")
_AT = re.compile(r"@|%40|&#64;")
# An address that is meant not to be found: "jane (at) acme (dot) com", "jane at acme dot com".
_SPELLED = re.compile(
    r"[\w.+-]{1,64}(?:\s?[(\[{]\s?(?:at|ät|@)\s?[)\]}]\s?|\sat\s)[\w-]{1,63}"
    r"(?:(?:\s?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?|\sdot\s)[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(r"(?:\+|(?<!\d)00)\s?\(?\d{1,4}(?:[\s().\-‐-―/·]{0,3}\d){4,14}")
_NO_PHONE = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./]\d{1,2}(?:\D.*)?"  # a day, perhaps with a time
    r"|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?:\D.*)?"
    r"|(?:19|20)\d\d\D{1,3}(?:19|20)\d\d"  # from year to year
    r"|\d{1,2}(?:[ .,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?"  # a sum in groups of three
    r"|\d+[.,]\d+"
    r"|(?:\d{1,2}[:.]){1,2}\d{2}(?:\D.*)?",
    re.DOTALL,
)
_EXTENSION = re.compile(r"[\s,;]{0,2}(?:ext(?:ension)?\.?|x|#|dw|durchwahl|app\.?|poste)\s?\d{1,6}\b", re.IGNORECASE)
_NAMED = re.compile(r"\b1?[-. ]?\(?8(?:00|33|44|55|66|77|88)\)?[-. ][A-Z0-9]{1,4}(?:-?[A-Z0-9]{2,7}){1,2}\b")
_IP4 = re.compile(r"(?<![\w.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w]|\.\d)")
_IP6 = re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_MAC = re.compile(
    r"(?<![\w:-])[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5,7}(?![\w:-])|\b[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4}){2}\b"
)
_GLOBE = re.compile(
    r"-?\d{1,3}\.\d{3,12}(?:°?\s?[NS])?\s?[,;/ ]\s?-?\d{1,3}\.\d{3,12}(?:°?\s?[EWO]\b)?"
    r"|\d{1,3}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d{1,4})?[\"″]\s?)?[NSEWO]"
)


class Contacts:
    name = "contacts"

    def find(self, text: str, at: At) -> Iterator[Span]:
        yield from _mails(text)
        shown = plain(text)
        if not any(letter.isdigit() for letter in shown):
            return
        yield from _phones(shown, at)
        for pattern, kind in ((_IP4, "IP"), (_MAC, "IP"), (_GLOBE, "ADDRESS"), (_NAMED, "PHONE")):
            for match in pattern.finditer(shown):
                yield Span(match.start(), match.end(), kind)
        for match in _IP6.finditer(shown):
            found = match.group()
            if not _CLOCK.fullmatch(found) and any(letter.isalnum() for letter in found):
                yield Span(match.start(), match.end(), "IP")


def _mails(text: str) -> Iterator[Span]:
    """From each sign between name and host outwards, so that no start is tried twice."""
    for sign in _AT.finditer(text):
        name = _LOCAL.search(text, max(0, sign.start() - 64), sign.start())
        host = _DOMAIN.match(text, sign.end())
        if name and host:
            yield Span(name.start(), host.end(), "EMAIL")
    lower = text.casefold()
    if "dot" in lower or "punkt" in lower or "(at" in lower or "[at" in lower:
        for match in _SPELLED.finditer(text):
            yield Span(match.start(), match.end(), "EMAIL")


def _phones(text: str, at: At) -> Iterator[Span]:
    for match in _INTERNATIONAL.finditer(text):
        yield _extended(text, match.start(), match.end())
    for run in runs(text):
        for start, end in _numbers(text, run):
            raw = text[start:end].isdecimal()
            count = sum(letter.isdigit() for letter in text[start:end])
            if raw:
                # Ten and eleven figures are how telephone numbers are typed; other long ones are of somebody too.
                if count >= 7:
                    yield _extended(text, start, end) if count in (10, 11) else Span(start, end, "ID")
            elif count >= 7 and not _NO_PHONE.fullmatch(text[start:end]):
                yield _extended(text, start, end) if count <= 15 else Span(start, end, "ID")
    del at


def _numbers(text: str, run: Run) -> Iterator[tuple[int, int]]:
    """The parts of a run that nothing but a space, a dash, a dot, a stroke or brackets hold together."""
    start = run.at[0]
    for here, there in zip(run.at, (*run.at[1:], None), strict=True):
        between = text[here + 1 : there] if there is not None else "\n"
        if there is None or len(between) > 2 + between.count(" ") or any(sign in ",:\n\r\t\\_|·•" for sign in between):
            begin = start - 1 if start and text[start - 1] == "(" and ")" in text[start : here + 1] else start
            yield begin, here + 1
            start = there if there is not None else start


def _extended(text: str, start: int, end: int) -> Span:
    more = _EXTENSION.match(text, end)
    return Span(start, more.end() if more else end, "PHONE")
