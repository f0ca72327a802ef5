"""Windows, focus, grabs and locks on a real X server, with and without a window manager."""

from __future__ import annotations

import time
from collections.abc import Iterator
from struct import pack

import pytest

from byhand.capture.x11.look import TITLE_BYTES
from byhand.capture.x11.stream import Stream
from byhand.events.raw import Raw, RawButton, RawGrab, RawKey, RawLock, RawWindow
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from stage.programs import editor, place, window_of
from tests.capture.x11_watch import ALL, Client, Watch, watching


@pytest.fixture
def client(desktop: Desktop) -> Iterator[Client]:
    program = Client(desktop.env)
    yield program
    program.wire.close()  # the server destroys its windows


@pytest.fixture
def watch(desktop: Desktop) -> Iterator[Watch]:
    with watching(desktop.env) as found:
        yield found


def test_the_first_events_say_what_is_there_and_what_has_the_focus(desktop: Desktop, client: Client) -> None:
    """The guard must know the app of every window before anything happens on it."""
    with watching(desktop.env) as before:
        first = client.window((50, 50, 200, 100), app="First", title=b"one")
        before.wait(RawWindow, 1, window=first, change="focus")
        second = client.window((300, 50, 200, 100), app="Second", title=b"two")
        before.wait(RawWindow, 1, window=second, change="focus")
    with watching(desktop.env) as watch:
        watch.wait(RawWindow, 1, change="focus")
        seen = {raw.window: (raw.app, raw.title) for raw in watch.of(RawWindow, change="seen")}
        assert (seen[first], seen[second]) == (("first", "one"), ("second", "two"))
        assert [raw.window for raw in watch.of(RawWindow, change="focus")] == [second]


def test_a_window_that_opens_is_seen_then_focused_then_closed(watch: Watch, client: Client) -> None:
    window = client.window((80, 80, 300, 200), app="Opener", title="Bücher".encode())
    watch.wait(RawWindow, 1, window=window, change="focus")
    client.destroy(window)
    watch.wait(RawWindow, 1, window=window, change="closed")
    told = watch.of(RawWindow, window=window)
    assert [raw.change for raw in told][:2] == ["seen", "focus"]
    assert told[-1].change == "closed"
    assert {(raw.app, raw.title, raw.override) for raw in told} == {("opener", "Bücher", False)}


def test_the_focus_is_told_before_the_keys_that_go_there(
    watch: Watch, client: Client, desktop: Desktop, hands: Hands
) -> None:
    """A key can't be taken for one typed into the window before: in the stream the focus comes first."""
    windows: list[int] = []
    for i in range(2):
        windows.append(client.window((50 + 250 * i, 400, 200, 100), app=f"App{i}"))
        watch.wait(RawWindow, 1, window=windows[-1], change="focus")
    watch.got.clear()
    for i in range(6):
        client.wire.send(42, 1, pack("<II", windows[i % 2], 0))  # SetInputFocus
        client.wire.sync()
        hands._stroke("a", down=True)
        hands._stroke("a", down=False)
    watch.wait(RawKey, 12)
    focus, where = 0, list[int]()
    for raw in watch.got:
        if isinstance(raw, RawWindow) and raw.change == "focus":
            focus = raw.window
        elif isinstance(raw, RawKey) and raw.down:
            where.append(focus)
    assert where == windows * 3


def test_a_focus_on_nothing_known_is_told_as_none(watch: Watch, client: Client, hands: Hands) -> None:
    """Where we don't know who gets the keys, we say so before them."""
    window = client.window((50, 50, 200, 100), app="Known")
    watch.wait(RawWindow, 1, window=window, change="focus")
    hidden = client.window((600, 600, 50, 50), override=True)
    client.wire.send(42, 1, pack("<II", hidden, 0))
    client.wire.sync()
    hands.key("a")
    watch.wait(RawKey, 2)
    told = [
        raw for raw in watch.got if isinstance(raw, RawKey) or (isinstance(raw, RawWindow) and raw.change == "focus")
    ]
    first_key = next(i for i, raw in enumerate(told) if isinstance(raw, RawKey))
    last_focus = told[first_key - 1]
    assert isinstance(last_focus, RawWindow)
    assert (last_focus.window, last_focus.app) == (0, "")


def test_a_new_title_is_told(watch: Watch, client: Client) -> None:
    window = client.window((50, 50, 200, 100), app="Titled", title=b"before")
    watch.wait(RawWindow, 1, window=window, change="focus")
    client.title(window, b"after\x07\n\x1b[31m it")
    assert watch.wait(RawWindow, 1, window=window, change="title")[0].title == "after [31m it"


