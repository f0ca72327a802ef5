"""Makes what the extension and the recorder say to each other readable for others: `python -m scripts.extension_types`.

From the types of `byhand.events.browser` come docs/schema/browser.schema.json (JSON Schema) and, from that,
extension/types/messages.d.ts, against which the extension's own code is checked.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any, cast, get_args

import msgspec

from byhand.events import browser

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "schema" / "browser.schema.json"
TYPES = ROOT / "extension" / "types" / "messages.d.ts"
Schema = dict[str, Any]

_UNIONS = {"DocumentEvent": browser.DocumentEvent, "Told": browser.Told, "Said": browser.Said}
_WIDTH = 120
_REF = "#/$defs/"


def schema() -> Schema:
    """Every message as JSON Schema; `Told` and `Said` are the two directions."""
    types = [one for union in _UNIONS.values() for one in get_args(union)]
    _, parts = msgspec.json.schema_components([*types, browser.SiteSaid], ref_template=f"{_REF}{{name}}")
    for said in (*get_args(browser.Said), browser.SiteSaid):
        part = parts[said.__name__]
        part["required"] = list(part["properties"])  # what the recorder says is said whole
    for part in parts.values():
        part["description"] = inspect.cleandoc(part["description"])
    unions = {
        name: {"anyOf": [{"$ref": f"{_REF}{one.__name__}"} for one in get_args(union)]}
        for name, union in _UNIONS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What Byhand's browser extension and recorder say to each other",
        "anyOf": [{"$ref": f"{_REF}Told"}, {"$ref": f"{_REF}Said"}],
        "$defs": dict(sorted((parts | unions).items())),
    }


def schema_text() -> str:
    """The published schema's exact text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def types_text() -> str:
    """The exact text of the extension's types."""
    lines = [
        "/**",
        " * What the extension and the recorder say to each other. Made by `python -m scripts.extension_types` from",
        " * src/byhand/events/browser.py: change it there. What each means: docs/formats/browser.md.",
        " */",
    ]
    for name, part in cast("dict[str, Schema]", schema()["$defs"]).items():
        lines.append("")
        if "anyOf" in part:
            lines.append(_folded(f"export type {name} = {_type(part)};"))
            continue
        lines += _comment(part.get("description", ""))
        lines.append(f"export interface {name} {{")
        for field, value in part["properties"].items():
            mark = "" if field in part["required"] else "?"
            lines.append(_folded(f"  {field}{mark}: {_type(value)};"))
        lines.append("}")
    return "\n".join(lines) + "\n"


def _type(part: Schema) -> str:
    if "$ref" in part:
        return str(part["$ref"]).removeprefix(_REF)
    if "anyOf" in part:
        return " | ".join(_type(one) for one in part["anyOf"])
    if "enum" in part:
        return " | ".join(json.dumps(one) for one in part["enum"])
    if "const" in part:
        return json.dumps(part["const"])
    kind = part.get("type")
    if kind == "array" and "prefixItems" in part:
        return f"readonly [{', '.join(map(_type, part['prefixItems']))}]"
    if kind == "array":
        inner = _type(part["items"])
        return f"readonly ({inner})[]" if " | " in inner else f"readonly {inner}[]"
    return {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}[
        str(kind)
    ]


def _comment(text: str) -> list[str]:
    said = [line.strip() for line in text.strip().splitlines()]
    if len(said) < 2:
        return [f"/** {line} */" for line in said]
    return ["/**", *(f" * {line}".rstrip() for line in said), " */"]


def _folded(line: str) -> str:
    if len(line) <= _WIDTH or " | " not in line:
        return line
    head, _, rest = line.partition(" = " if " = " in line else ": ")
    sign = " =" if line.startswith("export") else ":"
    return f"{head}{sign}\n    | " + "\n    | ".join(rest.split(" | "))


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), "utf-8")
    TYPES.parent.mkdir(parents=True, exist_ok=True)
    TYPES.write_text(types_text(), "utf-8")
