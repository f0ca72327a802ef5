"""Whole messages come out of any cut of the stream; what is too long is skipped and counted, in both of the two."""

from __future__ import annotations

from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.capture.browser.framing import Reader, framed
from byhand.capture.browser.host import Frames
from byhand.events.browser import MOST_MESSAGE


class Taking(Protocol):
    def take(self, part: bytes) -> list[bytes]: ...


@given(st.lists(st.binary(max_size=40), max_size=8), st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_messages_come_whole_however_they_are_cut(messages: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(map(framed, messages))
    for reader in (Reader(), Frames()):
        got: list[bytes] = []
        left, place = stream, 0
        while left:
            size = cuts[place % len(cuts)]
            got += reader.take(left[:size])
            left, place = left[size:], place + 1
        assert got == messages


@pytest.mark.parametrize("step", [1 << 20, 65_536, 1_000_003])
def test_a_message_that_is_too_long_is_skipped_whole(step: int) -> None:
    """And the one after it is heard."""
    stream = framed(b"a") + framed(bytes(MOST_MESSAGE + 1)) + framed(bytes(MOST_MESSAGE)) + framed(b"b")
    reader, host = Reader(), Frames()
    for taking, dropped in ((reader, lambda: reader.oversized), (host, lambda: host.dropped)):
        got = [one for at in range(0, len(stream), step) for one in taking.take(stream[at : at + step])]
        assert [len(one) for one in got] == [1, MOST_MESSAGE, 1]
        assert dropped() == 1
