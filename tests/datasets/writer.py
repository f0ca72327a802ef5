"""A writer on this computer, for tests: a real HTTP server that keeps what it was sent and answers as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Heard:
    """asked: the body of each request. keys: its Authorization. paths: where to.

    says: the words of the answer. status, to: of the answer, and where it sends on to. slow_s: how long it waits.
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.says = "Answer the mail of the day"
        self.status = 200
        self.to = ""
        self.slow_s = 0.0
        self.raw: bytes | None = None
        self.url = ""

    def everything(self) -> str:
        return json.dumps(self.asked)


@contextmanager
def listening() -> Generator[Heard]:
    heard = Heard()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            heard.asked.append(json.loads(self.rfile.read(size)))
            heard.keys.append(self.headers["Authorization"])
            heard.paths.append(self.path)
            time.sleep(heard.slow_s)
            choice = {"message": {"role": "assistant", "content": heard.says}}
            body = heard.raw if heard.raw is not None else json.dumps({"choices": [choice]}).encode()
            self.send_response(heard.status)
            if heard.to:
                self.send_header("Location", heard.to)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name upstream
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    heard.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
