"""Finds what the verbs work on: BYHAND_HOME, and the vault in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def home(environ: Mapping[str, str] | None = None) -> Path:
    """Where all of Byhand's state is. Nothing is created."""
    known = os.environ if environ is None else environ
    if given := known.get("BYHAND_HOME"):
        return Path(given).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "byhand"
    if sys.platform == "win32":
        return Path(known.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "byhand"
    return Path(known.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "byhand"
