"""Secrets put where a recorder could pick them up, on a real desktop, with every stream granted.

The canary must be in no file of the home, in no event read back, in no answer of `byhand show` and in no replay; and of
what was typed into a secret field not one key may be kept, because their number is its length.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from Xlib import X, Xatom, Xutil, display
from Xlib.xobject.drawable import Window as XWindow

from byhand.cli import main
from byhand.events.kinds import AnyEvent, Button, Element, Frame, Key, Mark, Numbered, Window, Wireframe
from byhand.privacy.frames.pixels import unpatch
from byhand.privacy.rules.keys import CONTROL
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person
from tests.recorder.site import Site

Give = Callable[..., Person]
COLOUR = 0xC3A55E
CANARY = "Zq7canary9Vx"
SHORT = CANARY[:6]  # enough of it to be found, where it is typed often
POLICY = """\
version = 1
streams = ["actions", "text", "timing", "pointer", "frames"]
[[apps]]
id = "mousepad"
[[apps]]
id = "xterm"
[[apps]]
id = "gtk-builder-tool"
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
[[sites]]
origin = "{private}"
"""
SAVE = "<p><button id=save>Save</button>"
SECRET = "<input type=password style='width:400px;height:60px;box-sizing:border-box'>"
INNER = "style='position:absolute;left:40px;top:80px;width:400px;height:60px;border:0'"
PAGES = {
    "fields": f"""<title>Settings</title><h1>Settings</h1>
        <p><label>Name <input id=subject autocomplete=off></label>
        <p><label>Password <input id=password type=password autocomplete=off></label>
        <button id=show onclick="password.type = 'text'">Show</button>
        {SAVE} <button id=anna>Message Anna Smith</button>""",
    "nameless": """<title>Settings</title><p><input id=secret type=password>
        <button id=show onclick="secret.type = 'text'">Show</button><p><input id=other>""",
    "autofocus": f"<title>Settings</title><p><input id=password type=password autofocus>{SAVE}",
    "frame": f"<title>Settings</title><iframe id=inner src=/bare {INNER}></iframe>{SAVE}",
    "bare": f"<body style='margin:0'>{SECRET}",
    "hidden": "<title>Settings</title><p><input id=inner type=password aria-hidden=true>",
    "search": "<title>Settings</title><p><input id=inner type=password role=searchbox aria-label=Search>",
    "shadow": f"""<title>Settings</title><div id=inner style="width:400px"></div>
        <script>inner.attachShadow({{mode: 'closed'}}).innerHTML = "{SECRET}"</script>""",
    "open": f"<body style='margin:0'>{SECRET.replace('type=password', 'aria-label=Subject')}",
    "pad": f"<title>Settings</title><div id=pad contenteditable style='width:500px;height:200px'></div>{SAVE}",
    "titled": f"<title>{CANARY} file</title>{SAVE}",
    "users": f"<title>Settings</title>{SAVE}",
    "payroll": f"<title>Settings</title><label>Name <input id=subject></label>{SAVE}",
    "titled-payslip": f"<title>Payslip May</title><label>Name <input id=subject></label>{SAVE}",
    "elsewhere": f"""<title>Settings</title><p><input id=subject aria-label={CANARY} autofocus>
        <p><button id=save>{CANARY}</button><p><button id=other>Save</button>""",
}


class Stage(NamedTuple):
    """A desktop, two listed sites (the second for a private window) and one nobody listed."""

    desktop: Desktop
    site: Site
    other: Site
    private: Site


class Attack:
    """A person at work on a desktop with an editor and a browser, and somebody who searches what was kept."""

    def __init__(self, stage: Stage, give: Give, hands: Hands) -> None:
        self.desktop, self.site, self.other, self.private = stage
        self.hands = hands
        self.person = give(policy=POLICY.format(origin=self.site.origin, private=self.private.origin))
        self._parts: dict[str, tuple[int, int]] = {}

    def start(self) -> None:
        process = spawn(self.person.home, self.person.grant.id)
        self.person.running.append(process)
        status = self.person.hear(process, "recording")
        assert status.error is None, status.error
        self.hands.rest(4)

    @contextlib.contextmanager
    def part(self, name: str) -> Generator[None]:
        """Names a time of the recording; `told` says in which of them events lie."""
        begun = time.monotonic_ns()
        yield
        self.hands.rest(1)
        self._parts[name] = begun, time.monotonic_ns()

    def told(self, events: Iterable[AnyEvent]) -> set[str]:
        parts = self._parts.items()
        return {next((name for name, (a, b) in parts if a <= one.mono_ns <= b), "between") for one in events}

    def open(self, page: str, *, focus: bool = True) -> None:
        """Show a page of the listed site, and give the browser the keyboard by a press on nothing."""
        self.site.go(page)
        wait_for(lambda: self.site.page == page and self.site.places, page)
        self.hands.rest(3)  # the browser's own tree follows the page a little later
        if focus:
            self.hands.click(860, 600)

    def press(self, name: str, *, site: Site | None = None) -> None:
        self.hands.click(*(site or self.site).places[name])

    def end(self) -> list[AnyEvent]:
        """Stop, look for the canary everywhere, and return what was kept."""
        self.hands.rest(4)
        last = self.person.end()
        assert last.error is None, last.error
        found = self.person.events()
        assert not self.person.home.joinpath("keys", CANARY).exists()
        for one in found:
            assert not holds(_plain(one)), f"event {one.seq} ({type(one.event).__name__})"
        shown = self.say("show", "last", "--json") + self.say("show", "last") + self.say("list", "--json")
        assert not holds(shown.encode()), "show"
        page = self.person.folder / "replay.html"
        self.say("replay", "last", "-o", str(page))
        for path in (page, *self.person.home.rglob("*")):
            assert not path.is_file() or not holds(path.read_bytes()), path.name
        return [one.event for one in found]

    @staticmethod
    def say(*words: str) -> str:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with contextlib.redirect_stdout(out):
            assert main(words) == 0, words
        out.flush()
        out.seek(0)
        return out.read()


def _plain(one: Numbered) -> bytes:
    """An event's every word, a frame's tiles unpacked."""
    if isinstance(one.event, Frame):
        return b"".join(tile.what for tile in unpatch(one.event.patch) if isinstance(tile.what, bytes))
    return msgspec.json.encode(one)


def holds(data: bytes) -> bool:
    """Is the canary, or a telling part of it, in these bytes, in any case?"""
    low = data.lower()
    return any(
        part.lower().encode(code) in low for part in (CANARY, CANARY[:6], CANARY[5:]) for code in ("utf-8", "utf-16-le")
    )


def struck(events: list[AnyEvent]) -> list[Key]:
    """Keys that bear text, or are held to type it, and were kept: going down or up."""
    text = ("letter", "digit", "symbol", "space", "edit")
    return [one for one in events if isinstance(one, Key) and (one.cls in text or one.keysym.startswith("Shift"))]


def withheld(events: list[AnyEvent]) -> list[str]:
    return [one.reason for one in events if isinstance(one, Mark) and one.what in ("withheld", "gap")]


def names(events: list[AnyEvent]) -> list[str]:
    return [one.name for one in events if isinstance(one, Element)]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A desktop with Chromium on a listed site, an editor and, beside it, a site nobody listed."""
    with Desktop(size=(1280, 800)) as desktop, Site(PAGES) as site, Site(PAGES) as other, Site(PAGES) as private:
        PAGES["foreign"] = PAGES["frame"].replace("/bare", other.origin + "/open")
        programs.browser(desktop, site.origin + "/fields")
        programs.editor(desktop)
        programs.place(desktop, "mousepad", 10, 40, 520, 300)
        programs.place(desktop, "chromium", 360, 40, 900, 700)
        wait_for(lambda: site.places, "the page", 30)
        yield Stage(desktop, site, other, private)


