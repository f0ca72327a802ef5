"""Promises of review.serve and `byhand review`: a true server on loopback, driven by true requests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import pytest

from byhand.errors import UsageFault
from byhand.review.door import HEADERS
from byhand.review.serve import HOST, listening
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault
from tests.cli.terminal import PROGRAM
from tests.review.recordings import header, keep


class _Said(msgspec.Struct):
    url: str
    port: int


@contextmanager
def served(home: Path, *more: str) -> Generator[tuple[_Said, subprocess.Popen[bytes]]]:
    """`byhand review --json` over two recordings."""
    environ = {**os.environ, "BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
    keys = open_keys(home, environ)
    device_key(keys, create=True)
    keep(home, header(utc_ns=1_790_000_000_000_000_000), keys=keys)
    # Retention would take what ended long ago and was never reviewed.
    with Vault.open(home, keys) as vault:
        vault.mark_reviewed("first")
    command = [*PROGRAM, "review", "--json", *more]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield msgspec.json.decode(process.stdout.readline(), type=_Said), process
        finally:
            process.kill()


def test_the_printed_address_opens_the_page_once_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    """The whole way: address, door, cookie and key, a recording; then the socket is closed and nothing was logged."""
    with served(tmp_path) as (said, process):
        base, _, token = said.url.partition("/#t=")
        assert base == f"http://{HOST}:{said.port}"
        with httpx.Client(base_url=base, trust_env=False) as client:
            door = client.get("/")
            assert door.status_code == 200
            assert {name: door.headers[name] for name in HEADERS} == HEADERS
            assert client.get("/api/recordings").status_code == 401
            entered = client.post("/enter", json={"token": token}, headers={"Origin": base})
            key = {"X-Byhand-Key": entered.json()["key"]}
            assert client.post("/enter", json={"token": token}, headers={"Origin": base}).status_code == 401
            assert client.get("/api/recordings").status_code == 401
            listed = client.get("/api/recordings", headers=key).json()
            assert [one["id"] for one in listed["recordings"]] == ["first"]
            scene = client.get("/api/recordings/first/scene", headers=key)
            assert "TITLECANARY" in scene.text
            assert client.get("/api/recordings", headers={**key, "Host": "evil.example"}).status_code == 421
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, b"", b"")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((HOST, said.port), timeout=2)


def test_a_goodbye_ends_the_server(tmp_path: Path) -> None:
    """After a moment in which the page could have come back."""
    with served(tmp_path) as (said, process):
        base, _, token = said.url.partition("/#t=")
        with httpx.Client(base_url=base, trust_env=False) as client:
            key = client.post("/enter", json={"token": token}, headers={"Origin": base}).json()["key"]
            headers = {"Origin": base, "X-Byhand-Key": key}
            assert client.post("/api/goodbye", json={}, headers=headers).status_code == 204
        assert process.wait(timeout=60) == 0


def test_a_second_page_over_the_same_vault_is_refused(tmp_path: Path) -> None:
    """One draft, one page."""
    with served(tmp_path):
        environ = {**os.environ, "BYHAND_HOME": str(tmp_path), "BYHAND_KEYRING": "file"}
        command = [*PROGRAM, "review"]
        second = subprocess.run(command, env=environ, capture_output=True, timeout=60, check=False)
        assert second.returncode == 2
        assert b"open already" in second.stderr


def test_it_listens_on_loopback_alone() -> None:
    """Nobody on the network reaches it; a port that is taken is an error with a hint."""
    with listening(0) as bound:
        address, port = bound.getsockname()
        assert address == "127.0.0.1"
        with pytest.raises(UsageFault, match=f"port {port}"):
            listening(port)
    with pytest.raises(UsageFault):
        listening(70_000)
