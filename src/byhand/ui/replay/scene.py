"""A recording as the page's data: columns of whole numbers, each text once.

Times are ms since the first event. Motion is delta-coded, as it is most of a recording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from byhand.events.kinds import (
    Button,
    Element,
    Frame,
    Header,
    Key,
    Mark,
    Motion,
    Numbered,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.events.time import utc
from byhand.privacy.report import RULES
from byhand.ui.replay.pieces import Pictures, Piece
from byhand.ui.story import keys
from byhand.ui.story.rows import tell
from byhand.ui.story.things import thing
from byhand.ui.words import shown

MOTION_LIMIT = 200_000
"""More points than this are thinned evenly: 60 pictures a second can't show 1,000 points, and the page stays small."""


Box = tuple[str, str, int, int, int, int]
Wire = tuple[int, str, int, int, int, int, int, list[Box]]


class Facts(msgspec.Struct, frozen=True):
    """What the page says above the stage."""

    title: str
    recording: str
    device: str
    grant: str
    purpose: str
    streams: tuple[str, ...]
    driver: str
    program: str
    began: str
    duration: int
    apps: list[str]
    kept: dict[str, int]
    withheld: int
    gap_ms: int
    thinned: int


class Scene(msgspec.Struct, frozen=True):
    """See player/scene.js, which reads it.

    motion: three delta-coded columns t, x, y.
    keys: [t, seq, down, class, caps or [], sign or ""].
    buttons: [t, seq, down, button, x, y]. scrolls: [t, seq, dx, dy, x, y].
    windows: [t, seq, change, window, app, title, x, y, w, h].
    elements: [t, seq, why, words, role, name, x, y, w, h].
    frames: [t, why, pieces]. pictures: base64 of PNG files.
    wireframes: [t, why, window, x, y, w, h, boxes of role, name, x, y, w, h]; window 0 is the one in front, of which a
        page that a browser told of is drawn. texts: [t, seq, how, text].
    marks: [t, seq, what, reason, span_ms, text].
    story: [t, kind, app, verb, what, note, seq, by]. rules: what the codes in the story's rows say.
    """

    facts: Facts
    screen: tuple[int, int]
    motion: tuple[list[int], list[int], list[int]]
    story: list[tuple[int, str, str, str, str, str, int, str]]
    rules: dict[str, str]
    keys: list[tuple[int, int, int, str, list[str], str]] = []
    buttons: list[tuple[int, int, int, int, int, int]] = []
    scrolls: list[tuple[int, int, float, float, int, int]] = []
    windows: list[tuple[int, int, str, int, str, str, int, int, int, int]] = []
    elements: list[tuple[int, int, str, str, str, str, int, int, int, int]] = []
    frames: list[tuple[int, str, list[Piece]]] = []
    wireframes: list[Wire] = []
    texts: list[tuple[int, int, str, str]] = []
    pictures: list[str] = []
    marks: list[tuple[int, int, str, str, int, str]] = []


