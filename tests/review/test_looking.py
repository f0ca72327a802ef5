"""Promises of review.looking: the second look at what would leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from byhand.events.kinds import Element, Page, Snapshot, Text
from byhand.privacy.text.detect.union import UNJUDGED, detectors
from byhand.privacy.text.types import At, Span
from byhand.review.looking import finder, look
from tests.review.recordings import Pen, work

FINDS = finder(detectors())


def kinds(pen: Pen) -> set[str]:
    return {hit.kind for hit in look(pen.events, FINDS)}


def test_everyday_work_has_no_hit() -> None:
    """A reviewer who is warned of everything reads no warning."""
    assert look(work().events, FINDS) == []


def _told(pen: Pen, **more: Any) -> Element:
    plain = Element(
        *pen._at(60), "x", "input", "entry", "Note", (), 0, 0, 9, 9, "", "https://a.example", "/", "browser"
    )
    return msgspec.structs.replace(plain, **more)


def test_the_signs_of_a_selector_are_no_hit() -> None:
    """An id is written like a channel, and like a handle."""
    selectors = "#save", 'xpath///*[@id="save"]/div[2]/button', 'aria/Save[role="button"]', "main > div:nth-of-type(12)"
    assert look([_told(Pen(), selectors=selectors, holds="12 characters", value="the report")], FINDS) == []


@pytest.mark.parametrize("secret", ["4111 1111 1111 1111", "anna.kowalska@example.com", "AKIAIOSFODNN7EXAMPLE"])
@pytest.mark.parametrize(
    "where", ["title", "name", "text", "wire", "task", "keys", "page", "value", "selectors", "page title", "names"]
)
def test_a_secret_is_found_wherever_words_stand(where: str, secret: str) -> None:
    """In each field that bears words, in keys typed one by one, and in the person's own words."""
    pen = Pen().mark(0, "start").focus(10, "mail", secret if where == "title" else "")
    match where:
        case "name":
            pen.click(50, secret)
        case "text":
            pen.events.append(Text(*pen._at(60), "text.typed", "pasted", secret, 1))
        case "wire":
            pen.wires(60, ("label", secret, (0, 0, 9, 9)))
        case "task":
            pen.mark(60, "note", secret)
        case "keys":
            pen.type(60, secret)
            pen.events.pop()  # the text; the keys stay
            pen.mark(9_000, "stop")
        case "page":
            at = pen._at(60)
            page = "/find/" + secret
            element = Element(
                *at, "actions.element", "press", "link", "", (), 0, 0, 9, 9, "", "https://a.example", page
            )
            pen.events.append(element)
        case "value":
            pen.events.append(_told(pen, value=secret))
        case "selectors":
            pen.events.append(_told(pen, selectors=(f"text/{secret}",)))
        case "page title":
            pen.events.append(Page(*pen._at(60), "text.page", "loaded", 1, 1, "https://a.example", "/", secret))
        case "names":
            at = pen._at(60)
            seen = Snapshot(*at, "x", "press", 1, 1, "", "/", 1, 0, 0, 9, 9, 1.0, (1,), (-1,), ("label",), ("p",),
                            (secret,), ("",), ("",), (0, 0, 9, 9), 0)  # fmt: skip
            pen.events.append(seen)
        case _:
            pass
    hits = look(pen.events, FINDS)
    assert hits
    assert secret not in repr(hits)


def test_a_secret_parted_over_two_texts_is_found() -> None:
    """The whole recording is looked at, not one batch of it."""
    pen = Pen().mark(0, "start").focus(10, "mail")
    for place, part in enumerate(("anna.kowalska@", "example.com")):
        pen.events.append(Text(*pen._at(5_000 * (place + 1)), "text.typed", "typed", part, 1))
    assert look(pen.events, FINDS)


def test_placeholders_are_no_hit() -> None:
    """They are what is left of a find."""
    pen = Pen().mark(0, "start").focus(10, "mail", "reply to <NAME-2> <EMAIL>")
    assert look(pen.events, FINDS) == []


def test_a_detector_that_breaks_is_a_hit_and_says_nothing() -> None:
    """What can't be searched may not leave."""

    class Broken:
        name = "broken"

        def find(self, text: str, at: At) -> Iterable[Span]:
            raise ValueError(text)

    hits = look(Pen().focus(10, "mail", "a CANARY title").events, finder((Broken(),)))
    assert [hit.kind for hit in hits] == [UNJUDGED]
