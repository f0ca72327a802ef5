"""A virtual desktop of its own: X server, window manager, D-Bus session and accessibility bus.

Everything it starts ends with it, by its own process id. It touches nothing of a desktop that is already there.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

NEEDED = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "dbus-daemon": "dbus",
    "gdbus": "libglib2.0-bin",
    "mousepad": "mousepad",
    "xterm": "xterm",
    "chromium": "chromium",
}
ATSPI = Path("/usr/libexec/at-spi-bus-launcher")


def missing_packages() -> list[str]:
    """Debian packages without which the stage can't be set up."""
    names = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if not ATSPI.exists():
        names.append("at-spi2-core")
    return names


@dataclass
class Desktop:
    """Use as a context manager; `env` is what programs on it need.

    Args:
        size: width and height in pixels.
        accessible: start the accessibility bus.
        managed: start the window manager.
    """

    size: tuple[int, int] = (1280, 800)
    accessible: bool = True
    managed: bool = True
    env: dict[str, str] = field(default_factory=dict[str, str])
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])
    _runtime: str = ""

    def __enter__(self) -> Self:
        self._runtime = tempfile.mkdtemp(prefix="byhand-stage-")
        Path(self._runtime).chmod(0o700)
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def display(self) -> str:
        return self.env["DISPLAY"]

    @property
    def server_pid(self) -> int:
        """Process id of the X server."""
        return self._processes[0].pid

    def run(
        self, *command: str, cwd: str | None = None, extra: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; it ends with the desktop."""
        process = subprocess.Popen(
            command, env=self.env | (extra or {}), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._processes.append(process)
        return process

    def close(self) -> None:
        """End everything, last started first."""
        for process in reversed(self._processes):
            _end(process)
        self._processes.clear()
        shutil.rmtree(self._runtime, ignore_errors=True)

    def _start(self) -> None:
        home = Path(self._runtime, "home")
        home.mkdir()
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": self._runtime,
            "XDG_CONFIG_HOME": str(home / ".config"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._runtime}/bus",
            "NO_AT_BRIDGE": "0" if self.accessible else "1",
            "GTK_MODULES": "gail:atk-bridge" if self.accessible else "",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        reader, writer = os.pipe()
        width, height = self.size
        # -displayfd lets the server choose a free display and tell us when it listens: no race, no polling.
        self._processes.append(
            subprocess.Popen(
                [
                    "Xvfb",
                    "-displayfd",
                    str(writer),
                    "-screen",
                    "0",
                    f"{width}x{height}x24",
                    "-nolisten",
                    "tcp",
                    "-ac",
                    "-noreset",
                ],
                pass_fds=(writer,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.env["DISPLAY"] = f":{number}"
        self.run("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={self._runtime}/bus")
        wait_for(lambda: _listens(f"{self._runtime}/bus"), "the D-Bus session bus")
        if self.accessible:
            self.run(str(ATSPI), "--launch-immediately")
            subprocess.run(
                ["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m",
                 "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"],
                env=self.env, check=True, stdout=subprocess.DEVNULL, timeout=20,
            )  # fmt: skip
        if self.managed:
            self.run("openbox")
            wait_for(lambda: _managed(self.display), "the window manager")


def wait_for(condition: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Wait until a condition holds.

    Raises:
        TimeoutError: it did not within `seconds`.
    """
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come up in {seconds:.0f} s")
        time.sleep(0.03)


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _managed(display: str) -> bool:
    from Xlib import display as xlib

    connection = xlib.Display(display)
    try:
        root = connection.screen().root
        # Openbox names itself (_NET_SUPPORTING_WM_CHECK) some 20 ms before it listens, and never takes a window that
        # was mapped in between; the list of windows is the last thing it sets up.
        found = root.get_full_property(connection.intern_atom("_NET_CLIENT_LIST"), 0)
    finally:
        connection.close()
    return found is not None


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            continue
    process.poll()
