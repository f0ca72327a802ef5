"""Makes the pictures of docs/browser.md: the popup of the extension, over a page that is recorded.

`python -m scripts.browser_pictures`. It gives a consent of its own in a folder of its own, opens the work window
without a screen, goes to a made-up page and opens the popup there. Writes docs/assets/browser-popup-*.png.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, CDPSession, sync_playwright

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
BYHAND = str(Path(sys.executable).parent / "byhand")
SITE = "http://desk.example"
POLICY = f"""\
version = 1
purposes = ["mine"]
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{SITE}"
"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Invoices</title><h1>Invoices</h1><button>New invoice</button>")

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@contextmanager
def recorded(folder: Path, port: int) -> Generator[dict[str, str]]:
    """A work window that records; where it is."""
    starter = folder / "bin" / "chromium"
    starter.parent.mkdir()
    rules = f"MAP desk.example 127.0.0.1:{port}"
    room = "--force-device-scale-factor=2 --screen-info={2600x2400} --window-size=1300,1200"
    more = f'{room} --host-resolver-rules="{rules}"'
    starter.write_text(f'#!/bin/sh\nexec {shutil.which("chromium")} {more} "$@"\n')
    starter.chmod(0o755)
    gone = ("DISPLAY", "WAYLAND_DISPLAY")
    env = {name: value for name, value in os.environ.items() if name not in gone}
    env |= {"PATH": f"{starter.parent}:{env['PATH']}", "BYHAND_HOME": str(folder / "home"), "BYHAND_KEYRING": "file"}
    (folder / "policy.toml").write_text(POLICY)
    give = [BYHAND, "consent", "give", "--policy", str(folder / "policy.toml"), "--streams", "actions,text", "--yes"]
    subprocess.run(give, env=env, check=True, stdout=subprocess.DEVNULL)
    words = [BYHAND, "record", "--browser", "--json", "--task", "file the invoices"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield next(line["browser"] for line in map(json.loads, process.stdout) if "browser" in line)
        finally:
            process.terminate()


class Popup:
    """The popup's own page: no tab, so Playwright does not list it, and it is spoken to by hand."""

    def __init__(self, browser: Browser) -> None:
        self._line: CDPSession = browser.new_browser_cdp_session()
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._line.on("Target.receivedMessageFromTarget", self._hear)
        found = [one for one in self._targets() if one["url"].endswith("/popup/popup.html")]
        attached = self._line.send("Target.attachToTarget", {"targetId": found[0]["targetId"], "flatten": False})
        self._session = attached["sessionId"]

    def _targets(self) -> list[dict[str, Any]]:
        return self._line.send("Target.getTargets")["targetInfos"]

    def _hear(self, event: dict[str, Any]) -> None:
        answer = json.loads(event["message"])
        self._answers[answer.get("id", 0)] = answer

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": params})
        self._line.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        until = time.monotonic() + 10
        while self._asked not in self._answers and time.monotonic() < until:
            self._targets()  # hears what has come meanwhile
        return self._answers[self._asked]["result"]


def keep(popup: Popup, scheme: str) -> None:
    popup.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    time.sleep(0.5)
    shot = popup.ask("Page.captureScreenshot")
    picture = ASSETS / f"browser-popup-{scheme}.png"
    picture.write_bytes(base64.b64decode(shot["data"]))
    # 256 colours are enough for a drawing, and a third of the bytes.
    Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(picture, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with recorded(Path(folder), server.server_address[1]) as where, sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(where["devtools"])
            context = browser.contexts[0]
            context.pages[0].goto(SITE)
            context.service_workers[0].evaluate("chrome.action.openPopup()")
            time.sleep(1.5)
            popup = Popup(browser)
            for scheme in ("light", "dark"):
                keep(popup, scheme)
        server.shutdown()


if __name__ == "__main__":
    main()
