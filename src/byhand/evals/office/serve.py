"""Serves an app on 127.0.0.1, and nowhere else, until it is told to stop or whoever started it is gone.

Rules of this module: requests are answered one at a time under a lock, waits are outside of it; there is no access log.
A request for another host is refused, so that no page of the web can reach it by a name of its own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from urllib.parse import parse_qsl, quote, urlsplit

from byhand.errors import UsageFault
from byhand.evals.office.site import TOKEN, Answer, Asking, Site, State

HOST = "127.0.0.1"
_LARGEST = 1 << 20
_LOOK_S = 0.5


class Served:
    """An app that is being served. Tests and benches ask it directly, without HTTP."""

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.port = site, port
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    @property
    def entry(self) -> str:
        """An address that says who one is, once: a browser that opened it may open the others."""
        return f"{self.url}?enter={quote(self.site.app.people[0])}"

    @property
    def token(self) -> str:
        return self.site.token

    def state(self) -> State:
        with self.lock:
            return self.site.state()

    def reset(self, seed: int | None = None, drifts: frozenset[str] | None = None, after: int | None = None) -> None:
        with self.lock:
            self.site.reset(seed, drifts, after)


@contextlib.contextmanager
def served(site: Site, port: int = 0) -> Generator[Served]:
    """Serve until the end of the block.

    Raises:
        UsageFault: the port is taken.
    """
    try:
        server = _Server((HOST, port), BaseHTTPRequestHandler)
    except (OSError, OverflowError):
        raise UsageFault(f"port {port} can't be used", hints=("leave --port out to get a free one",)) from None
    one = Served(site, server.server_port)
    server.RequestHandlerClass = _handler(one)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def ending(parent: int) -> Generator[Callable[[Callable[[], bool]], None]]:
    """Gives what waits for SIGTERM, for Ctrl-C, for the parent process to go, or for what it is given to be true. From
    here on the two signals only end the wait: whoever is told that it's being served may end it at once.
    """
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    def wait(over: Callable[[], bool]) -> None:
        while not told.wait(_LOOK_S):
            if os.getppid() != parent or over():
                return

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error of ours; anything else is told, as ever."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # pyright: ignore[reportArgumentType]


def _handler(one: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 60
        wbufsize = -1  # one packet for head and body: two would wait for each other, some 40 ms an answer

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "0")
            size = int(length) if length.isdigit() else _LARGEST + 1
            if size > _LARGEST:
                self.close_connection = True
                self.send_error(413)
                return
            self._answer(self.rfile.read(size))

        def _answer(self, body: bytes) -> None:
            if self.headers.get("host", "") not in {f"{HOST}:{one.port}", f"localhost:{one.port}"}:
                self.send_error(421)
                return
            at = urlsplit(self.path)
            form = (
                dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
                if not at.path.startswith("/api/")
                else {}
            )
            asking = Asking(
                self.command, at.path, dict(parse_qsl(at.query, keep_blank_values=True)), form, self._cookie(),
                self.headers.get(TOKEN, ""), body,
            )  # fmt: skip
            with one.lock:
                answer = one.site.answer(asking)
            if answer.wait_s:
                time.sleep(answer.wait_s)
            self._send(answer)

        def _cookie(self) -> str:
            try:
                found = SimpleCookie(self.headers.get("cookie", "")).get(one.site.cookie)
            except CookieError:
                return ""
            return found.value if found else ""

        def _send(self, answer: Answer) -> None:
            with contextlib.suppress(ConnectionError):
                self.send_response(answer.status)
                self.send_header("content-type", f"{answer.kind}; charset=utf-8")
                self.send_header("content-length", str(len(answer.body)))
                if not any(name == "cache-control" for name, _ in answer.headers):
                    self.send_header("cache-control", "no-store")
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
            """Nothing."""

    return Handler
