"""Kept events <-> columns of bytes. See docs/formats/events.md, which holds the format; this file follows it.

Rules of this module: pure. The columns are derived from the fields of the types in `kinds`, so a new field needs no
code here, only a default (old segments lack its column). What a newer program wrote is refused, never half understood.
"""

from __future__ import annotations

import operator
import sys
import typing
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from typing import Any, cast

import msgspec

from byhand.errors import VaultDamaged, VaultError
from byhand.events.kinds import KINDS, AnyEvent, Event

VERSION = 1

# array codes by width in bytes: what every platform Python runs on agrees about.
_SIGNED = {1: "b", 2: "h", 4: "i", 8: "q"}
_UNSIGNED = {1: "B", 2: "H", 4: "I", 8: "Q"}
_MS = 1_000_000
_MOST_INTS = 1 << 24  # of all tuples in one column: a count that is a lie must not cost all memory

Column = list[Any]
"""One column as msgpack holds it: a one-letter tag, then what the tag needs."""


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
            "columns": [_pack_kind(kind, rows[kind]) for kind in names],
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


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    shape: str
    allowed: frozenset[str] | None
    default: object


def _newer(what: str) -> VaultError:
    return VaultError(f"{what} were written by a newer byhand", hints=("update byhand to read this recording",))


def _tag(kind: type[Event]) -> str:
    return cast("str", kind.__struct_config__.tag)


def _shape(kind: type) -> str:
    """Which sort of column holds a field of this type."""
    if typing.get_origin(kind) is typing.Literal:
        return "str"
    if kind == tuple[str, ...]:
        return "strs"
    if kind == tuple[int, ...]:
        return "ints"
    if kind in (int, bool, float, str, bytes):
        return kind.__name__
    raise TypeError(f"no column holds a field of type {kind!r}")


@cache
def fields_of(kind: type[Event]) -> tuple[_Field, ...]:
    """What a kind's columns are, from its fields."""
    made: list[_Field] = []
    for field in msgspec.structs.fields(kind):
        literal = typing.get_origin(field.type) is typing.Literal
        made.append(
            _Field(
                name=field.name,
                shape="mono" if field.name == "mono_ns" else _shape(field.type),
                allowed=frozenset(typing.get_args(field.type)) if literal else None,
                default=field.default,
            )
        )
    return tuple(made)


# ---- to columns


def _pack_kind(kind: type[Event], rows: list[tuple[Any, ...]]) -> dict[str, Column]:
    values = dict(zip(kind.__struct_fields__, zip(*rows, strict=True), strict=True))
    packed: dict[str, Column] = {}
    for field in fields_of(kind):
        column: tuple[Any, ...] = values[field.name]
        if field.default is not msgspec.NODEFAULT and column.count(field.default) == len(column):
            continue  # old segments lack it too: an event that says nothing new costs nothing
        if field.shape == "mono":
            packed[field.name] = _pack_mono(column, values["server_ms"])
        else:
            packed[field.name] = _PACK[field.shape](column)
    return packed


def _pack_ints(column: Sequence[int]) -> Column:
    first = column[0]
    if column.count(first) == len(column):
        return ["=", _int64(first)]
    deltas = list(map(operator.sub, column[1:], column))
    try:
        return ["d", _int64(first), *_narrow(deltas, _SIGNED)]
    except OverflowError:
        # Neighbours further apart than 2**63: the values themselves still fit.
        return ["r", 0, *_narrow(column, _SIGNED)]


