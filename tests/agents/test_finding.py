"""An element is found again by all that was kept of it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.agents.actuators.browser import BrowserHands, opened
from byhand.agents.actuators.finding import find
from byhand.cli import extension
from byhand.datasets.replaying import Window
from byhand.episodes.types import Target

PAGE = """<!doctype html><meta charset="utf-8"><style>body{margin:0}</style>
<button id="save">Save</button><button id="send">Send</button>
<div id="host"></div><iframe srcdoc="<button id=inner>Inside</button>"></iframe>
<script>host.attachShadow({mode: 'open'}).innerHTML = '<b><button>Deep</button></b>';</script>"""


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserHands]:
    file: Path = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(PAGE)
    with opened("/usr/bin/chromium", extension.folder(), patience_s=0.2) as made:
        made.begin(file.as_uri(), Window())
        yield made


def found(hands: BrowserHands, *selectors: str, frame: int = 1, area: tuple[int, ...] = (), tag: str = "") -> str:
    """Its words, or why it is not found."""
    one = find(hands.page, Target(selectors=selectors, area=area, tag=tag), frame, 0.2)
    return one if isinstance(one, str) else one.inner_text()


@pytest.mark.parametrize(
    "selector",
    ['aria/Save[role="button"]', "#save", "text/Save", 'xpath///*[@id="save"]', "html > body > button:nth-of-type(1)"],
)
def test_each_kind_of_selector_leads_there(hands: BrowserHands, selector: str):
    """As in a DevTools recording."""
    assert found(hands, selector) == "Save"


def test_a_shadow_tree_and_a_frame_are_entered(hands: BrowserHands):
    """Where the recording says it lies in one."""
    assert found(hands, "pierce/#host >>> b > button") == "Deep"
    assert found(hands, "#inner", frame=2) == "Inside"
    assert found(hands, "#inner") == "its target was not found"


def test_selectors_that_lead_apart_are_a_page_that_changed(hands: BrowserHands):
    """Nothing is pressed on a guess."""
    assert "different elements" in found(hands, 'aria/Save[role="button"]', "#send")


def test_a_selector_that_leads_nowhere_any_more_is_no_reason(hands: BrowserHands):
    """The others still agree."""
    assert found(hands, "#moved", "text/Save") == "Save"


def test_without_selectors_it_is_what_lies_at_the_same_place(hands: BrowserHands):
    """Only if it is of the same kind."""
    box = hands.page.locator("#send").bounding_box()
    assert box
    area = tuple(round(box[edge]) for edge in ("x", "y", "width", "height"))
    assert found(hands, area=area, tag="button") == "Send"
    assert found(hands, area=area, tag="a") == "its target was not found"
    assert found(hands) == "how to find its target is not known"
