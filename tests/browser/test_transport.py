"""Nothing is lost on the way, nothing is told that may not be, and no page can find, forge or slow anything."""

from __future__ import annotations

import collections
from typing import Any

import pytest
from playwright.sync_api import Page

from byhand.events.browser import Batch, PageTold, Press, Seen, Stroke
from tests.browser.pretend import ID, PAGES, Rig


def strokes(rig: Rig) -> list[str]:
    return [one.key for one in rig.pretend.flush() if isinstance(one, Stroke) and one.down]


def no_holes(batches: list[Batch]) -> None:
    """Each document's numbers follow each other."""
    ends: dict[str, int] = collections.defaultdict(lambda: -1)
    for batch in batches:
        end = ends[batch.document]
        assert end == -1 or batch.first <= end, "a hole"
        ends[batch.document] = max(end, batch.first + len(batch.events))


def test_events_are_numbered_from_nought_and_come_in_order(rig: Rig):
    """From the first one on, each once."""
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("abcdefghij")
    rig.pretend.flush()
    mine = [one for one in rig.pretend.batches() if one.url.endswith("form.html")]
    assert mine[0].first == 0
    no_holes(mine)
    times = [event.at for batch in mine for event in batch.events if not isinstance(event, Seen)]
    assert times == sorted(times)


def test_what_was_not_acknowledged_comes_again(rig: Rig):
    """The native host dies with what it was carrying."""
    page = rig.open("form.html")
    page.click("#name")
    rig.pretend.flush()
    rig.pretend.deaf = True
    page.keyboard.type("abc")
    rig.pretend.flush()
    rig.pretend.forget()
    rig.pretend.deaf = False
    rig.pretend.hang_up()
    page.keyboard.type("def")
    rig.pretend.until(lambda: sum(isinstance(one, Stroke) and one.down for one in rig.pretend.events()) == 6)
    assert strokes(rig) == list("abcdef")


def test_a_killed_worker_costs_nothing(rig: Rig):
    """Killed three times while somebody types."""
    page = rig.open("form.html")
    page.click("#name")
    for part in ("abc", "def", "ghi"):
        page.keyboard.type(part)
        rig.kill_worker()
        page.bring_to_front()
        page.keyboard.type(part.upper())
    rig.pretend.until(lambda: sum(isinstance(one, Stroke) and one.down for one in rig.pretend.events()) == 18, 15)
    assert strokes(rig) == list("abcABCdefDEFghiGHI")
    no_holes([one for one in rig.pretend.batches() if one.url.endswith("form.html")])


def test_what_was_done_just_before_leaving_is_told(rig: Rig):
    """A page that goes away in the middle of a burst."""
    for round_ in range(3):
        page = rig.open(f"form.html?{round_}")
        page.click("#name")
        page.keyboard.type("abcdefghijklmnop")
        page.goto(f"{rig.mine}/inner.html?{round_}")
        assert strokes(rig) == list("abcdefghijklmnop")
        assert "left" in [one.what for one in rig.pretend.events() if isinstance(one, PageTold)]


def test_a_press_in_another_sites_frame_just_before_leaving_is_told(rig: Rig):
    """Its process is ended with the page around it: what had not left it by then is lost."""
    for round_ in range(5):
        page = rig.open(f"frames.html?{round_}")
        inside = page.frame_locator("#cross").locator("#in")
        inside.click()
        page.goto("about:blank")
        pressed = [one.element.name for one in rig.pretend.flush() if isinstance(one, Press) and one.element]
        assert pressed == ["Inner"]


def test_leaving_while_the_worker_is_dead_costs_nothing(rig: Rig):
    """The last words of a page are kept until there is somebody to hear them."""
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("abc")
    rig.kill_worker()
    page.bring_to_front()
    page.keyboard.type("xyz")
    page.goto(f"{rig.mine}/inner.html")
    rig.pretend.until(lambda: sum(isinstance(one, Stroke) and one.down for one in rig.pretend.events()) == 6)
    assert strokes(rig) == list("abcxyz")


def test_a_page_left_at_once_is_still_told(rig: Rig):
    """Before anybody could say whether it may be: all keys that the page itself saw."""
    for round_ in range(2):
        page = rig.open(f"form.html?{round_}")
        page.goto(f"{rig.mine}/keys.html?{round_}", wait_until="commit")
        page.keyboard.press("a")
        page.keyboard.press("b")
        page.goto(f"{rig.mine}/form.html?next")
        seen = page.evaluate("sessionStorage.seen ?? ''")
        page.evaluate("sessionStorage.clear()")
        rig.pretend.until(lambda seen=seen: len(rig.pretend.events()) >= len(seen) + 2)
        page.wait_for_timeout(500)
        assert strokes(rig) == list(seen)


def test_back_and_forward_go_on_where_they_were(rig: Rig):
    """A page from the back-forward cache is the same document, with the same numbers."""
    page = rig.open("form.html")
    page.click("#save")
    page.goto(f"{rig.also}/inner.html")
    page.go_back()
    page.wait_for_timeout(200)
    page.click("#save")
    assert len(rig.acts("press")) == 2
    no_holes(rig.pretend.batches())


