"""Accessibility on real programs: a GTK editor, Chromium on a page, and a terminal that has no tree at all."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call, new_method_return
from jeepney.low_level import Parser
from Xlib import X, display

import byhand.capture.accessibility as package
from byhand.capture.accessibility import Accessibility, tree
from byhand.capture.accessibility.bus import Bus, BusGone, Call, NoAnswer, Node, words
from byhand.capture.accessibility.programs import scale_of
from byhand.capture.accessibility.roles import ROLES, STATES
from byhand.events.raw import Raw, RawBox, RawButton, RawElement, RawWindow
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands

CANARY = "canary7hunter2"
PAGE = """<!doctype html><title>Order form</title><style>body{font:16px sans-serif}</style><form>
<p><label for=s>Subject</label> <input id=s value="kept for later"></p>
<p><label>Secret <input type=password id=p></label></p>
<p><select id=c><option>Red<option>Blue</select></p>
<p><button type=button><b>Send</b> order</button></p>
<p><a href="#there">Open the invoice</a></p><p><button type=button aria-label="%s">Long</button></p></form>"""


class Listener:
    """Collects what is emitted, and waits for it."""

    def __init__(self) -> None:
        self.got: list[RawElement] = []
        self._came = threading.Condition()

    def __call__(self, batch: Sequence[Raw]) -> None:
        with self._came:
            self.got += [raw for raw in batch if isinstance(raw, RawElement)]
            self._came.notify_all()

    def wait(self, fits: Callable[[RawElement], bool] = lambda _: True, seconds: float = 20) -> RawElement:
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self.got)), seconds), "no such element was emitted"
            found = next(filter(fits, self.got))
            self.got.clear()
        return found


def window(desktop: Desktop, app: str) -> RawWindow:
    """What an X11 driver says of the first window of an app."""
    number = programs.window_of(desktop, app)
    connection = display.Display(desktop.display)
    try:
        shown = connection.create_resource_object("window", number)
        size = shown.get_geometry()
        at = shown.translate_coords(connection.screen().root, 0, 0)
        pid = shown.get_full_property(connection.intern_atom("_NET_WM_PID"), X.AnyPropertyType)
    finally:
        connection.close()
    title = programs.windows(desktop)[number][1]
    process = pid.value[0] if pid else 0
    return RawWindow(1, 1000, "focus", number, app, title, process, -at.x, -at.y, size.width, size.height, False)


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGCONT)
    process.kill()
    process.wait()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def looking(desktop: Desktop, listener: Listener) -> Iterator[Accessibility]:
    accessibility = Accessibility(desktop.env)
    accessibility.start(listener)
    yield accessibility
    accessibility.stop()


@pytest.fixture
def editor(desktop: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    process = programs.editor(desktop)
    programs.place(desktop, "mousepad", 40, 60, 700, 500)
    yield process
    end(process)


@pytest.fixture(scope="module")
def browser(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RawWindow]:
    page = tmp_path_factory.mktemp("page") / "order.html"
    page.write_text(PAGE % ("x" * 5000))
    process = programs.browser(desktop, page.as_uri())
    wait_for(lambda: window(desktop, "chromium").title.startswith("Order form"), "the page", 40)
    yield window(desktop, "chromium")
    end(process)
    wait_for(lambda: not programs.window_of(desktop, "chromium"), "Chromium's end")


def boxes_of(looking: Accessibility, shown: RawWindow, until: Callable[[Sequence[RawBox]], bool]) -> list[RawBox]:
    """The boxes of a window, once it shows what we wait for."""
    found: list[RawBox] = []

    def ready() -> bool:
        answer = looking.boxes(shown.window, 2.0)
        found[:] = answer[0] if answer else ()
        return until(found)

    wait_for(ready, "the boxes")
    return found


def named(boxes: Sequence[RawBox], role: str, name: str = "") -> RawBox:
    return next(box for box in boxes if box.role == role and (not name or box.name == name))


def press(looking: Accessibility, shown: RawWindow, box: RawBox) -> RawButton:
    raw = RawButton(77, 77_000_000, True, 1, box.x + box.w // 2, box.y + box.h // 2, shown.window, False)
    looking.pressed(raw, shown.pid)
    return raw


def described(
    looking: Accessibility, listener: Listener, shown: RawWindow, box: RawBox, seconds: float = 20
) -> RawElement:
    """What a press there is answered with. A program that is too busy to answer in time is pressed again."""
    until = time.monotonic() + seconds
    while True:
        listener.got.clear()
        press(looking, shown, box)
        element = listener.wait(lambda e: e.why == "press")
        if element.found or time.monotonic() > until:
            return element


def test_a_press_is_answered_with_what_lies_under_it(
    desktop: Desktop, editor: subprocess.Popen[bytes], looking: Accessibility, listener: Listener
) -> None:
    """Role, name, box, the path from the window down, and the press's own stamps."""
    shown = window(desktop, "mousepad")
    looking.focused(shown)
    boxes = boxes_of(looking, shown, lambda found: any(box.name == "File" for box in found))
    listener.got.clear()
    raw = press(looking, shown, named(boxes, "menu", "File"))
    element = listener.wait(lambda e: e.why == "press")
    assert element.found
    assert (element.server_ms, element.mono_ns) == (raw.server_ms, raw.mono_ns)
    assert (element.role, element.name) == ("menu", "File")
    assert element.x <= raw.x < element.x + element.w
    assert element.y <= raw.y < element.y + element.h
    assert element.path[0][0] == "frame"
    assert element.path[-1][0] == "menu"
    assert (element.window, element.owner, element.url) == (shown.window, editor.pid, "")
    assert "showing" in element.states


