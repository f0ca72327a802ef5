"""A server on this computer that stands in for a model's endpoint: it answers by a script, and keeps what it got."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """All that a chat endpoint is told."""
        return "\n".join(one["content"] for one in self.json["messages"])


@dataclass
class Said:
    """One answer. drips: it never ends."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    drips: bool = False
    holds: threading.Event | None = None


Rule = Callable[[Got], Said]


@dataclass
class StandIn:
    """answers: one after the other, the last one again and again; or a rule for each request."""

    answers: Sequence[Said] | Rule
    url: str = ""
    got: list[Got] = field(default_factory=list[Got])

    def answer(self, got: Got) -> Said:
        self.got.append(got)
        if callable(self.answers):
            return self.answers(got)
        return self.answers[min(len(self.got), len(self.answers)) - 1]


@contextmanager
def standing_in(
    answers: Sequence[Said] | Rule, base: str = "/v1", secure: ssl.SSLContext | None = None
) -> Generator[StandIn]:
    """It listens until the end of the block."""
    one = StandIn(answers)
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            said = one.answer(Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            if said.holds is not None:
                said.holds.wait(10)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if not said.drips:
                self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            try:
                self.wfile.write(said.body)
                while said.drips and not over.wait(0.01):
                    self.wfile.write(b" " * 10)
                    self.wfile.flush()
            except OSError:
                pass
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name the library has
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[socket.socket, Any]:
            plain, whom = super().get_request()
            if secure is None:
                return plain, whom
            try:
                return secure.wrap_socket(plain, server_side=True), whom
            except OSError:
                plain.close()
                raise

    server = Server(("127.0.0.1", 0), Handler)
    one.url = f"{'https' if secure else 'http'}://127.0.0.1:{server.server_address[1]}{base}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def acts(*said: dict[str, Any] | str) -> list[Said]:
    """What a chat endpoint answers, one act after the other."""
    return [completion(one if isinstance(one, str) else json.dumps(one)) for one in said]


def completion(content: str, **message: Any) -> Said:
    told = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": content, **message}}]}
    return Said(json.dumps(told).encode())


def responds(*output: dict[str, Any]) -> Said:
    """What OpenAI's Responses API answers."""
    return Said(json.dumps({"id": "resp_1", "output": list(output)}).encode())


def calls(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "computer_call", "call_id": "c1", "actions": [action], "pending_safety_checks": [], **more}


def messages(*content: dict[str, Any], stop: str = "tool_use") -> Said:
    """What Anthropic's Messages API answers."""
    return Said(json.dumps({"id": "msg_1", "content": list(content), "stop_reason": stop}).encode())


def uses(**action: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": "t1", "name": "computer", "input": action}
