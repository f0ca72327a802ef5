"""Kept events <-> columns of bytes. See docs/formats/events.md, which holds the format; this file follows it.

Rules of this module: pure. The columns are derived from the fields of the types in `kinds`, so a new field needs no
code here, only a default (old segments lack its column). What a newer program wrote is refused, never half understood.
"""

from __future__ import annotations

import operator
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import Any, cast

import msgspec

from byhand.errors import VaultDamaged, VaultError
from byhand.events.columns import MS, SIGNED, UNSIGNED, Column, Field, fields_of
from byhand.events.kinds import KINDS, AnyEvent, Event
from byhand.events.packing import pack_kind

VERSION = 1

_MOST_INTS = 1 << 24  # of all tuples in one column: a count that is a lie must not cost all memory


def encode(events: Sequence[AnyEvent]) -> bytes:
    """Events, in order, as one map of columns.

    Raises:
        OverflowError: an integer does not fit 64 bits with a sign.
    """
    rows: dict[type[Event], list[tuple[Any, ...]]] = {}
    kinds = list(map(type, events))
    names = list(dict.fromkeys(kinds))
    if len(names) == 1:
        rows[names[0]] = list(map(msgspec.structs.astuple, events))
    else:
        rows = {kind: [] for kind in names}
        for kind, event in zip(kinds, events, strict=True):
            rows[kind].append(msgspec.structs.astuple(event))
    number = {kind: place for place, kind in enumerate(names)}
    return msgspec.msgpack.encode(
        {
            "v": VERSION,
            "n": len(events),
            "kinds": [_tag(kind) for kind in names],
            "kind": bytes(map(number.__getitem__, kinds)) if len(names) > 1 else b"",
            "columns": [pack_kind(kind, rows[kind]) for kind in names],
        }
    )


def decode(data: bytes) -> list[AnyEvent]:
    """The events of one map of columns, in order.

    Raises:
        VaultError: a newer byhand wrote it.
        VaultDamaged: these are no columns.
    """
    try:
        body = msgspec.msgpack.decode(data, type=_Body)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise VaultDamaged("these bytes are no columns of events") from None
    if body.v != VERSION:
        raise _newer(f"columns of version {body.v}")
    try:
        return _decode(body)
    except (ValueError, TypeError, IndexError, StopIteration, OverflowError, KeyError, MemoryError, RuntimeError):
        # The cause would quote values, and values are what was recorded.
        raise VaultDamaged("the columns of events do not fit together") from None


class _Body(msgspec.Struct, frozen=True):
    v: int
    n: int = 0
    kinds: list[str] = []
    kind: bytes = b""
    columns: list[dict[str, Column]] = []


def _newer(what: str) -> VaultError:
    return VaultError(f"{what} were written by a newer byhand", hints=("update byhand to read this recording",))


def _tag(kind: type[Event]) -> str:
    return cast("str", kind.__struct_config__.tag)


# ---- from columns


def _decode(body: _Body) -> list[AnyEvent]:
    known = {_tag(kind): kind for kind in KINDS}
    made: list[Iterator[AnyEvent]] = []
    counts = [body.n] if len(body.kinds) == 1 else [body.kind.count(place) for place in range(len(body.kinds))]
    if sum(counts) != body.n or len(body.kinds) != len(body.columns) or (len(counts) > 1 and len(body.kind) != body.n):
        raise ValueError
    for name, columns, count in zip(body.kinds, body.columns, counts, strict=True):
        if name not in known:
            raise _newer("events of an unknown kind")
        made.append(_unpack_kind(known[name], columns, count))
    if not made:
        return []
    if len(made) == 1:
        events = list(made[0])
    else:
        following = [one.__next__ for one in made]
        events = [following[place]() for place in body.kind]
    if len(events) != body.n:
        raise ValueError
    return events


