"""Promises of review.door and review.app: who may come in, and what every response carries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from byhand.errors import ReviewError
from byhand.review.door import HEADERS, MOST_WRONG, Door
from byhand.review.life import GRACE_S, IDLE_S, Life
from tests.review.house import BASE, PORT, house

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
LOOKED_AT = [
    "/", "/recordings", "/recordings/first", "/ledger", "/assets/door.js", "/assets/player/scene.js",
    "/api/session", "/api/recordings", "/api/recordings/first", "/api/recordings/first/scene",
    "/api/recordings/first/story", "/api/recordings/first/masked", "/api/recordings/first/edits",
    "/api/recordings/first/artefact", "/api/recordings/first/artefact/scene",
    "/api/recordings/first/artefact/events", "/api/recordings/first/artefact/bytes", "/api/ledger",
]  # fmt: skip
OPEN = {"/", "/assets/door.js", "/assets/player/scene.js"}


def test_the_token_is_good_once(tmp_path: Path) -> None:
    """The second one who brings it, and the first one again, stay outside."""
    with house(tmp_path) as home:
        with pytest.raises(ValueError, match="used up"):
            home.door.address()
        again = home.ask("POST", "/enter", json={"token": home.used}, headers={"Origin": BASE})
    assert again.status_code == 401
    assert "set-cookie" not in again.headers


def test_wrong_tokens_shut_the_door() -> None:
    """After a few, the right one does not open it either, and the server ends."""
    door = Door(PORT, os.urandom)
    right = door.address().partition("#t=")[2]
    life = Life(door, 0)
    for _ in range(MOST_WRONG):
        with pytest.raises(ReviewError):
            door.enter("0" * 64)
    with pytest.raises(ReviewError):
        door.enter(right)
    assert life.over(1)


def test_the_cookie_is_strict_and_for_scripts_out_of_reach(tmp_path: Path) -> None:
    """Bound to this port by its name and to this run by its value."""
    with house(tmp_path) as one:
        line = one.seen[0].headers["set-cookie"]
    assert line.startswith(f"byhand_review_{PORT}=")
    assert line.split("; ")[1:] == ["HttpOnly", "SameSite=Strict", "Path=/"]
    with house(tmp_path / "other") as other:
        assert other.seen[0].headers["set-cookie"] != line


@pytest.mark.parametrize("path", LOOKED_AT)
def test_every_route_but_the_door_needs_the_cookie_and_data_needs_the_key(tmp_path: Path, path: str) -> None:
    """Absent, wrong, or another run's: 401, and nothing of the recording in the answer."""
    with house(tmp_path) as home:
        assert home.ask("GET", path, headers=home.headers()).status_code == 200
        attempts = [
            {},
            {"X-Byhand-Key": home.key},
            {"Cookie": f"byhand_review_{PORT}={'0' * 64}", "X-Byhand-Key": home.key},
        ]
        attempts += [{"Cookie": home.cookie}, {"Cookie": home.cookie, "X-Byhand-Key": "0" * 64}]
        for number, headers in enumerate(attempts):
            answer = home.ask("GET", path, headers=headers)
            shell = number >= 3 and not path.startswith("/api/")
            assert answer.status_code == (200 if path in OPEN or shell else 401), (path, number)
            if answer.status_code == 401:
                assert "CANARY" not in answer.text
                assert "answer the mail" not in answer.text


def test_nobody_is_let_in_before_somebody_entered(tmp_path: Path) -> None:
    """Even one who could guess the cookie: it is not good before the token was used."""
    with house(tmp_path) as home:
        door = Door(PORT, os.urandom)
        cookie = [(b"host", f"127.0.0.1:{PORT}".encode()), (b"cookie", f"byhand_review_{PORT}={door._cookie}".encode())]
        with pytest.raises(ReviewError):
            door.check("GET", "/recordings", cookie)
        assert home.door.entered


POSTS = {
    "/api/recordings/first/edits": {"revision": 0, "edit": {"kind": "cut_app", "app": "notes"}},
    "/api/recordings/first/undo": {"revision": 0},
    "/api/recordings/first/approve": {"sha256": "0" * 64},
    "/api/recordings/first/take-back": {},
    "/api/recordings/first/reviewed": {},
    "/api/recordings/first/forget": {"sure": True},
    "/api/forget": {"last_s": 600, "sure": True},
    "/api/goodbye": {},
}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Origin": f"http://localhost:{PORT}"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": BASE, "Sec-Fetch-Site": "same-site"},
        {"Origin": BASE, "Sec-Fetch-Site": "none"},
    ],
)
def test_nothing_is_changed_for_another_page(tmp_path: Path, path: str, headers: dict[str, str]) -> None:
    """Not even with the cookie and the key: 403, and the vault is as it was."""
    with house(tmp_path) as home:
        answer = home.ask("POST", path, json=POSTS[path], headers=home.headers(**headers))
        assert answer.status_code == 403
        assert answer.json()["code"] == "forged"
        assert [one.id for one in home.vault.recordings()] == ["first"]
        assert home.vault.sheet("first", "edits") is None
        assert home.kinds() == []


