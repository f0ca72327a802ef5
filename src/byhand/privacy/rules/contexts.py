"""Where an input goes: a listed program or page, a private context, or we do not know where.

Rules of this module: a reason says why nothing is kept there; "" says that something may be. What is private is told so
that nobody can tell which kind it was:

- What no policy lists comes first: of a bank that nobody listed, not even that it is private is kept.
- In a browser a private page or window is told like any page that is not listed: there the crowd to hide in is largest.
- A listed program that is a private context, or shows one, has one reason for all kinds.

The list of private contexts (`listed`) wins over what a policy lists. A policy adds to it, and takes out of it only by
UNSAFE_allow; password managers, authenticators, private windows and locks it can't take out at all.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import structs

from byhand.consent.decide import site_for, streams_for
from byhand.consent.example import KNOWN_BROWSERS
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, SiteRule, Stream, app_rule, origin_of
from byhand.privacy.rules.listed import shipped
from byhand.privacy.rules.others import correspondence
from byhand.privacy.rules.phrases import Phrases, fold

ANOTHER_APP = "another app"
ANOTHER_SITE = "another site"
LOCKED = "lock screen"
PRIVATE = "private context"
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
    """The scope of one grant under one policy.

    Raises:
        RecorderError: the list of private contexts can't be read; nothing may be recorded then.
    """

    def __init__(self, policy: Policy, grant: Grant) -> None:
        self._policy = policy
        self._grant = grant
        self._apps: dict[str, App] = {}
        self._list = shipped()
        correspondence("")  # read now: a list that can't be read must stop the recording and not an event
        self._allowed = frozenset(policy.contexts.unsafe_allow)
        self._more_apps = frozenset(policy.contexts.apps)
        self._more_sites = tuple(map(_place, policy.contexts.sites))
        self._more_titles = Phrases(policy.contexts.titles)
        self._hushed: frozenset[str] = frozenset()
        self._last: tuple[str, SiteRule | None] = ("", None)

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
        """The rule of a page's site, if it is covered and the page is no private context."""
        if self._last[0] != url:
            rule = None if origin_of(url) in self._hushed else site_for(self._grant, self._policy, url)
            self._last = url, None if rule is None or self._is_private(url, rule) else rule
        return self._last[1]

    def within(self, url: str, top: str) -> SiteRule | None:
        """The rule of a frame's site, if its tab's page may be kept too, with what both allow."""
        rule = self.site(url) if url else None
        if rule is None or top == url:
            return rule
        above = self.site(top) if top else None
        if above is None:
            return None
        streams = tuple(stream for stream in rule.streams if stream in above.streams)
        return structs.replace(rule, streams=streams, public=rule.public and above.public)

    def hush(self, origins: frozenset[str]) -> None:
        """From now on, pages of these origins, and of no others, count as not listed although they are."""
        self._hushed, self._last = origins, ("", None)

    def telling(self, app: str, title: str, *, browser: bool, page: SiteRule | None = None) -> bool:
        """Does a window's title tell of a private context?

        Args:
            app: the window's class.
            title: the whole.
            browser: it shows pages.
            page: the rule of the page it shows, where that is known.
        """
        if self._list.always.title(title, browser=browser) or self._more_titles.inside(title):
            return True
        allowed = (page is not None and page.origin in self._allowed) if browser else app in self._allowed
        return not allowed and self._list.others.title(title, browser=browser)

    def sharing(self, app: str, title: str) -> bool:
        """Is this window a sign that the screen is shown to others or recorded? Listed or not."""
        if app in self._allowed:
            return False
        return bool(self._list.sharing.program(app)) or self._list.sharing.title(title, browser=False)

    def _judge(self, name: str) -> App:
        if name == OURS or name in self._list.kinds["lock screens"]["programs"]:
            return App(OURS if name == OURS else LOCKED, frozenset(), browser=False)
        streams = streams_for(self._grant, self._policy, name)
        rule = app_rule(self._policy, name)
        if not streams or rule is None:
            return App(ANOTHER_APP, frozenset(), browser=False)
        others = name not in self._allowed and self._list.others.program(name)
        if others or self._list.always.program(name) or name in self._more_apps:
            return App(PRIVATE, frozenset(), browser=False)
        return App("", streams, rule.browser or name in KNOWN_BROWSERS)

    def _is_private(self, url: str, rule: SiteRule) -> bool:
        if self._list.always.page(url) or any(more.covers(url) for more in self._more_sites):
            return True
        return rule.origin not in self._allowed and bool(self._list.others.page(url))


def never_kept(policy: Policy) -> list[tuple[str, str]]:
    """What a policy lists and the list of contexts keeps out all the same: its name there, and the kind it is of.

    For the person who writes the policy; a recording tells neither.
    """
    have, allowed = shipped(), policy.contexts.unsafe_allow
    found: list[tuple[str, str]] = []
    for app in policy.apps:
        kind = have.always.program(app.id) or (have.others.program(app.id) if app.id not in allowed else "")
        if app.id in have.kinds["lock screens"]["programs"]:
            kind = "lock screens"
        if kind or app.id in policy.contexts.apps:
            found.append((app.id, kind or "this policy"))
    for site in policy.sites:
        host = urlsplit(site.origin).hostname or ""
        bare = host.removeprefix("*.")
        kind = have.always.host(bare) or (have.others.host(bare) if site.origin not in allowed else "")
        if kind or any(_place(more).covers(site.origin.replace("*.", "", 1)) for more in policy.contexts.sites):
            found.append((site.origin, kind or "this policy"))
    return found


class _Place(NamedTuple):
    """A site that a policy adds. It covers more than one that a policy lists: either scheme, any port unless it names
    one, and with `*.` the host itself too.
    """

    scheme: str
    host: str
    port: int | None
    wide: bool

    def covers(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host, port = fold((parts.hostname or "").rstrip(".")), parts.port
        except ValueError:
            return True  # nobody can tell
        if self.scheme in ("file", "about") or not self.host:
            return parts.scheme == self.scheme
        fits = host == self.host or (self.wide and host.endswith(f".{self.host}"))
        return fits and self.port in (None, port)


def _place(origin: str) -> _Place:
    parts = urlsplit(origin)
    host = fold(parts.hostname or "")
    return _Place(parts.scheme, host.removeprefix("*."), parts.port, wide=host.startswith("*."))


def is_private(title: str) -> bool:
    """Is this what a browser calls a private window? `title` is its title, or its name for accessibility."""
    if len(title) > 2 * _LOOKED_AT:
        title = f"{title[:_LOOKED_AT]} {title[-_LOOKED_AT:]}"
    folded = title.casefold().strip()
    ends, anywhere = _private_marks()
    return folded.endswith(ends) or any(mark in folded for mark in anywhere)


@cache
def _private_marks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    marks = shipped().kinds["private windows"]
    return tuple(map(str.casefold, marks["end"])), tuple(map(str.casefold, marks["anywhere"]))
