"""Promises of a goal done by a model at an endpoint, in a real browser: no secret is sent, and each send is told."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from byhand.cli import main
from byhand.cli.endpoint import KEY
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from tests.agents.test_elsewhere import by_rules
from tests.cli.terminal import PROGRAM
from tests.models.stand_in import Got, Said, StandIn, messages, standing_in, uses

VENDOR = (
    ("click", "Vendors", ""), ("click", "New vendor", ""), ("type", "Name", "Adler Works 11"),
    ("type", "City", "Bremen"), ("click", "Save", ""), ("done", "", ""),
)  # fmt: skip
PAGE = b"""<!doctype html><meta charset="utf-8"><title>Orders</title>
<body style="margin:40px;background:#fff;font:16px sans-serif">
<form onsubmit="return false">
<p><input type="password" aria-label="Password" value="canary-pass-4711"
  style="background:#f00;color:#f00;border:0;width:200px;height:30px"></p>
<p><input aria-label="Subject" value="canary-value-4711"
  style="background:#f0f;color:#f0f;border:0;width:200px;height:30px"></p>
<p><button data-byhand-mask onclick="return false" style="background:#0f0;color:#0f0;border:0;width:200px;height:30px">
  canary-mask-4711</button></p>
<p><button onclick="document.getElementById('said').textContent = 'Opened'"
  style="background:#00f;color:#fff;border:0;width:120px;height:32px">Search</button></p>
</form>
<h2>Kasimir Vandenbroucke-Canary</h2>
<h2 id="said">Closed</h2>"""
RED, PINK, GREEN, BLUE = (255, 0, 0), (255, 0, 255), (0, 255, 0), (0, 0, 255)
POLICY = """\
version = 1
streams = ["actions", "frames"]
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "{origin}"
"""
CANARIES = (b"canary", b"Canary", b"Kasimir", b"Vandenbroucke", b"4711")


@contextmanager
def page_served() -> Generator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name the library has
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def office(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Served]:
    """The invoices app, agreed to; its words are nobody's."""
    del home
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    with served(Site(APPS["invoices"], 1)) as one:
        policy = POLICY.format(origin=one.url.rstrip("/")) + "UNSAFE_public = true\n"
        Path("policy.toml").write_text(policy, "utf-8")
        assert main(["consent", "give", "--policy", "policy.toml", "--yes"]) == 0
        yield one


@pytest.fixture
def site(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """A page with secrets on it, agreed to, pictures too, and its words are people's."""
    del home
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv(KEY, "sk-key-83jd")
    with page_served() as origin:
        Path("policy.toml").write_text(POLICY.format(origin=origin), "utf-8")
        assert main(["consent", "give", "--policy", "policy.toml", "--streams", "actions,frames", "--yes"]) == 0
        yield origin


def done(url: str, model: str, there: StandIn, *words: str, code: int) -> list[dict[str, Any]]:
    """What a process of its own tells programs. Its key is in nothing it says."""
    ran = subprocess.run(
        [*PROGRAM, "do", "look for it", "--url", url, "--model", model, "--endpoint", there.url, "--json", *words],
        capture_output=True, text=True, check=False, timeout=150, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert "sk-key-83jd" not in ran.stdout + ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def sends(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["ledger", "show", "--json"]) == 0
    return [one["detail"] for one in json.loads(capsys.readouterr().out) if one["kind"] == "send"]


def clean(there: StandIn) -> None:
    """Of all that was planted nothing went out."""
    assert there.got
    for got in there.got:
        assert not [one for one in CANARIES if one in got.body]


def test_a_chat_model_does_a_chore_of_the_office_and_the_ledger_has_each_send(
    office: Served, capsys: pytest.CaptureFixture[str]
):
    """Act by act, by the list it is sent; what signs somebody in is in none of it."""
    with standing_in(by_rules(*VENDOR)) as there:
        *acts, last = done(
            office.entry, "openai:m", there, "--yes-to", "sends", "--check", 'see "Adler Works 11"', code=0
        )  # fmt: skip
    assert (last["outcome"], last["acts"], len(acts)) == ("done", 5, 5)
    assert "Adler Works 11" in [str(one["name"]) for one in office.state().tables["vendors"].values()]
    assert f"shown      6 times, {there.url.removesuffix('/v1')}" in Path(last["report"]).read_text("utf-8")
    told = sends(capsys)
    assert [one["bytes"] for one in told] == [len(got.body) for got in there.got]
    assert {one["to"] for one in told} == {there.url.removesuffix("/v1")}
    assert all(one["elements"] > 3 for one in told)
    assert not [got for got in there.got if b"enter=" in got.body or b"127.0.0.1" in got.body]


def test_what_is_secret_masked_or_not_cleared_is_in_no_list(site: str):
    """A password, a value, a mask, a person's name; the button between them is pressed all the same."""
    with standing_in(by_rules(("click", "Search", ""), ("done", "", ""))) as there:
        *_, last = done(site, "openai:m", there, "--check", 'see "Opened"', code=0)
    assert last["acts"] == 1
    clean(there)
    assert there.got[0].headers["authorization"] == "Bearer sk-key-83jd"


def picture(got: Got) -> Image.Image:
    """The one of a request."""
    packed = got.json["messages"][0]["content"][1]["source"]["data"]
    return Image.open(io.BytesIO(base64.b64decode(packed))).convert("RGB")


def middle(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int]:
    """Of all that has a colour."""
    w, rgb = image.width, image.tobytes()
    found = [at // 3 for at in range(0, len(rgb), 3) if rgb[at : at + 3] == bytes(colour)]
    assert found, "nothing of it shows"
    columns, rows = [at % w for at in found], [at // w for at in found]
    return (min(columns) + max(columns)) // 2, (min(rows) + max(rows)) // 2


def test_a_computer_tool_sees_a_masked_picture_and_presses_what_lies_under_its_place(
    site: str, capsys: pytest.CaptureFixture[str]
):
    """Not a pixel of a field, of what is masked or was not cleared; a place on bare ground is refused."""
    places: list[tuple[int, int]] = []

    def answer(got: Got) -> Said:
        image, told = picture(got), len(there.got)
        colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
        assert not colours & {RED, PINK, GREEN}
        places.append((5, 5) if told == 1 else middle(image, BLUE) if told == 2 else (0, 0))
        x, y = places[-1]
        if told == 3:
            return messages({"type": "text", "text": "DONE"}, stop="end_turn")
        return messages(uses(action="left_click", coordinate=[x, y]))

    with standing_in(answer) as there:
        *acts, last = done(site, "anthropic-computer:m", there, "--check", 'see "Opened"', code=0)
    assert [one["why"] for one in acts] == ["pointed at a place where nothing is", ""]
    assert acts[1]["sentence"] == 'press "Search"'
    assert (last["acts"], last["tries"]) == (1, 2)
    clean(there)
    assert [(one["elements"], one["pictures"]) for one in sends(capsys)] == [(0, 1)] * 3


def test_without_consent_to_pictures_a_computer_tool_is_shown_none(site: str, capsys: pytest.CaptureFixture[str]):
    """It stops, and says why; nothing was sent."""
    assert main(["consent", "withdraw"]) == 0
    assert main(["consent", "give", "--policy", "policy.toml", "--streams", "actions", "--yes"]) == 0
    with standing_in([messages(uses(action="screenshot"))]) as there:
        *_, last = done(site, "anthropic-computer:m", there, code=4)
    assert last["reason"] == "anthropic-computer:m can't be shown this page: your consent covers no pictures of it"
    assert not there.got
    assert sends(capsys) == []
