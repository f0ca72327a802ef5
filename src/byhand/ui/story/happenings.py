"""What happens in pages, in words: `choose "Germany" in dropdown "Country"`. Pure."""

from __future__ import annotations

from typing import Literal

from byhand.events.kinds import Element, Page
from byhand.ui.story.things import thing
from byhand.ui.words import shown

_MOST_VALUE = 200
_CHECKED = {"checked": "check", "on": "switch on", "unchecked": "uncheck", "off": "switch off", "mixed": "half-check"}
_PAGES = {
    "loaded": "page opens:", "moved": "page moves on to", "tab opened": "a tab opens:", "tab closed": "a tab closes:",
    "tab switched": "another tab:", "download": "a download begins on",
}  # fmt: skip

Told = tuple[Literal["press", "type", "key", "window"], str, str, str]
"""Kind of row, verb, what, note."""


def of_element(element: Element, onto: Element | None = None) -> Told:
    """What happened to an element of a page."""
    what = thing(element)
    inside = f" in {what}" if what else ""
    match element.why:
        case "change":
            return "press", *_changed(element), ""
        case "input":
            return "type", *_filled(element), ""
        case "drag" | "drop":
            where = f" → {thing(onto) or 'elsewhere'}" if onto is not None else ""
            return "press", element.why, f"{what or 'something'}{where}", ""
        case "copy" | "cut" | "paste":
            return "key", element.why, f"{element.holds}{inside}".strip(), ""
        case "file":
            some = element.holds if element.holds.endswith("files") else "a file"
            where = f'"{shown(element.name)}"' if element.name else what
            return "press", "choose", f"{some}{f' in {where}' if where else ''}", shown(element.value, 60)
        case "submit":
            return "key", "submit", what or "form", ""
        case "hover":
            return "press", "rest on", what or "something", ""
        case "open" | "close":
            return "window", what or "something", f"{element.why}s", ""
        case _:
            return "press", "press", what or "something", ""


def of_page(page: Page) -> tuple[str, str]:
    """What happened to a page: the verb and what it is about."""
    address = shown((page.origin + page.page).partition("://")[2] or page.origin + page.page, 80)
    title = f'"{shown(page.title)}"' if page.title else ""
    what = " ".join(part for part in (title, address) if part)
    verb = _PAGES.get(page.what, page.what)
    return (verb, what) if what else (verb.rstrip(":"), "")


def _changed(element: Element) -> tuple[str, str]:
    what, value = thing(element), shown(element.value, _MOST_VALUE)
    if element.role == "radio button":
        return "choose", what or "an option"
    if element.holds in _CHECKED:
        return _CHECKED[element.holds], f'"{shown(element.name)}"' if element.name else what or "a box"
    if value:
        verb = "choose" if element.role in ("combo box", "list box") else "set"
        if verb == "choose":
            return verb, f'"{value}"{f" in {what}" if what else ""}'
        return verb, f'{what or "a field"} to "{value}"'
    if element.holds.startswith("option "):
        return "choose", f"{element.holds}{f' in {what}' if what else ''}"
    return "change", what or "a field"


def _filled(element: Element) -> tuple[str, str]:
    what = thing(element)
    where = f" in {what}" if what else ""
    if element.value:
        return "type", f'"{shown(element.value, _MOST_VALUE)}"{where}'
    return "type", f"•••{f' ({element.holds})' if element.holds else ''}{where}"
