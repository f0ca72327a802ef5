"""A work window: Chromium with a profile of its own and the extension loaded, for `byhand record --browser`.

Rules of this module: the profile is one that we made, never the person's own. The browser asks nothing of the network
by itself. A DevTools port is opened only for scripts (`devtools`), on loopback: whoever reaches it rules the browser.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

from byhand.cli import browser_host, extension
from byhand.cli.browsers import Found
from byhand.errors import CaptureError, UsageFault
from byhand.vault.durable import private_dir, write_durably

OURS = "byhand-profile"
_NOTHING = "nothing was recorded"
_PORT = "DevToolsActivePort"
_PORT_WITHIN_S = 30.0
_CLOSES_WITHIN_S = 8.0
_STEP_S = 0.05

_NOWHERE = "https://127.0.0.1:9"  # what can't be turned off asks here, where nobody answers
_QUIET = (
    "--no-first-run", "--no-default-browser-check", "--hide-crash-restore-bubble",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-domain-reliability", "--disable-client-side-phishing-detection", "--disable-breakpad", "--no-pings",
    "--disable-search-engine-choice-screen", "--allow-browser-signin=false", "--metrics-recording-only",
    f"--gaia-url={_NOWHERE}", f"--component-updater=url-source={_NOWHERE}",
    "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,"
    "InterestFeedContentSuggestions,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
    "OptimizationGuideModelDownloading,Translate",
)  # fmt: skip


class Devtools(NamedTuple):
    """Where an outside driver finds the browser."""

    devtools: str
    websocket: str


class Window:
    """Chromium while it runs. A context manager: at its end the browser is closed."""

    def __init__(self, process: subprocess.Popen[bytes], profile: Path) -> None:
        self._process, self.profile = process, profile

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        return self._process.poll() is None

    def devtools(self) -> Devtools:
        """Wait for the port it was told to open.

        Raises:
            CaptureError: none came.
        """
        until = time.monotonic() + _PORT_WITHIN_S
        while self.is_open and time.monotonic() < until:
            with contextlib.suppress(OSError, ValueError):
                port, path = (self.profile / _PORT).read_text("ascii").split()
                return Devtools(f"http://127.0.0.1:{int(port)}", f"ws://127.0.0.1:{int(port)}{path}")
            time.sleep(_STEP_S)
        raise CaptureError("the browser did not open its DevTools port", fate="what was recorded is in the vault")

    def close(self) -> None:
        """Ask it to close, as its own menu would; end it where it does not."""
        self._process.terminate()
        try:
            self._process.wait(_CLOSES_WITHIN_S)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def open_window(one: Found, profile: Path, home: Path, environ: Mapping[str, str], *, devtools: bool = False) -> Window:
    """Start the browser.

    Args:
        one: a browser that `loads`.
        profile: its folder, from `own_profile`.
        home: BYHAND_HOME, whose recorder it joins.
        environ: of the desktop it opens on; without one it is headless.
        devtools: open a DevTools port on loopback. For scripts only.

    Raises:
        CaptureError: it can't be started.
    """
    loaded = extension.folder()
    hosts = profile / "NativeMessagingHosts"
    try:
        (profile / _PORT).unlink(missing_ok=True)
        private_dir(hosts)
        browser_host.write(
            home, one.browser, (extension.ID,), manifest=hosts / browser_host.FILE, launcher=hosts / "host.sh"
        )
        process = subprocess.Popen(
            [*_tied(), one.program, *_arguments(profile, loaded, environ, devtools=devtools), "about:blank"],
            env=dict(environ), stdin=subprocess.DEVNULL,
            # What it prints may quote pages.
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal ends the recording first
            umask=0o077,
        )  # fmt: skip
    except OSError as error:
        raise CaptureError(
            f"{one.browser.title} can't be started: {(error.strerror or 'it failed').lower()}",
            hints=("to see the browsers that are found, run: byhand browser status",), fate=_NOTHING,
        ) from None  # fmt: skip
    return Window(process, profile)


def own_profile(profile: Path) -> Path:
    """That folder, made or known as a profile of ours.

    Raises:
        UsageFault: it holds something else, or is open already.
        CaptureError: it can't be made.
    """
    profile = profile.expanduser().absolute()
    try:
        private_dir(profile)
        if not (profile / OURS).exists():
            if any(profile.iterdir()):
                raise UsageFault(
                    f"{profile} holds something else", hints=("name an empty folder, or one this made before",),
                    fate=_NOTHING,
                )  # fmt: skip
            write_durably(profile / OURS, b"A browser profile of byhand record --browser. Delete it at any time.\n")
    except OSError as error:
        said = (error.strerror or "it failed").lower()
        raise CaptureError(f"{profile} can't be a profile: {said}", fate=_NOTHING) from None
    if _is_open(profile):
        raise UsageFault(f"the profile {profile} is open already", hints=("close that window first",), fate=_NOTHING)
    return profile


def has_desktop(environ: Mapping[str, str]) -> bool:
    """Is there a screen to open a window on?"""
    return sys.platform == "darwin" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def has_x11(environ: Mapping[str, str]) -> bool:
    """Can the desktop's own driver watch beside it? Not under Wayland, whose DISPLAY shows half of the windows."""
    wayland = environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE", "").lower() == "wayland"
    return bool(environ.get("DISPLAY")) and not wayland


def _arguments(profile: Path, loaded: Path, environ: Mapping[str, str], *, devtools: bool) -> list[str]:
    words = [f"--user-data-dir={profile}", f"--load-extension={loaded}", *_QUIET]
    if has_x11(environ):
        words.append("--force-renderer-accessibility")  # what the desktop's driver knows of pages, it knows from there
    if not has_desktop(environ):
        words.append("--headless=new")
    if devtools:
        words.append("--remote-debugging-port=0")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--no-sandbox")  # Chromium's own sandbox refuses root
    return words


def _tied() -> tuple[str, ...]:
    """Should this process be killed, the browser must not stay behind, least of all with an open port."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()


def _is_open(profile: Path) -> bool:
    """Chromium marks an open profile with a link to "HOST-PID", and leaves it behind when it is ended by a signal."""
    try:
        pid = int(str((profile / "SingletonLock").readlink()).rpartition("-")[2])
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    try:  # the number may have gone to another program since
        return os.fsencode(profile) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True
