"""The page: it stands alone, sends nothing, and shows untrusted text as text. In a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, sync_playwright

from byhand.events.kinds import Numbered
from byhand.ui.replay import MODULES, render, unlinked
from byhand.ui.replay.scene import scene

from .recordings import CALC, MAIL, Pen, crowd, framed, header, numbered, office, paged, wired

HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=document.title='owned'>{{data}}"
REPLAY = "document.querySelector('byhand-replay')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A replay in a page of its own, with everything it asked for and complained about."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", scheme: str = "light") -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri() + fragment)
        self.page.wait_for_selector("byhand-replay[ready]")
        self.file = file

    def until(self, condition: str) -> None:
        """Wait in steps from here: the page's own policy forbids to wait inside it."""
        for _ in range(500):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"it never came to {condition}")

    def seconds(self) -> float:
        return self.page.evaluate(f"{REPLAY}.t") / 1000

    def strangers(self) -> list[str]:
        """Requests for anything but the page itself and data it holds."""
        return [url for url in self.asked if not url.startswith(("data:", self.file.as_uri()))]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    file = tmp_path / "replay.html"
    file.write_text(render(header("actions", "pointer"), office(), title="Office"), "utf-8")
    one = Opened(browser, file)
    yield one
    one.page.close()


def test_no_request_leaves_the_page(browser: Browser, tmp_path: Path):
    """Opened, played and searched, with frames and without: it asks for nothing and its own policy is content."""
    for name, events in (("frames", framed()), ("events", office())):
        file = tmp_path / f"{name}.html"
        file.write_text(render(header("actions", "frames"), events, title=name), "utf-8")
        one = Opened(browser, file)
        for t in (2600, 9500, 13000, 40000, 100):
            one.page.evaluate(f"{REPLAY}.seek({t})")
        one.page.keyboard.press("Space")
        one.until(f"{REPLAY}.t > 300")
        assert one.strangers() == []
        assert one.complaints == []
        one.page.close()


def test_the_policy_allows_only_what_is_in_the_page():
    """Everything is forbidden but pictures in the data and the one script and style by their hashes."""
    page = render(header(), office(), title="t")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    parts = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["img-src"] == "data:"
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", parts["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", parts["style-src"])
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|https?://(?!www\.w3\.org/2000/svg)", page.split("<body>")[0])


def test_text_of_a_recording_is_never_markup(browser: Browser, tmp_path: Path):
    """Script and markup in titles, names, reasons and instructions stand there as text and do nothing."""
    pen = Pen()
    pen.window(0, HOSTILE, HOSTILE, MAIL, 1)
    pen.mark(0.1, "task_begin", text=HOSTILE)
    pen.click(1, HOSTILE, HOSTILE, (100, 100, 90, 30))
    pen.mark(2, "withheld", HOSTILE)
    pen.mark(3, "gap", HOSTILE, 2000)
    file = tmp_path / "hostile.html"
    file.write_text(render(header(), pen.done(), title=HOSTILE), "utf-8")
    one = Opened(browser, file)
    for t in (0, 1100, 2100, 3000):
        one.page.evaluate(f"{REPLAY}.seek({t})")
    assert one.page.title().startswith("</script><script>document.title=")
    assert one.page.locator("img, byhand-replay script:not([type='application/json'])").count() == 0
    assert one.page.locator("h1").inner_text().startswith("</script>")
    assert one.strangers() == []
    assert one.complaints == []


def test_the_data_block_holds_no_markup_character():
    """Nothing in the data can end its script element."""
    pen = Pen()
    pen.window(0, "app", HOSTILE + "<!--\ud800", MAIL, 1)
    page = render(header(), pen.done(), title="t")
    data = page.split('<script type="application/json">')[1].split("</script>")[0]
    assert not set("<>&") & set(data)
    assert json.loads(data)["windows"][0][5].startswith("</script>")


def test_a_link_to_a_time_is_honoured_and_kept_up(browser: Browser, opened: Opened):
    """`#t=12.5` opens there; seeking changes the address."""
    one = Opened(browser, opened.file, "#t=12.5")
    assert one.seconds() == 12.5
    one.page.keyboard.press("ArrowRight")
    assert one.page.url.endswith("#t=13.5")
    one.page.evaluate("location.hash = '#t=3'")
    one.until(f"{REPLAY}.t === 3000")
    one.page.close()