def _unpack_kind(kind: type[Event], columns: dict[str, Column], count: int) -> Iterator[AnyEvent]:
    values: list[Iterable[Any]] = []
    server_ms: list[int] = []
    fields = fields_of(kind)
    if not columns.keys() <= {field.name for field in fields}:
        raise _newer("events with an unknown field")
    for field in fields:
        if field.name not in columns:
            if field.default is msgspec.NODEFAULT:
                raise ValueError
            values.append(repeat(field.default, count))
            continue
        column = columns[field.name]
        if field.shape == "mono":
            values.append(_unpack_mono(column, server_ms, count))
            continue
        read: Iterable[Any] = _unpack(field, column, count)
        if field.name == "server_ms":
            read = server_ms = list(read)
        values.append(read)
    return cast("Iterator[AnyEvent]", map(kind, *values))


def _unpack(field: Field, column: Column, count: int) -> Iterable[Any]:
    tag = column[0]
    match field.shape:
        case "int":
            return _unpack_ints(column, count)
        case "bool":
            return repeat(bool(column[1]), count) if tag == "=" else _unpack_bools(column, count)
        case "float":
            return _expect(tag, "f", _wide(column[1], 8, "d", count))
        case "str":
            texts = [str(raw, "utf-8", "surrogatepass") for raw in column[1]]
            if field.allowed is not None and not field.allowed.issuperset(texts):
                raise _newer("events with an unknown word")
            return _expect(tag, "s", _indexed(texts, column, count))
        case "strs":
            tuples = [tuple(str(raw, "utf-8", "surrogatepass") for raw in parts) for parts in column[1]]
            return _expect(tag, "t", _indexed(tuples, column, count))
        case "ints":
            return _expect(tag, "i", _unpack_rows(column, count))
        case _:
            return _expect(tag, "y", _counted(column[1], count))


def _unpack_ints(column: Column, count: int) -> Iterable[int]:
    match column:
        case ["=", int(value)]:
            return repeat(value, count)
        case ["d", int(first), width, raw]:
            return accumulate(_wide(raw, width, SIGNED[width], count - 1), initial=first)
        case ["r", 0, width, raw]:
            return _wide(raw, width, SIGNED[width], count)
        case _:
            raise _newer("integers in an unknown form")


def _unpack_rows(column: Column, count: int) -> list[tuple[int, ...]]:
    lengths = list(_unpack_ints(column[1], count))
    total = sum(lengths)
    if min(lengths, default=0) < 0 or total > _MOST_INTS:
        raise ValueError
    flat = list(_unpack_ints(column[2], total)) if total else []
    ends = list(accumulate(lengths))
    return [tuple(flat[end - length : end]) for end, length in zip(ends, lengths, strict=True)]


def _unpack_mono(column: Column, server_ms: list[int], count: int) -> Iterable[int]:
    match column:
        case ["m", (1 | 1000) as unit, ["=", int(low)]]:
            rest: Iterable[int] = repeat(low * unit)
        case ["m", (1 | 1000) as unit, ["r", int(low), width, raw]]:
            rest = map(
                operator.mul, map(operator.add, _wide(raw, width, UNSIGNED[width], count), repeat(low)), repeat(unit)
            )
        case _:
            return _unpack_ints(column, count)
    return map(operator.add, map(operator.mul, server_ms, repeat(MS)), rest)


def _unpack_bools(column: Column, count: int) -> Iterable[bool]:
    packed: bytes = _expect(column[0], "b", column[1])
    if len(packed) != (count + 7) // 8:
        raise ValueError
    return map((49).__eq__, f"{int.from_bytes(packed, 'big'):0{count}b}".encode())


def _indexed(values: list[Any], column: Column, count: int) -> Iterable[Any]:
    width: int = column[2]
    if width == 0:
        return repeat(values[0], count)
    return map(values.__getitem__, _wide(column[3], width, UNSIGNED[width], count))


def _counted(values: list[bytes], count: int) -> list[bytes]:
    if len(values) != count:
        raise ValueError
    return values


def _wide(raw: bytes, width: int, code: str, count: int) -> array[Any]:
    if len(raw) != width * count:
        raise ValueError
    if width > 1:
        woven = bytearray(len(raw))
        for plane in range(width):
            woven[plane::width] = raw[plane * count : (plane + 1) * count]
        raw = bytes(woven)
    values: array[Any] = array(code)  # type: ignore[call-overload]  # one of the codes at the top
    values.frombytes(raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _expect(tag: object, wanted: str, value: Any) -> Any:
    if tag != wanted:
        raise _newer("columns in an unknown form")
    return value
