"""Twenty tasks of MiniWoB++, done as a person does them, and what should be told of each act.

The oracles are the suite's own (`byhand.evals.miniwob`). A task with a seed is the same each time, so it can be done
twice: once while it is recorded, and once to see whether each element is where the selectors kept of it lead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import ORACLES, Oracle
from byhand.evals.miniwob.hand import Inputs, PageHand, Point
from byhand.evals.miniwob.stage import Stage

WHEELS = Path(__file__).parents[2] / ".venv" / "pages"
UNDER = """([x, y]) => {
  const inner = document.elementFromPoint(x, y);
  return inner.closest('button, a[href], [role=button], [role=menuitem], [role=option]') ?? inner;
}"""
_PLAIN, _SUBMIT = "unknown", ("press", "push button", "Submit", "")
"""The role of what has none of its own: a div, a span, a label. Its tag says what it is."""
_ICON = ("press", _PLAIN, "", "")
_ARROW = ("press", "push button", "", "")
_DRAWN = [("press", _PLAIN, "", ""), ("drag", _PLAIN, "", ""), ("drop", _PLAIN, "", "")]
_SECRET = [
    ("press", "password text", "", ""), ("withheld", "", "", "password field"), ("input", "password text", "", ""),
]  # fmt: skip

SEEDS = {
    "click-button": 3, "click-checkboxes": 2, "click-option": 1, "choose-list": 5, "choose-date": 5, "enter-date": 1,
    "enter-text": 3, "enter-password": 1, "login-user": 1, "use-autocomplete": 3, "click-tab-2": 3, "click-link": 1,
    "drag-box": 1, "drag-items": 1, "email-inbox": 3, "scroll-text": 1, "use-slider": 3, "use-spinner": 3,
    "text-editor": 3, "click-menu": 1,
}  # fmt: skip
TASKS: dict[str, tuple[int, Oracle]] = {task: (seed, ORACLES[task]) for task, seed in SEEDS.items()}
TOLD: dict[str, list[tuple[str, str, str, str]]] = {
    "click-button": [("press", "push button", "no", "")],
    "click-checkboxes": [
        ("press", _PLAIN, "", ""), ("change", "check box", "", ""),
        ("press", "check box", "", ""), ("change", "check box", "", ""), _SUBMIT,
    ],
    "click-option": [("press", _PLAIN, "", ""), ("change", "radio button", "", ""), _SUBMIT],
    "choose-list": [("press", "combo box", "", ""), ("change", "combo box", "", "Congo"), _SUBMIT],
    "choose-date": [("press", "entry", "", ""), _ICON, ("press", "link", "", ""), _SUBMIT],
    "enter-date": [("press", "date editor", "", ""), ("change", "date editor", "", "2011-10-11"), _SUBMIT],
    "enter-text": [("press", "entry", "", ""), ("input", "entry", "", "Myron"), _SUBMIT],
    "enter-password": [*_SECRET, *_SECRET, _SUBMIT],
    "login-user": [
        ("press", "entry", "", ""), ("input", "entry", "", "vina"), *_SECRET, ("press", "push button", "Login", ""),
    ],
    "use-autocomplete": [
        ("press", "entry", "Tags:", ""), ("input", "entry", "Tags:", "Rus"),
        ("press", _PLAIN, "", ""), ("change", "entry", "Tags:", "Russian Federation"), _SUBMIT,
    ],
    "click-tab-2": [("press", "link", "Tab #1", ""), ("press", "link", "Tab #2", ""), ("press", _PLAIN, "", "")],
    "click-link": [("press", _PLAIN, "", "")],
    "drag-box": [*_DRAWN, _SUBMIT],
    "drag-items": [*_DRAWN[:2], ("drop", "list item", "", "")],
    "email-inbox": [
        ("press", _PLAIN, "", ""), _ICON, ("press", "entry", "", ""),
        ("input", "entry", "", "Purus velit faucibus eu."), _ICON,
    ],
    "scroll-text": [
        ("scroll", "", "", "down"), ("press", "entry", "", ""), ("input", "entry", "", "fermentum"), _SUBMIT,
    ],
    "use-slider": [*_DRAWN, *_DRAWN, _SUBMIT],
    "use-spinner": [*([_ARROW] * 5), _SUBMIT],
    "text-editor": [("press", _PLAIN, "", ""), _ARROW, _SUBMIT],
    "click-menu": [
        ("hover", "menu item", "Alvera", ""), ("hover", "menu item", "Terza", ""),
        ("press", "menu item", "Ludovika", ""),
    ],
}  # fmt: skip
"""What should be told of each, with its seed: why, role, name, value. The name is "" where the page's own is not made
of the policy's words.
"""


def unpacked(folder: Path) -> Path:
    """The folder of pages, for a test alone."""
    return pages.unpacked(WHEELS, folder)


@dataclass(frozen=True)
class Act:
    """What was done. role: "push button", or "". value: as it was typed or chosen."""

    why: str
    role: str = ""
    value: str = ""


Looks = Callable[[Act, ElementHandle], object]


class NotingHand(PageHand):
    """Notes each act before it is done.

    looks: is asked at each act, with the element it is about.
    """

    def __init__(self, page: Page, looks: Looks, inputs: Inputs | None) -> None:
        super().__init__(page, inputs, typing_ms=8)
        self._looks = looks
        self.did: list[Act] = []

    def tells(self, why: str, element: Locator | ElementHandle, value: str = "") -> None:
        """From what comes now this should be told, of that element."""
        handle = element.element_handle() if isinstance(element, Locator) else element
        assert handle
        role = "push button" if handle.evaluate("e => e.tagName") == "BUTTON" else ""
        self.did.append(Act(why, role, value))
        self._looks(self.did[-1], handle)

    def press(self, at: Locator, *, x: float = 0.5, y: float = 0.5) -> None:
        """What lies there is told; and what a list that completes then puts into its field."""
        if at.get_attribute("type") == "password":
            self.rest(350)  # letters wait 0.3 s in the guard: in a secret field by then, they are withheld
        self.tells("press", self.under(*self.place(at, x, y)))
        completed = at.inner_text() if at.evaluate("e => !!e.closest('.ui-autocomplete')") else ""
        super().press(at, x=x, y=y)
        if completed:
            self.rest(200)
            self.tells("change", self.page.locator("#tags"), completed)

    def under(self, x: float, y: float) -> ElementHandle:
        """The control there; else the innermost element."""
        found = self.page.evaluate_handle(UNDER, [x, y]).as_element()
        assert found
        return found

    def write(self, at: Locator, text: str) -> None:
        """Told once that is over. Of a secret only that something was typed."""
        if secret := at.get_attribute("type") == "password":
            self.did.append(Act("withheld", value="password field"))
        super().write(at, text)
        self.tells("input", at, "" if secret else text)

    def choose(self, at: Locator, option: str) -> None:
        super().choose(at, option)
        self.tells("change", at, option)

    def check(self, box: Locator, at: Locator | None = None) -> None:
        super().check(box, at)
        self.tells("change", box)

    def date(self, at: Locator, keys: str, value: str) -> None:
        super().date(at, keys, value)
        self.tells("change", at, value)

    def drag(self, start: Point, end: Point, of: Locator, to: Locator) -> None:
        carried = self.under(*start)
        self.tells("press", carried)
        self.tells("drag", carried)
        if to.get_attribute("id"):
            self.tells("drop", to)
        else:
            self.did.append(Act("drop"))  # of a list that is sorted by hand: it lies where the list is
        super().drag(start, end, of, to)

    def hover(self, at: Locator) -> None:
        self.rest(450)
        self.tells("hover", at)
        super().hover(at)

    def scroll(self, at: Locator, notches: int) -> None:
        self.did.append(Act("scroll", value="down" if notches > 0 else "up"))
        super().scroll(at, notches)


def do(
    page: Page, origin: str, task: str, looks: Looks, inputs: Inputs | None = None, seed: int | None = None
) -> tuple[list[Act], Any]:
    """One task from its beginning, with the page's own mouse and keyboard unless others are given.

    Gives what was done and the reward, 1 where it was done right.
    """
    known, oracle = TASKS[task]
    stage = Stage(page, origin)
    stage.begin(task, known if seed is None else seed)
    hand = NotingHand(page, looks, inputs)
    oracle(hand)
    page.wait_for_timeout(60)
    return hand.did, stage.reward()
