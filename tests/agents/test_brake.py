"""Promises of the brake: whatever the person does stops a run, and nothing of ours does."""

from __future__ import annotations

import os
import pty
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from byhand.agents.brake import Brake, Desktop, Terminal
from byhand.errors import NoDisplay
from stage.desktop import Desktop as Stage
from stage.hands import Hands


def waits(brake: Brake) -> bool:
    """As long as a busy machine may take; a brake that works answers at once."""
    return brake.wait(10)


@pytest.fixture
def brake(desktop: Stage) -> Iterator[Brake]:
    """Armed, on the desktop."""
    made = Brake()
    with Desktop(made, {"DISPLAY": desktop.display}):
        assert made.arm(quiet_s=0.05)
        yield made


@pytest.mark.parametrize("act", ["a key", "a click", "the mouse"])
def test_a_key_a_click_and_a_move_each_stop_it(brake: Brake, hands: Hands, act: str):
    """Told by what it was; the keyboard need not be anybody's."""
    assert not brake.pulled()
    match act:
        case "a key":
            hands.key("Shift_L")
        case "a click":
            hands.press()
            hands.release()
        case _:
            x, y = hands.where()
            hands.jump(x + 3 if x < 600 else x - 3, y)
    assert waits(brake)
    assert brake.by == act


def test_it_stays_pulled_until_it_is_armed_anew(brake: Brake, hands: Hands):
    """A person who stopped it need not go on pressing."""
    hands.key("Shift_L")
    assert waits(brake)
    assert brake.pulled()
    assert brake.arm(quiet_s=0.2)
    assert not brake.pulled()


def test_hands_that_act_by_xtest_do_not_stop_themselves(desktop: Stage, hands: Hands):
    """With `ours`, what comes of XTEST's devices is ours; the watcher is asked after the server has told it."""
    ours, everybody = Brake(), Brake()
    where = {"DISPLAY": desktop.display}
    with Desktop(ours, where, ours=True), Desktop(everybody, where):
        assert ours.arm(quiet_s=0.05)
        assert everybody.arm(quiet_s=0.05)
        hands.key("Shift_L")
        assert waits(everybody)
        assert not ours.wait(0.2)


def test_it_is_armed_only_once_the_hands_are_still(desktop: Stage, hands: Hands):
    """What was touched just before does not stop it; hands that are never still do."""
    brake = Brake()
    with Desktop(brake, {"DISPLAY": desktop.display}):
        moving = True

        def restless() -> None:
            at = 0
            while moving:
                at += 1
                hands.jump(100 + at % 50, 100)
                time.sleep(0.02)

        thread = threading.Thread(target=restless)
        thread.start()
        try:
            assert not brake.arm(quiet_s=2, patience_s=0.5)
            assert brake.pulled()
        finally:
            moving = False
            thread.join()
        assert brake.arm(quiet_s=0.1)


def test_a_display_that_goes_away_stops_it():
    """Who can't see the person any more must not go on."""
    brake = Brake()
    with Stage(size=(320, 240)) as other, Desktop(brake, {"DISPLAY": other.display}):
        assert brake.arm(quiet_s=0.05)
        other.close()
        assert waits(brake)


def test_without_a_display_it_says_so():
    """It can't be watched, so nobody may think it is."""
    with pytest.raises(NoDisplay):
        Desktop(Brake(), {}).__enter__()


def test_a_key_in_the_terminal_stops_it_and_is_swallowed():
    """It does not lie there for the shell afterwards, and the terminal is what it was."""
    master, slave = pty.openpty()
    try:
        before = termios.tcgetattr(slave)
        brake = Brake()
        with Terminal(brake, slave):
            assert brake.arm(quiet_s=0.05)
            os.write(master, b" ")
            assert waits(brake)
        assert brake.by == "a key"
        assert termios.tcgetattr(slave) == before
        os.set_blocking(slave, False)
        with pytest.raises(BlockingIOError):
            os.read(slave, 1)
    finally:
        os.close(master)
        os.close(slave)
