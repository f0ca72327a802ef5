"""The second look at what would leave: every word of the artefact is searched again.

By the detectors alone, which take no word for cleared, and by the scanner that shares nothing with them.

Rules of this module: pure; a hit tells where and which kind, never what. A text that can't be judged is a hit.
Placeholders are not words. What was kept of a site whose words are nobody's is searched for secrets only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from byhand.capture.accessibility.roles import ROLES
from byhand.events.kinds import AnyEvent, Element, Key, Mark, Page, Snapshot, Text, Window, Wireframe
from byhand.events.time import MS
from byhand.privacy import second_look
from byhand.privacy.text.cleaner import PUBLIC
from byhand.privacy.text.detect.union import find_all, of_secrets
from byhand.privacy.text.types import At, Detector, Surface
from byhand.ui.story import keys

_STEP = re.compile(r"([a-z ]{2,40})\[\d{1,5}\]/?")
"""A step of an element's path: its role and its place among its siblings."""
_SIGNS = re.compile(r"[#.@\[\]()\"'=/>+~*:]+")
SCANNED = "PRIVATE"
"""Kind of what the scanner finds: it does not say which."""
PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]{0,20})(?:-\d{1,6})?>")


class Finds(Protocol):
    """Finds private things."""

    def __call__(self, text: str, at: At, *, public: bool = False) -> Iterable[str]:
        """Their kinds in a text. public: its words are nobody's, only secrets are private."""
        ...


class Hit(msgspec.Struct, frozen=True):
    """Event `seq` of the artefact, `t` ms after its first, has something of this kind in this field."""

    seq: int
    t: int
    kind: str
    field: str


def finder(detectors: Sequence[Detector]) -> Finds:
    """A `Finds` of these detectors. A text they can't judge has the kind `UNJUDGED`."""
    secrets = of_secrets(detectors)

    def finds(text: str, at: At, *, public: bool = False) -> list[str]:
        return list(dict.fromkeys(span.kind for span in find_all(secrets if public else detectors, text, at)))

    return finds


def look(events: Sequence[AnyEvent], finds: Finds) -> list[Hit]:
    """All hits, in order."""
    known: dict[tuple[str, At, bool], tuple[str, ...]] = {}
    hits: list[Hit] = []
    nobodys = _public(events)
    for seq, event, field, text, at in _texts(events):
        clean = PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
        if not clean.strip():
            continue
        public = _origin(event) in nobodys
        kinds = known.get((clean, at, public))
        if kinds is None:
            kinds = known[clean, at, public] = tuple(finds(clean, at, public=public))
        hits += [Hit(seq, event.mono_ns // MS, kind, field) for kind in kinds]
    found = {hit.seq for hit in hits}
    hits += [hit for hit in _scanned(events, nobodys) if hit.seq not in found]
    return sorted(hits, key=lambda hit: hit.seq)


def _public(events: Sequence[AnyEvent]) -> frozenset[str]:
    """Origins whose words were kept as nobody's: the code of the rule says so, of each page and each list."""
    return frozenset(_origin(event) for event in events if event.by.endswith(PUBLIC))


def _origin(event: AnyEvent) -> str:
    return event.origin if isinstance(event, Element | Page | Snapshot) else ""


def _scanned(events: Sequence[AnyEvent], public: frozenset[str]) -> Iterator[Hit]:
    """What the recorder's own second look would not seal, now that all of the recording is there at once."""
    left = {id(event) for event in second_look.look(events, public).events}
    for seq, event in enumerate(events):
        if id(event) not in left:
            yield Hit(seq, event.mono_ns // MS, SCANNED, "")


def _texts(events: Sequence[AnyEvent]) -> Iterator[tuple[int, AnyEvent, str, str, At]]:
    """Every text: the event it is in, the field's name, and where it stood."""
    app = ""
    typed: list[str] = []
    begun = 0
    for seq, event in enumerate(events):
        if isinstance(event, Key):
            if event.down and (sign := keys.character(event)) and not keys.commands(event):
                begun = begun if typed else seq
                typed.append(sign)
            continue
        if typed and isinstance(event, Window | Mark | Text):
            yield begun, events[begun], "keys", "".join(typed), At("typed", app)
            typed = []
        match event:
            case Window():
                app = event.app.casefold() if event.change == "focus" else app
                yield seq, event, "title", event.title, At("title", event.app.casefold())
            case Element():
                at = At("element", app, event.role)
                yield seq, event, "name", event.name, at
                yield seq, event, "path", _STEP.sub(_unknown, event.path), at
                # Not the origin: the person named the site itself, in the policy the grant was given for.
                yield seq, event, "page", event.page, At("url", app)
                if event.value:
                    typed_there = event.why in ("input", "change")
                    yield seq, event, "value", event.value, At("typed" if typed_there else "element", app, event.role)
                for selector in event.selectors:
                    # Its own signs make no handle of an id: "#save", "@id".
                    yield seq, event, "selectors", _SIGNS.sub(" ", selector), at
            case Page():
                yield seq, event, "title", event.title, At("title", app)
                yield seq, event, "page", event.page, At("url", app)
            case Snapshot():
                yield seq, event, "page", event.page, At("url", app)
                for role, name in zip(event.roles, event.names, strict=False):
                    yield seq, event, "names", name, At("element", app, role)
            case Text():
                surface: Surface = "paste" if event.how == "pasted" else "typed" if event.how == "typed" else "element"
                yield seq, event, "text", event.text, At(surface, app)
            case Wireframe():
                for role, name in zip(event.roles, event.names, strict=False):
                    yield seq, event, "names", name, At("element", app, role)
            case Mark():
                yield seq, event, "text", event.text, At("typed")
            case _:
                pass
    if typed:
        yield begun, events[begun], "keys", "".join(typed), At("typed", app)


def _unknown(step: re.Match[str]) -> str:
    """A step as it stands, unless its role is one of AT-SPI's own: those are no words of a screen."""
    return "" if step[1] in ROLES else step[0]
