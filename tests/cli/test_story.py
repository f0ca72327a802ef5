"""A recording told in lines."""

from __future__ import annotations

from collections.abc import Iterable

from byhand.cli.story import plain, tell
from byhand.events.kinds import AnyEvent, Button, Element, Header, Key, Mark, Motion, Numbered, Scroll, Window

MS = 1_000_000
HEADER = Header(
    version=1, recording="r", device="d", grant="g", policy_hash="", purpose="mine", streams=("actions",), driver="scripted",
    program="test", boot_id="b", mono_ns=0, utc_ns=1_800_000_000_000_000_000, layout="", screen_w=800, screen_h=600,
    monitors=(),
)  # fmt: skip


class Recording:
    """Writes events as a person would do them; `ms` is the time."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self.ms = 0

    def wait(self, ms: int) -> Recording:
        self.ms += ms
        return self

    def _add(self, kind: type[AnyEvent], *fields: object) -> Recording:
        self.events.append(kind(self.ms, self.ms * MS, "test", *fields))  # pyright: ignore
        return self

    def focus(self, app: str, title: str = "") -> Recording:
        return self._add(Window, "focus", hash(app) % 9 + 1, app, title, 0, 0, 10, 10)

    def down(self, x: int = 5, y: int = 5, button: int = 1) -> Recording:
        return self._add(Button, True, button, x, y, False)

    def up(self, x: int = 5, y: int = 5, button: int = 1) -> Recording:
        return self._add(Button, False, button, x, y, False)

    def element(self, role: str, name: str, *, ago: int = 0, why: str = "press", origin: str = "", page: str = "") -> Recording:
        now = self.ms
        self.ms -= ago
        self._add(Element, why, role, name, (), 0, 0, 1, 1, "", origin, page)
        self.ms = now
        return self

    def click(self, role: str, name: str, button: int = 1) -> Recording:
        self.down(button=button).wait(60).up(button=button).wait(20)
        return self.element(role, name, ago=80)

    def key(self, cls: str, keysym: str = "", mods: int = 0) -> Recording:
        self._add(Key, True, cls, 0, keysym, mods, False, False).wait(40)
        return self._add(Key, False, cls, 0, keysym, mods, False, False).wait(60)

    def mark(self, what: str, reason: str = "", span_ms: int = 0, text: str = "") -> Recording:
        return self._add(Mark, what, reason, span_ms, 0, text)

    def scroll(self, dy: float) -> Recording:
        return self._add(Scroll, 0.0, dy, 5, 5, False)

    def move(self) -> Recording:
        return self._add(Motion, 1, 1, False)

    def told(self) -> list[str]:
        return told(self.events)


def told(events: Iterable[AnyEvent]) -> list[str]:
    numbered = (Numbered(seq, event) for seq, event in enumerate(events))
    return [line[9:].strip() for line in plain(tell(HEADER, numbered))]


def test_a_press_and_a_release_with_their_element_are_one_click():
    """The element arrives after the release, and still names the click."""
    assert Recording().focus("mail").wait(500).click("push button", "Reply").told() == ["mail         window", 'click button "Reply"']


def test_two_clicks_in_one_place_are_a_double_click():
    """Only when they follow each other quickly."""
    quick = Recording().click("table cell", "Invoice").wait(50).click("table cell", "Invoice")
    slow = Recording().click("table cell", "Invoice").wait(900).click("table cell", "Invoice")
    assert quick.told() == ['double-click cell "Invoice"']
    assert slow.told() == ['click cell "Invoice"', 'click cell "Invoice"']


def test_a_release_elsewhere_is_a_drag():
    """The element is where the drag began."""
    recording = Recording().down(10, 10).wait(90).move().element("slider", "Volume", ago=90).wait(300).up(200, 12)
    assert recording.told() == ['drag slider "Volume" to 200, 12']


def test_typing_without_its_text_tells_only_how_much():
    """Withheld keys read as dots and a number, never as a guess."""
    recording = Recording().element("entry", "Subject", why="focus")
    for _ in range(7):
        recording.key("letter")
    assert recording.told() == ['type ••• (7 letters) in field "Subject"']


def test_typing_with_its_text_reads_as_text_and_corrections_are_applied():
    """A run is told as it ended up in the field."""
    recording = Recording().key("letter", "H", 1).key("letter", "i").key("letter", "q")
    recording.key("edit", "BackSpace").key("symbol", "exclam", 1)
    assert recording.told() == ['type "Hi!"']


def test_one_withheld_key_withholds_the_whole_run():
    """Half of a text could be taken for all of it."""
    assert Recording().key("letter", "a").key("letter").key("letter", "b").told() == ["type ••• (3 letters)"]


def test_a_shortcut_is_named_and_counted():
    """Ctrl, Alt and Super make a shortcut; Shift alone does not."""
    recording = Recording().key("letter", "s", 4).wait(3000).key("letter", "z", 4).key("letter", "z", 4)
    assert recording.told() == ["press Ctrl+S", "press Ctrl+Z ×2"]


def test_a_named_key_is_told_by_its_name_or_its_class():
    """What the guard did not name is not named."""
    recording = Recording().key("enter", "Return").key("tab").key("tab")
    assert recording.told() == ["press Enter", "press Tab ×2"]


def test_scrolling_one_way_is_one_line():
    """A change of direction begins another."""
    recording = Recording().scroll(1).wait(100).scroll(2).wait(100).scroll(-1)
    assert recording.told() == ["scroll down 3 notches", "scroll up 1 notch"]


def test_gaps_and_withheld_input_are_told():
    """What is missing is said, with its length where that is known."""
    recording = Recording().mark("gap", "another app", 12_000).mark("withheld", "password").mark("gap", "lock screen")
    assert recording.told() == ["another app, 12 s", "not kept: password", "lock screen"]


def test_a_task_is_told_in_the_persons_words():
    """The instruction stands at the top of what was done for it."""
    recording = Recording().mark("task_begin", text="file the invoices").wait(10).key("enter", "Return").mark("task_end")
    assert recording.told() == ["task: file the invoices", "press Enter", "the task ends"]


def test_a_click_that_brings_another_program_to_the_front_belongs_to_it():
    """The window manager moves the focus between press and release."""
    recording = Recording().focus("mail").wait(9000).down().wait(30).focus("editor").wait(30).up()
    assert recording.told() == ["mail         window", "editor       click at 5, 5", "window"]


def test_a_page_is_named_when_it_changes():
    """The address stands beside the first act on it."""
    one = {"origin": "https://shop.test", "page": "/cart"}
    recording = Recording().down().wait(20).up().element("link", "Cart", ago=20, **one).wait(2000)
    recording.down().wait(20).up().element("link", "Pay", ago=20, **one)
    assert recording.told() == ['click link "Cart"  shop.test/cart', 'click link "Pay"']


def test_an_act_keeps_its_place_by_its_first_event():
    """A held button does not let later acts overtake it."""
    recording = Recording().down().wait(3000).key("enter", "Return").wait(3000).up()
    assert recording.told() == ["click at 5, 5", "press Enter"]


def test_a_title_cannot_steer_the_terminal():
    """Escape sequences, line breaks and characters that turn text around are not passed on."""
    evil = "a\x1b[2Jb\nc\u202ed\x07"
    (line,) = Recording().focus("mail", evil).told()
    assert line == 'mail         window "a\ufffd[2Jb c\ufffdd\ufffd"'


def test_a_title_of_a_megabyte_is_cut():
    """One line stays one line."""
    (line,) = Recording().focus("mail", "x" * 1_000_000).told()
    assert len(line) < 90
