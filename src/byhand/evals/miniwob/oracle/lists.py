"""Lists: native ones, those that a page draws itself, and those that open while one types."""

from __future__ import annotations

import re

from byhand.evals.miniwob.hand import Hand, asked, bold, exactly, submit, type_into
from byhand.evals.miniwob.oracle.dates import leaf


def native(hand: Hand) -> None:
    (wanted,) = asked(hand, r"Select (.+) from")
    hand.choose(hand.page.locator("#options"), wanted)
    hand.press(hand.page.locator("#area button.secondary-action"))


def drawn(hand: Hand) -> None:
    """A dropdown that a script draws over a native one."""
    option, button = asked(hand, r'Choose (.+) from the dropdown, .+ "(.+)"')
    page = hand.page
    hand.press(page.locator(".selectric .button"))
    hand.press(page.locator(".selectric-items li", has_text=exactly(option)))
    hand.press(page.locator("#buttons button", has_text=exactly(button)))


def completed(hand: Hand) -> None:
    """What begins and ends so."""
    begin, *end = bold(hand)
    page = hand.page
    type_into(hand, page.locator("#tags"), begin)
    page.locator(".ui-menu-item").first.wait_for()
    offered = [one.strip() for one in page.locator(".ui-menu-item").all_inner_texts()]
    # Begin and end may be of the same letters: "Ni" and "iger".
    at = next(at for at, one in enumerate(offered) if one.startswith(begin) and one.endswith("".join(end)))
    hand.press(page.locator(".ui-menu-item").nth(at))
    page.locator(".ui-menu-item").first.wait_for(state="hidden")
    submit(hand)


def search(hand: Hand) -> None:
    """The result of that number, which is on one of three pages."""
    what, place = bold(hand)
    number = int(re.sub(r"\D", "", place)) - 1
    page = hand.page
    type_into(hand, page.locator("#search-text"), what)
    hand.press(page.locator("#search"))
    if number >= 3:
        hand.press(page.locator("#pagination a", has_text=exactly(str(number // 3 + 1))))
    hand.press(page.locator("#page-content a.search-title").nth(number % 3))


def food(hand: Hand) -> None:
    """By name, or as many as are asked for of those with such a sign."""
    page = hand.page
    items = page.locator(".food-item")
    names = page.locator(".food-item .item-name").all_inner_texts()
    said = re.sub(r"\s+", " ", page.locator("#query").inner_text()).strip()
    if ":" in said:
        wanted = [one.strip() for one in said.partition(":")[2].split(",")]
        places = [next(at for at, name in enumerate(names) if name.strip() == one) for one in wanted]
    else:
        count, kind = asked(hand, r"Order (\d) items that are (\S+)")
        fits = [at for at in range(len(names)) if items.nth(at).locator(f'img[alt="{kind}"]').count()]
        places = [fits[at % len(fits)] for at in range(int(count))]
    for at in places:
        hand.press(items.nth(at).locator(".add"))
    hand.press(page.locator("#submit-order button"))


def flight(hand: Hand) -> None:
    """A form with two lists that complete and a calendar; then the cheapest or the shortest of what is found."""
    best, start, end, date = bold(hand)
    page = hand.page
    for name, wanted in (("#flight-from", start), ("#flight-to", end)):
        type_into(hand, page.locator(name), wanted)
        offered = page.locator(".ui-menu-item:visible", has_text=re.compile(re.escape(wanted)))
        offered.first.wait_for()
        hand.press(offered.first)
        page.locator(".ui-menu-item:visible").first.wait_for(state="hidden")
    hand.press(page.locator("#datepicker"))
    month, day, _ = map(int, date.split("/"))
    leaf(hand, month)
    hand.press(page.locator("#ui-datepicker-div td a", has_text=exactly(str(day))))
    page.locator("#ui-datepicker-div").wait_for(state="hidden")
    hand.press(page.locator("#search"))
    found = page.locator(".flight")
    figures: list[int] = []
    for at in range(found.count()):
        if best == "cheapest":
            figures.append(int(found.nth(at).locator("button").inner_text().rpartition("$")[2]))
        else:
            hours, minutes = re.findall(r"\d+", found.nth(at).locator(".time-duration").inner_text())
            figures.append(60 * int(hours) + int(minutes))
    hand.press(found.nth(figures.index(min(figures))).locator("button"))
