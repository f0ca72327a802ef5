from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from byhand.consent.grant import Grant, decode, encode, make, signed_bytes, verify
from byhand.consent.policy import parse
from byhand.errors import GrantForged, UsageFault
from tests.consent.test_policy import GOOD

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
POLICY = parse(GOOD, "policy.toml")
VECTOR = Path(__file__).parents[1] / "vectors" / "grant-1.json"


def give(
    *streams: str, apps: list[str] | None = None, sites: list[str] | None = None, days: int = 7, purpose: str = "mine"
) -> Grant:
    return make(GOOD, POLICY, streams, apps, sites, purpose, 1_800_000_000, days, "abcdefghij", KEY)


def test_a_grant_covers_what_was_asked_and_always_actions():
    """All that the policy lists, unless less is said."""
    grant = give("text")
    assert grant.streams == ("actions", "text")
    assert grant.apps == ("mail", "chromium")
    assert give(apps=["mail"], sites=[]).apps == ("mail",)
    assert grant.expires - grant.given == 7 * 86_400
    verify(grant)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"days": 91}, "a grant lasts 1 to 90 days"),
        ({"days": 0}, "a grant lasts 1 to 90 days"),
        ({"purpose": "train"}, "the policy has no purpose 'train'"),
        ({"apps": ["bank"]}, "the policy has no program 'bank'"),
        ({"sites": ["https://evil.example"]}, "the policy has no site 'https://evil.example'"),
    ],
)
def test_a_grant_never_covers_more_than_the_policy(asked: dict[str, object], said: str):
    """Asking for more is a mistake, told before anything is signed."""
    with pytest.raises(UsageFault) as raised:
        give(**asked)  # type: ignore[arg-type]
    assert raised.value.message == said


def test_a_stream_the_policy_does_not_have_cannot_be_granted():
    """The policy is the most there can be."""
    with pytest.raises(UsageFault, match="no stream 'frames'"):
        give("frames")


def test_a_policy_without_programs_cannot_be_agreed_to():
    """There is nothing to say yes to."""
    with pytest.raises(UsageFault, match="no program"):
        make("version = 1", parse("version = 1", "p"), (), None, None, "mine", 0, 7, "x", KEY)


@given(
    st.sampled_from(
        [name for name in Grant.__struct_fields__ if name not in ("signature", "streams", "apps", "sites")]
    ),
    st.integers(0, 9),
)
def test_any_changed_field_breaks_the_signature(name: str, way: int):
    """A grant can't be stretched, moved or widened after it was given."""
    grant = give("text")
    value = getattr(grant, name)
    changed = value + 1 + way if isinstance(value, int) else f"{value}{way}"
    with pytest.raises(GrantForged):
        verify(msgspec.structs.replace(grant, **{name: changed}))


def test_a_widened_scope_breaks_the_signature():
    """Streams, apps and sites are under it too."""
    grant = give()
    for change in ({"streams": ("actions", "text")}, {"apps": (*grant.apps, "bank")}, {"sites": ()}):
        with pytest.raises(GrantForged):
            verify(msgspec.structs.replace(grant, **change))


@pytest.mark.parametrize("signature", ["", "zz", "00" * 64, "é" * 64])
def test_a_broken_signature_is_an_error_and_no_crash(signature: str):
    """Whatever stands there."""
    with pytest.raises(GrantForged):
        verify(msgspec.structs.replace(give(), signature=signature))


def test_even_the_device_cannot_sign_more_than_ninety_days():
    """Another program with the key could try."""
    long = msgspec.structs.replace(give(), expires=1_800_000_000 + 91 * 86_400)
    long = msgspec.structs.replace(long, signature=KEY.sign(signed_bytes(long)).hex())
    with pytest.raises(GrantForged, match="no version of this program"):
        verify(long)


def test_a_grant_survives_its_file():
    """And the file is readable by people."""
    grant = give("text")
    assert decode(encode(grant)) == grant
    assert encode(grant).startswith(b'{\n  "version": 1')


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"version": "x"}', b"[" * 100_000])
def test_a_file_that_is_no_grant_is_an_error(data: bytes):
    """Torn, empty, or somebody else's."""
    with pytest.raises(GrantForged):
        decode(data)


def test_the_published_vector_verifies_and_its_bytes_are_as_documented():
    """An old grant stays readable; this file is never edited."""
    vector = json.loads(VECTOR.read_text())
    grant = decode(json.dumps(vector["grant"]).encode())
    verify(grant)
    assert signed_bytes(grant) == vector["signed"].encode()
    made = make(GOOD, POLICY, ("text",), None, None, "mine", 1_800_000_000, 7, "abcdefghij", KEY)
    assert (grant.public_key, grant.device, len(grant.signature)) == (made.public_key, made.device, 128)
