"""How far a program may reach: the policy's list of sites and programs binds whoever acts, too. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.consent.decide import site_for, streams_for
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, origin_of
from byhand.errors import NoGrant


def beyond(grant: Grant, policy: Policy, sites: Sequence[str], apps: Sequence[str]) -> list[str]:
    """Those that the grant does not cover, sites first. A site is an origin or an address; one that is none is beyond.

    Args:
        grant: the one that holds.
        policy: it was given to.
        sites: all that is touched.
        apps: desktop programs, by window class.
    """
    outside = [site for site in sites if not origin_of(site) or site_for(grant, policy, site) is None]
    return [*outside, *(app for app in apps if not streams_for(grant, policy, app))]


def within(grant: Grant, policy: Policy, sites: Sequence[str], apps: Sequence[str]) -> None:
    """Raises:
    NoGrant: something is beyond.
    """
    outside = beyond(grant, policy, sites, apps)
    if not outside:
        return
    covered = ", ".join((*grant.sites, *grant.apps)) or "nothing"
    raise NoGrant(
        f"no consent covers {', '.join(outside)}",
        hints=(
            f"grant {grant.id} covers {covered}",
            "to add it, list it in the policy and run: byhand consent give --policy FILE",
        ),
        fate="nothing was done",
    )
