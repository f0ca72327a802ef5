"""What an rrweb page showed, as a list like our observer's: roles, names, states, and what lies in what. Pure.

rrweb keeps the document and no layout. So nobody knows where a thing stood, and of what was hidden only what the
document itself says: places are all 0, and the list's observer is 0, which is none of ours. What is written in a field
is no part of it, as in our own lists: it says only of which length that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from byhand.datasets.formats.rrweb_page import MOST_DEPTH, Node, Page
from byhand.events.kinds import Snapshot

MOST = 1500
"""Elements of a list, as our observer's."""
_UNSEEN = frozenset({
    "head", "script", "style", "template", "meta", "link", "noscript", "title", "base", "source", "track", "datalist",
})  # fmt: skip
_PARTS = {
    "nav": "navigation", "main": "main", "form": "form", "table": "table", "tr": "row", "td": "cell", "ul": "list",
    "ol": "list", "li": "listitem", "dialog": "dialog", "article": "article", "aside": "complementary",
    "fieldset": "group", "img": "img", "iframe": "", **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip
_WHOLE = frozenset({
    "button", "checkbox", "heading", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio",
    "switch", "tab", "tooltip",
})  # fmt: skip
"""Their name is all there is to read in them."""
_CONTROLS = _WHOLE - {"heading", "tooltip"} | {
    "combobox", "listbox", "searchbox", "slider", "spinbutton", "textbox", "treeitem", "gridcell",
}  # fmt: skip
_EMPTY = frozenset({*_PARTS.values(), "group", "region", "list"}) - {"heading", "img"}
"""Worth nothing without a name or something in it."""
_ARIA = {"aria-checked": "checked", "aria-selected": "selected", "aria-pressed": "pressed", "aria-expanded": "expanded"}
_OWN = {"disabled": "disabled", "readonly": "read only", "required": "required", "multiple": "multiselectable"}
_NO_TEXT = frozenset({"checkbox", "radio", "submit", "button", "reset", "image", "hidden", "password"})


class _Listed(NamedTuple):
    node: int
    parent: int
    role: str
    tag: str
    name: str
    states: str
    holds: str


def listed(page: Page, stamps: tuple[int, int, str], where: tuple[str, str], size: tuple[int, int]) -> Snapshot:
    """The list of this moment.

    Args:
        page: its document.
        stamps: as an event's.
        where: origin and path.
        size: of its viewport, in CSS pixels.
    """
    found, more = _walk(page)
    kept = _worth(found)
    at = {number: place for place, number in enumerate(kept)}
    told = [found[number] for number in kept]
    return Snapshot(
        *stamps, "press", 1, 1, *where, 0, 0, 0, *size, 1.0, tuple(one.node for one in told),
        tuple(at.get(one.parent, -1) for one in told), tuple(one.role for one in told),
        tuple(one.tag for one in told), tuple(one.name for one in told), tuple(one.states for one in told),
        tuple(one.holds for one in told), (0,) * (4 * len(told)), more,
    )  # fmt: skip


def _walk(page: Page) -> tuple[list[_Listed], int]:
    """Parents before children, and how many were not looked at."""
    found: list[_Listed] = []
    waiting = [(number, -1, 0) for number in reversed(page.tops())]
    seen: set[int] = set()
    while waiting:
        if len(found) >= MOST:
            return found, len(waiting)
        number, parent, deep = waiting.pop()
        node = page.nodes.get(number)
        if node is None or number in seen or deep > MOST_DEPTH or node.tag in _UNSEEN or _hidden(node):
            continue
        seen.add(number)
        one = _one(page, number, node, parent)
        if one is not None:
            found.append(one)
            parent = len(found) - 1
            if one.role in _WHOLE or (one.role in _CONTROLS and one.tag != "select"):
                continue
        waiting += [(child, parent, deep + 1) for child in reversed(node.children)]
    return found, 0


def _one(page: Page, number: int, node: Node, parent: int) -> _Listed | None:
    if not node.tag:
        return None
    role = page.roles(number)[1] if node.tag != "label" else ""
    role = role or _role(node)
    words = " ".join(page.own_words(number).split())[:300]
    if not role and not words and node.tag != "iframe" and "onclick" not in node.attributes:
        return None
    named = role in _WHOLE or role in _CONTROLS
    name = page.name(number) if named else _called(page, node) or words
    return _Listed(
        number, parent, role or ("text" if words else ""), node.tag, name, _states(node), _holds(page, number)
    )


def _role(node: Node) -> str:
    if node.tag == "th":
        return "rowheader" if node.get("scope") == "row" else "columnheader"
    if node.tag == "section":
        return "region" if node.get("aria-label") or node.get("aria-labelledby") else ""
    return _PARTS.get(node.tag, "")


def _called(page: Page, node: Node) -> str:
    """A part has a name only where it is given one: a table is not called by all that is in it."""
    given = node.get("aria-label") or page.by_ids(node.get("aria-labelledby")) or node.get("alt") or node.get("title")
    return " ".join(given.split())[:300]


def _hidden(node: Node) -> bool:
    style = node.get("style").replace(" ", "").lower()
    return (
        "hidden" in node.attributes or "display:none" in style or "visibility:hidden" in style
        or (node.tag == "input" and node.get("type") == "hidden")
    )  # fmt: skip


def _states(node: Node) -> str:
    told = [said for name, said in _ARIA.items() if node.get(name) == "true"]
    told += ["collapsed"] if node.get("aria-expanded") == "false" else []
    told += [said for name, said in _OWN.items() if name in node.attributes and node.get(name) != "False"]
    checked = node.tag in ("input", "option") and node.get("checked" if node.tag == "input" else "selected")
    told += ["checked" if node.tag == "input" else "selected"] if checked not in ("", "False", False) else []
    return " ".join(dict.fromkeys(told))


def _holds(page: Page, number: int) -> str:
    """In our observer's words: docs/formats/observer.md."""
    node = page.nodes[number]
    if node.tag == "select":
        count = sum(page.nodes[at].tag == "option" for at in _inside(page, number))
        return f"{count} option{'' if count == 1 else 's'}"
    if node.tag not in ("input", "textarea"):
        return ""
    kind = node.get("type")
    if kind in ("checkbox", "radio"):
        return "checked" if node.get("checked") not in ("", "False") else "unchecked"
    if kind in _NO_TEXT:
        return ""
    text = node.get("value")
    return f"{len(text)} character{'' if len(text) == 1 else 's'}" if text else "empty"


def _inside(page: Page, number: int) -> Iterator[int]:
    waiting, left = list(page.nodes[number].children), MOST
    while waiting and left:
        left -= 1
        at = waiting.pop()
        if at in page.nodes:
            yield at
            waiting += page.nodes[at].children


def _worth(found: list[_Listed]) -> list[int]:
    """Places of those that are called something, are something, or hold what does."""
    kept: set[int] = set()
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if at in kept or one.name or one.role not in _EMPTY or one.tag == "iframe":
            kept.add(at)
            kept.add(one.parent)
    return sorted(kept - {-1})
