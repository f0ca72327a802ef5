"""Where an input goes: a listed program, a secret one, a private window, a listed site, or we do not know where.

Rules of this module: a reason says why nothing is kept there; "" says that something may be. What is not listed comes
before what it is: of a password manager that no policy lists, not even that it is one is kept. Two files beside this
one hold the programs and the titles; both are meant to be read.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from byhand.consent.decide import site_for, streams_for
from byhand.consent.example import KNOWN_BROWSERS
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, SiteRule, Stream, app_rule
from byhand.privacy.rules.text import sections

ANOTHER_APP = "another app"
ANOTHER_SITE = "another site"
LOCKED = "lock screen"
PRIVATE = "private window"
GRABBED = "keyboard grab"
PAUSED = "paused"
OURS = "byhand"

_LOOKED_AT = 400  # of a title, at either end: a title of a megabyte must not cost a second


class App(NamedTuple):
    """What may be kept of a program; `reason` "" if anything."""

    reason: str
    streams: frozenset[Stream]
    browser: bool


class Contexts:
    """The scope of one grant under one policy."""

    def __init__(self, policy: Policy, grant: Grant) -> None:
        self._policy = policy
        self._grant = grant
        self._apps: dict[str, App] = {}

    def app(self, name: str) -> App:
        """Judge a window class (lower case)."""
        known = self._apps.get(name)
        if known is None:
            known = self._judge(name)
            # Only listed names are remembered: a program could make up a new class each second.
            if not known.reason:
                self._apps[name] = known
        return known

    def site(self, url: str) -> SiteRule | None:
        """The rule of a page's site, if it is covered."""
        return site_for(self._grant, self._policy, url)

    def _judge(self, name: str) -> App:
        reason = programs().get(name, "")
        if reason == LOCKED or name == OURS:
            return App(reason or OURS, frozenset(), browser=False)
        streams = streams_for(self._grant, self._policy, name)
        rule = app_rule(self._policy, name)
        if not streams or rule is None:
            return App(ANOTHER_APP, frozenset(), browser=False)
        if reason:
            return App(reason, frozenset(), browser=False)
        return App("", streams, rule.browser or name in KNOWN_BROWSERS)


def is_private(title: str) -> bool:
    """Is this what a browser calls a private window? `title` is its title, or its name for accessibility."""
    if len(title) > 2 * _LOOKED_AT:
        title = f"{title[:_LOOKED_AT]} {title[-_LOOKED_AT:]}"
    folded = title.casefold().strip()
    marks = _private_marks()
    return folded.endswith(marks["end"]) or any(mark in folded for mark in marks["anywhere"])


@cache
def programs() -> dict[str, str]:
    """Window class -> the reason why nothing of that program is kept."""
    return {name: reason for reason, names in sections("programs.txt").items() for name in names}


@cache
def _private_marks() -> dict[str, tuple[str, ...]]:
    return {part: tuple(map(str.casefold, marks)) for part, marks in sections("private_titles.txt").items()}
