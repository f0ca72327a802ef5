"""A browser that has gone hides nothing of what happened while it was used."""

from __future__ import annotations

import os
import signal

import pytest

from byhand.agents.actuators.page import opened
from byhand.cli import extension
from byhand.cli.browsers import for_a_window


def interrupted() -> None:
    """Ctrl-C, which reaches the browser too."""
    with opened(for_a_window(os.environ).program, extension.folder()) as hands:
        browser = hands.tab.page.context.browser
        assert browser is not None
        told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        (own,) = [one["id"] for one in told["processInfo"] if one["type"] == "browser"]
        os.kill(own, signal.SIGKILL)
        raise KeyboardInterrupt


def test_a_browser_that_went_with_ctrl_c_is_no_fault_of_its_own():
    """It is told as Ctrl-C, and not as a browser that can't be closed."""
    with pytest.raises(KeyboardInterrupt):
        interrupted()
