"""Writing JSON for others: UTF-8 that any reader takes, files named by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def encoded(value: Json) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(whole(value))


def whole(value: Json) -> Json:
    """Without lone surrogates, which stand for bytes that were no UTF-8 (docs/formats/events.md)."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {key: whole(inner) for key, inner in cast("Mapping[str, Json]", value).items()}
    if isinstance(value, Sequence):
        return [whole(inner) for inner in value]
    return value


def add_line(path: Path, value: Json) -> None:
    """One line more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(encoded(value) + b"\n")


def file_name(name: str, number: int) -> str:
    """A name for a file from an id of anybody's making: harmless on every system, different for each number."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{number:04d}-{plain}" if plain else f"{number:04d}"
