"""Every route of the page: docs/formats/review.md, line by line. A route only turns words into a call and back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Annotated, Literal, TypeVar

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from byhand import __version__
from byhand.errors import ReviewError
from byhand.review.deciding import Decisions
from byhand.review.desk import MOST_EVENTS, Desk
from byhand.review.door import Door
from byhand.review.edits import Edit
from byhand.review.life import IDLE_S, Life

_T = TypeVar("_T")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_JSON = "application/json"
_MOST_QUESTION = 400


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Nothing(_Body, frozen=True):
    pass


class Token(_Body, frozen=True):
    token: Annotated[str, msgspec.Meta(max_length=200)]


class Change(_Body, frozen=True):
    revision: int


class NewEdit(_Body, frozen=True):
    revision: int
    edit: Edit


class Bytes(_Body, frozen=True):
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Question(_Body, frozen=True):
    text: Annotated[str, msgspec.Meta(max_length=2_000)]


class Sure(_Body, frozen=True):
    sure: Literal[True]


class Span(_Body, frozen=True):
    last_s: Annotated[int, msgspec.Meta(ge=1, le=366 * 86_400)]
    sure: Literal[True]


class Room:
    """What the routes work with."""

    def __init__(
        self,
        desk: Desk,
        decisions: Decisions,
        door: Door,
        life: Life,
        worker: Executor,
        now: Callable[[], float],
        assets: dict[str, tuple[str, bytes]],
        shells: jinja2.Environment,
    ) -> None:
        self.desk = desk
        self.decisions = decisions
        self.door = door
        self.life = life
        self.now = now
        self.assets = assets
        self._shells = shells
        self._worker = worker

    async def work(self, make: Callable[[], _T]) -> _T:
        """Off the server's own thread, one thing at a time: the vault takes one thread."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, make)

    def shell(self, name: str, *, status: int = 200, here: str = "", recording: str = "") -> Response:
        page = self._shells.get_template(name).render(version=__version__, here=here, recording=recording)
        return Response(page, status, media_type="text/html")


def routes(room: Room) -> list[Route]:
    """The table."""
    desk, decisions = room.desk, room.decisions

    def shown(path: str, make: Callable[[Request], object]) -> Route:
        """A question: answered with JSON."""

        async def answer(request: Request) -> Response:
            return _json(await room.work(lambda: make(request)))

        return Route(path, answer, methods=["GET"])

    def done(path: str, kind: type[_T], make: Callable[[Request, _T], object]) -> Route:
        """Something to do: the body says what."""

        async def answer(request: Request) -> Response:
            body = await _body(request, kind)
            made = await room.work(lambda: make(request, body))
            return Response(status_code=204) if made is None else _json(made)

        return Route(path, answer, methods=["POST"])

    one = "/api/recordings/{id}"
    return [
        Route("/", _page(room, "door.html", ""), methods=["GET"]),
        Route("/assets/{name:path}", _asset(room), methods=["GET"]),
        Route("/enter", _enter(room), methods=["POST"]),
        Route("/recordings", _page(room, "recordings.html", "recordings"), methods=["GET"]),
        Route("/recordings/{id}", _page(room, "recording.html", ""), methods=["GET"]),
        Route("/ledger", _page(room, "ledger.html", "ledger"), methods=["GET"]),
        shown("/api/session", lambda _: {"version": __version__, "damage": desk.vault.damage, "idle_s": IDLE_S}),
        shown("/api/recordings", lambda _: desk.cards()),
        shown(one, lambda request: desk.detail(_id(request))),
        shown(f"{one}/scene", lambda request: desk.scene(_id(request))),
        shown(f"{one}/story", lambda request: desk.story(_id(request), _question(request))),
        shown(f"{one}/masked", lambda request: desk.masked(_id(request))),
        shown(f"{one}/edits", lambda request: desk.draft(desk.source(_id(request)))),
        shown(f"{one}/artefact", lambda request: desk.leaving(_id(request))),
        shown(f"{one}/artefact/scene", lambda request: desk.leaving_scene(_id(request))),
        shown(
            f"{one}/artefact/events",
            lambda request: desk.leaving_events(
                _id(request), _number(request, "first", 0), _number(request, "limit", MOST_EVENTS)
            ),
        ),
        Route(f"{one}/artefact/bytes", _bytes(room), methods=["GET"]),
        shown("/api/ledger", lambda _: dict(zip(("verdict", "entries"), desk.ledger(), strict=True))),
        done(f"{one}/edits", NewEdit, lambda request, body: decisions.edit(_id(request), body.revision, body.edit)),
        done(f"{one}/undo", Change, lambda request, body: decisions.undo(_id(request), body.revision)),
        done(f"{one}/redo", Change, lambda request, body: decisions.redo(_id(request), body.revision)),
        done(f"{one}/look", Question, lambda request, body: desk.look(_id(request), body.text)),
        done(f"{one}/approve", Bytes, lambda request, body: decisions.approve(_id(request), body.sha256)),
        done(f"{one}/take-back", Nothing, lambda request, _: decisions.take_back(_id(request))),
        done(f"{one}/reviewed", Nothing, lambda request, _: decisions.reviewed(_id(request))),
        done(f"{one}/forget", Sure, lambda request, _: decisions.forget(_id(request))),
        done("/api/forget", Span, lambda _, body: decisions.forget_last(body.last_s)),
        done("/api/alive", Nothing, lambda _, _body: None),
        done("/api/goodbye", Nothing, lambda _, _body: room.life.goodbye(room.now())),
    ]


_Answer = Callable[[Request], Awaitable[Response]]


def _page(room: Room, name: str, here: str) -> _Answer:
    async def answer(request: Request) -> Response:
        return room.shell(name, here=here, recording=_id(request) if "id" in request.path_params else "")

    return answer


def _asset(room: Room) -> _Answer:
    async def answer(request: Request) -> Response:
        found = room.assets.get(request.path_params["name"])
        if found is None:
            raise _nothing()
        return Response(found[1], media_type=found[0])

    return answer


def _enter(room: Room) -> _Answer:
    async def answer(request: Request) -> Response:
        entry = room.door.enter((await _body(request, Token)).token)
        return Response(msgspec.json.encode({"key": entry.key}), media_type=_JSON, headers={"Set-Cookie": entry.cookie})

    return answer


def _bytes(room: Room) -> _Answer:
    async def answer(request: Request) -> Response:
        name = _id(request)
        made = await room.work(lambda: room.desk.leaving_bytes(name))
        named = {"Content-Disposition": f'attachment; filename="{made.sha256}.byhand"'}
        return Response(made.data, media_type="application/octet-stream", headers=named)

    return answer


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type=_JSON)


async def _body(request: Request, kind: type[_T]) -> _T:
    """Raises:
    ReviewError: it is not what the route takes. What is wrong with it is not quoted.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise ReviewError("not_json", "the page speaks JSON only")
    data = await request.body()
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ReviewError("bad_request", "this is not what can be asked here") from None


def _id(request: Request) -> str:
    name: str = request.path_params["id"]
    if not _ID.fullmatch(name):
        raise _nothing()
    return name


def _question(request: Request) -> str:
    return request.query_params.get("q", "")[:_MOST_QUESTION]


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ReviewError("bad_request", "this is not what can be asked here")
    return int(text)


def _nothing() -> ReviewError:
    return ReviewError("not_there", "there is nothing of that name")
