"""How much longer a page takes to load: until its `load` event is over, by the page's own navigation timing.

Browsers of the same kind, with our extension, without any, and with one whose content script is empty, take turns
loading the same page, caches off, in an order that is drawn anew each round (`turns`: nobody is attached to them). Once
over a line as many homes have it, and once from loopback, where a load is nothing but work of the processor. The figure
is the median of the paired differences over the median without; in brackets where it lies at 95 %. "dormant" is our
extension on a site the policy does not list. "another one without" is how far two browsers without any lie apart: less
than that can't be seen here. What our scripts took is the thread's own time, from a trace of the same page.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from bench.browser import trace
from bench.browser.chromium import Chromium
from bench.browser.figures import median_between
from bench.browser.stand import Stand
from bench.browser.turns import CABLE, LOOPBACK, Turns
from bench.report import Row

_PEERS = (("another one without", "other"), ("an empty extension", "empty"), ("rrweb in the page", "rrweb"))


def measure(stand: Stand) -> Iterator[Row]:
    rounds = max(6, int(20 * stand.scale))
    with stand.recorded("actions") as ours:
        own = _scripts(ours.browser, f"{stand.pages.listed}/heavy.html", 5)
    with Turns() as turns:
        listed, unlisted = f"{turns.listed}/heavy.html", f"{turns.unlisted}/heavy.html"
        pages = {
            "without": ("plain", listed), "other": ("other", listed), "rrweb": ("other", f"{listed}?peer=1"),
            "empty": ("empty", listed), "recording": ("ours", listed), "dormant": ("ours", unlisted),
        }  # fmt: skip
        with (
            stand.alone() as plain, stand.alone() as other, stand.alone(stand.empty()) as empty,
            stand.recording("actions", turns.listed) as ours,
        ):  # fmt: skip
            for who, devtools in (("plain", plain), ("other", other), ("empty", empty), ("ours", ours)):
                turns.join(devtools, who)
            for turns.line, words in ((CABLE, "over cable"), (LOOPBACK, "from loopback")):
                took = _loads(turns, pages, rounds)
                base = took["without"]
                peer = ", ".join(f"{name} {_said(took[kind], base)}" for name, kind in _PEERS)
                for kind, more in (("recording", f"; our scripts took {own:.1f} ms of it"), ("dormant", "")):
                    yield Row(
                        f"page load of 300 kB in eight files, {words}, {kind}", "<= 1 %", _said(took[kind], base), peer,
                        f"{rounds} pairs; {statistics.median(base):.0f} ms without{more}",
                        _slower(took[kind], base)[0] <= 1,
                    )  # fmt: skip


def _loads(turns: Turns, pages: dict[str, tuple[str, str]], rounds: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {kind: [] for kind in pages}
    order = list(pages)
    draw = random.Random(4)
    for turn in range(-2, rounds):  # the first two warm the browsers up
        draw.shuffle(order)
        for kind in order:
            each = turns.load(*pages[kind])
            if turn >= 0:
                took[kind].append(each)
    return took


def _slower(took: list[float], without: list[float]) -> tuple[float, float, float]:
    """Returns: median of the paired differences and its 95 % limits, per cent of the median without."""
    base = statistics.median(without)
    middle, low, high = median_between([one - other for one, other in zip(took, without, strict=True)])
    return middle / base * 100, low / base * 100, high / base * 100


def _said(took: list[float], without: list[float]) -> str:
    return "{:+.1f} % ({:+.1f} to {:+.1f})".format(*_slower(took, without))


def _scripts(browser: Chromium, address: str, times: int) -> float:
    """Median ms of the thread's own time in all calls into the extension's scripts before the load was over."""
    costs: list[float] = []
    ended = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
    for _ in range(times):
        browser.page.goto("about:blank")
        browser.browser.start_tracing(page=browser.page, categories=trace.CATEGORIES)
        start = time.monotonic_ns() / 1000
        browser.page.goto(address, wait_until="load")
        time.sleep(0.3)
        until = start + float(browser.page.evaluate(ended)) * 1000
        found = trace.slices(browser.browser.stop_tracing(), trace.OURS)
        costs.append(sum(one.cpu for one in found if start <= one.start < until) / 1000)
    return statistics.median(costs)
