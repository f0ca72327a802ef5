"""Promises of glancing: what a model is shown of a page in a real Chromium is what the hands act on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.seeing import Seeing
from byhand.agents.witness import Witness
from byhand.cli import extension
from byhand.events.kinds import Snapshot
from byhand.events.raw import Raw
from tests.agents.test_seeing import TEXT, seeing
from tests.privacy.rig import guard, run

Show = Callable[[str], PageHands]
LINES = "".join(f"<button onclick=\"said.textContent = 'line {at}'\">Line {at}</button><br>" for at in range(80))


@pytest.fixture(scope="module")
def chromium() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as hands:
        yield hands


@pytest.fixture
def show(chromium: PageHands, tmp_path: Path) -> Show:
    def shown(html: str) -> PageHands:
        (tmp_path / "page.html").write_text(f"<!doctype html><title>Page</title><output id=said></output>{html}")
        assert chromium.go((tmp_path / "page.html").as_uri()) == ""
        return chromium

    return shown


def glance(hands: PageHands, through: Seeing | None = None) -> Snapshot:
    seen = Glance(hands, through or seeing()).see()
    assert seen is not None
    return seen


def press(hands: PageHands, seen: Snapshot, role: str, place: int = 0) -> str:
    nodes = [node for node, has in zip(seen.nodes, seen.roles, strict=True) if has == role]
    assert hands.act("press", nodes[place]) == ""
    return str(hands.tab.page.locator("#said").text_content())


def test_what_is_seen_can_be_pressed_without_another_look(show: Show):
    """By its number, with or without a whole look before; the number is the same in both."""
    hands = show("<button onclick=\"said.textContent = 'saved'\">Save</button>")
    seen = glance(hands)
    assert press(hands, seen, "button") == "saved"
    view = hands.look()
    assert view is not None
    assert {one.node for one in view.elements} >= {*seen.nodes}
    assert {*glance(hands).nodes} >= {*seen.nodes}
    assert hands.view is view


def test_only_the_viewport_is_seen(show: Show):
    """As in a recording; whoever wants more scrolls."""
    hands = show(LINES)
    first = glance(hands)
    assert 10 < len(first.nodes) < 80
    hands.tab.page.evaluate("scrollTo(0, 1200)")
    second = glance(hands)
    assert not {*first.nodes} >= {*second.nodes}
    assert press(hands, second, "button", -1).startswith("line ")


def test_a_number_of_a_page_that_is_gone_leads_nowhere(show: Show):
    """Another page has the same numbers: nothing is pressed there for what was seen before it."""
    hands = show("<button>Save</button>")
    old = glance(hands)
    show("<p>Nothing to press</p>")
    assert hands.act("press", old.nodes[old.roles.index("button")]) != ""


def test_in_a_frame_there_is_a_number_for_each_element_too(show: Show):
    """Its list comes after the page's, and what is in it can be pressed."""
    inner = "<button onclick=&quot;parent.said.textContent = 'inner'&quot;>Save</button>"
    hands = show(f'<iframe srcdoc="{inner}"></iframe><button>Open</button>')
    told = hands.listed()
    assert [one.frame for one in told] == [0, 1]
    number = told[1].base + told[1].seen["nodes"][0]["node"]
    assert hands.act("press", number) == ""
    assert hands.tab.page.locator("#said").text_content() == "inner"


def test_what_may_not_be_seen_is_told_and_nothing_of_it_is_shown(show: Show):
    """The page is not in the policy."""
    hands = show("<button>Save</button>")
    eyes = Glance(hands, seeing(text=TEXT.replace('origin = "file://"', 'origin = "https://none.example.org"')))
    assert (eyes.see(), eyes.why) == (None, "another site")
    assert not eyes.lost()


@pytest.mark.parametrize(("secret", "hidden"), [("", ""), ("Line 3", "Line 3")])
def test_what_a_model_was_shown_is_what_is_recorded_of_its_run(show: Show, secret: str, hidden: str):
    """The very list, told before the act that was decided by it; but a secret that the page shows is told to nobody."""
    raws: list[Raw] = []
    witness = Witness(raws.extend, "do", browser="chromium", secrets={"pin": secret})
    hands = show(LINES)
    eyes = witness.eyes(Glance(hands, seeing()))
    assert witness.hands(hands).look() is not None
    seen = eyes.see()
    assert seen is not None
    witness.step("1")
    *_, kept = (one for one in run(guard("text", policy=TEXT, watches=False), raws) if isinstance(one, Snapshot))
    names = tuple("" if hidden and hidden in name else name for name in seen.names)
    assert replace(kept, server_ms=0, mono_ns=0) == replace(seen, server_ms=0, mono_ns=0, names=names)
    assert ("Line 3" in kept.names) is not bool(hidden)
