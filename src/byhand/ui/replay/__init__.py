"""One page that replays one recording: the contributor's view of what was kept.

    pieces    frames as flat rectangles and pictures
    scene     all of it as the page's data
    player/   what runs in the page: plain ES modules, style sheets, a template; review serves the same playback

The page asks for nothing: no request leaves it, and its content security policy allows only the one script and the one
style sheet that are in it, by their hashes. Text from the recording stands in a JSON block and reaches the screen only
as text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from importlib.resources import files

import msgspec

from byhand.events.kinds import Header, Numbered
from byhand.ui.replay.scene import scene

# In the order in which they need each other.
MODULES = (
    "scene.js", "frames.js", "ink.js", "desktop.js", "stage.js", "timeline.js", "story.js", "playback.js", "player.js",
)  # fmt: skip
STYLES = ("tokens.css", "playback.css", "player.css")

_LINKS = re.compile(r"^import [^;]*;\n|^export (?=class|function|const)", re.MULTILINE)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def render(header: Header, events: Iterable[Numbered], *, title: str) -> str:
    """The whole page as text.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    player = files("byhand.ui.replay") / "player"
    script = "\n".join(unlinked((player / name).read_text("utf-8")) for name in MODULES)
    style = "\n".join((player / name).read_text("utf-8") for name in STYLES)
    made = scene(header, events, title)
    slots = {
        "title": html.escape(made.facts.title),
        "script": script,
        "style": style,
        "script_hash": _hash(script),
        "style_hash": _hash(style),
        "data": _inert(msgspec.json.encode(made).decode()),
    }
    # One pass: what fills a slot is not looked at again, so no text of a recording can name another slot.
    return _SLOT.sub(lambda slot: slots[slot[1]], (player / "page.html").read_text("utf-8"))


def unlinked(module: str) -> str:
    """A module without its imports and exports, to stand in one script with the others."""
    return _LINKS.sub("", module)


def _hash(inline: str) -> str:
    """The source expression of an inline block (CSP level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()


def _inert(json: str) -> str:
    """JSON that can't end its script element nor open a comment in it (HTML standard, 4.12.1.3)."""
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
