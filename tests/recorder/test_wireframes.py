"""Wireframes of a real program on a real desktop, by the recorder's own process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from byhand.events.kinds import Frame, Wireframe
from byhand.recorder.control import Request, ask
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person

Give = Callable[..., Person]
CANARY = "Wilhelmina Zq7canary"


@pytest.fixture
def own_desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop named in this process's environment."""
    with Desktop(size=(1024, 700)) as stage:
        for name, value in stage.env.items():
            if name != "PATH":
                monkeypatch.setenv(name, value)
        yield stage


def kept(person: Person, kind: str) -> int:
    reply = ask(person.home, Request("status"))
    return reply.status.kept.get(kind, 0) if reply.status else 0


def test_a_grant_of_actions_keeps_wireframes_and_no_pixel(own_desktop: Desktop, give: Give, tmp_path: Path) -> None:
    """An editor's menus and tools are there with their names; what stands in it and its title are not."""
    note = tmp_path / "note.txt"
    note.write_text(CANARY + "\n")
    programs.editor(own_desktop, str(note))
    programs.place(own_desktop, "mousepad", 10, 40, 700, 500)
    person = give("actions")
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    assert person.hear(process, "recording").error is None
    with Hands(own_desktop.display, pace=0.2) as hands:
        wait_for(lambda: kept(person, "wireframe") >= 1, "the first wireframe")
        hands.click(300, 300)
        hands.type(CANARY)
        time.sleep(1.0)
        first = kept(person, "wireframe")
        hands.click(34, 72)
        wait_for(lambda: kept(person, "wireframe") > first, "a wireframe of the menu")
        hands.key("Escape")
        time.sleep(1.0)
    last = person.end()
    assert last.error is None
    wireframes = [one.event for one in person.events() if isinstance(one.event, Wireframe)]
    names = {name for wireframe in wireframes for name in wireframe.names}
    assert {"File", "Edit", "View"} <= names
    assert {role for wireframe in wireframes for role in wireframe.roles} >= {"menu", "text"}
    assert not any(isinstance(one.event, Frame) for one in person.events())
    assert not any("canary" in name or "Wilhelmina" in name or "note" in name for name in names)
    for wireframe in wireframes:
        assert len(wireframe.roles) == len(wireframe.names) == len(wireframe.places) // 4
