"""Loads a page again and again in several browsers that take turns, with nobody attached to them.

A driver that is attached (DevTools) works at each load too, more so where there is an extension: it was most of what an
earlier form of this bench measured. Here a browser waits on a page of ours, is sent to the measured one when it is its
turn, and the page itself says how long it took, by its own navigation timing, a while after its load was over.

A line (`CABLE`) is imitated by the server: it answers that much later, a new connection twice, and no faster than that
for all connections together.
"""

from __future__ import annotations

import queue
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlencode

from bench.browser import peer
from bench.browser.pages import PEER, heavy

_SETTLED_S = 0.25
_WITHIN_S = 30.0
_CHUNK = 4096
_WAITING = """<!doctype html><title>Waiting</title>
<script>fetch("/next" + location.search).then((said) => said.text()).then((page) => location.replace(page))</script>"""
_TELLING = """<script>addEventListener("load", () => setTimeout(() => {
  const [one] = performance.getEntriesByType("navigation")
  fetch("/took?ms=" + (one.loadEventEnd - one.startTime), { method: "POST" }).then(() => location.replace("BACK"))
}, 300))</script>"""


class Line(NamedTuple):
    """latency: s there and back. rate: bytes a second, 0: as fast as it goes."""

    latency: float = 0.0
    rate: int = 0


LOOPBACK = Line()
CABLE = Line(0.028, 625_000)
"""5 Mbit/s down, 28 ms there and back: WebPageTest's profile of that name."""


class Turns:
    """The page `/heavy.html` on two origins, `listed` and `unlisted`. A context manager: the server."""

    def __init__(self) -> None:
        peer.install()
        files = heavy() | {"/rrweb.js": peer.script()}
        self.line = LOOPBACK
        self._turn = threading.Condition()
        self._waiting: dict[str, str] = {}
        self._took: queue.Queue[float] = queue.Queue()
        self._busy = threading.Lock()
        self._free = 0.0
        turns = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            new = True

            def do_POST(self) -> None:
                turns._took.put(float(parse_qs(self.path.partition("?")[2])["ms"][0]))
                self._answer(b"", "text/plain", LOOPBACK)

            def do_GET(self) -> None:
                name, _, query = self.path.partition("?")
                words = {key: value[0] for key, value in parse_qs(query).items()}
                if name == "/waiting.html":
                    return self._answer(_WAITING.encode(), "text/html", LOOPBACK)
                if name == "/next":
                    return self._answer(turns._next(words["who"]).encode(), "text/plain", LOOPBACK)
                body = files.get(name, b"")
                if name == "/heavy.html":
                    back = f"{turns.home}/waiting.html?{urlencode({'who': words['who']})}"
                    body = body.replace(b"<!-- peer -->", PEER.encode() if "peer" in words else b"")
                    body += _TELLING.replace("BACK", back).encode()
                kind = {"js": "text/javascript", "css": "text/css"}.get(name.rpartition(".")[2], "text/html")
                time.sleep(turns.line.latency * (2 if self.new else 1))
                self.new = False
                return self._answer(body, kind, turns.line)

            def _answer(self, body: bytes, kind: str, line: Line) -> None:
                head = (
                    f"HTTP/1.1 200 -\r\ncontent-type: {kind}; charset=utf-8\r\n"
                    f"content-length: {len(body)}\r\ncache-control: no-store\r\n\r\n"
                )
                self.wfile.write(head.encode())
                for start in range(0, len(body), _CHUNK if line.rate else len(body) or 1):
                    part = body[start : start + (_CHUNK if line.rate else len(body))]
                    turns._pace(len(part), line)
                    self.wfile.write(part)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
                """Nothing: the bench prints its rows."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        port = self._server.server_port
        self.home, self.listed = f"http://127.0.0.1:{port}", f"http://listed.localhost:{port}"
        self.unlisted = f"http://unlisted.localhost:{port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def join(self, devtools: str, who: str) -> None:
        """A browser comes: its first page is opened through its DevTools' port, to which nobody stays attached."""
        page = f"{self.home}/waiting.html?{urlencode({'who': who})}"
        with urllib.request.urlopen(urllib.request.Request(f"{devtools}/json/new?{page}", method="PUT")):
            pass

    def load(self, who: str, page: str) -> float:
        """Send that browser there. Returns: ms until the `load` event was over.

        Raises:
            RuntimeError: the browser is not waiting, or did not come back.
        """
        with self._turn:
            if not self._turn.wait_for(lambda: who in self._waiting, _WITHIN_S):
                raise RuntimeError(f"{who} does not wait for its turn")
        time.sleep(_SETTLED_S)
        with self._turn:
            self._waiting[who] = f"{page}{'&' if '?' in page else '?'}{urlencode({'who': who})}"
            self._turn.notify_all()
        try:
            return self._took.get(timeout=_WITHIN_S)
        except queue.Empty:
            raise RuntimeError(f"{who} did not load its page") from None

    def _next(self, who: str) -> str:
        with self._turn:
            self._waiting[who] = ""
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._waiting[who])
            return self._waiting.pop(who)

    def _pace(self, size: int, line: Line) -> None:
        if not line.rate:
            return
        with self._busy:
            self._free = max(time.monotonic(), self._free) + size / line.rate
            wait = self._free - time.monotonic()
        time.sleep(max(0.0, wait))
