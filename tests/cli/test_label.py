"""Promises of `byhand learn --frames`, `label` and `eval --suite pictures`: from recordings with pictures to acts that
are inferred, and say so.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from byhand.cli import main
from byhand.models.arrays import Bytes
from byhand.review.draft import Draft, pack
from byhand.review.edits import CutEvents
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.store import Vault
from tests.models.pictures.drawn import Box, screen
from tests.review.recordings import TILE, H, Pen, W, header, keep

SMALL = ["--frames", "--epochs", "3", "--json"]
S = 1_000


def tiles(pixels: Bytes) -> list[tuple[int, int, int | bytes]]:
    """A whole screen, as a frame holds it."""
    rows = range(H // TILE)
    blue = pixels[..., ::-1]
    cut = {(c, r): blue[r * TILE : (r + 1) * TILE, c * TILE : (c + 1) * TILE] for r in rows for c in range(W // TILE)}
    return [(column, row, part.tobytes()) for (column, row), part in cut.items()]


def shown(count: int, seed: int) -> list[tuple[Box, Bytes, Bytes]]:
    """Buttons that are pressed, and the screens before and after."""
    dice = np.random.default_rng(seed)
    found: list[tuple[Box, Bytes, Bytes]] = []
    for _ in range(count):
        box = (int(dice.integers(4, 100)), int(dice.integers(4, 100)), 40, 20)
        panel = (box[0] + 50, box[1], 60, 20)
        found.append((box, screen((box,), size=(W, H)), screen((box,), panel, size=(W, H))))
    return found


def work(count: int, seed: int) -> Pen:
    """So many tasks, each a press with a picture from before and one from after."""
    pen = Pen().mark(0, "start").focus(100, "mail", "Inbox")
    for number, (box, before, after) in enumerate(shown(count, seed)):
        at = 10 * S * (number + 1)
        pen.mark(at, "task_begin", f"open panel number {number} of {seed}").frame(at + 500, *tiles(before))
        pen.click(at + 2 * S, "Open", box).frame(at + 3 * S, *tiles(after))
        pen.mark(at + 5 * S, "task_end", reason="done")
    return pen.mark(10 * S * (count + 2), "stop")


@pytest.fixture
def worked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two recordings with pictures; a dataset of the first, and one of the second."""
    monkeypatch.chdir(tmp_path)
    keys = open_keys(home, os.environ)
    device_key(keys, create=True)
    now = time.time_ns()
    keep(home, header("first", "mine", utc_ns=now - 10**12), work(10, 1).events, keys)
    keep(home, header("second", "mine", utc_ns=now - 10**11), work(3, 2).events, keys)
    for recording, name in (("first", "seen"), ("second", "other")):
        assert main(["dataset", "build", "--from", recording, "--as", name]) == 0
    return home


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[Any]:
    capsys.readouterr()
    assert main(list(words)) == code, capsys.readouterr()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def failed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) != 0
    return capsys.readouterr().err


def test_from_recordings_with_pictures_to_acts_that_are_inferred(worked: Path, capsys: pytest.CaptureFixture[str]):
    """Each says who infers it, between which pictures, and what the recording itself tells of that time. It can be
    written to a file, for the person alone; less sure acts are counted; a dataset says how often it is right.
    """
    *_, made = told(capsys, "learn", "seen", "--as", "eyes", *SMALL)
    assert (made["model"], made["version"]) == ("eyes", 1)
    assert made["examples"] + made["figures"]["examples"] >= 9
    *lines, whole = told(capsys, "label", "second", "--model", "eyes", "--sure", "0", "--json")
    assert whole["pictures"] == 6
    assert whole["said"] + whole["alone"] == 5  # three presses, and twice the next task's screen
    assert whole["said"] == len(lines) > 0
    assert {(one["provenance"], one["model"]) for one in (*lines, whole)} == {("inferred", "eyes v1")}
    for one in lines:
        assert one["before"]["ms"] < one["after"]["ms"]
        assert one["recorded"] == (["click"] if one["after"]["ms"] % (10 * S) == 3 * S else [])
    (unsaid,) = told(capsys, "label", "second", "--model", "eyes", "--sure", "1", "--json", "-o", "acts.jsonl")
    assert (unsaid["said"], unsaid["unsure"]) == (0, len(lines))
    assert Path("acts.jsonl").read_text() == ""
    assert Path("acts.jsonl").stat().st_mode & 0o777 == 0o600
    public = device_key(open_keys(worked, os.environ)).public_key()
    assert [one.kind for one in entries(worked / FILE, public)] == ["read"] * 4  # two to build, two to label
    (found,) = told(capsys, "eval", "eyes", "--suite", "pictures", "--dataset", "other", "--json")
    assert found["place"]["inside"]["n"] == found["right"]["n"] == 3
    assert found["by_op"]["click"]["n"] == 3
    assert found["differencing"]["inside"]["hits"] == 0  # the panel is no part of the button
    (tests,) = told(capsys, "eval", "eyes", "--suite", "pictures", "--dataset", "seen", "--json")
    assert 0 < tests["right"]["n"] < 10  # of what it learned from only what was kept for tests
    assert main(["model", "show", "eyes"]) == 0
    assert "inferred" in capsys.readouterr().out


