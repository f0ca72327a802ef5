"""One recording of real work with every stream granted: what was done is in it, truly stamped, and nothing is lost."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from byhand.events.kinds import AnyEvent, Button, Element, Frame, Header, Key, Mark, Motion, Scroll, Window
from byhand.recorder.control import Request, Status, ask
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from stage.office import Office
from tests.recorder.conftest import consenting, finish

POLICY = """\
version = 1
streams = ["actions", "text", "timing", "pointer", "frames"]
[[apps]]
id = "mousepad"
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
"""
RATE, SECONDS = 2000, 1.5
_T = TypeVar("_T", bound=AnyEvent)


@dataclass
class Work:
    """What was done, and what is known of it: `parts` are its times, `struck` when keys went down or up."""

    last: Status
    header: Header
    events: list[AnyEvent]
    origin: str
    save: tuple[int, int]
    parts: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    struck: list[int] = field(default_factory=list[int])
    moved: list[int] = field(default_factory=list[int])

    def of(self, kind: type[_T], part: str = "") -> list[_T]:
        begun, ended = self.parts.get(part, (0, 1 << 62))
        begun -= 1_000_000  # a stamp lies in the middle of its ms
        return [one for one in self.events if isinstance(one, kind) and begun <= one.mono_ns <= ended]


class Worker:
    """Works, and writes down when."""

    def __init__(self, hands: Hands, desktop: Desktop, office: Office) -> None:
        self.hands, self.desktop, self.office = hands, desktop, office
        self.parts: dict[str, tuple[int, int]] = {}
        self.struck: list[int] = []

    def part(self, name: str, begun: int) -> None:
        time.sleep(0.5)  # what belongs to it has come by then
        self.parts[name] = begun, time.monotonic_ns()
        time.sleep(0.01)  # the server's clock counts whole ms

    def typing(self, text: str) -> None:
        begun = time.monotonic_ns()
        for character in text:
            for down in (True, False):
                self.struck.append(time.monotonic_ns())
                self.hands._stroke(character, down=down)
                time.sleep(0.031)
        self.part("typing", begun)

    def page(self) -> None:
        begun = time.monotonic_ns()
        self.hands.click(*self.office.places["subject"])
        self.hands.click(*self.office.places["save"])
        self.part("page", begun)
        begun = time.monotonic_ns()
        self.hands.move(*self.office.places["list"])
        self.hands.scroll(3)
        self.hands.scroll(-1)
        self.part("scroll", begun)

    def editor(self) -> None:
        begun = time.monotonic_ns()
        self.hands.click(250, 300)
        self.part("editor", begun)
        self.typing("invoice")
        begun = time.monotonic_ns()
        self.hands.key("a", "Control_L")
        self.part("shortcut", begun)
        begun = time.monotonic_ns()
        for _ in range(2):
            self.hands.press()
            self.hands.release()
        self.part("double", begun)
        begun = time.monotonic_ns()
        self.hands.drag(120, 200, 320, 260)
        self.part("drag", begun)
        begun = time.monotonic_ns()
        programs.place(self.desktop, "mousepad", 20, 50, 620, 520)
        self.part("geometry", begun)

    def rush(self, out: Path) -> None:
        begun = time.monotonic_ns()
        subprocess.run(
            [sys.executable, "-m", "bench.injector", self.desktop.display, str(RATE), str(SECONDS), str(out)],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self.part("rush", begun)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    folder = tmp_path_factory.mktemp("work")
    running: list[subprocess.Popen[bytes]] = []
    with pytest.MonkeyPatch.context() as patch, Desktop(size=(1280, 800)) as desktop, Office() as office:
        for name, value in desktop.env.items():
            if name != "PATH":
                patch.setenv(name, value)
        patch.setenv("BYHAND_KEYRING", "file")
        programs.browser(desktop, office.origin + "/")
        programs.editor(desktop)
        programs.place(desktop, "mousepad", 20, 50, 600, 500)
        programs.place(desktop, "chromium", 650, 40, 620, 700)
        wait_for(lambda: office.places.get("save", (0, 0))[0] > 650, "the page", 30)
        person = consenting(folder / "home", folder, running, policy=POLICY.format(origin=office.origin))
        try:
            process = spawn(person.home, person.grant.id, task="file the invoice")
            running.append(process)
            status = person.hear(process, "recording")
            assert status.error is None, status.error
            time.sleep(1)
            with Hands(desktop.display, pace=0.3) as hands:
                worker = Worker(hands, desktop, office)
                worker.page()
                worker.editor()
                worker.rush(folder / "moves")
                ask(person.home, Request("pause"))
                hands.click(250, 300)
                ask(person.home, Request("resume"))
                hands.rest(1)
            last = person.end()
            assert last.error is None, last.error
            with person.vault() as vault:
                header = vault.header(last.recording)
            moved = memoryview((folder / "moves").read_bytes()).cast("q").tolist()
            events = [one.event for one in person.events()]
            save = office.places["save"]
            yield Work(last, header, events, office.origin, save, worker.parts, worker.struck, moved)
        finally:
            finish(running)


def test_every_event_has_both_stamps_and_none_runs_backwards(work: Work) -> None:
    """Monotonic ns are whole microseconds, the server's ms are the same moment, and both only grow."""
    assert all(one.mono_ns % 1000 == 0 for one in work.events)
    assert all(a.mono_ns <= b.mono_ns and a.server_ms <= b.server_ms for a, b in pairwise(work.events))
    assert all(abs(one.server_ms - one.mono_ns / 1e6) < 2 for one in work.events if not isinstance(one, Mark))
    assert work.header.mono_ns % 1000 == 0
    assert work.header.boot_id == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    assert "pc105" in work.header.layout or "us" in work.header.layout


