"""The table of verbs, their help, and what loading it costs."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from byhand import __version__
from byhand.cli import main
from byhand.cli.verbs import GROUPS, Verb

VERBS = [verb for verbs in GROUPS.values() for verb in verbs]


def function(verb: Verb):
    module, _, name = verb.where.partition(":")
    return getattr(importlib.import_module(f"byhand.cli.{module}"), name)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.words)
def test_every_verb_can_answer_a_program(verb: Verb) -> None:
    """Every verb takes --json."""
    parameter = inspect.signature(function(verb)).parameters["json"]
    assert parameter.kind is parameter.KEYWORD_ONLY
    hint = get_type_hints(function(verb), include_extras=True)["json"]
    assert hint.__metadata__[0].name == ("--json",)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.words)
def test_every_option_is_explained(verb: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    """Help has a line for every option, and every line has words."""
    assert main([*verb.words.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert verb.says in " ".join(shown.split())
    options = [line for line in shown.splitlines() if line.startswith("  -")]
    assert options
    assert all(len(line.split("   ", 1)[-1].split()) > 1 for line in options)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["consent", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """Help and version answer at once because no verb, no cryptography and no bus is imported for them."""
    code = "import sys; from byhand.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True, text=True)
    loaded = set(ran.stderr.split())
    rooms = {name.split(".")[1] for name in loaded if name.startswith("byhand.")}
    assert rooms <= {"cli", "errors"}
    assert not loaded & {"cryptography", "jeepney", "keyring", "zstandard", "sqlite3", "rich.live", "rich.progress"}


def test_the_version_is_the_packages_own(capsys: pytest.CaptureFixture[str]) -> None:
    """`byhand --version` prints it and nothing else."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"{__version__}\n"


def test_a_reader_that_stops_reading_is_no_failure(home: Path) -> None:
    """`byhand policy schema | head -c1` ends quietly."""
    code = "import sys; from byhand.cli import main; sys.stdin.read(); sys.exit(main(['policy', 'schema']))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, said = process.communicate()
    assert (process.returncode, said) == (0, b"")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_verb_is_in_the_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be typed can be completed."""
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(verb.words.split()[-1] in script for verb in VERBS)


def test_interrupting_exits_with_130(home: Path) -> None:
    """Ctrl-C is told apart from a failure."""
    code = (
        "import sys; from byhand.cli import main, entry\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "entry._run = stop; sys.exit(main(['status']))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 130


def test_a_bug_is_told_without_what_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception's own text may quote what was recorded, so only its kind and place are shown."""
    monkeypatch.delenv("BYHAND_UNSAFE_TRACEBACK", raising=False)

    def broken(*_: object) -> int:
        raise RuntimeError("hunter2")

    monkeypatch.setattr("byhand.cli.entry._run", broken)
    assert main(["status"]) == 1
    said = capsys.readouterr().err
    assert "hunter2" not in said
    assert "(RuntimeError)" in said
