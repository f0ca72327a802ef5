"""The gates in gates.toml: the last of each list holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).parent / "gates.toml"


def gates() -> dict[str, dict[str, list[float]]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def gate(table: str, name: str) -> float:
    """What must be reached now."""
    return gates()[table][name][-1]
