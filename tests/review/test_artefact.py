"""Promises of review.artefact: the very bytes that would leave."""

from __future__ import annotations

import msgspec
import pytest
import zstandard

from byhand.errors import VaultDamaged, VaultError
from byhand.review import artefact
from byhand.review.apply import apply
from tests.review.recordings import header, work


def _made() -> bytes:
    return artefact.pack(apply(header(), work().numbered(), []))


def test_the_same_recording_gives_the_same_bytes() -> None:
    """So that an approval can name them."""
    assert _made() == _made()
    assert artefact.name(_made()) == artefact.name(_made())


def test_what_is_read_back_is_what_was_packed() -> None:
    """Every event, in order."""
    shared = apply(header(), work().numbered(), [])
    assert artefact.read(artefact.pack(shared)) == shared


def test_nothing_in_it_joins_it_to_a_device_a_boot_or_a_clock() -> None:
    """No device, no boot id, no name of a monitor, no moment but the day; stamps count from the first event."""
    body = zstandard.ZstdDecompressor().decompress(_made()[4:])
    for secret in (b"adevicexyz", b"a-boot-of-mine", b"DP-1", b"Anna"):
        assert secret not in body
    shared = artefact.read(_made())
    assert shared.events[0].mono_ns == shared.events[0].server_ms == 0
    assert shared.header.day == "2026-09-21"
    assert not {"device", "boot_id", "mono_ns", "utc_ns"} & set(shared.header.__struct_fields__)


def test_two_boots_give_the_same_bytes() -> None:
    """How long the computer was on does not show."""
    later = [
        msgspec.structs.replace(
            one,
            event=msgspec.structs.replace(
                one.event, mono_ns=one.event.mono_ns + 10**12, server_ms=one.event.server_ms + 10**6
            ),
        )
        for one in work().numbered()
    ]
    moved = header(mono_ns=header().mono_ns + 10**12, boot_id="another")
    assert artefact.pack(apply(moved, later, [])) == _made()


@pytest.mark.parametrize(
    "bytes_",
    [
        b"",
        b"BYS",
        b"BYS\x01",
        b"BYS\x01" + b"x" * 50,
        _made()[:-1],
        _made() + b"x",
        _made()[:-9] + b"x" + _made()[-8:],
        b"BYS\x01" + zstandard.ZstdCompressor().compress(b"\xc0"),
    ],
)
def test_anything_else_is_refused(bytes_: bytes) -> None:
    """Cut, lengthened or changed bytes are no artefact."""
    with pytest.raises(VaultDamaged):
        artefact.read(bytes_)


def test_bytes_of_a_newer_byhand_are_refused() -> None:
    """Never half understood."""
    with pytest.raises(VaultError, match="newer byhand"):
        artefact.read(b"BYS\x02" + _made()[4:])


def test_more_events_than_one_block_holds_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are joined in order."""
    monkeypatch.setattr(artefact, "BLOCK_EVENTS", 7)
    shared = apply(header(), work().numbered(), [])
    assert artefact.read(artefact.pack(shared)) == shared
