from __future__ import annotations

from byhand.privacy.rules.timing import unhurried


def test_both_stamps_fall_to_the_beginning_of_their_second():
    """What is left cannot tell two keys of one second apart."""
    assert unhurried(12_345, 67_890_123_456) == (12_000, 67_000_000_000)
