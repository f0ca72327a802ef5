"""What was typed in one go: the text that stands in the field for it, with its caret and selection.

Rules of this module: an edit that can be followed is followed; one that can't says so (False) and changes nothing.
Only what was typed here is known, so the caret may not leave it. A key moves by characters as people see them and to
the side they see: where that is not one code point in the direction of reading, it can't be followed.
"""

from __future__ import annotations

import unicodedata

_CJK = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


class Run:
    """Starts empty.

    Args:
        bounded: no word goes over its beginning.

    Attributes:
        text: code points.
        caret: 0 to len(text).
        whole: the whole field is selected, also what stood there before.
    """

    __slots__ = ("_anchor", "_bounded", "_keyed", "caret", "text", "whole")

    def __init__(self, *, bounded: bool = True) -> None:
        self._bounded = bounded
        self.text: list[str] = []
        self.caret = 0
        self.whole = False
        self._anchor = 0
        self._keyed = 0  # so many signs before the caret were written by keys, not by an input method

    @property
    def at_end(self) -> bool:
        return self.caret == len(self.text)

    @property
    def selected(self) -> bool:
        """Is a part of the run, or the whole field, selected?"""
        return self.whole or self._anchor != self.caret

    # ---- edits

    def write(self, sign: str) -> None:
        """A character at the caret, in place of what is selected."""
        if self.whole or self._anchor != self.caret:
            self.cut()
        self.text.insert(self.caret, sign)
        self.caret += 1
        self._anchor = self.caret
        self._keyed += 1

    def commit(self, text: str) -> None:
        """What an input method made of the keys before: it stands in place of what those keys wrote here.

        The keys of the last word count as its spelling, and one space behind them as the key that chose it.
        """
        if self.selected:
            self.cut()
        spelled = at = self.caret
        floor = self.caret - self._keyed
        if spelled > floor and self.text[spelled - 1] == " ":
            spelled -= 1
        while spelled > floor and not self.text[spelled - 1].isspace():
            spelled -= 1
        self.text[spelled:at] = text
        self.caret = self._anchor = spelled + len(text)
        self._keyed = 0

    def cut(self) -> bool:
        """Remove what is selected."""
        if self.whole:
            self.text.clear()
            self.caret = self._anchor = self._keyed = 0
            self.whole, self._bounded = False, True
        elif self._anchor != self.caret:
            first, last = sorted((self._anchor, self.caret))
            del self.text[first:last]
            self.caret = self._anchor = first
            self._keyed = 0
        else:
            return False
        return True

    def back(self) -> bool:
        """Remove the character before the caret, or what is selected."""
        if self.cut():
            return True
        if not self.caret or not _simple(self.text[max(0, self.caret - 2) : self.caret + 1]):
            return False
        self.caret -= 1
        del self.text[self.caret]
        self._anchor = self.caret
        self._keyed = max(0, self._keyed - 1)
        return True

    def delete(self) -> bool:
        """Remove the character behind the caret, or what is selected."""
        if self.cut():
            return True
        if self.at_end or not _simple(self.text[self.caret : self.caret + 2]):
            return False
        del self.text[self.caret]
        return True

    def back_word(self) -> bool:
        """Remove back to the beginning of a word. What a word is, programs agree about for letters and spaces only."""
        if self.selected:
            return self.cut()
        start = self._word()
        if start < 0:
            return False
        del self.text[start : self.caret]
        self.caret = self._anchor = start
        self._keyed = 0
        return True

    # ---- moves

    def move(self, by: int, *, selecting: bool) -> bool:
        """One character to the left (-1) or right (1)."""
        if self.whole or not _simple(self.text) or any(map(_to_the_left, self.text)):
            return False
        if self.selected and not selecting:
            self._go((min if by < 0 else max)(self._anchor, self.caret), selecting=False)
            return True
        if not 0 <= self.caret + by <= len(self.text):
            return False
        self._go(self.caret + by, selecting=selecting)
        return True

    def edge(self, by: int, *, selecting: bool) -> bool:
        """To the run's beginning or end, which must be the line's."""
        if self.whole or any(map(_to_the_left, self.text)):
            return False
        self._go(0 if by < 0 else len(self.text), selecting=selecting)
        return True

    def word_left(self, *, selecting: bool) -> bool:
        start = -1 if self.whole else self._word()
        if start < 0 or any(map(_to_the_left, self.text)):
            return False
        self._go(start, selecting=selecting)
        return True

    def _go(self, to: int, *, selecting: bool) -> None:
        self.caret = to
        self._keyed = 0
        if not selecting:
            self._anchor = to

    def _word(self) -> int:
        """Where the word before the caret begins; -1 where that is not certain: it may begin before the run."""
        at = self.caret
        while at and self.text[at - 1] == " ":
            at -= 1
        last = at
        while at and self.text[at - 1] != " ":
            at -= 1
            if not (self.text[at].isascii() and self.text[at].isalnum()):
                return -1
        return at if at < last and (at or self._bounded) else -1

    # ---- what is not finished

    def unfinished(self) -> list[tuple[int, int]]:
        """The words that may still go on: those the caret touches, and the last one."""
        found = {self._around(self.caret), self._around(len(self.text))}
        return sorted(part for part in found if part[0] < part[1])

    @property
    def finished(self) -> bool:
        """Is the caret behind all of it, and behind a finished word?"""
        return not self.text or (self.at_end and delimits(self.text[-1]))

    def first(self) -> tuple[int, int]:
        """The word the run begins with; empty if it begins with a delimiter."""
        return self._around(0)

    def _around(self, at: int) -> tuple[int, int]:
        first = last = at
        while first and not delimits(self.text[first - 1]):
            first -= 1
        while last < len(self.text) and not delimits(self.text[last]):
            last += 1
        return first, last


def delimits(sign: str) -> bool:
    """Does a word end with this? In scripts that write without spaces every sign may be a word."""
    if sign.isascii():
        return sign.isspace()
    return sign.isspace() or any(first <= ord(sign) <= last for first, last in _CJK)


def _simple(signs: list[str]) -> bool:
    """Is each of these a character of its own, wherever it is shown?"""
    return all(
        sign.isascii() or not (unicodedata.category(sign)[0] in "MC" or 0x1F1E6 <= ord(sign) <= 0x1F1FF
                               or 0x1F3FB <= ord(sign) <= 0x1F3FF or 0x1100 <= ord(sign) <= 0x11FF)
        for sign in signs
    )  # fmt: skip


def _to_the_left(sign: str) -> bool:
    return not sign.isascii() and unicodedata.bidirectional(sign) in ("R", "AL", "AN", "RLE", "RLO", "RLI")
