"""What `byhand doctor` checks. Each check looks at one thing, changes nothing, and says how to mend it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from byhand.capture.accessibility.bus import Bus, BusGone, Call, NoAnswer, Node, accessibility_bus
from byhand.capture.accessibility.bus import words as bus_words
from byhand.capture.x11.wire import Connection
from byhand.cli.browser_host import listed, standing
from byhand.cli.browser_voice import first_word
from byhand.cli.browsers import found
from byhand.errors import ByhandError
from byhand.privacy.rules.listed import shipped
from byhand.ui import words
from byhand.vault.keys import desktop_keyring, device_key, open_keys, within
from byhand.vault.ledger_file import FILE as LEDGER
from byhand.vault.ledger_file import entries

Verdict = Literal["ok", "warn", "fail"]

# No clock of a computer that runs this can stand before the day this line was written.
_BUILT = 1_780_000_000
_CLOCK_MAX = 4_102_444_800

_BUS_S = 2.0
_KEYRING_S = 4.0
_EXTENSIONS = {
    "XInputExtension": "fail",  # keys and pointer
    "XFIXES": "warn",
    "RANDR": "warn",  # monitors
    "DAMAGE": "warn",  # frames
    "MIT-SHM": "warn",
    "XKEYBOARD": "warn",  # layout
}


class Finding(msgspec.Struct, frozen=True):
    """`mend` is what to do about it; "" when there is nothing to do."""

    name: str
    verdict: Verdict
    says: str
    mend: str = ""


def python() -> Finding:
    return Finding("python", "ok", ".".join(map(str, sys.version_info[:3])))


def session(environ: Mapping[str, str], *, joined: bool = False) -> Finding:
    """X11, Wayland, or neither. joined: a browser is, which can be recorded alone."""
    if sys.platform != "linux":
        return Finding("session", "warn", f"{sys.platform}: observed by the portable driver, without elements")
    kind = environ.get("XDG_SESSION_TYPE", "")
    wayland = environ.get("WAYLAND_DISPLAY") or kind == "wayland"
    if joined and (wayland or not environ.get("DISPLAY")):
        return Finding(
            "session", "warn", "Wayland: the browser can be recorded, nothing else" if wayland else "no desktop",
            "to record the browser alone, run: byhand record --driver browser",
        )  # fmt: skip
    if wayland:
        return Finding(
            "session", "fail", "Wayland keeps programs from seeing each other's input",
            'log out, choose a session "on Xorg" at the login screen, and log in again',
        )  # fmt: skip
    if not environ.get("DISPLAY"):
        return Finding("session", "fail", "no desktop: DISPLAY is not set", "run this in a terminal on your desktop")
    return Finding("session", "ok", "X11")


def display(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Can the X server be reached, and has it what we observe with?"""
    if sys.platform != "linux" or not environ.get("DISPLAY"):
        return
    try:
        with Connection.open(environ) as server:
            size = f"{server.screen.w} x {server.screen.h}"
            missing = [name for name in _EXTENSIONS if server.extension(name) is None]
    except ByhandError as error:
        mend = error.hints[0] if error.hints else "check DISPLAY and XAUTHORITY"
        yield Finding("display", "fail", error.message, mend)
        return
    yield Finding("display", "ok", f"{words.shown(environ['DISPLAY'])}, {size}")
    if not missing:
        yield Finding("x extensions", "ok", f"all {len(_EXTENSIONS)} that are used")
        return
    worst: Verdict = "fail" if any(_EXTENSIONS[name] == "fail" for name in missing) else "warn"
    yield Finding("x extensions", worst, f"missing: {', '.join(missing)}", "use an X server that has them")


def contexts() -> Finding:
    """Can the list of what is never recorded be read, and which is it?"""
    try:
        have = shipped()
    except ByhandError as error:
        return Finding("private contexts", "fail", error.message, error.hints[0])
    says = f"list version {have.version}, {words.many(have.size, 'entry', 'entries')} in {len(have.kinds)} files"
    return Finding("private contexts", "ok", says)


def accessibility(environ: Mapping[str, str]) -> Finding:
    """Is there an accessibility bus, and are programs told to use it?"""
    if sys.platform != "linux":
        return Finding("accessibility", "warn", "not read on this system: only keys, clicks and windows are recorded")
    try:
        accessibility_bus(environ, _BUS_S).close()
        enabled = _enabled(environ)
    except (BusGone, NoAnswer):
        return Finding(
            "accessibility", "warn", "no accessibility bus: controls have no names, so most input is left out",
            "install at-spi2-core, and log in again",
        )  # fmt: skip
    if not enabled:
        return Finding(
            "accessibility", "warn", "programs are not told to describe themselves until a recording starts",
            "programs that were open before may have to be started again",
        )  # fmt: skip
    return Finding("accessibility", "ok", "on")