def test_a_huge_title_is_cut_and_a_broken_one_is_read(watch: Watch, client: Client) -> None:
    """Titles come from other programs: a megabyte is cut at 4 KiB, invalid UTF-8 becomes marks, and input goes on."""
    window = client.window((50, 50, 200, 100), app="Rude", title=b"a")
    watch.wait(RawWindow, 1, window=window, change="focus")
    client.title(window, "ü".encode() * 500_000)
    watch.until(lambda: any(len(raw.title) == TITLE_BYTES // 2 for raw in watch.of(RawWindow)), "the cut title")
    client.title(window, b"caf\xe9 \xff\xfe open")
    watch.wait(RawWindow, 1, window=window, title="caf\ufffd \ufffd\ufffd open")


def test_many_titles_are_told_now_and_then_and_the_last_one_always(watch: Watch, client: Client) -> None:
    """A program that renames itself all the time costs little."""
    window = client.window((50, 50, 200, 100), app="Busy", title=b"start")
    watch.wait(RawWindow, 1, window=window, change="focus")
    for i in range(500):
        client.title(window, b"spinning %d" % i)
    watch.wait(RawWindow, 1, window=window, title="spinning 499")
    assert len(watch.of(RawWindow, window=window, change="title")) < 200


def test_a_moved_window_is_told_once_it_is_there(watch: Watch, client: Client) -> None:
    """Where its content is on the desktop, not in its frame; a drag is not told pixel by pixel."""
    window = client.window((50, 50, 200, 100), app="Mover")
    watch.wait(RawWindow, 1, window=window, change="focus")
    watch.got.clear()
    for i in range(100):
        client.configure(window, 100 + i, 100 + i, 240, 120)
    end = client.wire.translate_coordinates(window, client.wire.root, 0, 0)
    assert end is not None

    def there() -> bool:
        found = client.wire.translate_coordinates(window, client.wire.root, 0, 0)
        last = watch.of(RawWindow, window=window, change="geometry")
        if not last or not found:
            return False
        return (last[-1].x, last[-1].y, last[-1].w, last[-1].h) == (*found[:2], 240, 120)

    wait_for(there, "the last place")
    assert watch.of(RawWindow, window=window, change="geometry")[-1].x >= 199
    assert len(watch.of(RawWindow, window=window, change="geometry")) < 20


def test_a_menu_belongs_to_its_program(watch: Watch, desktop: Desktop, hands: Hands) -> None:
    """A press in a pop-up menu is one in the program that opened it, also when the menu closes on that press."""
    process = editor(desktop)
    try:
        window = window_of(desktop, "mousepad")
        watch.wait(RawWindow, 1, window=window, change="focus")
        place(desktop, "mousepad", 100, 100, 600, 400)
        hands.key("F10")
        menu = watch.wait(RawWindow, 1, override=True, app="mousepad")[0]
        assert menu.pid == process.pid
        hands.click(menu.x + 60, menu.y + 12)
        press = watch.wait(RawButton, 2)[0]
        assert press.window == menu.window
        watch.wait(RawWindow, 1, window=menu.window, change="closed")
    finally:
        process.terminate()
        process.wait()


def test_a_popup_without_a_class_gets_the_app_of_its_owner(watch: Watch, client: Client, desktop: Desktop) -> None:
    """The server knows which program made a window; a stranger's popup stays nobody's."""
    window = client.window((50, 50, 200, 100), app="Owner")
    watch.wait(RawWindow, 1, window=window, change="focus")
    popup = client.window((100, 100, 50, 50), override=True)
    assert watch.wait(RawWindow, 1, window=popup, change="seen")[0].app == "owner"
    stranger = Client(desktop.env)
    other = stranger.window((200, 100, 50, 50), override=True)
    assert watch.wait(RawWindow, 1, window=other, change="seen")[0].app == ""
    stranger.wire.close()


def test_a_popup_of_a_program_that_got_the_ids_of_another_is_not_the_others(watch: Watch, desktop: Desktop) -> None:
    """The server gives out the ids of an ended program again."""
    first = Client(desktop.env)
    window = first.window((50, 50, 200, 100), app="Allowed")
    watch.wait(RawWindow, 1, window=window, change="focus")
    first.wire.close()
    watch.wait(RawWindow, 1, window=window, change="closed")
    second = Client(desktop.env)
    assert second.wire.setup.id_base == window & ~second.wire.setup.id_mask
    popup = second.window((50, 50, 50, 50), override=True)
    assert watch.wait(RawWindow, 1, window=popup, change="seen", override=True)[0].app == ""
    second.wire.close()


def test_a_press_belongs_to_the_menu_that_closed_on_it(client: Client, desktop: Desktop, hands: Hands) -> None:
    """When we ask what lies under the pointer, the menu is gone already and another window shows there."""
    window = client.window((400, 400, 200, 100), app="Below")
    menu = client.window((420, 420, 100, 100), override=True)
    hands.jump(450, 450)
    stream = Stream(desktop.env, ALL, frozenset)
    stream.start()
    hands.press()
    client.wire.send(10, 0, pack("<I", menu))  # UnmapWindow
    client.wire.sync()
    hands.release()
    out: list[Raw] = []
    stream._connection.sync()
    stream._input.feed(stream._connection.events(), time.monotonic_ns(), out)
    stream.close()
    press, release = (raw for raw in out if isinstance(raw, RawButton))
    assert (press.window, release.window) == (menu, window)


def test_our_own_windows_are_never_told(desktop: Desktop, client: Client) -> None:
    """The recorder's sign on the screen is not part of the story."""
    ours = client.window((50, 50, 100, 30), app="Byhand", show=False)
    sign = client.window((0, 0, 100, 30), override=True, show=False)
    own = frozenset({ours, sign})
    with watching(desktop.env, ALL, lambda: own) as watch:
        for window in (ours, sign):
            client.wire.send(8, 0, pack("<I", window))
        client.wire.sync()
        client.title(ours, b"recording")
        other = client.window((300, 300, 100, 100), app="Other")
        watch.wait(RawWindow, 1, window=other, change="focus")
        assert not [raw for raw in watch.of(RawWindow) if raw.window in own]


def test_another_programs_keyboard_grab_is_told(watch: Watch, client: Client, hands: Hands) -> None:
    """Before the keys under it, and its end before the keys after it."""
    window = client.window((50, 50, 200, 100), app="Grabbed")
    watch.wait(RawWindow, 1, window=window, change="focus")
    assert client.grab_keyboard() == 0
    hands.key("a")
    client.ungrab_keyboard()
    hands.key("b")
    watch.wait(RawKey, 4)
    told = [
        raw.active if isinstance(raw, RawGrab) else raw.keysym for raw in watch.got if isinstance(raw, RawGrab | RawKey)
    ]
    assert told == [True, ord("a"), ord("a"), False, ord("b"), ord("b")]


def test_a_grab_is_told_without_any_window(client: Client, hands: Hands) -> None:
    """A lock program may start on an empty desktop."""
    with Desktop(size=(400, 300), accessible=False, managed=False) as bare, watching(bare.env) as watch:
        locker = Client(bare.env)
        assert locker.grab_keyboard() == 0
        watch.wait(RawGrab, 1, active=True)
        locker.wire.close()
        watch.wait(RawGrab, 1, active=False)


def test_a_window_over_a_whole_monitor_is_a_lock(watch: Watch, client: Client) -> None:
    """i3lock and xtrlock do that; a menu does not. It is also one when it grows to that size."""
    client.window((0, 0, 400, 400), override=True)
    cover = client.window((0, 0, 1280, 800), override=True)
    watch.wait(RawLock, 1, active=True)
    client.destroy(cover)
    watch.wait(RawLock, 1, active=False)
    growing = client.window((0, 0, 30, 30), override=True)
    client.configure(growing, 0, 0, 1280, 800)
    watch.wait(RawLock, 2, active=True)
    client.wire.send(10, 0, pack("<I", growing))  # UnmapWindow
    client.wire.sync()
    watch.wait(RawLock, 2, active=False)


def test_a_screen_that_is_locked_already_is_told_at_the_start(desktop: Desktop, client: Client) -> None:
    client.window((-5, -5, 1300, 820), override=True)
    with watching(desktop.env) as watch:
        watch.wait(RawLock, 1, active=True)


def test_the_screen_saver_counts_as_a_lock(watch: Watch, client: Client) -> None:
    client.wire.send(115, 1)  # ForceScreenSaver: activate
    client.wire.sync()
    watch.wait(RawLock, 1, active=True)
    client.wire.send(115, 0)
    client.wire.sync()
    watch.wait(RawLock, 1, active=False)


def test_without_a_window_manager_the_focus_is_the_servers() -> None:
    with Desktop(size=(400, 300), accessible=False, managed=False) as bare, watching(bare.env) as watch:
        program = Client(bare.env)
        window = program.window((10, 20, 100, 50), app="Plain", title=b"bare")
        watch.wait(RawWindow, 1, window=window, change="seen", app="plain", x=10, y=20, w=100, h=50)
        program.wire.send(42, 1, pack("<II", window, 0))
        program.wire.sync()
        watch.wait(RawWindow, 1, window=window, change="focus")
        program.wire.send(10, 0, pack("<I", window))
        program.wire.sync()
        watch.wait(RawWindow, 1, window=window, change="closed")
        program.wire.close()
