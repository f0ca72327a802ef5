"""What the driver tells of the desktop: its monitors and how many device pixels a logical one has."""

from __future__ import annotations

import subprocess

from byhand.capture.open import open_driver
from byhand.events.kinds import Monitor
from stage.desktop import Desktop


def test_two_monitors_and_a_dense_screen_are_told_as_they_lie():
    """Each monitor with its box on the whole desktop, in device pixels, and the scale the desktop set."""
    with Desktop(size=(1920, 1080), accessible=False) as stage:
        for name, x, output in (("left", 0, "screen"), ("right", 960, "none")):
            box = f"960/300x1080/300+{x}+0"
            subprocess.run(["xrandr", "--setmonitor", name, box, output], env=stage.env, check=True)
        subprocess.run(["xrdb", "-merge"], input=b"Xft.dpi: 192\n", env=stage.env, check=True)
        desktop = open_driver(stage.env).describe()
    assert (desktop.screen_w, desktop.screen_h) == (1920, 1080)
    assert desktop.monitors == (Monitor("left", 0, 0, 960, 1080, 2.0), Monitor("right", 960, 0, 960, 1080, 2.0))
