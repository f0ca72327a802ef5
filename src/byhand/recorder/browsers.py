"""What a recording does with browsers: which sites it tells them, and where the person wants nothing kept.

"Pause here" lasts as long as the recording; "never on this site" is written down (`vault.never`). Both hold at once:
the guard takes such a page for one that is not listed, the driver tells nothing of it, the extensions fall silent.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from byhand.capture import together as beside
from byhand.capture.browser import driver as alone
from byhand.capture.browser.driver import BrowserDriver
from byhand.capture.browser.terms import Terms
from byhand.capture.together import Together
from byhand.consent.decide import site_for
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, origin_of
from byhand.errors import UsageFault
from byhand.events.browser import SiteSaid
from byhand.privacy.rules.contexts import never_kept
from byhand.vault import never


class Browsers:
    """Of one recording.

    Args:
        driver: what listens to browsers; None where the policy lists no site.
        together: what puts them in one order with the desktop, where there is one.
        scope: the grant and its policy.
    """

    def __init__(
        self, home: Path, scope: tuple[Policy, Grant], driver: BrowserDriver | None = None,
        together: Together | None = None,
    ) -> None:  # fmt: skip
        self._home, self._scope, self._driver, self._together = home, scope, driver, together
        self._never = never.never(home)
        self._paused: frozenset[str] = frozenset()
        self._terms: Terms | None = None

    @property
    def hushed(self) -> frozenset[str]:
        """Origins of which nothing may be kept now."""
        return self._never | self._paused

    @property
    def names(self) -> tuple[str, ...]:
        """Window classes of the browsers that are connected."""
        return self._driver.names if self._driver else ()

    @property
    def behind_ns(self) -> int:
        """What happened so long ago may not have been handed on yet: it waits for its place in the order."""
        if self._together is not None:
            return beside.HOLD_NS
        return alone.HOLD_NS if self._driver is not None else 0

    def dropped(self, by_the_guard: Mapping[str, int]) -> dict[str, int]:
        """By reason, with what did not even reach the guard."""
        if self._driver is None:
            return dict(by_the_guard)
        return dict(Counter(by_the_guard) + Counter(dict(self._driver.counts)))

    def open(self, recording: str, task: str) -> None:
        """Begin to listen.

        Raises:
            CaptureError: this home can hold no socket.
        """
        if self._driver is None:
            return
        policy, grant = self._scope
        last_day = datetime.fromtimestamp(grant.expires - 1, tz=UTC)
        self._terms = Terms(
            recording=recording, grant=grant.id, until=f"{last_day:%Y-%m-%d}", purpose=grant.purpose, task=task,
            sites=sites(policy, grant), hushed=tuple(sorted(self.hushed)), streams=self._streams,
        )  # fmt: skip
        self._driver.open(self._terms)

    def close(self) -> None:
        if self._driver is not None:
            self._driver.close()

    def forget(self, now_ns: int) -> None:
        """What happened until now and was not handed on is told to nobody."""
        if self._driver is not None:
            self._driver.forget(now_ns)
        if self._together is not None:
            self._together.forget()

    def settle(self) -> None:
        """Hand on what waits for its place in the order."""
        if self._driver is not None:
            self._driver.settle()
        if self._together is not None:
            self._together.settle()

    def change(self, verb: Literal["hush", "unhush", "never"], address: str) -> None:
        """The person pauses on a site, goes on there, or never wants anything kept of it.

        Raises:
            UsageFault: that is no site.
            VaultError: the list of what is never kept can't be written.
        """
        origin = origin_of(address)
        if not origin:
            raise UsageFault("that is no site", hints=("write it like https://mail.example.org",))
        if verb == "unhush":
            self._paused -= {origin}
        else:
            self._paused |= {origin}  # first: it holds even where the list can't be written
        try:
            if verb == "never":
                never.add(self._home, origin)
                self._never |= {origin}
        finally:
            if self._driver is not None and self._terms is not None:
                self._terms = dataclasses.replace(self._terms, hushed=tuple(sorted(self.hushed)))
                self._driver.change(self._terms)

    def _streams(self, url: str) -> frozenset[str]:
        """What may be kept of a page: empty where it is not listed, or hushed."""
        policy, grant = self._scope
        rule = None if origin_of(url) in self.hushed else site_for(grant, policy, url)
        return frozenset(rule.streams) & frozenset(grant.streams) & frozenset(policy.streams) if rule else frozenset()


def sites(policy: Policy, grant: Grant) -> tuple[SiteSaid, ...]:
    """The sites that extensions may tell of, each with its streams. What is a private context is not among them."""
    private = {name for name, _ in never_kept(policy)}
    return tuple(
        SiteSaid(rule.origin, tuple(one for one in rule.streams if one in grant.streams and one in policy.streams))
        for rule in policy.sites
        if rule.origin in grant.sites and rule.origin not in private and "actions" in rule.streams
    )
