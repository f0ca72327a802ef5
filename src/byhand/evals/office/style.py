"""The style sheet under IDS: its classes go by the same other names as those on the page."""

from __future__ import annotations

import re

from byhand.evals.office.markup import Rename

_CLASS = re.compile(r"\.([a-z][a-z-]*)")


def dressed(sheet: str, rename: Rename) -> str:
    return _CLASS.sub(lambda found: f".{rename(found[1])}", sheet)
