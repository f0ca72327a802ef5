"""A task of the office done before the eyes of a recorder: each act once the page before it has been listed.

Rules of this module: it is the player of `byhand.evals.office.playing`, and presses and types where that sets values,
so that a recorder has something to see. Whatever an act presses leads to another page, and that page is waited for.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from byhand.evals.office.families import Hand, Row
from byhand.evals.office.playing import Player
from stage.pace import PacedHand


def by_hand(page: Page, paced: PacedHand, hand: Hand, row: Row) -> None:
    """From the page that is open."""
    _Person(page, paced).all(hand, dict(row.values), row)


class _Person(Player):
    def __init__(self, page: Page, paced: PacedHand) -> None:
        super().__init__(page)
        self.paced = paced

    def press(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.paced.press(target)

    def open(self, target: Locator) -> None:
        self.paced.press(target)

    def fill(self, field: Locator, value: str) -> None:
        self.paced.press(field)
        if field.input_value():
            self.paced.key("Control+a")
        self.paced.write(field, value)

    def date(self, field: Locator, value: str) -> None:
        year, month, day = value.split("-")
        self.paced.date(field, f"{month}{day}{year}", value)

    def choose(self, field: Locator, option: str) -> None:
        self.paced.choose(field, option)

    def tick(self, box: Locator, *, on: bool) -> None:
        if box.is_checked() != on:
            self.paced.press(box)

    def key(self, name: str) -> None:
        self.paced.key(name)
