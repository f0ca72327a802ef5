"""What every kind of hands promises, the pretended ones and the real ones: one suite for both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.agents.actuators.browser import opened
from byhand.agents.actuators.pretend import Part, PretendHands
from byhand.cli import extension
from byhand.datasets.replaying import Hands, Window
from byhand.episodes.types import Action, Op, Target
from byhand.events.kinds import Snapshot

PAGE = """<!doctype html><meta charset="utf-8">
<input aria-label="Customer"> <input type="checkbox" aria-label="Gift">
<button onclick="document.body.append(Object.assign(document.createElement('h2'), {textContent: 'Saved'}))">
Save</button>
<button>Twice</button> <button>Twice</button>"""
PARTS = (
    Part("textbox", "Customer", "input", "empty"), Part("checkbox", "Gift", "input", "unchecked"),
    Part("button", "Save", "button"), Part("button", "Twice", "button"), Part("button", "Twice", "button"),
)  # fmt: skip


@pytest.fixture(scope="module", params=["pretend", "browser"])
def hands(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    if request.param == "pretend":
        yield PretendHands(PARTS, {"Save": lambda page: page.append(Part("heading", "Saved", "h2"))})
        return
    with opened("/usr/bin/chromium", extension.folder(), patience_s=0.3) as made:
        yield made


@pytest.fixture
def begun(hands: Hands, tmp_path: Path) -> Hands:
    (tmp_path / "page.html").write_text(PAGE)
    assert hands.begin((tmp_path / "page.html").as_uri(), Window()) == ""
    return hands


def on(role: str, name: str, op: Op = "click") -> Action:
    target = Target(role=role, name=name, aria=role, selectors=(f'aria/{name}[role="{role}"]',), source="browser")
    return Action(op, 0, 0, 0, 0, target=target)


def seen(hands: Hands) -> Snapshot:
    found = hands.look()
    assert found is not None
    return found


def held(hands: Hands, name: str) -> str:
    now = seen(hands)
    return now.holds[now.names.index(name)]


def test_what_is_typed_and_ticked_stands_in_the_page(begun: Hands):
    """Each act has its effect, and the next look tells it."""
    assert begun.act(on("textbox", "Customer", "type"), "Jane Doe") == ""
    assert begun.act(on("checkbox", "Gift", "check"), "") == ""
    assert (held(begun, "Customer"), held(begun, "Gift")) == ("8 characters", "checked")


def test_what_stood_in_a_field_is_replaced(begun: Hands):
    """A text is what the field held in the end, not what was added to it."""
    begun.act(on("textbox", "Customer", "type"), "somebody else")
    begun.act(on("textbox", "Customer", "type"), "Jane")
    assert held(begun, "Customer") == "4 characters"


def test_a_press_does_what_the_page_makes_of_it(begun: Hands):
    """Its own scripts see a real press."""
    assert begun.act(on("button", "Save"), "") == ""
    assert "Saved" in seen(begun).names


@pytest.mark.parametrize(
    ("name", "why"), [("Gone", "its target was not found"), ("Twice", "its target was found more than once")]
)
def test_what_is_not_there_once_is_not_pressed(begun: Hands, name: str, why: str):
    """The reason is one sentence that tells nothing of the page."""
    assert begun.act(on("button", name), "") == why


def test_each_episode_begins_afresh(begun: Hands, tmp_path: Path):
    """Nothing of the one before is left."""
    begun.act(on("textbox", "Customer", "type"), "Jane")
    assert begun.begin((tmp_path / "page.html").as_uri(), Window()) == ""
    assert held(begun, "Customer") == "empty"
