"""What the browser's extension and the recorder say to each other: docs/formats/browser.md as types.

Rules of this module: pure. What the extension tells (`Told`) is only ever decoded, in memory, by the browser driver,
which turns it into raw events; its repr carries no content. What the recorder answers (`Said`) is only ever encoded.
The JSON Schema of both is published as docs/schema/browser.schema.json; the extension's types are made from it.

Times are ms of the page's wall clock (`performance.timeOrigin + event.timeStamp`), fractions allowed. Boxes are
[x, y, w, h]. "screen" is device pixels of the desktop, "viewport" and "document" are CSS pixels of the frame.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from byhand.events.kinds import ElementWhy

VERSION = 1
MOST_MESSAGE = 1 << 20
"""Bytes of one message either way; a longer one is dropped whole, and counted."""

Short = Annotated[str, Meta(max_length=64)]
Name = Annotated[str, Meta(max_length=300)]
Address = Annotated[str, Meta(max_length=4096)]
Value = Annotated[str, Meta(max_length=16_384)]
Box = tuple[int, int, int, int]


class _Quiet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Its repr shows no content."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


# ---- from a document, inside a batch


class ElementTold(_Quiet, frozen=True):
    """An element as the page's observer describes it. screen: device pixels; area: CSS pixels of its document.

    node: its number in the document, from 1. role, name: ARIA role and accessible name, never a field's value.
    above: ARIA roles of what it lies in, outermost first, at most 40. kind: `type` of an input.
    secret: it is, or once was, a secret field. masked: the page wants its words hidden; then `name` is "".
    frames: the way to its frame: a place among the frames of the one above, outermost first.
    """

    node: int
    role: Short
    name: Name
    tag: Short
    states: tuple[Short, ...]
    screen: Box
    area: Box
    above: tuple[Short, ...] = ()
    kind: Short = ""
    selectors: tuple[Name, ...] = ()
    holds: Short = ""
    secret: bool = False
    masked: bool = False
    frames: tuple[int, ...] = ()


class Press(_Quiet, frozen=True, tag_field="kind", tag="press"):
    """A pointer button went down (`pointerdown`). x, y: screen. times: which press of a quick row. button: 1 left, 2
    middle, 3 right, 8 back, 9 forward. element: None where nothing is under it.
    """

    at: float
    button: int
    x: int
    y: int
    times: int
    trusted: bool
    element: ElementTold | None = None


class Release(_Quiet, frozen=True, tag_field="kind", tag="release"):
    """That button went up (`pointerup`, or `pointercancel` or `dragend` in its place)."""

    at: float
    button: int
    x: int
    y: int
    trusted: bool


class Move(_Quiet, frozen=True, tag_field="kind", tag="move"):
    """The pointer moved; only told where `pointer` is granted."""

    at: float
    x: int
    y: int
    trusted: bool


class Stroke(_Quiet, frozen=True, tag_field="kind", tag="key"):
    """A key went down or up. In a secret field, or while an input method composes, `key` is "" and `code` too.

    key, code: as in `KeyboardEvent`. mods: 1 shift, 4 control, 8 alt, 64 meta.
    """

    at: float
    down: bool
    key: Short
    code: Short
    mods: int
    repeat: bool
    trusted: bool


class Wheel(_Quiet, frozen=True, tag_field="kind", tag="scroll"):
    """A row of scrolls, told when it pauses or turns. dx, dy: CSS pixels, positive is right and down. x, y: screen."""

    at: float
    dx: float
    dy: float
    x: int
    y: int
    trusted: bool


class Happened(_Quiet, frozen=True, tag_field="kind", tag="element"):
    """Something happened to an element that is no press. why: never `press`.

    value: the chosen option's label; the text of a field, only where `text` is granted and the field is no secret.
    """

    at: float
    why: ElementWhy
    element: ElementTold
    trusted: bool
    value: Value = ""


class PageTold(_Quiet, frozen=True, tag_field="kind", tag="page"):
    """What happened to the document."""

    at: float
    what: Literal["loaded", "moved", "left"]
    title: Name = ""


class NodeTold(_Quiet, frozen=True):
    """One element of a snapshot. box: viewport. parent: place of its parent in the list, or -1."""

    node: int
    parent: int
    role: Short
    tag: Short
    name: Name
    states: tuple[Short, ...]
    box: Box
    holds: Short = ""
    secret: bool = False
    masked: bool = False


class Seen(_Quiet, frozen=True, tag_field="kind", tag="snapshot"):
    """The observer's list. x, y: the viewport's corner on the screen. w, h: the viewport, in CSS pixels."""

    at: float
    why: Literal["loaded", "moved", "press", "change", "asked"]
    observer: int
    x: int
    y: int
    w: int
    h: int
    scale: float
    nodes: tuple[NodeTold, ...]
    more: int


DocumentEvent = Press | Release | Move | Stroke | Wheel | Happened | PageTold | Seen


# ---- from the extension


class Hello(_Quiet, frozen=True, tag_field="say", tag="hello"):
    """The first word of each connection. browser: as the native host was installed for, a window class."""

    version: int
    browser: Short
    extension: Short


class Batch(_Quiet, frozen=True, tag_field="say", tag="batch"):
    """Events of one document, in order. The first one has the number `first`; each document counts its events from 0,
    with those it had to drop.

    document: the browser's own id of it, random. url: the document's address, top: the tab's. window, tab, frame: the
    browser's own numbers (frame 0 is the tab's own document). sent: when it was sent. skipped: how many events just
    before `first` the document itself had to drop, because too many waited.
    scripted: events that scripts forged since the last batch and that were not told.
    """

    document: Short
    window: int
    tab: int
    frame: int
    url: Address
    top: Address
    first: int
    sent: float
    events: tuple[DocumentEvent, ...]
    skipped: int = 0
    scripted: int = 0


class TabTold(_Quiet, frozen=True, tag_field="say", tag="tab"):
    """What happened to a tab or a window. url is "" where its site is not listed; then `title` is "" too.

    what `window left`: no window of this browser has the focus any more. `x, y, w, h`: of the window, device pixels.
    """

    at: float
    what: Literal["tab opened", "tab closed", "tab switched", "window focused", "window left", "download"]
    window: int
    tab: int
    url: Address = ""
    title: Name = ""
    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0


class Flushed(_Quiet, frozen=True, tag_field="say", tag="flushed"):
    """Answer to `Flush`: all that was seen until then has been told."""

    mark: int


Told = Hello | Batch | TabTold | Flushed


# ---- from the recorder


class SiteSaid(msgspec.Struct, frozen=True):
    """A covered site. origin: as in a policy, `*.` allowed. streams: what may be kept there."""

    origin: str
    streams: tuple[str, ...]


class State(msgspec.Struct, frozen=True, tag_field="say", tag="state"):
    """What the recorder does, said on every change. `sites` is empty unless `state` is "recording".

    alone: no other driver watches: keys, presses and scrolls are to be told too. grant, until: id and last day of the
    grant. purpose: "mine" or "train". hushed: origins where the person has paused, or never wants anything kept.
    """

    state: Literal["recording", "paused"]
    recording: str
    alone: bool
    sites: tuple[SiteSaid, ...]
    hushed: tuple[str, ...]
    grant: str
    until: str
    purpose: str
    task: str
    version: int = VERSION


class Got(msgspec.Struct, frozen=True, tag_field="say", tag="got"):
    """All events of that document below the number `next` have arrived. They need not be sent again."""

    document: str
    next: int


class Flush(msgspec.Struct, frozen=True, tag_field="say", tag="flush"):
    """Tell at once what waits, then say `Flushed` with the same mark."""

    mark: int


Said = State | Got | Flush