def _pack_mono(column: Sequence[int], server_ms: Sequence[int]) -> Column:
    """The second stamp as what it adds to the first: nothing, or microseconds inside the server's millisecond."""
    rest = list(map(operator.sub, column, map(operator.mul, server_ms, repeat(_MS))))
    low = min(rest)
    unit = 1
    if not any(map(operator.mod, rest, repeat(1000))):
        unit = 1000
        low //= 1000
        rest = [value // 1000 for value in rest]
    if rest.count(low) == len(rest) and -(2**63) <= low < 2**63:
        return ["m", unit, ["=", low]]
    try:
        return ["m", unit, ["r", _int64(low), *_narrow(list(map(operator.sub, rest, repeat(low))), _UNSIGNED)]]
    except OverflowError:
        return _pack_ints(column)


def _pack_bools(column: Sequence[bool]) -> Column:
    first = column[0]
    if column.count(first) == len(column):
        return ["=", bool(first)]
    digits = bytes(column).translate(_BITS)
    return ["b", int(digits, 2).to_bytes((len(column) + 7) // 8, "big")]


def _pack_floats(column: Sequence[float]) -> Column:
    return ["f", _planes(array("d", column))]


def _pack_strs(column: Sequence[str]) -> Column:
    places, index = _dictionary(column)
    return ["s", [_utf8(value) for value in places], *index]


def _pack_tuples(column: Sequence[tuple[str, ...]]) -> Column:
    places, index = _dictionary(column)
    return ["t", [[_utf8(part) for part in value] for value in places], *index]


def _pack_rows(column: Sequence[tuple[int, ...]]) -> Column:
    flat = [value for values in column for value in values]
    return ["i", _pack_ints([len(values) for values in column]), _pack_ints(flat) if flat else ["=", 0]]


def _pack_bytes(column: Sequence[bytes]) -> Column:
    return ["y", list(column)]


def _dictionary(column: Sequence[Any]) -> tuple[dict[Any, int], list[Any]]:
    places: dict[Any, int] = {value: place for place, value in enumerate(dict.fromkeys(column))}
    if len(places) == 1:
        return places, [0, b""]
    return places, _narrow(list(map(places.__getitem__, column)), _UNSIGNED)


def _narrow(values: Sequence[int], codes: Mapping[int, str]) -> list[Any]:
    for width, code in codes.items():
        try:
            return [width, _planes(array(code, values))]
        except OverflowError:
            if width == 8:
                raise
    raise AssertionError("unreachable")


def _planes(values: array[Any]) -> bytes:
    """Lowest bytes of all values first, then the next higher ones: zstd then sees like beside like."""
    if sys.byteorder == "big":
        values.byteswap()
    width, raw = values.itemsize, values.tobytes()
    return raw if width == 1 else b"".join(raw[plane::width] for plane in range(width))


def _utf8(text: str) -> bytes:
    # Window titles can hold lone surrogates (bytes that were no UTF-8). They come back as they were.
    return text.encode("utf-8", "surrogatepass")


def _int64(value: int) -> int:
    if not -(2**63) <= value < 2**63:
        raise OverflowError("an integer does not fit 64 bits")
    return value


_BITS = bytes(48 + (value & 1) for value in range(256))
_PACK: dict[str, Callable[[Any], Column]] = {
    "int": _pack_ints,
    "bool": _pack_bools,
    "float": _pack_floats,
    "str": _pack_strs,
    "strs": _pack_tuples,
    "ints": _pack_rows,
    "bytes": _pack_bytes,
}

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


def _unpack(field: _Field, column: Column, count: int) -> Iterable[Any]:
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
            return accumulate(_wide(raw, width, _SIGNED[width], count - 1), initial=first)
        case ["r", 0, width, raw]:
            return _wide(raw, width, _SIGNED[width], count)
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
                operator.mul, map(operator.add, _wide(raw, width, _UNSIGNED[width], count), repeat(low)), repeat(unit)
            )
        case _:
            return _unpack_ints(column, count)
    return map(operator.add, map(operator.mul, server_ms, repeat(_MS)), rest)


def _unpack_bools(column: Column, count: int) -> Iterable[bool]:
    packed: bytes = _expect(column[0], "b", column[1])
    if len(packed) != (count + 7) // 8:
        raise ValueError
    return map((49).__eq__, f"{int.from_bytes(packed, 'big'):0{count}b}".encode())


def _indexed(values: list[Any], column: Column, count: int) -> Iterable[Any]:
    width: int = column[2]
    if width == 0:
        return repeat(values[0], count)
    return map(values.__getitem__, _wide(column[3], width, _UNSIGNED[width], count))


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