def test_what_is_kept_is_what_is_counted(work: Work) -> None:
    """The recorder's counts by kind are those of the events in the vault, and nothing was lost."""
    kinds = {name: sum(type(one).__name__.lower() == name for one in work.events) for name in work.last.kept}
    assert kinds == work.last.kept
    assert sum(kinds.values()) == len(work.events)
    assert work.last.lost == 0
    assert not [one for one in work.of(Mark) if one.reason == "lost" or one.count]


def test_keys_go_down_and_up_when_they_did(work: Work) -> None:
    """With `timing` granted: each key's true stamps, within the few ms the server needs; of text only the class."""
    keys = work.of(Key, "typing")
    assert [key.down for key in keys] == [True, False] * 7
    assert {(key.cls, key.keysym, key.keycode) for key in keys} == {("letter", "", 0)}
    late = [(key.mono_ns - at) / 1e6 for key, at in zip(keys, work.struck, strict=True)]
    assert min(late) > -2
    assert statistics.median(late) < 10


def test_a_shortcut_is_named(work: Work) -> None:
    """Ctrl+A, with the modifier that made it one."""
    named = [(key.keysym, key.down, bool(key.mods & 4)) for key in work.of(Key, "shortcut")]
    assert named == [("Control_L", True, False), ("a", True, True), ("a", False, True), ("Control_L", False, True)]


def test_a_double_click_and_a_drag_are_their_buttons(work: Work) -> None:
    """Two presses in one place; a press, the way, and a release elsewhere."""
    double = work.of(Button, "double")
    assert [one.down for one in double] == [True, False] * 2
    assert len({(one.x, one.y) for one in double}) == 1
    down, up = work.of(Button, "drag")
    assert ((down.x, down.y, down.down), (up.x, up.y, up.down)) == ((120, 200, True), (320, 260, False))
    way = [one for one in work.of(Motion, "drag") if down.mono_ns <= one.mono_ns <= up.mono_ns]
    assert len(way) > 5
    assert all(a.x <= b.x for a, b in pairwise(way))


def test_a_scroll_is_told_in_notches(work: Work) -> None:
    """Three down, one up."""
    assert [(one.dx, one.dy) for one in work.of(Scroll, "scroll")] == [(0.0, 1.0)] * 3 + [(0.0, -1.0)]


def test_the_element_under_a_press_and_the_one_in_focus(work: Work) -> None:
    """What was pressed, by role, name, box, path and page; and the field that got the keyboard."""
    pressed = [one for one in work.of(Element, "page") if one.why == "press"]
    assert [(one.role, one.name) for one in pressed] == [("entry", "Subject"), ("push button", "Save")]
    save = pressed[1]
    x, y = work.save
    assert save.x <= x < save.x + save.w
    assert save.y <= y < save.y + save.h
    assert (save.origin, save.page) == (work.origin, "/")
    assert "push button" in save.path
    assert ("entry", "Subject") in [(one.role, one.name) for one in work.of(Element, "page") if one.why == "focus"]


def test_windows_are_told_by_focus_title_and_geometry(work: Work) -> None:
    """Each change with the program's name and a number of this recording."""
    focus = [one.app for one in work.of(Window) if one.change == "focus"]
    assert {"chromium", "mousepad"} == set(focus)
    assert [one.app for one in work.of(Window, "editor") if one.change == "focus"] == ["mousepad"]
    moved = [one for one in work.of(Window, "geometry") if one.change == "geometry"]
    assert moved
    assert abs(moved[-1].w - 620) < 30
    assert len({one.window for one in work.of(Window)}) == 2
    titles = {one.title for one in work.of(Window, "editor") if one.change == "focus"}
    assert titles == {"Untitled 1 - Mousepad"}
    assert [one.title for one in work.of(Window, "typing") if one.change == "title"] == ["*Untitled 1 - Mousepad"]


def test_frames_are_there_for_starts_presses_and_focus(work: Work) -> None:
    """At most four a second, and the first one whole."""
    frames = work.of(Frame)
    assert frames[0].tiles == -(-1280 // 64) * -(-800 // 64)
    assert {"after", "focus"} <= {one.why for one in frames}
    assert len(frames) <= 4 * work.last.seconds + 2


def test_the_story_has_its_marks(work: Work) -> None:
    """Start, task, pause and resume, the task's end and the stop; what was done while paused is not there."""
    # Until the browser has told which page it shows, it may be any: a gap of a moment.
    marks = [(one.what, one.text) for one in work.of(Mark) if one.reason != "another site"]
    task = "file the invoice"
    assert marks == [
        ("start", ""), ("task_begin", task), ("pause", ""), ("resume", ""), ("task_end", task), ("stop", ""),
    ]  # fmt: skip
    pause, resume = (one.mono_ns for one in work.of(Mark) if one.what in ("pause", "resume"))
    assert not [one for one in work.of(Button) if pause < one.mono_ns < resume]


def test_injected_input_is_marked(work: Work) -> None:
    """All of this came through the server's test extension."""
    told = [one for one in work.events if isinstance(one, Key | Button | Motion | Scroll)]
    assert told
    assert all(one.injected for one in told)


def test_two_thousand_moves_a_second_are_all_there(work: Work) -> None:
    """Each one, at its place, in order, and as far apart in time as it was."""
    moves = work.of(Motion, "rush")
    places = [(100 + i % 400, 100 + i % 300) for i in range(int(RATE * SECONDS))]
    assert [(one.x, one.y) for one in moves] == places
    wrong = [
        abs((b.mono_ns - a.mono_ns) - (t - s)) / 1e6
        for (a, b), (s, t) in zip(pairwise(moves), pairwise(work.moved), strict=True)
    ]
    assert statistics.median(wrong) < 1
