"""An element found again by all that was kept of it.

Rules of this module: best first (role and name, id or test id, css, path), and all that match must agree. Two selectors
that lead to different elements are a page that is not the one that was recorded, and nothing is done there. Where no
selector was kept, because all had words in them that were not cleared, it is what lies at the very same place and is of
the same tag: in the window it was recorded in that is as good, in another it finds nothing.
"""

from __future__ import annotations

import time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from byhand.datasets.formats.selectors import Way, ways
from byhand.episodes.types import Target

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, Page

_HERE = files("byhand.agents.actuators")
_WAYS, _FINDS = ((_HERE / name).read_text("utf-8") for name in ("world/ways.js", "finding.js"))
FINDING = f"(asked) => {{ {_WAYS}\n const finds = {_FINDS.strip().removesuffix(';')};\n return finds(asked); }}"
"""What selectors lead to is found as the hands of a program find it (`worlds`)."""
_STEP_MS = 60
_ORDER = {"aria": 0, "css": 1, "pierce": 2, "text": 3, "xpath": 4}
_WHY = {
    "none": "its target was not found", "many": "its target was found more than once",
    "apart": "what was kept of its target leads to different elements now",
    "unknown": "how to find its target is not known",
}  # fmt: skip


def find(page: Page, target: Target | None, frame: int, patience_s: float) -> ElementHandle | str:
    """The one element, or why there is none. Waits for it, as a person does.

    Args:
        page: the tab.
        target: what was kept of it.
        frame: 1 for the page itself; another number for one of the frames in it.
        patience_s: so long it may take to come.
    """
    known = sorted(ways(target), key=_rank)
    at = {"tag": target.tag, "area": target.area} if target and target.tag and len(target.area) == 4 else None
    if not known and at is None:
        return _WHY["unknown"]
    until = time.monotonic() + patience_s
    while True:
        told = "none"
        for one in _frames(page, target, frame):
            found = _in(one, known, at)
            if not isinstance(found, str):
                return found
            told = found if told == "none" else told
        if time.monotonic() >= until:
            return _WHY[told]
        page.wait_for_timeout(_STEP_MS)


def _frames(page: Page, target: Target | None, frame: int) -> list[Frame]:
    """Where to look, the likeliest first. A frame is attached where it was; each tab numbers its own frames anew."""
    top = page.main_frame
    if target is not None and target.frames:
        found = top
        for place in target.frames:
            if place >= len(found.child_frames):
                return []
            found = found.child_frames[place]
        return [found]
    return [top] if frame <= 1 else [top, *(one for one in page.frames if one is not top)]


def _rank(way: Way) -> tuple[int, bool]:
    named = way.kind == "css" and (way.words.startswith("#") or way.words.startswith("[data-testid"))
    return (_ORDER[way.kind], not named)


def _in(frame: Frame, known: list[Way], at: dict[str, Any] | None) -> ElementHandle | str:
    asked: list[dict[str, Any]] = []
    for way in known:
        if way.kind == "aria" and not (way.role and way.words):
            continue
        hits = None
        if way.kind == "aria":
            role: Any = way.role
            hits = frame.get_by_role(role, name=way.words, exact=True).element_handles()
        asked.append({"kind": way.kind, "words": way.words, "hits": hits})
    found = frame.evaluate_handle(FINDING, [asked, None if asked else at])
    element = found.as_element()
    return element if element is not None else str(found.json_value())
