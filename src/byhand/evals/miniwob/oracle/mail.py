"""An inbox: a mail is found by who sent it, and answered, passed on, marked or thrown away."""

from __future__ import annotations

import re

from byhand.evals.miniwob.hand import Hand, bold, exactly, query, type_into

_WAYS = """typeof NL_TEMPLATES !== 'undefined' ? NL_TEMPLATES
  : [].concat(...Object.values(TEMPLATES).map((one) => one.train))"""
"""The many ways in which people asked for the same: what a person understands by knowing the language."""


def _mail(hand: Hand, sender: str) -> None:
    hand.press(hand.page.locator("#main .email-sender", has_text=exactly(sender)).first)


def _sign(hand: Hand, sender: str, which: str) -> None:
    page = hand.page
    thread = page.locator("#main .email-thread", has=page.locator(".email-sender", has_text=exactly(sender))).first
    hand.press(thread.locator(f".{which}"))


def _reply(hand: Hand, sender: str, text: str) -> None:
    _mail(hand, sender)
    hand.press(hand.page.locator(".email-reply div").last)
    type_into(hand, hand.page.locator("#reply-text"), text)
    hand.press(hand.page.locator("#send-reply"))


def _forward(hand: Hand, sender: str, to: str) -> None:
    _mail(hand, sender)
    hand.press(hand.page.locator(".email-forward div").last)
    type_into(hand, hand.page.locator(".forward-sender"), to)
    hand.press(hand.page.locator("#send-forward"))


def inbox(hand: Hand) -> None:
    sender, *more = bold(hand)
    said = query(hand)
    if "reply" in said:
        _reply(hand, sender, *more)
    elif "forward" in said:
        _forward(hand, sender, *more)
    else:
        _sign(hand, sender, "trash" if "trash" in said else "star")


def forward_said_freely(hand: Hand) -> None:
    said = _understood(hand)
    _forward(hand, said["NAME"], said["DEST"])


def said_freely(hand: Hand) -> None:
    said = _understood(hand)
    if "DEST" in said:
        _forward(hand, said["NAME"], said["DEST"])
    elif "MSG" in said:
        _reply(hand, said["NAME"], said["MSG"])
    else:
        deletes = re.search(r"delet|trash|remove|get rid|throw|discard|erase|garbage|bin\b", query(hand), re.IGNORECASE)
        _sign(hand, said["NAME"], "trash" if deletes else "star")


def _understood(hand: Hand) -> dict[str, str]:
    """Who and what is meant, by which of the known ways of saying it this is."""
    page = hand.page
    said = re.sub(r"\s+", " ", page.locator("#query").inner_text()).strip()
    senders = "|".join(re.escape(one.strip()) for one in page.locator("#main .email-sender").all_inner_texts())
    for template in page.evaluate(_WAYS):
        pattern = re.escape(re.sub(r"\s+", " ", template).strip())
        for slot, what in (("NAME", senders), ("DEST", senders), ("MSG", ".+")):
            pattern = pattern.replace(slot, f"(?P<{slot}>{what})", 1)
        if found := re.fullmatch(pattern, said):
            return found.groupdict()
    raise AssertionError("the task asks for something else")
