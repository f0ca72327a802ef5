"""Real programs on the stage, ready when the call returns."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from Xlib import X, display
from Xlib.xobject.drawable import Window

from stage.desktop import Desktop, wait_for

CHROMIUM = (
    "chromium", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-gpu", "--password-store=basic",
    "--force-renderer-accessibility",
)  # fmt: skip


def windows(desktop: Desktop) -> dict[int, tuple[str, str]]:
    """Managed windows: id -> (class in lower case, title)."""
    connection = display.Display(desktop.display)
    try:
        listed = connection.screen().root.get_full_property(
            connection.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType
        )
        found: dict[int, tuple[str, str]] = {}
        for number in listed.value if listed else ():
            window = connection.create_resource_object("window", number)
            try:
                names = window.get_wm_class() or ("", "")
                title = window.get_full_property(connection.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)
            except Exception:  # the window closed while we looked; it is not there then
                continue
            found[number] = (str(names[1]).lower(), bytes(title.value).decode(errors="replace") if title else "")
        return found
    finally:
        connection.close()


def window_of(desktop: Desktop, app: str) -> int:
    """Id of the first window of a class, or 0."""
    return next((number for number, (name, _) in windows(desktop).items() if name == app), 0)


def place(desktop: Desktop, app: str, x: int, y: int, w: int, h: int) -> None:
    """Put a window somewhere and give it a size; returns when the window manager has done so."""
    connection = display.Display(desktop.display)
    try:
        window: Window = connection.create_resource_object("window", window_of(desktop, app))
        window.configure(x=x, y=y, width=w, height=h)
        connection.sync()
        wait_for(lambda: abs(window.get_geometry().width - w) < 30, f"{app} at its place")
    finally:
        connection.close()


def editor(desktop: Desktop, file: str = "") -> subprocess.Popen[bytes]:
    """A GTK text editor (mousepad; window class "mousepad")."""
    process = desktop.run("mousepad", "--disable-server", *([file] if file else []))
    wait_for(lambda: window_of(desktop, "mousepad"), "the editor")
    return process


def terminal(desktop: Desktop, *command: str) -> subprocess.Popen[bytes]:
    """A terminal without any accessibility tree (xterm; window class "xterm")."""
    process = desktop.run("xterm", *(["-e", *command] if command else []))
    wait_for(lambda: window_of(desktop, "xterm"), "the terminal")
    return process


def browser(desktop: Desktop, url: str, *, private: bool = False) -> subprocess.Popen[bytes]:
    """Chromium on one page, with a new empty profile (window class "chromium")."""
    profile = tempfile.mkdtemp(prefix="profile-", dir=desktop.env["XDG_RUNTIME_DIR"])
    process = desktop.run(
        *CHROMIUM, f"--user-data-dir={profile}", "--window-size=900,700", *(["--incognito"] if private else []), url
    )
    wait_for(lambda: window_of(desktop, "chromium"), "Chromium", 40)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """Close a program; returns when it has ended."""
    process.terminate()
    process.wait(20)


def page(path: Path) -> str:
    """A file:// address."""
    return path.resolve().as_uri()