def test_what_was_cut_is_not_looked_at(worked: Path, capsys: pytest.CaptureFixture[str]):
    """The second task is taken out in the review: its pictures are not there either."""
    told(capsys, "learn", "seen", "--as", "eyes", *SMALL)
    with Vault.open(worked, open_keys(worked, os.environ)) as vault:
        events = list(vault.read("second", []))
        begun = [one.seq for one in events if getattr(one.event, "what", "") == "task_begin"]
        vault.put_sheets("second", {"edits": pack(Draft().add(CutEvents(begun[1], begun[2] - 1)))})
    *_, whole = told(capsys, "label", "second", "--model", "eyes", "--json")
    assert whole["pictures"] == 4


def test_a_folder_of_pictures_is_enough(worked: Path, capsys: pytest.CaptureFixture[str]):
    """In the order of their names. One that is damaged is named, and nothing is said."""
    told(capsys, "learn", "seen", "--as", "eyes", *SMALL)
    folder = Path("pictures")
    folder.mkdir()
    ((_, before, after),) = shown(1, 5)
    for name, pixels in (("1", before), ("2", before), ("3", after)):
        Image.fromarray(pixels).save(folder / f"{name}.png")
    *lines, whole = told(capsys, "label", str(folder), "--model", "eyes", "--sure", "0", "--json")
    assert (whole["pictures"], whole["said"] + whole["alone"]) == (3, 1)
    assert all((one["before"], one["after"]) == ({"file": "1.png"}, {"file": "3.png"}) for one in lines)
    (folder / "2.png").write_bytes((folder / "2.png").read_bytes()[:80])
    assert "2.png" in failed(capsys, "label", str(folder), "--model", "eyes")
    (folder / "3.png").unlink()
    (folder / "2.png").unlink()
    assert "one picture" in failed(capsys, "label", str(folder), "--model", "eyes")


def test_a_video_is_asked_about_where_the_screen_stood_still(worked: Path, capsys: pytest.CaptureFixture[str]):
    """A second before, a second after; not what passed by in between, nor the noise of the codec."""
    told(capsys, "learn", "seen", "--as", "eyes", *SMALL)
    ((_, before, after),) = shown(1, 5)
    passing = screen(panel=(0, 0, W, H), size=(W, H))
    out = cv2.VideoWriter("work.avi", cv2.VideoWriter.fourcc(*"MJPG"), 20, (W, H))
    for pixels in [before] * 20 + [passing] * 3 + [after] * 20:
        out.write(np.ascontiguousarray(pixels[..., ::-1]))
    out.release()
    *lines, whole = told(capsys, "label", "work.avi", "--model", "eyes", "--sure", "0", "--json")
    assert whole["said"] + whole["alone"] == 1
    assert all(one["before"]["second"] < 1 < one["after"]["second"] for one in lines)
    Path("work.mkv").write_bytes(b"no video at all")
    assert "work.mkv" in failed(capsys, "label", "work.mkv", "--model", "eyes")


def test_who_reads_lists_reads_no_pictures_and_the_other_way_round(worked: Path, capsys: pytest.CaptureFixture[str]):
    """Each is told what it is, and what to do instead."""
    told(capsys, "learn", "seen", "--as", "eyes", *SMALL)
    assert "from pictures" in failed(capsys, "eval", "eyes", "--suite", "offline", "--dataset", "seen")
    assert "--frames" in failed(capsys, "learn", "seen", "--as", "eyes2", "--frames", "--follow")
