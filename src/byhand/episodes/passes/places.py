"""Pages, tabs and windows: those that no act explains are acts of their own; and where each action was done."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from byhand.episodes.making import Made, action, ordered, walk
from byhand.episodes.seen import Placed, Seen
from byhand.episodes.types import Action
from byhand.events.kinds import Page, Window
from byhand.events.time import MS

_LED_NS = 10_000 * MS  # so long a page may take to come
_RAISED_NS = 1_000 * MS
_LEADS = frozenset({
    "click", "double_click", "triple_click", "middle_click", "right_click", "key", "hotkey", "select", "check",
    "uncheck", "type", "upload", "drag", "navigate",
})  # fmt: skip


def pages(seen: Seen, acts: Sequence[Action]) -> Made:
    """`navigate`, `tab` and `window`."""
    done: list[Action] = []
    at: dict[int, tuple[str, str]] = {}
    mains = _mains(seen)
    front, window = 0, 0
    told = heapq.merge(seen.pages, seen.windows, key=lambda one: one[0])
    for seq, event in walk(acts, told, done):
        if isinstance(event, Window):
            if event.change == "focus" and event.window != window:
                if window and event.window and not _led(done, event.mono_ns, _RAISED_NS):
                    done.append(action("window", seq, event, "place.window", app=event.app, window=event.window))
                window = event.window or window
        elif event.what in ("loaded", "moved"):
            here = event.origin, event.page
            front = front or event.tab
            if _is_main(event, mains) and event.origin and at.get(event.tab) != here:
                at[event.tab] = here
                if not _led(done, event.mono_ns, _LED_NS):
                    done.append(_navigate(seq, event))
        elif event.what in ("tab switched", "tab opened") and event.tab != front:
            if front and not _led(done, event.mono_ns, _RAISED_NS):
                done.append(action("tab", seq, event, "place.tab", tab=event.tab, origin=event.origin, page=event.page))
            front = event.tab
    return ordered(done), []


def _mains(seen: Seen) -> dict[int, int]:
    """The number of each tab's own frame: a page begins with it, and no element in it has a way down to it."""
    inner = {(one.tab, one.frame) for _, one in seen.elements if one.frames}
    found: dict[int, int] = {}
    for _, page in seen.pages:
        if page.frame and page.what in ("loaded", "moved") and (page.tab, page.frame) not in inner:
            found.setdefault(page.tab, page.frame)
    return found


def _is_main(page: Page, mains: Mapping[int, int]) -> bool:
    return not page.frame or mains.get(page.tab) == page.frame


def _navigate(seq: int, event: Page) -> Action:
    about = {"origin": event.origin, "page": event.page, "tab": event.tab, "frame": event.frame}
    return action("navigate", seq, event, f"place.{event.what}", **about)


def _led(done: Sequence[Action], mono_ns: int, within_ns: int) -> bool:
    """Did the last act bring it about?"""
    act = next((one for one in reversed(done) if one.op in _LEADS), None)
    return act is not None and mono_ns - act.end_ns <= within_ns


def places(seen: Seen, acts: Sequence[Action]) -> Made:
    """Fill in the program, the window and the page of each action."""
    focused = [one for one in seen.windows if one[1].change == "focus"]
    window_seqs = [seq for seq, _ in focused]
    mains = _mains(seen)
    fronts = _fronts(seen, mains)
    front_seqs = [seq for seq, _ in fronts]
    tops = _tops(seen, mains)
    made: list[Action] = []
    for act in acts:
        about: dict[str, object] = {}
        if not act.app and (window := _window(focused, window_seqs, act)) is not None:
            about |= {"app": window.app, "window": window.window}
        place = bisect_right(front_seqs, act.first) - 1
        browsing = act.target is None or act.target.source == "browser"
        if not act.tab and browsing and place >= 0 and act.op != "window":
            page = fronts[place][1]
            about |= {"origin": page.origin, "page": page.page, "tab": page.tab}
        elif act.tab and act.frame != mains.get(act.tab, act.frame):
            page = _before(tops.get(act.tab, []), act.first)
            about |= {"top": page.origin + page.page} if page is not None and page.origin else {}
        made.append(replace(act, **about) if about else act)
    return made, []


def _tops(seen: Seen, mains: Mapping[int, int]) -> dict[int, list[Placed[Page]]]:
    """What each tab's own frame showed from where on."""
    found: dict[int, list[Placed[Page]]] = {}
    for seq, page in seen.pages:
        if page.frame and page.what in ("loaded", "moved") and _is_main(page, mains):
            found.setdefault(page.tab, []).append((seq, page))
    return found


def _before(shown: Sequence[Placed[Page]], seq: int) -> Page | None:
    place = bisect_right(shown, seq, key=lambda one: one[0])
    return shown[place - 1][1] if place else None


def _window(focused: list[Placed[Window]], seqs: list[int], act: Action) -> Window | None:
    """The one in front; for a press, the one that it brought there."""
    place = bisect_right(seqs, act.first)
    if act.x and place < len(focused):
        seq, after = focused[place]
        inside = after.x <= act.x < after.x + after.w and after.y <= act.y < after.y + after.h
        if inside and (seq < act.last or after.mono_ns - act.start_ns <= _RAISED_NS // 10):
            return after
    return focused[place - 1][1] if place else None


def _fronts(seen: Seen, mains: Mapping[int, int]) -> list[Placed[Page]]:
    """Which page was in front from where on, while a browser was."""
    found: list[Placed[Page]] = []
    known: dict[int, Page] = {}
    front = 0
    for seq, page in seen.pages:
        if page.what in ("loaded", "moved") and _is_main(page, mains):
            known[page.tab] = page
            front = front or page.tab
        elif page.what in ("tab switched", "tab opened"):
            front = page.tab
        if front in known:
            found.append((seq, known[front]))
    return found
