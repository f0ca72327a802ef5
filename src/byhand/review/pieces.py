"""The page's own files: shells, scripts, styles. A fixed list, read once; nothing else can be asked for by name."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

import jinja2

_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
_FOLDERS = {"": ("byhand.review", "assets"), "player/": ("byhand.ui.replay", "player")}


def assets() -> dict[str, tuple[str, bytes]]:
    """What stands behind /assets/: name -> content type and bytes."""
    found: dict[str, tuple[str, bytes]] = {}
    for prefix, (package, folder) in _FOLDERS.items():
        for path in (files(package) / folder).iterdir():
            kind = _KINDS.get(path.name.rpartition(".")[2])
            if kind is not None and path.is_file():
                found[prefix + path.name] = (kind, path.read_bytes())
    return found


def shells() -> jinja2.Environment:
    """The page shells. Autoescape is on, and a name that is not given is an error."""
    folder: Traversable = files("byhand.review") / "pages"
    texts = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".html")}
    return jinja2.Environment(loader=jinja2.DictLoader(texts), autoescape=True, undefined=jinja2.StrictUndefined)
