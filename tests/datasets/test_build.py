"""Promises of the build: recordings become episodes, a killed build goes on, both engines make the same bytes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.datasets import recording
from byhand.datasets import parts
from byhand.datasets.build import WORK, Asked, begin
from byhand.datasets.engine import Engine
from byhand.datasets.formats.devtools import DEVTOOLS
from byhand.datasets.formats.port import Demonstration, Picture
from byhand.datasets.manifest import FILE, Manifest, Part
from byhand.datasets.sources import looks
from byhand.datasets.store import open_at
from byhand.datasets.taken import About
from byhand.errors import ByhandError, UsageFault
from byhand.events.kinds import AnyEvent, Frame
from tests.review.recordings import H, W, picture, work


def quiet(_phase: str, _done: int, _of: int) -> None:
    """Progress nobody watches."""


def build(root: Path, recordings: dict[str, list[AnyEvent]], engine: Engine | None = None) -> Manifest:
    with begin(root / "chores", Asked("chores", "mine", "byhand 0")) as made:
        for name, events in recordings.items():
            made.take(Part(name, "p", "g", "byhand 0"), events, About((W, H)))
        return made.finish(engine or Engine(), quiet, root=root, at=5)


def test_a_recording_becomes_episodes_with_what_could_be_seen(tmp_path: Path) -> None:
    """The person's words, their clicks and their typing; the picture before each, put together from its tiles."""
    made = build(tmp_path, {"r1": work().events})
    (one,) = open_at(tmp_path / "chores/v1").demonstrations()
    assert one.episode.instruction == "answer the mail"
    assert (one.episode.person, one.episode.recording) == ("p", "r1")
    acts = [(step.action.op, step.action.target.name if step.action.target else "") for step in one.episode.steps]
    assert ("click", "Reply") in acts
    assert "thanks a lot" in [step.action.text for step in one.episode.steps]
    seen = [one.sights[sight.seq] for step in one.episode.steps for sight in step.before if sight.kind == "frame"]
    assert seen
    assert all(isinstance(sight, Picture) and (sight.w, sight.h) == (W, H) for sight in seen)
    assert made.media.count > 0
    told = [event.event for event in one.events]
    assert told
    assert all(not event.patch for event in told if isinstance(event, Frame))


def test_a_picture_is_what_the_screen_showed(tmp_path: Path) -> None:
    """Tiles laid over those before, without loss."""
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    build(tmp_path, {"r1": work().events})
    (one,) = open_at(tmp_path / "chores/v1").demonstrations()
    sights = [one.sights[sight.seq] for step in one.episode.steps for sight in step.before if sight.kind == "frame"]
    last = next(sight for sight in reversed(sights) if isinstance(sight, Picture))
    shown = Image.open(io.BytesIO(last.data)).convert("RGB")
    assert shown.getpixel((0, 0)) == (255, 255, 255)
    assert picture(b"PIXELCANARY")[:9] in {
        Image.open(io.BytesIO(sight.data)).convert("RGB").crop((64, 0, 128, 64)).tobytes("raw", "BGR")[:9]
        for sight in sights
        if isinstance(sight, Picture)
    }


def test_a_recording_that_breaks_the_reducer_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The problem names it by its pseudonym and says nothing of its content; the rest is built."""
    real = parts.build

    def broken(recording: str, *given: object, **more: object) -> object:
        if recording == "bad":
            raise ValueError("hunter2")
        return real(recording, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "build", broken)
    made = build(tmp_path, {"bad": work().events[:-1], "good": work().events})
    assert [(one.source, one.message) for one in made.problems] == [
        ("bad", "set aside: the reducer broke on it (ValueError)")
    ]
    assert [one.recording for one in made.recordings] == ["good"]


def test_a_recording_in_which_nothing_was_done_is_set_aside(tmp_path: Path) -> None:
    """Marks alone make no episode."""
    made = build(tmp_path, {"empty": [work().events[0]], "good": work().events})
    assert [one.source for one in made.problems] == ["empty"]


def test_the_order_of_recordings_does_not_matter(tmp_path: Path) -> None:
    """They stand by their pseudonyms."""
    given = {f"r{n}": recording(4_000, n) for n in range(3)}
    one = build(tmp_path / "a", given)
    other = build(tmp_path / "b", dict(reversed(given.items())))
    assert one == other


_KILLED = """
import os, signal, sys
from pathlib import Path
from byhand.datasets import shards
from tests.datasets.test_build import build, recording
write = shards.write
def once(folder, piece):
    done = write(folder, piece)
    os.kill(os.getpid(), signal.SIGKILL)
