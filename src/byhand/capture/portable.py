"""pynput and mss behind the driver port, for macOS and Windows.

What was tested: all of it on X11, under Xvfb, since that is what we have. On macOS and Windows nothing was; the two
functions that name the program in front there (`_front_mac`, `_front_windows`) have never run.

What it can't do, and what follows from that:
- The system's own stamps don't reach us. `mono_ns` is when we heard of an event, and `server_ms` the same in ms.
- There is no accessibility: every press is answered with an element that was not found, and frames come without boxes.
  The guard then counts typed text as secret and shows nothing of a frame.
- On X11 the program in front isn't known either: one focus on nothing is told, and the guard keeps next to nothing.
  Use the x11 driver there.
- Positions are what the platform gives: device pixels on X11 and Windows, points on macOS.
- `keycode` is the platform's own key number on Windows and macOS and 0 on X11, where pynput doesn't tell it.

pynput and mss are imported when a driver is described or started, not before: on X11 pynput connects at import. Both
read DISPLAY from this process's environment and from nowhere else.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.keysyms import MODIFIERS, NAMED, keysym_of
from byhand.errors import CaptureError, DisplayLost, NoDisplay
from byhand.events.kinds import Monitor
from byhand.events.raw import (
    Raw,
    RawButton,
    RawElement,
    RawFrame,
    RawKey,
    RawMotion,
    RawScroll,
    RawWindow,
)
from byhand.events.time import MS

TILE = 64
_APART_S = 0.25  # at most four frames a second
_CLOCK_S = 5.0
_BEGUN_S = 2.0
_AFTER_S = 0.3  # a press has shown its effect by then

# pynput's names of keys -> X's.
_KEYS = {
    "alt": "Alt_L", "alt_l": "Alt_L", "alt_r": "Alt_R", "alt_gr": "ISO_Level3_Shift", "backspace": "BackSpace",
    "caps_lock": "Caps_Lock", "cmd": "Super_L", "cmd_l": "Super_L", "cmd_r": "Super_R", "ctrl": "Control_L",
    "ctrl_l": "Control_L", "ctrl_r": "Control_R", "delete": "Delete", "down": "Down", "end": "End", "enter": "Return",
    "esc": "Escape", "home": "Home", "insert": "Insert", "left": "Left", "menu": "Menu", "num_lock": "Num_Lock",
    "page_down": "Next", "page_up": "Prior", "pause": "Pause", "print_screen": "Print", "right": "Right",
    "scroll_lock": "Scroll_Lock", "shift": "Shift_L", "shift_l": "Shift_L", "shift_r": "Shift_R", "space": "space",
    "tab": "Tab", "up": "Up", **{f"f{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip
_BUTTONS = {"left": 1, "middle": 2, "right": 3, "x1": 8, "x2": 9, "button8": 8, "button9": 9}


@dataclass(frozen=True, slots=True)
class Front:
    """The program in front: a number that names its window, its name in lower case, the title, the process."""

    window: int
    app: str
    title: str
    pid: int


class PortableDriver:
    """Fits `capture.driver.Driver`.

    Args:
        front: says which program is in front; by default the platform's way, where there is one.
    """

    def __init__(self, *, front: Callable[[], Front | None] | None = None) -> None:
        self._front = front or {"darwin": _front_mac, "win32": _front_windows}.get(sys.platform, _front_unknown)
        self._lock = threading.Lock()
        self._emit: Emit | None = None
        self._needs = Needs(motion=False, elements=False, frames=False)
        self._listeners: list[Any] = []
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._pressed = threading.Event()
        self._shown: Front | None = None
        self._held: dict[int, str] = {}
        self._last_ns = 0

    def describe(self) -> Desktop:
        _, _, mss = _libraries()
        try:
            with mss.MSS() as screen:
                whole, *parts = screen.monitors
        except Exception as error:
            raise NoDisplay("the screen can't be read", hints=(_hint(),), fate="nothing was recorded") from error
        left, top = whole["left"], whole["top"]
        monitors = tuple(
            Monitor(f"monitor-{n}", part["left"] - left, part["top"] - top, part["width"], part["height"], 1.0)
            for n, part in enumerate(parts, 1)
        )
        return Desktop("portable", "", whole["width"], whole["height"], monitors)

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        self.stop()
        self.describe()  # raises where there is nothing to observe; a listener would only hang
        keyboard, mouse, mss = _libraries()
        self._stopping.clear()
        self._held.clear()
        self._needs = needs
        with self._lock:
            self._emit = emit
            self._shown = None
            self._give(*self._look(always=True))
        moves = {"on_move": self._moved} if needs.motion else {}
        self._listeners = [
            keyboard.Listener(on_press=self._key_down, on_release=self._key_up),
            mouse.Listener(on_click=self._clicked, on_scroll=self._scrolled, **moves),
        ]
        if not all(getattr(listener, "IS_TRUSTED", True) for listener in self._listeners):
            self._listeners = []
            raise CaptureError(
                "macOS does not let this program see input",
                hints=("allow it under System Settings, Privacy & Security, Accessibility and Input Monitoring",),
                fate="nothing was recorded",
            )
        once = threading.Lock()
        for listener in self._listeners:
            begun = _begun(listener)
            listener.start()
            listener.wait()
            begun.wait(_BEGUN_S)
            self._thread(self._watch, listener, lost, once)
        if needs.frames:
            self._thread(self._frames, mss)

    def stop(self) -> None:
        with self._lock:
            self._emit = None
        self._stopping.set()
        self._pressed.set()
        for listener in self._listeners:
            listener.stop()
            _wake(listener)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        self._listeners = []
        self._threads = []

    def _thread(self, run: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=run, args=args, name="portable", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _watch(self, listener: Any, lost: Callable[[Exception], None], once: threading.Lock) -> None:
        """Tell, once, when a listener ends that was not asked to."""
        # Not its own `join`: that one waits for ever for the cause of a death it did not notice.
        threading.Thread.join(listener)
        if not self._stopping.is_set() and once.acquire(blocking=False):
            lost(DisplayLost("the desktop can't be observed any more", fate="what was kept until now is safe"))

    # What pynput tells, from its two threads.

    def _key_down(self, key: Any, injected: bool = False) -> None:
        self._key(key, injected, down=True)

    def _key_up(self, key: Any, injected: bool = False) -> None:
        self._key(key, injected, down=False)

    def _key(self, key: Any, injected: bool, *, down: bool) -> None:
        keysym, name, code = _named(key)
        with self._lock:
            mods = 0
            for held in self._held.values():
                mods |= MODIFIERS.get(held, 0)
            repeat = down and keysym in self._held
            if down:
                self._held[keysym] = name
            else:
                self._held.pop(keysym, None)
            self._give(*self._look(), RawKey(*self._now(), down, code, keysym, mods, repeat, bool(injected)))

    def _moved(self, x: float, y: float, injected: bool = False) -> None:
        with self._lock:
            window = self._shown.window if self._shown else 0
            self._give(RawMotion(*self._now(), int(x), int(y), window, bool(injected)))

    def _clicked(self, x: float, y: float, button: Any, pressed: bool, injected: bool = False) -> None:
        number = _BUTTONS.get(button.name, 0)
        if not number:
            return
        with self._lock:
            told = self._look()
            window, pid = (self._shown.window, self._shown.pid) if self._shown else (0, 0)
            stamps = self._now()
            told.append(RawButton(*stamps, bool(pressed), number, int(x), int(y), window, bool(injected)))
            if pressed and self._needs.elements:
                told.append(RawElement(*stamps, "press", False, window, pid, "", "", (), 0, 0, 0, 0, (), ""))
            self._give(*told)
        if pressed:
            self._pressed.set()

    def _scrolled(self, x: float, y: float, dx: float, dy: float, injected: bool = False) -> None:
        with self._lock:
            window = self._shown.window if self._shown else 0
            # pynput counts up as positive.
            self._give(RawScroll(*self._now(), float(dx), -float(dy), int(x), int(y), window, bool(injected)))

    # With the lock held.

    def _now(self) -> tuple[int, int]:
        self._last_ns = max(self._last_ns, time.monotonic_ns() // 1000 * 1000)
        return self._last_ns // MS, self._last_ns

    def _look(self, *, always: bool = False) -> list[Raw]:
        """Which program is in front, if that is another one than before."""
        front = self._front()
        if front == self._shown and not always:
            return []
        change = "title" if front and self._shown and front.window == self._shown.window else "focus"
        self._shown = front
        window, app, title, pid = (front.window, front.app, front.title, front.pid) if front else (0, "", "", 0)
        stamps = self._now()
        told: list[Raw] = [RawWindow(*stamps, change, window, app, title, pid, 0, 0, 0, 0, False)]
        if change == "focus" and self._needs.elements:
            told.append(RawElement(*stamps, "focus", False, window, pid, "", "", (), 0, 0, 0, 0, (), ""))
        return told

    def _give(self, *batch: Raw) -> None:
        if self._emit is not None and batch:
            self._emit(batch)

    def _frames(self, mss: Any) -> None:
        """A frame at the start, after each press and on a slow clock."""
        before = b""
        why = "start"
        with mss.MSS() as screen:
            whole = screen.monitors[0]
            while not self._stopping.is_set():
                shot = screen.grab(whole)
                now, width, height = bytes(shot.raw), int(shot.width), int(shot.height)
                dirty = changed_tiles(before, now, width, height)
                if dirty:
                    with self._lock:
                        window = self._shown.window if self._shown else 0
                        pixels = memoryview(now)
                        self._give(
                            RawFrame(*self._now(), why, window, 0, 0, width, height, width * 4, pixels, dirty, None, "",
                                     pixels.release)
                        )  # fmt: skip
                before = now
                pressed = self._pressed.wait(_CLOCK_S)
                self._pressed.clear()
                why = "after" if pressed else "clock"
                self._stopping.wait(max(_AFTER_S, _APART_S) if pressed else _APART_S)


def changed_tiles(before: bytes, now: bytes, width: int, height: int) -> frozenset[tuple[int, int]]:
    """The 64-pixel tiles (column, row) in which two pictures of the same size differ; all if they can't be compared."""
    across, down = -(-width // TILE), -(-height // TILE)
    if len(before) != len(now):
        return frozenset((column, row) for row in range(down) for column in range(across))
    stride, step = width * 4, TILE * 4
    found: set[tuple[int, int]] = set()
    for y in range(height):
        start = y * stride
        if before[start : start + stride] == now[start : start + stride]:
            continue
        for column in range(across):
            a = start + column * step
            b = min(a + step, start + stride)
            if before[a:b] != now[a:b]:
                found.add((column, y // TILE))
    return frozenset(found)


def _libraries() -> tuple[Any, Any, Any]:
    """The modules of the keyboard, the mouse and the screen.

    Raises:
        CaptureError: one of them is missing, or there is no desktop.
    """
    try:
        return tuple(importlib.import_module(name) for name in ("pynput.keyboard", "pynput.mouse", "mss"))  # type: ignore[return-value]  # three names, three modules
    except ModuleNotFoundError as error:
        raise CaptureError(
            "the portable driver is not installed",
            hints=("to install it, run: pip install byhand[portable]",),
            fate="nothing was recorded",
        ) from error
    except ImportError as error:  # pynput: no display
        raise NoDisplay("there is no desktop to observe", hints=(_hint(),), fate="nothing was recorded") from error


def _begun(listener: Any) -> threading.Event:
    """Set when events really come. On X11 a listener calls itself ready before the server was asked for any: the first
    keys after a start were lost in one run of three. The first answer is the server's word that it has begun.
    """
    begun = threading.Event()
    handler = getattr(listener, "_handler", None)
    if handler is None or not hasattr(listener, "_EVENT_PARSER"):
        begun.set()
        return begun

    def first(answer: Any) -> Any:
        begun.set()
        return handler(answer)

    listener._handler = first
    return begun


def _wake(listener: Any) -> None:
    """On X11 a stopped listener ends only at the next input event: its own request to end waits to be sent until then.

    The same request over its second connection ends it at once (pynput 1.8.2, `_util/xorg.py`, `_stop_platform`).
    """
    display, context = getattr(listener, "_display_stop", None), getattr(listener, "_context", None)
    if display is not None and context is not None:
        with suppress(Exception):  # it has just ended by itself, and closed that connection
            display.record_disable_context(context)
            display.flush()


def _hint() -> str:
    return "run this inside a graphical session (DISPLAY must name it)"


def _named(key: Any) -> tuple[int, str, int]:
    """A pynput key as keysym, X name ("" for a character) and the platform's key number."""
    name = _KEYS.get(getattr(key, "name", ""), "")
    vk = getattr(getattr(key, "value", key), "vk", None) or 0
    code = vk if sys.platform in {"darwin", "win32"} and 0 < vk < 256 else 0
    if name:
        return NAMED[name][0], name, code
    char = getattr(key, "char", None) or ""
    if len(char) == 1 and ord(char) < 32 and 0x30 <= vk <= 0x5A:
        char = chr(vk).lower()  # Windows gives Ctrl+S as control character 19
    return (keysym_of(char) if len(char) == 1 else 0), "", code


def _front_unknown() -> Front | None:
    return None


def _front_windows() -> Front | None:  # pragma: no cover  # never run by us
    user: Any = getattr(ctypes, "windll").user32  # noqa: B009  # exists on Windows only
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009
    window = int(user.GetForegroundWindow() or 0)
    if not window:
        return None
    pid = ctypes.c_ulong()
    user.GetWindowThreadProcessId(window, ctypes.byref(pid))
    title = ctypes.create_unicode_buffer(512)
    user.GetWindowTextW(window, title, 512)
    process = kernel.OpenProcess(0x1000, False, pid.value)  # PROCESS_QUERY_LIMITED_INFORMATION
    path, size = ctypes.create_unicode_buffer(1024), ctypes.c_ulong(1024)
    found = process and kernel.QueryFullProcessImageNameW(process, 0, path, ctypes.byref(size))
    if process:
        kernel.CloseHandle(process)
    app = path.value.rpartition("\\")[2].lower().removesuffix(".exe") if found else ""
    return Front(window, app, title.value, pid.value)


def _front_mac() -> Front | None:  # pragma: no cover  # never run by us
    kit: Any = importlib.import_module("AppKit")  # pynput brings it
    app = kit.NSWorkspace.sharedWorkspace().frontmostApplication()
    if app is None:
        return None
    # Titles need the screen recording permission and aren't asked for.
    pid = int(app.processIdentifier())
    return Front(pid, str(app.bundleIdentifier() or app.localizedName() or "").lower(), "", pid)
