"""The bench's pages, on loopback, under two names: 127.0.0.1, which the policy lists, and localhost, which it does not.

`?peer` in an address puts rrweb's recorder with its default settings into the page, in front of all other scripts.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.browser import peer

PAGES = Path(__file__).parent / "pages"
PEER = """<script src="/rrweb.js"></script>
<script>const kept = []; rrwebRecord.record({ emit: event => kept.push(event) })</script>"""


def heavy() -> dict[str, bytes]:
    """A page of an office program, 300 kB in eight files: its scripts, styles and what they build."""
    article = "".join(
        f'<section class="c{n % 40}"><h2>Case {n}</h2><p>{"The file was checked and passed on. " * 6}</p>'
        f'<label>Note {n} <input name="n{n}"></label> <button>Pass on</button></section>'
        for n in range(270)
    )
    parts = {}
    for part in range(4):
        body = "".join(
            f"function f{part}_{n}(a, b) {{ const x = [a, b, {n}]; return x.map(v => v * {n + 1}).filter(v => v % 2)"
            f".reduce((s, v) => s + v, {part}) }}\n"
            for n in range(290)
        )
        calls = " + ".join(f"f{part}_{n}({n}, {part})" for n in range(0, 290, 3))
        parts[f"/app{part}.js"] = (body + f"window.sum{part} = {calls}\n").encode()
    build = """
const table = document.createElement("table")
for (let n = 0; n < 120; n++) {
  const row = table.insertRow()
  for (let m = 0; m < 6; m++) row.insertCell().textContent = `${n} ${m} ${sum0 % 7}`
}
document.body.append(table)
document.body.offsetHeight
"""
    parts["/build.js"] = build.encode()
    for part in range(2):
        parts[f"/style{part}.css"] = "".join(
            f".c{n} {{ color: #{n % 10}{n % 7}{n % 5}; padding: {n % 9}px; border-left: {n % 3}px solid #ccc }}\n"
            f".c{n}:hover > p, .c{n} label {{ background: #fafafa; margin: {n % 4}px {part}px }}\n"
            for n in range(230)
        ).encode()
    head = "".join(f'<link rel="stylesheet" href="{name}">' for name in parts if name.endswith("css"))
    tail = "".join(f'<script src="{name}"></script>' for name in parts if name.endswith("js"))
    parts["/heavy.html"] = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Cases</title><!-- peer -->'
        f"{head}<h1>Cases</h1>{article}{tail}"
    ).encode()
    return parts


class Pages:
    """Use as a context manager. `listed` and `unlisted` are the two origins of the same pages."""

    def __init__(self) -> None:
        peer.install()
        files = heavy() | {f"/{path.name}": path.read_bytes() for path in PAGES.iterdir()}
        files["/rrweb.js"] = peer.script()
        files["/favicon.ico"] = b""

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                name, _, query = self.path.partition("?")
                body = files.get(name)
                kind = {"js": "text/javascript", "css": "text/css"}.get(name.rpartition(".")[2], "text/html")
                if body is not None and query == "peer":
                    body = body.replace(b"<!-- peer -->", PEER.encode())
                head = (
                    f"HTTP/1.1 {200 if body is not None else 404} -\r\ncontent-type: {kind}; charset=utf-8\r\n"
                    f"content-length: {len(body or b'')}\r\ncache-control: no-store\r\n\r\n"
                )
                self.wfile.write(head.encode() + (body or b""))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
                """Nothing: the bench prints its rows."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.listed = f"http://127.0.0.1:{self._server.server_port}"
        self.unlisted = f"http://localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
