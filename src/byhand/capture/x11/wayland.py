"""Says no to Wayland, in words.

DISPLAY is set in a Wayland session too, by XWayland: a recording would look fine and miss every window that doesn't
run in it. A missing recording is better than half of one.
"""

from __future__ import annotations

from collections.abc import Mapping

from byhand.capture.x11.wire import Connection
from byhand.errors import WaylandRefused


def refuse_wayland(environ: Mapping[str, str]) -> None:
    """Raise WaylandRefused where the environment tells of a Wayland session."""
    if environ.get("XDG_SESSION_TYPE", "").lower() == "wayland" or environ.get("WAYLAND_DISPLAY"):
        raise _refusal(trap=bool(environ.get("DISPLAY")))


def refuse_xwayland(connection: Connection) -> None:
    """Raise WaylandRefused where the environment hid it and the server is XWayland (which says so since 23.1)."""
    if connection.extension("XWAYLAND"):
        raise _refusal(trap=True)


def _refusal(*, trap: bool) -> WaylandRefused:
    hints = [
        "choose an X11 session at the login screen (often named “on Xorg”): everything works there",
        "with the browser extension web pages can be recorded here: byhand record --driver browser",
    ]
    if trap:
        hints.append("DISPLAY is set by XWayland, which shows older programs only: all other windows would be missing")
    return WaylandRefused(
        "this is a Wayland session, and Wayland lets no program observe the others",
        hints=tuple(hints),
        fate="nothing was recorded",
    )