def test_a_press_in_an_open_menu_is_one_on_its_item(
    desktop: Desktop, editor: subprocess.Popen[bytes], looking: Accessibility, listener: Listener, hands: Hands
) -> None:
    """The menu hangs over the window, in a window of its own; a plain hit test finds what lies below it."""
    shown = window(desktop, "mousepad")
    looking.focused(shown)
    boxes = boxes_of(looking, shown, lambda found: any(box.name == "File" for box in found))
    file = named(boxes, "menu", "File")
    hands.click(file.x + 8, file.y + 8)
    boxes = boxes_of(looking, shown, lambda found: any(box.name == "New" for box in found))
    popup = RawWindow(1, 1000, "seen", 0x999, "mousepad", "", editor.pid, file.x, file.y + file.h, 300, 380, True)
    looking.focused(popup)
    element = described(looking, listener, popup, named(boxes, "menu item", "New"))
    assert (element.role, element.name) == ("menu item", "New")
    hands.key("Escape")
    hands.key("Escape")


@pytest.mark.parametrize(
    ("role", "name", "says"),
    [
        ("entry", "Subject", ("entry", "Subject")),
        ("password text", "Secret", ("password text", "Secret")),
        ("push button", "Send order", ("push button", "Send order")),
        ("link", "Open the invoice", ("link", "Open the invoice")),
        ("combo box", "", ("combo box", "")),
    ],
)
def test_elements_of_a_page(
    browser: RawWindow, looking: Accessibility, listener: Listener, role: str, name: str, says: tuple[str, str]
) -> None:
    """A press on the words in a button, or on the chosen option of a closed list, is one on the whole of it."""
    looking.focused(browser)
    boxes = boxes_of(looking, browser, lambda found: any(box.role == "password text" for box in found))
    element = described(looking, listener, browser, named(boxes, role, name))
    assert (element.role, element.name) == says
    assert element.url.startswith("file:///")
    assert element.url.endswith("order.html")
    assert element.frame.startswith("Order form")


def test_the_page_itself_is_the_answer_where_nothing_else_lies(
    browser: RawWindow, looking: Accessibility, listener: Listener
) -> None:
    """An empty spot of a page belongs to the page, and boxes tell its address too."""
    looking.focused(browser)
    boxes = boxes_of(looking, browser, lambda found: any(box.role == "password text" for box in found))
    page = named(boxes, "document web")
    listener.got.clear()
    looking.pressed(
        RawButton(77, 77_000, True, 1, page.x + page.w - 40, page.y + page.h - 40, browser.window, False), browser.pid
    )
    element = listener.wait(lambda e: e.why == "press")
    assert element.role == "document web"
    answer = looking.boxes(browser.window, 2.0)
    assert answer
    assert answer[1] == element.url


