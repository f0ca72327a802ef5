"""A recording as the build takes it in: one file of packed events, and the names it goes by from here on.

Rules of this module: pure. Whoever reads the recording (the command line) hands it down after the person's edits, under
pseudonyms. The bytes are named by their hash, so that a build that goes on knows what it has done already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
import zstandard

from byhand.datasets.manifest import Part
from byhand.datasets.media import Ref
from byhand.episodes.types import Action
from byhand.errors import VaultDamaged
from byhand.events import codec
from byhand.events.kinds import AnyEvent, Monitor, Numbered

_BLOCK = 20_000
_MOST = 1 << 31


class About(msgspec.Struct, frozen=True):
    """What is known of a recording as a whole.

    screen: size of the desktop, in device pixels. monitors: as its header tells them. utc_ns: the wall clock when its
    stamps were 0, or 0. source: of an import, its file and line. corrects: it shows what a person did after they
    took over from a model. prior: what that model had done, as far as it may go in; before: the recordings of that.
    """

    screen: tuple[int, int] = (0, 0)
    monitors: tuple[Monitor, ...] = ()
    utc_ns: int = 0
    source: str = ""
    corrects: bool = False
    prior: tuple[Action, ...] = ()
    before: tuple[Part, ...] = ()


class Taken(msgspec.Struct, frozen=True):
    """part: what it is called. refs: of an import, what could be seen at an event and is kept already.
    words: what a model said that an episode of this id was for.
    """

    part: Part
    about: About
    blocks: list[bytes]
    refs: dict[int, Ref]
    words: dict[str, str] = msgspec.field(default_factory=dict[str, str])

    def events(self) -> Iterator[Numbered]:
        """Raises:
        VaultDamaged: they can't be read.
        """
        seq = 0
        for block in self.blocks:
            for event in codec.decode(block):
                yield Numbered(seq, event)
                seq += 1


def pack(
    part: Part, events: Sequence[AnyEvent], about: About, refs: Mapping[int, Ref], words: Mapping[str, str]
) -> bytes:  # fmt: skip
    cuts = [*range(0, len(events), _BLOCK), len(events)]
    blocks = [codec.encode(events[start:end]) for start, end in pairwise(cuts)]
    packed = msgspec.msgpack.encode(Taken(part, about, blocks, dict(refs), dict(words)))
    return zstandard.ZstdCompressor(level=1).compress(packed)


def read(data: bytes) -> Taken:
    """Raises:
    VaultDamaged: these are no such bytes.
    """
    try:
        body = zstandard.ZstdDecompressor().decompress(data, max_output_size=_MOST)
        return msgspec.msgpack.decode(body, type=Taken)
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged("a recording that was taken in can't be read") from None


def name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
