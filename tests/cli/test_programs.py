"""Which programs are open, on a real X server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib

import pytest

from byhand.cli import main
from byhand.cli.programs import open_programs
from stage.desktop import Desktop


@pytest.mark.skipif(shutil.which("xterm") is None, reason="needs xterm")
def test_the_example_lists_the_programs_that_are_open(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By window class, as a policy names them, without their titles; and the example is a policy."""
    for name, value in desktop.env.items():
        monkeypatch.setenv(name, value)
    terminal = subprocess.Popen(["xterm", "-T", "a secret title"], env={**os.environ, **desktop.env})
    try:
        while ("xterm", "XTerm") not in open_programs(desktop.env):
            assert terminal.poll() is None
        assert main(["policy", "example"]) == 0
    finally:
        terminal.terminate()
        terminal.wait()
    text = capsys.readouterr().out
    assert "secret title" not in text
    assert "xterm" in {app["id"] for app in tomllib.loads(text)["apps"]}
