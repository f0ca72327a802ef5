"""A small web page to work on, served on loopback for as long as the stage stands."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

PAGES = Path(__file__).parent / "pages"


class Office:
    """Serves `stage/pages` on 127.0.0.1. `places` is where the page's elements are on the screen, once it has told."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = PAGES / (self.path.strip("/").split("?")[0] or "invoices.html")
                found = page.parent == PAGES and page.is_file()
                body = page.read_bytes() if found else b""
                self.send_response(200 if found else 404)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["content-length"])))
                office.places = {name: (int(x), int(y)) for name, (x, y) in told.items()}
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
                """Nothing: the stage is quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