@pytest.fixture
def attack(stage: Stage, give: Give, monkeypatch: pytest.MonkeyPatch) -> Iterator[Attack]:
    for name, value in stage.desktop.env.items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    with Hands(stage.desktop.display, pace=0.15) as hands:
        yield Attack(stage, give, hands)


def test_no_field_for_a_secret_tells_of_a_key(attack: Attack) -> None:
    """However the field is reached, however soon one types and whatever the page calls it: no key of it is kept."""
    attack.open("fields")
    attack.open("autofocus", focus=False)  # it has the keyboard before the recording begins
    attack.start()
    hands, press = attack.hands, attack.press
    with attack.part("a field that had the keyboard before"):
        hands.type(SHORT)
    attack.open("fields")
    with attack.part("by mouse"):
        press("password")
        hands.type(SHORT)
    press("subject")
    with attack.part("at once after Tab"):
        hands.key("Tab")
        hands.type(SHORT)
    press("subject")
    with attack.part("at once after the press"):
        hands.move(*attack.site.places["password"])
        hands.press()
        hands.release()
        hands.type(SHORT)
    with attack.part("shown by the page"):
        press("show")
        press("password")
        hands.type(SHORT)
    attack.open("nameless")
    with attack.part("a field without a label, shown by the page"):
        press("secret")
        hands.type("Zq")
        press("show")
        press("secret")
        hands.type(SHORT)
    for page in ("frame", "hidden", "search", "shadow"):
        attack.open(page)
        with attack.part(page):
            press("inner")
            hands.type(SHORT)
    attack.open("fields")
    with attack.part("a page that opens on its password field"):
        attack.site.go("autofocus")
        wait_for(lambda: attack.site.page == "autofocus", "the page")
        hands.type(SHORT)
    attack.open("fields")
    press("subject")
    hands.rest(4)
    hands.type(".")  # no secret, and of another class than any key of the secret
    events = attack.end()
    assert [one.cls for one in struck(events)] == ["symbol", "symbol"], attack.told(struck(events))
    assert "password field" in withheld(events)


