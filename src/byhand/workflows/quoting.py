"""The signs of which sentences are made: words, names in quotes, slots. Reads them one after the other.

Rules of this module: a text in quotes is escaped as in JSON. What was expected is said with what to write; a word that
is nearly right is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches

from byhand.workflows.templates import TemplateError, only_slot

MOST = 10_000
"""No sentence is longer."""
_SIGN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|\{[^{}\s]*\}|,|[^\s",]+)', re.DOTALL)
_SLOTS = re.compile(r"\{[^{}\s]+\}(, \{[^{}\s]+\})*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class SentenceError(ValueError):
    """hint: what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def quoted(text: str) -> str:
    """As JSON writes it, readable where it is printable."""
    said = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in said)


def operand(template: str) -> str:
    """A slot that stands alone as it is, all else in quotes."""
    try:
        return template if only_slot(template) else quoted(template)
    except TemplateError:  # said by whoever checks the program's sense
        return quoted(template)


def operands(template: str) -> str:
    """Some slots with commas between them as they are, all else in quotes."""
    return template if _SLOTS.fullmatch(template) else quoted(template)


def number_or_operand(template: str) -> str:
    return template if _NUMBER.fullmatch(template) else operand(template)


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean press?`, or nothing."""
    found = get_close_matches(word.casefold(), list(known), 1, 0.6)
    return f"did you mean {found[0]}?" if found else ""


class Signs:
    """Those of one sentence. Each method takes what it is called after, or raises.

    Raises:
        SentenceError: it is not there.
    """

    def __init__(self, sentence: str, example: str = "") -> None:
        if len(sentence) > MOST:
            raise SentenceError(f"is longer than {MOST} characters")
        self.example = example
        self._signs: list[str] = []
        self._at = at = 0
        while sentence[at:].strip():
            if (found := _SIGN.match(sentence, at)) is None:
                raise SentenceError(
                    "has a text whose quotes aren't closed", 'a text stands in "..."; in it, " is written \\"'
                )
            self._signs.append(found[1])
            at = found.end()

    @property
    def next(self) -> str:
        """The sign ahead; "" at the end."""
        return self._signs[self._at] if self._at < len(self._signs) else ""

    @property
    def after(self) -> str:
        """The sign after that; "" where there is none."""
        return self._signs[self._at + 1] if self._at + 1 < len(self._signs) else ""

    def take(self) -> str:
        found = self.next
        self._at += 1
        return found

    def maybe(self, *words: str) -> bool:
        """Take these words if they come next."""
        if tuple(self._signs[self._at : self._at + len(words)]) != words:
            return False
        self._at += len(words)
        return True

    def expect(self, *words: str) -> None:
        for word in words:
            if self.next != word:
                raise self.wrong(f"needs the word {word!r}")
            self._at += 1

    def name(self, what: str) -> str:
        """A name in quotes, which is no template."""
        if not self.next.startswith('"'):
            raise self.wrong(f"needs {what} in quotes")
        return self._text()

    def operand(self, what: str, *, number: bool = False) -> str:
        """A slot, or a template in quotes; also a number."""
        if self.next.startswith('"'):
            return self._text()
        if self.next.startswith("{") or (number and _NUMBER.fullmatch(self.next)):
            return self.take()
        raise self.wrong(f"needs {what}: a slot like {{amount}}, or a text in quotes")

    def operands(self, what: str) -> str:
        """Some of them with commas between."""
        found = [self.operand(what)]
        while self.maybe(","):
            found.append(self.operand(what))
        return ", ".join(found)

    def end(self) -> None:
        if self.next:
            raise SentenceError(f"has more than belongs to it: {self.next[:40]}", self._hint)

    def wrong(self, message: str) -> SentenceError:
        here = f"there stands {self.next[:40]}" if self.next else "it ends there"
        return SentenceError(f"{message}; {here}", self._hint)

    @property
    def _hint(self) -> str:
        return f"write it like: {self.example}" if self.example else ""

    def _text(self) -> str:
        try:
            return str(json.loads(self.take(), strict=False))
        except ValueError:
            raise SentenceError("has a backslash that belongs to nothing", "in quotes, \\ is written \\\\") from None
