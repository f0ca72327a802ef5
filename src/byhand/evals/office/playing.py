"""A hand done in a page by role and label, as a person would, to make demonstrations and to check the tasks themselves.

Rules of this module: it knows the words of the page it was written for and nothing else. It is no runner: under drifts
it may fail, and it doesn't look whether what it did has come about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from byhand.evals.office.families import Act, EachLine, EachShown, Hand, Row, Step, When, filled
from byhand.evals.office.values import cents

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Before = Callable[[Act, dict[str, str]], object]
"""Told of each act and the values it is done with, just before."""


def play(page: Page, hand: Hand, row: Row, before: Before | None = None) -> int:
    """Do a row from the page that is open. Gives how many acts it took."""
    player = Player(page, before)
    player.all(hand, dict(row.values), row)
    return player.acts


class Player:
    """Sets values, which is quick. Whoever presses and types instead has other `press`, `fill`, `date`, `choose`,
    `tick` and `key`.
    """

    def __init__(self, page: Page, before: Before | None = None) -> None:
        self.page, self.before = page, before
        self.acts = 0

    def all(self, steps: tuple[Step, ...], values: dict[str, str], row: Row) -> None:
        for step in steps:
            match step:
                case Act():
                    self.act(step, values)
                case When():
                    above = (cents(values[step.column]) or 0) > step.above
                    self.all(step.then if above else step.otherwise, values, row)
                case EachLine():
                    for line in row.lines:
                        self.all(step.acts, values | line, row)
                case EachShown():
                    self.each_shown(step, values, row)

    def each_shown(self, step: EachShown, values: dict[str, str], row: Row) -> None:
        first = Act("press", step.first, role=step.role, row=step.row)
        while True:
            if self._target(first, values).count():
                self.act(first, values, first=True)
                self.all(step.then, values, row)
            elif step.next and self.page.get_by_role("link", name=step.next, exact=True).count():
                self.act(Act("press", step.next, role="link"), values)
            else:
                return

    def act(self, act: Act, values: dict[str, str], *, first: bool = False) -> None:
        if self.before:
            self.before(act, values)
        self.acts += 1
        name, value = filled(act.name, values), filled(act.value, values)
        match act.do:
            case "press":
                target = self._target(act, values)
                self.press(target.first if first else target)
            case "fill":
                self.fill(self.page.get_by_label(name, exact=True), value)
            case "date":
                self.date(self.page.get_by_label(name, exact=True), value)
            case "choose":
                self._choose(name, value)
            case "check" | "uncheck":
                self.tick(self.page.get_by_label(name, exact=True), on=act.do == "check")
            case "key":
                self.key(name)
            case "read":
                term = self.page.locator("dl > div").filter(has=self.page.get_by_text(name, exact=True))
                values[act.value] = term.locator("dd").inner_text()

    def press(self, target: Locator) -> None:
        """It may lead elsewhere."""
        target.click()

    def open(self, target: Locator) -> None:
        """It stays on the page."""
        target.click()

    def fill(self, field: Locator, value: str) -> None:
        field.fill(value)

    def date(self, field: Locator, value: str) -> None:
        field.fill(value)

    def choose(self, field: Locator, option: str) -> None:
        field.select_option(label=option)

    def tick(self, box: Locator, *, on: bool) -> None:
        box.set_checked(on)

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def _target(self, act: Act, values: dict[str, str]) -> Locator:
        role: Any = act.role
        within: Any = self.page
        if act.row:
            within = self.page.get_by_role("row")
            for text in act.row:
                exact = re.compile(rf"^\s*{re.escape(filled(text, values))}\s*$")
                within = within.filter(has=self.page.get_by_role("cell").filter(has_text=exact))
        return within.get_by_role(role, name=filled(act.name, values), exact=True)

    def _choose(self, label: str, option: str) -> None:
        """Whatever the widget is: radio buttons, a listbox of its own, or a native list."""
        group = self.page.get_by_role("group", name=label, exact=True)
        if group.count():
            self.tick(group.get_by_label(option, exact=True), on=True)
            return
        field = self.page.get_by_label(label, exact=True).and_(self.page.get_by_role("combobox"))
        if field.evaluate("one => one.tagName") == "SELECT":
            self.choose(field, option)
            return
        self.open(field)
        self.open(self.page.get_by_role("option", name=option, exact=True))