def test_a_frame_of_another_site_in_a_listed_page(attack: Attack) -> None:
    """Who sits inside the page is judged by their own address: nothing typed there is kept, nor what was pressed."""
    attack.open("foreign")
    attack.start()
    attack.press("inner")
    attack.hands.type(CANARY)
    events = attack.end()
    assert struck(events) == []
    assert not [one for one in events if isinstance(one, Element) and one.role == "entry"]


def test_text_on_a_page_is_counted_but_not_read(attack: Attack) -> None:
    """An editable part of a page, and a word pasted into a field: classes of keys and nothing of the words."""
    attack.open("pad")
    attack.start()
    attack.press("pad")
    attack.hands.type(CANARY + " ")
    attack.hands.key("a", "Control_L")
    attack.hands.key("c", "Control_L")
    attack.press("pad")
    attack.open("fields")
    attack.press("subject")
    attack.hands.key("v", "Control_L")
    attack.press("subject")
    attack.press("anna")
    events = attack.end()
    assert {key.keysym for key in struck(events) if not key.mods & CONTROL and key.cls != "modifier"} <= {""}
    assert any(key.keysym == "v" and key.mods & CONTROL for key in struck(events))
    assert not any("Anna" in name or "Smith" in name for name in names(events))
    assert "push button" in {one.role for one in events if isinstance(one, Element)}


def test_titles_and_addresses_with_names_in_them(attack: Attack, tmp_path: Path) -> None:
    """A page's title, a file's name in a title, an id and a token in an address: none of it is kept."""
    attack.open("fields")
    attack.start()
    attack.open("titled")
    attack.press("save")
    attack.site.go(f"users/{CANARY}/4711?token={CANARY}#{CANARY}")
    wait_for(lambda: attack.site.page.startswith("users"), "the page")
    attack.hands.rest(3)
    attack.press("save")
    note = tmp_path / f"{CANARY}.txt"
    note.write_text(CANARY)
    editor = programs.editor(attack.desktop, str(note))
    attack.hands.rest(4)
    editor.terminate()
    editor.wait(10)
    attack.hands.rest(2)
    events = attack.end()
    told = {one.title for one in events if isinstance(one, Window)}
    paths = {title for title in told if title.endswith("<FILE>.txt - Mousepad")}
    assert told - paths <= {"", "Settings", "Settings - Chromium"}
    assert not any(CANARY in title for title in told)
    pages = {one.page for one in events if isinstance(one, Element) and one.name == "Save"}
    assert any("{" in page and "?" not in page for page in pages), pages