def scene(header: Header, events: Iterable[Numbered], title: str) -> Scene:
    """Raises:
    VaultDamaged: a frame's patch can't be read.
    """
    listed = list(events)
    start = listed[0].event.mono_ns if listed else header.mono_ns
    told = list(tell(listed))
    path = [one.event for one in listed if isinstance(one.event, Motion)]
    every = max(1, -(-len(path) // MOTION_LIMIT))
    pictures = Pictures()
    made = Scene(
        facts=_facts(header, listed, start, shown(title, 120), every),
        screen=_screen(header, listed),
        motion=(
            _deltas([_ms(one.mono_ns, start) for one in path[::every]]),
            _deltas([one.x for one in path[::every]]),
            _deltas([one.y for one in path[::every]]),
        ),
        story=[(_ms(row.ns, start), row.kind, row.app, row.verb, row.what, row.note, row.seq, row.by) for row in told],
        rules={code: RULES[code] for code in sorted({row.by for row in told}) if code in RULES},
        pictures=pictures.base64,
    )
    for numbered in listed:
        _add(made, pictures, numbered, _ms(numbered.event.mono_ns, start))
    if not made.wireframes:  # the desktop's accessibility knows the whole window, a page only itself
        made.wireframes.extend(_pages(listed, start))
    return made


def _screen(header: Header, listed: Sequence[Numbered]) -> tuple[int, int]:
    """The desktop's size; where nobody watched one (a browser alone, a run), what the pages took of it."""
    if header.screen_w and header.screen_h:
        return header.screen_w, header.screen_h
    seen = [one.event for one in listed if isinstance(one.event, Snapshot)]
    right = max((event.x + round(event.w * event.scale) for event in seen), default=0)
    low = max((event.y + round(event.h * event.scale) for event in seen), default=0)
    return max(right, header.screen_w), max(low, header.screen_h)


def _pages(listed: Iterable[Numbered], start: int) -> Iterator[Wire]:
    """Pages as their browser's extension saw them. A frame in a page would take the page's place: it is left out."""
    tops: dict[int, int] = {}
    for event in (one.event for one in listed):
        if isinstance(event, Snapshot | Page | Element) and event.frame:
            tops.setdefault(event.tab, event.frame)
        if isinstance(event, Snapshot) and tops.get(event.tab) == event.frame:
            size = round(event.w * event.scale), round(event.h * event.scale)
            yield _ms(event.mono_ns, start), event.why, 0, event.x, event.y, *size, _seen(event)


def _ms(ns: int, start: int) -> int:
    return (ns - start) // 1_000_000


def _add(made: Scene, pictures: Pictures, numbered: Numbered, t: int) -> None:
    event, seq = numbered.event, numbered.seq
    match event:
        case Key():
            named = event.cls != "modifier" and not keys.types(event)
            caps = keys.caps(event) if named else []
            sign = "" if named else keys.character(event)
            made.keys.append((t, seq, int(event.down), event.cls, caps, sign and (shown(sign, 1) or " ")))
        case Button():
            made.buttons.append((t, seq, int(event.down), event.button, event.x, event.y))
        case Scroll():
            made.scrolls.append((t, seq, round(event.dx, 2), round(event.dy, 2), event.x, event.y))
        case Window():
            words = shown(event.app), shown(event.title, 120)
            made.windows.append((t, seq, event.change, event.window, *words, event.x, event.y, event.w, event.h))
        case Element():
            words = thing(event), shown(event.role, 40), shown(event.name)
            made.elements.append((t, seq, event.why, *words, event.x, event.y, event.w, event.h))
        case Frame():
            made.frames.append((t, event.why, pictures.pieces(event.patch)))
        case Mark():
            made.marks.append((t, seq, event.what, shown(event.reason), event.span_ms, shown(event.text, 200)))
        case Motion():
            pass  # in columns of its own
        case Text():
            made.texts.append((t, seq, event.how, shown(event.text, 200)))
        case Wireframe():
            place = event.window, event.x, event.y, event.w, event.h
            made.wireframes.append((t, event.why, *place, _boxes(event)))
        case Page() | Snapshot():
            pass  # in the story, and drawn where there are no wireframes


def _seen(page: Snapshot) -> list[Box]:
    """Boxes of a page on the desktop."""
    places = zip(*[iter(round(edge * page.scale) for edge in page.places)] * 4, strict=False)
    return [
        (shown(role, 40), shown(name), x + page.x, y + page.y, w, h)
        for role, name, (x, y, w, h) in zip(page.roles, page.names, places, strict=False)
    ]


def _boxes(wireframe: Wireframe) -> list[Box]:
    """Fewer places than roles is a broken event: what has no place is not drawn."""
    places = zip(*[iter(wireframe.places)] * 4, strict=False)
    return [
        (shown(role, 40), shown(name), x, y, w, h)
        for role, name, (x, y, w, h) in zip(wireframe.roles, wireframe.names, places, strict=False)
    ]


def _facts(header: Header, listed: Sequence[Numbered], start: int, title: str, every: int) -> Facts:
    apps = dict.fromkeys(shown(one.event.app) for one in listed if isinstance(one.event, Window))
    marks = [one.event for one in listed if isinstance(one.event, Mark)]
    return Facts(
        title=title,
        recording=header.recording,
        device=header.device,
        grant=header.grant,
        purpose=header.purpose,
        streams=header.streams,
        driver=header.driver,
        program=header.program,
        began=utc(header, start).strftime("%Y-%m-%d %H:%M:%S UTC"),
        duration=max((_ms(one.event.mono_ns, start) for one in listed), default=0),
        apps=[name for name in apps if name],
        kept=dict(Counter(type(one.event).__name__.lower() for one in listed)),
        withheld=sum(mark.what == "withheld" for mark in marks),
        gap_ms=sum(mark.span_ms for mark in marks if mark.what == "gap"),
        thinned=every if every > 1 else 0,
    )


def _deltas(column: list[int]) -> list[int]:
    return [now - before for before, now in zip([0, *column], column, strict=False)]
