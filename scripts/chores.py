"""Chores of a made-up shop, done by hand in a real work window while `byhand record --browser` records each of them.

For the pictures of the docs. The shop's two sites are the pages beside this file, under made-up names that only this
browser knows. Every step is a command that a person would type; nothing of Byhand is called in another way.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.browser.recorded import serving
from tests.browser.typed import Typed

PAGES = Path(__file__).parent / "pages"
ORDERS, STOCK = "http://orders.example", "http://stock.example"
POLICY = f"""\
version = 1
title = "The shop's chores"
purposes = ["mine"]
streams = ["actions", "text"]
words = ["order", "customer", "country", "payment", "note", "express", "delivery", "gift", "wrapping", "saved",
  "austria", "germany", "norway", "spain", "invoice", "card", "stock", "search", "item", "left", "reserve", "desk",
  "chair", "lamp", "shelf", "table", "mirror", "clock", "bench", "cabinet", "basket"]

[[apps]]
id = "chromium"
name = "Chromium"
browser = true

[[sites]]
origin = "{ORDERS}"

[[sites]]
origin = "{STOCK}"
"""
_THINKS_MS, _LOOKS_MS = 500, 1100
Chore = Callable[["Worker"], None]


class Worker:
    """Works at a person's pace: aims, rests, and looks over what was done before it is sent off."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def rest(self, ms: int = _THINKS_MS) -> None:
        self.page.wait_for_timeout(ms)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.rest(_LOOKS_MS)

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"#{name}").click()
        self.page.keyboard.type(text, delay=25)
        self.rest()

    def choose(self, name: str, letter: str) -> None:
        """As who fills in forms all day does: by a letter."""
        self.page.locator(f"#{name}").focus()
        self.page.keyboard.press(letter)
        self.rest()

    def tick(self, words: str) -> None:
        self.page.locator("label", has_text=words).click()
        self.rest()

    def press(self, name: str) -> None:
        self.rest(_LOOKS_MS)
        self.page.get_by_role("button", name=name).click()
        self.rest(_LOOKS_MS)

    def order(self, customer: str, country: str, payment: str) -> None:
        self.open(f"{ORDERS}/orders.html")
        self.type("customer", customer)
        self.choose("country", country)
        self.choose("payment", payment)


def express(worker: Worker) -> None:
    worker.order("Wilhelmina Ostrowski", "g", "i")
    worker.tick("Express delivery")
    worker.press("Save order")


def standard(worker: Worker) -> None:
    worker.order("Piet Vermeulen", "a", "i")
    worker.press("Save order")


def gift(worker: Worker) -> None:
    worker.order("Ingrid Solheim", "n", "c")
    worker.type("note", "Please call before the delivery")
    worker.tick("Gift wrapping")
    worker.press("Save order")


def by_keys(worker: Worker) -> None:
    """Another order right after the first one, and both are saved by the shortcut."""
    for customer, country in (("Carmen Ibarra", "s"), ("Lukas Brandner", "a")):
        worker.order(customer, country, "c")
        worker.rest(_LOOKS_MS)
        worker.page.keyboard.press("Control+s")
        worker.rest(_LOOKS_MS)


def reserve(worker: Worker) -> None:
    worker.open(f"{STOCK}/stock.html")
    for item in ("desk", "lamp"):
        worker.page.locator("#search").click()
        worker.page.keyboard.press("Control+a")
        worker.page.keyboard.type(item, delay=40)
        worker.rest(_LOOKS_MS)
        worker.page.locator("tr:visible", has_text=item.title()).get_by_role("button").click()
        worker.rest(_LOOKS_MS)


def look_down(worker: Worker) -> None:
    """Down the list instead of by the search, then the order of it."""
    worker.open(f"{STOCK}/stock.html")
    worker.page.mouse.move(300, 400)
    for _ in range(4):
        worker.page.mouse.wheel(0, 120)
        worker.rest(120)
    worker.rest(_LOOKS_MS)
    worker.page.locator("tr", has_text="Bench").get_by_role("button").click()
    worker.rest(_LOOKS_MS)
    standard(worker)


CHORES: tuple[tuple[str, Chore], ...] = (
    ("enter an express order", express),
    ("enter a standard order", standard),
    ("enter a gift", gift),
    ("enter two orders by the keyboard", by_keys),
    ("reserve what is needed", reserve),
    ("reserve a bench and order it", look_down),
)
"""What each is called by who does it, and how it is done."""


@contextlib.contextmanager
def shop(folder: Path) -> Generator[Typed]:
    """Where the chores are done; consent is given."""
    with serving(PAGES) as origin:
        rules = f"MAP *.example 127.0.0.1:{origin.rpartition(':')[2]}"
        room = "--screen-info={1100x1000} --window-size=1100,1000"  # nothing of a page has to be scrolled to
        at = Typed(folder, browser=f'{room} --host-resolver-rules="{rules}"')
        at.agree(POLICY)
        yield at


def record(at: Typed, play: Playwright, task: str, chore: Chore) -> str:
    """Do a chore while it is recorded. Gives the recording's id."""
    return at.record(play, task, lambda page: chore(Worker(page)))
