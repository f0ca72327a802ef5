"""Makes what docs/guide.md and docs/formats/dataset.md show of a real recording: `python -m scripts.chore_pictures`.

Six chores are done and recorded (`scripts.chores`), and the commands of the docs make a step guide of one and a dataset
with its data card of all. Writes docs/assets/guide-*.png and card-*.png, in light and dark, and the very files they are
pictures of into docs/samples. Prints what `byhand dataset routines` says. A minute and a half.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scripts.chores import CHORES, record, shop
from tests.browser.typed import Typed

DOCS = Path(__file__).parent.parent / "docs"
ASSETS, SAMPLES = DOCS / "assets", DOCS / "samples"
TOLD = "enter a gift"
"""The chore that becomes the guide."""
_WIDE, _HIGH = 820, 1400


def photograph(chromium: Browser, file: Path, name: str, parts: str, edge: int) -> None:
    """As many whole parts as fit, from the top, and an edge; in light and dark."""
    for scheme in ("light", "dark"):
        page = chromium.new_page(
            viewport={"width": _WIDE, "height": _HIGH}, device_scale_factor=2,
            color_scheme="dark" if scheme == "dark" else "light",
        )  # fmt: skip
        page.goto(file.as_uri())
        ends = page.locator(parts).evaluate_all("parts => parts.map((one) => one.getBoundingClientRect().bottom)")
        high = max(end for end in ends if end <= _HIGH - edge) + edge
        picture = ASSETS / f"{name}-{scheme}.png"
        page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": _WIDE, "height": high})
        page.close()
        # 256 colours are enough for a drawing, and a third of the bytes.
        Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(picture, optimize=True)


def made(at: Typed, recordings: dict[str, str]) -> tuple[Path, Path]:
    """The guide and the card."""
    at.byhand("guide", recordings[TOLD], "-o", "guide.html")
    at.byhand("dataset", "build", "--from", "all", "--as", "orders")
    print(at.byhand("dataset", "routines", "orders"))
    return at.folder / "guide.html", at.folder / "home" / "datasets" / "orders" / "v1" / "card.html"


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="b") as name, sync_playwright() as play:
        with shop(Path(name)) as at:
            guide, card = made(at, {task: record(at, play, task, chore) for task, chore in CHORES})
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for file, of, parts, edge in ((guide, "guide", ".steps > li", 0), (card, "card", "section", 12)):
            photograph(chromium, file, of, parts, edge)
            shutil.copyfile(file, SAMPLES / f"{of}.html")
        chromium.close()


if __name__ == "__main__":
    main()
