"""The X11 wire client, against a real server."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from struct import pack

import pytest

from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.wire import Connection
from byhand.capture.x11.xauthority import cookie, entries
from byhand.errors import DisplayLost, NoDisplay
from stage.desktop import Desktop
from tests.capture.x11_watch import Client


def test_it_learns_the_screen_from_the_server(desktop: Desktop) -> None:
    """The size and depth of the screen are those it was started with."""
    with Connection.open(desktop.env) as wire:
        assert (wire.screen.w, wire.screen.h, wire.screen.depth) == (*desktop.size, 24)
        geometry = wire.get_geometry(wire.root)
        assert geometry is not None
        assert (geometry.w, geometry.h) == desktop.size


def test_what_is_written_to_a_property_is_read_back_and_cut_where_asked(desktop: Desktop) -> None:
    """A long property costs no more than the limit; what was left out is told."""
    with Connection.open(desktop.env) as wire:
        wire.change_property(wire.root, "_BYHAND_TEST", "STRING", 8, b"x" * 10_000)
        found = wire.get_property(wire.root, "_BYHAND_TEST", 400)
        assert found is not None
        assert (found.data, found.left, found.format) == (b"x" * 400, 9600, 8)


def test_answers_larger_than_one_read_arrive_whole(desktop: Desktop) -> None:
    """An answer of several hundred kB is one piece."""
    client = Client(desktop.env)
    window = client.window((0, 0, 10, 10), title=os.urandom(500_000).hex().encode(), show=False)
    with Connection.open(desktop.env) as wire:
        found = wire.get_property(window, "_NET_WM_NAME", 1_000_000)
        assert found is not None
        assert len(found.data) == 1_000_000
    client.wire.close()


def test_a_window_that_is_gone_is_an_empty_answer(desktop: Desktop) -> None:
    """Windows vanish while one looks at them: no request about one raises, and the next request works."""
    with Connection.open(desktop.env) as wire:
        nobody = wire.new_id()
        assert wire.get_geometry(nobody) is None
        assert wire.query_tree(nobody) is None
        assert wire.get_property(nobody, "WM_NAME") is None
        assert wire.translate_coordinates(nobody, wire.root, 0, 0) is None
        assert wire.check(wire.select_input(nobody, 0)) == 3  # BadWindow
        assert wire.query_pointer() is not None


def test_events_wait_in_order_while_an_answer_is_awaited(desktop: Desktop) -> None:
    """Asking something in between loses no event and changes no order."""
    with Connection.open(desktop.env) as wire:
        wire.select_input(wire.root, 1 << 22)
        names = [f"_BYHAND_ORDER_{i}" for i in range(20)]
        atoms = wire.intern(*names)
        for name in names:
            wire.change_property(wire.root, name, "STRING", 8, b"x")
            wire.query_pointer()
        seen = [int.from_bytes(event[8:12], "little") for event in wire.events() if event[0] == 28]
        assert [atom for atom in seen if atom in atoms] == list(atoms)


def test_events_after_an_answer_are_not_taken_for_earlier_ones(desktop: Desktop) -> None:
    """What was read along with an answer but came after it stays for later: an answer ends what it is about."""
    with Connection.open(desktop.env) as real:
        ours, server = socket.socketpair()
        connection = Connection(ours, real.setup)
        number = connection.request(43)
        early, late = (bytes([28]) + bytes(30) + bytes([n]) for n in (1, 2))
        server.sendall(early + pack("<BxHI24x", 1, number, 0) + late)
        assert connection.answer(number)
        assert connection.before_answer() == [early]
        assert connection.before_answer() == []
        assert connection.poll(0)
        assert connection.events() == [late]
        server.close()
        connection.close()


def test_measuring_the_clock_loses_no_event(desktop: Desktop) -> None:
    """It asks the server many times; what else arrives meanwhile is still there afterwards, before what comes later."""
    with Connection.open(desktop.env) as wire:
        clock = ServerClock(wire)
        wire.select_input(wire.root, 1 << 22)
        wire.change_property(wire.root, "_BYHAND_FIRST", "STRING", 8, b"x")
        clock.measure()
        wire.change_property(wire.root, "_BYHAND_SECOND", "STRING", 8, b"x")
        wire.sync()
        wanted = list(wire.intern("_BYHAND_FIRST", "_BYHAND_SECOND"))
        seen = [int.from_bytes(event[8:12], "little") for event in wire.events() if event[0] == 28]
        assert [atom for atom in seen if atom in wanted] == wanted


def test_several_questions_may_be_on_their_way(desktop: Desktop) -> None:
    """Answers find their question, whichever is taken first."""
    with Connection.open(desktop.env) as wire:
        first = wire.request(16, 0, pack("<Hxx", 8) + b"WM_STATE")
        second = wire.request(16, 0, pack("<Hxx", 7) + b"WM_NAME")
        assert int.from_bytes(wire.answer(second)[8:12], "little") == 39  # predefined, X protocol appendix A
        assert int.from_bytes(wire.answer(first)[8:12], "little") == wire.atom("WM_STATE")


def test_interrupting_ends_a_wait_from_another_thread(desktop: Desktop) -> None:
    """A thread that waits for events for ever can be ended, and sees the loss as such."""
    with Connection.open(desktop.env) as wire:
        ended: list[Exception] = []

        def wait() -> None:
            try:
                while True:
                    wire.poll()
                    wire.events()
            except DisplayLost as error:
                ended.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        wire.interrupt()
        thread.join(10)
        assert len(ended) == 1


@pytest.mark.parametrize(
    "display", ["", "nonsense", ":", "elsewhere:0", "localhost:10.0", "127.0.0.1:0", ":9x", ":64999"]
)
def test_what_is_no_local_display_is_refused(display: str) -> None:
    """No name makes the recorder open a network connection; a name without a server says so."""
    with pytest.raises(NoDisplay):
        Connection.open({"DISPLAY": display})


def test_the_hint_for_a_remote_display_says_why() -> None:
    with pytest.raises(NoDisplay) as caught:
        Connection.open({"DISPLAY": "elsewhere:0"})
    assert "no network" in caught.value.hints[0]


def test_the_unix_spelling_of_a_local_display_works(desktop: Desktop) -> None:
    with Connection.open({"DISPLAY": f"unix{desktop.display}.0"}) as wire:
        assert wire.query_pointer() is not None


def _entry(family: int, address: bytes, number: bytes, name: bytes, data: bytes) -> bytes:
    parts = b"".join(len(part).to_bytes(2, "big") + part for part in (address, number, name, data))
    return family.to_bytes(2, "big") + parts


def test_the_cookie_of_this_machine_and_display_is_chosen(tmp_path: Path) -> None:
    """Of many entries ours wins over one for any machine; other displays and remote machines don't count."""
    here = socket.gethostname().encode()
    magic = b"MIT-MAGIC-COOKIE-1"
    file = tmp_path / "authority"
    file.write_bytes(
        _entry(0, b"\x0a\0\0\1", b"7", magic, b"remote")
        + _entry(65535, b"", b"7", magic, b"any")
        + _entry(256, here, b"8", magic, b"other display")
        + _entry(256, here, b"7", b"XDM-AUTHORIZATION-1", b"other kind")
        + _entry(256, here, b"7", magic, b"ours")
    )
    assert cookie({"XAUTHORITY": str(file)}, 7) == (magic, b"ours")
    assert cookie({"HOME": str(tmp_path)}, 7) == (b"", b"")


def test_a_torn_authority_file_gives_what_it_holds() -> None:
    whole = _entry(256, b"a", b"1", b"MIT-MAGIC-COOKIE-1", b"secret")
    for torn in range(1, len(whole)):
        assert [entry.data for entry in entries(whole + whole[:torn])] == [b"secret"]


def test_a_cookie_is_never_shown() -> None:
    (entry,) = entries(_entry(256, b"a", b"1", b"MIT-MAGIC-COOKIE-1", b"secret"))
    assert "secret" not in repr(entry)
