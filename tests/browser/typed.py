"""Commands typed as a person types them, each a process of its own, in a home of their own; and a window to work in.

For whoever wants the whole way and nothing of it called from inside: consent, recording, and what is made of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

BYHAND = str(Path(sys.executable).parent / "byhand")
_ENDS_WITHIN_S = 120


class Typed:
    """A home without a desktop.

    Args:
        folder: of a short name, since sockets lie in it. It becomes the working folder.
        browser: more words for each start of Chromium.
    """

    def __init__(self, folder: Path, *, browser: str = "") -> None:
        gone = ("DISPLAY", "WAYLAND_DISPLAY")
        known = {name: value for name, value in os.environ.items() if name not in gone}
        starter = folder / "bin" / "chromium"
        starter.parent.mkdir()
        starter.write_text(f'#!/bin/sh\nexec {shutil.which("chromium")} {browser} "$@"\n')
        starter.chmod(0o755)
        self.folder = folder
        self.env = known | {
            "PATH": f"{starter.parent}:{known['PATH']}", "BYHAND_HOME": str(folder / "home"), "BYHAND_KEYRING": "file",
        }  # fmt: skip

    def run(self, *words: str | Path, within_s: float = _ENDS_WITHIN_S) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BYHAND, *words], env=self.env, cwd=self.folder, capture_output=True, text=True, check=False,
            timeout=within_s,
        )  # fmt: skip

    def byhand(self, *words: str | Path) -> str:
        """What it says; it has to go well."""
        done = self.run(*words)
        if done.returncode:
            raise RuntimeError(f"byhand {' '.join(map(str, words))}: {done.stderr or done.stdout}")
        return done.stdout

    def told(self, *words: str | Path) -> list[Any]:
        """What it tells a program, value by value."""
        return [json.loads(line) for line in self.byhand(*words, "--json").splitlines()]

    def agree(self, policy: str, streams: str = "actions,text") -> None:
        (self.folder / "policy.toml").write_text(policy)
        self.byhand("consent", "give", "--policy", "policy.toml", "--streams", streams, "--yes")

    def record(self, play: Playwright, task: str, does: Callable[[Page], object]) -> str:
        """Do something in a work window while it is recorded. Gives the recording's id."""
        words = [BYHAND, "record", "--browser", "--json", "--task", task]
        with subprocess.Popen(words, env=self.env, cwd=self.folder, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = map(json.loads, process.stdout)
            try:
                where: dict[str, Any] = next(line["browser"] for line in lines if "browser" in line)
                browser = play.chromium.connect_over_cdp(where["devtools"])
                page = browser.contexts[0].pages[0]
                does(page)
                page.goto("about:blank")
                browser.close()
                self.byhand("stop")
                return [line for line in lines if line.get("recording")][-1]["recording"]
            finally:
                process.terminate()
