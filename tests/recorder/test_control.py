"""The recorder's socket answers its own person, at once, and nobody else."""

from __future__ import annotations

import socket
import stat
import threading
from pathlib import Path

import pytest

from byhand.errors import NotRecording
from byhand.recorder.control import Command, Control, Request, Status, ask, socket_path

STATUS = Status("recording", "rec", "grant", ("actions",), 1.0, "mail", {"key": 1}, {}, 0, 0, 1)


def listening(home: Path, *, obey: bool = True) -> tuple[Control, list[Command]]:
    heard: list[Command] = []

    def tell(command: Command) -> None:
        heard.append(command)
        if obey:
            command.answered.set()

    (home / "run").mkdir(parents=True)
    control = Control(home, tell, lambda: STATUS)
    control.start()
    return control, heard


def test_asking_when_nothing_records_says_so(home: Path) -> None:
    """No socket, or a dead one's file, gives the same clear error."""
    with pytest.raises(NotRecording, match="nothing is being recorded"):
        ask(home, Request("status"))
    socket_path(home).parent.mkdir(parents=True)
    socket_path(home).touch()
    with pytest.raises(NotRecording):
        ask(home, Request("status"))


def test_a_command_is_answered_after_it_was_obeyed(home: Path) -> None:
    """The reply carries the status of afterwards."""
    control, heard = listening(home)
    assert ask(home, Request("pause")).status == STATUS
    assert [command.verb for command in heard] == ["pause"]
    control.stop()
    assert not socket_path(home).exists()


def test_the_socket_is_for_its_person_alone(home: Path) -> None:
    """Mode 0600."""
    control, _ = listening(home)
    assert stat.S_IMODE(socket_path(home).stat().st_mode) == 0o600
    control.stop()


def test_a_peer_that_says_nothing_keeps_nobody_waiting(home: Path) -> None:
    """A withdrawal is heard while another program holds a connection open in silence."""
    control, heard = listening(home)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(socket_path(home)))
        asked = threading.Thread(target=ask, args=(home, Request("withdraw")))
        asked.start()
        asked.join(2)
        assert [command.verb for command in heard] == ["withdraw"]
    control.stop()


def test_nonsense_on_the_socket_is_refused_in_words(home: Path) -> None:
    """Bytes that are no request get an error back, and the recorder lives on."""
    control, heard = listening(home)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(socket_path(home)))
        line.sendall(b"\xff\xfe{]\n")
        assert b"did not understand" in line.recv(4096)
    assert not heard
    assert ask(home, Request("status")).status == STATUS
    control.stop()


def test_a_deep_home_can_be_asked_too(tmp_path: Path) -> None:
    """A socket's address holds 108 bytes; a home may be deeper."""
    home = tmp_path / ("a" * 60) / ("b" * 60)
    control, _ = listening(home)
    assert ask(home, Request("status")).status == STATUS
    control.stop()