def test_a_gtk_password_entry(attack: Attack, tmp_path: Path) -> None:
    """An entry that hides what is typed, in a program's own dialog."""
    if not shutil.which("gtk-builder-tool"):
        pytest.skip("gtk-builder-tool (package libgtk-3-bin) is not installed")
    form = tmp_path / "form.ui"
    form.write_text(
        """<interface><object class="GtkWindow" id="top"><property name="title">Settings</property><child>
        <object class="GtkBox"><property name="visible">1</property><child>
        <object class="GtkEntry"><property name="visible">1</property><property name="width-request">400</property>
        <property name="visibility">0</property></object></child></object></child></object></interface>"""
    )
    attack.start()
    dialog = attack.desktop.run("gtk-builder-tool", "preview", "--id=top", str(form))
    wait_for(lambda: programs.window_of(attack.desktop, "gtk-builder-tool"), "the dialog")
    attack.hands.rest(4)
    attack.hands.type(CANARY)
    dialog.terminate()
    dialog.wait(10)
    events = attack.end()
    assert struck(events) == []
    assert "password field" in withheld(events)


def test_a_listed_terminal_tells_nothing_of_what_is_typed(attack: Attack) -> None:
    """Without an accessibility tree a password prompt looks like any other line."""
    attack.start()
    terminal = programs.terminal(attack.desktop)
    attack.hands.rest(4)
    attack.hands.type(CANARY)
    terminal.terminate()
    terminal.wait(10)
    attack.hands.rest(1)
    events = attack.end()
    assert struck(events) == []
    assert "no accessibility tree" in withheld(events)


def test_a_private_window_of_a_listed_browser(attack: Attack) -> None:
    """On a listed page too: nothing of it, not even that it was pressed."""
    attack.open("fields")
    attack.start()
    with attack.part("private"):
        browser = programs.browser(attack.desktop, attack.private.origin + "/fields", private=True)
        wait_for(lambda: attack.private.places, "the private page")
        attack.hands.rest(5)
        for field in ("subject", "password"):
            attack.press(field, site=attack.private)
            attack.hands.type(SHORT)
        attack.press("save", site=attack.private)
    browser.terminate()
    browser.wait(10)
    attack.press("save")
    events = attack.end()
    assert struck(events) == []
    acts = [one for one in events if isinstance(one, Element | Button)]
    assert "Save" in names(events)
    assert "private" not in attack.told(acts)
    assert "another site" in withheld(events)


def test_another_site_in_the_same_browser(attack: Attack) -> None:
    """Typed into the address bar, used, and left again: nothing of the site, and the listed one is kept afterwards."""
    attack.open("fields")
    attack.start()
    with attack.part("address bar"):
        attack.hands.key("l", "Control_L")
        attack.hands.type(attack.other.origin.removeprefix("http://") + "/elsewhere\n")
    wait_for(lambda: attack.other.places, "the other site")
    with attack.part("the other site"):
        attack.hands.type(CANARY)
        attack.press("subject", site=attack.other)
        attack.hands.type(CANARY)
        attack.press("save", site=attack.other)
        attack.press("other", site=attack.other)
    attack.site.page = ""
    attack.hands.key("Left", "Alt_L")
    wait_for(lambda: attack.site.page == "fields", "the way back")
    attack.hands.rest(3)
    attack.press("save")
    events = attack.end()
    assert attack.told(struck(events)) <= {"address bar"}
    assert {one.origin for one in events if isinstance(one, Element)} <= {"", attack.site.origin}
    assert "another site" in withheld(events)
    assert [one.why for one in events if isinstance(one, Element) and one.name == "Save"].count("press") == 1


@pytest.mark.parametrize("page", ["payroll", "titled-payslip"])
def test_a_payslip_on_a_listed_site(attack: Attack, page: str) -> None:
    """Known by its address or by its title alone: told like a site nobody listed, and what follows is kept again."""
    attack.open("fields")
    attack.start()
    attack.press("save")
    with attack.part("payslip"):
        attack.open(page)
        attack.press("subject")
        attack.hands.type(SHORT)
        attack.press("save")
        attack.hands.rest(6)
    attack.open("fields")
    with attack.part("afterwards"):
        for _ in range(3):  # a busy browser may take longer to answer than a press waits
            attack.press("save")
            attack.hands.rest(5)
    events = attack.end()
    assert struck(events) == []
    assert "another site" in withheld(events)
    assert "private context" not in withheld(events)
    pressed = [one for one in events if isinstance(one, Element) and one.name == "Save" and one.why == "press"]
    assert attack.told(pressed) == {"between", "afterwards"}


