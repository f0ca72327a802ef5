"""What every browser row stands on: the pages, and recordings made the whole real way.

`byhand record --browser` without a desktop: the extension in Chromium, the native host, the recorder, the guard, the
sealed vault. Nothing is a stand-in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from bench.browser import chromium
from bench.browser.chromium import ROOT, Chromium
from bench.browser.pages import Pages
from bench.process import BYHAND

POLICY = """\
version = 1
title = "Bench"
purposes = ["mine"]
streams = ["actions", "timing", "pointer", "text"]
quota_mb = 4000
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
"""


@dataclass
class Recorded:
    """A recording that runs, and the browser in it. `end()` closes it; then `events` reads the vault."""

    browser: Chromium
    home: Path
    env: dict[str, str]
    recorder: subprocess.Popen[str]

    def end(self) -> dict[str, Any]:
        """Returns: the recorder's last status."""
        self.recorder.terminate()
        said, _ = self.recorder.communicate(timeout=60)
        return json.loads(said.splitlines()[-1]) if said.strip() else {}

    def events(self) -> list[dict[str, Any]]:
        """Everything kept, in order. A list of dicts, for this is what any script outside gets."""
        return [json.loads(line) for line in byhand(self.env, "show", "last", "--json").splitlines()]

    def host(self) -> int:
        """Process id of the native host, 0 if none runs now."""
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if any(word.endswith(b"/host.py") for word in words) and os.fsencode(self.home) in words:
                    return int(folder.name)
        return 0


@dataclass
class Stand:
    """playwright: there is only one in a thread. pages: where they are served. folder: for homes and profiles.

    scale: of the time each row takes.
    """

    playwright: Playwright
    pages: Pages
    folder: Path
    scale: float

    @property
    def env(self) -> dict[str, str]:
        """Without a desktop, so that the extension is the only witness."""
        gone = {"DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS"}
        return {name: value for name, value in os.environ.items() if name not in gone}

    def plain(self) -> AbstractContextManager[Chromium]:
        """Without an extension."""
        return chromium.plain(self.playwright, self.env)

    @contextmanager
    def alone(self, loaded: Path | None = None) -> Generator[str]:
        """With that extension or none, and nobody attached. Gives its DevTools address."""
        with chromium.alone(self.env, loaded) as (devtools, _):
            yield devtools

    def empty(self) -> Path:
        """An extension whose content script is empty: less than that no extension can cost."""
        folder = self.folder / "empty"
        folder.mkdir(exist_ok=True)
        script = {"matches": ["<all_urls>"], "js": ["empty.js"], "run_at": "document_start", "all_frames": True}
        manifest = {"manifest_version": 3, "name": "Empty", "version": "1", "content_scripts": [script]}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "empty.js").write_text("// nothing\n")
        return folder

    @contextmanager
    def recorded(self, streams: str) -> Generator[Recorded]:
        """A recording of the listed pages under a grant for `streams`."""
        with (
            self._recorder(streams, self.pages.listed) as (address, home, env, recorder),
            chromium.connected(self.playwright, address, home.with_name(f"{home.name}-profile")) as browser,
        ):
            yield Recorded(browser, home, env, recorder)

    @contextmanager
    def recording(self, streams: str, origin: str) -> Generator[str]:
        """The same of another origin, and nobody attached. Gives its browser's DevTools address."""
        with self._recorder(streams, origin) as (address, *_):
            yield address

    @contextmanager
    def _recorder(
        self, streams: str, origin: str
    ) -> Generator[tuple[str, Path, dict[str, str], subprocess.Popen[str]]]:
        home = self.folder / f"home-{time.monotonic_ns()}"
        profile = home.with_name(f"{home.name}-profile")
        env = self.env | {"BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
        policy = home.with_name(f"{home.name}.toml")
        policy.write_text(POLICY.format(origin=origin))
        byhand(env, "consent", "give", "--policy", str(policy), "--streams", streams, "--days", "1", "--yes", "--json")
        recorder = subprocess.Popen(
            [BYHAND, "record", "--browser", "--profile", str(profile), "--json"],
            env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            yield _address(recorder), home, env, recorder
        finally:
            if recorder.poll() is None:
                recorder.terminate()
                recorder.communicate(timeout=60)  # what it said meanwhile may fill the pipe
            for folder in (home, profile):
                shutil.rmtree(folder, ignore_errors=True)


def byhand(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([BYHAND, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"byhand {' '.join(words)}: {done.stderr}{done.stdout}")
    return done.stdout


def _address(recorder: subprocess.Popen[str]) -> str:
    """Waits until the extension has joined."""
    assert recorder.stdout is not None
    assert recorder.stderr is not None
    for line in recorder.stdout:
        told = json.loads(line)
        if "browser" in told:
            return str(told["browser"]["devtools"])
    raise RuntimeError(f"the recording did not begin: {recorder.stderr.read()}")