shards.write = once
build(Path(sys.argv[1]), {f"r{n}": recording(4_000, n) for n in range(3)})
"""


def test_a_killed_build_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No version is there after the kill; the next build reduces nothing again and makes the very same."""
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "a")], cwd=root, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert sorted(path.name for path in (tmp_path / "a/chores").iterdir()) == [WORK, ".lock"]
    given = {f"r{n}": recording(4_000, n) for n in range(3)}
    with monkeypatch.context() as patched:

        def again(*_: object, **__: object) -> object:
            raise AssertionError("a recording was reduced again")

        patched.setattr(parts, "build", again)
        gone_on = build(tmp_path / "a", given)
    assert gone_on == build(tmp_path / "b", given)
    assert sorted(path.name for path in (tmp_path / "a/chores").iterdir()) == [".lock", "v1"]


_IMPORT_KILLED = """
import os, signal, sys
from pathlib import Path
from byhand.datasets import parts
from tests.datasets.test_build import imported
laid = parts.gathered
def thrice(work, name, handful):
    done = laid(work, name, handful)
    if len(list((work / "parts").glob("import-*"))) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
parts.gathered = thrice
imported(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def imported(root: Path, source: Path, program: str = "byhand 0") -> Manifest:
    with begin(root / "chores", Asked("chores", "mine", program, source="devtools", like=looks(source))) as made:
        made.gather(DEVTOOLS.read(source) if DEVTOOLS.read else (), quiet)
        return made.finish(Engine(), quiet, root=root, at=5)


def interrupted(root: Path, source: Path) -> None:
    """Ends as if it had been killed when all was read."""
    asked = Asked("chores", "mine", "byhand 0", source="devtools", like=looks(source))
    with begin(root / "chores", asked) as killed:
        killed.gather(DEVTOOLS.read(source) if DEVTOOLS.read else (), quiet)
        raise KeyboardInterrupt


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Recordings of DevTools, five handfuls of them; one can't be read."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.json").write_text(
            json.dumps({"title": f"number {number}", "steps": [{"type": "keyDown", "key": "Tab"}] * (number % 7 + 1)})
        )
    (folder / "077.json").write_text("{")
    return folder


def laid_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the parts that are made from here on."""
    real, made = parts.gathered, list[str]()

    def told(work: Path, name: str, handful: Sequence[Demonstration]) -> parts.Done:
        made.append(name)
        return real(work, name, handful)

    monkeypatch.setattr(parts, "gathered", told)
    return made


