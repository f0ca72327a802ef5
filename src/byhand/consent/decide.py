"""Is there a yes for this, now? The only place that answers."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime

from byhand.consent.grant import Grant, verify
from byhand.consent.policy import STREAMS, Policy, SiteRule, Stream, app_rule, policy_hash, site_rule
from byhand.errors import ConsentError, GrantExpired, GrantForged, NoGrant, PolicyChanged

_FATE = "nothing was recorded"
_GIVE = "to give consent, run: byhand consent give"
# A clock corrected by a time server may step back a little right after a grant was given.
_CLOCK_SLACK_S = 300


def decide(
    grants: Sequence[Grant], withdrawn: AbstractSet[str], policy_text: str, now: int, public_key: bytes
) -> Grant:
    """The grant under which a recording may begin: of the good ones, the one given last.

    Args:
        grants: all that are on this device.
        withdrawn: ids of those that were taken back.
        policy_text: the policy as it is now.
        now: UTC seconds.
        public_key: the device's, 32 bytes.

    Raises:
        NoGrant: none was given here, or all were withdrawn, or the clock stands before they were given.
        GrantExpired, GrantForged, PolicyChanged: what is wrong with the one given last.
    """
    if not grants:
        raise NoGrant("no consent was given", hints=(_GIVE,), fate=_FATE)
    left = [grant for grant in grants if grant.id not in withdrawn]
    if not left:
        last = max(grants, key=lambda grant: grant.given)
        raise NoGrant(f"consent was withdrawn (grant {_name(last)})", hints=(_GIVE,), fate=_FATE)
    first: ConsentError | None = None
    for grant in sorted(left, key=lambda one: one.given, reverse=True):
        problem = _against(grant, policy_text, now, public_key)
        if problem is None:
            return grant
        first = first or problem
    assert first is not None
    raise first


def streams_for(grant: Grant, policy: Policy, app: str) -> frozenset[Stream]:
    """What may be kept of a program: all that grant, policy and the program's rule agree on; empty: nothing."""
    rule = app_rule(policy, app)
    if rule is None or app not in grant.apps:
        return frozenset()
    return _at_least_actions(frozenset(grant.streams) & frozenset(policy.streams) & frozenset(rule.streams))


def site_for(grant: Grant, policy: Policy, url: str) -> SiteRule | None:
    """The rule of a page's site, if the grant covers it and it keeps anything at all."""
    rule = site_rule(policy, url)
    return rule if rule is not None and rule.origin in grant.sites and "actions" in rule.streams else None


def _at_least_actions(streams: frozenset[Stream]) -> frozenset[Stream]:
    # Every other stream hangs on actions: a rule that takes them out keeps nothing.
    return streams if STREAMS[0] in streams else frozenset()


def _against(grant: Grant, policy_text: str, now: int, public_key: bytes) -> ConsentError | None:
    try:
        verify(grant)
    except GrantForged as error:
        return error
    if grant.public_key != public_key.hex():
        return GrantForged(f"grant {_name(grant)} was given on another device", hints=(_GIVE,), fate=_FATE)
    if now >= grant.expires:
        return GrantExpired(
            f"consent ended on {_day(grant.expires)} (grant {_name(grant)})", hints=(_GIVE,), fate=_FATE
        )
    if now < grant.given - _CLOCK_SLACK_S:
        return NoGrant(
            f"this computer's clock stands before the day consent was given, {_day(grant.given)}",
            hints=("set the clock right", _GIVE),
            fate=_FATE,
        )
    if grant.policy_hash != policy_hash(policy_text):
        return PolicyChanged(
            f"the policy is not the one that grant {_name(grant)} agreed to",
            hints=(
                "to see what it allows now, run: byhand policy show",
                "to agree to it as it is now, run: byhand consent give",
            ),
            fate=_FATE,
        )
    return None


def _day(seconds: int) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return "a day no calendar has"
    return f"{moment.day} {moment:%b %Y}"


def _name(grant: Grant) -> str:
    # The id of a forged grant is anybody's text; keep it to what an id looks like.
    return "".join(letter for letter in grant.id[:16] if letter.isascii() and letter.isalnum()) or "without a name"
