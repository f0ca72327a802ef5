"""Keys, buttons, wheel and pointer, from real input on a real X server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from struct import pack

import pytest
from Xlib import X, display
from Xlib.ext import xtest

from byhand.capture.x11.devices import Axis, Device, Wheel, parse
from byhand.capture.x11.keys import Keyboard
from byhand.capture.x11.stream import Stream
from byhand.capture.x11.wire import Connection
from byhand.events.raw import Raw, RawButton, RawKey, RawMotion, RawScroll, RawWindow
from stage.desktop import Desktop
from stage.hands import Hands
from tests.capture.x11_watch import ALL, STILL, Client, Watch, watching

SHIFT, LOCK, CONTROL = 1, 2, 4


@pytest.fixture
def watch(desktop: Desktop) -> Iterator[Watch]:
    with watching(desktop.env) as found:
        yield found


def test_keys_arrive_with_code_symbol_and_modifiers(watch: Watch, hands: Hands) -> None:
    """Each stroke is a press and a release; the symbol follows shift, the mask is the one before the key."""
    hands.key("a")
    hands.key("a", "Shift_L")
    hands.key("s", "Control_L")
    keys = watch.wait(RawKey, 10)
    told = [(key.down, key.keysym, key.mods) for key in keys]
    assert told == [
        (True, ord("a"), 0),
        (False, ord("a"), 0),
        (True, 0xFFE1, 0),
        (True, ord("A"), SHIFT),
        (False, ord("A"), SHIFT),
        (False, 0xFFE1, SHIFT),
        (True, 0xFFE3, 0),
        (True, ord("s"), CONTROL),
        (False, ord("s"), CONTROL),
        (False, 0xFFE3, CONTROL),
    ]
    assert keys[0].keycode == keys[3].keycode


def test_caps_lock_makes_capitals_and_leaves_digits(watch: Watch, hands: Hands) -> None:
    hands.key("Caps_Lock")
    try:
        hands.key("a")
        hands.key("1")
    finally:
        hands.key("Caps_Lock")
    keys = watch.wait(RawKey, 8)
    assert [(key.keysym, key.mods) for key in keys if key.down][1:3] == [(ord("A"), LOCK), (ord("1"), LOCK)]


def test_another_layout_gives_other_symbols_at_once(watch: Watch, hands: Hands, desktop: Desktop) -> None:
    """A key that is given another meaning while we watch has it from then on."""
    server = display.Display(desktop.display)
    code = server.keysym_to_keycode(ord("q"))
    before = server.get_keyboard_mapping(code, 1)
    try:
        server.change_keyboard_mapping(code, [(ord("z"), ord("Z"))])
        server.sync()
        xtest.fake_input(server, X.KeyPress, code)
        xtest.fake_input(server, X.KeyRelease, code)
        server.sync()
        assert watch.wait(RawKey, 1, keycode=code)[0].keysym == ord("z")
    finally:
        server.change_keyboard_mapping(code, before)
        server.sync()
        server.close()


def test_a_held_key_is_one_press(watch: Watch, hands: Hands) -> None:
    """The server repeats keys for programs, not for us: what we tell is what the hand did."""
    hands._stroke("a", down=True)
    time.sleep(1)  # the server begins to repeat after 660 ms at most
    hands._stroke("a", down=False)
    keys = watch.wait(RawKey, 1, down=False)
    assert [(key.down, key.repeat) for key in watch.of(RawKey)] == [(True, False), (False, False)]
    assert keys[0].server_ms - watch.of(RawKey)[0].server_ms >= 1000


def test_a_press_of_a_key_that_is_down_is_a_repeat(desktop: Desktop) -> None:
    """Also for a key that was down before we looked."""
    with Connection.open(desktop.env) as wire, Hands(desktop.display) as hands:
        hands._stroke("a", down=True)
        try:
            keyboard = Keyboard(wire)
            keyboard.start()
            code = keyboard.keycode(ord("a"))
            assert keyboard.press(code)
            keyboard.release(code)
            assert not keyboard.press(code)
            assert keyboard.press(code)
        finally:
            hands._stroke("a", down=False)


def test_what_a_program_injects_is_marked(watch: Watch, hands: Hands) -> None:
    """XTEST is not a hand. (The hands of these tests are XTEST: a device's mark is tested below.)"""
    hands.jump(10, 10)
    hands.click(40, 40, 3)
    hands.key("a")
    watch.wait(RawKey, 2)
    for kind in (RawKey, RawButton, RawMotion):
        assert watch.of(kind)
        assert all(raw.injected for raw in watch.of(kind))


def test_buttons_tell_where_they_were_pressed(watch: Watch, hands: Hands) -> None:
    hands.click(321, 234, 3)
    press, release = watch.wait(RawButton, 2)
    assert [(raw.down, raw.button, raw.x, raw.y) for raw in (press, release)] == [
        (True, 3, 321, 234),
        (False, 3, 321, 234),
    ]


def test_a_press_amid_motion_keeps_its_own_place(watch: Watch, desktop: Desktop) -> None:
    """However many motions are read with it: the place is that of the press, not where the pointer went then."""
    server = display.Display(desktop.display)
    for x in range(100, 160):
        xtest.fake_input(server, X.MotionNotify, x=x, y=300)
        if x == 130:
            xtest.fake_input(server, X.ButtonPress, 9)
    xtest.fake_input(server, X.ButtonRelease, 9)
    server.sync()
    server.close()
    press, release = watch.wait(RawButton, 2)
    assert [(press.x, press.y), (release.x, release.y)] == [(130, 300), (159, 300)]
    at = watch.got.index(press)
    before, after = watch.got[at - 1], watch.got[at + 1]
    assert isinstance(before, RawMotion)
    assert isinstance(after, RawMotion)
    assert (before.x, after.x) == (130, 131)


def test_a_press_before_any_motion_is_where_the_pointer_was(watch: Watch, desktop: Desktop) -> None:
    """Also when the motions after it are read together with it."""
    server = display.Display(desktop.display)
    xtest.fake_input(server, X.MotionNotify, x=600, y=600)
    server.sync()
    watch.wait(RawMotion, 1, x=600)
    xtest.fake_input(server, X.ButtonPress, 9)
    for x in range(10, 20):
        xtest.fake_input(server, X.MotionNotify, x=x, y=10)
    xtest.fake_input(server, X.ButtonRelease, 9)
    server.sync()
    server.close()
    press, release = watch.wait(RawButton, 2)
    assert [(press.x, press.y), (release.x, release.y)] == [(600, 600), (19, 10)]


def test_the_path_of_a_device_that_tells_steps_is_known(watch: Watch, desktop: Desktop) -> None:
    server = display.Display(desktop.display)
    server.change_pointer_control(threshold=1000)  # no acceleration: steps are pixels
    xtest.fake_input(server, X.MotionNotify, x=200, y=200)
    server.sync()
    watch.wait(RawMotion, 1, x=200, y=200)
    for _ in range(50):
        xtest.fake_input(server, X.MotionNotify, detail=1, x=2, y=1)
    server.sync()
    server.close()
    watch.wait(RawMotion, 51)
    assert [(raw.x, raw.y) for raw in watch.of(RawMotion)][-50:] == [(200 + 2 * i, 200 + i) for i in range(1, 51)]


@pytest.mark.parametrize(("button", "dx", "dy"), [(4, 0, -1), (5, 0, 1), (6, -1, 0), (7, 1, 0)])
def test_a_wheel_without_valuators_scrolls_by_notches(
    watch: Watch, hands: Hands, button: int, dx: int, dy: int
) -> None:
    """It is one scroll, and never a button."""
    hands.press(button)
    hands.release(button)
    hands.press(9)
    hands.release(9)
    watch.wait(RawButton, 2)
    assert [(raw.dx, raw.dy) for raw in watch.of(RawScroll)] == [(dx, dy)]
    assert {raw.button for raw in watch.of(RawButton)} == {9}


def _raw_event(major: int, kind: int, source: int, flags: int, detail: int, values: dict[int, float]) -> bytes:
    mask = sum(1 << number for number in values)
    body = b"".join(pack("<iI", int(value // 1), int(value % 1 * 2**32)) for _, value in sorted(values.items())) * 2
    now = time.monotonic_ns() // 1_000_000
    head = pack("<BBHIHHIIHHII", 35, major, 0, 2 + len(body) // 4, kind, 2, now, detail, source, 2, flags, 0)
    return head + mask.to_bytes(8, "little") + body


@pytest.mark.parametrize("needs", [ALL, STILL])
def test_a_smooth_wheel_scrolls_by_fractions_and_its_emulated_buttons_do_not_count(
    desktop: Desktop, needs: object
) -> None:
    """A touchpad tells valuators; the server adds buttons 4 to 7 for old programs and marks them.

    This server has no such device, so the events are written here; they go the way of all events.
    """
    stream = Stream(desktop.env, needs, frozenset)  # type: ignore[arg-type]
    source, devices, major = 77, stream._input._devices, stream._input._major
    devices._found[source] = Device(False, (Axis(0, 0), Axis(0, 0)), {2: Wheel(True, 10.0), 3: Wheel(False, 15.0)})
    out: list[Raw] = []
    stream._input.feed(
        [
            _raw_event(major, 17, source, 0, 0, {3: 3.75}),
            _raw_event(major, 17, source, 0, 0, {2: -10.0, 3: -7.5}),
            _raw_event(major, 15, source, 1 << 16, 5, {}),
            _raw_event(major, 16, source, 1 << 16, 5, {}),
        ],
        time.monotonic_ns(),
        out,
    )
    stream.close()
    told = [raw for raw in out if not isinstance(raw, RawWindow)]
    assert [(type(raw), raw.dx, raw.dy, raw.injected) for raw in told if isinstance(raw, RawScroll)] == [
        (RawScroll, 0.0, 0.25, False),
        (RawScroll, -1.0, -0.5, False),
    ]
    assert len(told) == 2


def test_without_need_for_motion_there_is_none(desktop: Desktop, hands: Hands) -> None:
    """A grant without the pointer's path: the path is never told, while presses still know their place."""
    with watching(desktop.env, STILL) as watch:
        hands.move(200, 200)
        hands.click(250, 260)
        press = watch.wait(RawButton, 2)[0]
        assert (press.x, press.y) == (250, 260)
        assert watch.of(RawMotion) == []


def test_without_need_for_motion_the_server_is_not_even_asked(desktop: Desktop, hands: Hands) -> None:
    """No motion reaches our process when nothing scrolls by valuators."""
    stream = Stream(desktop.env, STILL, frozenset)
    stream.start()
    stream._connection.events()
    hands.jump(50, 60)
    hands.jump(51, 61)
    stream._connection.sync()
    assert not [event for event in stream._connection.events() if event[0] == 35 and event[8] == 17]
    stream.close()


def test_no_event_is_lost_at_two_thousand_a_second(watch: Watch, desktop: Desktop) -> None:
    """4,000 motions in two seconds, keys and presses between them: all arrive, in their order, at their places."""
    server = display.Display(desktop.display)
    code = server.keysym_to_keycode(ord("a"))
    sent: list[object] = []
    begin = time.monotonic()
    for i in range(4000):
        x, y = 50 + i % 900, 50 + i % 600
        xtest.fake_input(server, X.MotionNotify, x=x, y=y)
        sent.append((x, y))
        if i % 100 == 50:
            xtest.fake_input(server, X.KeyPress, code)
            xtest.fake_input(server, X.KeyRelease, code)
            sent += [True, False]
        if i % 20 == 19:
            server.flush()
            time.sleep(max(0.0, begin + i / 2000 - time.monotonic()))
    server.sync()
    server.close()
    watch.wait(RawMotion, 4000)
    watch.wait(RawKey, 80)
    got = [
        (raw.x, raw.y) if isinstance(raw, RawMotion) else raw.down
        for raw in watch.got
        if isinstance(raw, RawMotion | RawKey)
    ]
    assert got == sent


def test_stamps_are_the_servers_time_and_our_clock(watch: Watch, desktop: Desktop) -> None:
    """Both lie between the moment before and the moment after, and never go back."""
    server = display.Display(desktop.display)
    for i in range(40):
        before = time.monotonic_ns()
        xtest.fake_input(server, X.MotionNotify, x=300 + i, y=300)
        server.sync()
        after = time.monotonic_ns()
        (motion,) = watch.wait(RawMotion, 1, x=300 + i)
        assert before - 1_000_000 <= motion.mono_ns <= after + 1_000_000
        assert before // 1_000_000 <= motion.server_ms <= after // 1_000_000
        assert motion.mono_ns % 1000 == 0
    server.close()
    stamps = [raw.server_ms for raw in watch.of(RawMotion)]
    assert stamps == sorted(stamps)


def test_input_under_another_programs_grab_still_arrives(watch: Watch, desktop: Desktop, hands: Hands) -> None:
    """That is the danger of raw events, and why grabs are told: see test_x11_windows."""
    client = Client(desktop.env)
    assert client.grab_keyboard() == 0
    try:
        hands.key("a")
        watch.wait(RawKey, 2)
    finally:
        client.ungrab_keyboard()
        client.wire.close()


def test_the_window_under_a_press_is_the_programs_own(watch: Watch, desktop: Desktop, hands: Hands) -> None:
    """Not the frame that the window manager put around it."""
    client = Client(desktop.env)
    window = client.window((500, 300, 200, 150), app="Target", title=b"here")
    watch.wait(RawWindow, 1, window=window, change="focus")
    box = watch.of(RawWindow, window=window)[-1]
    hands.click(box.x + 20, box.y + 20)
    press = watch.wait(RawButton, 2)[0]
    client.destroy(window)
    client.wire.close()
    assert press.window == window


def test_devices_are_read_from_the_servers_answer() -> None:
    """Increments, directions, ranges and who injects; masters don't count."""

    def device(number: int, use: int, name: bytes, *classes: bytes) -> bytes:
        padded = name + bytes(-len(name) % 4)
        return pack("<HHHHHBx", number, use, 2, len(classes), len(name), 1) + padded + b"".join(classes)

    range_of_x = pack("<HHHHIiIiIiIIBxxx", 2, 11, 9, 0, 0, 0, 0, 4096, 0, 0, 0, 1, 1)
    wheel = pack("<HHHHHHIiI", 3, 6, 9, 3, 1, 0, 0, -16, 1 << 31)
    listed = [
        device(2, 1, b"Virtual core pointer", wheel),
        device(4, 3, b"Virtual core XTEST pointer"),
        device(9, 3, b"Touchpad", range_of_x, wheel),
    ]
    found = parse(bytes(8) + pack("<H", 3) + bytes(22) + b"".join(listed))
    assert sorted(found) == [4, 9]
    assert (found[4].injected, found[9].injected) == (True, False)
    assert found[9].axes[0] == Axis(0, 4096)
    assert found[9].wheels == {3: Wheel(False, -15.5)}
