"""Promises of showing: a picture of a page in a real Chromium is of the moment of its list, and masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.actuators.showing import RESTLESS, Showing
from byhand.agents.picturing import NOT_GRANTED, Picturing
from byhand.agents.seeing import Seeing
from byhand.cli import extension
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.models.endpoints.computers import Picture
from byhand.models.endpoints.reading import Mistake
from tests.agents.test_seeing import TEXT
from tests.privacy.rig import _KEY as KEY  # pyright: ignore[reportPrivateUsage]

Show = Callable[..., Picture | Mistake]
BLUE, RED, GROUND = (0, 0, 255), (255, 0, 0), (255, 255, 255)
BUTTON = '<button style="background:#00f;color:#fff;border:0;width:120px;height:32px">Search</button>'


@pytest.fixture(scope="module")
def chromium() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as hands:
        yield hands


@pytest.fixture
def show(chromium: PageHands, tmp_path: Path) -> Show:
    """The picture of a page of that body. Its PNG is plain rows of RGB here."""

    def shown(body: str, *streams: str, script: str = "") -> Picture | Mistake:
        head = '<!doctype html><meta charset="utf-8"><title>Page</title>'
        (tmp_path / "page.html").write_text(f'{head}<body style="margin:0;background:#fff">{body}', "utf-8")
        assert chromium.go((tmp_path / "page.html").as_uri()) == ""
        if script:
            chromium.tab.page.evaluate(script)
        policy = parse(TEXT, "p")
        grant = make(TEXT, policy, streams or ("frames",), None, None, "mine", 1_000, 7, "g", KEY)
        glance = Glance(chromium, Seeing(policy, grant))
        return Showing(chromium, glance, Picturing(policy, grant), lambda rgb, _w, _h: rgb)()

    return shown


def colour(picture: Picture, x: int, y: int) -> tuple[int, ...]:
    at = (y * picture.w + x) * 3
    return tuple(picture.png[at : at + 3])


def button(picture: Picture) -> tuple[int, int, int, int]:
    at = picture.seen.names.index("Search")
    x, y, w, h = picture.seen.places[4 * at : 4 * at + 4]
    return x, y, w, h


def test_a_control_is_seen_where_the_list_has_it(show: Show):
    """Also where the page was scrolled: places are those of the viewport."""
    body = f'<div style="height:3000px"></div><div style="padding:40px">{BUTTON}</div><div style="height:3000px"></div>'
    picture = show(body, script="scrollTo(0, 2600)")
    assert isinstance(picture, Picture)
    x, y, w, h = button(picture)
    assert 0 < y < picture.h
    assert colour(picture, x + 4, y + 4) == BLUE
    assert colour(picture, x + w - 4, y + h - 4) == BLUE
    assert BLUE not in {colour(picture, x - 8, y + 4), colour(picture, x + 4, y + h + 8)}


def test_what_lies_in_a_frame_of_the_page_is_painted(show: Show):
    """Whatever it is."""
    inner = "<body style='margin:0;background:#f00'><button style='background:#f00;border:0'>Search</button>"
    picture = show(f'<iframe srcdoc="{inner}" style="border:0;width:300px;height:200px"></iframe><p>{BUTTON}')
    assert isinstance(picture, Picture)
    assert bytes(RED) not in {picture.png[at : at + 3] for at in range(0, len(picture.png), 3)}
    x, y, *_ = button(picture)
    assert colour(picture, x + 4, y + 4) == BLUE


def test_a_page_that_does_not_come_to_rest_is_not_shown(show: Show):
    """Paint that is late would lie beside what it has to cover."""
    moves = """() => { const one = document.querySelector('button'); let at = 0;
      const step = () => { one.style.marginLeft = (at = (at + 7) % 600) + 'px'; requestAnimationFrame(step); };
      step(); }"""
    assert show(BUTTON, script=moves) == RESTLESS


def test_without_consent_to_pictures_there_is_none(show: Show):
    """It says why."""
    assert show(BUTTON, "actions") == Mistake(f"can't be shown this page: {NOT_GRANTED}", final=True)
