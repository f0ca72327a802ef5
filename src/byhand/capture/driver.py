"""The port every capture driver fits, and what it tells about the desktop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from byhand.events.kinds import Monitor
from byhand.events.raw import Raw

Emit = Callable[[Sequence[Raw]], None]
"""Takes a batch of raw events in order. Called from the driver's own threads, one call at a time; must not block."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the grant lets a driver observe. What isn't needed isn't even asked of the system.

    motion: the pointer's path. elements: accessibility. frames: the screen, with its pixels. boxes: what accessibility
    says of the focused window at the moments of frames; without `frames` no pixel is touched for it.
    """

    motion: bool
    elements: bool
    frames: bool
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Desktop:
    """What holds while a driver runs. `layout` as in `events.kinds.Header`; sizes in device pixels."""

    driver: str
    layout: str
    screen_w: int
    screen_h: int
    monitors: tuple[Monitor, ...]


class Driver(Protocol):
    """Start installs the hooks, stop removes them; both may be called again (pause and resume do)."""

    def describe(self) -> Desktop:
        """Look at the desktop without installing anything.

        Raises:
            CaptureError: there is no desktop, or one we can't observe.
        """
        ...

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        """Install the hooks. The first events say which windows are there and which has the focus.

        `lost` is called once, from a driver's thread, when observing has become impossible (the display went away).

        Raises:
            CaptureError: the hooks can't be installed.
        """
        ...

    def stop(self) -> None:
        """Remove the hooks and end the threads. Nothing is emitted after it returns."""
        ...
