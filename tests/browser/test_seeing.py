"""What a model is shown is what a recording holds: pages are recorded by the whole real way, and at the same moment
looked at by the hands. Whatever differs here, a model would have learned from one page and be shown another.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Playwright

from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.worlds import source
from byhand.agents.seeing import Seeing, Sight
from byhand.cli import extension
from byhand.consent.policy import parse
from byhand.evals.miniwob.pages import vocabulary
from byhand.evals.miniwob.stage import START
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.events.kinds import Element, Snapshot
from byhand.events.kinds import Page as Kept
from tests.browser.miniwob import unpacked
from tests.browser.recorded import Recorded, recorded, serving

POLICY = """\
version = 1
streams = ["actions", "text"]
words = {words}

[[apps]]
id = "chromium"
browser = true
"""
SITE = """
[[sites]]
origin = "{origin}"
UNSAFE_public = {public}
"""
FRAMED = """<!doctype html><html lang="en"><title>Around</title><h1>Zorp of Kwai</h1>
<iframe title="Mine" src="inner.html" width="300" height="90"></iframe>
<iframe title="Theirs" src="{other}/inner.html" width="300" height="90"></iframe>
<iframe title="Inline" srcdoc="<button>Save</button>" width="200" height="60"></iframe>
<iframe title="Apart" sandbox srcdoc="<button>Save</button>" width="200" height="60"></iframe>"""
INNER = """<!doctype html><html lang="en"><title>Inner</title><button>Save</button><p>Yolanda of Elm Road</p>
<label>Name <input></label>"""
UNLIKE = {"server_ms", "mono_ns", "why", "x", "y", "tab", "frame", "nodes"}
"""When and why it was made, where the window stood, and in which order tabs, frames and elements were first met."""
_WAIT_S = 30.0


@dataclass
class Shown:
    """One state of one page: kept by the recorder, seen by the hands; of the page first, then of frames in it."""

    kept: list[Snapshot]
    seen: Sight


@dataclass
class Stage:
    rig: Recorded
    hands: PageHands
    seeing: Seeing
    presses: int = 0
    pages: int = 0
    shown: dict[str, Shown] = field(default_factory=dict[str, Shown])

    def show(self, name: str, url: str, does: Callable[[Page], Sequence[str]], frames: int = 0) -> None:
        """Open it and do what gives something to press; keep the list of what came of that, or of the page itself."""
        page, before = self.rig.page, len(self.rig.events())
        page.goto(url)
        self.pages += 1
        last = self._listed("loaded")  # what is pressed earlier is in this one, and in no other
        selectors = does(page)
        for pressed in selectors:
            box = page.locator(pressed).first.bounding_box()
            assert box is not None
            page.mouse.click(box["x"] + 6, box["y"] + box["height"] / 2)
            self.presses += 1
            if pressed.startswith("#user"):
                page.keyboard.type("Yol", delay=10)
        last = self._listed("change") if selectors else last
        told = self.hands.listed()
        inner: list[Snapshot] = []
        until = time.monotonic() + _WAIT_S
        while len(inner) < frames and time.monotonic() < until:
            events = [one.event for one in self.rig.events()[before:]]
            inner = [one for one in events if isinstance(one, Snapshot) and one.frame != last.frame]
            time.sleep(0.1)
        self.shown[name] = Shown([last, *inner], self.seeing.see(told))

    def _listed(self, why: str) -> Snapshot:
        """The next list of the page that is made for that reason, after all presses until now."""
        until = time.monotonic() + _WAIT_S
        while time.monotonic() < until:
            pressed, loaded, found = 0, 0, None
            for one in self.rig.events():
                match one.event:
                    case Element(why="press"):
                        pressed, found = pressed + 1, None
                    case Kept(what="loaded", frame=1):
                        loaded, found = loaded + 1, None
                    case Snapshot(frame=1) as seen if seen.why == why:
                        found = found or seen
                    case _:
                        pass
            if pressed >= self.presses and loaded >= self.pages and found is not None:
                return found
            time.sleep(0.1)
        raise AssertionError(f"the list that is made when something is {why} was not kept")


def pressed(*selectors: str) -> Callable[[Page], Sequence[str]]:
    """In a task, which is begun; its clock is stopped."""

    def does(page: Page) -> Sequence[str]:
        page.evaluate(START, 7)
        page.evaluate("core.clearTimer()")
        return selectors

    return does


@pytest.fixture(scope="module")
def shown(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shown]]:
    folder = tmp_path_factory.mktemp("b")
    html = unpacked(folder)
    with ExitStack() as stack:
        mine, theirs = stack.enter_context(serving(html)), stack.enter_context(serving(html))
        offices: list[Served] = [stack.enter_context(served(Site(APPS["invoices"]))) for _ in range(2)]
        (html / "inner.html").write_text(INNER)
        (html / "framed.html").write_text(FRAMED.format(other=theirs))
        policy = POLICY.format(words=json.dumps(vocabulary(html)))
        for number, origin in enumerate((mine, theirs, *(one.url.rstrip("/") for one in offices))):
            policy += SITE.format(origin=origin, public=json.dumps(number % 2 == 0))
        rig = stack.enter_context(recorded(play, folder, policy, Recorded))
        hands = PageHands(rig.page, source(extension.folder()), Error)
        on = Stage(rig, hands, Seeing(parse(policy, "p"), rig.person.grant))
        on.show("login", f"{mine}/miniwob/login-user.html", pressed("#username", "#query"))
        on.show("choice", f"{mine}/miniwob/choose-list.html", pressed("#query"))
        on.show("their mail", f"{theirs}/miniwob/email-inbox.html", pressed("#query"))
        on.show("frames", f"{mine}/framed.html", lambda _: (), frames=3)
        on.show("office", offices[0].entry, lambda _: ())
        on.show("their office", offices[1].entry, lambda _: ())
        yield on.shown


STATES = ("login", "choice", "their mail", "frames", "office", "their office")


def columns(one: Snapshot) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__ if name not in UNLIKE}


@pytest.mark.parametrize("name", STATES)
def test_what_is_seen_is_what_was_kept(shown: dict[str, Shown], name: str):
    """The same elements in the same order, in every column; and each element has one number and no other has it."""
    kept, (seen, *_) = shown[name].kept[0], shown[name].seen.lists
    assert columns(seen) == columns(kept)
    assert len(kept.nodes) > 2
    assert len({*kept.nodes}) == len({*seen.nodes}) == len(kept.nodes)
    assert len(kept.places) == 4 * len(kept.nodes)


def test_both_are_cleared_by_the_same_rules(shown: dict[str, Shown]):
    """Not equal because nothing was cleared, or because all was: the same page, with and without words of nobody's."""
    public, cleared = shown["office"].seen.lists[0], shown["their office"].seen.lists[0]
    assert (public.by, cleared.by) == ("actions.snapshot.public", "actions.snapshot")
    assert public.roles == cleared.roles
    both = list(zip(public.names, cleared.names, strict=True))
    assert all(one == other or not other for one, other in both)
    assert any(one and not other for one, other in both)
    assert any(other for _, other in both)


def test_a_secret_is_seen_by_nobody_and_what_was_typed_is_a_number_of_letters(shown: dict[str, Shown]):
    """Also where all words are nobody's."""
    (seen, *_) = shown["login"].seen.lists
    fields = [holds for holds, role in zip(seen.holds, seen.roles, strict=True) if role == "textbox"]
    assert fields == ["3 characters", ""]
    assert "Yol" not in "".join(seen.names)


def test_frames_are_seen_where_they_are_kept(shown: dict[str, Shown]):
    """Each a list of its own after the page's, cleared by the rules of its own site; one in a sandbox is in neither."""
    kept, seen = shown["frames"].kept[1:], shown["frames"].seen.lists[1:]
    assert sorted(str(columns(one)) for one in seen) == sorted(str(columns(one)) for one in kept)
    assert len(seen) == 3
    assert sorted("Yolanda of Elm Road" in one.names for one in seen) == [False, False, True]
