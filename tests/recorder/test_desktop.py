"""The recorder's process on a real desktop: its display can die, its chord works, and it holds no network socket."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib import display

from byhand.events.kinds import Element, Key, Mark, Text
from byhand.recorder.control import Request, Status, ask
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person

Give = Callable[..., Person]


@pytest.fixture
def own_desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop that a test may break, named in this process's environment."""
    with Desktop(size=(1024, 700)) as stage:
        for name, value in stage.env.items():
            if name != "PATH":
                monkeypatch.setenv(name, value)
        yield stage


def start(person: Person) -> Status:
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    status = person.hear(process, "recording")
    assert status.error is None, status.error
    return status


def state(person: Person) -> str:
    reply = ask(person.home, Request("status"))
    return reply.status.state if reply.status else ""


def test_an_x_server_that_dies_costs_nothing_that_was_recorded(own_desktop: Desktop, give: Give) -> None:
    """The recording ends with an error in words; presses from before are in the vault, which is whole."""
    programs.editor(own_desktop)
    programs.place(own_desktop, "mousepad", 10, 40, 500, 400)
    person = give("actions")
    start(person)
    time.sleep(1)
    with Hands(own_desktop.display, pace=0.2) as hands:
        hands.click(34, 72)
        hands.key("Escape")
        time.sleep(1)
    os.kill(own_desktop.server_pid, signal.SIGKILL)
    last = person.hear(person.running[-1])
    assert last.error is not None
    assert "display" in last.error.message
    assert any(isinstance(one.event, Element) and one.event.name == "File" for one in person.events())
    with person.vault() as vault:
        assert vault.recordings()[-1].state == "closed"


def test_the_pause_chord_works_from_anywhere_and_also_resumes(own_desktop: Desktop, give: Give) -> None:
    """Ctrl+Alt+Shift+P pauses and resumes; what is done meanwhile is not kept."""
    programs.editor(own_desktop)
    programs.place(own_desktop, "mousepad", 10, 40, 500, 400)
    person = give("actions")
    start(person)
    time.sleep(1)
    with Hands(own_desktop.display, pace=0.2) as hands:
        hands.key("p", "Control_L", "Alt_L", "Shift_L")
        wait_for(lambda: state(person) == "paused", "the pause")
        hands.click(34, 72)
        hands.key("Escape")
        time.sleep(0.3)
        hands.key("p", "Control_L", "Alt_L", "Shift_L")
        wait_for(lambda: state(person) == "recording", "going on")
    person.end()
    events = [one.event for one in person.events()]
    assert [event.what for event in events if isinstance(event, Mark) and event.what in ("pause", "resume")] == [
        "pause",
        "resume",
    ]
    assert not any(isinstance(event, Element) and event.name == "File" for event in events)


def test_what_is_typed_is_kept_as_it_stood_in_the_field(own_desktop: Desktop, give: Give) -> None:
    """Real keys into a real editor: corrections are applied, an address and a card number are placeholders, and the
    figures and the address are in no file.
    """
    programs.editor(own_desktop)
    programs.place(own_desktop, "mousepad", 10, 40, 500, 400)
    person = give("actions", "text")
    start(person)
    time.sleep(1)
    # At no pace at all: on a machine that is busy a key must not stay down so long that it may have repeated.
    with Hands(own_desktop.display, pace=0) as hands:
        hands.click(250, 250)
        time.sleep(1)
        hands.type("please sned")
        for _ in range(3):
            hands.key("BackSpace")
        hands.type("end the report to anna.kowalska@example.org\n")
        hands.type("the card is 4539 1499")
        hands.key("BackSpace")
        hands.key("BackSpace")
        hands.type("88 0343 6467 today\n")
        time.sleep(1)
    person.end()
    events = [one.event for one in person.events()]
    texts = [event.text for event in events if isinstance(event, Text)]
    assert texts == ["please send the report to <EMAIL>", "the card is <CARD> today"]
    named = {event.keysym for event in events if isinstance(event, Key) and event.cls in ("letter", "digit", "symbol")}
    assert named == {""}
    for path in person.home.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not any(secret in held for secret in (b"kowalska", b"4539 14", b"0343 6467")), path.name


def test_the_recorder_holds_no_socket_but_local_ones(own_desktop: Desktop, give: Give) -> None:
    """While it records: not one of its sockets is known to TCP or UDP, and the kernel's filter is on."""
    del own_desktop
    person = give("actions", "frames", "pointer")
    pid = start(person).pid
    assert "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
    if not os.access(f"/proc/{pid}/fd", os.R_OK):
        pytest.skip("a process that leaves no core dump shows its sockets to root alone")
    links = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    mine = {match.group(1) for link in links if (match := re.fullmatch(r"socket:\[(\d+)\]", link))}
    assert mine
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet"):
        path = Path(f"/proc/{pid}/net/{table}")
        if path.exists():
            known = {word for line in path.read_text().splitlines()[1:] for word in line.split()}
            assert not mine & known, table


def test_a_recording_is_shown_by_a_window_the_whole_time(own_desktop: Desktop, give: Give) -> None:
    """There is a sign on the screen while recording and while paused, and none afterwards."""

    def signs() -> int:
        connection = display.Display(own_desktop.display)
        try:
            found = 0
            for window in connection.screen().root.query_tree().children:
                attributes = window.get_attributes()
                box = window.get_geometry()
                found += bool(attributes.override_redirect and attributes.map_state and box.width > 60 and box.y < 60)
            return found
        finally:
            connection.close()

    before = signs()
    person = give("actions")
    start(person)
    wait_for(lambda: signs() == before + 1, "the sign")
    ask(person.home, Request("pause"))
    time.sleep(0.3)
    assert signs() == before + 1
    person.end()
    wait_for(lambda: signs() == before, "the end of the sign")
