"""The popup says what is true, in words, and asks the recorder for what a person wants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.pretend import ID, Rig


@pytest.fixture
def popup(rig: Rig) -> Iterator[Page]:
    """The popup as a page of its own, beside the site it speaks of."""
    rig.open("form.html")
    page = rig.context.new_page()
    page.set_viewport_size({"width": 344, "height": 560})
    yield page
    page.close()


def show(rig: Rig, page: Page) -> None:
    """Open it as a tab; but the tab that it is asked about is the site's."""
    rig.worker.evaluate(
        """() => { const query = chrome.tabs.query.bind(chrome.tabs);
        chrome.tabs.query = (how) => query(how.lastFocusedWindow ? {url: 'http://*/*'} : how); }"""
    )
    page.goto(f"chrome-extension://{ID}/popup/popup.html")
    page.wait_for_selector("main:not([aria-busy])")
    page.wait_for_timeout(50)


def test_it_says_what_is_recorded_here_and_why(rig: Rig, popup: Page):
    """Which rule lists the site, under which grant, until when, and which streams."""
    rig.records(streams=("actions", "text"), task="file the invoices")
    show(rig, popup)
    expect(popup.locator("#state")).to_have_text("Recording")
    expect(popup.locator("#headline")).to_contain_text("file the invoices")
    expect(popup.locator("#why")).to_contain_text(rig.mine)
    expect(popup.locator("#fine")).to_contain_text("7f3a, until 31 Jan 2027")
    expect(popup.locator("#streams li")).to_have_count(5)
    expect(popup.locator("#streams li.not")).to_have_count(3)


@pytest.mark.parametrize(
    ("button", "request_"),
    [
        ("Pause", {"verb": "pause"}),
        ("Pause here", {"verb": "hush", "origin": "MINE"}),
        ("Never on this site", {"verb": "never", "origin": "MINE"}),
        ("Forget the last 10 minutes", {"verb": "forget", "last_ns": 600_000_000_000}),
    ],
)
def test_each_button_asks_for_what_it_says(rig: Rig, popup: Page, button: str, request_: dict[str, object]):
    """What can't be taken back is asked once more, on the button itself."""
    show(rig, popup)
    wanted = {key: rig.mine if value == "MINE" else value for key, value in request_.items()}
    one = popup.get_by_role("button", name=button, exact=True)
    one.click()
    if button.startswith(("Never", "Forget")):
        popup.wait_for_timeout(150)
        assert rig.pretend.requests == []
        popup.get_by_role("button", name="Press again").click()
    rig.pretend.until(lambda: rig.pretend.requests)
    assert rig.pretend.requests == [wanted]


def test_off_it_says_how_to_start(rig: Rig, popup: Page):
    """And in which state everything is, for other reasons of being off too."""
    rig.pretend.says_absent()
    show(rig, popup)
    expect(popup.locator("code")).to_have_text("byhand record")
    expect(popup.get_by_role("button")).to_have_count(0)
    rig.records(state="paused", sites=())
    show(rig, popup)
    expect(popup.get_by_role("button", name="Resume")).to_be_visible()
    rig.records(hushed=(rig.mine,))
    show(rig, popup)
    expect(popup.locator("#state")).to_have_text("Paused here")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(rig: Rig, popup: Page, scheme: str):
    """No barrier that axe knows of, in either look; all buttons can be reached with the keyboard."""
    popup.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    show(rig, popup)
    popup.wait_for_timeout(100)
    assert Axe().run(popup).response["violations"] == []
    popup.keyboard.press("Tab")
    assert popup.evaluate("document.activeElement.textContent") == "Pause"


def test_the_badge_says_it_in_a_word(rig: Rig):
    """On the site, elsewhere, paused, off: as a sign and as words for those who can't see it."""
    rig.open("form.html")
    ask = """async () => {
        const [tab] = await chrome.tabs.query({active: true});
        const of = {tabId: tab.id};
        return [await chrome.action.getBadgeText(of), await chrome.action.getTitle(of)];
    }"""

    def badge() -> list[str]:
        rig.context.pages[0].wait_for_timeout(700)  # a page that loads has the words of its badge half a second later
        return rig.worker.evaluate(ask)

    assert badge() == ["●", "Byhand: recording this site"]
    rig.records(state="paused", sites=())
    assert badge() == ["❚❚", "Byhand: paused, nothing is recorded"]
    rig.pretend.says_absent()
    assert badge() == ["off", "Byhand: off, nothing is recorded"]


def test_only_the_popup_is_answered(rig: Rig):
    """A page of the extension that is no popup, or anybody else, asks in vain."""
    page = rig.open("form.html")
    rig.inside(page, "chrome.runtime.sendMessage({verb: 'resume'}).catch(() => {})")
    page.wait_for_timeout(200)
    assert rig.pretend.requests == []
