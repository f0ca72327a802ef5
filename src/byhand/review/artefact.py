"""The very bytes that would leave: packed, named by their hash, read back. Pure. See docs/formats/share.md.

Rules of this module: the same recording and edits give the same bytes. Whoever shows what would leave reads these
bytes back and shows that, never what they were made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

import msgspec
import zstandard

from byhand.errors import VaultDamaged, VaultError
from byhand.events import codec
from byhand.events.kinds import AnyEvent, Header, Monitor
from byhand.events.time import utc

MAGIC = b"BYS\x01"
LEVEL = 10
BLOCK_EVENTS = 20_000
LARGEST = 1 << 30
"""Bytes we are ready to unpack: an artefact that claims more is damaged or meant to fill the memory."""


class SharedHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is told about the recording as a whole, and nothing that joins it to another one or to a person.

    day: of its beginning, in UTC, as 2026-01-31. monitors: named by their number.
    """

    recording: str
    grant: str
    policy_hash: str
    purpose: Literal["mine", "train"]
    streams: tuple[str, ...]
    driver: str
    program: str
    day: str
    layout: str
    screen_w: int
    screen_h: int
    monitors: tuple[Monitor, ...]


class Shared(msgspec.Struct, frozen=True):
    """What would leave. Stamps of events count from the recording's first event."""

    header: SharedHeader
    events: tuple[AnyEvent, ...]


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    header: SharedHeader
    n: int
    blocks: list[bytes]


def shared_header(header: Header) -> SharedHeader:
    """The header without device, boot, clocks and the names of monitors."""
    return SharedHeader(
        recording=header.recording,
        grant=header.grant,
        policy_hash=header.policy_hash,
        purpose=header.purpose,
        streams=header.streams,
        driver=header.driver,
        program=header.program,
        day=f"{utc(header, header.mono_ns):%Y-%m-%d}",
        layout=header.layout,
        screen_w=header.screen_w,
        screen_h=header.screen_h,
        monitors=tuple(msgspec.structs.replace(one, name=str(number)) for number, one in enumerate(header.monitors, 1)),
    )


def as_header(shared: SharedHeader) -> Header:
    """A header to show it with: what is not told is empty, and the clocks begin at midnight of its day."""
    day = datetime.strptime(shared.day, "%Y-%m-%d").replace(tzinfo=UTC)
    return Header(
        version=1, recording=shared.recording, device="", grant=shared.grant, policy_hash=shared.policy_hash,
        purpose=shared.purpose, streams=shared.streams, driver=shared.driver, program=shared.program, boot_id="",
        mono_ns=0, utc_ns=int(day.timestamp()) * 10**9, layout=shared.layout, screen_w=shared.screen_w,
        screen_h=shared.screen_h, monitors=shared.monitors,
    )  # fmt: skip


def pack(shared: Shared) -> bytes:
    """The bytes."""
    cuts = [*range(0, len(shared.events), BLOCK_EVENTS), len(shared.events)]
    blocks = [codec.encode(shared.events[start:end]) for start, end in pairwise(cuts)]
    body = msgspec.msgpack.encode(_Body(shared.header, len(shared.events), blocks))
    return MAGIC + zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(body)


def name(data: bytes) -> str:
    """What an approval names: SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes) -> Shared:
    """What the bytes say.

    Raises:
        VaultError: a newer byhand made them.
        VaultDamaged: this is no artefact.
    """
    if data[:3] == MAGIC[:3] and data[3:4] > MAGIC[3:]:
        raise VaultError("this was made by a newer byhand", hints=("update byhand to read it",))
    if data[:4] != MAGIC:
        raise VaultDamaged("these bytes are nothing that was made to be shared")
    try:
        if not 0 <= zstandard.frame_content_size(data[4:]) <= LARGEST:
            raise VaultDamaged("what was made to be shared claims an impossible size")
        body = msgspec.msgpack.decode(
            zstandard.ZstdDecompressor().decompress(data[4:], allow_extra_data=False), type=_Body
        )
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged("what was made to be shared does not unpack") from None
    events = _joined([codec.decode(block) for block in body.blocks])
    if len(events) != body.n:
        raise VaultDamaged("what was made to be shared holds another number of events than it says")
    return Shared(body.header, events)


def _joined(blocks: Sequence[Sequence[AnyEvent]]) -> tuple[AnyEvent, ...]:
    return tuple(event for block in blocks for event in block)
