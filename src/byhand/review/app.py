"""The web server's application: the guard of the door around everything, errors as JSON, routes from `routes`.

Rules of this module: nothing unforeseen gets out. An exception's text may quote what was recorded: it is neither sent
nor logged; only its kind is told.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

import msgspec
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from byhand.errors import ByhandError, KeyMissing, NoSuchRecording, ReviewError, VaultDamaged, VaultFull
from byhand.review.deciding import Decisions
from byhand.review.desk import Desk
from byhand.review.door import HEADERS, Door
from byhand.review.life import Life
from byhand.review.pieces import assets, shells
from byhand.review.routes import Room, routes

MOST_BODY = 64 * 1024

_STATUS = {
    "bad_request": 400, "no_entry": 401, "forged": 403, "not_there": 404, "method": 405, "too_large": 413,
    "not_json": 415, "wrong_host": 421, "bad_edit": 422,
}  # fmt: skip
_HTTP = {
    404: ("not_there", "there is nothing of that name"),
    405: ("method", "this can't be done here"),
}


def build(
    desk: Desk, decisions: Decisions, door: Door, life: Life, worker: Executor, now: Callable[[], float]
) -> ASGIApp:
    """The application. `worker` runs what touches the vault, one thing at a time; `now` are seconds of any clock that
    only goes forward.
    """
    room = Room(desk, decisions, door, life, worker, now, assets(), shells())
    app = Starlette(
        routes=routes(room), exception_handlers={HTTPException: _http, ByhandError: _known, Exception: _unforeseen}
    )
    app.router.redirect_slashes = False
    return _Guarded(app, room)


def answer(error: ByhandError) -> Response:
    """An error as JSON: {"code", "error", "hints", "fate"}."""
    match error:
        case ReviewError(code=code):
            status = _STATUS.get(code, 409)
        case NoSuchRecording():
            code, status = "not_there", 404
        case VaultFull():
            code, status = "full", 507
        case VaultDamaged() | KeyMissing():
            code, status = "damaged", 500
        case _:
            code, status = "damaged", 500
    said = {"code": code, "error": error.message, "hints": error.hints, "fate": error.fate}
    return Response(msgspec.json.encode(said), status, media_type="application/json")


def _http(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code, message = _HTTP.get(status, ("bad_request", "this is no request of the page"))
    made = answer(ReviewError(code, message))
    made.status_code = status
    return made


def _known(_: Request, error: Exception) -> Response:
    assert isinstance(error, ByhandError)
    return answer(error)


class _Guarded:
    """Around the whole application: the door before it, the headers and a last net behind it."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app = app
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no websockets; there is nothing to start or to end
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        try:
            await self._let(scope, _measured(receive), told)
        except ByhandError as error:
            await answer(error)(scope, receive, told)
        except Exception as error:  # fails closed and tells no text: it might quote what was recorded
            if not begun:
                await _bug(error)(scope, receive, told)

    async def _let(self, scope: Scope, receive: Receive, send: Send) -> None:
        room = self._room
        try:
            room.door.check(scope["method"], scope["path"], scope["headers"])
        except ReviewError as error:
            if error.code == "no_entry" and scope["method"] == "GET" and _is_shell(scope["path"]):
                await room.shell("door.html", status=401)(scope, receive, send)
                return
            raise
        room.life.seen(room.now())
        await self._app(scope, receive, send)


def _is_shell(path: str) -> bool:
    """Whether a person, not a script, is there to read the answer."""
    return path == "/ledger" or path.startswith("/recordings")


def _measured(receive: Receive) -> Receive:
    """The request's body, but no more of it than any route takes."""
    size = 0

    async def measured() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > MOST_BODY:
                raise ReviewError("too_large", f"a request holds at most {MOST_BODY // 1024} KiB")
        return message

    return measured


def _unforeseen(_: Request, error: Exception) -> Response:
    return _bug(error)


def _bug(error: Exception) -> Response:
    made = answer(ReviewError("bug", f"byhand broke on something nobody foresaw ({type(error).__name__})"))
    made.status_code = 500
    return made
