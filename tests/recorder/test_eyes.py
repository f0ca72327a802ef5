"""A terminal without an accessibility tree on a real desktop, recorded by real processes: what its pictures show."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from byhand.events.kinds import Frame
from byhand.privacy.frames import vision
from byhand.privacy.frames.pixels import unpatch
from byhand.recorder.control import Request, Status, ask
from byhand.recorder.eyes import GONE, LOST_ONE
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person

Give = Callable[..., Person]
INK = 0xC35EA5
GROUND = 0x102030
POLICY = 'version = 1\nstreams = ["actions", "frames"]\n[[apps]]\nid = "xterm"\n[[apps]]\nid = "mousepad"\n'
NEEDED = pytest.mark.skipif(not vision.installed(), reason="the extra vision is not installed")


@pytest.fixture
def own_desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    with Desktop(size=(1024, 700)) as stage:
        for name, value in stage.env.items():
            if name != "PATH":
                monkeypatch.setenv(name, value)
        yield stage


def terminal(desktop: Desktop) -> None:
    """One that writes in a colour that is nowhere else, on a ground that is nowhere else, a new line every second."""
    line = f"\\033[38;2;{INK >> 16};{INK >> 8 & 255};{INK & 255}mZq7canary\\033[m"
    script = f"i=0; while [ $i -lt 600 ]; do printf '{line} %d\\n' $i; i=$((i+1)); sleep 1; done"
    desktop.run("xterm", "-bg", f"#{GROUND:06x}", "-cr", f"#{GROUND:06x}", "-e", "sh", "-c", script)
    wait_for(lambda: bool(programs.window_of(desktop, "xterm")), "the terminal")
    programs.place(desktop, "xterm", 100, 60, 700, 500)


def status(person: Person) -> Status:
    answer = ask(person.home, Request("status")).status
    assert answer is not None
    return answer


def workers(recorder: int) -> list[int]:
    """The processes that look for this recorder, by id."""
    children = Path(f"/proc/{recorder}/task/{recorder}/children").read_text().split()
    return [pid for pid in map(int, children) if b"byhand.recorder.looker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def memory(pid: int) -> int:
    """The most it ever had resident, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def colours(person: Person) -> tuple[Counter[str], Counter[int]]:
    """Of all frames that were kept: by which rule, and each colour that shows with its pixels."""
    rules: Counter[str] = Counter()
    seen: Counter[int] = Counter()
    for one in person.events():
        if isinstance(one.event, Frame):
            rules[one.event.by] += 1
            for tile in unpatch(one.event.patch):
                rgb = tile.rgb()
                seen.update(int.from_bytes(rgb[at : at + 3], "big") for at in range(0, len(rgb), 3))
    return rules, seen


def near(one: int, other: int) -> bool:
    return all(abs((one >> shift & 255) - (other >> shift & 255)) < 24 for shift in (0, 8, 16))


@NEEDED
def test_a_terminals_ground_shows_and_none_of_its_text(own_desktop: Desktop, give: Give) -> None:
    """It is looked through by a process of its own, that can open no connection, and that ends with the recording."""
    terminal(own_desktop)
    person = give("actions", "frames", policy=POLICY)
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    assert person.hear(process, "recording").error is None
    with Hands(own_desktop.display, pace=0.2) as hands:
        for _ in range(40):
            hands.click(400, 300)
            time.sleep(0.5)
            if status(person).kept.get("frame", 0) >= 2:
                break
    (worker,) = workers(process.pid)
    limits = Path(f"/proc/{worker}/status").read_text()
    assert "Seccomp:\t2" in limits
    assert os.getpriority(os.PRIO_PROCESS, worker) == 19
    assert memory(process.pid) < 80
    last = person.end()
    assert last.error is None
    wait_for(lambda: not Path(f"/proc/{worker}").exists(), "the end of the process that looks")
    rules, seen = colours(person)
    assert rules["frames.looked"] >= 1
    assert seen[GROUND] > 50_000
    assert not [f"{colour:06x}" for colour in seen if near(colour, INK)]


@NEEDED
def test_a_worker_that_is_killed_costs_pictures_and_not_the_recording(own_desktop: Desktop, give: Give) -> None:
    """It is started once more; killed again it stays away, the status says so, and the terminal is a flat panel."""
    terminal(own_desktop)
    person = give("actions", "frames", policy=POLICY)
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    assert person.hear(process, "recording").error is None
    killed: set[int] = set()
    with Hands(own_desktop.display, pace=0.2) as hands:
        for note in (LOST_ONE, GONE):
            for _ in range(80):
                if note in status(person).notes:
                    break
                for pid in set(workers(process.pid)) - killed:
                    killed.add(pid)
                    os.kill(pid, signal.SIGKILL)
                hands.click(400, 300)
                time.sleep(0.3)
            assert note in status(person).notes
        frames = status(person).kept.get("frame", 0)
        for _ in range(40):
            hands.click(400, 320)
            time.sleep(0.3)
            if status(person).kept.get("frame", 0) > frames:
                break
    last = person.end()
    assert last.error is None
    assert last.dropped["not looked through"] >= 1
    assert len(killed) == 2
    rules, seen = colours(person)
    assert set(rules) == {"frames.tiles"}
    assert not {GROUND, INK} & set(seen)


def test_without_the_extra_a_terminal_is_one_flat_panel(
    own_desktop: Desktop, give: Give, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is started, nothing is said and nothing shows."""
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text("import sys\nsys.modules['onnxruntime'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hidden"))
    terminal(own_desktop)
    person = give("actions", "frames", policy=POLICY)
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    assert person.hear(process, "recording").error is None
    wait_for(lambda: status(person).kept.get("frame", 0) > 0, "a frame")
    assert not workers(process.pid)
    assert not status(person).notes
    assert person.end().error is None
    rules, seen = colours(person)
    assert set(rules) == {"frames.tiles"}
    assert not {GROUND, INK} & set(seen)
