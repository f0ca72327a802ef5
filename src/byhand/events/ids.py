"""Names. An event's id derives from (device, recording, sequence): it costs no byte and never collides by accident."""

from __future__ import annotations

import base64
import hashlib


def short(random: bytes) -> str:
    """A name of 10 characters from at least 7 random bytes: lower-case letters and digits, none that look alike."""
    return base64.b32encode(random[:7]).decode().rstrip("=").lower()[:10]


def device_id(public_key: bytes) -> str:
    """A device is named by its Ed25519 public key."""
    return short(hashlib.sha256(b"byhand device" + public_key).digest())


def event_id(device: str, recording: str, seq: int) -> str:
    """A 128-bit name for one event, in hex."""
    return hashlib.sha256(f"{device}\0{recording}\0{seq}".encode()).hexdigest()[:32]
