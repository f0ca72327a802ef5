"""What doctor checks."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from byhand.cli import checks
from byhand.cli.doctor import examine
from byhand.vault.keys import FileStore, device_key
from byhand.vault.ledger_file import Ledger
from byhand.vault.store import Vault
from stage.desktop import Desktop


def test_a_desktop_that_can_be_recorded_is_found_so(desktop: Desktop) -> None:
    """On a real X server with an accessibility bus nothing fails."""
    found = [checks.session(desktop.env), *checks.display(desktop.env), checks.accessibility(desktop.env)]
    assert [finding.verdict for finding in found if finding.verdict == "fail"] == []
    assert {finding.name for finding in found} == {"session", "display", "x extensions", "accessibility"}


def test_wayland_is_refused_with_what_works_instead() -> None:
    """Also where an X server runs beside it: it would see half of the input."""
    finding = checks.session({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})
    assert finding.verdict == "fail"
    assert "Xorg" in finding.mend


def test_a_display_that_does_not_answer_is_named() -> None:
    """The error says which."""
    (finding,) = checks.display({"DISPLAY": ":987"})
    assert finding.verdict == "fail"


def test_no_bus_is_a_warning_with_a_remedy(tmp_path: Path) -> None:
    """Without accessibility there is still a recording, only a poorer one."""
    finding = checks.accessibility({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"})
    assert (finding.verdict, bool(finding.mend)) == ("warn", True)


def test_a_chromium_that_says_nothing_of_its_pages_is_found() -> None:
    """Its child processes don't count, and with the flag all is well."""
    child = ["/usr/lib/chromium/chromium", "--type=renderer"]
    crashes = ["/usr/lib/chromium/chrome_crashpad_handler", "--monitor-self"]
    dumb, good = ["/usr/lib/chromium/chromium"], ["chromium", "--force-renderer-accessibility"]
    for lines, verdict in (([dumb, child], "warn"), ([good, child, crashes], "ok"), ([good, dumb], "warn")):
        finding = checks.chromium(lines)
        assert finding is not None
        assert finding.verdict == verdict
    assert checks.chromium([child, ["bash"]]) is None


def test_a_home_others_can_look_into_is_found(tmp_path: Path) -> None:
    """One wide file is enough."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    assert checks.home(folder).verdict == "ok"
    (folder / "vault.sqlite").touch(mode=0o644)
    (folder / "vault.sqlite").chmod(0o644)
    finding = checks.home(folder)
    assert finding.verdict == "warn"
    assert "vault.sqlite" in finding.says


def test_looking_at_the_keys_makes_none(home: Path) -> None:
    """Doctor on a fresh machine leaves it fresh."""
    assert checks.keys(home, {"BYHAND_KEYRING": "file"}).verdict == "warn"
    assert checks.home(home).verdict == "ok"
    assert not home.exists()


@pytest.mark.parametrize(
    ("now", "newest", "verdict"), [(1.8e9, 0, "ok"), (1e9, 0, "fail"), (1.8e9, 1.8e9 + 86400, "warn")]
)
def test_a_clock_that_went_back_is_found(now: float, newest: float, verdict: str) -> None:
    """Against what was last written, and against when this was built."""
    assert checks.clock(now, newest).verdict == verdict


def test_doctor_holds_the_clock_against_the_ledger(home: Path) -> None:
    """A clock set back a day is noticed; one that goes right is not accused."""
    made = int(time.time())
    with Vault.open(home, keys := FileStore(home / "keys")) as vault:
        Ledger(home, device_key(keys, create=True), vault.keep_detail).record("policy", {}, at=made + 86400)
    (home / "keystore").write_text('{"store":"file","name":"test"}')
    (clock,) = [finding for finding in examine(home, os.environ) if finding.name == "clock"]
    assert clock.verdict == "warn"
    assert "set the date" in clock.mend
    assert checks.newest(home, os.environ) == made + 86400
    assert checks.newest(home / "nowhere", os.environ) == 0


def test_the_recorders_sandbox_is_tried() -> None:
    """In a process of its own: this one keeps its network."""
    assert checks.sandbox().verdict in {"ok", "warn"}
