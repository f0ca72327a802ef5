"""Resting on something that opens a part of a page is an act; a browser tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, action, ordered, target, where
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action


def hovers(seen: Seen, acts: Sequence[Action]) -> Made:
    """One for each element `hover`."""
    made = [
        action(
            "hover", seq, one, "hover.opened", target=target(one), x=one.x + one.w // 2, y=one.y + one.h // 2,
            injected=one.injected, **where(one),
        )
        for seq, one in seen.elements if one.why == "hover"
    ]  # fmt: skip
    return ordered([*acts, *made]), []
