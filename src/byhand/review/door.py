"""Who may come in, and what every response carries. See docs/formats/review.md and ADR 0012.

Rules of this module: pure but for the random bytes it is given. It decides on method, path and headers alone, before
any route runs, and refuses whatever is unclear: a header sent twice, an unknown origin, a host that is not this server.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

import msgspec

from byhand.errors import ReviewError

SECRET_BYTES = 32
MOST_WRONG = 5
KEY_HEADER = b"x-byhand-key"
_OPEN = frozenset({"/", "/enter"})
_ASSETS = "/assets/"
_API = "/api/"

HEADERS: dict[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
}
"""On every response, errors too."""


class Entry(msgspec.Struct, frozen=True):
    """What somebody who comes in gets: the cookie's line, and the key for the page's memory."""

    cookie: str
    key: str

    def __repr__(self) -> str:
        return "<entry>"


class Door:
    """The door of one run of the server on one port.

    Args:
        port: this server's.
        random: so many fresh random bytes (`secrets.token_bytes`).
    """

    def __init__(self, port: int, random: Callable[[int], bytes]) -> None:
        self.port = port
        self._hosts = frozenset({f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()})
        self._cookie_name = f"byhand_review_{port}"
        self._token: str | None = random(SECRET_BYTES).hex()
        self._cookie = random(SECRET_BYTES).hex()
        self._key = random(SECRET_BYTES).hex()
        self._wrong = 0

    def __repr__(self) -> str:
        return f"<door of port {self.port}>"

    def address(self, recording: str = "") -> str:
        """Where to come in; good once. The fragment is never sent to a server.

        Raises:
            ValueError: somebody has come in already.
        """
        if self._token is None:
            raise ValueError("the token is used up")
        return f"http://127.0.0.1:{self.port}/#t={self._token}" + (f"&r={recording}" if recording else "")

    @property
    def entered(self) -> bool:
        """Somebody came in, or the door was shut after wrong tokens."""
        return self._token is None

    @property
    def shut(self) -> bool:
        """Too many wrong tokens, and nobody is in: nobody will ever come in."""
        return self._wrong >= MOST_WRONG

    def enter(self, token: str) -> Entry:
        """Come in, once.

        Raises:
            ReviewError: wrong, or used already.
        """
        if self._token is None:
            raise _no_entry("this address was used already")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            self._wrong += 1
            if self.shut:
                self._token = None
            raise _no_entry("this is not the address that was printed")
        self._token = None
        return Entry(f"{self._cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/", self._key)

    def check(self, method: str, path: str, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """May this request go on? Names of `headers` are in lower case, as ASGI gives them.

        Raises:
            ReviewError: no; `code` says why.
        """
        host = _only(headers, b"host")
        if host not in self._hosts:
            raise ReviewError("wrong_host", "this server answers to its own address only")
        self._same_origin(method, path, host, headers)
        if path in _OPEN or path.startswith(_ASSETS):
            return
        if self._token is not None or not self._has_cookie(headers):
            raise _no_entry("nobody came in through the printed address yet, or it was another run")
        if path.startswith(_API):
            key = _only(headers, KEY_HEADER)
            if key is None or not hmac.compare_digest(key, self._key.encode()):
                raise _no_entry("this page does not hold the key it was given at the door")

    def _same_origin(self, method: str, path: str, host: bytes, headers: Sequence[tuple[bytes, bytes]]) -> None:
        origins = _all(headers, b"origin")
        if any(origin != b"http://" + host for origin in origins) or (method == "POST" and len(origins) != 1):
            raise _forged()
        sites = _all(headers, b"sec-fetch-site")
        allowed = {b"same-origin"} if path.startswith(_API) or method == "POST" else {b"same-origin", b"none"}
        if path == "/" and method == "GET" and _all(headers, b"sec-fetch-mode") == [b"navigate"]:
            # A link to the door, as the file that --open makes holds one. The door shows nothing of anybody.
            allowed |= {b"cross-site", b"same-site"}
        if any(site not in allowed for site in sites):
            raise _forged()

    def _has_cookie(self, headers: Sequence[tuple[bytes, bytes]]) -> bool:
        # A server on another port of this computer can set cookies of our name beside ours: any one that fits will do.
        wanted = f"{self._cookie_name}={self._cookie}".encode()
        given = [part.strip() for line in _all(headers, b"cookie") for part in line.split(b";")]
        return any(hmac.compare_digest(part, wanted) for part in given)


def _all(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for known, value in headers if known == name]


def _only(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The header, if it was sent exactly once."""
    found = _all(headers, name)
    return found[0] if len(found) == 1 else None


def _no_entry(why: str) -> ReviewError:
    return ReviewError("no_entry", why, hints=("to get a new address, run: byhand review",))


def _forged() -> ReviewError:
    return ReviewError("forged", "this request came from another page")
