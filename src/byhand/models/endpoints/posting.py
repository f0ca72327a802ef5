"""One request to a model's address, and its answer: with patience, some tries, and an end.

Rules of this module: plain `http.client`, which follows no redirect and asks no proxy, so that nothing goes anywhere
but to the address that was named. Of an address on this computer it is looked at who answers before anything is sent. A
busy server (429, 5xx) is asked again after a while, so often and no more. Whatever goes wrong is half a sentence of
ours (`Unanswered`), which quotes nothing that was sent or answered.

The wait is spent beside the request, so that a person can end it at any moment and an answer that never ends does not
hold anybody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from socket import SHUT_RDWR, socket

import msgspec

from byhand.models.endpoints.address import Address

_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses that pass: RFC 9110, RFC 6585, and Anthropic's "overloaded" (529)."""
_SAYS = {
    400: "did not take what it was asked", 401: "did not take the key", 403: "did not take the key",
    404: "does not know the model or the address", 413: "says that it was asked too much",
    422: "did not take what it was asked",
}  # fmt: skip
_PIECE = 1 << 16
_TICK_S, _ENDS_S = 0.02, 2.0


class Unanswered(Exception):
    """There is no answer. Its words go on after the model's name: "did not answer in time"."""


class Patience(msgspec.Struct, frozen=True):
    """answer_s: so long one try may take. tries: so many. first_s: the wait after the first, doubled each time, at most
    most_s, which is also the most that a server's `Retry-After` is taken for. size: the longest answer, in bytes.
    """

    answer_s: float = 90.0
    tries: int = 5
    first_s: float = 0.5
    most_s: float = 20.0
    size: int = 1 << 20


class _Busy(Exception):
    def __init__(self, status: int, after_s: float) -> None:
        super().__init__(status)
        self.status, self.after_s = status, after_s


def post(
    to: Address, headers: Mapping[str, str], body: bytes, *, before: Callable[[], object],
    pulled: Callable[[], bool] = lambda: False, patience: Patience | None = None,
) -> bytes:  # fmt: skip
    """The body of the answer.

    Args:
        to: where.
        headers: with the key, if there is one.
        body: JSON.
        before: called before each try; if it raises, nothing is sent.
        pulled: whether the person ended it.
        patience: with how much.

    Raises:
        Unanswered: there is none.
    """
    with_ = patience or Patience()
    wait_s = with_.first_s
    for left in range(with_.tries - 1, -1, -1):
        before()
        try:
            return _Try(to, headers, body, with_).answer(pulled)
        except _Busy as busy:
            if not left:
                raise Unanswered(f"is busy (status {busy.status}) and stays so") from None
            until = time.monotonic() + min(max(wait_s, busy.after_s), with_.most_s)
            wait_s = min(wait_s * 2, with_.most_s)
            while time.monotonic() < until:
                if pulled():
                    raise Unanswered("was not waited for") from None
                time.sleep(_TICK_S)
    raise Unanswered("was not asked")


class _Try:
    """One."""

    def __init__(self, to: Address, headers: Mapping[str, str], body: bytes, patience: Patience) -> None:
        self._to, self._headers, self._body, self._patience = to, headers, body, patience
        self._over = threading.Event()
        self._answer = b""
        self._fault: Exception | None = None
        made = HTTPSConnection if to.secure else HTTPConnection
        self._connection = made(to.host, to.port, timeout=patience.answer_s)
        self._socket: socket | None = None

    def answer(self, pulled: Callable[[], bool]) -> bytes:
        until = time.monotonic() + self._patience.answer_s
        beside = threading.Thread(target=self._work, name="byhand endpoint", daemon=True)
        beside.start()
        try:
            while not self._over.wait(_TICK_S):
                if pulled():
                    raise Unanswered("was not waited for")
                if time.monotonic() > until:
                    raise Unanswered("did not answer in time")
        finally:
            if not self._over.is_set():
                self._hang_up()
            beside.join(_ENDS_S)
        if self._fault is not None:
            raise self._fault
        return self._answer

    def _hang_up(self) -> None:
        """What is read beside us ends, too: closing alone would leave it waiting."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)

    def _work(self) -> None:
        try:
            self._answer = self._ask()
        except (Unanswered, _Busy) as fault:
            self._fault = fault
        except TimeoutError:
            self._fault = Unanswered("did not answer in time")
        except Exception:  # their words can quote a header, and a header the key
            self._fault = Unanswered("can't be reached")
        finally:
            self._over.set()
            with suppress(OSError, HTTPException):
                self._connection.close()

    def _ask(self) -> bytes:
        connection, to = self._connection, self._to
        connection.connect()
        self._socket = connection.sock
        # A name is only a name: what may stay on this computer is not sent before we know who listens.
        if to.here and not ip_address(connection.sock.getpeername()[0]).is_loopback:
            raise Unanswered("is not on this computer")
        connection.request("POST", to.path, self._body, {"Content-Type": "application/json", **self._headers})
        with connection.getresponse() as answer:
            return self._read(answer)

    def _read(self, answer: HTTPResponse) -> bytes:
        if answer.status in _BUSY:
            raise _Busy(answer.status, _after(answer))
        if 300 <= answer.status < 400:
            raise Unanswered(f"points elsewhere (status {answer.status}), which is not followed")
        if answer.status != 200:
            says = _SAYS.get(answer.status, "did not answer as it should")
            raise Unanswered(f"{says} (status {answer.status})")
        found = bytearray()
        while piece := answer.read1(_PIECE):
            found += piece
            if len(found) > self._patience.size:
                raise Unanswered("answered too much")
        return bytes(found)


def _after(answer: HTTPResponse) -> float:
    """`Retry-After` in seconds (RFC 9110, 10.2.3); a date is not read."""
    said = (answer.getheader("Retry-After") or "").strip()
    return float(said) if said.isdecimal() and len(said) < 6 else 0.0
