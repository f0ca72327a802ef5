"""What a recorder would have kept of a page of MiniWoB++: the list of a state, through the guard's own listing.

Rules of this module: the words of these pages are made up and nobody's, as a policy says of them where they are
recorded live; so names are kept as they stand, but for secrets, and what has no name is told as wide as the guard tells
it.
"""

from __future__ import annotations

from byhand.consent.policy import SiteRule
from byhand.datasets.formats.miniwob_dom import Flat, Node
from byhand.datasets.formats.miniwob_list import Line, Tree, listed
from byhand.datasets.formats.miniwob_pages import VIEWPORT, asked, style
from byhand.events.raw import RawNode, RawSnapshot
from byhand.privacy.listing import Listed, list_of
from byhand.privacy.text.cleaner import Cleaner, Cleaners

ORIGIN = "https://miniwob.example"
_BAR = 20
"""Pixels of a scroll bar, at the zooms that were used."""
_MOVES = 3
"""Pixels; by less a page also moves when a picture in it is another one."""


class Seen:
    """One for each demonstration.

    Args:
        task: which.
        utterance: what was asked for.
    """

    def __init__(self, task: str, utterance: str) -> None:
        self._style, self._asked = style(task), asked(task, utterance)
        self._words = Cleaners(Cleaner()).of(SiteRule(ORIGIN, public=True))
        self._last: tuple[Flat, tuple[float, float] | None, Tree, list[Line]] | None = None
        self.point: tuple[float, float] | None = None
        """Where the pointer is, as far as it was told."""

    def _of(self, flat: Flat) -> tuple[Tree, list[Line]]:
        if self._last is None or self._last[0] is not flat or self._last[1] != self.point:
            tree = Tree(flat, self._style, self.point)
            self._last = flat, self.point, tree, listed(tree, self._asked)
        return self._last[2:]

    def listed(self, flat: Flat) -> Listed:
        """Columns of a `Snapshot`."""
        _, lines = self._of(flat)
        nodes = tuple(
            RawNode(
                0, 0, one.number, one.parent, one.role, one.tag, one.name, one.states, one.holds, *one.box, one.secret,
                masked=False, above=(),
            )
            for one in lines
        )  # fmt: skip
        raw = RawSnapshot(0, 0, "asked", "", 0, 0, ORIGIN, ORIGIN, 0, 0, 0, *VIEWPORT, 1.0, nodes, 0)
        return list_of(raw, self._words)

    def meant(self, flat: Flat, node: Node) -> Node:
        """What a press there is told of: the control it lies in; of what is in no list, the next around it that is."""
        tree, lines = self._of(flat)
        numbers = {one.number for one in lines}
        found = tree.control(node)
        at: Node | None = found
        while at is not None and at.number not in numbers:
            at = flat.get(at.parent)
        return at or found

    def name(self, flat: Flat, node: Node) -> str:
        _, lines = self._of(flat)
        return next((one.name for one in lines if one.number == node.number), "")

    def scrolled(self, before: Flat, after: Flat) -> tuple[Node, float] | None:
        """What moved in a scroll, and by how many pixels; positive is down. None where nothing did."""
        tree = Tree(before, self._style)
        for around in before.values():
            if not tree.fits(around, self._style.cuts) or around.number not in after:
                continue
            for inside in tree.below[around.number]:
                then = after.get(inside.number)
                if then is not None and abs(then.rect[1] - inside.rect[1]) >= _MOVES:
                    return around, inside.rect[1] - then.rect[1]
        return None

    def on_a_bar(self, node: Node, x: float) -> bool:
        """Was its scroll bar pressed, and nothing in it?"""
        right = node.rect[0] + node.rect[2]
        return Tree({node.number: node}, self._style).fits(node, self._style.cuts) and x >= right - _BAR
