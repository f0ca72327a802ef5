"""Beside a desktop's driver, which tells keys, presses and windows: only what it can't see. Pure."""

from __future__ import annotations

from byhand.capture.browser import telling
from byhand.capture.browser.telling import Deed
from byhand.events.browser import Happened, PageTold, Press, Seen, TabTold
from byhand.events.raw import Raw


def beside(deed: Deed) -> list[Raw]:
    """What a desktop's driver does not tell."""
    now, place, told = deed.mono_ns, deed.place, deed.told
    match told:
        case TabTold():
            return [telling.tab(place, now, told)]
        case PageTold():
            return [telling.page(place, now, told)]
        case Seen():
            return [telling.snapshot(place, now, told)]
        case Happened():
            return [telling.happened(place, now, told, alone=False)]
        case Press():
            element = telling.pressed(place, now, told, alone=False)
            return [element] if element else []
        case _:
            return []
