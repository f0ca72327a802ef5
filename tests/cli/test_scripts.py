"""Scripts of commands with their expected output: the *.txt files beside this one.

# a comment; the first ones say the promise
$ byhand pause                       a command, run in a fresh folder that holds policy.toml
! byhand: error: nothing is ...      a line of stderr; `...` stands for anything
exit 1                               the exit code, where it isn't 0
@keep rec1 [9d | interrupted]        puts a recording into the vault, of a minute or so many days ago
@write FILE TEXT                     writes a file, \\n for a new line
@damage FILE                         flips one bit in the middle of a file
"""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.cli import main
from tests.cli.recordings import POLICY, keep

HERE = Path(__file__).parent


@pytest.fixture
def place(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a policy, in UTC, without a desktop."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY)
    yield home
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("script", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_a_script_of_commands_prints_what_it_says(
    script: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person sees stands in the script, line by line."""
    lines = [line for line in script.read_text().splitlines() if line.strip() and not line.startswith("# ")]
    while lines:
        line = lines.pop(0)
        expected: list[str] = []
        while lines and lines[0][:1] not in "$@":
            expected.append(lines.pop(0))
        if line.startswith("@"):
            act(line, place)
            continue
        assert_fits(line, expected, run(line, capsys))


def run(line: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    code = main(shlex.split(line.removeprefix("$ byhand")))
    said = capsys.readouterr()
    found = [text for text in said.out.splitlines() if text.strip()]
    found += [f"! {text}" for text in said.err.splitlines() if text.strip()]
    return [*found, f"exit {code}"] if code else found


def assert_fits(line: str, expected: list[str], found: list[str]) -> None:
    fits = len(expected) == len(found) and all(map(_fits, expected, found))
    assert fits, "\n".join((line, *found))


def _fits(expected: str, found: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, expected.split("..."))), found) is not None


def act(line: str, home: Path) -> None:
    match line[1:].split(" ", 2):
        case ["keep", recording]:
            keep(home, recording)
        case ["keep", recording, "interrupted"]:
            keep(home, recording, finished=False)
        case ["keep", recording, days]:
            keep(home, recording, ago_s=86400 * int(days.removesuffix("d")))
        case ["write", name, text]:
            Path(name).write_text(text.replace("\\n", "\n"))
        case ["damage", name]:
            path = home / name
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
        case _:
            raise AssertionError(line)
