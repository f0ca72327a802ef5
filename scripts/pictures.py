"""Makes the pictures of the README and the docs from a replay.

Type `./run demo`, then `python -m scripts.pictures demo-out/replay.html 19.6`. The number is the moment to show, in
seconds; at that one the button "Save" was just pressed. Writes docs/assets/replay-light.png and replay-dark.png.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ASSETS = Path(__file__).parent.parent / "docs" / "assets"


def main(replay: Path, seconds: float) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = chromium.new_page(
                viewport={"width": 1280, "height": 800}, color_scheme=scheme, device_scale_factor=1.5
            )
            page.goto(f"{replay.resolve().as_uri()}#t={seconds:.1f}")
            page.wait_for_selector("byhand-replay[ready]")
            page.wait_for_timeout(500)  # pictures of frames are decoded
            picture = ASSETS / f"replay-{scheme}.png"
            page.screenshot(path=picture)
            page.close()
            # 256 colours are enough for a drawing, and a third of the bytes.
            Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(picture, optimize=True)
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)
