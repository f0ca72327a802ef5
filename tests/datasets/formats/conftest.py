"""The order form of `samples`, served on loopback; at /shop in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.datasets.formats.samples import FRAMED, PAGE


class _Form(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        host, _, port = self.headers["host"].partition(":")
        other = "localhost" if host == "127.0.0.1" else "127.0.0.1"
        page = FRAMED.replace("ORDER", f"http://{other}:{port}/") if self.path == "/shop" else PAGE
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in http.server
        pass


@pytest.fixture(scope="session")
def form() -> Iterator[str]:
    """Its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Form)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
