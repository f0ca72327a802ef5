"""The native host as a browser starts it: quick, quiet, and only for our extension."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from byhand.capture.browser.host import EXTENSION
from tests.capture.browser.extension import HOST, Extension


def test_without_a_recorder_it_says_absent_and_answers(home: Path) -> None:
    """Once; what is told it meanwhile is not kept, a question gets its answer, and it ends with its stdin."""
    extension = Extension(home)
    extension.hear(lambda said: said == {"say": "absent"})
    extension.batch()
    assert extension.ask(3, verb="status") == {"error": {"message": "nothing is being recorded"}}
    assert extension.ask(4, verb="withdraw") == {"error": {"message": "this can't be asked from a browser"}}
    assert extension.ask(5, verb=["status"])["error"]
    extension.raw(b'\x05\x00\x00\x00{\xff"ask')
    assert extension.end() == ""
    assert [said["say"] for said in extension.heard if "say" in said] == ["absent"]
    assert extension.host.returncode == 0


@pytest.mark.parametrize(
    "origin", ["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/", "https://evil.example/", ""]
)
def test_another_extension_is_refused(home: Path, origin: str) -> None:
    """With one sentence and nothing on stdout."""
    extension = Extension(home, origin=origin)
    assert extension.end() == "byhand: this extension may not speak with the recorder\n"
    assert extension.host.returncode == 2


def test_a_companys_own_extension_may_be_allowed(home: Path) -> None:
    """By the launcher that was installed for it, and then ours still is."""
    own = "b" * 32
    for origin in (own, EXTENSION):
        words = [sys.executable, "-I", "-S", str(HOST), str(home), "chromium", f"--allow={own}"]
        words.append(f"chrome-extension://{origin}/")
        assert subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def test_it_needs_nothing_but_the_standard_library_and_starts_at_once(home: Path) -> None:
    """A browser waits for it: what it imports beyond what Python itself does is little, and none of it heavy."""
    words = [sys.executable, "-I", "-S", "-X", "importtime"]
    bare = subprocess.run([*words, "-c", ""], capture_output=True, check=True, text=True).stderr
    own = [str(HOST), str(home), "chromium", f"chrome-extension://{EXTENSION}/"]
    ours = subprocess.run(
        [*words, *own], stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True
    ).stderr  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in ours.splitlines() if line.startswith("import time:")}
    imported -= {line.rpartition("|")[2].strip() for line in bare.splitlines()}
    assert len(imported) < 60, sorted(imported)
    assert not imported & {"asyncio", "argparse", "byhand", "logging", "msgspec", "ssl", "subprocess", "typing"}


def test_waiting_costs_next_to_nothing(home: Path) -> None:
    """Two looks a second, and no busy loop."""
    extension = Extension(home)
    extension.hear(lambda said: said.get("say") == "absent")
    time.sleep(1.2)
    fields = Path(f"/proc/{extension.host.pid}/stat").read_text().rpartition(")")[2].split()
    extension.end()
    assert int(fields[11]) + int(fields[12]) <= 15  # hundredths of a second, its start included
