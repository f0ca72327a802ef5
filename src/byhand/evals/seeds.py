"""Which seeds are for testing: of MiniWoB++'s pages and of the office's records alike."""

from __future__ import annotations

from byhand.errors import UsageFault

FIRST_TESTED = 100_000
"""From here on. Nothing is ever learned from them."""


def tested(seed_from: int) -> None:
    """Raises:
    UsageFault: seeds from there on are learned from.
    """
    if seed_from < FIRST_TESTED:
        raise UsageFault(
            f"seeds below {FIRST_TESTED:,} are learned from", hints=(f"for example: --seed-from {2 * FIRST_TESTED}",),
            fate="nothing was measured",
        )  # fmt: skip
