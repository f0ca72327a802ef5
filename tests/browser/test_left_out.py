"""What is left out, by the whole real way: secrets, what a page masks, forged acts, other places, pauses. And that
none of it lies in any file afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser.cases import Rig, worked
from tests.browser.recorded import acts

CANARY = "Zq7canary9Vx"
"""Typed as a password."""
OTHERS = ("Zq7hidden9Vx", "Zq7masked9Vx", "Zq7paused9Vx")
HIDDEN, MASKED, PAUSED = OTHERS


@pytest.fixture(scope="module")
def rig(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with worked(play, tmp_path_factory.mktemp("b")) as rig:
        yield rig


def test_what_a_page_masks_has_neither_name_nor_text(rig: Rig):
    """By our own mark, or those of rrweb, PostHog and Sentry: where it was acted, and no more."""
    page = rig.case()
    for number in range(4):
        page.click(f"#m{number}")
        page.keyboard.type(MASKED)
    page.click("#m4")
    page.focus("#subject")
    told = rig.acts()
    assert told == [*[("press", "entry", "", ""), ("input", "entry", "", "")] * 4, ("press", "push button", "", "")]


def test_a_password_that_was_shown_is_kept_nowhere(rig: Rig):
    """A field that was secret once stays it, hidden inputs are never looked at: that something was typed is all."""
    page = rig.case()
    page.click("#password")
    page.keyboard.type(CANARY)
    page.click("#eye")
    page.click("#password")
    page.keyboard.type(CANARY)
    page.click("#eye")
    page.evaluate(f"document.querySelector('[type=hidden]').value = '{HIDDEN}'")
    eye = ("press", "push button", "Show", "")
    assert [one for one in rig.acts() if one[0] != "withheld"] == [
        ("press", "password text", "", ""),
        ("input", "password text", "", ""),
        eye,
        ("press", "entry", "", ""),
        eye,
    ]


def test_a_strict_page_is_kept_like_others(rig: Rig):
    """A policy of the page's own keeps out its scripts, not us."""
    page = rig.open(f"{rig.mine}/csp.html")
    page.click("button")
    assert rig.acts() == [("press", "push button", "Save", "")]


def test_forged_events_are_not_kept_but_counted(rig: Rig):
    """A click, keys, and what follows from them."""
    page = rig.case()
    before = rig.ask("status").dropped.get("made by a script", 0)
    page.evaluate(
        "save.click(); inbox.click(); subject.value = 'please';"
        "for (const kind of ['pointerdown', 'pointerup', 'input', 'change', 'copy', 'submit', 'drop'])"
        " subject.dispatchEvent(new Event(kind, { bubbles: true }));"
        "subject.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true }))"
    )
    assert rig.acts() == []
    rig.until(lambda: rig.ask("status").dropped.get("made by a script", 0) > before + 5, "they were not counted")


def test_an_unlisted_site_is_not_kept(rig: Rig):
    """Not its address, not that anything was done there."""
    page = rig.case()
    page.goto(f"{rig.other}/cases.html")
    page.click("#save")
    page.click("#subject")
    page.keyboard.type("please")
    events = rig.kept()
    assert acts(events) == []
    assert rig.other not in str(events)


def test_a_private_window_is_never_seen(rig: Rig):
    """The browser does not load the extension there."""
    rig.case()
    private = rig.browser.new_context()
    page = private.new_page()
    page.goto(f"{rig.mine}/cases.html")
    page.click("#save")
    private.close()
    assert rig.acts() == []


def test_nothing_of_a_pause_is_kept(rig: Rig):
    """What was done before it and after it is."""
    page = rig.case()
    page.click("#save")
    rig.ask("pause")
    page.click("#search")
    page.click("#subject")
    page.keyboard.type(PAUSED)
    rig.ask("resume")
    page.click("#open")
    told = rig.acts()
    assert [one for one in told if one[0] == "press"] == [
        ("press", "push button", "Save order", ""),
        ("press", "push button", "Open", ""),
    ]


def test_no_secret_is_in_any_file(rig: Rig):
    """After all of the above, not in the vault, opened or not, nor beside it, nor in what the extension has; and a
    password not in the browser's own profile either. (What is typed into other fields a browser itself remembers.)
    """
    assert not any(secret in str(rig.all()) for secret in (CANARY, *OTHERS))
    stored = rig.worker.evaluate("Promise.all([chrome.storage.local.get(), chrome.storage.session.get()])")
    assert not any(secret in str(stored) for secret in (CANARY, *OTHERS))
    for path in rig.person.folder.rglob("*"):
        if path.is_file():
            ours = path.is_relative_to(rig.person.home) or "Extension" in str(path)
            held = path.read_bytes()
            for secret in (CANARY, *OTHERS) if ours else (CANARY,):
                assert secret.encode() not in held, path
                assert secret.encode("utf-16-le") not in held, path
