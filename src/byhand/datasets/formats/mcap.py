"""MCAP files, as far as OWAMcap needs them: records, zstd chunks, an index at the end. Bytes in, bytes out.

Format 0 of mcap.dev/spec. A record is an opcode, a length of 8 bytes and its content; a string a length of 4 bytes and
UTF-8. Reading trusts no length: nothing longer than a limit is read or unpacked, and what is cut off ends the file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, NamedTuple

import zstandard

MAGIC = b"\x89MCAP0\r\n"
CHUNK = 1 << 20
"""Bytes of messages that a chunk gathers before it is packed."""
MOST_RECORD = 256 << 20
MOST_UNPACKED = 256 << 20
HEADER, FOOTER, SCHEMA, CHANNEL, MESSAGE, CHUNKED, INDEX, CHUNK_INDEX = 1, 2, 3, 4, 5, 6, 7, 8
STATISTICS, SUMMARY_OFFSET, DATA_END = 0x0B, 0x0E, 0x0F


class Message(NamedTuple):
    topic: str
    schema: str
    log_ns: int
    data: bytes


class McapFault(ValueError):
    """What is wrong with a file; quotes nothing of it."""


def read(file: BinaryIO) -> Iterator[Message]:
    """All messages in the order of the file.

    Raises:
        McapFault: it is no MCAP, or ends too early; what came before was told.
    """
    if file.read(8) != MAGIC:
        raise McapFault("no MCAP file")
    known = _Known()
    while True:
        head = file.read(9)
        if not head:
            raise McapFault("ends without a footer")
        if len(head) < 9:
            raise McapFault("ends inside of a record")
        opcode, length = head[0], int.from_bytes(head[1:], "little")
        if length > MOST_RECORD:
            raise McapFault(f"a record longer than {MOST_RECORD >> 20} MiB")
        content = file.read(length)
        if len(content) < length:
            raise McapFault("ends inside of a record")
        if opcode in (FOOTER, DATA_END):
            return
        if opcode == CHUNKED:
            yield from _chunk(content, known)
        elif (message := known.record(opcode, content)) is not None:
            yield message


class _Known:
    """Schemas and channels so far."""

    def __init__(self) -> None:
        self._schemas: dict[int, str] = {}
        self._channels: dict[int, tuple[int, str]] = {}

    def record(self, opcode: int, content: bytes) -> Message | None:
        try:
            if opcode == SCHEMA:
                self._schemas[_u16(content, 0)] = _string(content, 2)[0]
            elif opcode == CHANNEL:
                self._channels[_u16(content, 0)] = (_u16(content, 2), _string(content, 4)[0])
            elif opcode == MESSAGE:
                number, _, log_ns, _ = struct.unpack_from("<HIQQ", content)
                schema, topic = self._channels[number]
                return Message(topic, self._schemas.get(schema, ""), log_ns, content[22:])
        except (struct.error, KeyError, UnicodeDecodeError, IndexError):
            raise McapFault("a record that makes no sense") from None
        return None


def _chunk(content: bytes, known: _Known) -> Iterator[Message]:
    try:
        _, _, size, crc = struct.unpack_from("<QQQI", content)
        packing, place = _string(content, 28)
        (length,) = struct.unpack_from("<Q", content, place)
    except (struct.error, UnicodeDecodeError):
        raise McapFault("a chunk that makes no sense") from None
    packed = content[place + 8 : place + 8 + length]
    if size > MOST_UNPACKED:
        raise McapFault(f"a chunk that unpacks to more than {MOST_UNPACKED >> 20} MiB")
    if packing == "zstd":
        try:
            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(BytesIO(packed)) as reader:
                records = reader.read(size + 1)
        except (zstandard.ZstdError, MemoryError):
            raise McapFault("a chunk that can't be unpacked") from None
    elif packing:
        raise McapFault("a chunk packed in a way that is not known here")
    else:
        records = packed
    if len(records) != size or (crc and zlib.crc32(records) != crc):
        raise McapFault("a chunk that is not what it says")
    place = 0
    while place < len(records):
        opcode, length = records[place], int.from_bytes(records[place + 1 : place + 9], "little")
        if place + 9 + length > len(records):
            raise McapFault("ends inside of a record")
        if (message := known.record(opcode, records[place + 9 : place + 9 + length])) is not None:
            yield message
        place += 9 + length


def _u16(data: bytes, place: int) -> int:
    return struct.unpack_from("<H", data, place)[0]


def _string(data: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, place)
    end = place + 4 + length
    if end > len(data):
        raise McapFault("a string longer than its record")
    return data[place + 4 : end].decode(), end


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def record(opcode: int, content: bytes) -> bytes:
    return bytes([opcode]) + struct.pack("<Q", len(content)) + content


@dataclass
class _Index:
    start: int
    end: int
    at: int
    length: int
    size: int
    packed: int


@dataclass
class Writer:
    """Writes messages, in chunks, and at the end what a reader needs to find them.

    topics: topic to (name of its schema, its JSON Schema).
    """

    file: BinaryIO
    profile: str
    library: str
    topics: dict[str, tuple[str, bytes]]
    _chunks: list[_Index] = field(default_factory=list[_Index])
    _pending: list[bytes] = field(default_factory=list[bytes])
    _size: int = 0
    _counts: dict[int, int] = field(default_factory=dict[int, int])
    _span: list[int] = field(default_factory=list[int])
    _all: list[int] = field(default_factory=list[int])

    def begin(self) -> None:
        self.file.write(MAGIC + record(HEADER, text(self.profile) + text(self.library)))

    def add(self, topic: str, log_ns: int, data: bytes) -> None:
        number = 1 + list(self.topics).index(topic)
        if number not in self._counts:
            self._put(self._described(topic))
            self._counts[number] = 0
        self._put(record(MESSAGE, struct.pack("<HIQQ", number, self._counts[number], log_ns, log_ns) + data))
        self._counts[number] += 1
        self._span = [min(log_ns, *self._span, log_ns), max(log_ns, *self._span, log_ns)]
        if self._size >= CHUNK:
            self._flush()

    def end(self) -> None:
        self._flush()
        self.file.write(record(DATA_END, b"\0\0\0\0"))
        start = self.file.tell()
        topics = list(self.topics)
        for number in sorted(self._counts):
            self.file.write(self._described(topics[number - 1]))
        total = sum(self._counts.values())
        counts = b"".join(struct.pack("<HQ", number, count) for number, count in sorted(self._counts.items()))
        first, last = (min(self._all), max(self._all)) if self._all else (0, 0)
        self.file.write(record(STATISTICS, struct.pack(
            "<QHIIIIQQ", total, len(self._counts), len(self._counts), 0, 0, len(self._chunks), first, last
        ) + struct.pack("<I", len(counts)) + counts))  # fmt: skip
        for one in self._chunks:
            body = struct.pack("<QQQQIQ", one.start, one.end, one.at, one.length, 0, 0) + text("zstd")
            self.file.write(record(CHUNK_INDEX, body + struct.pack("<QQ", one.packed, one.size)))
        self.file.write(record(FOOTER, struct.pack("<QQI", start, 0, 0)) + MAGIC)

    def _described(self, topic: str) -> bytes:
        number = 1 + list(self.topics).index(topic)
        name, schema = self.topics[topic]
        described = (
            struct.pack("<H", number) + text(name) + text("jsonschema") + struct.pack("<I", len(schema)) + schema
        )
        channel = struct.pack("<HH", number, number) + text(topic) + text("json") + struct.pack("<I", 0)
        return record(SCHEMA, described) + record(CHANNEL, channel)

    def _put(self, data: bytes) -> None:
        self._pending.append(data)
        self._size += len(data)

    def _flush(self) -> None:
        if not self._pending:
            return
        records = b"".join(self._pending)
        packed = zstandard.ZstdCompressor(level=3).compress(records)
        start, end = self._span or [0, 0]
        body = struct.pack("<QQQI", start, end, len(records), zlib.crc32(records)) + text("zstd")
        whole = record(CHUNKED, body + struct.pack("<Q", len(packed)) + packed)
        self._chunks.append(_Index(start, end, self.file.tell(), len(whole), len(records), len(packed)))
        self.file.write(whole)
        self._all += [start, end]
        self._pending, self._size, self._span = [], 0, []
