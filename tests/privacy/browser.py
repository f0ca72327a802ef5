"""What a browser's extension tells, made by hand: raw events of a page, with all that a test does not care about."""

from __future__ import annotations

from typing import Any

from byhand.capture.scripted import START_MS
from byhand.events.kinds import AnyEvent, Element
from byhand.events.raw import Raw, RawDom, RawElement, RawNode, RawPage, RawSnapshot, RawWindow
from byhand.privacy.guard import Guard
from tests.privacy.rig import POLICY, guard, run

URL = "https://work.example.org/orders/4711?who=canary"
OTHER = "https://elsewhere.example.com/"
_ARIA = {"push button": "button", "entry": "textbox", "combo box": "combobox", "password text": "textbox"}
_TAGS = {"push button": "button", "combo box": "select", "link": "a", "heading": "h2"}


def stamps(at_s: float) -> tuple[int, int]:
    ms = START_MS + round(at_s * 1000)
    return ms, ms * 1_000_000 + 250_000


def told(
    at_s: float, why: str, role: str, name: str = "", *, url: str = URL, top: str | None = None, value: str = "",
    app: str = "chromium", above: tuple[str, ...] = (), window: int = 0, **more: Any,
) -> RawElement:  # fmt: skip
    """An element; what is not named in `more` is as a harmless element of a listed page has it."""
    ms, ns = stamps(at_s)
    node = more.get("node", 7)
    dom = RawDom(
        ms, ns, app, url if top is None else top, more.get("tab", 31), more.get("frame", 0), node,
        more.get("aria", _ARIA.get(role, "generic")), more.get("tag", _TAGS.get(role, "input")),
        more.get("selectors", ()), (1, 2, 30, 40), value, more.get("holds", ""), more.get("times", 0),
        more.get("secret", False), more.get("masked", False), more.get("trusted", True), more.get("alone", False),
    )  # fmt: skip
    path = (*((part, 0) for part in above), (role, node))
    states = more.get("states", ("enabled", "showing"))
    return RawElement(ms, ns, why, True, window, 0, role, name, states, 10, 20, 80, 24, path, url, "", dom)  # type: ignore[arg-type]


def page(
    at_s: float, what: str = "loaded", *, url: str = URL, top: str | None = None, title: str = "", **more: Any
) -> RawPage:
    app, tab, frame = more.get("app", "chromium"), more.get("tab", 31), more.get("frame", 0)
    return RawPage(*stamps(at_s), what, app, tab, frame, url, url if top is None else top, title)  # type: ignore[arg-type]


def node(number: int, role: str, name: str = "", parent: int = -1, *, w: int = 100, **more: Any) -> RawNode:
    return RawNode(
        0, 0, number, parent, role, more.get("tag", "div"), name, more.get("states", ()), more.get("holds", ""),
        0, 0, w, 20, more.get("secret", False), more.get("masked", False), more.get("above", ()),
    )  # fmt: skip


def snapshot(at_s: float, *nodes: RawNode, url: str = URL, top: str | None = None, **more: Any) -> RawSnapshot:
    above = url if top is None else top
    app = more.get("app", "chromium")
    return RawSnapshot(*stamps(at_s), "press", app, 31, 0, url, above, 1, 0, 80, 1000, 700, 1.0, nodes, 0)


def kept(*raws: Raw, streams: tuple[str, ...] = ("text",), policy: str = POLICY) -> list[AnyEvent]:
    return run(guard(*streams, policy=policy), raws)


def only(*raws: Raw, streams: tuple[str, ...] = ("text",), policy: str = POLICY) -> Element:
    """The one element that these leave."""
    (element,) = (event for event in kept(*raws, streams=streams, policy=policy) if isinstance(event, Element))
    return element


def dropped(door: Guard, *raws: Raw) -> dict[str, int]:
    front = RawWindow(*stamps(0), "focus", 1, "editor", "", 1, 0, 0, 9, 9, False)
    assert [
        event for event in run(door, [front, *raws]) if type(event).__name__ in ("Element", "Page", "Snapshot")
    ] == []
    return dict(door.tally.dropped)
