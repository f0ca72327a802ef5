"""Which columns a kind of event has: from its fields, and from nothing else. Pure."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from byhand.events.kinds import Event

# array codes by width in bytes: what every platform Python runs on agrees about.
SIGNED = {1: "b", 2: "h", 4: "i", 8: "q"}
UNSIGNED = {1: "B", 2: "H", 4: "I", 8: "Q"}
MS = 1_000_000

Column = list[Any]
"""One column as msgpack holds it: a one-letter tag, then what the tag needs."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    shape: str
    allowed: frozenset[str] | None
    default: object


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
def fields_of(kind: type[Event]) -> tuple[Field, ...]:
    """What a kind's columns are, from its fields."""
    made: list[Field] = []
    for field in msgspec.structs.fields(kind):
        literal = typing.get_origin(field.type) is typing.Literal
        made.append(
            Field(
                name=field.name,
                shape="mono" if field.name == "mono_ns" else _shape(field.type),
                allowed=frozenset(typing.get_args(field.type)) if literal else None,
                default=field.default,
            )
        )
    return tuple(made)
