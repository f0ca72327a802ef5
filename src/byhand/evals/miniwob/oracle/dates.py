"""Dates and times: of calendars that a page draws, and of the browser's own fields."""

from __future__ import annotations

import calendar

from byhand.evals.miniwob.hand import Hand, asked, bold, exactly, submit

_SHOWN = ".ui-datepicker-month"


def leaf(hand: Hand, month: int) -> None:
    """In a calendar that is open, to that month."""
    page = hand.page
    names = list(calendar.month_name)
    while (now := names.index(page.locator(_SHOWN).inner_text().strip().title())) != month:
        hand.press(page.locator(".ui-datepicker-prev" if month < now else ".ui-datepicker-next"))


def calendar_day(hand: Hand) -> None:
    (said,) = asked(hand, r"Select (\S+) as")
    month, day, _ = map(int, said.split("/"))
    page = hand.page
    hand.press(page.locator("#datepicker"))
    page.locator("#ui-datepicker-div").wait_for()
    leaf(hand, month)
    hand.press(page.locator("#ui-datepicker-div td a", has_text=exactly(str(day))))
    page.locator("#ui-datepicker-div").wait_for(state="hidden")
    submit(hand)


def date(hand: Hand) -> None:
    month, day, year = bold(hand)[0].split("/")
    hand.date(hand.page.locator("#tt"), month + day + year, f"{year}-{month}-{day}")
    submit(hand)


def time(hand: Hand) -> None:
    hour, minute, half = asked(hand, r"Enter (\d+):(\d+)\s*([AP]M)")
    whole = int(hour) % 12 + 12 * (half == "PM")
    hand.date(hand.page.locator("#tt"), f"{int(hour):02}{minute}{half[0]}", f"{whole:02}:{minute}")
    submit(hand)
