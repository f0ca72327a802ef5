"""Kept events: the only types that are ever written.

Each carries both stamps (see `time`) and `by`, the code of the rule that let it through (`privacy.report` explains the
codes). An event has no sequence number of its own: it is its place in the recording (`Numbered` pairs the two when
read). A field that the guard withheld holds the empty value of its type, never a placeholder that could be taken for
content.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Event(msgspec.Struct, frozen=True, tag_field="kind", tag=str.lower):
    """Base of all kept events.

    server_ms: windowing server's time, ms, 64 bits.
    mono_ns: CLOCK_MONOTONIC, ns, a multiple of 1000.
    by: code of the rule that let it through, for example "actions.shortcut".
    """

    server_ms: int
    mono_ns: int
    by: str


KeyClass = Literal[
    "letter", "digit", "symbol", "space", "edit", "move", "enter", "tab", "escape", "function", "modifier", "other"
]  # fmt: skip


class Key(Event, frozen=True):
    """A key went down or up. Without a reason to name the key, only its class is kept: `keycode` 0, `keysym` "",
    `mods` 0.
    """

    down: bool
    cls: KeyClass
    keycode: int
    keysym: str
    mods: int
    repeat: bool
    injected: bool


class Motion(Event, frozen=True):
    """The pointer moved. x, y in device pixels of the whole desktop."""

    x: int
    y: int
    injected: bool


class Button(Event, frozen=True):
    down: bool
    button: int
    x: int
    y: int
    injected: bool


class Scroll(Event, frozen=True):
    """dx, dy in notches, fractions where the device is smooth; positive is right and down."""

    dx: float
    dy: float
    x: int
    y: int
    injected: bool


class Window(Event, frozen=True):
    """A window of a listed app got the focus, changed or closed. `window` numbers the windows of this recording from
    1.
    """

    change: Literal["focus", "title", "geometry", "closed"]
    window: int
    app: str
    title: str
    x: int
    y: int
    w: int
    h: int


Actor = Literal["person", "agent"]
ElementWhy = Literal[
    "press", "focus", "hover", "input", "change", "submit", "drag", "drop", "copy", "cut", "paste", "file", "open",
    "close", "scroll",
]  # fmt: skip
"""Why an element was looked at. Desktop drivers tell of `press` and `focus` only.