def test_nothing_is_changed_without_the_key(tmp_path: Path) -> None:
    """The cookie alone does not do: another port of this computer may have got it."""
    with house(tmp_path) as home:
        for path, body in POSTS.items():
            answer = home.ask("POST", path, json=body, headers={"Origin": BASE, "Cookie": home.cookie})
            assert answer.status_code == 401
        assert home.kinds() == []


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"[::1]:{PORT}", ""]
)
@pytest.mark.parametrize("path", ["/", "/enter", "/assets/door.js", "/recordings", "/api/recordings"])
def test_another_host_name_is_refused_everywhere(tmp_path: Path, host: str, path: str) -> None:
    """A name that was pointed at 127.0.0.1 is not ours (DNS rebinding)."""
    with house(tmp_path) as home:
        answer = home.ask("GET", path, headers=home.headers(Host=host))
        assert answer.status_code == 421


def test_a_header_sent_twice_is_refused() -> None:
    """Which of them counts is a matter of opinion, and ours is neither."""
    door = Door(PORT, os.urandom)
    host = (b"host", f"127.0.0.1:{PORT}".encode())
    with pytest.raises(ReviewError, match="its own address"):
        door.check("GET", "/", [host, (b"host", b"evil.example")])
    with pytest.raises(ReviewError, match="another page"):
        door.check("POST", "/enter", [host, (b"origin", BASE.encode()), (b"origin", BASE.encode())])


def test_every_response_carries_every_header(tmp_path: Path) -> None:
    """Pages, data, files, errors of every sort: the strict policy, no sniffing, no referrer, no caching."""
    assert HEADERS["Content-Security-Policy"] == CSP
    with house(tmp_path) as home:
        for path in [*LOOKED_AT, "/nothing", "/api/recordings/none", "/assets/none.js", "/recordings/a b"]:
            home.ask("GET", path, headers=home.headers())
            home.ask("GET", path)
            home.ask("GET", path, headers={"Host": "evil.example"})
            home.ask("DELETE", path, headers=home.headers(Origin=BASE))
        home.post("recordings/first/edits", {"revision": 0})
        for response in home.seen:
            assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, response.url
            assert "access-control-allow-origin" not in response.headers
            assert "server" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/player/../../story/acts.py",
        "/assets/", "/assets", "/assets/player/", "/assets//etc/passwd", "/assets/%00", "/assets/page.html",
        "/recordings/../vault.sqlite", "/recordings/%2e%2e%2fvault.sqlite", "/api/recordings/..%2f..%2fetc",
        "/api/recordings/first%00", "/recordings/", "/api", "/.git/config", "/vault.sqlite",
    ],
)  # fmt: skip
def test_no_other_file_can_be_asked_for(tmp_path: Path, path: str) -> None:
    """Names stand in a fixed list; there is no folder behind them, and none is listed."""
    with house(tmp_path) as home:
        assert home.ask("GET", path, headers=home.headers()).status_code == 404


def test_large_bodies_and_other_kinds_of_body_are_refused(tmp_path: Path) -> None:
    """64 KiB, JSON; what is wrong with it is not quoted."""
    with house(tmp_path) as home:
        path = "/api/recordings/first/edits"
        headers = home.headers(Origin=BASE)
        big = b'{"revision": 0, "edit": "' + b"CANARY" * 20_000 + b'"}'
        json = {**headers, "Content-Type": "application/json"}
        assert home.ask("POST", path, content=big, headers=json).status_code == 413
        form = {**headers, "Content-Type": "text/plain"}
        assert home.ask("POST", path, content=b'{"revision": 0}', headers=form).status_code == 415
        for body in (
            b"",
            b"CANARY",
            b"[" * 20_000,
            b'{"revision": "CANARY"}',
            b'{"revision": 0, "edit": {"kind": "CANARY"}}',
            b"\xff",
        ):
            answer = home.ask("POST", path, content=body, headers=json)
            assert answer.status_code == 400
            assert "CANARY" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(tmp_path: Path, method: str) -> None:
    """Also the question whether another origin may ask."""
    with house(tmp_path) as home:
        for path in ("/", "/recordings", "/api/recordings", "/api/forget"):
            assert home.ask(method, path, headers=home.headers(Origin=BASE)).status_code == 405
        assert home.ask("GET", "/api/forget", headers=home.headers()).status_code == 405


def test_what_nobody_foresaw_is_told_by_its_kind_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its text may quote what was recorded: it is in no answer and in no log."""
    with house(tmp_path) as home:

        def broken() -> None:
            raise KeyError("a planted CANARY")

        monkeypatch.setattr(home.desk, "cards", broken)
        answer = home.get("recordings")
        assert answer.status_code == 500
        assert answer.json()["code"] == "bug"
        assert "KeyError" in answer.json()["error"]
        assert "CANARY" not in answer.text + caplog.text


def test_secrets_of_the_door_are_in_no_repr(tmp_path: Path) -> None:
    """Not in that of the door, nor of what one gets there."""
    door = Door(PORT, lambda size: b"\xab" * size)
    assert "abab" not in repr(door) + repr(door.enter("ab" * 32))


def test_the_server_ends_after_a_goodbye_but_not_after_a_reload() -> None:
    """And after an hour without anybody."""
    life = Life(Door(PORT, os.urandom), 0)
    life.goodbye(10)
    assert not life.over(10 + GRACE_S - 1)
    assert life.over(10 + GRACE_S)
    life.seen(12)
    assert not life.over(12 + IDLE_S - 1)
    assert life.over(12 + IDLE_S)
