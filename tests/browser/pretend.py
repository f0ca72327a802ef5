"""A pretend recorder: the recorder's side of the native messaging line, and a real browser that speaks with it.

The browser starts a native host, as it does with ours; the host does nothing but join the browser to this process. Each
message is decoded with the types of `byhand.events.browser`, strictly: a message that is none fails the test.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import BrowserContext, Page, Playwright, Worker

from byhand.events.browser import Batch, DocumentEvent, Flush, Flushed, Got, Hello, SiteSaid, State, TabTold, Told

EXTENSION = Path(__file__).parents[2] / "extension"
PAGES = Path(__file__).parent / "pages"
ID = "cadppmjnaadklncikpkehlnenfjadhok"
STREAMS = ("actions", "text", "pointer")
_told = msgspec.json.Decoder(Told)

_HOST = """#!{python} -IS
import os, socket, sys, threading
line = socket.socket(socket.AF_UNIX)
try:
    line.connect({path!r})
except OSError:
    sys.exit(3)
def back():
    while part := line.recv(65536):
        while part:
            part = part[os.write(1, part):]
    os._exit(0)
threading.Thread(target=back, daemon=True).start()
while part := os.read(0, 65536):
    line.sendall(part)
"""


class Pretend:
    """Says what a recorder says, and keeps what it is told. With `deaf` it acknowledges nothing."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[Told] = []
        self.wrong: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.hellos = 0
        self.deaf = False
        self.now: msgspec.Struct | dict[str, Any] = {"say": "absent"}
        self._mark = 0
        self._old: set[str] = set()
        self._next: dict[str, int] = {}
        self._changed = threading.Condition()
        self._peers: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / "pretend.sock"))
        self._door.listen(8)
        host = folder / "host.py"
        host.write_text(_HOST.format(python=sys.executable, path=str(folder / "pretend.sock")))
        host.chmod(0o700)
        place = folder / "profile" / "NativeMessagingHosts"
        place.mkdir(parents=True)
        manifest = {
            "name": "org.byhand.recorder", "description": "test", "path": str(host), "type": "stdio",
            "allowed_origins": [f"chrome-extension://{ID}/"],
        }  # fmt: skip
        (place / "org.byhand.recorder.json").write_text(json.dumps(manifest))
        threading.Thread(target=self._serve, daemon=True).start()

    # ---- what it says

    def records(self, *sites: str, streams: tuple[str, ...] = STREAMS, **more: Any) -> None:
        """From now on it records these sites."""
        given: dict[str, Any] = {
            "state": "recording", "recording": "r1", "alone": True, "hushed": (),
            "sites": tuple(SiteSaid(one, streams) for one in sites),
            "grant": "7f3a", "until": "31 Jan 2027", "purpose": "mine", "task": "",
        }  # fmt: skip
        self.say(State(**(given | more)))

    def says_absent(self) -> None:
        self.say({"say": "absent"})

    def say(self, said: msgspec.Struct | dict[str, Any]) -> None:
        if isinstance(said, State) or said == {"say": "absent"}:
            self.now = said
        for peer in list(self._peers):
            self._send(peer, said)

    def hang_up(self) -> None:
        """The native host dies."""
        for peer in list(self._peers):
            with contextlib.suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)

    # ---- what it heard

    def forget(self, *, documents: bool = False) -> None:
        """What was heard; and whatever its documents may still tell."""
        with self._changed:
            if documents:
                self._old |= {one.document for one in self.batches()}
            self.heard.clear()

    def flush(self) -> list[DocumentEvent]:
        """All document events until now, after everybody told what they held."""
        self._mark += 1
        mark = self._mark
        self.say(Flush(mark))
        self.until(lambda: any(isinstance(one, Flushed) and one.mark == mark for one in self.heard))
        return self.events()

    def batches(self) -> list[Batch]:
        return [one for one in self.heard if isinstance(one, Batch) and one.document not in self._old]

    def tabs(self) -> list[TabTold]:
        return [one for one in self.heard if isinstance(one, TabTold)]

    def events(self) -> list[DocumentEvent]:
        """Each once, by document and number."""
        seen: set[tuple[str, int]] = set()
        found: list[DocumentEvent] = []
        for batch in self.batches():
            for number, event in enumerate(batch.events, batch.first):
                if (batch.document, number) not in seen:
                    seen.add((batch.document, number))
                    found.append(event)
        return found

    def until(self, true: Callable[[], Any], seconds: float = 8.0) -> None:
        end = time.monotonic() + seconds
        with self._changed:
            while not true():
                assert not self.wrong, self.wrong
                left = end - time.monotonic()
                assert left > 0, f"it was not told in time; heard {[type(one).__name__ for one in self.heard]}"
                self._changed.wait(min(left, 0.2))
        assert not self.wrong, self.wrong

    # ---- the line

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._door.accept()
            except OSError:
                return
            self._peers.append(peer)
            self._send(peer, self.now)
            listening = threading.Thread(target=self._listen, args=(peer,), daemon=True)
            self._threads.append(listening)
            listening.start()

    def _listen(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError):
            while True:
                (size,) = struct.unpack("=I", _exactly(peer, 4))
                self._hear(peer, _exactly(peer, size))
        self._peers.remove(peer)
        peer.close()

    def _hear(self, peer: socket.socket, message: bytes) -> None:
        with self._changed:
            if message.startswith(b'{"ask"') or b'"ask":' in message[:40]:
                asked = json.loads(message)
                self.requests.append(asked["request"])
                self._send(peer, {"answer": asked["ask"], "reply": {"status": None, "error": None}})
            else:
                try:
                    told = _told.decode(message)
                except msgspec.ValidationError as error:
                    self.wrong.append(f"{error}")
                else:
                    self.hellos += isinstance(told, Hello)
                    self.heard.append(told)
                    if isinstance(told, Batch) and not self.deaf:
                        until = max(self._next.get(told.document, 0), told.first + len(told.events))
                        self._next[told.document] = until
                        self._send(peer, Got(told.document, until))
            self._changed.notify_all()

    @staticmethod
    def _send(peer: socket.socket, said: msgspec.Struct | dict[str, Any]) -> None:
        data = msgspec.json.encode(said)
        with contextlib.suppress(OSError):
            peer.sendall(struct.pack("=I", len(data)) + data)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(5)


