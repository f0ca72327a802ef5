"""Menus whose parts open while the pointer rests on them."""

from __future__ import annotations

import re

from byhand.evals.miniwob.hand import Hand, asked, exactly, query

_RESTS_MS = 400
"""A person does not press at the moment in which a part opens."""


def _opened(hand: Hand, name: str) -> None:
    item = hand.page.locator("#menu li > div:visible", has_text=exactly(name))
    hand.hover(item)
    item.locator("xpath=../ul").wait_for(state="visible")
    hand.rest(_RESTS_MS)


def menu(hand: Hand) -> None:
    *way, last = asked(hand, r"Select (.+)")[0].split(">")
    for name in way:
        _opened(hand, name)
    hand.press(hand.page.locator("#menu li > div:visible", has_text=exactly(last)))


def behind_a_button(hand: Hand) -> None:
    """By its words or by its picture, which may be in a part that is closed yet."""
    page = hand.page
    hand.press(page.locator("#open-menu"))
    said = re.search(r'labeled "(.+)"', query(hand))
    if said:
        wanted = page.locator("#menu li > div", has_text=exactly(said[1]))
    else:
        picture = str(page.locator("#query span.ui-icon").get_attribute("class")).split()[-1]
        wanted = page.locator("#menu li > div", has=page.locator(f".{picture}"))
    if not wanted.is_visible():
        _opened(hand, "Playback")
    hand.press(wanted)