def _enabled(environ: Mapping[str, str]) -> bool:
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    session_bus = Bus.open(environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus", _BUS_S)
    try:
        asked = Call(
            Node("org.a11y.Bus", "/org/a11y/bus"), "org.freedesktop.DBus.Properties", "Get", "ss",
            bus_words("ss", "org.a11y.Status", "IsEnabled"),
        )  # fmt: skip
        answer = session_bus.call(asked, time.monotonic() + _BUS_S)
    finally:
        session_bus.close()
    return bool(answer) and answer[0] is True


def chromium(processes: Iterable[list[str]]) -> Finding | None:
    """Chromium names its controls only when told to at its start; None when it isn't running."""
    mains = [line for line in processes if _is_chromium(line) and not any(word.startswith("--type=") for word in line)]
    if not mains:
        return None
    if all(any(word.startswith("--force-renderer-accessibility") for word in line) for line in mains):
        return Finding("chromium", "ok", "tells what its pages hold")
    return Finding(
        "chromium", "warn", "does not tell what its pages hold, so input to them is left out",
        "close it and start it with --force-renderer-accessibility",
    )  # fmt: skip


def _is_chromium(line: list[str]) -> bool:
    name = Path(line[0]).name if line else ""
    beside = "crashpad" in name or name.startswith("chromedriver")  # has no windows
    return not beside and name.startswith(("chromium", "chrome", "google-chrome", "brave", "msedge", "vivaldi"))


def running_programs(screen: str) -> Iterator[list[str]]:
    """The command lines of this person's processes on one display."""
    if not screen:
        return
    wanted = f"DISPLAY={screen}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.stat().st_uid == os.getuid() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                yield (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue


def browsers(folder: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Does each browser that was joined lead here, and does its host speak?"""
    notes = listed(folder)
    if not notes:
        yield Finding("browser", "ok", "none is joined; to do it, run: byhand browser install")
        return
    here = {one.browser.name: one for one in found(environ)}
    for note in notes:
        name, one = f"browser {note.browser}", here.get(note.browser)
        if one is None:
            yield Finding(name, "warn", "it was joined and is gone", "to take its files away: byhand browser remove")
        elif (stands := standing(folder, one)) != "right":
            yield Finding(name, "warn", f"its manifest is {stands}", "to write it anew, run: byhand browser install")
        elif wrong := first_word(Path(note.launcher)):
            yield Finding(name, "warn", f"its host does not work: {wrong}", "to mend it, run: byhand browser install")
        else:
            yield Finding(name, "ok", "joined, and its host speaks")


def home(folder: Path) -> Finding:
    """Is what is kept private to the person?"""
    if not folder.exists():
        return Finding("home", "ok", f"{folder} is not there yet; it is made with your consent")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("home", "fail", f"{folder} can't be written", f"chown -R {os.getuid()} {folder}")
    wide = [path for path in (folder, *folder.rglob("*")) if _open_to_others(path)]
    if wide:
        return Finding("home", "warn", f"others may look into {wide[0]}", f"chmod -R go-rwx {folder}")
    return Finding("home", "ok", f"{folder}, for you alone")


def _open_to_others(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(mode & 0o077)


def keys(folder: Path, environ: Mapping[str, str]) -> Finding:
    """Where do the keys lie, and can they be reached?"""
    if (folder / "keystore").exists():
        try:
            store = open_keys(folder, environ)
            held = store.get("device") is not None
        except ByhandError as error:
            return Finding("keys", "fail", error.message, error.hints[0] if error.hints else "")
        if not held:
            return Finding("keys", "warn", "this device has no key yet; it is made with your consent")
        if store.announcement:
            return Finding("keys", "warn", f"in {folder / 'keys'}, for you alone", "use a desktop with a keyring")
        return Finding("keys", "ok", "in the desktop's keyring")
    if environ.get("BYHAND_KEYRING") == "file" or not _keyring():
        said = "no keyring: the keys will be files, readable by you alone"
        return Finding("keys", "warn", said, "unlock or start a keyring")
    return Finding("keys", "ok", "will be kept in the desktop's keyring")


def _keyring() -> bool:
    try:
        return within(desktop_keyring, _KEYRING_S) is not None
    except Exception:  # each backend fails in its own way, and each failure means: not usable
        return False


def disk(folder: Path) -> Finding:
    """Is there room? An office hour with frames takes up to 40 MB."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < 50e6:
        return Finding("disk", "fail", f"{words.size(free)} free: a recording would stop", "make room")
    if free < 1e9:
        return Finding("disk", "warn", f"{words.size(free)} free", "make room before a long recording")
    return Finding("disk", "ok", f"{words.size(free)} free")


def newest(folder: Path, environ: Mapping[str, str]) -> float:
    """When the last thing the ledger tells of happened, UTC seconds; 0 where it tells nothing."""
    if not (folder / LEDGER).exists() or not (folder / "keystore").exists():
        return 0
    try:
        public = device_key(open_keys(folder, environ)).public_key()
        return max((entry.at for entry in entries(folder / LEDGER, public)), default=0)
    except (ByhandError, OSError):
        return 0  # the check of the keys says what is wrong


def clock(now: float, newest: float = 0) -> Finding:
    """Does the clock make sense?

    Args:
        now: UTC seconds.
        newest: when the last thing we know of happened, UTC seconds. A clock behind it would keep recordings too long.
    """
    shown = time.strftime("%d %b %Y %H:%M UTC", time.gmtime(now))
    if not _BUILT < now < _CLOCK_MAX:
        return Finding("clock", "fail", f"it says {shown}", "set the date")
    if now < newest - 300:
        behind = words.span(newest - now)
        return Finding("clock", "warn", f"it stands {behind} before your last consent or recording", "set the date")
    return Finding("clock", "ok", shown)


def sandbox() -> Finding:
    """Can the recorder's process give up the network and core dumps here? Tried in a process of its own."""
    code = "from byhand.recorder.sandbox import harden; h = harden(); print(int(h.no_network), int(h.no_dumps))"
    try:
        tried = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return Finding("sandbox", "warn", "the recorder could not be tried")
    if tried.stdout.split() == [b"1", b"1"]:
        return Finding("sandbox", "ok", "the recorder can't use the network, and leaves no core dump")
    return Finding(
        "sandbox", "warn", "this system does not let the recorder give up the network; it still never uses it",
        "use a kernel with seccomp",
    )  # fmt: skip
