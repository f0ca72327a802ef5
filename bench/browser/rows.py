"""Which browser rows there are, and the stand that all of them are measured on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browser import acts, events, loading, lost, size, snapshots
from bench.browser.pages import Pages
from bench.browser.stand import Stand
from bench.report import Row

ALL: dict[str, Callable[[Stand], Iterator[Row]]] = {
    "browser-events": events.measure, "browser-snapshots": snapshots.measure, "browser-loading": loading.measure,
    "browser-lost": lost.measure, "browser-acts": acts.measure, "browser-size": size.measure,
}  # fmt: skip


def measure(names: Sequence[str], scale: float) -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="byhand-bench-") as folder,
        Pages() as pages,
        sync_playwright() as playwright,
    ):
        stand = Stand(playwright, pages, Path(folder), scale)
        for name in names:
            print(f"{name} ...", flush=True)
            yield from ALL[name](stand)
