"""What stands in a kept text for what was masked: `<EMAIL>`, and `<EMAIL-2>` for the second address of a recording.

Rules of this module: inside one recording the same value gets the same placeholder, so that one sees what belongs
together; between two recordings nothing links them, because all that is remembered is a digest under a key of the
recording. What a secret is is never told apart: were two fields with one number, one would know that a password is used
twice. The memory is bounded; what finds no place in it gets the bare kind.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b

from byhand.privacy.text.lists import fold

MARK = re.compile(r"<[A-Z][A-Z_]{0,20}(?:-\d{1,6})?>")
"""How a placeholder looks. A text that has one already does not keep it."""
NEVER_NUMBERED = frozenset({"SECRET", "PASSWORD", "CODE"})
MOST = 20_000
"""Values told apart in one recording."""


class Placeholders:
    """The placeholders of one recording.

    Args:
        seed: random bytes of this recording, at most 64.
    """

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._numbers: dict[bytes, int] = {}
        self._counts: Counter[str] = Counter()

    def __call__(self, kind: str, value: str) -> str:
        """The placeholder for a value. How it is written does not matter: case and blanks are the same value's."""
        if kind in NEVER_NUMBERED:
            return f"<{kind}>"
        plain = "".join(letter for letter in fold(value) if letter.isalnum())
        digest = blake2b(f"{kind}\0{plain}".encode("utf-8", "replace"), key=self._seed, digest_size=8).digest()
        number = self._numbers.get(digest)
        if number is None:
            if len(self._numbers) >= MOST:
                return f"<{kind}>"
            self._counts[kind] += 1
            number = self._numbers[digest] = self._counts[kind]
        return f"<{kind}>" if number == 1 else f"<{kind}-{number}>"
