"""Monitors, scale and keyboard layout, as the server and the desktop's settings name them.

Source: RandR protocol 1.5, "RRGetMonitors"; Xft.dpi is what desktops write for their scale, 96 is unscaled.
"""

from __future__ import annotations

import re
from struct import pack, unpack_from

from byhand.capture.driver import Desktop
from byhand.capture.x11.wire import Connection
from byhand.events.kinds import Monitor

_DPI = re.compile(rb"^Xft\.dpi:\s*([0-9.]+)", re.MULTILINE)


def describe(connection: Connection) -> Desktop:
    root = connection.get_geometry(connection.root)
    w, h = (root.w, root.h) if root else (connection.screen.w, connection.screen.h)
    return Desktop("x11", layout(connection), w, h, monitors(connection))


def layout(connection: Connection) -> str:
    """Keyboard rules, model, layout and variant, with slashes between; "" when nobody said."""
    value = connection.get_property(connection.root, "_XKB_RULES_NAMES", 1024)
    if value is None or value.format != 8:
        return ""
    parts = value.data.split(b"\0")[:4]
    return "/".join(part.decode("latin-1") for part in parts)


def scale(connection: Connection) -> float:
    value = connection.get_property(connection.root, "RESOURCE_MANAGER", 65536)
    found = _DPI.search(value.data) if value else None
    try:
        dpi = float(found[1]) if found else 96.0
    except ValueError:
        dpi = 96.0
    return round(dpi / 96, 3) if 48 <= dpi <= 960 else 1.0


def monitors(connection: Connection) -> tuple[Monitor, ...]:
    """All active monitors, the primary one first; the whole screen as one where the server can't tell."""
    whole = connection.get_geometry(connection.root)
    w, h = (whole.w, whole.h) if whole else (connection.screen.w, connection.screen.h)
    factor = scale(connection)
    randr = connection.extension("RANDR")
    found: list[Monitor] = []
    if randr and connection.ask(randr.major, 0, pack("<II", 1, 5)):
        reply = connection.ask(randr.major, 42, pack("<IBxxx", connection.root, 1))
        count: int = unpack_from("<I", reply, 12)[0] if reply else 0
        at = 32
        for _ in range(count):
            name, primary, _, outputs, x, y, mw, mh = unpack_from("<IBBHhhHH", reply, at)
            found.insert(0 if primary else len(found), Monitor(connection.atom_name(name), x, y, mw, mh, factor))
            at += 24 + 4 * outputs
    return tuple(found) or (Monitor("screen", 0, 0, w, h, factor),)
