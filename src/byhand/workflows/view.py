"""A page or window as it is now, whole: what targets are looked for in and checks are asked of.

Rules of this module: values only, and only in memory: a view holds what stands in fields, so nothing writes it down.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """One element. The words are the observer's (docs/formats/observer.md), on the desktop AT-SPI's put into them.

    parent: place in the view, or -1. value: what stands in a field, or the label of what is chosen; "" for a secret.
    box: x, y, w, h in CSS pixels of the page, not of the viewport (device pixels of the desktop for a window).
    frame: 0 for the page itself, else the number of the frame. states: besides the observer's "secret", where what
    stands in it is told to nobody, and "masked", where the page wants its words hidden.
    leads: path that a link goes to, the whole address where that is another site's.
    kind: `type` of an input. hint: what is said of it besides its name (a description, what stands in it while empty).
    """

    node: int
    parent: int
    role: str
    tag: str = ""
    name: str = ""
    states: tuple[str, ...] = ()
    value: str = ""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    frame: int = 0
    kind: str = ""
    hint: str = ""
    leads: str = ""


class View(msgspec.Struct, frozen=True):
    """All that is there, flat, parents before children; what can be scrolled to is there too.

    address: of the page; the program's name for a window. hits: for each selector that was asked for, the places of
    what it matches now. status: of the answer that brought the page; 0 where that is not known. frames, ways: address
    of each frame, and the way to it, by its number: its place among the frames of the one above, outermost first.
    """

    address: str
    title: str = ""
    elements: tuple[Seen, ...] = ()
    hits: Mapping[str, tuple[int, ...]] = {}
    status: int = 0
    frames: Mapping[int, str] = {}
    ways: Mapping[int, tuple[int, ...]] = {}

    def __repr__(self) -> str:
        return f"View(elements={len(self.elements)})"
