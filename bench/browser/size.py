"""What the extension weighs, as `byhand browser pack` makes it, and rrweb's recording bundle beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.browser import peer
from bench.browser.chromium import EXTENSION
from bench.browser.stand import Stand
from bench.report import Row
from byhand.cli.browser_pack import zipped


def measure(stand: Stand) -> Iterator[Row]:  # noqa: ARG001  every row is asked alike
    size = len(zipped(EXTENSION)) / 1000
    yield Row(
        "compressed extension", "<= 60 kB", f"{size:.1f} kB",
        f"rrweb's recording bundle alone {peer.compressed() / 1000:.1f} kB ({peer.version()}, minified, gzip)",
        "a zip of all that ships: not minified, without comments", size <= 60,
    )  # fmt: skip
