"""What listing a page of 10,000 nodes costs: ours in idle slices, rrweb's full snapshot in one.

Ours is everything the extension's scripts do on the main thread from a page's first byte until two seconds after its
`load`, the reading of the scripts themselves left out: more than the list alone, never less; in the thread's own time.
rrweb's is `takeFullSnapshot()` by the page's clock. rrweb writes the whole document; ours what can be seen, within its
budget.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from bench.browser import trace
from bench.browser.stand import Stand
from bench.report import Row

PEER = (
    "() => { const began = performance.now(); rrwebRecord.record.takeFullSnapshot(); return performance.now() - began }"
)


def measure(stand: Stand) -> Iterator[Row]:
    times = max(2, int(5 * stand.scale))
    with stand.recorded("actions") as ours:
        browser = ours.browser
        for page, words in (("table", "table"), ("form", "form"), ("dense", "all within the viewport")):
            totals: list[float] = []
            longest: list[float] = []
            for _ in range(times):
                browser.page.goto("about:blank")
                browser.browser.start_tracing(page=browser.page, categories=trace.CATEGORIES)
                browser.page.goto(f"{stand.pages.listed}/{page}.html")
                time.sleep(2)
                found = trace.slices(browser.browser.stop_tracing(), trace.OURS)
                calls = [one.cpu / 1000 for one in found if one.name != trace.READ]
                totals.append(sum(calls))
                longest.append(max(calls, default=0))
            browser.page.goto(f"{stand.pages.unlisted}/{page}.html?peer")
            theirs = statistics.median(float(browser.page.evaluate(PEER)) for _ in range(times))
            total = statistics.median(totals)
            yield Row(
                f"page snapshot, 10,000 nodes, {words}", "<= 30 ms, no slice > 8 ms",
                f"{total:.1f} ms, longest {max(longest):.1f} ms", f"rrweb {theirs:.0f} ms in one slice",
                f"{times} loads, median of totals, worst slice", total <= 30 and max(longest) <= 8 and total > 0,
            )  # fmt: skip
