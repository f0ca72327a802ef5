"""The JSON Schema of a workflow's file (its YAML read as JSON), for editors that check while somebody types.

Rules of this module: it takes whatever `reading` takes and says no to a wrong key, kind or sentence. What only the
whole tells (is there such a target, such a parameter?) it does not know.
"""

from __future__ import annotations

import json
from typing import Any

from byhand.workflows.filing.parts import EVIDENCE, KINDS
from byhand.workflows.filing.reading import KEYS
from byhand.workflows.filing.stepping import QUESTIONS, RISKS
from byhand.workflows.program import VERSION

_Q = r'"([^"\\]|\\.)*"'
_S = r"\{[^{}\s]+\}"
_T = rf"({_Q}|{_S})"
_L = rf"{_T}(\s*,\s*{_T})*"
_N = rf"({_Q}|{_S}|-?[0-9]+(\.[0-9]+)?)"
_FLAG = rf"(on|off|{_T})"
_ROW = rf"(\s+in\s+the\s+row\s+of\s+{_L})?"
ACTS = (
    rf"open\s+{_T}",
    rf"press(\s+twice|\s+right)?\s+{_Q}{_ROW}",
    rf"hover\s+{_Q}{_ROW}",
    rf"fill\s+{_Q}\s+with\s+{_T}{_ROW}",
    rf"choose\s+{_T}\s+in\s+{_Q}{_ROW}",
    rf"set\s+{_Q}\s+to\s+{_FLAG}{_ROW}",
    rf"key\s+([A-Za-z0-9_+]+|{_T})(\s+in\s+{_Q}{_ROW})?",
    rf"drag\s+{_Q}\s+to\s+{_Q}{_ROW}",
    rf"upload\s+{_T}\s+to\s+{_Q}{_ROW}",
    rf"read\s+{_Q}\s+as\s+\{{[^{{}}.\s]+\}}{_ROW}",
    r"turn\s+to\s+tab\s+[1-9][0-9]?",
)
CHECKS = (
    rf"field\s+{_Q}\s+holds\s+{_T}",
    rf"box\s+{_Q}\s+is\s+{_FLAG}",
    rf"see\s+(no\s+)?(the\s+)?([a-z]+\s+)*({_Q}\s+)?{_T}",
    rf"page\s+is\s+(/\S*|{_T})",
    rf"one\s+row\s+of\s+{_L}(\s+with\s+{_L})?",
    rf"(no|[0-9]+|{_S})\s+rows?\s+of\s+{_L}",
)
CONDITIONS = (
    rf"see\s+{_T}",
    rf"{_N}\s+is\s+given",
    rf"{_N}\s+(is|is\s+not|over|at\s+least|under|at\s+most|holds)\s+{_N}",
)
LOOPS = (
    r"[^\s{}\"]+\s+in\s+\{[^{}.\s]+\}",
    rf"row(\s+of\s+{_Q})?(\s+with\s+{_L})?",
    rf"page\s+by\s+{_Q}",
)
SHORT_KINDS = r"text|flag|file|secret|number( .+)?|date( .+)?|choice( of .+)?"


def _one_of(patterns: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "pattern": _whole(patterns)}


def _whole(patterns: tuple[str, ...]) -> str:
    return rf"^\s*({'|'.join(patterns)})\s*$"


def _table(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": list(required)} if required else {})


def json_schema() -> dict[str, Any]:
    """As published in docs/formats/workflow.schema.json."""
    text: dict[str, Any] = {"type": "string"}
    texts: dict[str, Any] = {"type": "array", "items": text}
    checks = {"anyOf": [{"$ref": "#/$defs/check"}, {"type": "array", "items": {"$ref": "#/$defs/check"}}]}
    steps = {"type": "array", "items": {"$ref": "#/$defs/step"}}
    beside = {"id": text, "risk": {"enum": list(RISKS)}, "agrees": {"enum": list(QUESTIONS)}, "then": checks}
    fields: dict[str, Any] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/parameter"}}
    evidence: dict[str, Any] = dict.fromkeys(EVIDENCE, text)
    evidence |= dict.fromkeys(("above", "selectors", "frame"), texts)
    evidence["box"] = {"type": "array", "items": {"type": "integer"}, "maxItems": 4}
    keys: dict[str, Any] = dict.fromkeys(KEYS, text)
    keys |= dict.fromkeys(("sites", "apps", "identity", "asks", "episodes"), texts)
    keys |= {
        "byhand": {"const": f"workflow {VERSION}"},
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"},
        "parameters": fields,
        "steps": steps,
        "effects": {"type": "array", "items": {"$ref": "#/$defs/effect"}},
        "targets": {"type": "object", "additionalProperties": _table(evidence)},
        "shown": {"type": "object", "additionalProperties": texts},
        "revision": {"type": "integer"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Byhand workflow",
        **_table(keys, "byhand", "name", "steps"),
        "$defs": {
            "act": _one_of(ACTS),
            "check": _one_of(CHECKS),
            "step": {
                "anyOf": [
                    {"$ref": "#/$defs/act"},
                    _table({"step": {"$ref": "#/$defs/act"}, **beside}, "step"),
                    _table({"each": _one_of(LOOPS), "id": text, "do": steps}, "each", "do"),
                    _table(
                        {
                            "if": _one_of(CONDITIONS), "id": text, "do": steps, "else": steps, "unsure": text,
                            "undecided": {"type": "string", "pattern": "^.+ to .+$"},
                        }, "if", "do",
                    ),
                    {
                        "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False,
                        "patternProperties": {_whole(ACTS): {"anyOf": [{"type": "null"}, _table(beside)]}},
                    },
                ]
            },
            "effect": {
                "anyOf": [
                    _table({"view": steps, "check": checks, "before": checks}, "view", "check"),
                    *(
                        _table({kind: text, "holds": text, "check": checks, "before": checks}, kind)
                        for kind in ("http", "sql", "file")
                    ),
                ]
            },
            "parameter": {
                "anyOf": [
                    {"type": "string", "pattern": f"^({SHORT_KINDS})$"},
                    _table(
                        {
                            "kind": {"enum": list(KINDS)}, "column": text, "options": texts, "format": text,
                            "fields": fields, "needed": {"type": "boolean"},
                        },
                        "kind",
                    ),
                ]
            },
        },
    }  # fmt: skip


def schema_text() -> str:
    """The published file's exact text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