def test_a_killed_import_goes_on(tmp_path: Path, foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of five handfuls were laid by; the next import makes the other two, and the very same dataset."""
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", _IMPORT_KILLED, str(tmp_path / "a"), str(foreign)], cwd=root, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    assert sorted(path.name for path in (tmp_path / "a/chores").iterdir()) == [WORK, ".lock"]
    with monkeypatch.context() as patched:
        made = laid_by(patched)
        gone_on = imported(tmp_path / "a", foreign)
    assert [name[:13] for name in made] == ["import-000003", "import-000004"]
    assert gone_on == imported(tmp_path / "b", foreign)
    assert (gone_on.episodes, len(gone_on.problems)) == (149, 1)


@pytest.mark.parametrize("what", ["a file was changed", "a file came", "another program", "another format"])
def test_an_import_goes_on_with_nothing_but_itself(
    tmp_path: Path, foreign: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """What was laid by of another source, or by another program, is taken away first."""
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path, foreign)
    made = laid_by(monkeypatch)
    if what == "a file was changed":
        (foreign / "001.json").write_text('{"title": "another one", "steps": [{"type": "keyDown", "key": "Tab"}]}')
    elif what == "a file came":
        (foreign / "999.json").write_text('{"title": "one more", "steps": [{"type": "keyDown", "key": "Tab"}]}')
    if what == "another format":
        build(tmp_path, {"r1": work().events})
        assert not (tmp_path / "chores" / WORK).exists()
    else:
        imported(tmp_path, foreign, "byhand 1" if what == "another program" else "byhand 0")
        assert len(made) == 5


_BUILT = """
import sys
from pathlib import Path
from byhand.datasets import build as building
from byhand.datasets.engine import Engine
from tests.datasets.test_build import build, recording
building._SMALL = 0
where, name, address = sys.argv[1:]
build(Path(where), {f"r{n}": recording(6_000, n) for n in range(4)}, Engine(name, address, 2))
"""


def _built(place: Path, name: str, address: str = "") -> dict[str, object]:
    """Build in a process of its own: an engine is chosen once in a process."""
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", _BUILT, str(place), name, address], cwd=root, check=False, capture_output=True,
        text=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2_000:]
    return json.loads((place / "chores/v1" / FILE).read_bytes())


@pytest.fixture
def cluster() -> Iterator[str]:
    """A Ray of one machine, on loopback, without its dashboard; ended by its own process."""
    root = Path(__file__).parent.parent.parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    # Its sockets lie in this folder, and a socket's path is short.
    with tempfile.TemporaryDirectory(prefix="bh-", dir="/tmp") as folder, (Path(folder) / "out").open("w+b") as out:
        process = subprocess.Popen(
            [
                str(Path(sys.executable).parent / "ray"), "start", "--head", "--block", f"--port={address[10:]}",
                "--node-ip-address=127.0.0.1", "--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats",
                "--object-store-memory=100000000", f"--temp-dir={folder}",
            ],
            env={**os.environ, "PYTHONPATH": str(root), "RAY_USAGE_STATS_ENABLED": "0", "DO_NOT_TRACK": "true"},
            stdout=out, stderr=subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
        try:
            until = time.monotonic() + 60
            while b"Ray runtime started" not in (said := (Path(folder) / "out").read_bytes()):
                assert process.poll() is None, said.decode()
                assert time.monotonic() < until, "Ray did not start"
                time.sleep(0.2)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def test_both_engines_make_the_same_bytes(tmp_path: Path, cluster: str) -> None:
    """Here in processes and on a cluster: every file of the dataset has the same hash."""
    here = _built(tmp_path / "here", "native")
    there = _built(tmp_path / "there", "ray", cluster)
    assert here["files"] == there["files"]
    assert here == there
    alone = build(tmp_path / "alone", {f"r{n}": recording(6_000, n) for n in range(4)})
    assert {name: file.sha256 for name, file in alone.files.items()} == {
        name: file["sha256"] for name, file in json.loads(json.dumps(here["files"])).items()
    }


def test_a_cluster_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    """With a hint, and nothing left behind; an answer that tells a failure is one, too."""
    from byhand.datasets.engine import _answer  # noqa: PLC0415

    with pytest.raises(ByhandError, match="broke"):
        _answer('{"message": "a piece of work broke (ValueError)"}')
    with pytest.raises(UsageFault, match="no Ray cluster"):
        build(tmp_path, {"r1": recording(600, 1)}, Engine("ray", "127.0.0.1:1"))
    with pytest.raises(UsageFault, match="nothing to build"):
        build(tmp_path, {})
    assert list(tmp_path.iterdir()) == []
