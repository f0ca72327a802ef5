"""What a recorder can be doing, as a table.

The diagram in docs/states.md is generated from it (scripts/states_page.py).

Pure: a signal goes in, the next state and the effects to carry out come out, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["idle", "recording", "paused", "stopping", "withdrawn"]
Signal = Literal["start", "pause", "resume", "stop", "expire", "fail", "withdraw", "done"]
Effect = Literal[
    "hooks on",  # install the driver's hooks
    "hooks off",  # remove them; nothing is observed after this
    "settle",  # let the guard decide what it still holds: undecided counts as secret
    "mark",  # write the signal into the recording
    "seal",  # write what is pending
    "discard",  # forget what is pending, unwritten
    "finish",  # close the recording in the vault and in the ledger
]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a signal leads, and what is to be done on the way."""

    to: State
    effects: tuple[Effect, ...] = ()


_END: tuple[Effect, ...] = ("hooks off", "settle", "mark", "seal", "finish")
_CUT: tuple[Effect, ...] = ("hooks off", "discard", "finish")

TABLE: dict[tuple[State, Signal], Move] = {
    ("idle", "start"): Move("recording", ("mark", "hooks on")),
    ("recording", "pause"): Move("paused", ("hooks off", "settle", "mark", "seal")),
    ("paused", "resume"): Move("recording", ("mark", "hooks on")),
    ("recording", "stop"): Move("stopping", _END),
    ("paused", "stop"): Move("stopping", _END),
    ("recording", "expire"): Move("stopping", _END),
    ("paused", "expire"): Move("stopping", _END),
    ("recording", "fail"): Move("stopping", _END),
    ("paused", "fail"): Move("stopping", _END),
    ("recording", "withdraw"): Move("withdrawn", _CUT),
    ("paused", "withdraw"): Move("withdrawn", _CUT),
    ("stopping", "done"): Move("idle"),
    ("withdrawn", "done"): Move("idle"),
}
"""A pair that is not here changes nothing: pausing twice is no error, and a stop while stopping is already under way.
"""


def step(state: State, signal: Signal) -> Move:
    """The move for a signal; staying put without effects when the table has none."""
    return TABLE.get((state, signal), Move(state))
