"""What is asked at a terminal. A question goes to stderr, and no answer is a no."""

from __future__ import annotations

import sys

from rich.text import Text

from byhand.cli.output import margin, on_terminal
from byhand.errors import UsageFault


def agree(question: str, *, without: str = "--yes") -> bool:
    """Ask for a yes; anything else is a no.

    Raises:
        UsageFault: nobody is there to answer. `without` names the option that answers beforehand.
    """
    if not on_terminal():
        raise UsageFault("a person has to answer this, at a terminal", hints=(f"or answer beforehand: add {without}",))
    margin().print(Text.assemble(question, ("  y/N ", "quiet")), end="")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
