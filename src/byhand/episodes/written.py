"""A text with its caret, as the keys of one go change it. Pure.

Rules of this module: what can't be followed makes the whole unknown. Only what was written in this go is known, so an
edit that reaches beyond its beginning or end can't be followed.
"""

from __future__ import annotations


class Written:
    """Starts empty.

    Attributes:
        known: the text can be told.
        changed: something was written or taken away.
    """

    __slots__ = ("_anchor", "_caret", "_text", "_whole", "changed", "known")

    def __init__(self) -> None:
        self._text: list[str] = []
        self._caret: int = 0
        self._anchor: int = 0
        self._whole = False
        self.known = True
        self.changed = False

    @property
    def text(self) -> str:
        return "".join(self._text) if self.known else ""

    def all(self) -> None:
        """Everything in the field is selected, also what stood there before."""
        self._whole = True

    def write(self, sign: str) -> None:
        """A character at the caret, "" for one that is not known."""
        self.changed = True
        self._cut()
        if not sign:
            self.known = False
            return
        self._text.insert(self._caret, sign)
        self._caret = self._anchor = self._caret + 1

    def erase(self, name: str, *, word: bool) -> None:
        """Backspace or Delete."""
        self.changed = True
        if self._cut():
            return
        start = end = self._caret
        if name == "Backspace":
            start = self._left(word=word)
        else:
            end = min(len(self._text), end + 1)
            self.known &= not word
        if start == end:  # what it took away stood there before
            self.known &= name == "Backspace" and not self._text
            return
        del self._text[start:end]
        self._caret = self._anchor = start

    def move(self, name: str, *, word: bool, select: bool) -> None:
        """An arrow to the side, Home or End."""
        before = self._caret
        if name == "ArrowLeft":
            self._caret = self._left(word=word)
        elif name == "ArrowRight":
            self._caret = len(self._text) if word else min(len(self._text), self._caret + 1)
            self.known &= not word or self._caret == len(self._text)
        else:
            self._caret = 0 if name == "Home" else len(self._text)
        if not select:
            if self._anchor != before and name in ("ArrowLeft", "ArrowRight"):  # it only goes to the selection's end
                ends = sorted((self._anchor, before))
                self._caret = ends[name == "ArrowRight"]
            self._anchor = self._caret
        self._whole = False

    def _left(self, *, word: bool) -> int:
        at = self._caret
        if not word:
            return max(0, at - 1)
        while at and self._text[at - 1].isspace():
            at -= 1
        while at and not self._text[at - 1].isspace():
            at -= 1
        return at

    def _cut(self) -> bool:
        """Take away what is selected, if anything is."""
        if self._whole:
            self._text.clear()
            self._caret = self._anchor = 0
            self._whole, self.known = False, True
            return True
        start, end = sorted((self._anchor, self._caret))
        del self._text[start:end]
        self._caret = self._anchor = start
        return start != end
