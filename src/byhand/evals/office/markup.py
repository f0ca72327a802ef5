"""HTML from values, escaped once and for good.

Rules of this module: a text becomes HTML only through `h` or `text`; `Html` marks what has been through it. Names in
attributes (ids, classes, field names, test ids) go through `rename`, which IDS changes.
"""

from __future__ import annotations

import html
import zlib
from collections.abc import Callable, Iterable

_VOID = frozenset({"input", "meta", "link", "br", "hr"})
_NAMES = frozenset(
    {"id", "class", "for", "name", "aria_labelledby", "aria_describedby", "aria_controls", "data_testid"}
)


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Part = Html | str | None | Iterable["Part"]
Rename = Callable[[str], str]


def same(name: str) -> str:
    return name


def changed(name: str) -> str:
    """Another name, the same each time. What begins with `_` is of the protocol and stays."""
    return name if name.startswith("_") else f"k{zlib.crc32(name.encode()):08x}"


def text(part: Part) -> Html:
    """Parts in a row."""
    if part is None:
        return Html()
    if isinstance(part, Html):
        return part
    if isinstance(part, str):
        return Html(html.escape(part))
    return Html("".join(map(text, part)))


class Maker:
    """Makes elements: `h("p", "Hello", class_="quiet")`. True gives a bare attribute, False and None none at all."""

    def __init__(self, rename: Rename) -> None:
        self.rename = rename

    def __call__(self, tag: str, *parts: Part, **attributes: str | bool | int | None) -> Html:
        told = "".join(self._attribute(key.rstrip("_"), value) for key, value in attributes.items())
        return Html(f"<{tag}{told}>") if tag in _VOID else Html(f"<{tag}{told}>{text(parts)}</{tag}>")

    def _attribute(self, key: str, value: str | bool | int | None) -> str:
        if value is None or value is False or (value == "" and key in _NAMES):
            return ""
        name = key.replace("_", "-")
        if value is True:
            return f" {name}"
        told = " ".join(map(self.rename, str(value).split())) if key in _NAMES else str(value)
        return f' {name}="{html.escape(told)}"'
