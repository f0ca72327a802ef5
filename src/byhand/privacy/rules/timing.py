"""When an event may say it was. Typing rhythm identifies a person like a fingerprint.

Rules of this module: without the `timing` stream, a key that bears text is stamped with the whole second it was
struck in, and that it was let go is not kept. Events stay in order, so no stamp is before the one of the event
before; where the pointer moves while one types, a key's place among the movements still tells its time. This is the
first version: a later one puts times drawn from many people's typing in place of whole seconds.
"""

from __future__ import annotations

SECOND_MS = 1_000
SECOND_NS = 1_000_000_000


def unhurried(server_ms: int, mono_ns: int) -> tuple[int, int]:
    """Both stamps, at the beginning of their second."""
    return server_ms - server_ms % SECOND_MS, mono_ns - mono_ns % SECOND_NS
