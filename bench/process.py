"""Starts a recorder (ours or a peer) and measures it from outside: CPU from its own clock, memory from the kernel."""

from __future__ import annotations

import array
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from byhand.recorder.launch import listen, spawn
from stage.desktop import Desktop

ROOT = Path(__file__).parent.parent
BYHAND = str(Path(sys.executable).parent / "byhand")
POLICY = """\
version = 1
title = "Bench"
purposes = ["mine"]
streams = ["actions", "timing", "pointer", "frames"]
quota_mb = 4000
[[apps]]
id = "mousepad"
[[apps]]
id = "chromium"
browser = true
[[apps]]
id = "plain"
[[sites]]
origin = "{origin}"
"""


def cpu_s(pid: int) -> float:
    """CPU seconds a process has used, all its threads, ns resolution (its process clock)."""
    return time.clock_gettime((~pid << 3) | 2)


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident now and at its peak, MB."""
    text = Path(f"/proc/{pid}/status").read_text()
    values = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    now, peak = (int(values[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, peak


@dataclass
class Ours:
    """Byhand recording on a stage, under a grant for `streams`."""

    desktop: Desktop
    folder: Path
    streams: str
    origin: str = "http://127.0.0.1:1"
    pid: int = 0
    recording: str = ""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.home = self.folder / f"home-{time.monotonic_ns()}"
        self.env = self.desktop.env | {"BYHAND_HOME": str(self.home), "BYHAND_KEYRING": "file"}

    def byhand(self, *words: str) -> str:
        done = subprocess.run([BYHAND, *words], env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"byhand {' '.join(words)}: {done.stderr}{done.stdout}")
        return done.stdout

    def __enter__(self) -> Self:
        policy = self.folder / f"policy-{time.monotonic_ns()}.toml"
        policy.write_text(POLICY.format(origin=self.origin))
        given = json.loads(
            self.byhand(
                "consent", "give", "--policy", str(policy), "--streams", self.streams, "--days", "1", "--yes", "--json"
            )
        )
        saved = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.env)
        try:
            self.process = spawn(self.home, given["grant"]["id"])
        finally:
            os.environ.clear()
            os.environ.update(saved)
        for status in listen(self.process):
            if status.error:
                raise RuntimeError(status.error.message)
            if status.state == "recording":
                self.pid, self.recording = status.pid, status.recording
                break
        # Nobody reads its statuses from here on; it leaves lines out then.
        time.sleep(1.5)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def stop(self) -> None:
        """End the recording properly, once."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(5)

    def stored(self) -> int:
        """Bytes of all sealed segments in the vault."""
        with sqlite3.connect(f"file:{self.home / 'vault.sqlite'}?mode=ro", uri=True) as vault:
            (stored,) = vault.execute("select sum(length(sealed)) from segments").fetchone()
        return int(stored)

    def events(self, kind: str) -> list[dict[str, int]]:
        lines = self.byhand("show", self.recording, "--json").splitlines()
        return [event for event in map(json.loads, lines) if event.get("kind") == kind]

    def motion(self) -> list[tuple[int, int, int]]:
        """(mono_ns, x, y) of every pointer event kept."""
        return [(event["mono_ns"], event["x"], event["y"]) for event in self.events("motion")]


@dataclass
class Pynput:
    desktop: Desktop
    folder: Path
    pid: int = 0

    def __enter__(self) -> Self:
        self.out = self.folder / f"pynput-{time.monotonic_ns()}.jsonl"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.peer_pynput", str(self.out)],
            cwd=ROOT,
            env=self.desktop.env,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.pid = self.process.pid
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(5)

    def motion(self) -> list[tuple[int, int, int]]:
        rows = [json.loads(line) for line in self.out.read_text().splitlines() if line.endswith("}")]
        return [(row["t"], row["x"], row["y"]) for row in rows if row["kind"] == "move"]


@dataclass
class Floor:
    """The C loop, or nothing where its headers are not installed (libx11-dev, libxi-dev)."""

    desktop: Desktop
    folder: Path
    pid: int = 0

    def __enter__(self) -> Self:
        binary = self.folder / "floor"
        subprocess.run(["cc", "-O2", "-o", str(binary), str(ROOT / "bench/floor.c"), "-lX11", "-lXi"], check=True)
        self.process = subprocess.Popen([str(binary)], env=self.desktop.env, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.pid = self.process.pid
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(5)


def inject(desktop: Desktop, folder: Path, rate: float, seconds: float, pid: int = 0) -> tuple[list[int], float]:
    """Moves at a rate from another process.

    Returns:
        When each was sent, CLOCK_MONOTONIC ns; and per cent of a core that process `pid` used while they were sent.
    """
    out = folder / f"sent-{time.monotonic_ns()}"
    with subprocess.Popen(
        [sys.executable, "-m", "bench.injector", desktop.display, str(rate), str(seconds), str(out)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        cpu, wall = cpu_s(pid) if pid else 0.0, time.monotonic()
        process.stdout.readline()
        used = ((cpu_s(pid) if pid else 0.0) - cpu) / (time.monotonic() - wall) * 100
        process.communicate("\n")
    stamps = array.array("q")
    stamps.frombytes(out.read_bytes())
    return list(stamps), used
