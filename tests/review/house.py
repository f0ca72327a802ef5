"""A whole review server without a socket: a vault in a folder, the real application, a client that speaks to it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from byhand.events.kinds import AnyEvent, Header
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.detect.union import detectors
from byhand.review.app import build
from byhand.review.books import Books
from byhand.review.deciding import Clocks, Decisions
from byhand.review.desk import Desk
from byhand.review.door import Door
from byhand.review.life import Life
from byhand.review.looking import finder
from byhand.vault.keys import MemoryStore, device_key
from byhand.vault.store import Vault
from tests.review.recordings import START, header, keep
from tests.review.recordings import UTC as UTC_NS

PORT = 40123
BASE = f"http://127.0.0.1:{PORT}"


class House:
    """One run of the server. `client` sends what a test says; `get` and `post` what the page says."""

    def __init__(self, home: Path, vault: Vault, keys: MemoryStore) -> None:
        self.home = home
        self.vault = vault
        self.keys = keys
        self.seconds = 1_790_000_100.0
        self.told: list[int] = []
        self.books = Books(
            home, vault, device_key(keys, create=True), lambda: self.seconds, lambda s: datetime.fromtimestamp(s, UTC)
        )
        self.desk = Desk(home, vault, self.books, finder(detectors()), Cleaner().clean)
        clocks = Clocks(lambda: UTC_NS + 16 * 10**9, lambda: START + 16 * 10**9, "a-boot-of-mine")
        self.decisions = Decisions(self.desk, clocks, lambda _home, span: self.told.append(span))
        self.door = Door(PORT, os.urandom)
        self.life = Life(self.door, 0.0)
        self.worker = ThreadPoolExecutor(1)
        self.app = build(self.desk, self.decisions, self.door, self.life, self.worker, lambda: 1.0)
        self.key = ""
        self.cookie = ""
        self.seen: list[httpx.Response] = []

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request as it is given, to the application itself."""

        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                return await client.request(method, path, **more)

        response = asyncio.run(one())
        self.seen.append(response)
        return response

    def token(self) -> str:
        return self.door.address().partition("#t=")[2]

    def enter(self) -> House:
        self.used = self.token()
        response = self.ask("POST", "/enter", json={"token": self.used}, headers={"Origin": BASE})
        assert response.status_code == 200
        self.key = response.json()["key"]
        self.cookie = response.headers["set-cookie"].partition(";")[0]
        return self

    def headers(self, **more: str) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-Byhand-Key": self.key, **more}

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", f"/api/{path}", headers=self.headers())

    def post(self, path: str, body: object) -> httpx.Response:
        return self.ask("POST", f"/api/{path}", json=body, headers=self.headers(Origin=BASE))

    def edit(self, edit: dict[str, object], name: str = "first") -> dict[str, Any]:
        draft = self.get(f"recordings/{name}/edits").json()
        answer = self.post(f"recordings/{name}/edits", {"revision": draft["revision"], "edit": edit})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def artefact(self, name: str = "first") -> dict[str, Any]:
        return self.get(f"recordings/{name}/artefact").json()

    def approve(self, name: str = "first") -> httpx.Response:
        return self.post(f"recordings/{name}/approve", {"sha256": self.artefact(name)["sha256"]})

    def state(self, name: str = "first") -> str:
        """What the list says of it."""
        return next(card["review"] for card in self.get("recordings").json()["recordings"] if card["id"] == name)

    def kinds(self) -> list[str]:
        """The ledger's entries, oldest first."""
        return [line.kind for line in reversed(self.books.lines())]


@contextmanager
def house(home: Path, *made: Header, events: Sequence[AnyEvent] | None = None) -> Generator[House]:
    """A house with these recordings (one of name `first`, granted for `train`), entered."""
    keys = MemoryStore()
    for one in made or (header(),):
        keep(home, one, events, keys)
    with Vault.open(home, keys) as vault:
        opened = House(home, vault, keys).enter()
        try:
            yield opened
        finally:
            opened.worker.shutdown()
