"""The tables of a dataset as Arrow: which columns there are, and how they are written. See docs/formats/dataset.md.

Rules of this module: what a column holds is said here and nowhere else. Files hold no Arrow schema and no library's
version beyond Parquet's own, so that every reader sees plain types and equal rows make equal bytes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from byhand.datasets.heavy import heavy

GROUP_ROWS = {"episodes": 4_096, "steps": 256, "elements": 16_384, "events": 131_072}
"""Rows of a row group: what is read at once. A step is read alone, events are read in bulk."""
_DELTA = {
    "episodes": ("first", "last", "start_ns", "end_ns"),
    "steps": ("step", "start_ns", "end_ns", "first", "last", "x", "y"),
    "elements": ("step", "place", "node", "parent", "x", "y", "w", "h"),
    "events": ("seq", "us", "late", "x", "y"),
}
_WORDS = {
    "episodes": ("recording", "person", "grant", "by", "outcome", "cut", "guard"),
    "steps": ("episode", "op", "why", "app", "origin", "page", "top"),
    "elements": ("episode", "of", "media", "role", "aria", "tag", "source"),
    "events": ("episode", "kind", "by", "cls", "keysym", "media"),
}
"""Columns of few different words: kept as a dictionary."""


@cache
def schemas() -> dict[str, Any]:
    """An Arrow schema for each table."""
    pa = heavy("pyarrow")
    text, flag, real, big, small = pa.string(), pa.bool_(), pa.float64(), pa.int64(), pa.int32()
    texts, ints = pa.list_(text), pa.list_(small)
    few = pa.dictionary(small, text)
    target = pa.struct(
        [
            ("role", text), ("name", text), ("states", texts), ("box", ints), ("area", ints), ("aria", text),
            ("tag", text), ("selectors", texts), ("holds", text), ("source", text), ("node", big), ("near", text),
            ("frames", ints),
        ]
    )  # fmt: skip
    prior = pa.struct(
        [("op", text), ("node", big), ("role", text), ("name", text), ("text", text), ("keys", texts)]
    )  # fmt: skip
    seen = pa.list_(
        pa.struct(
            [
                ("kind", text), ("seq", big), ("mono_ns", big), ("media", text), ("w", small), ("h", small),
                ("x", small), ("y", small),
            ]
        )
    )  # fmt: skip
    return {
        "episodes": pa.schema(
            [
                ("episode", text), ("recording", few), ("person", few), ("grant", few), ("instruction", text),
                ("by", few), ("outcome", few), ("cut", few), ("skills", texts), ("gaps", ints), ("apps", texts),
                ("steps", small), ("events", small), ("first", big), ("last", big), ("start_ns", big), ("end_ns", big),
                ("screen_w", small), ("screen_h", small), ("utc_ns", big), ("guard", few), ("reducer", small),
                ("task", text), ("same", text), ("source", text), ("prior", pa.list_(prior)), ("after", texts),
            ]
        ),
        "steps": pa.schema(
            [
                ("episode", few), ("step", small), ("op", few), ("start_ns", big), ("end_ns", big), ("first", big),
                ("last", big), ("events", pa.list_(big)), ("why", few), ("target", target), ("to", target),
                ("x", small), ("y", small), ("to_x", small), ("to_y", small), ("path", ints), ("dx", real),
                ("dy", real), ("text", text), ("masked", flag), ("keys", texts), ("times", small), ("app", few),
                ("window", small), ("origin", few), ("page", few), ("tab", small), ("frame", small),
                ("injected", flag), ("top", few), ("tags", texts), ("before", seen), ("after", seen),
            ]
        ),
        "elements": pa.schema(
            [
                ("episode", few), ("step", small), ("of", few), ("media", few), ("place", small), ("node", big),
                ("parent", small), ("role", few), ("name", text), ("states", texts), ("x", small), ("y", small),
                ("w", small), ("h", small), ("aria", few), ("tag", few), ("holds", text), ("source", few),
            ]
        ),
        "events": pa.schema(
            [
                ("episode", few), ("seq", big), ("kind", few), ("by", few), ("us", big), ("late", big), ("x", small),
                ("y", small), ("dx", real), ("dy", real), ("down", flag), ("button", small), ("injected", flag),
                ("cls", few), ("keysym", few), ("keycode", small), ("mods", small), ("repeat", flag), ("media", few),
                ("more", text),
            ]
        ),
    }  # fmt: skip


def caught_up(table: Any, of: str) -> Any:
    """Rows of an older version, with the columns and fields that came since; empty, as a list or a text is."""
    pa = heavy("pyarrow")
    for number, field in enumerate(schemas()[of]):
        if table.schema.get_field_index(field.name) < 0:
            listed = pa.types.is_list(field.type)
            empty = pa.array([[]] * len(table), field.type) if listed else pa.array([""] * len(table), pa.string())
            table = table.add_column(number, field.name, empty)
        if not pa.types.is_struct(field.type):
            continue
        column = table.column(number).combine_chunks()
        known = {one.name for one in column.type}
        if known == {one.name for one in field.type}:
            continue
        parts = [
            column.field(one.name) if one.name in known else pa.array([[]] * len(column), one.type)
            for one in field.type
        ]
        made = pa.StructArray.from_arrays(parts, fields=list(field.type), mask=column.is_null())
        table = table.set_column(number, field.name, made)
    return table.cast(schemas()[of])


def writer(path: Path, table: str) -> Any:
    """A ParquetWriter for a table's file: zstd, whole numbers as differences, few words as a dictionary."""
    parquet = heavy("pyarrow.parquet")
    return parquet.ParquetWriter(
        path, schemas()[table], compression="zstd", compression_level=6, store_schema=False,
        use_dictionary=list(_WORDS[table]), column_encoding=dict.fromkeys(_DELTA[table], "DELTA_BINARY_PACKED"),
        write_statistics=True, version="2.6",
    )  # fmt: skip


def keep(path: Path, table: Any) -> None:
    """Lay a table by, to be read again by `kept`."""
    pa = heavy("pyarrow")
    options = pa.ipc.IpcWriteOptions(compression="lz4", unify_dictionaries=True)
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema, options=options) as made:
        made.write_table(table)


def kept(path: Path) -> Any:
    pa = heavy("pyarrow")
    with pa.OSFile(str(path), "rb") as file:
        return pa.ipc.open_file(file).read_all()
