"""Chooses the driver for this desktop, or says why there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from byhand.capture.accessibility import Accessibility
from byhand.capture.driver import Driver
from byhand.capture.portable import PortableDriver
from byhand.capture.x11.driver import X11Driver
from byhand.capture.x11.screen import Screen
from byhand.capture.x11.wayland import refuse_wayland
from byhand.errors import NoDisplay, UsageFault

NAMES = ("x11", "portable")


def open_driver(
    environ: Mapping[str, str],
    *,
    name: str = "",
    platform: str = sys.platform,
    own: Callable[[], frozenset[int]] = frozenset,
) -> Driver:
    """The driver for the desktop that `environ` names. Installs nothing yet.

    Args:
        environ: the environment of the desktop session.
        name: one of `NAMES`, where a person knows better than we; "" chooses.
        platform: as `sys.platform`.
        own: ids of our own windows, of which nothing is told. X11 only.

    Raises:
        WaylandRefused: this is a Wayland session.
        NoDisplay: there is no desktop.
        UsageFault: there is no driver of this name.
    """
    if name and name not in NAMES:
        raise UsageFault(
            "there is no such driver", hints=(f"drivers: {', '.join(NAMES)}, browser",), fate="nothing was recorded"
        )
    if not platform.startswith(("darwin", "win32")):
        refuse_wayland(environ)
        if not environ.get("DISPLAY"):
            raise NoDisplay(
                "there is no desktop to observe: DISPLAY is not set",
                hints=(
                    "run this inside a graphical session",
                    "to record a browser alone, run: byhand record --driver browser",
                ),
                fate="nothing was recorded",
            )
        if name != "portable":
            elements = Accessibility(environ)
            return X11Driver(environ, elements=elements, screen=Screen(environ, elements.boxes), own=own)
    return PortableDriver()
