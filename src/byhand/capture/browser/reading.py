"""A message of the extension as values. What is no message is a count and never an error; nothing of it is repeated.

A batch that can't be read as a whole is read event by event: one event that breaks a limit must not cost the others,
and it must not come back for ever because nobody could acknowledge it.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from byhand.events.browser import Address, Batch, DocumentEvent, Flushed, Hello, Short, TabTold


class HostLost(msgspec.Struct, frozen=True, tag_field="say", tag="lost"):
    """The native host had to drop `count` messages of the extension whole: they were too long."""

    count: int


Heard = Hello | Batch | TabTold | Flushed | HostLost


class Read(NamedTuple):
    """said: None where nothing could be read. unreadable: events, or messages, that were dropped.

    numbers: places of a batch's events in their batch; None where all of them are there. size: how many it had.
    """

    said: Heard | None
    unreadable: int = 0
    numbers: tuple[int, ...] | None = None
    size: int = 0


class _Envelope(msgspec.Struct, frozen=True, tag_field="say", tag="batch"):
    document: Short
    window: int
    tab: int
    frame: int
    url: Address
    top: Address
    first: int
    sent: float
    events: list[msgspec.Raw]
    skipped: int = 0
    scripted: int = 0


_MOST_PARTS = 10_000
_whole = msgspec.json.Decoder(Heard)
_envelope = msgspec.json.Decoder(_Envelope)
_event = msgspec.json.Decoder(DocumentEvent)


def read(message: bytes) -> Read:
    """What a message says."""
    try:
        said = _whole.decode(message)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _piece_by_piece(message)
    return Read(said, size=len(said.events) if isinstance(said, Batch) else 0)


def _piece_by_piece(message: bytes) -> Read:
    try:
        envelope = _envelope.decode(message)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Read(None, 1)
    events: list[DocumentEvent] = []
    numbers: list[int] = []
    for number, part in enumerate(envelope.events[:_MOST_PARTS]):
        try:
            events.append(_event.decode(part))
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            continue
        numbers.append(number)
    batch = Batch(
        document=envelope.document, window=envelope.window, tab=envelope.tab, frame=envelope.frame, url=envelope.url,
        top=envelope.top, first=envelope.first, sent=envelope.sent, events=tuple(events), skipped=envelope.skipped,
        scripted=envelope.scripted,
    )  # fmt: skip
    return Read(batch, len(envelope.events) - len(events), tuple(numbers), len(envelope.events))
