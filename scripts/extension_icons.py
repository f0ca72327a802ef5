"""Draws the extension's icons from our mark: `python -m scripts.extension_icons`. Chromium draws; files are kept.

With 64 colours each, which nobody can tell from all of them: they are a part of what is downloaded.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
MARK = ROOT / "docs" / "assets" / "mark.svg"
ICONS = ROOT / "extension" / "icons"
SIZES = (16, 32, 48, 128)


def main() -> None:
    drawing = base64.b64encode(MARK.read_bytes()).decode()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for size in SIZES:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                f'<body style="margin:0"><img style="display:block" width={size} '
                f'src="data:image/svg+xml;base64,{drawing}">'
            )
            drawn = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            drawn.quantize(64, method=Image.Quantize.FASTOCTREE).save(ICONS / f"{size}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
