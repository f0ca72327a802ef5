"""The queue before the loop keeps order and tells what it could not take."""

from __future__ import annotations

import pytest

from byhand.events.raw import RawMotion
from byhand.recorder import inbox
from byhand.recorder.control import Command
from byhand.recorder.inbox import Inbox


def motion(at: int) -> RawMotion:
    return RawMotion(at, at * 1_000_000, 1, 1, 1, injected=True)


def test_batches_and_commands_come_out_in_the_order_they_went_in() -> None:
    """A stop that came after a batch is obeyed after it."""
    box = Inbox()
    box.put([motion(1), motion(2)])
    box.tell(Command("stop"))
    box.put([motion(3)])
    first, second, third = box.get(0), box.get(0), box.get(0)
    assert isinstance(first, list)
    assert isinstance(second, Command)
    assert isinstance(third, list)
    assert [raw.server_ms for raw in first + third] == [1, 2, 3]
    assert box.get(0) is None
    assert box.arrived == box.fed == 3


def test_what_does_not_fit_is_counted_and_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full inbox drops whole batches and says how many events that were."""
    monkeypatch.setattr(inbox, "LIMIT", 3)
    box = Inbox()
    for at in range(10):
        box.put([motion(at)])
    gap = box.gap(11, 11_000_000)
    assert gap is not None
    assert gap.count + box.arrived == 10
    assert gap.count > 0
    assert box.gap(12, 12_000_000) is None


def test_the_counters_find_what_vanished_on_the_way() -> None:
    """A batch that was counted in, is not waiting and was never fed becomes a gap with its count."""
    box = Inbox()
    box.put([motion(1), motion(2)])
    assert box.get(0) is not None
    assert box.gap(2, 2_000_000) is None
    box.put([motion(3)])
    box._queue.get_nowait()  # something took it that is not the loop
    gap = box.gap(4, 4_000_000)
    assert gap is not None
    assert gap.count == 1
    assert box.gap(5, 5_000_000) is None