def _exactly(peer: socket.socket, size: int) -> bytes:
    read = bytearray()
    while len(read) < size:
        part = peer.recv(min(size - len(read), 1 << 16))
        if not part:
            raise EOFError
        read += part
    return bytes(read)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        if "csp" in self.path:
            self.send_header("Content-Security-Policy", "default-src 'none'")
        super().end_headers()


@contextlib.contextmanager
def serving() -> Generator[int]:
    """The test pages, on all names of this computer. Gives the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(PAGES)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


class Rig:
    """A browser with the extension, its pretend recorder, and pages of two origins: `mine` is recorded, `other` not."""

    def __init__(self, context: BrowserContext, pretend: Pretend, port: int) -> None:
        self.context, self.pretend = context, pretend
        self.mine = f"http://mine.localhost:{port}"
        self.also = f"http://also.localhost:{port}"
        self.other = f"http://127.0.0.1:{port}"

    @property
    def worker(self) -> Worker:
        return (
            self.context.service_workers[0]
            if self.context.service_workers
            else self.context.wait_for_event("serviceworker")
        )

    def records(self, **more: Any) -> None:
        self.pretend.records(self.mine, self.also, **more)

    def open(self, path: str, origin: str | None = None) -> Page:
        """A page, once the extension has told that it loaded; what was told until then is forgotten."""
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        for old in self.context.pages[1:]:
            old.close()
        page.goto("about:blank")
        self.pretend.flush()
        self.pretend.forget(documents=True)
        page.goto(f"{origin or self.mine}/{path}")
        self.pretend.until(lambda: any(getattr(one, "what", "") == "loaded" for one in self.pretend.events()))
        return page

    def acts(self, *kinds: str) -> list[Any]:
        """What was told of acts (of these kinds, if any are given), without pages, lists and what has the keyboard."""
        wanted = kinds or ("press", "key", "scroll", "element")
        return [
            one for one in self.pretend.flush()
            if one.__struct_config__.tag in wanted and getattr(one, "why", "") != "focus"
        ]  # fmt: skip

    def inside(self, page: Page, expression: str) -> Any:
        """What it gives in the content scripts' own world."""
        session = self.context.new_cdp_session(page)
        found: list[Any] = []

        def made(told: dict[str, Any]) -> None:
            found.append(told["context"])

        session.on("Runtime.executionContextCreated", made)
        session.send("Runtime.enable")
        ours = next(one["id"] for one in found if one["name"] == "Byhand")
        asked = {"contextId": ours, "expression": expression, "returnByValue": True, "awaitPromise": True}
        answer = session.send("Runtime.evaluate", asked)
        session.detach()
        return answer["result"].get("value")

    def kill_worker(self) -> None:
        """As the browser does it when it needs room."""
        page = self.context.new_page()
        session = self.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()
        page.close()


@contextlib.contextmanager
def browser_with_extension(play: Playwright, folder: Path, *words: str, **more: Any) -> Generator[Rig]:
    pretend = Pretend(folder)
    with serving() as port:
        context = play.chromium.launch_persistent_context(
            str(folder / "profile"), executable_path="/usr/bin/chromium", headless=True,
            args=["--no-sandbox", f"--load-extension={EXTENSION}", *words],
            ignore_default_args=["--disable-extensions"], **more,
        )  # fmt: skip
        context.set_default_timeout(8000)
        try:
            pretend.until(lambda: pretend.hellos)
            yield Rig(context, pretend, port)
        finally:
            context.close()
            pretend.close()