def test_what_is_typed_into_a_password_field_is_in_no_element_and_no_box(
    browser: RawWindow, looking: Accessibility, listener: Listener, hands: Hands
) -> None:
    """The focus is told as it moves, by role and label; content is never asked for."""
    looking.focused(browser)
    boxes = boxes_of(looking, browser, lambda found: any(box.role == "password text" for box in found))
    field = named(boxes, "password text")
    heard: list[RawElement] = []
    listener.got.clear()
    hands.click(field.x + field.w // 2, field.y + field.h // 2)
    heard.append(listener.wait(lambda e: e.why == "focus" and e.role == "password text"))
    hands.type(CANARY)
    press(looking, browser, field)
    heard.append(listener.wait(lambda e: e.why == "press"))
    entry = named(boxes, "entry", "Subject")
    hands.click(entry.x + entry.w // 2, entry.y + entry.h // 2)
    heard.append(listener.wait(lambda e: e.why == "focus" and e.role == "entry"))
    answer = looking.boxes(browser.window, 2.0)
    assert answer
    said = " ".join(str(getattr(raw, name)) for raw in [*heard, *answer[0]] for name in raw.__slots__)
    assert "Secret" in said
    assert CANARY not in said
    assert "kept for later" not in said


def test_a_name_is_cut_where_a_name_ends(browser: RawWindow, looking: Accessibility) -> None:
    """A program can't flood us with a name of 5,000 characters."""
    looking.focused(browser)
    boxes = boxes_of(looking, browser, lambda found: any(box.name.startswith("xxxx") for box in found))
    assert max(len(box.name) for box in boxes) == 256


def test_a_program_without_a_tree_is_answered_at_once(
    desktop: Desktop, looking: Accessibility, listener: Listener
) -> None:
    """A terminal of 1984 is not on the bus: the guard is told so."""
    process = programs.terminal(desktop)
    try:
        shown = window(desktop, "xterm")
        looking.focused(shown)
        element = listener.wait()
        assert (element.why, element.found, element.window) == ("focus", False, shown.window)
        looking.pressed(RawButton(77, 77_000, True, 1, 5, 5, shown.window, False), process.pid)
        element = listener.wait()
        assert (element.why, element.found, element.server_ms, element.role) == ("press", False, 77, "")
        assert looking.boxes(shown.window, 2.0) is None
    finally:
        end(process)
        wait_for(lambda: not programs.window_of(desktop, "xterm"), "the terminal's end")


def test_without_an_accessibility_bus_everything_is_answered_with_nothing(listener: Listener) -> None:
    """No bus, no tree: a press still gets its answer."""
    accessibility = Accessibility({})
    accessibility.start(listener)
    accessibility.focused(RawWindow(1, 1000, "focus", 5, "mail", "", 4711, 0, 0, 10, 10, False))
    assert not listener.wait().found
    accessibility.pressed(RawButton(77, 77_000, True, 1, 5, 5, 5, False), 4711)
    assert not listener.wait().found
    assert accessibility.boxes(5, 0.5) is None
    accessibility.stop()


def test_a_program_that_hangs_holds_nobody_up_and_is_asked_again_later(
    desktop: Desktop, editor: subprocess.Popen[bytes], looking: Accessibility, listener: Listener
) -> None:
    """While it is stopped the answer is "not found"; when it goes on, it is described again."""
    shown = window(desktop, "mousepad")
    looking.focused(shown)
    file = named(boxes_of(looking, shown, lambda found: any(box.name == "File" for box in found)), "menu", "File")
    listener.got.clear()
    editor.send_signal(signal.SIGSTOP)
    for _ in range(3):
        press(looking, shown, file)
        assert not listener.wait(lambda e: e.why == "press", 5).found
    assert looking.boxes(shown.window, 0.1) is None
    editor.send_signal(signal.SIGCONT)

    def again() -> bool:
        press(looking, shown, file)
        return listener.wait(lambda e: e.why == "press", 5).found

    wait_for(again, "the editor's answer")


def test_after_stop_nothing_is_emitted_and_it_may_start_again(
    desktop: Desktop, editor: subprocess.Popen[bytes], listener: Listener
) -> None:
    """Pause and resume stop and start it."""
    shown = window(desktop, "mousepad")
    accessibility = Accessibility(desktop.env)
    accessibility.start(listener)
    accessibility.focused(shown)
    listener.wait()
    accessibility.stop()
    accessibility.pressed(RawButton(77, 77_000, True, 1, shown.x + 10, shown.y + 10, shown.window, False), shown.pid)
    assert accessibility.boxes(shown.window, 0.5) is None
    assert not listener.got
    accessibility.start(listener)
    accessibility.pressed(RawButton(78, 78_000, True, 1, shown.x + 10, shown.y + 10, shown.window, False), shown.pid)
    assert listener.wait(lambda e: e.why == "press").server_ms == 78
    accessibility.stop()


def test_a_program_that_counts_in_logical_pixels_is_understood(
    desktop: Desktop, looking: Accessibility, listener: Listener
) -> None:
    """GTK at scale 2 tells half of every number; boxes and presses are in device pixels all the same."""
    process = desktop.run("mousepad", "--disable-server", extra={"GDK_SCALE": "2"})
    wait_for(lambda: programs.window_of(desktop, "mousepad"), "the editor")
    try:
        programs.place(desktop, "mousepad", 20, 40, 1100, 640)
        shown = window(desktop, "mousepad")
        looking.focused(shown)
        boxes = boxes_of(looking, shown, lambda found: any(box.role == "text" and box.w > 1000 for box in found))
        listener.got.clear()
        raw = press(looking, shown, named(boxes, "menu", "Search"))
        element = listener.wait(lambda e: e.why == "press")
        assert element.name == "Search"
        assert element.x <= raw.x < element.x + element.w
    finally:
        end(process)
        wait_for(lambda: not programs.window_of(desktop, "mousepad"), "the editor's end")


def test_this_package_can_not_ask_for_what_was_typed() -> None:
    """The interfaces that hold content are named nowhere in it."""
    folder = Path(str(package.__file__)).parent
    source = "\n".join(path.read_text() for path in sorted(folder.glob("*.py")))
    assert "GetExtents" in source
    assert not re.search(r"GetText|GetCurrentValue|CurrentValue|GetStringAtOffset|GetSelection|EditableText", source)
    assert not re.search(r"atspi\.(Text|Value|EditableText|Hypertext)|A11Y \+ \"(Text|Value)", source)


def test_numbers_of_roles_and_states() -> None:
    """A wrong place in the list would call a password an entry."""
    known = {7: "check box", 11: "combo box", 23: "frame", 40: "password text", 43: "push button", 61: "text",
             79: "entry", 88: "link", 95: "document web", 98: "list box", 116: "static"}  # fmt: skip
    assert {number: ROLES[number] for number in known} == known
    assert {number: STATES[number] for number in (1, 12, 25, 30, 41, 43)} == {
        1: "active", 12: "focused", 25: "showing", 30: "visible", 41: "checkable", 43: "read only",
    }  # fmt: skip


def test_the_label_of_a_field_is_found_by_its_relation() -> None:
    """Relation 2 is "labelled by"; the null object is no label."""
    other, label = (1, [(":1.1", "/a")]), (2, [(":1.1", "/org/a11y/atspi/null"), (":1.1", "/b")])
    assert tree.as_label(([other, label],)) == Node(":1.1", "/b")
    assert tree.as_label(([other],)) is None


def test_answers_of_the_wrong_shape_count_as_empty() -> None:
    """What comes from another program is checked."""
    assert tree.as_text((7,)) == ""
    assert tree.as_box((("a", 1, 2, 3),)) == tree.NOWHERE
    assert tree.as_nodes((["nonsense", ("only one",)],)) == []
    assert tree.as_map(([1],)) == {}
    assert tree.as_words(("x",)) == ()


def test_a_scale_is_only_believed_where_both_sides_agree() -> None:
    """A title bar or a shadow is no scale."""
    assert scale_of((10, 10, 500, 300), (20, 20, 1000, 600)) == 2.0
    assert scale_of((10, 10, 500, 300), (10, 10, 500, 330)) == 1.0
    assert scale_of((0, 0, 0, 0), (10, 10, 500, 330)) == 1.0


@pytest.fixture
def pair() -> Iterator[tuple[Bus, socket.socket]]:
    ours, theirs = socket.socketpair()
    with theirs:
        bus = Bus(ours)
        yield bus, theirs
        bus.close()


def test_an_answer_that_comes_late_is_not_taken_for_another_one(pair: tuple[Bus, socket.socket]) -> None:
    """Answers are matched by serial."""
    bus, other = pair
    asked = Call(Node(":1.9", "/x"), "a.b", "C", "s", words("s", "hello"))
    with pytest.raises(NoAnswer):
        bus.call(asked, time.monotonic() + 0.05)
    parser = Parser()
    parser.add_data(other.recv(4096))
    late = parser.get_next_message()
    assert late is not None
    assert late.body == ("hello",)
    assert late.header.fields[HeaderFields.member] == "C"

    def answer() -> None:
        parser.add_data(other.recv(4096))
        fresh = parser.get_next_message()
        assert fresh is not None
        for message, body in ((late, "late"), (fresh, "fresh")):
            other.sendall(new_method_return(message, "s", (body,)).serialise(1))

    thread = threading.Thread(target=answer)
    thread.start()
    assert bus.call(asked, time.monotonic() + 5) == ("fresh",)
    thread.join()


def test_a_message_too_large_ends_the_connection(pair: tuple[Bus, socket.socket]) -> None:
    """Nothing is buffered for a program that wants to flood us."""
    bus, other = pair
    head = bytearray(new_method_call(DBusAddress("/x", ":1.9", "a.b"), "C").serialise(1))
    assert head[1] == MessageType.method_call.value
    head[4:8] = (64 * 1024 * 1024).to_bytes(4, "little")
    other.sendall(head)
    with pytest.raises(BusGone):
        bus.pump()


@pytest.mark.parametrize(
    "address", ["tcp:host=localhost,port=1", "unix:path=/nowhere/bus", "", "unix:dir=/tmp", "nonsense"]
)
def test_only_unix_sockets_that_are_there_are_spoken_to(address: str) -> None:
    """Any other address is as good as none."""
    with pytest.raises(BusGone):
        Bus.open(address, 0.5)
