"""Promises of reach: a program acts where recording was agreed to, and nowhere else."""

from __future__ import annotations

import pytest

from byhand.consent.reach import beyond, within
from byhand.errors import NoGrant
from tests.consent.test_grant import POLICY, give

SITES = [site.origin for site in POLICY.sites]


def test_what_the_grant_covers_may_be_touched():
    """By origin, whatever the path."""
    assert beyond(give(), POLICY, [f"{SITES[0].replace('*', 'a')}/orders?x=1"], ["mail"]) == []


def test_what_is_not_listed_may_not_be_touched():
    """Another site, another program, a site the grant left out, and what is no address at all."""
    outside = ["https://evil.example", "no address"]
    assert beyond(give(), POLICY, outside, ["bank"]) == [*outside, "bank"]
    assert beyond(give(sites=[]), POLICY, SITES[:1], []) == SITES[:1]


def test_it_is_said_what_is_beyond_and_what_is_covered():
    """And how to add it."""
    with pytest.raises(NoGrant, match="no consent covers") as raised:
        within(give(), POLICY, ["https://evil.example"], [])
    assert "covers" in raised.value.hints[0]
    assert "consent give" in raised.value.hints[1]
