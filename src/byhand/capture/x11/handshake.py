"""Getting into a display: which one, its socket, the cookie, and what the server says of itself.

Local displays only: the recorder opens no network.

Source: X Window System Protocol (X11R7), "Connection Setup" and its encoding in appendix B.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from struct import pack, unpack_from
from typing import NamedTuple

from byhand.capture.x11.xauthority import cookie
from byhand.errors import NoDisplay


class Visual(NamedTuple):
    id: int
    depth: int
    kind: int
    red: int
    green: int
    blue: int


class Screen(NamedTuple):
    root: int
    w: int
    h: int
    depth: int
    visual: int
    white: int
    black: int
    visuals: tuple[Visual, ...]


class Setup(NamedTuple):
    """What the server says once, at the start. `bits_per_pixel` by depth; `max_request` in bytes."""

    id_base: int
    id_mask: int
    max_request: int
    min_keycode: int
    max_keycode: int
    little_endian_images: bool
    bits_per_pixel: dict[int, int]
    screen: Screen


def connect(environ: Mapping[str, str]) -> tuple[socket.socket, Setup]:
    """A connection to the display that `environ` names, and what the server said.

    Raises:
        NoDisplay: there is none, it is not local, or it does not let us in.
    """
    number, screen = _display(environ.get("DISPLAY", ""))
    line = _dial(number)
    try:
        name, data = cookie(environ, number)
        line.sendall(pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(data)) + padded(name) + padded(data))
        head = _exactly(line, 8)
        body = _exactly(line, unpack_from("<H", head, 6)[0] * 4)
    except OSError as error:
        line.close()
        raise NoDisplay(f"the X server on :{number} closed the connection") from error
    if head[0] != 1:
        line.close()
        raise NoDisplay(
            f"the X server on :{number} does not let us in",
            hints=("XAUTHORITY must name the file with this display's cookie", "run as the desktop's own user"),
            fate="nothing was recorded",
        )
    return line, _setup(body, screen)


def _display(name: str) -> tuple[int, int]:
    if not name:
        raise NoDisplay(
            "there is no desktop to observe: DISPLAY is not set",
            hints=("run this inside a graphical session",),
            fate="nothing was recorded",
        )
    host, _, number = name.rpartition(":")
    digits, _, screen = number.partition(".")
    if not digits.isdigit() or (screen and not screen.isdigit()):
        raise NoDisplay("DISPLAY does not name a display", hints=('it looks like ":0"',), fate="nothing was recorded")
    if host not in ("", "unix") and not host.endswith("/unix"):
        raise NoDisplay(
            "this display is on another machine",
            hints=("a remote display needs TCP, and the recorder opens no network", "run this where the screen is"),
            fate="nothing was recorded",
        )
    return int(digits), int(screen or 0)


def _dial(number: int) -> socket.socket:
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place every X server uses, not a file of ours
    for address in (path, f"\0{path}"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.connect(address)
        except OSError:
            line.close()
            continue
        return line
    raise NoDisplay(
        f"no X server answers on :{number}", hints=("DISPLAY must name a running one",), fate="nothing was recorded"
    )


def _exactly(line: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise OSError("closed")
        data += more
    return bytes(data)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _setup(body: bytes, wanted: int) -> Setup:
    base, mask = unpack_from("<II", body, 4)
    vendor, longest, screens, formats, order = unpack_from("<HHBBB", body, 16)
    low, high = body[26], body[27]
    at = 32 + (vendor + 3) // 4 * 4
    depths = {body[at + 8 * i]: body[at + 8 * i + 1] for i in range(formats)}
    at += 8 * formats
    found: list[Screen] = []
    for _ in range(screens):
        screen, at = _one_screen(body, at)
        found.append(screen)
    if wanted >= len(found):
        raise NoDisplay(f"this display has no screen {wanted}", fate="nothing was recorded")
    return Setup(base, mask, longest * 4, low, high, order == 0, depths, found[wanted])


def _one_screen(body: bytes, at: int) -> tuple[Screen, int]:
    root, _, white, black, _, w, h = unpack_from("<IIIIIHH", body, at)
    visual, depth, count = unpack_from("<IxxBB", body, at + 32)
    at += 40
    visuals: list[Visual] = []
    for _ in range(count):
        bits, number = unpack_from("<BxH", body, at)
        at += 8
        for _ in range(number):
            name, kind, red, green, blue = unpack_from("<IBxxxIII", body, at)
            visuals.append(Visual(name, bits, kind, red, green, blue))
            at += 24
    return Screen(root, w, h, depth, visual, white, black, tuple(visuals)), at
