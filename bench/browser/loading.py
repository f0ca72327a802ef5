"""How much longer a page takes to load: until its `load` event is over, by the page's own navigation timing.

Browsers of the same kind, with our extension, without any, and with one whose content script is empty, take turns
loading the same page from loopback, caches off; the order changes with each round, and what a load leaves to do is done
before the next. Once as fast as loopback is, where a load is nothing but work of the processor, and once over a line as
many homes have it (`CABLE`), which the browser imitates. The figure is the median of the paired differences over the
median without; in brackets where it lies at 95 %. "dormant" is our extension on a site the policy does not list. The
empty one is the floor: what a browser itself needs to have any extension look at a page.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from bench.browser import trace
from bench.browser.chromium import Chromium
from bench.browser.figures import median_between
from bench.browser.stand import Stand
from bench.report import Row

SETTLE_S = 0.3
CABLE = {"offline": False, "latency": 28, "downloadThroughput": 625_000, "uploadThroughput": 125_000}
"""5 Mbit/s down, 1 up, 28 ms there and back: WebPageTest's profile of that name. Bytes a second."""
LOOPBACK = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
PEERS = (("an empty extension", "empty"), ("rrweb in the page", "rrweb"))
TOOK = "() => { const [one] = performance.getEntriesByType('navigation'); return one.loadEventEnd - one.startTime }"


def load(browser: Chromium, address: str) -> float:
    """Returns: ms."""
    browser.page.goto("about:blank")  # whatever was there before, and whose process it had, is not this page's
    browser.page.goto(address, wait_until="load")
    time.sleep(SETTLE_S)
    return float(browser.page.evaluate(TOOK))


def scripts(browser: Chromium, address: str, times: int) -> float:
    """Median ms of the thread's own time in all calls into the extension's scripts before the load was over."""
    costs: list[float] = []
    for _ in range(times):
        browser.browser.start_tracing(page=browser.page, categories=trace.CATEGORIES)
        start = time.monotonic_ns() / 1000
        until = start + load(browser, address) * 1000
        found = trace.slices(browser.browser.stop_tracing(), trace.OURS)
        costs.append(sum(one.cpu for one in found if start <= one.start < until) / 1000)
    return statistics.median(costs)


def slower(took: list[float], without: list[float]) -> tuple[float, float, float]:
    """Returns: median of the paired differences and its 95 % limits, per cent of the median without."""
    base = statistics.median(without)
    middle, low, high = median_between([one - other for one, other in zip(took, without, strict=True)])
    return middle / base * 100, low / base * 100, high / base * 100


def measure(stand: Stand) -> Iterator[Row]:
    rounds = max(6, int(20 * stand.scale))
    listed, unlisted = stand.pages.listed, stand.pages.unlisted
    with stand.recorded("actions") as ours, stand.plain() as plain, stand.floor() as floor:
        kinds = {
            "without": (plain, f"{listed}/heavy.html"),
            "recording": (ours.browser, f"{listed}/heavy.html"),
            "dormant": (ours.browser, f"{unlisted}/heavy.html"),
            "empty": (floor, f"{listed}/heavy.html"),
            "rrweb": (plain, f"{listed}/heavy.html?peer"),
        }
        for line, words in ((CABLE, "over cable"), (LOOPBACK, "from loopback")):
            for browser in (ours.browser, plain, floor):
                browser.cdp.send("Network.enable")
                browser.cdp.send("Network.emulateNetworkConditions", line)
            took: dict[str, list[float]] = {kind: [] for kind in kinds}
            order = list(kinds)
            for turn in range(-2, rounds):  # the first two warm both browsers up
                for kind in order[turn % 5 :] + order[: turn % 5]:
                    each = load(*kinds[kind])
                    if turn >= 0:
                        took[kind].append(each)
            base = statistics.median(took["without"])
            own = scripts(ours.browser, f"{listed}/heavy.html", 5)
            peers = [(name, slower(took[kind], took["without"])) for name, kind in PEERS]
            peer = ", ".join(
                f"{name} {middle:+.1f} % ({low:+.1f} to {high:+.1f})" for name, (middle, low, high) in peers
            )
            for kind, more in (("recording", f"; our scripts took {own:.2f} ms of it"), ("dormant", "")):
                middle, low, high = slower(took[kind], took["without"])
                yield Row(
                    f"page load of 300 kB in eight files, {words}, {kind}", "<= 1 %",
                    f"{middle:+.1f} % ({low:+.1f} to {high:+.1f})", peer,
                    f"{rounds} pairs; {base:.0f} ms without{more}", middle <= 1,
                )  # fmt: skip
