"""The boxes of a window for a frame: what shows there, where, and how it is called.

Asked from the screen's own thread over a connection of its own: a press that is being looked up then never waits for a
frame, nor a frame for a program that hangs in a press. One frame costs one call that makes the program list what shows,
and one turn of the bus for all boxes and names; roles are remembered, since an element keeps its role but not its name.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, BusGone, NoAnswer, Node
from byhand.capture.accessibility.lookup import Seen, scaled
from byhand.capture.accessibility.patience import Patience
from byhand.capture.accessibility.programs import Programs, main_top, scale_of, showing, tops
from byhand.capture.accessibility.roles import LAYOUT, PAGES
from byhand.events.raw import RawBox
from byhand.events.time import MS

MOST = 600
"""A window that shows more than this gets no boxes, and so no picture: half of the boxes would not do."""


class Boxes:
    """Not for more than one thread."""

    def __init__(self, connect: Callable[[], Bus]) -> None:
        self._connect = connect
        self._bus: Bus | None = None
        self._programs: Programs | None = None
        self._roles: dict[Node, str] = {}
        self._patience = Patience()

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()
        self._bus = self._programs = None
        self._roles.clear()

    def of(self, seen: Seen, until: float) -> tuple[tuple[RawBox, ...], str] | None:
        """Boxes in device pixels, and the page's address or "". None where nobody answered in time."""
        if self._patience.lacks("bus"):
            return None
        try:
            if self._bus is None or self._programs is None:
                self._bus = self._connect()
                self._programs = Programs(self._bus)
            for root in self._programs.of(seen.pid, until):
                if self._patience.lacks(root.to):
                    continue
                try:
                    if (found := self._ask(self._bus, root, seen, until)) is not None:
                        return found
                except NoAnswer:
                    self._patience.lose(root.to)
        except NoAnswer:
            return None
        except BusGone:
            self._patience.lose("bus")
            self.close()
        return None

    def _ask(self, bus: Bus, root: Node, seen: Seen, until: float) -> tuple[tuple[RawBox, ...], str] | None:
        found = tops(bus, root, until)
        top = main_top(found, seen.box, seen.title)
        if top is None:
            return None
        scale = scale_of(top.box, seen.box)
        # Menus that are open in windows of their own; a program's other windows are not part of this one.
        menus = [
            other for other in found if other.showing and other.role in {"window", "menu", "popup menu", "tool tip"}
        ]
        nodes = [node for one in (top, *menus) for node in showing(bus, one.node, until, MOST)]
        if len(nodes) > MOST:
            return None
        if fresh := [node for node in nodes if node not in self._roles]:
            asked = bus.gather([tree.role(node) for node in fresh], until)
            self._roles.update({node: tree.as_role(answer) for node, answer in zip(fresh, asked, strict=True)})
        roles = [self._roles[node] for node in nodes]
        self._roles = dict(zip(nodes, roles, strict=True))
        named = [place for place, role in enumerate(roles) if role not in LAYOUT]
        pages = [place for place, role in enumerate(roles) if role in PAGES]
        asks = [tree.extents(node) for node in nodes] + [tree.name(nodes[place]) for place in named]
        asks += [ask for place in pages for ask in tree.addresses(nodes[place])]
        answers = bus.gather(asks, until)
        names = dict(zip(named, map(tree.as_text, answers[len(nodes) :]), strict=False))
        places = [scaled(tree.as_box(answer), scale) for answer in answers[: len(nodes)]]
        now = time.monotonic_ns() // 1000 * 1000
        boxes = tuple(
            RawBox(now // MS, now, role, names.get(place, ""), *box)
            for place, (role, box) in enumerate(zip(roles, places, strict=True))
            if _meets(box, seen.box) or (box[2] and box[3] and menus)
        )
        urls = map(tree.as_url, answers[len(nodes) + len(named) :])
        sizes = [places[place][2] * places[place][3] for place in pages for _ in range(2)]
        largest = max(((size, url) for size, url in zip(sizes, urls, strict=True) if url and size), default=(0, ""))
        return boxes, largest[1]


def _meets(box: tree.Box, window: tree.Box) -> bool:
    x, y, w, h = box
    a, b, c, d = window
    return w > 0 and h > 0 and x < a + c and a < x + w and y < b + d and b < y + h
