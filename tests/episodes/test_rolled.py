"""What a scroll was over, where no browser told what moved."""

from __future__ import annotations

from typing import Any

from byhand.episodes.build import build
from byhand.episodes.types import Target
from byhand.events.kinds import AnyEvent, Numbered, Page, Scroll, Snapshot, Window, Wireframe

MS = 1_000_000
ORIGIN = "https://work.example"


def page(
    ms: int = 100, *, tab: int = 1, frame: int = 1, at: tuple[int, int, int, int] = (0, 100, 400, 300)
) -> Snapshot:
    """At twice the pixels: a main part, a list in it, a field of many lines in another part."""
    roles = ("main", "list", "listitem", "region", "textbox", "textbox")
    names = ("", "Tickets", "One", "Answer", "Words", "Subject")
    states = ("", "", "", "", "multi line editable", "editable")
    places = (0, 0, 200, 300, 10, 50, 100, 200, 10, 50, 100, 20, 200, 0, 200, 300, 220, 100, 100, 100, 220, 20, 100, 20)
    x, y, w, h = at
    return Snapshot(
        ms, ms * MS, "test", "loaded", tab, frame, ORIGIN, "/", 1, x, y, w, h, 2.0, (1, 2, 3, 4, 5, 6),
        (-1, 0, 1, -1, 3, 3), roles, ("div",) * 6, names, states, ("",) * 6, places, 0,
    )  # fmt: skip


def window(ms: int, number: int, app: str) -> Window:
    return Window(ms, ms * MS, "test", "focus", number, app, "", 0, 0, 800, 700)


def scrolled(x: int, y: int, *before: AnyEvent, ms: int = 900) -> Any:
    """The scroll there, after all that."""
    events = [*before, Scroll(ms, ms * MS, "test", 0.0, 1.0, x, y, False)]
    (episode,) = build("rec", [Numbered(seq, event) for seq, event in enumerate(events)]).episodes
    return episode.steps[-1].action


def over(x: int, y: int, *before: AnyEvent) -> str:
    target = scrolled(x, y, *before).target
    return "nothing" if target is None else f"{target.role} {target.name}".strip()


LOADED = Page(50, 50 * MS, "test", "loaded", 1, 1, ORIGIN, "/")


def test_the_smallest_thing_that_may_scroll_is_what_the_pointer_was_over():
    """A list, a field of many lines, a part of the page; else the page itself."""
    assert over(60, 300, LOADED, page()) == "list Tickets"
    assert over(60, 650, LOADED, page()) == "landmark"
    assert over(460, 320, LOADED, page()) == "entry Words"
    assert over(460, 150, LOADED, page()) == "landmark Answer"
    assert over(900, 250, LOADED, page(at=(0, 100, 500, 300))) == "document web"
    assert over(60, 50, LOADED, page()) == "nothing", "above the page: the browser's own bar"


def test_it_says_where_the_thing_stands_on_the_desktop():
    """In device pixels, with its number in the document."""
    target = scrolled(60, 300, LOADED, page()).target
    assert (target.box, target.node, target.aria, target.source) == ((20, 200, 200, 400), 2, "list", "browser")


def test_of_two_frames_the_one_under_the_pointer_is_asked():
    """The newest list may be another frame's."""
    inner = page(200, frame=2, at=(500, 100, 100, 300))
    assert over(60, 300, LOADED, page(), inner) == "list Tickets"
    assert scrolled(520, 240, LOADED, page(), inner).target.box == (520, 200, 200, 400)


def test_a_page_behind_another_window_was_not_scrolled():
    """What was seen before the window came to the front may lie behind it."""
    wire = Wireframe(
        400, 400 * MS, "test", "focus", 2, 0, 0, 800, 700, ("panel", "text"), ("", ""), (0, 0, 800, 700) * 2
    )
    behind = window(10, 1, "chromium"), LOADED, page(), window(300, 2, "mousepad")
    assert over(60, 300, *behind) == "nothing"
    assert over(60, 300, *behind, wire) == "text"


def test_a_desktops_scroll_is_over_a_box_of_its_window():
    """The smallest that can hold more than it shows; nothing where another program's window lies over it."""
    roles, names = ("panel", "table", "table cell", "covered"), ("", "", "Ada", "")
    places = (0, 0, 800, 700, 100, 100, 400, 400, 100, 100, 400, 20, 450, 100, 100, 100)
    wire = Wireframe(100, 100 * MS, "test", "before", 1, 0, 0, 800, 700, roles, names, places)
    assert over(110, 110, wire) == "table"
    assert over(460, 110, wire) == over(50, 50, wire) == "nothing"
    assert scrolled(110, 110, wire).target == Target("table", box=(100, 100, 400, 400))
