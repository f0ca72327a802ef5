"""What a scroll was over, where nobody told what moved: of a desktop's wheel, say. Pure.

Asked of what was seen before it: the smallest thing around the pointer that can hold more than it shows (a list, a
table, a text of many lines, a part of the page). In a page without one it is the page itself.

Rules of this module: it says what the pointer was over. That this moved, only a browser knows, and where it told so
nothing is asked here.
"""

from __future__ import annotations

from byhand.episodes import boxes
from byhand.episodes.types import Action, Target
from byhand.events.kinds import Snapshot, Wireframe

_PARTS = {
    "list": "list", "listbox": "list box", "table": "table", "grid": "table", "tree": "tree", "treegrid": "tree table",
    "menu": "menu", "dialog": "dialog", "alertdialog": "dialog", "document": "document web", "tabpanel": "scroll pane",
    "article": "article", "feed": "list", "log": "log", "region": "landmark", "main": "landmark",
    "complementary": "landmark", "navigation": "landmark", "form": "form",
}  # fmt: skip
"""ARIA's role -> AT-SPI's, of what may be scrolled."""
_HOLDING = frozenset({
    "list", "list box", "table", "tree", "tree table", "menu", "dialog", "document web", "document frame",
    "document text", "document spreadsheet", "document email", "document presentation", "terminal", "text",
    "paragraph", "html container", "image map", "drawing area", "canvas",
})  # fmt: skip
_MANY_LINES = frozenset({"textbox", "searchbox"})


def rolled(act: Action, page: Snapshot | None, window: Wireframe | None) -> Target | None:
    """What the pointer of a scroll was over.

    Args:
        act: the scroll.
        page: what was seen of it before, by a browser, while the window it lies in was in front.
        window: what was seen before by the desktop.
    """
    found = _on_page(act, page) if page is not None and act.origin else None
    return found or (_on_window(act, window) if window is not None else None)


def _on_page(act: Action, page: Snapshot) -> Target | None:
    if page.scale <= 0:
        return None
    x, y = (act.x - page.x) / page.scale, (act.y - page.y) / page.scale
    if not (0 <= x < page.w and 0 <= y < page.h):
        return None
    best, least = -1, 0
    for at, role in enumerate(page.roles):
        if role not in _PARTS and not (role in _MANY_LINES and "multi line" in page.states[at]):
            continue
        left, top, w, h = page.places[4 * at : 4 * at + 4]
        inside = left <= x < left + w and top <= y < top + h
        if inside and (best < 0 or w * h <= least):
            best, least = at, w * h
    if best < 0:
        return Target(role="document web", aria="document", tag="html", source="browser")
    role, (left, top, w, h) = page.roles[best], page.places[4 * best : 4 * best + 4]
    return Target(
        role=_PARTS.get(role, "entry"), name=page.names[best], box=(
            page.x + round(left * page.scale), page.y + round(top * page.scale), round(w * page.scale),
            round(h * page.scale),
        ), aria=role, tag=page.tags[best], holds=page.holds[best], source="browser", node=page.nodes[best],
    )  # fmt: skip


def _on_window(act: Action, window: Wireframe) -> Target | None:
    best: tuple[int, int] | None = None
    for at, role in enumerate(window.roles):
        x0, y0, x1, y1 = around = boxes.rect(window, at)
        if not (x0 <= act.x < x1 and y0 <= act.y < y1):
            continue
        if role == "covered":
            return None  # another program's window lies there
        if role in _HOLDING and (best is None or boxes.area(around) <= best[0]):
            best = boxes.area(around), at
    if best is None:
        return None
    at = best[1]
    return Target(role=window.roles[at], name=window.names[at], box=window.places[4 * at : 4 * at + 4])
