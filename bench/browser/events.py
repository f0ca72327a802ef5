"""What one input costs the page's main thread, ours beside rrweb's, in a table and a form of 10,000 nodes.

One input is one `Input.dispatch*`: a press, a release, a move, a notch of the wheel, a key down, a key up. Its cost is
the sum of all calls into the recorder's scripts from the listeners of all DOM events it gave rise to (the main thread's
own time, from Chromium's trace, since on a shared machine the wall's also holds what other programs took; that is told
beside it; an input nobody listens to costs 0). Work done later, in idle time or a timer, is counted apart.
A second figure shares nothing with the first: the main thread's whole time by `Performance.getMetrics`, without a
trace, against the same acts in the same page with no recorder.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.browser import trace
from bench.browser.chromium import Chromium
from bench.browser.figures import at
from bench.browser.stand import Stand
from bench.report import Row

TARGETS = """() => [...document.querySelectorAll("button, input, td")]
  .map(one => one.getBoundingClientRect()).filter(box => box.width && box.top > 0 && box.bottom < innerHeight)
  .map(box => [box.x + box.width / 2, box.y + box.height / 2])"""


@dataclass
class Cost:
    """us of the main thread's own time. each: of every input in turn. later: of every call that no input waited for.
    wall: each by the wall. presses: how many there were.
    """

    each: list[float]
    wall: list[float]
    later: list[float]
    presses: int

    def words(self) -> str:
        return f"{at(self.each, 0.5) / 1000:.3f} / {at(self.each, 0.99) / 1000:.2f} ms"

    def by_the_wall(self) -> str:
        return f"{at(self.wall, 0.5) / 1000:.3f} / {at(self.wall, 0.99) / 1000:.2f} ms"

    def idle(self) -> str:
        return (
            f"{sum(self.later) / 1000 / self.presses:.1f} ms a press, longest {max(self.later, default=0) / 1000:.1f}"
        )


def work(browser: Chromium, rounds: int) -> list[float]:
    """Press all over the page, type, move, scroll, at about ten inputs in 0.2 s.

    Returns:
        When each input was sent, us of CLOCK_MONOTONIC.
    """
    places: list[tuple[float, float]] = browser.page.evaluate(TARGETS)
    sent: list[float] = []

    def note() -> None:
        sent.append(time.monotonic_ns() / 1000)

    for turn in range(rounds):
        x, y = places[(turn * 37) % len(places)]
        for step in (12, 0):
            note()
            browser.mouse("mouseMoved", x + step, y)
        note()
        browser.press(x, y)
        time.sleep(0.02)
        note()
        browser.release(x, y)
        time.sleep(0.04)
        for letter in "abc"[: 1 + turn % 3]:
            note()
            browser.key("keyDown", letter)
            note()
            browser.key("keyUp", letter)
        if turn % 4 == 0:
            note()
            browser.mouse("mouseWheel", x, y, deltaX=0, deltaY=60 if turn % 8 else -60)
            time.sleep(0.05)
    return sent


def traced(browser: Chromium, address: str, script: str, rounds: int) -> Cost:
    browser.page.goto(address)
    work(browser, 3)
    time.sleep(1)
    browser.browser.start_tracing(page=browser.page, categories=trace.CATEGORIES)
    sent = work(browser, rounds)
    time.sleep(1)
    found = trace.slices(browser.browser.stop_tracing(), script)
    each, wall = [0.0] * len(sent), [0.0] * len(sent)
    listened = sorted((one for one in found if one.event), key=lambda one: one.start)
    place = 0
    for one in listened:
        while place + 1 < len(sent) and sent[place + 1] <= one.start:
            place += 1
        each[place] += one.cpu
        wall[place] += one.long
    return Cost(each, wall, [one.cpu for one in found if not one.event], rounds)


def whole(browser: Chromium, address: str, rounds: int) -> float:
    """Returns: ms of the main thread's tasks for each input, whoever's they are, without a trace."""

    def busy() -> float:
        metrics = browser.cdp.send("Performance.getMetrics")["metrics"]
        return sum(one["value"] for one in metrics if one["name"] == "TaskDuration")

    browser.page.goto(address)
    browser.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    work(browser, 3)
    time.sleep(1)
    before = busy()
    inputs = len(work(browser, rounds))
    time.sleep(1)
    return (busy() - before) * 1000 / inputs


def replaced(browser: Chromium, address: str, script: str, times: int) -> float:
    """Median ms of the recorder's calls when the page puts another 10,000 nodes in place of its table's."""
    browser.page.goto(address)
    time.sleep(1)
    browser.browser.start_tracing(page=browser.page, categories=trace.CATEGORIES)
    starts: list[float] = []
    for _ in range(times):
        starts.append(time.monotonic_ns() / 1000)
        browser.page.evaluate("void setTimeout(replace, 50)")
        time.sleep(0.4)
    found = trace.slices(browser.browser.stop_tracing(), script)
    ends = [*starts[1:], float("inf")]
    costs = [
        sum(one.long for one in found if start <= one.start < end) / 1000
        for start, end in zip(starts, ends, strict=True)
    ]
    return statistics.median(costs)


def measure(stand: Stand) -> Iterator[Row]:
    rounds, times = max(8, int(70 * stand.scale)), max(3, int(8 * stand.scale))
    with stand.recorded("actions,pointer") as ours:
        browser, listed, unlisted = ours.browser, stand.pages.listed, stand.pages.unlisted
        for page in ("table", "form"):
            mine = traced(browser, f"{listed}/{page}.html", trace.OURS, rounds)
            theirs = traced(browser, f"{unlisted}/{page}.html?peer", trace.PEER, rounds)
            yield Row(
                f"main thread for one input, {page} of 10,000 nodes, p50 / p99", "<= 0.15 / 1 ms", mine.words(),
                f"rrweb {theirs.words()}",
                f"{len(mine.each)} inputs; by the wall {mine.by_the_wall()}, rrweb {theirs.by_the_wall()}",
                at(mine.each, 0.5) <= 150 and at(mine.each, 0.99) <= 1000,
            )  # fmt: skip
            yield Row(
                f"idle work after it, {page} of 10,000 nodes", "no slice > 8 ms", mine.idle(),
                f"rrweb {theirs.idle()}", f"{rounds} presses", max(mine.later, default=0) <= 8000,
            )  # fmt: skip
        bare, mine_in_all, theirs_in_all = (
            whole(browser, f"{origin}/table.html{query}", rounds // 2)
            for origin, query in ((unlisted, ""), (listed, ""), (unlisted, "?peer"))
        )
        yield Row(
            "all main-thread work of the table for one input, CPU, above none recorded", "-",
            f"+{mine_in_all - bare:.2f} ms", f"rrweb +{theirs_in_all - bare:.2f} ms",
            f"{rounds // 2} rounds of ten inputs; the page alone {bare:.2f} ms", reached=True,
        )  # fmt: skip
        mine_new = replaced(browser, f"{listed}/table.html", trace.OURS, times)
        theirs_new = replaced(browser, f"{unlisted}/table.html?peer", trace.PEER, times)
        yield Row(
            "main thread when a page replaces 10,000 nodes", "-", f"{mine_new:.2f} ms",
            f"rrweb {theirs_new:.0f} ms", f"{times} times, median", reached=True,
        )  # fmt: skip
