"""Patterns that can't hang: run with RE2, in time linear in the text, whoever wrote them.

RE2 has no look-around and no back-references; where a detector needs one, it uses Python's `re` with every repeat
bounded. The package brings no types; here is what we use of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Protocol

_RE2: Any = import_module("re2")
_MOST_BYTES = 1 << 20
"""Of memory for one pattern and its automaton: what is larger is no pattern but a program."""


class Match(Protocol):
    def start(self, group: int = 0, /) -> int: ...
    def end(self, group: int = 0, /) -> int: ...
    def group(self, group: int = 0, /) -> Any: ...


class Pattern(Protocol):
    @property
    def groups(self) -> int: ...
    def search(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


def linear(pattern: str) -> Pattern:
    """The pattern, compiled.

    Raises:
        ValueError: RE2 can't run it, or it needs too much memory. The message does not quote it.
    """
    options = _RE2.Options()
    options.log_errors = False
    options.max_mem = _MOST_BYTES
    try:
        return _RE2.compile(pattern, options)
    except _RE2.error:
        raise ValueError("no pattern that RE2 can run") from None
