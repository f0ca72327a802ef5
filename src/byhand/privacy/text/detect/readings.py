"""Other ways to read the same text: as if no line ended in it, and as if it were no part of an address.

A key that a narrow field wrapped is one key, and so is one whose signs an address wrote as `%2B`. Each reading knows
where its letters came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BREAK = re.compile(r"[ \t>|]{0,8}\\?(?:\r\n?|\n|\u2028|\u2029)[ \t>|]{0,8}")
_ESCAPE = re.compile(r"%([0-7][0-9A-Fa-f])")


class Reading(NamedTuple):
    """text: as it is read. origins: for each letter its place in the text that was given. joints: where something was
    left out or undone, in the text that was given.
    """

    text: str
    origins: list[int]
    joints: list[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The part of the given text that a part of this one came from."""
        return self.origins[start], self.origins[end - 1] + 1


def readings(text: str) -> Iterator[Reading]:
    """All other readings of a text; none for most texts.

    What stands in two lines is read with its neighbours still apart: lines are joined two by two, beginning with the
    first and with the second. What stands in more is read with all of them joined.
    """
    breaks = list(_BREAK.finditer(text)) if "\n" in text or "\r" in text or "\u2028" in text else []
    if breaks:
        yield _joined(text, breaks[::2])
    if len(breaks) > 1:
        yield _joined(text, breaks[1::2])
        yield _joined(text, breaks)
    if "%" in text and _ESCAPE.search(text):
        yield _unescaped(text)


def _joined(text: str, breaks: list[re.Match[str]]) -> Reading:
    pieces: list[str] = []
    origins: list[int] = []
    last = 0
    for match in breaks:
        pieces.append(text[last : match.start()])
        origins += range(last, match.start())
        last = match.end()
    pieces.append(text[last:])
    origins += range(last, len(text))
    return Reading("".join(pieces), origins, [match.start() for match in breaks])


def _unescaped(text: str) -> Reading:
    pieces: list[str] = []
    origins: list[int] = []
    joints: list[int] = []
    last = 0
    for match in _ESCAPE.finditer(text):
        pieces += (text[last : match.start()], chr(int(match.group(1), 16)))
        # Of the three signs the last one stands for the letter: a part that ends with it ends behind all three.
        origins += (*range(last, match.start()), match.end() - 1)
        joints.append(match.end() - 1)
        last = match.end()
    pieces.append(text[last:])
    origins += range(last, len(text))
    return Reading("".join(pieces), origins, joints)
