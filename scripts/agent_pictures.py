"""Makes the picture of docs/agents.md, `python -m scripts.agent_pictures`: the next act shown in the office.

It is what `byhand do --watch` shows before "Save" is pressed, by the very code that shows it.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.actuators.pointing import Pointing
from byhand.cli import extension
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site

PICTURE = Path(__file__).parent.parent / "docs" / "assets" / "agent-next.png"


def main() -> None:
    with served(Site(APPS["invoices"], 1)) as office, opened("/usr/bin/chromium", extension.folder()) as hands:
        hands.tab.page.set_viewport_size({"width": 1180, "height": 560})
        hands.go(office.entry)
        hands.go(f"{office.url}vendors/new")
        for name, text in (("Name", "Adler Works"), ("City", "Bremen")):
            hands.act("fill", _node(hands, name), text)
        Pointing(hands).show(_node(hands, "Save"))
        shown = Image.open(io.BytesIO(hands.tab.page.screenshot()))
    # 256 colours are enough for a page without photographs.
    shown.convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(PICTURE, optimize=True)


def _node(hands: PageHands, name: str) -> int:
    view = hands.look()
    assert view is not None
    return next(one.node for one in view.elements if one.name == name and one.role in ("textbox", "button"))


if __name__ == "__main__":
    main()