class Intruder:
    """Another program with windows of its own colour."""

    def __init__(self, desktop: Desktop) -> None:
        self.connection = display.Display(desktop.display)

    def window(
        self, x: int, y: int, w: int, h: int, *, colour: int, override: bool, app: str, above: bool = False
    ) -> XWindow:
        screen = self.connection.screen()
        made = screen.root.create_window(
            x, y, w, h, 0, screen.root_depth, X.InputOutput, background_pixel=colour, override_redirect=override
        )
        made.set_wm_class(app, app)
        made.change_property(self.connection.intern_atom("_NET_WM_NAME"), Xatom.STRING, 8, CANARY.encode())
        if above:
            atoms = [self.connection.intern_atom("_NET_WM_STATE_ABOVE")]
            made.change_property(self.connection.intern_atom("_NET_WM_STATE"), Xatom.ATOM, 32, atoms)
        made.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize, x=x, y=y, width=w, height=h)
        made.map()
        made.raise_window()
        self.connection.sync()
        return made

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def intruder(stage: Stage) -> Iterator[Intruder]:
    one = Intruder(stage[0])
    yield one
    one.close()


@pytest.mark.parametrize("managed", [True, False])
def test_an_unlisted_window_over_a_listed_one_is_in_no_frame(
    attack: Attack,
    intruder: Intruder,
    managed: bool,
) -> None:
    """A notification or a window kept above, the page having the focus: its pixels are not kept."""
    attack.open("fields")
    attack.start()
    attack.press("save")
    x, y = attack.site.places["save"]
    over = intruder.window(x - 60, y - 30, 200, 80, colour=COLOUR, override=not managed, app="bank", above=True)
    attack.hands.rest(6)
    attack.press("subject")
    attack.hands.rest(6)
    attack.hands.click(x, y)
    attack.press("subject")
    attack.hands.rest(6)
    over.destroy()
    intruder.connection.sync()
    events = attack.end()
    frames = [one for one in events if isinstance(one, Frame)]
    shown = [tile.rgb() for frame in frames for tile in unpatch(frame.patch)]
    assert any(len(set(pixels)) > 8 for pixels in shown)
    assert not any(COLOUR.to_bytes(3, "big") * 2 in pixels for pixels in shown)


def test_no_picture_while_another_program_records_the_screen(attack: Attack, intruder: Intruder) -> None:
    """As long as its window is open, wherever it lies; what is pressed is kept, and pictures come back afterwards."""
    attack.open("fields")
    attack.start()
    attack.press("save")
    attack.hands.rest(6)
    recorder = intruder.window(5, 700, 60, 40, colour=COLOUR, override=False, app="obs")
    attack.hands.rest(6)
    with attack.part("shared"):
        attack.press("save")
        attack.open("nameless")
        attack.hands.rest(8)
    recorder.destroy()
    intruder.connection.sync()
    attack.hands.rest(4)
    with attack.part("after"):
        attack.open("pad")
        attack.press("save")
        attack.hands.rest(8)
    events = attack.end()
    looks = attack.told(one for one in events if isinstance(one, Frame | Wireframe))
    assert "shared" not in looks
    assert "after" in looks
    assert "shared" in attack.told(one for one in events if isinstance(one, Button))


@pytest.mark.parametrize("covers", [True, False])
def test_a_locker_that_takes_the_keyboard(attack: Attack, intruder: Intruder, covers: bool) -> None:
    """A window over all, or a small one, that grabs the keyboard while a listed field has the focus."""
    attack.open("fields")
    attack.press("subject")
    attack.start()
    box = (0, 0, 1280, 800) if covers else (500, 300, 200, 100)
    locker = intruder.window(*box, colour=0, override=True, app="mousepad")
    locker.grab_keyboard(True, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
    intruder.connection.sync()
    attack.hands.type(CANARY)
    intruder.connection.ungrab_keyboard(X.CurrentTime)
    locker.destroy()
    intruder.connection.sync()
    attack.hands.rest(4)
    events = attack.end()
    assert struck(events) == []
