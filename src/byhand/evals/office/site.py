"""From a request to an answer: one app, its people, its records and its drifts.

Rules of this module: no socket, no clock and no thread. How long an answer is to take is told, not waited for. A page
never holds the checker's token, and the records are read with it alone.
"""

from __future__ import annotations

import secrets
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from byhand.evals.office.books import Books
from byhand.evals.office.drifts import DRIFTS
from byhand.evals.office.families import Record, Tables
from byhand.evals.office.frame import Said
from byhand.evals.office.look import Look
from byhand.evals.office.markup import changed
from byhand.evals.office.pages import Asked, Pages
from byhand.evals.office.shape import App, Collection, Form, offered
from byhand.evals.office.style import dressed

TOKEN = "x-office-token"  # noqa: S105  a header's name
_ASSETS = {"/_office.css": "text/css", "/_office.js": "text/javascript"}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_BUSY_EVERY = 5
_SLOW_S = (0.2, 0.7, 0.3, 0.9, 0.25)


class Asking(NamedTuple):
    """A request. `cookie` is the person's, `token` the checker's."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookie: str = ""
    token: str = ""
    body: bytes = b""


class Answer(NamedTuple):
    """What goes back; `wait_s` is how long it takes."""

    status: int
    body: bytes
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    wait_s: float = 0.0


@dataclass
class _Visit:
    """One person's stay."""

    person: str
    asked: int = 0
    said: Said = field(default_factory=Said)
    answered: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What the checker reads."""

    app: str
    seed: int
    drifts: tuple[str, ...]
    tables: Tables
    counts: dict[str, int]

    def as_json(self) -> dict[str, object]:
        return {
            "app": self.app, "seed": self.seed, "drifts": self.drifts, "tables": self.tables, "counts": self.counts,
        }  # fmt: skip


class Site:
    """One app being served.

    Args:
        app: which.
        seed: its records begin as this one draws them.
        drifts: what is other than usual.
        after: EXPIRED ends a stay after so many requests.
        token: what the checker shows; "" makes one.
    """

    def __init__(
        self, app: App, seed: int = 1, drifts: frozenset[str] = frozenset(), *, after: int = 4, token: str = ""
    ) -> None:
        self.app = app
        self.token = token or secrets.token_urlsafe(24)
        # A browser keeps cookies by host and not by port: two offices must not end each other's sessions.
        self.cookie = f"office-{zlib.crc32(self.token.encode()):08x}"
        self._visits: dict[str, _Visit] = {}
        self.reset(seed, drifts, after)

    def reset(self, seed: int | None = None, drifts: frozenset[str] | None = None, after: int | None = None) -> None:
        """Begin again with the seed's records; who is there stays. What is not given stays too."""
        self.seed = self.seed if seed is None else seed
        self.after = self.after if after is None else after
        self.drifts: frozenset[str] = self.drifts if drifts is None else drifts
        self.look = Look(self.app, self.seed, self.drifts)
        self.books = Books(self.app, self.look)
        self.counts: Counter[str] = Counter()
        self._visits = {cookie: _Visit(visit.person) for cookie, visit in self._visits.items()}
        self._styles: dict[str, bytes] = {}

    seed = 1
    after = 4
    drifts = frozenset()

    def state(self) -> State:
        return State(self.app.name, self.seed, tuple(sorted(self.drifts)), self.books.copied(), dict(self.counts))

    def answer(self, asking: Asking) -> Answer:
        if asking.path.startswith("/api/"):
            return self._api(asking)
        if asking.path in _ASSETS:
            return self._asset(asking.path)
        self.counts["requests"] += 1
        answer = self._enter(asking) or self._page(asking)
        wait = _SLOW_S[self.counts["requests"] % len(_SLOW_S)] if "SLOW" in self.drifts else 0.0
        return answer._replace(headers=(*answer.headers, ("content-security-policy", _POLICY)), wait_s=wait)

    def _enter(self, asking: Asking) -> Answer | None:
        """Say who one is: by the page that asks, or by an address that already knows."""
        person = asking.form.get("_person") or asking.query.get("enter", "")
        if not person:
            return None
        if person not in self.app.people:
            return _html(404, Pages(self.look).trouble("Not found"))
        visit = secrets.token_urlsafe(16)
        self._visits[visit] = _Visit(person)
        to = asking.form.get("_to", "/") if asking.method == "POST" else asking.path
        cookie = f"{self.cookie}={visit}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"
        return _to(to if to.startswith("/") and not to.startswith("//") else "/", ("set-cookie", cookie))

    def _page(self, asking: Asking) -> Answer:
        visit = self._visits.get(asking.cookie)
        if visit and "EXPIRED" in self.drifts:
            visit.asked += 1
            if visit.asked > self.after:
                del self._visits[asking.cookie]
                visit = None
        if visit is None:
            ended = asking.cookie != "" and asking.path != "/continue"
            to = asking.path if asking.method == "GET" else "/"
            return _html(401 if ended else 200, Pages(self.look).who(to, ended=ended))
        if "SLOW" in self.drifts and asking.method == "GET" and self.counts["requests"] % _BUSY_EVERY == 0:
            return _html(503, self._pages(visit).trouble("Busy, trying again", again=True))
        if asking.path == "/_answer":
            return self._answered(visit, asking)
        parts = [part for part in asking.path.split("/") if part]
        name = parts[0] if parts else self.app.collections[0].name
        for at, title, prose in self.app.prose:
            if name == at and len(parts) == 1:
                return _html(200, self._pages(visit).prose(title, prose))
        collection = self.app.collection(name)
        if collection is None:
            return _html(404, self._pages(visit).trouble("Not found"))
        if asking.method == "POST":
            return self._post(visit, collection, parts[1:], asking)
        return self._get(visit, collection, parts[1:], asking)

    def _get(self, visit: _Visit, collection: Collection, rest: list[str], asking: Asking) -> Answer:
        pages = self._pages(visit)
        match rest:
            case [] | ["deleted"]:
                deleted = bool(rest) and collection.bin
                asked = self._asked(asking)
                records = [] if rest and not deleted else self.books.shown(collection, deleted=deleted)
                return _html(200, pages.list(collection, _narrowed(collection, records, asked), asked, deleted=deleted))
            case ["new"] if form := collection.form("new"):
                blank = collection.blank()
                return _html(200, pages.form(collection, form, "", self._standing(collection, form, blank), {}))
            case [key, *more] if record := self.books.record(collection.name, key):
                return self._of_record(pages, collection, key, record, more)
            case _:
                return _html(404, pages.trouble("Not found"))

    def _of_record(self, pages: Pages, collection: Collection, key: str, record: Record, more: list[str]) -> Answer:
        match more:
            case []:
                return _html(200, pages.record(collection, key, record, {}, {}))
            case [name] if (form := collection.form(name)) and offered(form.when, record):
                drawn = pages.beside(record).form(collection, form, key, self._standing(collection, form, record), {})
                return _html(200, drawn)
            case ["do", name]:
                deed = next((one for one in collection.deeds if one.name == name and offered(one.when, record)), None)
                if deed:
                    return _html(200, pages.asks(collection, key, deed, record))
            case _:
                pass
        return _html(404, pages.trouble("Not found"))

    def _post(self, visit: _Visit, collection: Collection, rest: list[str], asking: Asking) -> Answer:
        posted = self._named(asking.form)
        record = self.books.record(collection.name, rest[0]) if rest else None
        before = self.books.tables
        self.books.tables = self.books.copied()
        answer = self._change(visit, collection, rest, record, posted)
        if answer.status != 303:
            self.books.tables = before
            return answer
        self.counts["saves"] += 1
        if "DROPPED" in self.drifts:
            self.books.tables = before
            if record is None:
                return _to(f"/{collection.name}")
        if "ERROR" in self.drifts:
            return _html(500, self._pages(visit).trouble("Something went wrong"))
        return answer

    def _change(
        self, visit: _Visit, collection: Collection, rest: list[str], record: Record | None, posted: Mapping[str, str]
    ) -> Answer:
        pages, say, at = self._pages(visit), self.look.say, f"/{collection.name}"
        if rest == ["new"] and (form := collection.form("new")):
            key, wrong = self.books.save(collection, form, "", posted)
            if wrong:
                return _html(422, pages.form(collection, form, "", posted, wrong))
            visit.said = Said(say("Saved"))
            return _to(f"{at}/{key}")
        if record is None:
            return _html(404, pages.trouble("Not found"))
        key, more = rest[0], rest[1:]
        match more:
            case ["restore"]:
                self.books.restore(collection, key)
                visit.said = Said(say("Saved"))
                return _to(f"{at}/{key}")
            case ["lines"] if collection.lines and collection.lines.add:
                if wrong := self.books.add_line(collection, key, posted):
                    return _html(422, pages.record(collection, key, record, wrong, posted))
            case ["lines", place] if collection.lines and place.isdigit():
                if not self.books.result(collection, key, int(place), posted.get("_result", "")):
                    return _html(404, pages.trouble("Not found"))
            case ["do", name]:
                deed = next((one for one in collection.deeds if one.name == name), None)
                if deed is None or not self.books.do(collection, deed, key):
                    return _html(404, pages.trouble("Not found"))
                gone = deed.removes or bool(dict(deed.sets).get("deleted"))
                undo = f"{at}/{key}/restore" if collection.bin and gone else ""
                visit.said = Said(say(deed.done), undo)
                back = posted.get("_back", "")
                return _to(back if back.startswith(f"{at}?") else at if gone else f"{at}/{key}")
            case [name] if (form := collection.form(name)) and offered(form.when, record):
                _, wrong = self.books.save(collection, form, key, posted)
                if wrong:
                    return _html(422, pages.beside(record).form(collection, form, key, posted, wrong))
                visit.said = Said(say("Saved"))
                return _to(self._following(collection, form) if posted.get("_on") else f"{at}/{key}")
            case _:
                return _html(404, pages.trouble("Not found"))
        visit.said = Said(say("Saved"))
        return _to(f"{at}/{key}")

    def _following(self, collection: Collection, form: Form) -> str:
        """The next record that waits, or the list where none does."""
        if collection.waits:
            name, value = collection.waits
            for key, record in self.books.shown(collection):
                if record.get(name) == value:
                    return f"/{collection.name}/{key}/{form.name}"
        return f"/{collection.name}"

    def _standing(self, collection: Collection, form: Form, record: Record) -> dict[str, str]:
        """What stands in a form's fields before anything is typed."""
        told = {name: self.look.typed(collection.field(name), record.get(name, "")) for name in form.fields}
        for name in form.fields:
            if collection.field(name).kind == "check":
                told[name] = "on" if record.get(name) else ""
        extra = (self.app.optional, self.app.required)
        return told | {one.name: str(record.get(one.name, "")) for one in extra}

    def _named(self, posted: Mapping[str, str]) -> dict[str, str]:
        """Field names as the records know them."""
        if "IDS" not in self.drifts:
            return dict(posted)
        names = {"q", "f", self.app.optional.name, self.app.required.name}
        for collection in self.app.collections:
            names |= {one.name for one in (*collection.fields, *(collection.lines.fields if collection.lines else ()))}
        known = {changed(name): name for name in names}
        return {known.get(name, name): value for name, value in posted.items()}

    def _asked(self, asking: Asking) -> Asked:
        query = self._named(asking.query)
        page = query.get("page", "1")
        return Asked(
            query.get("q", "").strip(), query.get("f", ""), int(page) if page.isdigit() and len(page) < 6 else 1
        )

    def _pages(self, visit: _Visit) -> Pages:
        said, visit.said = visit.said, Said()
        return Pages(self.look, visit.person, said, over="POPUP" in self.drifts and not visit.answered)

    def _answered(self, visit: _Visit, asking: Asking) -> Answer:
        """A dialog was answered, or something was typed into it. Only that it was is kept."""
        visit.answered = True
        self.counts["typed_over" if "_typed" in asking.form else "answered_over"] += 1
        return _to("/")

    def _asset(self, path: str) -> Answer:
        if path not in self._styles:
            text = (files("byhand.evals.office") / "assets" / path[2:]).read_text("utf-8")
            self._styles[path] = dressed(text, self.look.h.rename).encode() if path.endswith("css") else text.encode()
        return Answer(200, self._styles[path], _ASSETS[path], (("cache-control", "max-age=3600"),))

    def _api(self, asking: Asking) -> Answer:
        if not secrets.compare_digest(asking.token.encode(), self.token.encode()):
            return _json(403, {"error": "no token"})
        if asking.path == "/api/state" and asking.method == "GET":
            return _json(200, self.state().as_json())
        if asking.path == "/api/reset" and asking.method == "POST":
            told = _told(asking.body)
            if told is None:
                return _json(400, {"error": "seed and after are numbers, drifts a list of names"})
            self.reset(told.seed, told.drifts, told.after)
            return _json(200, {"app": self.app.name, "seed": self.seed, "drifts": sorted(self.drifts)})
        return _json(404, {"error": "no such thing"})


class _Reset(msgspec.Struct, forbid_unknown_fields=True):
    seed: int | None = None
    drifts: frozenset[str] | None = None
    after: int | None = None


def _told(body: bytes) -> _Reset | None:
    """What to begin again with; None where it can't be read."""
    try:
        found = msgspec.json.decode(body or b"{}", type=_Reset)
    except msgspec.DecodeError:
        return None
    return found if found.drifts is None or found.drifts <= DRIFTS.keys() else None


def _narrowed(collection: Collection, records: list[tuple[str, Record]], asked: Asked) -> list[tuple[str, Record]]:
    words = asked.search.casefold()
    return [
        (key, one)
        for key, one in records
        if (not words or any(words in str(one.get(name, "")).casefold() for name in collection.search))
        and (not asked.filter or str(one.get(collection.filter)) == asked.filter)
    ]


def _html(status: int, body: str) -> Answer:
    return Answer(status, body.encode())


def _json(status: int, value: object) -> Answer:
    return Answer(status, msgspec.json.encode(value), "application/json")


def _to(place: str, *headers: tuple[str, str]) -> Answer:
    return Answer(303, b"", headers=(("location", urlsplit(place)._replace(scheme="", netloc="").geturl()), *headers))
