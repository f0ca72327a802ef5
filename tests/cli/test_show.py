"""What `show`, `why` and `replay` do with what is in the vault."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from byhand.cli import main
from byhand.cli.show import as_json
from byhand.events.kinds import Frame, Numbered
from tests.cli.recordings import POLICY, Script, header, keep


@pytest.fixture
def place(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Consent is given, and there is one recording."""
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY)
    assert main(["consent", "give", "--policy", "policy.toml", "--yes"]) == 0
    capsys.readouterr()
    return keep(home, "rec1")


def test_a_replay_is_for_the_person_alone(place: Path) -> None:
    """Also where a file of that name was there before and open to others."""
    page = Path("page.html")
    page.touch(mode=0o644)
    page.chmod(0o644)
    assert main(["replay", "rec1", "-o", "page.html"]) == 0
    assert page.stat().st_mode & 0o777 == 0o600


def test_a_frame_is_told_by_its_size(home: Path) -> None:
    """A picture is no line of text."""
    told = as_json(header(), Numbered(3, Frame(1, 2000, "frames.tiles", "clock", 800, 600, 2, b"12345")))
    assert told["patch_bytes"] == 5
    assert "patch" not in told
    assert list(told)[:6] == ["seq", "id", "kind", "server_ms", "mono_ns", "utc"]


def test_each_event_says_who_told_it(home: Path) -> None:
    """A browser's extension, or the desktop; of a browser alone everything is its extension's. Elements have a box."""
    script = (
        Script().focus("chromium").told("press", "push button", "Save").element("push button", "Save").page("loaded")
    )
    events = [Numbered(seq, event) for seq, event in enumerate(script.events)]
    told = [as_json(header(), one) for one in events]
    assert [one["source"] for one in told] == ["desktop", "browser", "desktop", "browser"]
    assert [one.get("box") for one in told] == [None, [10, 20, 80, 24], [0, 0, 1, 1], None]
    alone = msgspec.structs.replace(header(), driver="browser")
    assert {as_json(alone, one)["source"] for one in events} == {"browser"}


def test_damage_is_told_after_what_could_be_read(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One flipped bit in a segment costs that segment, and the exit code says so."""
    database = sqlite3.connect(place / "vault.sqlite")
    ((row, sealed),) = database.execute("SELECT id, sealed FROM segments").fetchall()
    bad = bytes([*sealed[:-1], sealed[-1] ^ 1])
    database.execute("UPDATE segments SET sealed=? WHERE id=?", (bad, row))
    database.commit()
    database.close()
    assert main(["show", "rec1", "--json"]) == 1
    said = capsys.readouterr()
    error = msgspec.json.decode(said.err)["error"]
    assert "can't be read" in error["message"]
    assert error["fate"] == "everything else of it was shown"


def test_lost_keys_are_an_error_with_a_way_out(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A vault whose key is gone can't be read, and we say what can still be done."""
    for key in (place / "keys").glob("vault-*"):
        key.unlink()
    assert main(["show", "rec1"]) == 1
    assert "byhand forget --all" in capsys.readouterr().err
    assert main(["forget", "--all", "--yes"]) == 0


def test_what_was_withdrawn_can_still_be_read_by_its_owner(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Withdrawing ends recording; it does not lock people out of what is theirs."""
    assert main(["consent", "withdraw"]) == 0
    assert main(["show", "rec1"]) == 0
    assert 'click button "Reply"' in capsys.readouterr().out
