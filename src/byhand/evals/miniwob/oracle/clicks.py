"""One thing is found and pressed, or a few one after the other: buttons, links, tabs, sections, dialogs, widgets."""

from __future__ import annotations

import re

from byhand.evals.miniwob.hand import Hand, asked, bold, exactly, query, submit

_OTHERS = ("Cancel", "OK")


def _button(hand: Hand, name: str) -> None:
    hand.press(hand.page.get_by_role("button", name=name, exact=True).first)


def button(hand: Hand) -> None:
    _button(hand, *asked(hand, r'"(.+)" button'))


def the_button(hand: Hand) -> None:
    """There is one."""
    hand.press(hand.page.locator("#area button"))


def one_of_two(hand: Hand) -> None:
    _button(hand, *asked(hand, r"button (\w+)"))


def one_then_two(hand: Hand) -> None:
    for name in re.findall(r"button (\w+)", query(hand)):
        _button(hand, name)


def link(hand: Hand) -> None:
    """Words that look like one."""
    (wanted,) = asked(hand, r'link "(.+)"')
    hand.press(hand.page.locator("span.alink", has_text=exactly(wanted)).first)


def close(hand: Hand) -> None:
    hand.press(hand.page.locator(".ui-dialog-titlebar-close"))


def in_dialog(hand: Hand) -> None:
    (wanted,) = asked(hand, r'labeled "(.+)"')
    if wanted in _OTHERS:
        hand.press(hand.page.locator(".ui-dialog-buttonpane button", has_text=exactly(wanted)))
    else:
        close(hand)


def tab(hand: Hand) -> None:
    (wanted,) = asked(hand, r"(Tab #\d)")
    hand.press(hand.page.locator("#area li a", has_text=exactly(wanted)))


def link_in_tabs(hand: Hand) -> None:
    """Opens one tab after the other until the link shows. In one task it never does: the last tab ends it."""
    (wanted,) = asked(hand, r'link "(.+)"')
    links = hand.page.locator("span.alink:visible", has_text=exactly(wanted))
    tabs = hand.page.locator("#area li a")
    at = 0
    while not links.count():
        if at == tabs.count():
            return
        hand.press(tabs.nth(at))
        at += 1
    hand.press(links.first)


def section(hand: Hand) -> None:
    hand.press(hand.page.locator("#area h3"))
    hand.page.locator(".ui-accordion-content-active").wait_for()
    submit(hand)


def link_in_sections(hand: Hand) -> None:
    """Opens one section after the other until the link shows."""
    (wanted,) = asked(hand, r'link "(.+)"')
    links = hand.page.locator(".ui-accordion-content-active span.alink", has_text=exactly(wanted))
    heads = hand.page.locator("#area h3")
    at = 0
    while not links.count():
        hand.press(heads.nth(at))
        heads.nth(at).and_(hand.page.locator(".ui-accordion-header-active")).wait_for()
        at += 1
    hand.press(links.first)


def widget(hand: Hand) -> None:
    """The first of its kind."""
    (kind,) = asked(hand, r'a "(\w+)" widget')
    hand.press(hand.page.locator(f'#area [data-type="{kind}"]').first)


def field(hand: Hand) -> None:
    hand.press(hand.page.locator("#area input"))


def nth_field(hand: Hand) -> None:
    (number,) = asked(hand, r"the (\d)\w\w input")
    hand.press(hand.page.locator("#area input").nth(int(number) - 1))


def generate(hand: Hand) -> None:
    """Asks for another number until it is one that will do."""
    words, shown = query(hand), hand.page.locator("#display-number")
    bound = int((re.findall(r"\d+", words) or [0])[0])
    while True:
        hand.press(hand.page.locator("#generate"))
        number = int(shown.inner_text())
        fits = {"less": number < bound, "greater": number > bound, "odd": number % 2 == 1, "even": number % 2 == 0}
        if next(right for word, right in fits.items() if word in words):
            break
    submit(hand, "#submit")


def odd_or_even(hand: Hand) -> None:
    rows = hand.page.locator("#numbers .row")
    for at in range(rows.count()):
        row = rows.nth(at)
        odd = int(row.locator(".display-number").inner_text()) % 2
        hand.press(row.locator("button", has_text="Odd" if odd else "Even"))
    submit(hand, "#submit")


def ticket(hand: Hand) -> None:
    """The dearest, the cheapest, the longest, the shortest of what is offered."""
    (wanted,) = bold(hand)
    flights = hand.page.locator(".flight")
    figures: list[int] = []
    for at in range(flights.count()):
        if "cost" in wanted:
            said = flights.nth(at).locator("button").inner_text()
            figures.append(int(said.rpartition("$")[2]))
        else:
            hours, minutes = re.findall(r"\d+", flights.nth(at).locator(".time-duration").inner_text())
            figures.append(60 * int(hours) + int(minutes))
    best = max(figures) if wanted.startswith(("longest", "most")) else min(figures)
    hand.press(flights.nth(figures.index(best)).locator("button"))


def contact(hand: Hand) -> None:
    """Leafs through the book to that person."""
    name, what = asked(hand, r"Find (.+) in the contact book and click on their (\w+)")
    page = hand.page
    while page.locator("#contact h2").inner_text().strip() != name:
        hand.press(page.locator("#pagination .next a"))
    hand.press(page.locator(f"#contact a.{what}"))


def tree(hand: Hand) -> None:
    """Opens one folder after the other, the inner ones first, until the name shows."""
    (wanted,) = asked(hand, r'named "(.+)"')
    page = hand.page
    there = page.locator("#tree span:visible", has_text=exactly(wanted))
    closed = page.locator("#tree li.expandable:visible > span.folder")
    while not there.count():
        hand.press(closed.first)
    hand.press(there.first)
