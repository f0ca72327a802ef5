"""Which driver fits a desktop, and words where none does."""

from __future__ import annotations

import pytest

from byhand.capture.open import open_driver
from byhand.capture.x11.driver import X11Driver
from byhand.errors import NoDisplay, UsageFault, WaylandRefused
from stage.desktop import Desktop


def test_an_x11_session_gets_the_x11_driver(desktop: Desktop) -> None:
    assert isinstance(open_driver(desktop.env, platform="linux"), X11Driver)


@pytest.mark.parametrize("told", [{"XDG_SESSION_TYPE": "wayland"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_wayland_is_refused_with_what_works_instead(told: dict[str, str]) -> None:
    """Also where DISPLAY is set: XWayland would show half of the desktop, and the person is told that."""
    with pytest.raises(WaylandRefused) as caught:
        open_driver({"DISPLAY": ":0"} | told, platform="linux")
    hints = " ".join(caught.value.hints)
    assert "X11 session" in hints
    assert "browser extension" in hints
    assert "XWayland" in hints
    assert caught.value.fate == "nothing was recorded"


def test_no_desktop_is_said(desktop: Desktop) -> None:
    with pytest.raises(NoDisplay):
        open_driver({}, platform="linux")


def test_a_driver_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageFault):
        open_driver({"DISPLAY": ":0"}, name="telepathy", platform="linux")
