"""A task of the office apps done by hand: real presses and real keys, where a person would look for things.

It reads the same hands as `byhand.evals.office.playing`, but types and presses: a recorder has something to see.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from byhand.evals.office.families import Act, EachLine, Hand, Row, When, filled
from byhand.evals.office.values import cents

_LOOK_MS = 1100
"""A person looks over what they did before they send it off; so a list is made of it: one a second at most."""
_KEY_MS = 15
_READ_MS = 700
"""Nobody finds an option in an open list sooner, and two presses in quick succession would be one double click."""
Listed = Callable[[], None]
"""Waits until the list of the page in front is kept."""


def by_hand(page: Page, hand: Hand, row: Row, listed: Listed) -> None:
    """From the app's first page on, which is open."""
    _all(page, hand, dict(row.values), row, listed)


def _all(page: Page, hand: Hand, values: dict[str, str], row: Row, listed: Listed) -> None:
    for step in hand:
        match step:
            case Act():
                _act(page, step, values, listed)
            case When():
                above = (cents(values[step.column]) or 0) > step.above
                _all(page, step.then if above else step.otherwise, values, row, listed)
            case EachLine():
                for line in row.lines:
                    _all(page, step.acts, values | line, row, listed)
            case _:
                raise NotImplementedError(step)


def _act(page: Page, act: Act, values: dict[str, str], listed: Listed) -> None:
    name, value = filled(act.name, values), filled(act.value, values)
    match act.do:
        case "press":
            page.wait_for_timeout(_LOOK_MS)
            with page.expect_navigation():
                _press(page, _within(page, act, values).get_by_role(act.role, name=name, exact=True))  # pyright: ignore[reportArgumentType]
            listed()
        case "fill":
            _press(page, page.get_by_label(name, exact=True))
            page.keyboard.press("Control+A")
            page.keyboard.type(value, delay=_KEY_MS)
        case "date":
            year, month, day = value.split("-")
            page.get_by_label(name, exact=True).focus()
            page.keyboard.type(f"{month}{day}{year}", delay=_KEY_MS)
        case "choose":
            _choose(page, name, value)
        case "check":
            _press(page, page.get_by_label(name, exact=True))
        case _:
            raise NotImplementedError(act.do)


def _within(page: Page, act: Act, values: dict[str, str]) -> Page | Locator:
    """The row that holds all of the act's texts; the page where it has none."""
    if not act.row:
        return page
    row = page.get_by_role("row")
    for text in act.row:
        row = row.filter(has=page.get_by_role("cell", name=filled(text, values), exact=True))
    return row


def _choose(page: Page, name: str, option: str) -> None:
    group = page.get_by_role("group", name=name, exact=True)
    if group.count():
        _press(page, group.get_by_label(option, exact=True))
        return
    field = page.get_by_label(name, exact=True).and_(page.get_by_role("combobox"))
    if field.evaluate("one => one.tagName") == "SELECT":
        field.focus()
        page.keyboard.type(option, delay=_KEY_MS)
        return
    _press(page, field)
    page.wait_for_timeout(_READ_MS)
    _press(page, page.get_by_role("option", name=option, exact=True))


def _press(page: Page, target: Locator) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
