"""A browser beside the desktop: one recording by the real process, real input on a real screen, and one order."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from byhand.events.kinds import Button, Element
from byhand.recorder.launch import spawn
from byhand.vault.never import add
from stage import programs
from stage.desktop import Desktop
from stage.hands import Hands
from tests.capture.browser.extension import Extension, key, press, release
from tests.recorder.conftest import Person

Give = Callable[..., Person]
POLICY = """\
version = 1
streams = ["actions"]

[[apps]]
id = "xterm"

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "https://shop.example"

[[sites]]
origin = "https://desk.example"
"""


@pytest.fixture
def person(desktop: Desktop, give: Give, monkeypatch: pytest.MonkeyPatch) -> Person:
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        if name in desktop.env:
            monkeypatch.setenv(name, desktop.env[name])
    return give("actions", policy=POLICY)


def test_one_recording_holds_both_in_the_order_in_which_they_happened(
    desktop: Desktop, hands: Hands, person: Person
) -> None:
    """A page's press that arrives after the desktop's next one lies before it; its keys are the desktop's to tell. What
    the person never wants is kept from neither side.
    """
    add(person.home, "https://desk.example")
    terminal = programs.terminal(desktop)
    programs.place(desktop, "xterm", 40, 40, 640, 400)
    extension = Extension(person.home)
    try:
        process = spawn(person.home, person.grant.id)
        person.running.append(process)
        person.hear(process, "recording")
        state = extension.joins()
        assert (state["alone"], state["hushed"]) == (False, ["https://desk.example"])
        extension.batch()
        extension.acknowledges(0)
        time.sleep(0.5)
        hands.click(200, 200)
        at = time.time() * 1000
        time.sleep(0.02)
        hands.click(300, 200)
        extension.batch(*({"at": at} | one for one in (press("Save"), release(), key("a"))))
        extension.batch(press("Close"), release(), document="d2", url="https://desk.example/")
        extension.acknowledges(2, "d2")
        person.end()
    finally:
        extension.end()
        terminal.kill()
        terminal.wait()
    with person.vault() as vault:
        assert vault.header(vault.recordings()[-1].id).driver == "x11+browser"
    events = [one.event for one in person.events()]
    told = [
        event.x if isinstance(event, Button) else event.name
        for event in events
        if (isinstance(event, Button) and event.down) or (isinstance(event, Element) and event.source == "browser")
    ]
    assert told == [200, "Save", 300]
    stamps = [event.mono_ns for event in events if isinstance(event, Button)]
    assert stamps == sorted(stamps)
    assert "desk.example" not in json.dumps([repr(event) for event in events])
