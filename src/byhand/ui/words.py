"""How text, counts, lengths of time and sizes are spelled for a person, in the terminal and on a page. Pure.

What was recorded can hold anything a program put on a screen, so it passes `shown` before it is told: a window title
must not be able to steer the terminal or turn around the line it is read in.
"""

from __future__ import annotations

import unicodedata

LONGEST = 60
# Cc control, Cf format (holds the characters that turn text around), Cs surrogates, Co private use, Cn unassigned,
# Zl and Zp line ends.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(text: str, limit: int = LONGEST) -> str:
    """The text on one line of at most `limit` signs: nothing that moves a cursor, hides or turns what follows."""
    # Cutting first keeps a title of 1 MB cheap.
    cut = text[: 4 * limit]
    kept = "".join(" " if c.isspace() else "\N{REPLACEMENT CHARACTER}" if _unseen(c) else c for c in cut)
    line = " ".join(kept.split())
    return line if len(line) <= limit and len(cut) == len(text) else line[: limit - 1] + "…"


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def many(count: int, one: str, more: str = "") -> str:
    """`1 letter`, `7 letters`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def span(seconds: float) -> str:
    """`0.4 s`, `12 s`, `1 min 5 s`, `2 h 3 min`."""
    if seconds < 1:
        return f"{max(seconds, 0.1):.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return many(round(hours / 24), "day")


def size(count: float) -> str:
    """Bytes in a person's words: `812 B`, `41 kB`, `3.2 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit in {"B", "kB"} or count >= 100 else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError
