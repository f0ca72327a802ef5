"""Keys, buttons, wheel and pointer: XInput2 raw events become raw events of ours.

Raw events reach us whoever has the focus, also under grabs: what is typed into a lock screen too. That is why `windows`
tells of grabs and lock screens in the same stream, and why only the guard may keep anything.

Sources: XI2proto.txt, "RawEvent" and "XISelectEvents"; xserver dix/getevents.c for the emulated wheel buttons.
"""

from __future__ import annotations

from struct import Struct, pack, unpack_from

from byhand.capture.driver import Needs
from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.devices import ALL, ALL_MASTERS, Devices
from byhand.capture.x11.keys import Keyboard
from byhand.capture.x11.path import Field, Place, Point, places
from byhand.capture.x11.windows import Windows
from byhand.capture.x11.wire import GENERIC_EVENT, Connection, Pointer
from byhand.errors import CaptureError
from byhand.events.raw import Raw, RawButton, RawKey, RawMotion, RawScroll

DEVICE_CHANGED, HIERARCHY_CHANGED = 1, 11
KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE, MOTION = 13, 14, 15, 16, 17
_EMULATED = 1 << 16
_NO_MORE_SWITCHES = 1  # reason SlaveSwitch of a DeviceChanged

# evtype, device, time, detail, source, mask words, flags
_RAW = Struct("<8xHHIIHHI")
# The usual motion, two mask words (64 valuators), read in one go: evtype, time, source, words, mask, x, y in 32.32.
_BOTH = Struct("<8xH2xI4xHH8xIIiIiI")
_FIXED = Struct("<iI")
_FRACTION = 1 / 4294967296

WHEEL = {4: (0.0, -1.0), 5: (0.0, 1.0), 6: (-1.0, 0.0), 7: (1.0, 0.0)}


class Input:
    """Reads the input events of one connection.

    Args:
        needs: without `motion` no motion is emitted, and none is asked for unless a device scrolls by valuators.
    """

    def __init__(
        self, connection: Connection, clock: ServerClock, keyboard: Keyboard, windows: Windows, needs: Needs
    ) -> None:
        found = connection.extension("XInputExtension")
        reply = connection.ask(found.major, 47, pack("<HH", 2, 3)) if found else b""
        # 2.1 is the first that tells of raw events under grabs: without it we would miss input silently.
        if not found or not reply or unpack_from("<HH", reply, 8) < (2, 1):
            raise CaptureError(
                "this X server is too old to be observed",
                hints=("XInput 2.1 or later is needed (X.Org 1.12, from 2012)",),
                fate="nothing was recorded",
            )
        self._connection = connection
        self._clock = clock
        self._keyboard = keyboard
        self._windows = windows
        self._needs = needs
        self._major = found.major
        self._devices = Devices(connection, found.major)
        self._field = Field(connection.screen.w, connection.screen.h)
        self._place: Place = (0, 0)
        self._reading = ""

    def start(self) -> None:
        """Ask for the events."""
        self._select()
        here = self._connection.query_pointer()
        if here:
            self._place = here.x, here.y

    def resize(self, w: int, h: int) -> None:
        self._field = Field(w, h)

    def feed(self, events: list[bytes], received_ns: int, out: list[Raw]) -> None:
        """Take one batch of all events of the connection, in order, and append what it means to `out`.

        What isn't input goes to the keyboard and to the windows, so that all is told in the server's order.
        """
        pointer: Pointer | None = None
        said: list[Point] = []
        source = 0
        if any(event[0] == GENERIC_EVENT and event[8] >= BUTTON_PRESS for event in events):
            pointer = self._connection.query_pointer()
            # The server sent these before it answered: with them the batch ends where the pointer is now.
            events += self._connection.before_answer()
            said, source = self._said(events)
        start = self._place
        way: list[Place] = []
        if pointer:
            self._place = pointer.x, pointer.y
            if said:
                axes = self._devices[source].axes
                way, self._reading = places(said, start, self._place, axes, self._field, self._reading)
        self._tell(events, received_ns, out, pointer, way, start)

    def _tell(
        self,
        events: list[bytes],
        received_ns: int,
        out: list[Raw],
        pointer: Pointer | None,
        way: list[Place],
        start: Place,
    ) -> None:
        major, keyboard, windows = self._major, self._keyboard, self._windows
        extend, mono = self._clock.extend, self._clock.mono
        motion = self._needs.motion
        # Without motion in the batch all happened where the pointer is.
        place = start if way else self._place
        step = 0
        under = -1
        windows.begin(events, received_ns)
        for event in events:
            if event[0] != GENERIC_EVENT or event[1] != major:
                if not keyboard.feed(event):
                    windows.feed(event, out)
                continue
            kind, _, time, detail, source, _, flags = _RAW.unpack_from(event)
            if kind == MOTION:
                device = self._devices[source]
                moved = len(event) > 40 and event[32] & 3
                if moved and step < len(way):
                    place = way[step]
                    step += 1
                if not device.wheels and not motion:
                    continue
                server = extend(time)
                stamp = mono(server, received_ns)
                if under < 0:
                    under = windows.top(pointer.child, out) if pointer else 0
                if moved and motion:
                    out.append(RawMotion(server, stamp, place[0], place[1], under, device.injected))
                if device.wheels:
                    dx, dy = self._turned(event, source)
                    if dx or dy:
                        out.append(RawScroll(server, stamp, dx, dy, place[0], place[1], under, device.injected))
            elif kind in (KEY_PRESS, KEY_RELEASE):
                down = kind == KEY_PRESS
                repeat = keyboard.press(detail) if down else False
                if not down:
                    keyboard.release(detail)
                server = extend(time)
                windows.before(server, out)
                out.append(
                    RawKey(
                        server,
                        mono(server, received_ns),
                        down,
                        detail,
                        keyboard.keysym(detail),
                        keyboard.mods,
                        repeat,
                        self._devices[source].injected,
                    )
                )
            elif kind in (BUTTON_PRESS, BUTTON_RELEASE):
                if 4 <= detail <= 7 and (flags & _EMULATED or kind == BUTTON_RELEASE):
                    continue  # its valuator told already, or its press did
                server = extend(time)
                windows.before(server, out)
                window = windows.under(place, pointer, out)
                stamp = mono(server, received_ns)
                injected = self._devices[source].injected
                if 4 <= detail <= 7:
                    dx, dy = WHEEL[detail]
                    out.append(RawScroll(server, stamp, dx, dy, place[0], place[1], window, injected))
                else:
                    down = kind == BUTTON_PRESS
                    out.append(RawButton(server, stamp, down, detail, place[0], place[1], window, injected))
            elif kind == HIERARCHY_CHANGED or (kind == DEVICE_CHANGED and event[20] != _NO_MORE_SWITCHES):
                self._devices.load()
                self._select()
        windows.end(out)

    def _said(self, events: list[bytes]) -> tuple[list[Point], int]:
        """What the motions of a batch say of x and y, and the device that said it last."""
        said: list[Point] = []
        source = 0
        major = self._major
        for event in events:
            if event[0] != GENERIC_EVENT or event[1] != major or event[8] != MOTION or event[9]:
                continue
            if len(event) >= 56:
                _, _, source, words, mask, _, x, x_part, y, y_part = _BOTH.unpack_from(event)
                if words == 2 and mask & 3 == 3:
                    said.append((x + x_part * _FRACTION, y + y_part * _FRACTION))
                    continue
            values = _valuators(event)
            if 0 in values or 1 in values:
                said.append((values.get(0), values.get(1)))
                source = unpack_from("<H", event, 20)[0]
        return said, source

    def _turned(self, event: bytes, source: int) -> tuple[float, float]:
        dx = dy = 0.0
        values = _valuators(event)
        for axis, wheel in self._devices[source].wheels.items():
            if axis in values:
                notches = values[axis] / wheel.increment
                if wheel.horizontal:
                    dx += notches
                else:
                    dy += notches
        return dx, dy

    def _select(self) -> None:
        kinds = [KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE]
        if self._needs.motion or self._devices.smooth:
            kinds.append(MOTION)
        masters = sum(1 << kind for kind in kinds)
        every = 1 << HIERARCHY_CHANGED | 1 << DEVICE_CHANGED
        root = self._connection.root
        self._connection.send(self._major, 46, pack("<IHxxHHIHHI", root, 2, ALL_MASTERS, 1, masters, ALL, 1, every))


def _valuators(event: bytes) -> dict[int, float]:
    """The valuators a raw event carries, as the server processed them (accelerated, where it accelerates)."""
    words: int = unpack_from("<H", event, 22)[0]
    mask = int.from_bytes(event[32 : 32 + 4 * words], "little")
    at = 32 + 4 * words
    values: dict[int, float] = {}
    number = 0
    while mask:
        if mask & 1:
            whole, part = _FIXED.unpack_from(event, at)
            values[number] = whole + part * _FRACTION
            at += 8
        mask >>= 1
        number += 1
    return values
