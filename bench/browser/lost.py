"""How many events of 20,000 are lost while everything that may die dies.

The page counts for itself, in its own listeners, what a person did in it: presses, releases, keys down and up; the sum
stays in its `sessionStorage` across its navigations. That is the truth. An end whose beginning no page saw, because the
browser drops input while it changes pages, is left out on both sides: nothing is kept of it. Against the truth stands
what the vault holds after the recording's end, kind by kind. While input goes in, the page moves to another address
mid-burst again and again, the extension's service worker is ended every few seconds, the native host is killed once.
An event kept twice counts as well.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator

from playwright.sync_api import Error

from bench.browser.chromium import Chromium
from bench.browser.pages import PAGES
from bench.browser.stand import Recorded, Stand
from bench.report import Row

KINDS = {
    "pointerdown": ("button", True), "pointerup": ("button", False), "keydown": ("key", True), "keyup": ("key", False)
}  # fmt: skip
TRUTH = (PAGES / "truth.js").read_text("utf-8")
WORKER_S = 4.0
NAVIGATE_S = 1.7


def count_for_yourself(browser: Chromium) -> None:
    """Each document from now on counts what it sees."""
    browser.cdp.send("Page.enable")
    browser.cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": TRUTH})


def burst(ours: Recorded, address: str, count: int) -> dict[str, int]:
    """Types and presses until `count` inputs were sent.

    Returns:
        What was killed, how often.
    """
    browser, killed = ours.browser, Counter[str]()
    now = time.monotonic()
    worker, navigate, host = now + WORKER_S, now + NAVIGATE_S, count // 2
    sent = 0
    while sent < count:
        with contextlib.suppress(Error):  # what is sent while the page changes may find nobody
            sent += _round(browser, sent)
        now = time.monotonic()
        if now > navigate:
            navigate = now + NAVIGATE_S
            killed["navigations"] += 1
            browser.cdp.send("Runtime.evaluate", {"expression": f"location.href = '{address}?{killed['navigations']}'"})
        if now > worker:
            worker = now + WORKER_S
            killed["workers"] += browser.stop_workers()
        if host and sent > host and (pid := ours.host()):
            host = 0
            os.kill(pid, signal.SIGKILL)
            killed["hosts"] += 1
    return dict(killed)


def _round(browser: Chromium, turn: int) -> int:
    """One press and release on a button or the field, then nine keys."""
    x, y = 60 + (turn * 7) % 1000, 80 + (turn * 3) % 150
    browser.press(x, y)
    browser.release(x, y)
    for letter in "abcdefghi":
        browser.key("keyDown", letter)
        browser.key("keyUp", letter)
    return 20


def measure(stand: Stand) -> Iterator[Row]:
    count = int(21_500 * stand.scale)  # the browser drops some while it changes pages: 20,000 are to be seen
    with stand.recorded("actions") as ours:
        address = f"{stand.pages.listed}/burst.html"
        count_for_yourself(ours.browser)
        ours.browser.page.goto(address)
        time.sleep(1)
        began = time.monotonic()
        killed = burst(ours, address, count)
        seconds = time.monotonic() - began
        time.sleep(3)
        truth: dict[str, int] = ours.browser.page.evaluate("JSON.parse(sessionStorage.seen)")
        status = ours.end()
        kept = Counter((one["kind"], one.get("down")) for one in ours.events())
    short = {name: truth.get(name, 0) - kept[kind] for name, kind in KINDS.items()}
    lost, double = sum(max(0, one) for one in short.values()), sum(max(0, -one) for one in short.values())
    deaths = ", ".join(f"{times} {what}" for what, times in sorted(killed.items()))
    yield Row(
        "browser events lost, everything dying around them", "0", f"{lost} lost, {double} twice", "-",
        f"{sum(truth.get(name, 0) for name in KINDS):,} seen by the page in {seconds:.0f} s; {deaths}; "
        f"the recorder says {status.get('lost', '?')} lost",
        lost == 0 and double == 0,
    )  # fmt: skip
