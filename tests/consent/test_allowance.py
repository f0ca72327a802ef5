"""Promises of allowances: one act, one site, one limit, and nothing beside it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from byhand.consent.allowance import Allowance, Wanted, covers, make, signed_bytes, verified
from byhand.errors import UsageFault

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NOW = 1_800_000_000
SAVE = Wanted("enter-invoice", "ab" * 32, "sends", site="https://books.example")
VECTOR = Path(__file__).parents[1] / "vectors" / "allowance-1.json"


def allow(days: int = 7, limit: str = "{amount} under 500", wanted: Wanted = SAVE) -> Allowance:
    return make(wanted, 'press "Save"', limit, NOW, days, "abcdefghij", KEY)


def test_it_covers_the_act_it_names():
    """Until its end, and not from the second on."""
    one = allow()
    assert covers([one], set(), SAVE, NOW + 7 * 86_400 - 1, PUBLIC) == ((one,), "none")
    assert covers([one], set(), SAVE, NOW + 7 * 86_400, PUBLIC) == ((), "expired")
    assert covers([one], set(), SAVE, NOW - 301, PUBLIC) == ((), "early")


@pytest.mark.parametrize("field", [name for name in Wanted.__struct_fields__ if name != "app"])
def test_it_covers_nothing_else(field: str):
    """Another program, act, risk or site is another yes."""
    other = msgspec.structs.replace(SAVE, **{field: "another"})
    fitting, why = covers([allow()], set(), other, NOW, PUBLIC)
    assert (fitting, why) == ((), "none" if field == "program" else "other")


def test_what_was_taken_back_covers_nothing():
    """Whatever its end."""
    assert covers([allow()], {"abcdefghij"}, SAVE, NOW, PUBLIC) == ((), "withdrawn")


@given(st.sampled_from([name for name in Allowance.__struct_fields__ if name != "signature"]), st.integers(0, 9))
def test_any_changed_field_breaks_the_signature(name: str, way: int):
    """It can't be stretched, moved or widened after it was given."""
    one = allow()
    value = getattr(one, name)
    changed = value + 1 + way if isinstance(value, int) else f"{value}{way}"
    assert verified(one, PUBLIC)
    assert not verified(msgspec.structs.replace(one, **{name: changed}), PUBLIC)


def test_that_of_another_device_covers_nothing():
    """Signed well, and not by this person's key."""
    other = Ed25519PrivateKey.generate()
    one = make(SAVE, 'press "Save"', "", NOW, 7, "abcdefghij", other)
    assert covers([one], set(), SAVE, NOW, PUBLIC) == ((), "forged")


@pytest.mark.parametrize(
    ("days", "wanted", "said"),
    [
        (0, SAVE, "1 to 90 days"),
        (91, SAVE, "1 to 90 days"),
        (7, msgspec.structs.replace(SAVE, site=""), "one site or one program"),
        (7, msgspec.structs.replace(SAVE, app="ledger"), "one site or one program"),
    ],
)
def test_none_is_for_ever_or_for_everywhere(days: int, wanted: Wanted, said: str):
    """Told before anything is signed."""
    with pytest.raises(UsageFault, match=said):
        allow(days, "", wanted)


def test_the_signed_bytes_are_those_of_the_vector():
    """Another version must be able to check what this one signed."""
    held = json.loads(VECTOR.read_text())
    one = msgspec.convert(held["allowance"], Allowance)
    assert signed_bytes(one).decode() == held["signed"]
    assert verified(one, bytes.fromhex(one.public_key))
    assert one == allow()
