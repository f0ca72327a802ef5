"""Fields of many events -> columns of bytes. Pure; `codec` reads them back."""

from __future__ import annotations

import operator
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any

import msgspec

from byhand.events.columns import MS, SIGNED, UNSIGNED, Column, fields_of
from byhand.events.kinds import Event


def pack_kind(kind: type[Event], rows: list[tuple[Any, ...]]) -> dict[str, Column]:
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
        return ["d", _int64(first), *_narrow(deltas, SIGNED)]
    except OverflowError:
        # Neighbours further apart than 2**63: the values themselves still fit.
        return ["r", 0, *_narrow(column, SIGNED)]


def _pack_mono(column: Sequence[int], server_ms: Sequence[int]) -> Column:
    """The second stamp as what it adds to the first: nothing, or microseconds inside the server's millisecond."""
    rest = list(map(operator.sub, column, map(operator.mul, server_ms, repeat(MS))))
    low = min(rest)
    unit = 1
    if not any(map(operator.mod, rest, repeat(1000))):
        unit = 1000
        low //= 1000
        rest = [value // 1000 for value in rest]
    if rest.count(low) == len(rest) and -(2**63) <= low < 2**63:
        return ["m", unit, ["=", low]]
    try:
        return ["m", unit, ["r", _int64(low), *_narrow(list(map(operator.sub, rest, repeat(low))), UNSIGNED)]]
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
    return places, _narrow(list(map(places.__getitem__, column)), UNSIGNED)


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
