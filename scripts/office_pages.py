"""Makes the tables and pictures of docs/office.md: `python -m scripts.office_pages`, with --pictures also the pictures.

The tables are what the code says now; the pictures are of the running apps, in Chromium and on a virtual desktop.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from Xlib import X, display

from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.desktop.running import opened
from byhand.evals.office.drifts import DRIFTS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from stage.desktop import Desktop, wait_for
from stage.programs import window_of

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "office.md"
ASSETS = ROOT / "docs" / "assets"
_SHAPES = {
    "parameters": "values of the row", "loop": "a loop over what is shown", "branch": "a branch", "pages": "next pages",
    "row": "in the row that holds", "copy": "carried over", "twins": "two of one name", "lines": "a loop over lines",
}  # fmt: skip
_SHOTS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("office-invoices", "invoices", "invoices/new", frozenset()),
    ("office-drifted", "invoices", "invoices/new", frozenset({"LABELS", "LAYOUT", "THEME", "WIDGET", "OPTIONAL"})),
    ("office-moderation", "moderation", "items/r4/decide", frozenset()),
    ("office-tickets", "tickets", "runs/t1", frozenset()),
)


def page(text: str) -> str:
    """The page with both tables as they are now."""
    tasks = ["| task | what is done | made of |", "|---|---|---|"]
    for one in FAMILIES.values():
        said = re.sub(r"\{(\w+)\}", r"*\1*", one.says)
        tasks.append(f"| `{one.name}` | {said} | {', '.join(_SHAPES[shape] for shape in one.shape)} |")
    drifts = ["| drift | what is other than usual | can it still be done? |", "|---|---|---|"]
    for one in DRIFTS.values():
        can = (
            "yes" if one.possible else "no: the save has gone out by then" if one.saved else "no: stop before the save"
        )
        drifts.append(f"| `{one.name}` | {one.does} | {can} |")
    for name, lines in (("tasks", tasks), ("drifts", drifts)):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        head, rest = text.split(begin)
        text = head + begin + "\n".join(lines) + "\n" + end + rest.split(end)[1]
    return text


def pictures() -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, app, path, drifts in _SHOTS:
            with served(Site(APPS[app], 1, drifts)) as office:
                tab = browser.new_page(viewport={"width": 1180, "height": 700})
                tab.goto(office.entry)
                tab.goto(office.url + path)
                _keep(Image.open(io.BytesIO(tab.screenshot())), name)
                tab.close()
        browser.close()
    with Desktop() as desktop, tempfile.TemporaryDirectory() as folder, opened(Path(folder), desktop.env) as form:
        wait_for(lambda: window_of(desktop, "expenses"), "the form")
        wait_for(lambda: _colours(desktop) > 60, "the form drawn")
        _keep(_window(desktop), "office-expenses")
        form.process.terminate()


def _window(desktop: Desktop) -> Image.Image:
    """The form's window with its frame, from the screen."""
    connection = display.Display(desktop.display)
    try:
        window = connection.create_resource_object("window", window_of(desktop, "expenses"))
        size = window.get_geometry()
        at = window.translate_coords(connection.screen().root, 0, 0)
        raw = connection.screen().root.get_image(-at.x, -at.y, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
    finally:
        connection.close()
    return Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX")


def _colours(desktop: Desktop) -> int:
    """How many; an empty window has one or two."""
    return len(_window(desktop).resize((200, 120)).getcolors(24_000) or ())


def _keep(picture: Image.Image, name: str) -> None:
    """Few colours are enough for a page, and a third of the bytes."""
    few = picture.convert("RGB").convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    few.save(ASSETS / f"{name}.png", optimize=True)


def main() -> None:
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
    if "--pictures" in sys.argv[1:]:
        pictures()


if __name__ == "__main__":
    main()
