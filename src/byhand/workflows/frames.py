"""Which of a page's frames is meant. Pure.

Rules of this module: what lies in no frame lies in the page itself, and is looked for nowhere else: a frame may hold
the same form. A frame is known by its place among those of the one above (`iframe >> nth=1`, as Playwright writes it)
and by the page it shows; where it has moved, the only one that shows that page is it. Or by a css selector of its
element, which must lead to one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from byhand.workflows.around import Around
from byhand.workflows.program import Evidence

Fits = Callable[[str, str], bool]
_NTH = re.compile(r"iframe >> nth=(\d{1,3})")
TOP = 0
_NONE = -1


def selector(place: int) -> str:
    """Of a frame, by its place among those of the one above."""
    return f"iframe >> nth={place}"


def number(evidence: Evidence, around: Around, fits: Fits) -> int:
    """Of the frame it lies in; -1 where that is not there, or more than one could be it.

    Args:
        evidence: of what lies in it; its page is the frame's.
        around: the view.
        fits: whether an address is of that page: `targets.fits`.
    """
    if not evidence.frame:
        return TOP
    view = around.view
    way = [int(found[1]) for one in evidence.frame if (found := _NTH.fullmatch(one))]
    if len(way) < len(evidence.frame):
        return _selected(evidence, around)
    deep = [one for one, steps in view.ways.items() if len(steps) == len(way)]
    here = [one for one in deep if view.ways[one] == tuple(way)]
    if not evidence.page:
        return here[0] if here else _NONE
    same = [one for one in deep if fits(evidence.page, view.frames.get(one, ""))]
    if here and here[0] in same:
        return here[0]
    return same[0] if len(same) == 1 else _NONE


def _selected(evidence: Evidence, around: Around) -> int:
    """By css selectors, each within the frame that the one before leads to."""
    at = TOP
    for one in evidence.frame:
        hits = [place for place in around.view.hits.get(one, ()) if around[place].frame == at]
        if len(hits) != 1:
            return _NONE
        inner = next((around[place].frame for place in around.inside(hits[0]) if around[place].frame != at), _NONE)
        if inner == _NONE:
            return _NONE
        at = inner
    return at


def address(around: Around, place: int) -> str:
    """Of the page or the frame that something lies in."""
    frame = around[place].frame
    return around.view.frames.get(frame, around.view.address) if frame else around.view.address
