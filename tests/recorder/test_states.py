"""The recorder's table of states keeps its promises, and the page in the docs shows that very table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from byhand.recorder.states import TABLE, Signal, State, step
from scripts.states_page import PAGE, page

SIGNALS: tuple[Signal, ...] = get_args(Signal)
STATES: tuple[State, ...] = get_args(State)


@given(st.lists(st.sampled_from(SIGNALS), max_size=40))
def test_hooks_are_on_only_while_recording(signals: list[Signal]) -> None:
    """Whatever comes in whatever order, the hooks are installed in the state `recording` and in no other."""
    state: State = "idle"
    hooked = False
    for signal in signals:
        move = step(state, signal)
        for effect in move.effects:
            if effect == "hooks on":
                hooked = True
            elif effect == "hooks off":
                hooked = False
        state = move.to
        assert hooked == (state == "recording")


@given(st.lists(st.sampled_from(SIGNALS), max_size=40))
def test_every_recording_that_began_is_finished(signals: list[Signal]) -> None:
    """Each start is followed by exactly one finish before idle is reached again."""
    state: State = "idle"
    open_recordings = 0
    for signal in signals:
        move = step(state, signal)
        open_recordings += (state, signal) == ("idle", "start")
        open_recordings -= "finish" in move.effects
        state = move.to
        assert open_recordings == (state in ("recording", "paused"))


def test_a_withdrawal_writes_nothing_more() -> None:
    """From any state in which something may be pending, withdrawing discards it and seals nothing."""
    for state in ("recording", "paused"):
        effects = step(state, "withdraw").effects
        assert "discard" in effects
        assert "seal" not in effects
        assert "settle" not in effects


def test_what_is_not_in_the_table_changes_nothing() -> None:
    """Pausing twice or stopping while stopping is no error and has no effect."""
    for state in STATES:
        for signal in SIGNALS:
            if (state, signal) not in TABLE:
                assert step(state, signal).to == state
                assert step(state, signal).effects == ()


def test_the_page_in_the_docs_is_the_table() -> None:
    """docs/states.md is what scripts/states_page.py makes of the table now."""
    assert PAGE.read_text() == page(), f"run: {Path(sys.executable).name} -m scripts.states_page"
