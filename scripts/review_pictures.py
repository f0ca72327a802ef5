"""Makes the pictures of docs/review.md from a home with a recording that may be shared.

Type `./run demo --purpose train`, then `python -m scripts.review_pictures demo-out/home`. A copy of that home is opened
by `byhand review`, a time is cut and a rectangle painted. Writes docs/assets/review-*.png.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
BYHAND = str(Path(sys.executable).parent / "byhand")
MOMENT_MS = 31_500
"""Of the demo: the button "Save" was just pressed."""


def keep(page: Page, name: str) -> None:
    picture = ASSETS / f"review-{name}.png"
    page.wait_for_timeout(700)  # pictures of frames are decoded
    page.screenshot(path=picture)
    # 256 colours are enough for a drawing, and a third of the bytes.
    Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(picture, optimize=True)


def visit(chromium: Browser, home: Path, scheme: Literal["light", "dark"]) -> None:
    env = {**os.environ, "BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
    server = subprocess.Popen([BYHAND, "review", "last", "--json"], env=env, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        context = chromium.new_context(
            viewport={"width": 1360, "height": 860}, color_scheme=scheme, device_scale_factor=1.5
        )
        page = context.new_page()
        page.goto(json.loads(server.stdout.readline())["url"])
        page.wait_for_selector("byhand-review[ready]")
        edit(page)
        keep(page, f"look-{scheme}")
        page.get_by_role("tab", name="What would leave").click()
        page.locator("#leave table tbody tr").first.wait_for()
        keep(page, f"leave-{scheme}")
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_role("tab", name="Look and edit").click()
        page.evaluate("scrollTo(0, 0)")
        keep(page, f"phone-{scheme}")
        context.close()
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def edit(page: Page) -> None:
    """What the pictures show: three seconds cut, a corner painted."""
    page.get_by_role("button", name="Cut a time").click()
    page.get_by_label("From", exact=True).fill("0:03")
    page.get_by_label("Until", exact=True).fill("0:06")
    page.get_by_role("button", name="Cut this time").click()
    page.locator(".changes li").nth(0).wait_for()
    page.locator(".drawer").wait_for(state="hidden")
    page.get_by_role("button", name="Paint over the picture").click()
    for name, value in (("Left", 600), ("Top", 120), ("Width", 240), ("Height", 60)):
        page.get_by_label(name, exact=True).fill(str(value))
    page.get_by_role("button", name="Paint it over").click()
    page.locator(".drawer").wait_for(state="hidden")
    page.evaluate(f"document.querySelector('byhand-review').seek({MOMENT_MS})")
    page.locator(".row[aria-current]").click()
    page.wait_for_timeout(6500)  # the line that told of the edit is gone


def main(home: Path) -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            copy = Path(folder) / scheme
            shutil.copytree(home, copy, ignore=shutil.ignore_patterns("run"))
            visit(chromium, copy, scheme)
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