def test_the_keyboard_is_enough(opened: Opened):
    """Home, end, arrows, act by act, speed, idle and play, all without a pointer."""
    keys = opened.page.keyboard
    keys.press("End")
    assert opened.seconds() == opened.page.evaluate(f"{REPLAY}.scene.duration") / 1000
    keys.press("Home")
    keys.press("Shift+ArrowRight")
    assert opened.seconds() == 10
    keys.press("ArrowUp")
    assert opened.page.locator(".row[aria-selected=true] .words").inner_text() == 'click dropdown "Priority"'
    keys.press("ArrowDown")
    assert opened.page.locator(".row[aria-selected=true] .words").inner_text() == 'click menu item "High"'
    keys.press("4")
    assert opened.page.locator("button[aria-pressed=true]").all_inner_texts() == ["4×"]
    keys.press("i")
    assert opened.page.locator("button.idle").get_attribute("aria-pressed") == "true"
    before = opened.seconds()
    keys.press("Space")
    opened.until(f"{REPLAY}.t > {before * 1000 + 200}")
    keys.press("Space")
    assert opened.page.evaluate(f"{REPLAY}.playing") is False


def test_clicks_seek(opened: Opened):
    """A row and a place on the timeline both lead to their time, and the row becomes the current one."""
    opened.page.locator(".row", has_text="Reply").click()
    assert opened.seconds() == 2.4
    box = opened.page.locator("canvas.timeline").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + box["width"] - 14, box["y"] + 60)
    assert opened.seconds() == opened.page.evaluate(f"{REPLAY}.scene.duration") / 1000
    assert opened.page.locator("canvas.timeline").get_attribute("aria-valuetext") == "0:47.0 · the recording ends"


def test_typed_keys_show_as_dots_and_withheld_input_as_a_lock(opened: Opened):
    """No letter stands where only a class was kept; shortcuts show as caps."""
    opened.page.evaluate(f"{REPLAY}.seek(5000)")
    assert opened.page.locator(".caps .dot-letter").count() > 5
    assert opened.page.locator(".caps").inner_text().strip() == ""
    opened.page.evaluate(f"{REPLAY}.seek(10500)")
    assert opened.page.locator(".caps kbd").all_inner_texts() == ["Ctrl", "S"]
    opened.page.evaluate(f"{REPLAY}.seek(34500)")
    assert "withheld · password field" in opened.page.locator(".caps").inner_text()


def test_a_gap_is_folded(opened: Opened):
    """Twelve unknown seconds take less of the timeline than their share, and are named."""
    view = opened.page.evaluate(
        f"{REPLAY}.timeline.map.stretches.filter(one => one.kind === 'gap').map(one => [one.label, one.end - one.at])"
    )
    assert len(view) == 1
    assert view[0][0] == "another app, 12 s"
    assert view[0][1] < 6000


def test_a_gap_is_folded_though_the_pointer_came_back_before_its_end(browser: Browser, tmp_path: Path):
    """The pointer moves over a listed program before the keyboard does: the gap is drawn where nothing is."""
    pen = Pen()
    pen.window(0, "mail", "", MAIL, 1)
    pen.path(9, 9.8, (100, 100), (400, 300))
    pen.mark(10, "gap", "another app", 8_000)
    pen.window(10.01, "mail", "", MAIL, 1)
    file = tmp_path / "gap.html"
    file.write_text(render(header(), pen.done(), title="gap"), "utf-8")
    one = Opened(browser, file)
    assert one.page.evaluate(f"{REPLAY}.scene.gaps.map(gap => [gap.from, gap.to, gap.label])") == [
        [2000, 9000, "another app, 8 s"]
    ]
    one.page.close()


def test_the_stage_paints_the_frames(browser: Browser, tmp_path: Path):
    """Where frames were kept, the stage shows them, whichever way one came to that time."""
    file = tmp_path / "frames.html"
    file.write_text(render(header("actions", "frames"), framed(), title="f"), "utf-8")
    one = Opened(browser, file)
    pixel = f"""(x, y) => [...{REPLAY}.stage.frames.paper.getImageData(x, y, 1, 1).data]"""
    for t in (500, 9500, 500):
        one.page.evaluate(f"{REPLAY}.seek({t})")
        one.until(f"{REPLAY}.stage.frames.laid === {3 if t > 9000 else 1}")
    assert one.page.evaluate(f"({pixel})(5, 5)") == [0xDD, 0xE2, 0xEA, 255]
    assert one.page.evaluate(f"({pixel})(500, 400)") != [0, 0, 0, 0]
    one.page.close()


