"""An office over HTTP: on loopback alone, and gone with whoever started it."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from byhand.errors import UsageFault
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import HOST, Served, served
from byhand.evals.office.site import Site
from stage.desktop import wait_for
from tests.cli.terminal import PROGRAM

PARENT = """
import subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
print(child.stdout.readline().decode(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def office() -> Iterator[Served]:
    with served(Site(APPS["invoices"])) as one:
        yield one


def asked(office: Served, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(HOST, office.port, timeout=10)
    try:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_it_listens_on_loopback_alone(office: Served) -> None:
    """Another address of this machine finds nobody there."""
    assert office.url.startswith("http://127.0.0.1:")
    own = socket.gethostbyname(socket.gethostname())
    if own != HOST:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((own, office.port), 2)
    assert asked(office, "GET", "/invoices")[0] == 200


def test_a_request_for_another_host_is_refused(office: Served) -> None:
    """A page of the web that has a name for 127.0.0.1 gets nothing, not even with the token."""
    status, body = asked(office, "GET", "/api/state", host=f"evil.example:{office.port}", x_office_token=office.token)
    assert status == 421
    assert b"tables" not in body
    assert asked(office, "GET", "/api/state", x_office_token=office.token)[0] == 200


def test_what_is_too_large_or_broken_is_refused_and_the_next_is_served(office: Served) -> None:
    """It goes on whatever was sent before."""
    assert asked(office, "POST", "/invoices/new", b"", content_length="99999999")[0] == 413
    assert asked(office, "GET", "/invoices", cookie="=;;=\x01")[0] == 200
    with socket.create_connection((HOST, office.port), 2) as line:
        line.sendall(b"\x00\xff nonsense\r\n\r\n")
    assert asked(office, "POST", "/api/reset", b"\xff\xfe", x_office_token=office.token)[0] == 400
    assert asked(office, "GET", "/invoices")[0] == 200


def test_a_port_that_is_taken_is_told(office: Served) -> None:
    """In a sentence, with what to do."""
    with pytest.raises(UsageFault, match="can't be used"), served(Site(APPS["tickets"]), office.port):
        pass


def test_it_ends_with_whoever_started_it(home: object) -> None:
    """A bench that was killed leaves no server behind."""
    command = [sys.executable, "-c", PARENT, *PROGRAM, "office", "serve", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        told = json.loads(parent.stdout.readline())
        assert lives(told["port"])
        parent.kill()
        wait_for(lambda: not lives(told["port"]), "the end of the server")


def test_it_ends_when_it_is_told_to(home: object) -> None:
    """SIGTERM ends it with 0."""
    command = [*PROGRAM, "office", "serve", "--app", "tickets", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert told["app"] == "tickets"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert not lives(told["port"])


def lives(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
