"""The ways to an element, as its selectors tell them (`events.kinds.Element.selectors`). Pure.

Ours are strings of a DevTools recording. In one of DevTools a way may also be a list, one part for each shadow tree.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from byhand.episodes.types import Action, Target

_ARIA = re.compile(r'(?P<name>.*?)(?:\[role="(?P<role>[^"]*)"\])?', re.DOTALL)
PIERCE = " >>> "
Kind = Literal["aria", "text", "xpath", "pierce", "css"]


class Way(NamedTuple):
    """words: a name, a text, an XPath, or css; of `pierce` css with one part for each tree. role: of `aria` only."""

    kind: Kind
    words: str
    role: str = ""


def way(selector: str) -> Way:
    if selector.startswith("aria/"):
        found = _ARIA.fullmatch(selector[5:])
        return Way("aria", found["name"], found["role"] or "") if found else Way("aria", selector[5:])
    for kind in ("text", "xpath", "pierce"):
        if selector.startswith(f"{kind}/"):
            return Way(kind, selector[len(kind) + 1 :])
    return Way("css", selector)


def ways(target: Target | None) -> tuple[Way, ...]:
    return tuple(way(selector) for selector in target.selectors) if target is not None else ()


def address(action: Action) -> str:
    """Of the page that has to be opened for it: of the tab's, where it was done in a frame."""
    return action.top or action.origin + action.page


def template(page: str) -> bool:
    """Whether a path has holes, so that nobody can go there: docs/formats/events.md."""
    return "{" in page or page.endswith("...")
