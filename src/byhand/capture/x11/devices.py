"""Which input devices there are: what their valuators mean and whether a person moves them.

Source: XI2proto.txt, "XIQueryDevice" and the event classes.
"""

from __future__ import annotations

from struct import pack, unpack_from
from typing import NamedTuple

from byhand.capture.x11.wire import Connection

ALL, ALL_MASTERS = 0, 1
_SLAVES = (3, 4, 5)
_VALUATOR, _SCROLL = 2, 3
_HORIZONTAL = 2


class Axis(NamedTuple):
    """`low`, `high`: the range of an absolute axis, equal where it has none."""

    low: float
    high: float


class Wheel(NamedTuple):
    """One notch is `increment` units of the valuator."""

    horizontal: bool
    increment: float


class Device(NamedTuple):
    """`axes` are those of x and y; `wheels` by valuator number."""

    injected: bool
    axes: tuple[Axis, Axis]
    wheels: dict[int, Wheel]


UNKNOWN = Device(False, (Axis(0, 0), Axis(0, 0)), {})


class Devices:
    """All devices below a master, by id."""

    def __init__(self, connection: Connection, major: int) -> None:
        self._connection = connection
        self._major = major
        self._found: dict[int, Device] = {}
        self.load()

    def load(self) -> None:
        """Read them again: something was plugged in or out, or changed its axes."""
        reply = self._connection.ask(self._major, 48, pack("<Hxx", ALL))
        self._found = parse(reply) if reply else {}

    def __getitem__(self, source: int) -> Device:
        return self._found.get(source, UNKNOWN)

    @property
    def smooth(self) -> bool:
        """Whether any device scrolls by valuators, which come with motion."""
        return any(device.wheels for device in self._found.values())


def parse(reply: bytes) -> dict[int, Device]:
    """The slave devices of an XIQueryDevice answer."""
    count: int = unpack_from("<H", reply, 8)[0]
    at = 32
    found: dict[int, Device] = {}
    for _ in range(count):
        number, use, _, classes, length = unpack_from("<HHHHH", reply, at)
        at += 12
        name = reply[at : at + length]
        at += (length + 3) // 4 * 4
        axes = [Axis(0, 0), Axis(0, 0)]
        wheels: dict[int, Wheel] = {}
        for _ in range(classes):
            kind, words = unpack_from("<HH", reply, at)
            if kind == _VALUATOR:
                (axis,) = unpack_from("<H", reply, at + 6)
                if axis < 2:
                    axes[axis] = Axis(_fixed(reply, at + 12), _fixed(reply, at + 20))
            elif kind == _SCROLL:
                axis, direction = unpack_from("<HH", reply, at + 6)
                increment = _fixed(reply, at + 16)
                if increment:
                    wheels[axis] = Wheel(direction == _HORIZONTAL, increment)
            at += words * 4
        if use in _SLAVES:
            # The server names its own injecting devices so; there is one pair for each master.
            injected = name.endswith((b" XTEST pointer", b" XTEST keyboard"))
            found[number] = Device(injected, (axes[0], axes[1]), wheels)
    return found


def _fixed(data: bytes, at: int) -> float:
    whole, part = unpack_from("<iI", data, at)
    return whole + part / 4294967296
