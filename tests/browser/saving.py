"""Pages on loopback, and what they sent to be saved: the only word that counts on what a chore did.

A page saves by `save({...})`; what it sent stands in `saved`, in order.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

SAVE = """<script>
const save = (told) => fetch("/save", { method: "POST", body: JSON.stringify(told) }).then(() => {
  document.body.append(Object.assign(document.createElement("p"), { role: "status", textContent: "Stored" }));
});
</script>"""


class Saving:
    """host: as the browser shall call it: two hosts are two sites."""

    def __init__(self, pages: Mapping[str, str], host: str = "127.0.0.1") -> None:
        self.saved: list[dict[str, str]] = []
        self.pages = dict(pages)
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = served.pages.get(urlsplit(self.path).path.strip("/"))
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(f'<!doctype html><html lang="en">{SAVE}{page or "Nothing here"}'.encode())

            def do_POST(self) -> None:
                served.saved.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Tests have no use for it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://{host}:{self.server.server_address[1]}"

    def taken(self) -> list[dict[str, str]]:
        """What came since the last time."""
        told = self.saved[:]
        self.saved.clear()
        return told


@contextmanager
def saving(pages: Mapping[str, str], host: str = "127.0.0.1") -> Generator[Saving]:
    made = Saving(pages, host)
    threading.Thread(target=made.server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
