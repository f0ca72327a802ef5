"""A task of the office done before the eyes of a recorder: each act once the page before it has been listed.

Rules of this module: it reads the same hands as `byhand.evals.office.playing`, and presses and types where that sets
values, so that a recorder has something to see. Controls are found by role and name, as a person finds them. Whatever
an act presses leads to another page, and that page is waited for.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page

from byhand.evals.office.families import Act, EachLine, EachShown, Hand, Row, Step, When, filled
from byhand.evals.office.values import cents
from stage.pace import PacedHand


def by_hand(page: Page, paced: PacedHand, hand: Hand, row: Row) -> None:
    """From the page that is open."""
    _Person(page, paced, row).all(hand, dict(row.values))


class _Person:
    def __init__(self, page: Page, paced: PacedHand, row: Row) -> None:
        self.page, self.paced, self.row = page, paced, row

    def all(self, steps: tuple[Step, ...], values: dict[str, str]) -> None:
        for step in steps:
            match step:
                case Act():
                    self.act(step, values)
                case When():
                    above = (cents(values[step.column]) or 0) > step.above
                    self.all(step.then if above else step.otherwise, values)
                case EachLine():
                    for line in self.row.lines:
                        self.all(step.acts, values | line)
                case EachShown():
                    self.each_shown(step, values)

    def each_shown(self, step: EachShown, values: dict[str, str]) -> None:
        first = Act("press", step.first, role=step.role, row=step.row)
        while True:
            if self._target(first, values).count():
                self._press(self._target(first, values).first)
                self.all(step.then, values)
            elif step.next and self.page.get_by_role("link", name=step.next, exact=True).count():
                self.act(Act("press", step.next, role="link"), values)
            else:
                return

    def act(self, act: Act, values: dict[str, str]) -> None:
        name, value = filled(act.name, values), filled(act.value, values)
        field = self.page.get_by_label(name, exact=True)
        match act.do:
            case "press":
                self._press(self._target(act, values))
            case "fill":
                self._fill(field, value)
            case "date":
                year, month, day = value.split("-")
                self.paced.date(field, f"{month}{day}{year}", value)
            case "choose":
                self._choose(name, value)
            case "check" | "uncheck":
                if field.is_checked() != (act.do == "check"):
                    self.paced.press(field)
            case "key":
                self.paced.key(name)
            case "read":
                term = self.page.locator("dl > div").filter(has=self.page.get_by_text(name, exact=True))
                values[act.value] = term.locator("dd").inner_text()

    def _press(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.paced.press(target)

    def _fill(self, field: Locator, value: str) -> None:
        self.paced.press(field)
        if field.input_value():
            self.paced.key("Control+a")
        self.paced.write(field, value)

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
        group = self.page.get_by_role("group", name=label, exact=True)
        if group.count():
            self.paced.press(group.get_by_label(option, exact=True))
            return
        field = self.page.get_by_label(label, exact=True).and_(self.page.get_by_role("combobox"))
        if field.evaluate("one => one.tagName") == "SELECT":
            self.paced.choose(field, option)
            return
        self.paced.press(field)
        self.paced.press(self.page.get_by_role("option", name=option, exact=True))
