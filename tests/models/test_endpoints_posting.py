"""Promises of a request to an endpoint: it has an end, it goes where it was told to, and nobody reads its key."""

from __future__ import annotations

import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from byhand.errors import NoGrant
from byhand.models.endpoints.address import Address, address
from byhand.models.endpoints.posting import Patience, Unanswered, post
from tests.models.stand_in import Said, standing_in

KEY = "sk-canary-83jd"
QUICK = Patience(answer_s=5.0, tries=3, first_s=0.01, most_s=0.05, size=10_000)


def at(url: str) -> Address:
    return address("openai:m", url)


def asked(url: str, patience: Patience = QUICK, **how: Any) -> bytes:
    return post(at(url), {"Authorization": f"Bearer {KEY}"}, b"{}", before=lambda: None, patience=patience, **how)


def failed(url: str, patience: Patience = QUICK, **how: Any) -> str:
    """In whose words; and no chain of errors behind them has the key."""
    with pytest.raises(Unanswered) as caught:
        asked(url, patience, **how)
    fault: BaseException | None = caught.value
    while fault is not None:
        assert KEY not in repr(fault)
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return str(caught.value)


def test_it_is_posted_as_it_is_and_the_answer_comes_back():
    """The path that such servers have, the key in its header, JSON."""
    with standing_in([Said(b'{"a":1}')]) as there:
        assert asked(there.url) == b'{"a":1}'
    (got,) = there.got
    assert (got.path, got.body, got.headers["authorization"]) == ("/v1/chat/completions", b"{}", f"Bearer {KEY}")


def test_a_busy_server_is_asked_again_and_not_for_ever():
    """429 and 5xx pass; what stays busy is said to, with its status."""
    with standing_in([Said(status=429, headers={"Retry-After": "0"}), Said(status=503), Said(b"{}")]) as there:
        assert asked(there.url) == b"{}"
        assert len(there.got) == 3
    with standing_in([Said(status=529)]) as there:
        assert failed(there.url) == "is busy (status 529) and stays so"
        assert len(there.got) == 3


def test_a_server_can_not_make_us_wait_for_long():
    """However long it says that it will be busy."""
    with standing_in([Said(status=429, headers={"Retry-After": "86400"}), Said(b"{}")]) as there:
        began = time.monotonic()
        asked(there.url)
        assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "did not take what it was asked (status 400)"), (401, "did not take the key (status 401)"),
        (404, "does not know the model or the address (status 404)"), (418, "did not answer as it should (status 418)"),
        (302, "points elsewhere (status 302), which is not followed"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_and_not_quoted(status: int, says: str):
    """One try; where it points to is not gone to."""
    with standing_in([Said(b"you sent " + KEY.encode(), status, {"Location": "http://127.0.0.1:9/"})]) as there:
        assert failed(there.url) == says
        assert len(there.got) == 1


def test_an_answer_that_does_not_end_is_not_waited_for():
    """By its time, and by its size."""
    with standing_in([Said(drips=True)]) as there:
        assert failed(there.url, Patience(answer_s=0.2, tries=1)) == "did not answer in time"
        assert failed(there.url, Patience(answer_s=20, tries=1, size=50)) == "answered too much"
    with standing_in([Said(b" " * 20_000)]) as there:
        assert failed(there.url) == "answered too much"


def test_a_person_who_stops_it_does_not_wait_for_an_answer():
    """Their key ends the wait; what is being asked is let go of."""
    held = threading.Event()
    with standing_in([Said(b"{}", holds=held)]) as there:
        assert failed(there.url, pulled=lambda: bool(there.got)) == "was not waited for"
        held.set()


def test_nobody_there_is_said():
    """A port that nobody listens at, and a name that is none."""
    with standing_in([]) as there:
        url = there.url
    assert failed(url) == "can't be reached"
    assert failed("https://nowhere.invalid/v1") == "can't be reached"


def test_a_key_that_is_none_is_not_told():
    """The library's own error would quote it."""
    with standing_in([Said(b"{}")]) as there, pytest.raises(Unanswered) as caught:
        post(at(there.url), {"Authorization": f"{KEY}\nx"}, b"{}", before=lambda: None, patience=QUICK)
    assert str(caught.value) == "can't be reached"
    assert not there.got


def test_a_server_that_nobody_vouches_for_is_told_nothing(tmp_path: Path):
    """Encrypted to whoever answers would be to nobody in particular."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (tmp_path / "both.pem").write_bytes(made.public_bytes(pem) + private)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(tmp_path / "both.pem")
    with standing_in([Said(b"{}")], secure=secure) as there:
        assert failed(there.url.replace("127.0.0.1", "localhost")) == "can't be reached"
    assert not there.got


def test_what_is_not_granted_is_not_sent():
    """Each try is asked for before it is made."""
    tries: list[int] = []

    def before() -> None:
        tries.append(1)
        if len(tries) == 2:
            raise NoGrant("no")

    with standing_in([Said(status=500)]) as there:
        with pytest.raises(NoGrant):
            post(at(there.url), {}, b"{}", before=before, patience=QUICK)
        assert len(there.got) == 1
