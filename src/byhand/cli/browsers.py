"""Which browsers the extension can join to the recorder, and where each looks for native messaging hosts.

Rules of this module: it only looks. Sources: developer.chrome.com "Native messaging", Microsoft's page of the same
name; Brave and Vivaldi look in their own user data folder as Chromium does (`DIR_USER_NATIVE_MESSAGING` in
chrome/common/chrome_paths.cc). docs/browser.md says which of these were tried.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from byhand.errors import CaptureError, UsageFault


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser.

    window: its window class in lower case, which is its `id` in a policy. programs: names it is started by. linux,
    mac: its user data folder, below ~/.config and ~/Library/Application Support. app: on macOS. loads: it takes an
    unpacked extension from its command line; Chrome and Edge no longer do.
    """

    name: str
    title: str
    window: str
    programs: tuple[str, ...]
    linux: str
    mac: str
    app: str
    loads: bool = False


BROWSERS = (
    Browser(
        "chromium", "Chromium", "chromium", ("chromium", "chromium-browser"), "chromium", "Chromium", "Chromium",
        loads=True,
    ),
    Browser(
        "chrome", "Google Chrome", "google-chrome", ("google-chrome", "google-chrome-stable"), "google-chrome",
        "Google/Chrome", "Google Chrome",
    ),
    Browser(
        "edge", "Microsoft Edge", "microsoft-edge", ("microsoft-edge", "microsoft-edge-stable"), "microsoft-edge",
        "Microsoft Edge", "Microsoft Edge",
    ),
    Browser(
        "brave", "Brave", "brave-browser", ("brave-browser", "brave"), "BraveSoftware/Brave-Browser",
        "BraveSoftware/Brave-Browser", "Brave Browser",
    ),
    Browser("vivaldi", "Vivaldi", "vivaldi-stable", ("vivaldi", "vivaldi-stable"), "vivaldi", "Vivaldi", "Vivaldi"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A browser of this computer. program: "" where only its folder is there. hosts: where its manifests go."""

    browser: Browser
    program: str
    hosts: Path


def found(environ: Mapping[str, str], *, platform: str = sys.platform) -> list[Found]:
    """The browsers that are installed here, or were once started.

    Raises:
        CaptureError: on Windows, where the place for this is the registry.
    """
    if platform == "win32":
        raise CaptureError(
            "on Windows native messaging hosts stand in the registry, which this does not write",
            hints=("what would have to be written is in docs/browser.md",),
            fate="nothing was changed",
        )
    have: list[Found] = []
    for browser in BROWSERS:
        data = user_data(browser, environ, platform=platform)
        program = _program(browser, environ, platform)
        if program or data.is_dir():
            have.append(Found(browser, program, data / "NativeMessagingHosts"))
    return have


def named(name: str, environ: Mapping[str, str], *, platform: str = sys.platform) -> list[Found]:
    """That browser, or all that are found where `name` is "".

    Raises:
        UsageFault: it is none of ours.
        CaptureError: it is not here, or none is.
    """
    if name and name not in {browser.name for browser in BROWSERS}:
        raise UsageFault(
            f"there is no browser {name} that this knows",
            hints=(f"it knows: {', '.join(browser.name for browser in BROWSERS)}",),
            fate="nothing was changed",
        )
    have = [one for one in found(environ, platform=platform) if not name or one.browser.name == name]
    if not have:
        what = f"{name} was not found here" if name else "no browser that takes the extension was found here"
        raise CaptureError(
            what,
            hints=(f"it looks for {', '.join(browser.title for browser in BROWSERS)}",),
            fate="nothing was changed",
        )
    return have


def for_a_window(environ: Mapping[str, str]) -> Found:
    """The browser in which a work window can be opened with the extension loaded.

    Raises:
        CaptureError: none is here.
    """
    for one in found(environ):
        if one.browser.loads and one.program:
            return one
    raise CaptureError(
        "there is no Chromium to open a work window in",
        hints=(
            "on Debian, to install it, run: sudo apt-get install chromium",
            "Chrome and Edge load no extension this way; to use your own browser, run: byhand browser install",
        ),
        fate="nothing was recorded",
    )


def user_data(browser: Browser, environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Where the browser keeps its profiles."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Application Support" / browser.mac
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / browser.linux


def _program(browser: Browser, environ: Mapping[str, str], platform: str) -> str:
    if platform == "darwin":
        app = Path("/Applications") / f"{browser.app}.app" / "Contents" / "MacOS" / browser.app
        return str(app) if app.is_file() else ""
    path = environ.get("PATH")
    return next((there for name in browser.programs if (there := shutil.which(name, path=path))), "")