hover: resting there opened something. input: somebody is done typing into it. change: an option, a box, a date or a
colour was chosen. file: files were chosen. open, close: a dialog, a menu or a disclosure did so. scroll: what moved,
told once for a row of them.
"""


class Element(Event, frozen=True):
    """The element under the press before it, or the one that something happened to. `name` only as far as the guard
    cleared it.

    role: AT-SPI role name. x, y, w, h: device pixels of the desktop.
    source: who saw it. All below is told by the browser's extension only, and empty elsewhere:
    aria: ARIA role. tag: HTML tag in lower case. node: number of the element in its document, the same in a `Snapshot`.
    selectors: as in a DevTools recording (`aria/Save[role="button"]`, `text/Save`, `#save`, `xpath///...`,
        `pierce/...`), each the only match when it was looked at; those with words in them only as far as cleared.
    area: x, y, w, h in CSS pixels of its frame's document, or ().
    value: what it holds, as the guard left it: an option's label, typed text with placeholders.
    holds: what kind of thing it holds, harmless by form: "empty", "12 characters", "checked", "option 3 of 12".
    times: how many presses in quick succession this one makes, 2 for a double click; 0 if it is no press.
    tab, frame: numbers of this recording, from 1. injected: made by a script and not by a person.
    frames: the way to its frame: a place among the frames of the one above, from 0, outermost first; () in the page
        itself.
    actor: who did it. An agent is a program that does a person's work (a workflow that runs); then, and only then,
    verb: what it did, in its own words ("fill", "press twice", "key Enter"), and step: of its program, "" if unknown.
    """

    why: ElementWhy
    role: str
    name: str
    states: tuple[str, ...]
    x: int
    y: int
    w: int
    h: int
    path: str
    origin: str
    page: str
    source: Literal["desktop", "browser"] = "desktop"
    aria: str = ""
    tag: str = ""
    selectors: tuple[str, ...] = ()
    area: tuple[int, ...] = ()
    value: str = ""
    holds: str = ""
    times: int = 0
    tab: int = 0
    frame: int = 0
    node: int = 0
    injected: bool = False
    frames: tuple[int, ...] = ()
    actor: Actor = "person"
    verb: str = ""
    step: str = ""


PageWhat = Literal[
    "loaded", "moved", "left", "tab opened", "tab closed", "tab switched", "window focused", "window left", "download",
]  # fmt: skip
"""moved: another address without loading (history, anchors). left: the document went away."""


class Page(Event, frozen=True):
    """Something happened to a page, a tab or a window of a browser, as its extension tells.

    tab, frame: numbers of this recording, from 1; frame 0 where it is about the tab or the window.
    origin, page: origin and path template; "" where nothing may be said of the address.
    title: as far as the guard cleared it.
    """

    what: PageWhat
    tab: int
    frame: int
    origin: str
    page: str
    title: str = ""


OBSERVER = 2
"""Version of the observer whose lists are made and shown here (docs/formats/observer.md)."""


class Snapshot(Event, frozen=True):
    """A page as the observer lists it: what could be seen in one frame's viewport, flat, parents before children.

    observer: version of the observer; lists of two versions don't mix.
    x, y: the viewport's corner in device pixels of the desktop. w, h: the viewport in CSS pixels. scale: device pixels
        per CSS pixel.
    nodes: number of each element in its document. parents: place of its parent in this list, or -1.
    roles, tags, names, states, holds: one for each element; roles are ARIA's, states are joined by spaces, a name that
        was not cleared is "".
    places: x, y, w, h of each in CSS pixels of the viewport, one after the other.
    more: how many elements did not fit the budget.
    """

    why: Literal["loaded", "moved", "press", "change", "asked"]
    tab: int
    frame: int
    origin: str
    page: str
    observer: int
    x: int
    y: int
    w: int
    h: int
    scale: float
    nodes: tuple[int, ...]
    parents: tuple[int, ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[str, ...]
    states: tuple[str, ...]
    holds: tuple[str, ...]
    places: tuple[int, ...]
    more: int


class Frame(Event, frozen=True):
    """What may be seen of the screen. `patch` holds the tiles that changed since the frame before.

    `privacy.frames.pixels` makes and reads patches.

    w, h: size of the desktop in device pixels.
    """

    why: Literal["start", "before", "after", "focus", "clock"]
    w: int
    h: int
    tiles: int
    patch: bytes


class Text(Event, frozen=True):
    """Text that was typed or pasted, as it stood in the field when it was done, as far as the guard cleared it.

    how: `typed` (rebuilt from the keys, corrections applied), `pasted`, `value` (what a field held).
    text: words that were not cleared are typed placeholders, `<EMAIL>` or `<NAME-2>`: the same within one recording,
        unrelated between two.
    window: number of the window it went to, as in `Window`; 0 if unknown.
    """

    how: Literal["typed", "pasted", "value"]
    text: str
    window: int


class Wireframe(Event, frozen=True):
    """What the focused window looked like, without one pixel of it: its boxes, their roles, and the words the guard
    cleared. Needs no `frames` stream.

    x, y, w, h: the window, in device pixels of the desktop.
    roles, names: one for each box, "" for a name that was not cleared; a box drawn later lies over those before.
    places: x, y, w, h of each box, one after the other.
    """

    why: Literal["start", "before", "after", "focus", "clock"]
    window: int
    x: int
    y: int
    w: int
    h: int
    roles: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[int, ...]


class Mark(Event, frozen=True):
    """Not input, but part of the story.

    what: `start`, `pause`, `resume`, `stop`, `task_begin`, `task_end`, `gap` (nothing is known of this time; `reason`
        says why: "another app", "lock screen", "forgotten", "lost"), `withheld` (input was here and was not kept),
        `note` (the person says what was wrong here). The `reason` of a `task_end` is its outcome, where it was told:
        "done", "failed" or "partly". Of a run only (`runs`): `row` (what came of a row: `reason`; its number: `count`)
        and `takeover` (the person took over from an agent; `reason` says with what: "a key", "a click").
    span_ms: how long a gap lasted; 0 where the length itself is withheld.
    count: events lost, where known and harmless.
    text: the person's own words (a task's instruction, a note made while reviewing), else "".
    """

    what: Literal[
        "start", "pause", "resume", "stop", "task_begin", "task_end", "gap", "withheld", "note", "row", "takeover",
    ]  # fmt: skip
    reason: str
    span_ms: int
    count: int
    text: str


AnyEvent = Key | Motion | Button | Scroll | Window | Element | Frame | Mark | Text | Wireframe | Page | Snapshot
KINDS: tuple[type[Event], ...] = (
    Key, Motion, Button, Scroll, Window, Element, Frame, Mark, Text, Wireframe, Page, Snapshot,
)  # fmt: skip


class Monitor(msgspec.Struct, frozen=True):
    name: str
    x: int
    y: int
    w: int
    h: int
    scale: float


class Header(msgspec.Struct, frozen=True):
    """What holds for a whole recording. Sealed with it; see docs/formats/segment.md.

    mono_ns, utc_ns: the same moment on both clocks. boot_id: CLOCK_MONOTONIC is only comparable within one boot.
    layout: keyboard rules, model, layout, variant as the server names them.
    contexts: version of the list of what is never recorded (`privacy.rules.listed`); "" before there was one.
    actor: whose work it shows; "agent" where a run recorded itself.
    """

    version: int
    recording: str
    device: str
    grant: str
    policy_hash: str
    purpose: Literal["mine", "train"]
    streams: tuple[str, ...]
    driver: str
    program: str
    boot_id: str
    mono_ns: int
    utc_ns: int
    layout: str
    screen_w: int
    screen_h: int
    monitors: tuple[Monitor, ...]
    contexts: str = ""
    actor: Actor = "person"


class Numbered(msgspec.Struct, frozen=True):
    """An event with its place in the recording, as read back."""

    seq: int
    event: AnyEvent
