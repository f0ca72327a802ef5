"""The one place where this room asks for its large libraries: the extra `data` brings them, the core install has none.

Rules of this module: nothing is loaded before it is used, so that `byhand --help` and the recorder stay small.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from byhand.errors import UsageFault


def heavy(name: str, extra: str = "data") -> Any:
    """The module of that name.

    Raises:
        UsageFault: the extra is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageFault(
            f"this needs {name.partition('.')[0]}, which is not installed",
            hints=(f"to install it, run: pip install 'byhand[{extra}]'",), fate="nothing was written",
        ) from None  # fmt: skip
