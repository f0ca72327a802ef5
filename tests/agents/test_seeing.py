"""Promises of seeing: a model is shown what may be kept of a page, and is told why where nothing may."""

from __future__ import annotations

from typing import Any

import pytest

from byhand.agents.seeing import Seeing, Sight, Told, plain
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.events.kinds import OBSERVER
from tests.privacy.rig import _KEY as KEY  # pyright: ignore[reportPrivateUsage]
from tests.privacy.rig import POLICY

URL = "https://work.example.org/orders"
PUBLIC = "http://127.0.0.1:8123"
TEXT = f'{POLICY}\n[[sites]]\norigin = "{PUBLIC}"\nUNSAFE_public = true\n'


def node(number: int, role: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {
        "node": number, "parent": -1, "role": role, "tag": "div", "name": name, "states": [], "box": [0, 0, 50, 20],
        "holds": "", "secret": False, "masked": False, **more,
    }  # fmt: skip


def told(*nodes: dict[str, Any], url: str = URL, title: str = "", frame: int = 0, origin: str = "") -> Told:
    seen = {
        "kind": "snapshot", "at": 0, "why": "asked", "observer": OBSERVER, "x": 0, "y": 0, "w": 800, "h": 600,
        "scale": 1, "nodes": list(nodes), "more": 0,
    }  # fmt: skip
    return Told(frame, frame << 24, url, origin or "/".join(url.split("/")[:3]), title, seen)


def seeing(app: str = "chromium", text: str = TEXT) -> Seeing:
    policy = parse(text, "p")
    return Seeing(policy, make(text, policy, ("text",), None, None, "mine", 1_000, 7, "g", KEY), app=app)


def see(*frames: Told, app: str = "chromium") -> Sight:
    return seeing(app).see(frames)


SAVE = node(1, "button", "Save")


def test_names_are_cleared_secrets_are_boxes_and_the_page_is_a_pattern():
    """As in a recording; the address itself is in no list."""
    sight = see(
        told(
            SAVE, node(2, "text", "Yolanda Vx"), node(3, "textbox", "Password"),
            node(4, "button", "Save", masked=True), url=f"{URL}/4711?who=canary",
        )
    )  # fmt: skip
    (seen,) = sight.lists
    assert (seen.names, seen.holds, seen.nodes) == (("Save", "", "", ""), ("",) * 4, (1, 2, 3, 4))
    assert (seen.origin, seen.page, seen.by, seen.why) == (
        "https://work.example.org", "/orders/{id}", "actions.snapshot", "asked",
    )  # fmt: skip
    assert sight.why == ""


@pytest.mark.parametrize(
    ("frames", "app", "why"),
    [
        ((told(SAVE, url="https://elsewhere.example.com/"),), "chromium", "another site"),
        ((told(SAVE, url="https://work.example.org/payslips/"),), "chromium", "another site"),
        ((told(SAVE, title="Payslip of May"),), "chromium", "another site"),
        ((told(SAVE),), "firefox", "another app"),
        ((told(SAVE),), "mail", "another app"),
        ((told({"node": "1"}),), "chromium", "unreadable"),
        ((), "chromium", "unreadable"),
    ],
)  # fmt: skip
def test_where_nothing_may_be_kept_nothing_is_seen_and_the_reason_is_told(
    frames: tuple[Told, ...], app: str, why: str
):  # fmt: skip
    """Not listed, a private context by its address or its title, another program, no list at all."""
    assert see(*frames, app=app) == Sight((), why)


def test_each_look_is_judged_anew():
    """What was private a moment ago is not for ever, and again; the same reason is told each time."""
    eyes = seeing()
    whys = [eyes.see((told(SAVE, title=title),)).why for title in ("", "Payslip", "Payslip", "Orders", "Payslip")]
    assert whys == ["", "another site", "another site", "", "another site"]


def test_frames_are_lists_of_their_own_numbered_as_the_hands_number_them():
    """One that is not listed is left out; of a page that is not, no frame is seen either."""
    top, listed, other = told(SAVE), told(SAVE, frame=1), told(SAVE, frame=2, url="https://elsewhere.example.com/")
    assert [one.nodes for one in see(top, listed, other).lists] == [(1,), ((1 << 24) + 1,)]
    assert see(other, listed) == Sight((), "another site")
    inline = told(SAVE, frame=3, url="about:srcdoc", origin="https://work.example.org")
    apart = told(SAVE, frame=4, url="about:srcdoc", origin="null")
    assert [one.page for one in see(top, inline, apart).lists] == ["/orders", "/"]


def test_of_a_public_page_all_is_seen_but_secrets():
    """A key that a page shows is no more seen by a model than it is kept."""
    key = "AKIA" + "QX7RZPLM2KVBN4DA"
    (seen,) = see(told(node(1, "text", "Yolanda Vx"), node(2, "text", key), url=f"{PUBLIC}/a")).lists
    assert seen.names == ("Yolanda Vx", "")


def test_plain_is_what_was_told_and_shows_no_secret():
    """For those who compare a page with what was kept of it."""
    seen = plain(told(node(1, "text", "Yolanda Vx"), node(2, "textbox", holds="4 characters", secret=True)))
    assert seen is not None
    assert (seen.names, seen.holds, seen.places[:4]) == (("Yolanda Vx", ""), ("", ""), (0, 0, 50, 20))
    assert (seen.origin, seen.page) == ("https://work.example.org", "/orders")
    assert plain(told({"node": "1"})) is None
