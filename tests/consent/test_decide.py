from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.consent.decide import decide, site_for, streams_for
from byhand.consent.grant import Grant, make
from byhand.consent.policy import parse
from byhand.errors import ConsentError, GrantExpired, GrantForged, NoGrant, PolicyChanged
from tests.consent.test_policy import GOOD

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
POLICY = parse(GOOD, "policy.toml")
T = 1_800_000_000
DAY = 86_400


def give(
    name: str, given: int = T, days: int = 7, key: Ed25519PrivateKey = KEY, streams: tuple[str, ...] = ("text",)
) -> Grant:
    return make(GOOD, POLICY, streams, None, None, "mine", given, days, name, key)


def test_the_good_grant_that_was_given_last_wins():
    """Older ones, withdrawn ones and expired ones don't matter."""
    old, new, gone = give("old"), give("new", T + 10), give("gone", T + 20)
    assert decide([new, gone, old], {"gone"}, GOOD, T + 100, PUBLIC) == new
    assert decide([new, give("short", T + 30, 1), old], set(), GOOD, T + 2 * DAY, PUBLIC) == new


@pytest.mark.parametrize(
    ("grants", "withdrawn", "text", "now", "error", "said"),
    [
        ([], set[str](), GOOD, T, NoGrant, "no consent was given"),
        ([give("one")], {"one"}, GOOD, T, NoGrant, "consent was withdrawn (grant one)"),
        ([give("one")], set[str](), GOOD, T + 7 * DAY, GrantExpired, "consent ended on 22 Jan 2027 (grant one)"),
        (
            [give("one")],
            set[str](),
            GOOD + "\n",
            T,
            PolicyChanged,
            "the policy is not the one that grant one agreed to",
        ),
        (
            [give("one")],
            set[str](),
            GOOD,
            T - DAY,
            NoGrant,
            "this computer's clock stands before the day consent was given, 15 Jan 2027",
        ),
        ([give("one", key=OTHER)], set[str](), GOOD, T, GrantForged, "grant one was given on another device"),
        (
            [msgspec.structs.replace(give("one"), expires=T + 60 * DAY)],
            set[str](),
            GOOD,
            T,
            GrantForged,
            "the grant was changed after it was given: its signature does not fit",
        ),
    ],
)
def test_without_a_good_grant_it_says_why_and_what_to_type(
    grants: list[Grant], withdrawn: set[str], text: str, now: int, error: type[ConsentError], said: str
):
    """One sentence, a hint that can be typed, and what became of the data; the exit code is 3."""
    with pytest.raises(error) as raised:
        decide(grants, withdrawn, text, now, PUBLIC)
    assert raised.value.message == said
    assert any("byhand consent give" in hint for hint in raised.value.hints)
    assert raised.value.fate == "nothing was recorded"
    assert raised.value.exit_code == 3


def test_what_is_told_is_the_fault_of_the_grant_given_last():
    """That is the one the person has in mind."""
    with pytest.raises(PolicyChanged):
        decide([give("old", T - 30 * DAY), give("new")], set(), GOOD + "#", T, PUBLIC)


def test_a_clock_a_little_behind_is_no_reason():
    """Time servers step clocks back by seconds."""
    assert decide([give("one")], set(), GOOD, T - 60, PUBLIC).id == "one"


def test_streams_are_what_all_three_agree_on():
    """The grant, the policy and the program's own rule."""
    grant = give("one")
    assert streams_for(grant, POLICY, "mail") == {"actions", "text"}
    assert streams_for(grant, POLICY, "chromium") == {"actions"}
    assert streams_for(grant, POLICY, "bank") == frozenset()
    assert streams_for(msgspec.structs.replace(grant, apps=("chromium",)), POLICY, "mail") == frozenset()


def test_a_program_whose_rule_leaves_actions_out_keeps_nothing():
    """Every other stream hangs on it."""
    text = GOOD.replace('streams = ["actions"]', 'streams = ["text"]')
    policy = parse(text, "p")
    assert (
        streams_for(make(text, policy, ("text",), None, None, "mine", T, 7, "x", KEY), policy, "chromium")
        == frozenset()
    )


def test_a_site_needs_the_policy_and_the_grant():
    """The policy lists it, and the person said yes to it."""
    grant = give("one")
    assert site_for(grant, POLICY, "https://work.example.org/x") is not None
    assert site_for(msgspec.structs.replace(grant, sites=()), POLICY, "https://work.example.org/x") is None
