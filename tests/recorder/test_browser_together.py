"""A real desktop and a real browser with the extension in one recording: one order of events, the same element from
both sides, and each act told once.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from byhand.cli.browser_window import open_window, own_profile
from byhand.cli.browsers import for_a_window
from byhand.events.kinds import Button, Element, Numbered, Text
from byhand.events.time import MS
from byhand.recorder.control import Request, ask
from byhand.recorder.launch import spawn
from byhand.ui.story.rows import tell
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person, consenting, finish
from tests.recorder.site import Site

POLICY = """\
version = 1
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
PAGE = """
<title>Order</title><style>body{font:16px sans-serif} .row{margin:14px}</style>
<div class=row><label>Subject <input id=subject></label></div>
<div class=row><label>Format <select id=format><option>Small<option>Large</select></label></div>
<div class=row><button id=save><b>Save</b></button> <label><input type=checkbox id=reminder>Reminder</label></div>
<div class=row><button id=done>Close</button></div>
"""
PRESSED = [("push button", "Save"), ("entry", "Subject"), ("check box", "Reminder"), ("push button", "Close")]


def work(stage: Desktop, site: Site) -> None:
    """Go to the page, press, type, choose, tick, press: all of it X input."""
    with Hands(stage.display, pace=0.2) as hands:
        hands.key("l", "Control_L")
        hands.type(site.origin.removeprefix("http://") + "/order")
        hands.key("Return")
        wait_for(lambda: len(site.places) >= 5, "the page")
        time.sleep(1)
        hands.click(*site.places["save"])
        time.sleep(0.4)
        hands.click(*site.places["subject"])
        time.sleep(0.5)
        hands.type("please send the report")
        time.sleep(0.4)  # letters wait 0.3 s in the guard
        hands.key("Tab")
        hands.key("Down")
        time.sleep(0.5)
        hands.click(*site.places["reminder"])
        time.sleep(0.4)
        hands.click(*site.places["done"])
        time.sleep(0.4)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Numbered]]:
    """What was kept of that."""
    folder = tmp_path_factory.mktemp("b")
    running: list[subprocess.Popen[bytes]] = []
    with Desktop(size=(1024, 700)) as stage, Site({"order": PAGE}) as site, pytest.MonkeyPatch.context() as patch:
        for name, value in (stage.env | {"BYHAND_KEYRING": "file", "BYHAND_HOME": str(folder / "h")}).items():
            if name != "PATH":
                patch.setenv(name, value)
        person = consenting(folder / "h", folder, running, "actions", "text", policy=POLICY.format(origin=site.origin))
        try:
            record(person, stage, site)
        finally:
            finish(running)
        yield person.events()


def record(person: Person, stage: Desktop, site: Site) -> None:
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    person.hear(process, "recording")
    with open_window(for_a_window(os.environ), own_profile(person.folder / "p"), person.home, os.environ):
        wait_for(lambda: programs.window_of(stage, "chromium"), "Chromium")
        wait_for(lambda: getattr(ask(person.home, Request("status")).status, "browsers", ()), "the extension")
        programs.place(stage, "chromium", 10, 10, 900, 600)
        work(stage, site)
    person.end()


def looks(kept: list[Numbered], source: str) -> list[Element]:
    """Elements that were pressed, as one side told them."""
    elements = [one.event for one in kept if isinstance(one.event, Element)]
    return [one for one in elements if one.why == "press" and one.source == source]


def test_what_both_tell_is_in_one_order(kept: list[Numbered]) -> None:
    """Time never runs backwards, and what a browser tells of a press stands behind its button and before the next."""
    assert all(before.event.mono_ns <= after.event.mono_ns for before, after in pairwise(kept))
    downs = [one.event for one in kept if not isinstance(one.event, Button) or one.event.down]
    line = [one for one in downs if isinstance(one, Button) or (isinstance(one, Element) and one.why == "press")]
    told = ["button" if isinstance(one, Button) else one.source for one in line]
    assert told == ["button", "desktop", "browser"] * len(PRESSED)


def test_both_sides_tell_the_same_element_at_the_same_time(kept: list[Numbered]) -> None:
    """Its role, its name, its box within 3 pixels, its press within 10 ms."""
    desktop, browser = looks(kept, "desktop"), looks(kept, "browser")
    assert [(one.role, one.name) for one in desktop] == PRESSED
    assert [(one.role, one.name) for one in browser] == PRESSED
    for one, other in zip(desktop, browser, strict=True):
        far = [
            abs(a - b) for a, b in zip((one.x, one.y, one.w, one.h), (other.x, other.y, other.w, other.h), strict=True)
        ]
        assert max(far) <= 3, one.name
        assert abs(one.mono_ns - other.mono_ns) < 10 * MS, one.name


def test_what_was_typed_and_chosen_is_kept_once(kept: list[Numbered]) -> None:
    """By the browser, which knows what the field holds; no text is made of the desktop's keys beside it."""
    events = [one.event for one in kept]
    assert not [one for one in events if isinstance(one, Text)]
    told = [
        (one.why, one.name, one.value) for one in events if isinstance(one, Element) and one.why in ("input", "change")
    ]
    assert told == [
        ("input", "Subject", "please send the report"),
        ("change", "Format", "Large"),
        ("change", "Reminder", ""),
    ]


def test_the_story_tells_each_act_once(kept: list[Numbered]) -> None:
    """Though two drivers saw it, and the list of the page before it was made. A gap is the time in the address bar."""
    told = [f"{row.verb} {row.what}" for row in tell(iter(kept)) if row.kind != "gap"]
    begin = next(place for place, words in enumerate(told) if words.startswith("page opens:"))
    assert told[begin + 1 : -2] == [
        'click button "Save"',
        'click field "Subject"',
        'type "please send the report" in field "Subject"',
        "press Tab",
        "press Down",
        'choose "Large" in dropdown "Format"',
        'check "Reminder"',
        'click button "Close"',
    ]