def test_an_unlisted_site_tells_nothing_at_all(rig: Rig):
    """Neither what is done there nor its address, also in the words about tabs."""
    page = rig.open("form.html")
    page.goto(f"{rig.other}/form.html?secret-address")
    page.click("#save")
    page.keyboard.type("abc")
    page.wait_for_timeout(300)
    rig.pretend.flush()
    assert "secret-address" not in repr([(one.url, one.top) for one in rig.pretend.batches()])
    assert rig.acts("press", "key") == []
    other = rig.context.new_page()
    other.goto(f"{rig.other}/inner.html?secret-address")
    other.close()
    rig.pretend.until(lambda: [one.what for one in rig.pretend.tabs()].count("tab closed") == 1)
    assert {(one.url, one.title) for one in rig.pretend.tabs() if one.what == "tab opened"} == {("", "")}


@pytest.mark.parametrize("how", ["paused", "absent", "hushed"])
def test_nothing_is_told_while_it_is_off_and_all_after_it_is_on_again(rig: Rig, how: str):
    """Paused, no recorder, paused on this site: pages listen to nothing and keep nothing."""
    page = rig.open("form.html")
    off: dict[str, Any] = {
        "paused": lambda: rig.records(state="paused", sites=()),
        "absent": rig.pretend.says_absent,
        "hushed": lambda: rig.records(hushed=(rig.mine,)),
    }
    page.click("#name")
    off[how]()
    page.wait_for_timeout(300)
    rig.pretend.forget()
    page.keyboard.type("never")
    page.wait_for_timeout(200)
    rig.records()
    page.wait_for_timeout(400)
    page.keyboard.type("yes")
    assert strokes(rig) == list("yes")


def test_a_forged_event_is_counted_and_not_told(rig: Rig):
    """Also what follows from a script's own click."""
    page = rig.open("form.html")
    page.evaluate("""() => {
        const agree = document.getElementById('agree');
        agree.click();
        agree.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
        agree.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: 'x'}));
        agree.dispatchEvent(new Event('change', {bubbles: true}));
        const typed = new InputEvent('input', {bubbles: true, inputType: 'insertText'});
        document.getElementById('name').dispatchEvent(typed);
    }""")
    page.click("#save")
    told = rig.acts()
    assert [one.element.name for one in told] == ["Save"]
    assert sum(batch.scripted for batch in rig.pretend.batches()) >= 5


def test_a_hundred_thousand_forged_events_cost_next_to_nothing(rig: Rig):
    """No more than some times what they cost where nobody listens; and what a person does behind them is told."""
    page = rig.open("form.html")
    burst = """(kind) => {
        const agree = document.getElementById('agree'); const start = performance.now();
        for (let i = 0; i < 100000; i++) agree.dispatchEvent(new PointerEvent(kind, {bubbles: true}));
        return performance.now() - start;
    }"""
    pairs = [(page.evaluate(burst, "pointermove"), page.evaluate(burst, "pointernobody")) for _ in range(3)]
    assert min(ours / bare for ours, bare in pairs) < 5
    page.click("#save")
    assert [one.element.name for one in rig.acts("press")] == ["Save"]


def test_a_page_that_breaks_its_own_world_does_not_break_ours(rig: Rig):
    """Prototypes, clobbered names, an attribute of five megabytes."""
    page = rig.open("form.html")
    page.evaluate((PAGES / "hostile.js").read_text("utf-8"))
    page.mouse.click(*_middle(page, "#save"))
    press = rig.acts("press")[0]
    assert press.element.role == "button"
    assert len(press.element.name) <= 300


def _middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_page_can_not_find_the_extension(rig: Rig):
    """No file of it can be loaded, nothing of it stands in the page's world, and the page's tree stays as it was."""
    page = rig.open("inner.html")
    before = page.content()
    page.click("#in")
    page.wait_for_timeout(500)
    found = page.evaluate((PAGES / "probe.js").read_text("utf-8"), ID)
    assert found == {"got": False, "image": False, "names": [], "runtime": "undefined", "entries": []}
    assert page.content() == before


def test_pages_with_a_strict_policy_are_told_like_others(rig: Rig):
    """A content script is no part of what the page's policy forbids."""
    page = rig.open("inner.html?csp")
    page.click("#in")
    assert rig.acts("press")[0].element.name == "Inner"


def test_too_much_while_nobody_listens_is_dropped_and_counted(rig: Rig):
    """The oldest goes; how many they were is told."""
    page = rig.open("form.html")
    page.click("#name")
    rig.pretend.flush()
    rig.pretend.forget()
    rig.inside(
        page,
        "for (let i = 0; i < 6000; i++) outbox.tell({kind: 'key', at: i, down: true, key: 'k', code: '', mods: 0, "
        "repeat: false, trusted: true})",
    )
    told = strokes(rig)
    skipped = sum(batch.skipped for batch in rig.pretend.batches())
    assert skipped >= 1000
    assert len(told) + skipped == 6000
