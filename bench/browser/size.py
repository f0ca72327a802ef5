"""What the extension weighs on its way to a browser: a zip of `extension/`, and rrweb's recording bundle beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from bench.browser import peer
from bench.browser.chromium import EXTENSION
from bench.browser.stand import Stand
from bench.report import Row


def measure(stand: Stand) -> Iterator[Row]:  # noqa: ARG001  every row is asked alike
    packed = io.BytesIO()
    files = [path for path in sorted(EXTENSION.rglob("*")) if path.is_file()]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for path in files:
            pack.write(path, path.relative_to(EXTENSION))
    size = len(packed.getvalue()) / 1000
    yield Row(
        "compressed extension", "<= 60 kB", f"{size:.1f} kB",
        f"rrweb's recording bundle alone {peer.compressed() / 1000:.1f} kB ({peer.version()}, minified, gzip)",
        f"{len(files)} files, not minified", size <= 60,
    )  # fmt: skip
