"""Posts of many people, each with the same few signs below it."""

from __future__ import annotations

from byhand.evals.miniwob.hand import Hand, asked, bold, exactly

_SIGNS = {"Reply": "reply", "Retweet": "retweet", "Like": "like", "Share": "share"}


def _posts(hand: Hand, user: str):  # noqa: ANN202  a Locator
    page = hand.page
    return page.locator("#area .media", has=page.locator(".username", has_text=exactly(user)))


def post(hand: Hand) -> None:
    """One of the signs, or a line of the menu behind the last one."""
    user, wanted = bold(hand)
    one = _posts(hand, user).first
    if sign := _SIGNS.get(wanted):
        hand.press(one.locator(f".{sign}"))
    else:
        hand.press(one.locator(".more"))
        hand.press(one.locator("li", has_text=wanted))


def _each(hand: Hand, sign: str, user: str, most: int | None) -> None:
    mine = _posts(hand, user)
    for at in range(mine.count() if most is None else most):
        hand.press(mine.nth(at).locator(f".{_SIGNS[sign]}"))
    hand.press(hand.page.locator("#submitRow button"))


def all_posts(hand: Hand) -> None:
    sign, user = bold(hand)
    _each(hand, sign, user, None)


def some_posts(hand: Hand) -> None:
    sign, count, user = bold(hand)
    assert asked(hand, r"(\d+) post") == (count,)
    _each(hand, sign, user, int(count))
