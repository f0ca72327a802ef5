"""What holds for a whole recording, and how it ended: both sealed under the recording's own key."""

from __future__ import annotations

import msgspec

from byhand.errors import VaultDamaged, VaultError
from byhand.events.kinds import Header
from byhand.seal.envelope import open_sealed, seal

VERSION = 1


class Summary(msgspec.Struct, frozen=True):
    """How a recording ended, for lists. Numbers only.

    kept: events by kind. dropped: what was withheld, by reason (a secret counts once, whatever its length).
    lost: events the driver or the recorder could not keep up with. gaps: how often nothing is known of a time.
    """

    kept: dict[str, int]
    dropped: dict[str, int]
    lost: int
    ended_utc_ns: int
    gaps: int = 0


class End(msgspec.Struct, frozen=True):
    """The last link of the chain: with it a recording that lost its tail is told from one that ended there."""

    summary: Summary
    events: int
    last: bytes


def seal_header(key: bytes, nonce: bytes, header: Header) -> bytes:
    return seal(
        key, nonce, "header", _bound(header.recording, header.grant, header.policy_hash, header.purpose), _pack(header)
    )


def open_header(key: bytes, recording: str, grant: str, policy_hash: str, purpose: str, sealed: bytes) -> Header:
    """The header.

    Raises:
        VaultError: a newer byhand wrote it.
        VaultDamaged: it does not verify, or it is another recording's.
    """
    data = open_sealed(key, "header", _bound(recording, grant, policy_hash, purpose), sealed)
    try:
        header = msgspec.msgpack.decode(data, type=Header)
    except msgspec.MsgspecError:
        raise VaultDamaged("the sealed header has a wrong form") from None
    if header.version > VERSION:
        raise VaultError("this recording was made by a newer byhand", hints=("update byhand to read it",))
    return header


def seal_end(key: bytes, nonce: bytes, recording: str, end: End) -> bytes:
    return seal(key, nonce, "end", (recording,), _pack(end))


def open_end(key: bytes, recording: str, sealed: bytes) -> End:
    """How it ended.

    Raises:
        VaultDamaged: it does not verify.
    """
    try:
        return msgspec.msgpack.decode(open_sealed(key, "end", (recording,), sealed), type=End)
    except msgspec.MsgspecError:
        raise VaultDamaged("the sealed end has a wrong form") from None


def _pack(value: msgspec.Struct) -> bytes:
    return msgspec.msgpack.encode(value)


def _bound(*parts: str) -> tuple[object, ...]:
    return parts
