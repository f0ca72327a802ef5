"""Hands in a site that is a handful of values: the in-memory twin of `page`, with a clock of its own.

A page is what a function gives for its path; pressing a part of it does what the part says. Time goes by only while
somebody rests, so a test of patience takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from byhand.agents import reasons
from byhand.workflows.view import Seen, View

_WIDE, _HIGH = 400, 30
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
_BOXES = frozenset({"checkbox", "switch", "radio"})
_numbers = count(1)


@dataclass(slots=True)
class Part:
    """An element. selectors: that lead to it. does: what pressing it does. inside: what lies in it."""

    role: str
    name: str = ""
    value: str = ""
    states: set[str] = field(default_factory=set[str])
    inside: list[Part] = field(default_factory=list["Part"])
    selectors: tuple[str, ...] = ()
    tag: str = ""
    kind: str = ""
    hint: str = ""
    leads: str = ""
    does: Callable[[PretendPage], object] | None = None
    takes: Callable[[PretendPage, str], object] | None = None
    """What typing into it does besides, with what stands there then."""
    node: int = field(default_factory=lambda: next(_numbers))

    def all(self) -> Iterator[Part]:
        yield self
        for one in self.inside:
            yield from one.all()


Site = Mapping[str, Callable[[], Sequence[Part]]]
"""Path -> what is there now."""


class PretendPage:
    """Satisfies `outcome.Hands`.

    Args:
        site: what is at which path; "*" is every other one.
        status: of the answers, by path; 200 for all others.
    """

    origin = "http://site.example"

    def __init__(self, site: Site, status: Mapping[str, int] | None = None) -> None:
        self.site, self.statuses = site, dict(status or {})
        self.address = ""
        self.parts: list[Part] = []
        self._time = [0.0]
        self.did: list[tuple[str, str, str]] = []
        self.opened: list[str] = []
        self._looked: dict[int, tuple[Part, str, str]] = {}
        self._later: list[tuple[float, Callable[[PretendPage], object]]] = []

    @property
    def now(self) -> float:
        """Seconds of its own time, which is one for all tabs."""
        return self._time[0]

    def clock(self) -> float:
        """The same, for whoever asks for a clock."""
        return self._time[0]

    def later(self, seconds: float, does: Callable[[PretendPage], object]) -> None:
        """The page does that by itself."""
        self._later.append((self.now + seconds, does))

    def go(self, address: str) -> str:
        path = urlsplit(address).path or "/"
        made = self.site.get(path) or self.site.get("*")
        if made is None:
            return reasons.NOT_OPENED
        self.address = address if "://" in address else self.origin + address
        self.opened.append(path)
        self.parts = list(made())
        return ""

    def find(self, name: str) -> Part:
        """The part of that name that is there now."""
        return next(one for one in self._all() if one.name == name)

    def _all(self) -> Iterator[Part]:
        for one in self.parts:
            yield from one.all()

    def look(self, selectors: tuple[str, ...] = ()) -> View | None:
        if not self.address:
            return None
        self._looked = {}
        seen: list[Seen] = []
        hits: dict[str, tuple[int, ...]] = {}
        self._list(self.parts, -1, seen, set(selectors), hits)
        path = urlsplit(self.address).path or "/"
        return View(self.address, path, tuple(seen), hits, self.statuses.get(path, 200))

    def _list(
        self, parts: Sequence[Part], parent: int, seen: list[Seen], asked: set[str], hits: dict[str, tuple[int, ...]]
    ) -> None:
        for one in parts:
            at = len(seen)
            box = (0, at * _HIGH, _WIDE, _HIGH)
            value = "" if "secret" in one.states else one.value
            seen.append(
                Seen(one.node, parent, one.role, one.tag, one.name, tuple(sorted(one.states)), value, box, 0, one.kind,
                     one.hint, one.leads)
            )  # fmt: skip
            self._looked[one.node] = (one, one.role, one.name)
            for selector in one.selectors:
                if selector in asked:
                    hits[selector] = (*hits.get(selector, ()), at)
            self._list(one.inside, at, seen, asked, hits)

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        del to, agrees
        if verb == "open":
            return self.go(text)
        if verb in ("key", "scroll") and not node:
            self.did.append((verb, "", text))
            return ""
        known = self._looked.get(node)
        if known is None or all(one is not known[0] for one in self._all()):
            return reasons.GONE
        part, role, name = known
        if (part.role, part.name) != (role, name):
            return reasons.OTHER
        if "disabled" in part.states:
            return reasons.OFF
        for dialog in self._all():
            if "modal" in dialog.states and all(one is not part for one in dialog.all()):
                return reasons.over(dialog.role, dialog.name)
        return self._do(part, verb, text)

    def _do(self, part: Part, verb: str, text: str) -> str:
        match verb:
            case "fill" if part.role in _FIELDS:
                part.value = text
                self.did.append((verb, part.name, text))
                if part.takes is not None:
                    part.takes(self, text)
                return ""
            case "choose":
                return self._choose(part, text)
            case "set":
                if part.role not in _BOXES:
                    return reasons.NO_BOX
                (part.states.add if text == "on" else part.states.discard)("checked")
                self.did.append((verb, part.name, text))
                return ""
            case "press" | "press twice" | "press right" | "hover" | "drag" | "upload" | "key" | "scroll":
                self.did.append((verb, part.name, text))
                if part.does is not None and verb in ("press", "press twice"):
                    part.does(self)
                return ""
            case "read":
                return ""
            case _:
                return reasons.UNKNOWN

    def _choose(self, part: Part, label: str) -> str:
        if part.role == "textbox":
            part.value = label
            self.did.append(("choose", part.name, label))
            return ""
        found = [one for one in part.all() if one.role in ("option", "radio") and one.name == label]
        if len(found) != 1:
            return reasons.TWO_OPTIONS if found else reasons.NO_OPTION
        for one in part.all():
            one.states -= {"checked", "selected"}
        found[0].states.add("checked" if found[0].role == "radio" else "selected")
        if part.role not in ("group", "radiogroup"):
            part.value = label
        self.did.append(("choose", part.name, label))
        return ""

    def rest(self, seconds: float) -> None:
        due = sorted((one for one in self._later if one[0] <= self.now + seconds), key=lambda one: one[0])
        if not due:
            self._time[0] += max(seconds, 0.01)
            return
        self._time[0] = max(self.now, due[0][0])
        self._later.remove(due[0])
        due[0][1](self)

    def picture(self) -> bytes:
        return b"\x89PNG" if self.address else b""

    def second(self) -> PretendPage:
        other = PretendPage(self.site, self.statuses)
        other._time, other.opened = self._time, self.opened
        return other

    def close(self) -> None:
        """Nothing is held."""
