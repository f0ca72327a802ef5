"""Numbers and dates that mean something only by the word beside them: "passport", "Kundennummer", "DOB", "code".

Rule of this module: the word, then at most a few filling words and signs, then the thing; or the thing, then the word
in the same breath. The words are in `said.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from byhand.privacy.text.detect.digits import plain
from byhand.privacy.text.types import At, Span

_AHEAD = 60
"""How far after its word a number may stand, in characters."""
_WORD = re.compile(r"[^\W\d_]+(?:['’./-][^\W\d_]+){0,2}|\d{1,2}fa\b", re.IGNORECASE)
# Figures and letters in groups, as numbers of papers are written; one sign between two groups.
_THING = re.compile(
    r"[^\W_][\w*•]{0,40}(?:[-–./ #]{1,2}(?=[^\s]{0,12}\d)[\w*•]{1,20}){0,6}(?:[-/][A-Za-z]{1,6}(?!\w))?"
)
_GROUP = re.compile(r"[^\s#]{1,200}")
_MONTH = (
    r"(?:jan|feb|f[eé]v|mar|m[aä]r|apr|avr|abr|ma[iyj]|jun|jui|jul|lug|aug|ao[uû]|ago|sep|set|o[ck]t|ott|out|nov|de[cz]|d[eé]c|dic)"
    r"[^\W\d_]{0,8}\.?"
)
_DATE = re.compile(
    r"\d{1,4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|º)?(?:\s|-|\sof\s|\sde\s){{1,2}}{_MONTH}(?:[\s,.-]{{0,3}}(?:de\s)?(?:19|20)?\d{{2}})?"
    rf"|{_MONTH}[\s-]\d{{1,2}}(?:st|nd|rd|th)?(?:[\s,]{{0,3}}(?:19|20)\d{{2}})?"
    r"|(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|(?:19|20)\d{2}",
    re.IGNORECASE,
)
_AGE = re.compile(r"[\s:=(]{1,3}(\d{1,3})\b(?![./:%])")
_FULL = re.compile(r"\d{1,4}\D.*\d|年")
_FEWEST = {
    "ACCOUNT": 3, "CARD": 4, "SSN": 4, "TAX": 3, "PASSPORT": 4, "LICENCE": 4, "ID": 3, "CODE": 3, "PHONE": 4,
}  # fmt: skip
"""How many figures the thing has at least: "case 2" is no number of a person."""


class Said:
    name = "said"

    def find(self, text: str, at: At) -> Iterator[Span]:
        shown = plain(text)
        if kind := _of_label(at.label):
            if any(letter.isdigit() for letter in shown):
                yield Span(0, len(text), "DATE" if kind == "AGE" else kind)
            return
        if not any(letter.isdigit() for letter in shown):
            return
        words, joined = _words()
        for match in _WORD.finditer(shown):
            word = match.group().casefold().replace("’", "'")
            kind = words.get(word) or words.get(word.partition("'")[0]) or words.get(re.split(r"[-./]", word)[-1])
            if kind:
                yield from _beside(shown, match.start(), match.end(), kind)
        if not shown.isascii():
            for word, kind in joined:
                place = shown.find(word)
                while place >= 0:
                    yield from _beside(shown, place, place + len(word), kind)
                    place = shown.find(word, place + 1)


def _beside(text: str, start: int, end: int, kind: str) -> Iterator[Span]:
    ahead = text[end : end + _AHEAD]
    if kind == "AGE":
        if match := _AGE.match(ahead):
            yield Span(end + match.start(1), end + match.end(1), "DATE")
        return
    if kind == "DATE":
        for match in _DATE.finditer(ahead):
            yield Span(end + match.start(), end + match.end(), kind)
        for match in _DATE.finditer(text, max(0, start - 30), start):
            if _FULL.search(match.group()):
                yield Span(match.start(), match.end(), kind)
        return
    for match in _THING.finditer(ahead):
        if _is_thing(match.group(), kind):
            start_of = match.start() + _first(match.group())
            yield Span(end + start_of, end + match.end(), kind)
            break
    behind = max(0, start - 24)
    for match in _THING.finditer(text, behind, start):
        if sum(letter.isdigit() for letter in match.group()) >= 4:
            yield Span(match.start() + _first(match.group()), match.end(), kind)


def _first(groups: str) -> int:
    """Where the first group with a figure begins: "number 4711" is a word and a number."""
    for match in _GROUP.finditer(groups):
        if any(letter.isdigit() for letter in match.group()):
            return match.start()
    return 0


def _is_thing(group: str, kind: str) -> bool:
    figures = sum(letter.isdigit() for letter in group)
    if kind == "CODE":
        return 3 <= figures <= 9 or (figures > 0 and 5 <= len(group) <= 12 and group.isupper())
    return figures >= _FEWEST[kind]


def _of_label(label: str) -> str:
    """What the label of a field says about its value, or "". Dates in a field are dates of somebody only if it says."""
    words, joined = _words()
    found = ""
    for match in _WORD.finditer(label[:200]):
        found = words.get(match.group().casefold(), "") or found
    return found or next((kind for word, kind in joined if word in label), "")


@cache
def _words() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Word -> kind, and those of scripts without spaces."""
    words: dict[str, str] = {}
    kind = ""
    text = files("byhand.privacy.text.detect").joinpath("said.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            for word in line.split(","):
                # The first kind that claims a word has it.
                words.setdefault(word.strip().strip('"'), kind)
    words.pop("", None)
    if not {*_FEWEST, "DATE", "AGE"} <= set(words.values()):
        raise ValueError("the list of words is not whole")  # the text is then not judged, and not kept
    joined = tuple((word, kind) for word, kind in words.items() if word[0] >= "\u2e80")
    return words, joined
