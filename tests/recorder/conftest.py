"""A home with consent in it, and recordings of scripts made by the real recorder's process."""

from __future__ import annotations

import dataclasses
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from byhand.consent import grant as grants
from byhand.consent.grant import Grant
from byhand.consent.policy import STREAMS, Stream, parse
from byhand.events.kinds import Numbered
from byhand.recorder.control import Status
from byhand.recorder.launch import listen, spawn
from byhand.vault.grants import save_grant, save_policy
from byhand.vault.keys import FileStore, device_key, open_keys
from byhand.vault.store import Vault

POLICY = """\
version = 1
purposes = ["mine", "train"]
streams = ["actions", "text", "timing", "pointer", "frames"]

[[apps]]
id = "mail"

[[apps]]
id = "mousepad"
"""


@dataclasses.dataclass
class Person:
    """Somebody who gave consent, and what their recorder did."""

    home: Path
    grant: Grant
    folder: Path
    running: list[subprocess.Popen[bytes]]

    def record(self, script: str, *, seconds: float | None = None, task: str = "", until: str = "recording") -> Status:
        """Start recording a script; returns the first status in state `until` or the last one there is."""
        path = self.folder / f"script-{len(self.running)}.txt"
        path.write_text(script)
        process = spawn(self.home, self.grant.id, seconds=seconds, task=task, driver=f"scripted:{path}")
        self.running.append(process)
        return self.hear(process, until)

    @staticmethod
    def hear(process: subprocess.Popen[bytes], until: str = "") -> Status:
        status = None
        for status in listen(process):
            if status.state == until and not status.done:
                break
        assert status is not None, "the recorder said nothing"
        return status

    def end(self) -> Status:
        """Ask the last recorder to stop and wait for its last word."""
        process = self.running[-1]
        process.terminate()
        last = self.hear(process)
        process.wait(10)
        return last

    def vault(self) -> Vault:
        return Vault.open(self.home, FileStore(self.home / "keys"))

    def events(self) -> list[Numbered]:
        """All that is kept of the newest recording."""
        with self.vault() as vault:
            return list(vault.read(vault.recordings()[-1].id))


def consenting(
    home: Path,
    folder: Path,
    running: list[subprocess.Popen[bytes]],
    *streams: Stream,
    policy: str = POLICY,
    given: int | None = None,
    days: int = 1,
) -> Person:
    """Give consent to a policy's whole scope. `folder` is for scripts; what is started gathers in `running`."""
    keys = open_keys(home, {"BYHAND_KEYRING": "file"})
    parsed = parse(policy, "policy.toml")
    made = grants.make(
        policy, parsed, streams or STREAMS, [app.id for app in parsed.apps], [site.origin for site in parsed.sites],
        "mine", int(time.time()) if given is None else given, days, "grant1", device_key(keys, create=True),
    )  # fmt: skip
    save_policy(home, policy.encode())
    save_grant(home, made)
    return Person(home, made, folder, running)


def finish(running: list[subprocess.Popen[bytes]]) -> None:
    """End what is still there."""
    for process in running:
        if process.poll() is None:
            process.kill()
            process.wait(5)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def give(home: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Gives consent: give(streams, policy=..., given=...) -> Person."""
    running: list[subprocess.Popen[bytes]] = []
    yield partial(consenting, home, tmp_path, running)
    finish(running)
