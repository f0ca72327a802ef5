"""Does a value out of a file fit a type? All misfits at once, each with its path and what would fit.

msgspec.convert stops at the first misfit and knows no line; a person who mends a policy wants to see all of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from msgspec import inspect

from byhand.consent.lines import Path

_NOUNS = {"streams": "stream", "purposes": "purpose", "days": "day"}


class Misfit(NamedTuple):
    """`said` follows the path in a sentence: "apps[1].streams" + "has an unknown stream 'txt'"."""

    path: Path
    said: str
    hint: str = ""


def misfits(value: Any, wanted: type) -> list[Misfit]:
    """Where `value` (what tomllib returns) does not fit the msgspec type `wanted`."""
    return _fit(value, inspect.type_info(wanted), ())


def spoken(path: Path) -> str:
    """A path as people write it: apps[1].streams."""
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f".{part}" if said else part
    return said


def _fit(value: Any, wanted: inspect.Type, path: Path) -> list[Misfit]:
    match wanted:
        case inspect.UnionType():  # the only union in a policy is "this table, or nothing"
            return _fit(value, next(kind for kind in wanted.types if not isinstance(kind, inspect.NoneType)), path)
        case inspect.StructType():
            return _fit_table(value, wanted, path)
        case inspect.VarTupleType():
            if not isinstance(value, list):
                what = "tables" if isinstance(wanted.item_type, inspect.StructType) else "values"
                hint = f"write [[{spoken(path)}]] above each of them" if what == "tables" else 'write ["...", "..."]'
                return [Misfit(path, f"must be a list of {what}", hint)]
            items = cast("list[Any]", value)
            return [found for place, item in enumerate(items) for found in _fit(item, wanted.item_type, (*path, place))]
        case inspect.LiteralType():
            return _fit_choice(value, wanted, path)
        case inspect.BoolType():
            return [] if isinstance(value, bool) else [Misfit(path, "must be true or false")]
        case inspect.IntType():
            fits = isinstance(value, int) and not isinstance(value, bool)
            return [] if fits else [Misfit(path, "must be a whole number")]
        case inspect.StrType():
            return [] if isinstance(value, str) else [Misfit(path, "must be text", "put it in quotes")]
        case _:
            raise TypeError(f"no policy field has the type {wanted!r}")


def _fit_table(value: Any, wanted: inspect.StructType, path: Path) -> list[Misfit]:
    if not isinstance(value, dict):
        return [Misfit(path, "must be a table")]
    table = cast("dict[str, Any]", value)
    fields = {field.encode_name: field for field in wanted.fields}
    allowed = f"allowed are: {', '.join(fields)}"
    found = [Misfit((*path, key), "is not a key of a policy", allowed) for key in table if key not in fields]
    found += [
        Misfit(path, f"lacks {name!r}" if path else f"{name!r} is missing")
        for name, field in fields.items()
        if field.required and name not in table
    ]
    for name, field in fields.items():
        if name in table:
            found += _fit(table[name], field.type, (*path, name))
    return found


def _fit_choice(value: Any, wanted: inspect.LiteralType, path: Path) -> list[Misfit]:
    if value in wanted.values and not isinstance(value, bool):
        return []
    allowed = f"allowed: {', '.join(map(str, wanted.values))}"
    if path and isinstance(path[-1], int):
        noun = _NOUNS.get(str(path[-2]), "value")
        return [Misfit(path, f"has an unknown {noun} {_shown(value)}", allowed)]
    return [Misfit(path, f"can't be {_shown(value)}", allowed)]


def _shown(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 40 else f"{said[:37]}..."
