"""Small web sites of a test's own pages, on loopback. A page tells where its elements are and goes where it is sent."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

_SCRIPT = """
<script>
  let left = screenX + (outerWidth - innerWidth) / 2, top_ = screenY + (outerHeight - innerHeight)
  function tell() {
    left = screenX + (outerWidth - innerWidth) / 2; top_ = screenY + (outerHeight - innerHeight)
    const places = {}
    for (const one of document.querySelectorAll('[id]')) {
      const box = one.getBoundingClientRect()
      places[one.id] = [Math.round(left + box.x + box.width / 2), Math.round(top_ + box.y + box.height / 2)]
    }
    const told = { page: location.pathname.slice(1), places }
    return fetch('/tell', { method: 'POST', body: JSON.stringify(told) }).then(reply => reply.text())
      .then(next => { if (next) location.assign(next); else setTimeout(tell, 80) })
  }
  if (self === top) addEventListener('load', () => setTimeout(tell, 150))
</script>
"""


class Site:
    """Serves `pages` (name -> HTML) on 127.0.0.1. Whatever follows a name's first slash is not looked at.

    places: where the shown page's elements with an id are on the screen. page: its path.
    """

    def __init__(self, pages: dict[str, str]) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self.page = ""
        self._next = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = pages.get(self.path.strip("/").split("?")[0].split("/")[0])
                self._answer(200 if found else 404, f"<!doctype html><meta charset=utf-8>{found}{_SCRIPT}")

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["content-length"])))
                site.places = {name: (int(x), int(y)) for name, (x, y) in told["places"].items()}
                site.page = told["page"]
                site._next, there = "", site._next
                self._answer(200, there)

            def _answer(self, code: int, text: str) -> None:
                body = text.encode()
                self.send_response(code)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class calls it so
                """Nothing: tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def go(self, path: str) -> None:
        """Send the shown page elsewhere; `page` says when it is there."""
        self.page, self.places = "", {}
        self._next = "/" + path

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
