"""What a sensor saw. Lives only in memory.

Rules of this module: a raw type has no codec (msgspec and pickle both refuse it) and its repr carries no content. Only
`byhand.privacy.guard` turns a raw event into a kept one; the type checker then proves that nothing else can be written.

Stamps: `server_ms` is the windowing server's own time in ms (X11: extended to 64 bits; equal to CLOCK_MONOTONIC in ms
on a local server). `mono_ns` is CLOCK_MONOTONIC in ns at 1 us resolution. Positions and boxes are device pixels of
the whole desktop (all monitors), top left is 0, 0. `window` is the driver's id of a top-level window; 0 means
unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, TypeVar, dataclass_transform

from byhand.events.kinds import Actor, ElementWhy, PageWhat

_T = TypeVar("_T")


class Raw:
    """Base of all raw events: two stamps and nothing else that may be shown."""

    __slots__ = ()
    server_ms: int
    mono_ns: int

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.server_ms} ms>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a raw event can't be written")


@dataclass_transform(frozen_default=True)
def _raw(cls: type[_T]) -> type[_T]:
    made: Any = dataclass(frozen=True, slots=True, repr=False)(cls)
    # Without this attribute no codec takes it for a dataclass and walks its fields.
    del made.__dataclass_fields__
    # slots=True on a frozen dataclass adds __getstate__; pickling is refused in Raw.__reduce_ex__ anyway.
    return made


@_raw
class RawKey(Raw):
    """A key went down or up. `keysym` is the X keysym number chosen by layout group and level; `mods` is the X modifier
    mask before the event (1 shift, 2 lock, 4 control, 8 alt, 16 num lock, 64 super, 128 level 3).
    """

    server_ms: int
    mono_ns: int
    down: bool
    keycode: int
    keysym: int
    mods: int
    repeat: bool
    injected: bool


@_raw
class RawMotion(Raw):
    server_ms: int
    mono_ns: int
    x: int
    y: int
    window: int
    injected: bool


@_raw
class RawButton(Raw):
    """A pointer button went down or up: 1 left, 2 middle, 3 right, 8 back, 9 forward (never 4 to 7: those are
    scrolls).
    """

    server_ms: int
    mono_ns: int
    down: bool
    button: int
    x: int
    y: int
    window: int
    injected: bool


@_raw
class RawScroll(Raw):
    """A wheel or touchpad scroll. `dx`, `dy` in notches, fractions where the device is smooth; positive is right and
    down.
    """

    server_ms: int
    mono_ns: int
    dx: float
    dy: float
    x: int
    y: int
    window: int
    injected: bool


@_raw
class RawWindow(Raw):
    """A top-level window got the focus, changed its title or geometry, became known, or went away.

    `app` is the window class (lower case), `pid` the process or 0. `seen` announces a window that is not focused (its
    app must be known before a press on it can be judged). `override` marks menus, tooltips and lock screens.
    A `focus` with window 0 says that nothing, or nothing we know, has the keyboard.
    """

    server_ms: int
    mono_ns: int
    change: Literal["seen", "focus", "title", "geometry", "closed"]
    window: int
    app: str
    title: str
    pid: int
    x: int
    y: int
    w: int
    h: int
    override: bool


@_raw
class RawGrab(Raw):
    """Another program took (or gave back) the whole keyboard: a menu, or a lock screen."""

    server_ms: int
    mono_ns: int
    active: bool


@_raw
class RawLock(Raw):
    """The screen was locked or unlocked, or a window without a manager covers a whole monitor."""

    server_ms: int
    mono_ns: int
    active: bool


@_raw
class RawText(Raw):
    """Text that a driver knows as text: what an input method made, what was pasted, what a page's field holds.

    `window` is where it went; `label` and `role` are the field's, "" if unknown. It counts as said by the element that
    has the focus in that window: in a secret field it is dropped like a key.
    """

    server_ms: int
    mono_ns: int
    how: Literal["typed", "pasted", "value"]
    window: int
    text: str
    role: str = ""
    label: str = ""


@_raw
class RawDom(Raw):
    """What a browser's extension tells of an element beyond what accessibility does. Not an event of its own.

    app: the browser's window class. top: address of the tab's page; the element's own frame is `RawElement.url`.
    secret: the page's guard found a secret field, now or earlier. masked: its words are hidden by the page's wish.
    trusted: made by a person and not by a script (`isTrusted`).
    alone: no other driver watches this desktop: a press or a focus told here is the only word of it.
    value: text of the field or label of the option, "" where it is not told. For all others see `kinds.Element`.
    """

    server_ms: int
    mono_ns: int
    app: str
    top: str
    tab: int
    frame: int
    node: int
    aria: str
    tag: str
    selectors: tuple[str, ...]
    area: tuple[int, int, int, int]
    value: str
    holds: str
    times: int
    secret: bool
    masked: bool
    trusted: bool
    alone: bool
    frames: tuple[int, ...] = ()


@_raw
class RawElement(Raw):
    """The element under a press, or the one that got the focus, as accessibility describes it.

    `dom` is what a browser's extension adds; then `role` is the AT-SPI name of its ARIA role.
    For `press`, `server_ms`/`mono_ns` are those of the press it answers. `found` is False when the app has no
    accessibility tree or did not answer in time: then everything else is empty and the guard must assume the worst.
    `role` is the AT-SPI role name ("push button", "password text"). `states` are AT-SPI state names. `path` goes from
    the window down as (role, index in parent). `url` is the page's address where the element lies in a web page, else
    "". `field_name` is the label for an input; a value is never read. `owner` names the pid that answered. `frame` is
    the
    accessible name of the window the element lies in: Chromium says there, and nowhere else, that a window is
    private. `actor`, `verb`, `step` as in `kinds.Element`; what an agent tells of always has `dom`, whose `app` is the
    program, a browser or not.
    """

    server_ms: int
    mono_ns: int
    why: ElementWhy
    found: bool
    window: int
    owner: int
    role: str
    name: str
    states: tuple[str, ...]
    x: int
    y: int
    w: int
    h: int
    path: tuple[tuple[str, int], ...]
    url: str
    frame: str = ""
    dom: RawDom | None = None
    actor: Actor = "person"
    verb: str = ""
    step: str = ""


@_raw
class RawPage(Raw):
    """Something happened to a page, a tab or a window of a browser. `url` is the frame's address, `top` the tab's; ""
    where the extension has no right to tell. `app` is the browser's window class. For all others see `kinds.Page`.
    """

    server_ms: int
    mono_ns: int
    what: PageWhat
    app: str
    tab: int
    frame: int
    url: str
    top: str
    title: str


@_raw
class RawNode(Raw):
    """One element of a snapshot, see `kinds.Snapshot`. Not an event of its own. `secret`, `masked` as in `RawDom`.

    above: ARIA roles of what it lies in, outermost first.
    """

    server_ms: int
    mono_ns: int
    node: int
    parent: int
    role: str
    tag: str
    name: str
    states: tuple[str, ...]
    holds: str
    x: int
    y: int
    w: int
    h: int
    secret: bool
    masked: bool
    above: tuple[str, ...]


@_raw
class RawSnapshot(Raw):
    """A page as the observer lists it, see `kinds.Snapshot`."""

    server_ms: int
    mono_ns: int
    why: Literal["loaded", "moved", "press", "change", "asked"]
    app: str
    tab: int
    frame: int
    url: str
    top: str
    observer: int
    x: int
    y: int
    w: int
    h: int
    scale: float
    nodes: tuple[RawNode, ...]
    more: int


@_raw
class RawBox(Raw):
    """One box of a frame as accessibility knows it: a control, a field, a text, a page. Not an event of its own."""

    server_ms: int
    mono_ns: int
    role: str
    name: str
    x: int
    y: int
    w: int
    h: int


@_raw
class RawFrame(Raw):
    """What the screen showed while nothing moved, with the boxes known in the focused window at that moment.

    `pixels` is a view of BGRX bytes, `stride` bytes a row, of the desktop area `x, y, w, h` (the focused window,
    clipped to the screen); it is valid until `release()` is called. `dirty` are the 64-pixel tiles (column, row, on
    the desktop's grid) damaged since the frame before. `boxes` is None when accessibility did not answer: nothing may
    be shown. Empty `pixels` with `stride` 0 are a look at the boxes alone, for a wireframe. `covers` are the windows
    that lie over it, as boxes, and among `boxes` where there are any; None where nobody can tell.
    """

    server_ms: int
    mono_ns: int
    why: Literal["start", "before", "after", "focus", "clock"]
    window: int
    x: int
    y: int
    w: int
    h: int
    stride: int
    pixels: memoryview
    dirty: frozenset[tuple[int, int]]
    boxes: tuple[RawBox, ...] | None
    url: str
    release: Callable[[], None]
    covers: tuple[RawBox, ...] | None = None


@_raw
class RawGap(Raw):
    """The driver lost something, and says so. `count` is how many events, or 0 when it can't know."""

    server_ms: int
    mono_ns: int
    reason: str
    count: int


@_raw
class RawMark(Raw):
    """Something the person, the recorder or a run said: start, pause, resume, stop, task begin and end, a row's end.
    `reason` and `count` as in `kinds.Mark`.
    """

    server_ms: int
    mono_ns: int
    what: Literal["start", "pause", "resume", "stop", "task_begin", "task_end", "row", "takeover"]
    text: str
    reason: str = ""
    count: int = 0
