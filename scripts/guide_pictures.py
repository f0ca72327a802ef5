"""Makes the pictures of docs/guide.md from a real recording: `python -m scripts.guide_pictures`.

A form is filled in by hand in a real Chromium while the real recorder records it; the guide of that is photographed, in
light and dark. Writes docs/assets/guide-*.png.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Playwright, sync_playwright

from byhand.cli import main as byhand
from tests.browser.recorded import Recorded, recorded, serving
from tests.browser.test_script import POLICY

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
FORM = ROOT / "tests" / "browser" / "pages" / "order.html"
_PAUSE_MS = 1300


def fill_in(page: Page) -> None:
    """At a person's pace."""
    page.wait_for_timeout(_PAUSE_MS)
    page.click("#customer")
    page.keyboard.type("Wilhelmina Ostrowski", delay=30)
    page.wait_for_timeout(_PAUSE_MS)
    page.locator("#country").focus()
    page.keyboard.press("g")
    page.wait_for_timeout(_PAUSE_MS)
    page.click("#password")
    page.keyboard.type("correct-horse-17", delay=30)
    page.wait_for_timeout(_PAUSE_MS)
    page.click("label.box")
    page.wait_for_timeout(_PAUSE_MS)
    page.click("#save")
    page.wait_for_timeout(_PAUSE_MS)


def told(play: Playwright, folder: Path) -> Path:
    """The guide of a recording."""
    guide = folder / "guide.html"
    with (
        serving(FORM.parent) as origin,
        recorded(play, folder, POLICY.format(origin=origin), Recorded) as rig,
    ):
        fill_in(rig.open(f"{origin}/order.html"))
        rig.kept()
        rig.ask("stop")
        if byhand(["guide", "last", "-o", str(guide)]):
            raise RuntimeError("the guide was not written")
    return guide


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="b") as name, sync_playwright() as play:
        guide = told(play, Path(name))
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": 820, "height": 1180}, device_scale_factor=2,
                color_scheme="dark" if scheme == "dark" else "light",
            )  # fmt: skip
            page.goto(guide.as_uri())
            picture = ASSETS / f"guide-{scheme}.png"
            page.screenshot(path=picture)
            # 256 colours are enough for a drawing, and a third of the bytes.
            Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(picture, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
