"""Looking for canaries where data lies: any piece of one, however it is spaced, cased or punctuated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import msgspec
import numpy as np

from byhand.evals.canaries.planting import Planted
from byhand.events.kinds import AnyEvent, Frame, Key
from byhand.privacy.frames.pixels import unpatch

PIECE = 6
"""A piece of fewer letters or digits is found by chance in any text."""
_HARMLESS = frozenset({"street", "private", "example", "postgres", "invoice"})
_BY_CHANCE = re.compile(r"\b[0-9a-f]{32,64}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
"""Hashes and times of day: any of some digits is among them."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RUN = 8  # pixels of one colour in a row that make a picture of a canary


class Search:
    """Knows what was planted, and which of it was found.

    found: the canaries of which something was found, each once.
    """

    def __init__(self) -> None:
        self.found: list[Planted] = []
        self._seen: set[int] = set()
        self._pieces: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._raw: defaultdict[bytes, list[tuple[bytes, int]]] = defaultdict(list)
        self._colours: dict[bytes, int] = {}
        self._planted: list[Planted] = []

    def plant(self, planted: Planted) -> None:
        """From now on, look for this one too."""
        number = len(self._planted)
        self._planted.append(planted)
        for piece in pieces(planted.canary.secret):
            self._pieces[piece[:PIECE]].append((piece, number))
        secret = planted.canary.secret.encode()
        self._raw[secret[:PIECE]].append((secret, number))
        if planted.colour:
            self._colours[planted.colour] = number

    def texts(self, texts: Iterable[str]) -> None:
        """Look through texts, one by one."""
        for text in texts:
            folded = fold(text)
            for at in range(len(folded) - PIECE + 1):
                for piece, number in self._pieces.get(folded[at : at + PIECE], ()):
                    if folded.startswith(piece, at):
                        self._hit(number)

    def bytes(self, data: bytes) -> None:
        """Look through a file's bytes for whole values, as UTF-8 or UTF-16."""
        self._values(data, data[0::2], data[1::2])

    def _values(self, *read: bytes) -> None:
        for raw in read:
            for at in _starts(raw, self._raw):
                for secret, number in self._raw[raw[at : at + PIECE]]:
                    if raw.startswith(secret, at):
                        self._hit(number)

    def told(self, data: bytes) -> None:
        """Look through a file or an answer in the open, UTF-8: its bytes, and its words however they are written."""
        self._values(data)
        self.texts(_said(data))

    def events(self, events: Iterable[AnyEvent]) -> None:
        """Look through every word of kept events, through what their keys spell, and through every pixel."""
        spelled: list[str] = []
        for event in events:
            self.texts(words(event))
            if isinstance(event, Key) and event.down and event.keysym:
                spelled.append(event.keysym if len(event.keysym) == 1 else " ")
            elif isinstance(event, Frame):
                self._pixels(event)
        self.texts(["".join(spelled)])

    def _pixels(self, frame: Frame) -> None:
        for tile in unpatch(frame.patch):
            if isinstance(tile.what, int):
                self._colour(tile.what.to_bytes(3, "little"))
            else:
                for match in re.finditer(rb"(?s)(...)\1{%d}" % (_RUN - 1), tile.what):
                    self._colour(match[1])

    def _colour(self, colour: bytes) -> None:
        # A run may begin in the middle of a pixel.
        for turn in range(3):
            number = self._colours.get(colour[turn:] + colour[:turn])
            if number is not None:
                self._hit(number)

    def _hit(self, number: int) -> None:
        if number not in self._seen:
            self._seen.add(number)
            self.found.append(self._planted[number])


def fold(text: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def pieces(secret: str) -> set[str]:
    """What nobody may find of a value: the whole of it, and each run of letters and digits that is long enough."""
    runs = {run for run in re.findall(r"[^\W_]+", secret.casefold()) if len(run) >= PIECE} - _HARMLESS
    whole = fold(secret)
    return runs | ({whole} if len(whole) >= PIECE else set())


def words(event: AnyEvent) -> Iterator[str]:
    """Every text of an event."""
    for value in msgspec.structs.astuple(event):
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            joined = [part for part in cast("tuple[object, ...]", value) if isinstance(part, str)]
            yield from joined
            yield "".join(joined)


def _starts(data: bytes, wanted: Mapping[bytes, object]) -> list[int]:
    """Where one of the wanted beginnings stands. All places are compared at once: files are large."""
    if len(data) < PIECE or not wanted:
        return []
    signs = np.frombuffer(data, np.uint8).astype(np.uint64)
    windows = np.zeros(len(data) - PIECE + 1, np.uint64)
    for place in range(PIECE):
        windows = (windows << np.uint64(8)) | signs[place : place + len(windows)]
    beginnings = np.sort(np.array([int.from_bytes(one, "big") for one in wanted], np.uint64))
    nearest = np.minimum(np.searchsorted(beginnings, windows), len(beginnings) - 1)
    return np.flatnonzero(beginnings[nearest] == windows).tolist()


def _said(data: bytes) -> Iterator[str]:
    """The words in a file: what JSON quotes, else what blanks part. Numbers of JSON, hashes and times of day are no
    words.
    """
    text = _BY_CHANCE.sub("", data.decode("utf-8", "replace"))
    if text[:1] in ("{", "["):
        yield from (found[1] for found in _QUOTED.finditer(text) if len(found[1]) >= PIECE)
    else:
        yield from text.split()
