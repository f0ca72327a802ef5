"""A program's windows on an X display: found by class, started where there is none, raised; and which one lies where.

Rules of this module: a program is started only by its desktop entry or by its name on the path, never by a shell.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from configparser import ConfigParser, Error
from pathlib import Path
from struct import pack, unpack
from typing import NamedTuple

from byhand.capture.x11.wire import Connection

_CLIENT_MESSAGE = 33
_TO_MANAGER = 0x180000
"""SubstructureNotify and SubstructureRedirect: a request to the window manager (EWMH, "Root Window Properties")."""
_DATA_DIRS = "/usr/local/share:/usr/share"
_LONGEST_WAY = 12


class Window(NamedTuple):
    """pid: 0 where it doesn't say."""

    number: int
    app: str
    pid: int
    title: str


def all_windows(connection: Connection) -> list[Window]:
    """Those that the window manager keeps, oldest first; without one, the root's own children."""
    listed = connection.get_property(connection.root, "_NET_CLIENT_LIST", 1 << 16)
    if listed is not None and listed.format == 32:
        numbers = list(unpack(f"<{len(listed.data) // 4}I", listed.data))
    else:
        found = connection.query_tree(connection.root)
        numbers = found[1] if found else []
    return [one for number in numbers if (one := _window(connection, number)) is not None]


def _window(connection: Connection, number: int) -> Window | None:
    held = connection.get_property(number, "WM_CLASS")
    if held is None:
        return None
    app = held.data.partition(b"\0")[2].partition(b"\0")[0].decode("utf-8", "replace").strip().lower()
    return Window(number, app, pid_of(connection, number), _title(connection, number))


def pid_of(connection: Connection, number: int) -> int:
    told = connection.get_property(number, "_NET_WM_PID")
    return unpack("<I", told.data[:4])[0] if told is not None and len(told.data) >= 4 else 0


def _title(connection: Connection, number: int) -> str:
    told = connection.get_property(number, "_NET_WM_NAME") or connection.get_property(number, "WM_NAME")
    return told.data.decode("utf-8", "replace") if told is not None else ""


def under(connection: Connection, x: int, y: int) -> Iterator[int]:
    """The windows at a place of the screen, the outermost first."""
    window = connection.root
    for _ in range(_LONGEST_WAY):
        found = connection.translate_coordinates(connection.root, window, x, y)
        if found is None or not found[2]:
            return
        yield (window := found[2])


def is_front(connection: Connection, window: Window) -> bool:
    """Has it the keyboard, by the window manager's word?"""
    told = connection.get_property(connection.root, "_NET_ACTIVE_WINDOW")
    return told is not None and unpack("<I", told.data[:4])[0] == window.number


def raised(connection: Connection, window: Window) -> None:
    """Ask the window manager to bring it to the front, as a taskbar does."""
    kind = connection.atom("_NET_ACTIVE_WINDOW")
    event = pack("<BBHII5I", _CLIENT_MESSAGE, 32, 0, window.number, kind, 2, 0, 0, 0, 0)
    connection.send(25, 0, pack("<II", connection.root, _TO_MANAGER) + event)
    connection.sync()


def started(app: str, environ: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """None where nothing here is called so."""
    command = _entry(app, environ) or _by_name(app, environ)
    if not command:
        return None
    try:
        return subprocess.Popen(
            command, env=dict(environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return None


def _by_name(app: str, environ: Mapping[str, str]) -> list[str]:
    found = shutil.which(app, path=environ.get("PATH"))
    return [found] if found and "/" not in app else []


def _entry(app: str, environ: Mapping[str, str]) -> list[str]:
    """By a desktop entry of that name, or whose windows are of that class."""
    home = environ.get("XDG_DATA_HOME") or f"{environ.get('HOME', '')}/.local/share"
    for folder in (home, *(environ.get("XDG_DATA_DIRS") or _DATA_DIRS).split(":")):
        for path in sorted(Path(folder, "applications").glob("*.desktop")):
            told = ConfigParser(interpolation=None, strict=False)
            try:
                told.read(path, "utf-8")
                entry = told["Desktop Entry"]
                names = {path.stem.lower(), entry.get("StartupWMClass", "").lower()}
                command = shlex.split(entry.get("Exec", ""))
            except (Error, KeyError, ValueError, OSError):
                continue
            if app in names and command:
                # %u, %F and their like stand for files, and there are none (Desktop Entry Specification, "Exec").
                return [part.replace("%%", "%") for part in command if part[:1] != "%" or part == "%%"]
    return []
