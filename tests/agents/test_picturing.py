"""Promises of a picture that is shown to a model: it is what a recording would hold of the page, and no pixel more."""

from __future__ import annotations

from msgspec.structs import replace

from byhand.agents.picturing import NOT_GRANTED, Picturing
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.events.kinds import Snapshot
from byhand.privacy.frames.paint import DESKTOP
from tests.models.pages import page
from tests.privacy.rig import _KEY as KEY  # pyright: ignore[reportPrivateUsage]
from tests.privacy.rig import POLICY

W, H = 640, 480
URL, TITLE = "https://work.example.org/orders", "Orders"
INK, GROUND = (10, 20, 200), (250, 250, 250)
SAVE, FIELD, NAMELESS = (40, 40, 120, 30), (40, 100, 200, 30), (40, 160, 120, 30)


def picturing(*streams: str, text: str = POLICY) -> Picturing:
    return Picturing(parse(text, "p"), make(text, parse(text, "p"), streams, None, None, "mine", 1_000, 7, "g", KEY))


def seen(**more: object) -> Snapshot:
    places = (0, 0, W, H, *SAVE, *FIELD, *NAMELESS)
    one = page("main; >button Save; >textbox Subject; >button")
    return replace(one, places=places, w=W, h=H, **more)


def pixels() -> memoryview:
    """A light ground with a word of ink in each control, and one where the list has nothing."""
    rows = bytearray(bytes((*GROUND[::-1], 0)) * (W * H))
    for x, y, _, h in (SAVE, FIELD, NAMELESS, (400, 300, 120, 30)):
        for line in range(y + 8, y + h - 8):
            for column in (x + 10, x + 14, x + 20):
                at = (line * W + column) * 4
                rows[at : at + 3] = bytes(INK[::-1])
    return memoryview(bytes(rows))


def inked(rgb: bytes, box: tuple[int, int, int, int]) -> int:
    x, y, w, h = box
    return sum(
        tuple(rgb[(line * W + column) * 3 :][:3]) == INK for line in range(y, y + h) for column in range(x, x + w)
    )


def test_only_what_has_a_cleared_name_shows():
    """A field's pixels, a control without a cleared name, and what the list does not have, are painted."""
    rgb = picturing("frames").masked(seen(), URL, TITLE, pixels())
    assert isinstance(rgb, bytes)
    assert len(rgb) == W * H * 3
    assert inked(rgb, SAVE) == 3 * 14
    assert [inked(rgb, box) for box in (FIELD, NAMELESS, (400, 300, 120, 30))] == [0, 0, 0]


def test_a_name_that_the_list_has_not_shows_no_pixel():
    """Then all of it is paint."""
    rgb = picturing("frames").masked(seen(names=("", "", "", "")), URL, TITLE, pixels())
    assert isinstance(rgb, bytes)
    assert bytes(INK) not in rgb


def test_without_a_grant_for_pictures_there_is_none():
    """A grant of actions, a site that no consent covers, a private context."""
    assert picturing("actions").masked(seen(), URL, TITLE, pixels()) == NOT_GRANTED
    assert picturing("frames").masked(seen(), "https://elsewhere.example/", TITLE, pixels()) == NOT_GRANTED
    assert picturing("frames").masked(seen(), URL, "Payslip", pixels()) == NOT_GRANTED


def test_a_window_is_a_flat_panel_and_never_the_desktop():
    """The page fills it."""
    rgb = picturing("frames").masked(seen(), URL, TITLE, pixels())
    assert isinstance(rgb, bytes)
    assert tuple(rgb[-3:]) != (DESKTOP >> 16, DESKTOP >> 8 & 255, DESKTOP & 255)
