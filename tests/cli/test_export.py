"""Promises of `byhand export --mine`: everything that is held, in open formats, for the person alone."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import time
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from byhand.cli import main
from byhand.events.kinds import Frame, Wireframe
from byhand.review.draft import Draft, pack
from byhand.review.edits import CutApp
from byhand.vault.keys import KeyStore, device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.store import Vault
from tests.review.recordings import H, W, header, keep, work


@pytest.fixture
def keys(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyStore:
    """Two recordings, one of them edited."""
    monkeypatch.chdir(tmp_path)
    made = open_keys(home, os.environ)
    device_key(made, create=True)
    now = time.time_ns()
    keep(home, header("first", utc_ns=now - 10**11), keys=made)
    keep(home, header("second", "mine", utc_ns=now - 5 * 10**10), keys=made)
    with Vault.open(home, made) as vault:
        vault.put_sheets("first", {"edits": pack(Draft().add(CutApp("notes")))})
    return made


def _image(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as read:
        return read.convert("RGB")


def export(*words: str) -> int:
    return main(["export", *words])


def test_everything_held_is_there_in_open_formats(keys: KeyStore, home: Path) -> None:
    """Every event, every frame, every wireframe, the story, the edits, the ledger; also what was cut for sharing."""
    assert export("first", "--mine", "-o", "out") == 0
    out = Path("out")
    events = [json.loads(line) for line in (out / "events.jsonl").read_text().splitlines()]
    kept = work().events
    assert [event["kind"] for event in events] == [type(event).__name__.lower() for event in kept]
    assert "TITLECANARY" in [event.get("title") for event in events]
    frames = sorted((out / "frames").iterdir())
    assert len(frames) == sum(isinstance(event, Frame) for event in kept)
    assert all(_image(path.read_bytes()).size == (W, H) for path in frames)
    assert b"PIXELCANARY" in _image(frames[1].read_bytes()).tobytes("raw", "BGR")
    wires = sorted((out / "wireframes").iterdir())
    assert len(wires) == sum(isinstance(event, Wireframe) for event in kept)
    assert "WIRECANARY" in "".join(ET.fromstring(wires[1].read_bytes()).itertext())
    assert 'click button "Reply"' in (out / "story.txt").read_text()
    about = json.loads((out / "recording.json").read_text())
    assert about["header"]["purpose"] == "train"
    assert about["summary"]["dropped"] == {"password field": 2}
    assert json.loads((out / "edits.json").read_text())["draft"]["made"] == [{"kind": "cut_app", "app": "notes"}]
    told = [json.loads(line) for line in (out / "ledger.jsonl").read_text().splitlines()]
    assert [one["kind"] for one in told] == ["export"]
    readme = (out / "README.txt").read_text()
    assert all(path.name in readme for path in out.iterdir() if path.name != "README.txt")
    assert [entry.kind for entry in entries(home / FILE, device_key(keys).public_key())] == ["export"]


def test_only_the_person_can_read_it(keys: KeyStore) -> None:
    """Folders 0700, files 0600, the archive too."""
    old = os.umask(0)
    try:
        assert export("first", "--mine", "-o", "out") == 0
        assert export("first", "--mine", "-o", "out.zip") == 0
    finally:
        os.umask(old)
    for path in [Path("out"), *Path("out").rglob("*"), Path("out.zip")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_all_of_it_in_one_archive(keys: KeyStore) -> None:
    """One folder a recording, the whole ledger, grants and the policy."""
    assert export("all", "--mine", "-o", "all.zip") == 0
    with zipfile.ZipFile("all.zip") as made:
        names = set(made.namelist())
        assert {
            "README.txt",
            "ledger.jsonl",
            "recordings/first/events.jsonl",
            "recordings/second/events.jsonl",
        } <= names
        picture = next(name for name in names if name.endswith(".png"))
        assert _image(made.read(picture)).size == (W, H)


@pytest.mark.parametrize("place", ["out", "out.zip"])
def test_what_is_there_is_never_written_over(keys: KeyStore, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a folder, not a file, not a link; and nothing of the attempt stays behind."""
    Path(place).symlink_to("nowhere")
    assert export("first", "--mine", "-o", place) == 2
    assert "is there already" in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["byhand", place]


def test_where_it_can_not_be_written_nothing_stays(keys: KeyStore, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is an error with a hint."""
    assert export("first", "--mine", "-o", "none/out") == 1
    assert "can't be written" in capsys.readouterr().err
    assert not Path("none").exists()


def test_it_must_be_said_for_whom(keys: KeyStore, capsys: pytest.CaptureFixture[str]) -> None:
    """Sharing is another way, with a review before it."""
    assert export("first") == 2
    assert "byhand review" in capsys.readouterr().err


def test_of_a_damaged_recording_the_readable_rest_is_given(
    keys: KeyStore, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what can't be read is named, in the export and in the end."""

    connection = sqlite3.connect(home / "vault.sqlite")
    connection.execute("UPDATE segments SET sealed=zeroblob(200) WHERE recording='first'")
    connection.commit()
    connection.close()
    assert export("first", "--mine", "-o", "out") == 1
    assert "do not verify" in capsys.readouterr().err
    assert json.loads((Path("out") / "recording.json").read_text())["can_not_be_read"]
