"""Everybody can use the pages: without a mouse, with a screen reader, small, large, in the dark. In a real browser."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.review.conftest import Visiting
from tests.review.visiting import FRAMED, Visit, newest

REVIEW = "document.querySelector('byhand-review')"
DESKTOP, PHONE = (1280, 900), (390, 844)


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_serious_on_any_page(
    visiting: Visiting, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    """List, ledger, the three tabs of a recording, each form, and the questions before what is final."""
    visit = visiting(scheme=scheme, size=size, motion="reduce")
    page = visit.page
    page.locator(".card").nth(2).wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Forget the last minutes").click()
    assert violations(page) == []
    page.goto(f"{visit.origin}/ledger")
    page.locator(".entry").first.wait_for()
    assert violations(page) == []
    visit.open(newest(visit.home))
    assert violations(page) == []
    for tool in ("Cut an app", "Cut a time", "Paint over the picture", "Name the task", "Note a correction"):
        page.get_by_role("button", name=tool).click()
        assert violations(page) == [], tool
        page.keyboard.press("Escape")
    visit.row('click button "Save"').click()
    page.keyboard.press("Delete")
    visit.says("cut")
    page.get_by_role("searchbox").fill("nothing like it")
    assert violations(page) == []
    page.get_by_role("tab", name="What was masked").click()
    page.locator(".sort").first.wait_for()
    assert violations(page) == []
    visit.stored()
    assert violations(page) == []
    page.get_by_role("button", name="Approve exactly these bytes").click()
    assert violations(page) == []
    visit.confirm("Yes, approve")
    page.get_by_role("heading", name="You approved these bytes").wait_for()
    assert violations(page) == []
    visit.open(newest(visit.home, "mine"), "leave")
    page.locator("#leave table tbody tr").first.wait_for()
    assert violations(page) == []


def test_the_whole_way_by_keyboard_alone(visit: Visit) -> None:
    """From the list to an approval: open, play, choose, cut, undo, redo, look at the bytes, approve."""
    page, keys = visit.page, visit.page.keyboard
    link = page.get_by_role("link", name="answer the mail and save the notes")
    link.wait_for()
    reach(page, "answer the mail and save the notes")
    keys.press("Enter")
    page.wait_for_selector("byhand-review[ready]")
    reach(page, "Play (space)")
    keys.press("Enter")
    visit.until(f"{REVIEW}.t > 400")
    keys.press("Space")
    reach(page, "Search what happened")
    keys.type("save")
    reach(page, "What happened")
    keys.press("Home")
    keys.press("End")
    assert "1 act chosen" in page.locator(".chosen").inner_text()
    keys.press("Delete")
    visit.says("cut")
    assert page.locator(".row.cut").count() == 1
    keys.press("Control+z")
    visit.says("Undone")
    keys.press("Control+Shift+z")
    visit.says("Done again")
    reach(page, "Look and edit", back=True)
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    page.locator("#leave table tbody tr").first.wait_for()
    assert '"Save"' not in page.locator("#leave table").inner_text()
    reach(page, "Approve exactly these bytes…")
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    page.get_by_role("heading", name="You approved these bytes").wait_for()
    assert focused(page) == "Take the approval back"


def test_a_stretch_of_time_is_chosen_with_shift_and_the_arrow_keys(visit: Visit) -> None:
    """On the timeline: it grows and shrinks by a second, and Escape lets it go."""
    page = visit.open(newest(visit.home))
    page.locator("canvas.timeline").focus()
    page.keyboard.press("Home")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(f"Shift+{key}")
    assert page.evaluate(f"{REVIEW}.stretch") == [0, 2000]
    page.keyboard.press("Escape")
    assert page.evaluate(f"{REVIEW}.stretch") is None


def test_a_form_gives_the_focus_back(visit: Visit) -> None:
    """Closed with Escape, the button that opened it has the focus; a question gives it back, too."""
    page = visit.open(newest(visit.home))
    for name in ("Cut a time", "Name the task"):
        page.get_by_role("button", name=name).press("Enter")
        assert page.locator(".drawer :focus").count() == 1
        page.keyboard.press("Escape")
        assert page.get_by_role("button", name=name).evaluate("one => one === document.activeElement")
    page.get_by_role("button", name="Forget this recording").press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("alertdialog").wait_for(state="detached")
    assert page.get_by_role("button", name="Forget this recording").evaluate("one => one === document.activeElement")


def test_what_has_the_focus_can_be_seen(visit: Visit) -> None:
    """Every place that Tab reaches has an outline, or its card has."""
    page = visit.open(newest(visit.home))
    page.evaluate("document.activeElement.blur()")
    seen: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = focused(page)
        if name in seen or not name:
            break
        seen.add(name)
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", name
        assert width >= 2, name
    assert len(seen) > 15


@pytest.mark.parametrize("width", [360, 640])
def test_nothing_is_cut_off_on_a_phone_and_at_twice_the_size(visiting: Visiting, width: int) -> None:
    """360 pixels wide; and 1280 at 200 %, which is 640: no page scrolls sideways, and every button is in sight."""
    visit = visiting(size=(width, 640))
    page = visit.page
    page.locator(".card").first.wait_for()
    for path in (
        "recordings",
        "ledger",
        f"recordings/{FRAMED}",
        f"recordings/{FRAMED}#masked",
        f"recordings/{FRAMED}#leave",
    ):
        page.goto("about:blank")
        page.goto(f"{visit.origin}/{path}")
        page.locator(".card, .entry, byhand-review[ready]").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        outside = page.evaluate(f"""() => [...document.querySelectorAll('button, input, select, a')].filter((one) => {{
            const box = one.getBoundingClientRect();
            return box.width && !one.closest('.scroll, .skip') && (box.left < -1 || box.right > {width} + 1);
        }}).map((one) => one.outerHTML.slice(0, 80))""")
        assert outside == [], path


def test_who_wants_no_motion_gets_none(visiting: Visiting) -> None:
    """No transition is left, on any element."""
    visit = visiting(motion="reduce")
    page = visit.open(newest(visit.home))
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, transitionProperty } = getComputedStyle(one);
        return transitionDuration.split(', ').some((part) => part !== '0s') && transitionProperty !== 'none';
    }).length""")
    assert moving == 0


def focused(page: Page) -> str:
    """The name of what has the focus, as a screen reader has it."""
    return page.evaluate("""() => {
        const one = document.activeElement;
        if (!one || one === document.body) return '';
        return one.getAttribute('aria-label') || one.innerText || one.id || one.tagName;
    }""").strip()


def reach(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until that has the focus."""
    for _ in range(90):
        if focused(page) == name:
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never came to {name}; it ended at {focused(page)}")
