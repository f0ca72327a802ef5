"""A pretend extension: it speaks through the real native host, as the service worker does."""

from __future__ import annotations

import json
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import byhand
from byhand.capture.browser.host import EXTENSION

HOST = Path(byhand.__file__).parent / "capture" / "browser" / "host.py"
Said = dict[str, Any]


def framed(message: bytes) -> bytes:
    return struct.pack("=I", len(message)) + message


class Extension:
    """Starts a host for `home` and says hello when it hears a state."""

    def __init__(
        self, home: Path, browser: str = "chromium", *, origin: str = f"chrome-extension://{EXTENSION}/"
    ) -> None:
        self.host = subprocess.Popen(
            [sys.executable, "-I", "-S", str(HOST), str(home), browser, origin], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        assert self.host.stderr is not None
        self._in, self._out, self._err = self.host.stdin, self.host.stdout, self.host.stderr
        self._read = b""
        self.heard: list[Said] = []
        self.acknowledged: dict[str, int] = {}

    def say(self, **values: Any) -> None:
        self.raw(framed(json.dumps(values).encode()))

    def raw(self, data: bytes) -> None:
        self._in.write(data)
        self._in.flush()

    def hear(self, fits: Callable[[Said], bool], *, since: int | None = None, seconds: float = 8.0) -> Said:
        """The next thing said that fits, or the first one after `since` things; all of them are in `heard`."""
        seen, until = len(self.heard) if since is None else since, time.monotonic() + seconds
        while True:
            for said in self.heard[seen:]:
                seen += 1
                if fits(said):
                    return said
            left = until - time.monotonic()
            assert left > 0, f"it was not said; heard: {[one.get('say') for one in self.heard]}"
            if select.select([self._out], [], [], left)[0]:
                part = self._out.read1(65536)  # type: ignore[attr-defined]
                assert part, "the host ended"
                self._read += part
                self._take()

    def _take(self) -> None:
        while len(self._read) >= 4:
            (length,) = struct.unpack("=I", self._read[:4])
            if len(self._read) < 4 + length:
                return
            said = json.loads(self._read[4 : 4 + length])
            self._read = self._read[4 + length :]
            self.heard.append(said)
            if said.get("say") == "got":
                self.acknowledged[said["document"]] = said["next"]

    def joins(self) -> Said:
        """Hear that it is recorded, and say hello."""
        state = self.hear(lambda said: said.get("state") == "recording")
        self.say(say="hello", version=1, browser="", extension="0.1.0")
        return state

    def batch(
        self, *events: Said, first: int = 0, document: str = "d1", url: str = "https://shop.example/", **more: Any
    ) -> None:
        now = time.time() * 1000
        told = [{"at": now, "trusted": True} | event for event in events]
        for event in told:
            if event["kind"] in ("page", "snapshot"):
                del event["trusted"]
        values = {
            "say": "batch", "document": document, "window": 1, "tab": 7, "frame": 0, "url": url, "top": url,
            "first": first, "sent": now, "events": told,
        }  # fmt: skip
        self.say(**values | more)

    def acknowledges(self, number: int, document: str = "d1") -> None:
        if self.acknowledged.get(document, -1) < number:
            self.hear(lambda said: said.get("document") == document and said["next"] >= number)

    def ask(self, number: int = 1, **request: Any) -> Said:
        self.say(ask=number, request=request)
        return self.hear(lambda said: said.get("answer") == number)["reply"]

    def end(self) -> str:
        """Close stdin, as a browser does; returns what the host wrote to stderr."""
        if self._err.closed:
            return ""
        self._in.close()
        self.host.wait(5)
        self._out.close()
        with self._err:
            return self._err.read().decode()


def press(name: str = "Save", **more: Any) -> Said:
    return {"kind": "press", "button": 1, "x": 20, "y": 30, "times": 1, "element": element(name) | more}


def release() -> Said:
    return {"kind": "release", "button": 1, "x": 20, "y": 30}


def element(name: str = "Save", role: str = "button", node: int = 1) -> Said:
    return {
        "node": node, "role": role, "name": name, "tag": "button", "states": [], "screen": [10, 20, 80, 24],
        "area": [10, 20, 80, 24],
    }  # fmt: skip


def focus(name: str, role: str = "textbox", node: int = 2) -> Said:
    return {"kind": "element", "why": "focus", "element": element(name, role, node) | {"tag": "input"}}


def key(character: str, *, down: bool = True, code: str = "") -> Said:
    return {
        "kind": "key", "down": down, "key": character, "code": code or f"Key{character.upper()}", "mods": 0,
        "repeat": False,
    }  # fmt: skip


def page(what: str = "loaded", title: str = "") -> Said:
    return {"kind": "page", "what": what, "title": title}
