"""Serves the page on 127.0.0.1, and nowhere else, until it is over.

Rules of this module: nothing that was recorded reaches a log; there is no access log at all. The socket is bound here,
so that the port is known before anybody is let in.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.types import ASGIApp

from byhand.errors import UsageFault
from byhand.review.app import build
from byhand.review.deciding import Decisions
from byhand.review.desk import Desk
from byhand.review.door import Door
from byhand.review.life import Life

HOST = "127.0.0.1"
_LOOK_S = 0.25


def serve(desk: Desk, decisions: Decisions, port: int, ready: Callable[[Door], None]) -> str:
    """Serve until Ctrl-C, a goodbye or an hour without anybody. `port` 0 takes any free one; `ready` is called once it
    is open, before the first request is answered.

    Returns:
        Why it ended; "" after Ctrl-C.

    Raises:
        UsageFault: the port is taken.
    """
    with listening(port) as bound, ThreadPoolExecutor(1, "review") as worker:
        door = Door(bound.getsockname()[1], secrets.token_bytes)
        life = Life(door, time.monotonic())
        app = build(desk, decisions, door, life, worker, time.monotonic)
        ready(door)
        try:
            return asyncio.run(_serve(app, bound, life))
        except KeyboardInterrupt:
            return ""


def listening(port: int) -> socket.socket:
    """A socket on loopback that listens.

    Raises:
        UsageFault: the port is taken.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
        bound.listen(64)
    except (OSError, OverflowError):
        bound.close()
        raise UsageFault(f"port {port} can't be used", hints=("leave --port out to get a free one",)) from None
    return bound


async def _serve(app: ASGIApp, bound: socket.socket, life: Life) -> str:
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=5,
        )
    )
    why = ""

    async def watch() -> None:
        nonlocal why
        while not why:
            await asyncio.sleep(_LOOK_S)
            why = life.over(time.monotonic())
        server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve(sockets=[bound])
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
    return why
