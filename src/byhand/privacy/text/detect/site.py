"""Rules of a site: a pattern that a policy names, and detectors that another package brings.

A policy says `[[redact]]` with a name, a kind and a pattern. A package says, in its entry points of group
`byhand.redactors`, a function without arguments that returns detectors; whoever composes calls `redactors` once and
hands them on as `extra`. A detector only adds: none can clear what another found.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points

import re2

from byhand.privacy.text.types import At, Detector, Span

GROUP = "byhand.redactors"


class PatternDetector:
    """Finds whatever a pattern matches, in time linear in the text (RE2).

    Args:
        name: of the rule, for the person who wrote it.
        kind: what a placeholder says, in capitals: "PROJECT".
        pattern: of RE2. Its first group, if it has one and it matched, is what is masked; else the whole match.

    Raises:
        ValueError: the pattern is none of RE2, is too large, or matches the empty text.
    """

    def __init__(self, name: str, kind: str, pattern: str) -> None:
        self.name = name
        self._kind = kind
        options = re2.Options()
        options.log_errors = False
        options.max_mem = 1 << 20
        try:
            self._pattern = re2.compile(pattern, options)
        except re2.error:
            raise ValueError(f"the pattern of rule {name} is none that RE2 can run") from None
        if self._pattern.search("") is not None:
            raise ValueError(f"the pattern of rule {name} matches nothing at all")

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        for match in self._pattern.finditer(text):
            group = 1 if self._pattern.groups and match.start(1) >= 0 else 0
            if match.end(group) > match.start(group):
                yield Span(match.start(group), match.end(group), self._kind)


def redactors() -> tuple[Detector, ...]:
    """The detectors of installed packages, in the order of their names.

    Raises:
        Exception: whatever a package raises. A redactor that can't be loaded must end the recording before it begins.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return tuple(detector for entry in found for detector in entry.load()())