def test_a_wireframe_is_drawn_as_the_boxes_of_its_window(browser: Browser, tmp_path: Path):
    """The newest one tells all of the window; going back in time shows the one before. Elements add nothing to it."""
    file = tmp_path / "wired.html"
    file.write_text(render(header("actions"), wired(), title="w"), "utf-8")
    one = Opened(browser, file)
    boxes = f"[...{REPLAY}.stage.desktop.front().sketch.values()].map(box => box.role + ':' + box.name)"
    for t, count in ((3200, 3), (500, 2)):
        one.page.evaluate(f"{REPLAY}.seek({t})")
        assert one.page.evaluate(boxes) == ["document web:", "entry:Invoice number", "push button:Save"][:count]
    assert one.page.evaluate(f"{REPLAY}.timeline.lanes.at(-1).name") == "wireframes"
    assert one.page.evaluate(f"{REPLAY}.scene.data.texts") == [[1900, 2, "typed", "twelve invoices"]]
    assert one.complaints == []
    one.page.close()


def test_a_recording_without_events_opens(browser: Browser, tmp_path: Path):
    """Nothing kept is something to show, not an error."""
    file = tmp_path / "empty.html"
    file.write_text(render(header(), [], title="empty"), "utf-8")
    one = Opened(browser, file)
    assert "Nothing was kept" in one.page.locator(".story-list").inner_text()
    assert one.complaints == []
    one.page.close()


def test_a_hundred_thousand_points_cost_no_more_to_draw(browser: Browser, tmp_path: Path):
    """A timeline draw copies one picture: it walks through no event, however many there are."""
    file = tmp_path / "crowd.html"
    file.write_text(render(header("actions", "pointer"), crowd(100_000), title="crowd"), "utf-8")
    one = Opened(browser, file)
    assert one.page.evaluate(f"{REPLAY}.scene.motion.t.length") == 100_000
    walked = one.page.evaluate(f"""() => {{
        const {{ timeline }} = {REPLAY};
        let steps = 0;
        timeline.scene = new Proxy(timeline.scene, {{ get: (of, name) => {{ steps++; return of[name]; }} }});
        timeline.draw(50000);
        return steps;
    }}""")
    assert walked == 0
    assert one.complaints == []
    one.page.close()


def test_modules_are_joined_without_links():
    """The modules stay importable one by one, and no import or export is left in the page's one script."""
    page = render(header(), list[Numbered](), title="t")
    script = page.split('<script type="module">')[1]
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    assert all(unlinked(f"export class {name[:-3].title()} {{}}\n").startswith("class") for name in MODULES)


def test_a_page_is_drawn_as_the_boxes_that_its_browser_told_of():
    """In device pixels of the desktop, where they were; a frame in the page does not take its place."""
    made = scene(header("actions"), paged(), "p")
    assert [(row[0], row[2], row[3:7]) for row in made.wireframes] == [
        (300, 0, (560, 260, 640, 400)), (2900, 0, (560, 260, 640, 400)),
    ]  # fmt: skip
    assert made.wireframes[0][7][1:] == [
        ("textbox", "Invoice number", 640, 270, 320, 34), ("button", "Save", 1060, 580, 100, 36),
    ]  # fmt: skip
    assert "canary" not in str(made.wireframes)


def test_where_no_desktop_was_watched_its_pages_are_as_large_as_it():
    """A browser alone, or a run: else there would be nothing to draw on."""
    blind = replace(header("actions"), screen_w=0, screen_h=0, monitors=())
    assert scene(blind, paged(), "p").screen == (560 + 640, 260 + 400)
    assert scene(header("actions"), paged(), "p").screen == (1280, 800)


def test_where_a_window_is_known_as_boxes_its_page_is_not_drawn_over_it():
    """The desktop knows the whole window."""
    both = [one.event for one in (*wired(), *paged())]
    made = scene(header("actions"), numbered(sorted(both, key=lambda event: event.mono_ns)), "p")
    assert {row[2] for row in made.wireframes} == {1}


@pytest.mark.parametrize(("box", "window"), [(CALC, 1), ((0, 0, 0, 0), 0)])
def test_a_page_lies_in_the_window_in_front(
    browser: Browser, tmp_path: Path, box: tuple[int, int, int, int], window: int
):
    """Or in one of its own, where no window has a size: nothing is known of them without a desktop."""
    file = tmp_path / "paged.html"
    file.write_text(render(header("actions"), paged(box), title="p"), "utf-8")
    one = Opened(browser, file)
    sketch = f"[...{REPLAY}.stage.desktop.windows.get({window}).sketch.values()].map((box) => box.name)"
    one.page.evaluate(f"{REPLAY}.seek(500)")
    assert one.page.evaluate(sketch) == ["", "Invoice number", "Save"]
    one.page.evaluate(f"{REPLAY}.seek(3500)")
    assert one.page.evaluate(sketch) == ["", "Invoice number", "Send"]
    assert one.complaints == []
    one.page.close()
