"""Rules of a site: patterns that its policy names under `[[redact]]`.

What packages add as code is loaded by the recorder (`recorder.redactors`) and comes in at the same place, as `extra` of
`union.detectors`. A detector only adds: none can clear what another found.
"""

from __future__ import annotations

from collections.abc import Iterator

from byhand.privacy.text.detect.linear import linear
from byhand.privacy.text.types import At, Span


class PatternDetector:
    """Finds whatever a pattern matches, in time linear in the text (RE2).

    Args:
        name: of the rule, for the person who wrote it.
        kind: what a placeholder says, in capitals: "PROJECT".
        pattern: of RE2; see `linear`. What is masked is its first group, if it has one and it matched; else the whole
            match.

    Raises:
        ValueError: the pattern is none of RE2, or is too large.
    """

    def __init__(self, name: str, kind: str, pattern: str) -> None:
        self.name = name
        self._kind = kind
        try:
            self._pattern = linear(pattern)
        except ValueError as error:
            raise ValueError(f"the pattern of rule {name} is {error}") from None

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        for match in self._pattern.finditer(text):
            group = 1 if self._pattern.groups and match.start(1) >= 0 else 0
            if match.end(group) > match.start(group):
                yield Span(match.start(group), match.end(group), self._kind)
