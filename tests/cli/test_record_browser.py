"""`byhand record --browser`, as a script drives it: a real browser, the real extension, the real recorder."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from byhand.cli import extension, main
from byhand.cli.browser_window import OURS, own_profile
from byhand.cli.record_browser import driver_for
from byhand.errors import UsageFault
from tests.cli.terminal import PROGRAM

PAGE = b"""<!doctype html><title>Invoices</title>
<label>Subject <input></label> <label>Country <select><option>France<option>Germany</select></label>
<button>Save</button>"""
POLICY = """\
version = 1
streams = ["actions"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture
def site() -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def agreed(home: Path, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A yes to that site in Chromium."""
    (tmp_path / "policy.toml").write_text(POLICY.format(origin=site))
    assert main(["consent", "give", "--policy", str(tmp_path / "policy.toml"), "--yes"]) == 0
    capsys.readouterr()
    return home


def headless(tmp_path: Path) -> dict[str, str]:
    """No desktop, and a Chromium that writes down every address it asks."""
    noting = tmp_path / "bin" / "chromium"
    noting.parent.mkdir()
    noting.write_text(f'#!/bin/sh\nexec {which("chromium")} --log-net-log="{tmp_path}/net.json" "$@"\n')
    noting.chmod(0o755)
    gone = ("DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return kept | {"PATH": f"{noting.parent}:{os.environ['PATH']}"}


def asked(log: Path) -> set[str]:
    """Addresses in a net log; it lacks its end where the browser was ended by a signal."""
    text = log.read_text()
    try:
        log_ = json.loads(text)
    except ValueError:
        log_ = json.loads(text[: text.rindex("},\n") + 1] + "]}")
    began = log_["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    urls = {event.get("params", {}).get("url", "") for event in log_["events"] if event["type"] == began}
    return {url.partition("?")[0] for url in urls if url}


def shown(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def command_lines() -> Generator[bytes]:
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield entry.read_bytes()


def act(page: Page, site: str) -> None:
    """One press, one choice."""
    page.goto(f"{site}/invoice")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Country").select_option("Germany")
    page.wait_for_timeout(300)


def test_a_script_acts_in_the_work_window_and_finds_what_was_recorded(
    agreed: Path, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line says where the browser is once it joined; closing it ends the recording; nothing left this computer."""
    words = [*PROGRAM, "record", "--browser", "--profile", str(tmp_path / "profile"), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=headless(tmp_path)) as process:
        assert process.stdout is not None
        try:
            lines = map(json.loads, process.stdout)
            browser = next(line["browser"] for line in lines if "browser" in line)
            assert browser["extension"] == extension.ID
            assert browser["websocket"].startswith("ws://127.0.0.1:")
            with sync_playwright() as playwright:
                chromium = playwright.chromium.connect_over_cdp(browser["devtools"])
                act(chromium.contexts[0].pages[0], site)
                chromium.new_browser_cdp_session().send("Browser.close")
            last = list(lines)[-1]
        finally:
            process.terminate()
    assert (process.returncode, last["done"], last["lost"]) == (0, True, 0)

    assert main(["show", "last", "--json"]) == 0
    told = [event for event in shown(capsys) if event.get("source") == "browser"]
    presses = [event for event in told if event["kind"] == "element" and event["why"] == "press"]
    assert [(event["role"], event["name"]) for event in presses if event["name"] == "Save"] == [("push button", "Save")]
    assert all(url.startswith((site, "https://127.0.0.1:9/", "chrome")) for url in asked(tmp_path / "net.json"))


def test_the_window_closes_when_the_recording_ends_and_has_no_port(agreed: Path, tmp_path: Path) -> None:
    """Without --json nobody asked for a port, and none is open. The profile is a folder that is asked for or ours."""
    words = [*PROGRAM, "record", "--browser", "--for", "2s"]
    ran = subprocess.run(words, env=headless(tmp_path), capture_output=True, check=False)
    assert ran.returncode == 0
    profile = agreed / "browser" / "profile"
    assert (profile / "Default").is_dir()
    assert not (profile / "DevToolsActivePort").exists()
    assert str(profile).encode() not in b"".join(command_lines())


def test_a_browser_that_does_not_start_ends_the_recording(agreed: Path, tmp_path: Path) -> None:
    """Nobody is left to work in a window that is not recorded: an error, at once."""
    environ = headless(tmp_path)
    (tmp_path / "bin" / "chromium").write_text("#!/bin/sh\nexit 1\n")
    words = [*PROGRAM, "record", "--browser", "--json"]
    ran = subprocess.run(words, env=environ, capture_output=True, check=False, timeout=30)
    assert ran.returncode == 1
    assert "before its extension joined" in json.loads(ran.stderr)["error"]["message"]
    assert json.loads(ran.stdout.splitlines()[-1])["done"] is True


def test_without_consent_no_window_opens(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, and no profile is made."""
    assert main(["record", "--browser", "--profile", str(tmp_path / "profile")]) == 3
    assert "no consent was given" in capsys.readouterr().err
    assert not (tmp_path / "profile").exists()


def test_a_folder_that_is_not_ours_is_no_profile(tmp_path: Path) -> None:
    """A person's own profile, with its cookies, is never opened with a port for scripts; one of ours is taken again."""
    profile = own_profile(tmp_path / "new")
    assert own_profile(profile) == profile
    (profile / "Default").mkdir()
    assert own_profile(profile) == profile
    (profile / OURS).unlink()
    with pytest.raises(UsageFault, match="holds something else"):
        own_profile(profile)


def test_the_options_must_fit_together(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A profile without a window, and a window without a command to end with it, are slips."""
    assert main(["record", "--profile", "x"]) == 2
    assert main(["record", "--browser", "--background"]) == 2
    assert "nothing was recorded" in capsys.readouterr().err


def test_the_desktop_watches_too_where_it_can() -> None:
    """On X11 both record; on Wayland, whose DISPLAY shows half of it, and without a screen only the browser."""
    assert driver_for({"DISPLAY": ":0"}, "") == ""
    assert driver_for({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "") == "browser"
    assert driver_for({}, "") == "browser"
    assert driver_for({"DISPLAY": ":0"}, "browser") == "browser"
