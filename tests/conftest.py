"""What tests share: one virtual desktop a run, a pair of hands on it, and an empty home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stage.desktop import Desktop
from stage.hands import Hands


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """A real X server with a window manager and the accessibility bus, 1280x800."""
    with Desktop(size=(1280, 800)) as stage:
        yield stage


@pytest.fixture
def hands(desktop: Desktop) -> Iterator[Hands]:
    """Real X input on `desktop`, faster than a person."""
    with Hands(desktop.display, pace=0.15) as pair:
        yield pair


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty BYHAND_HOME whose keys live in files: tests never touch a person's keyring."""
    folder = tmp_path / "byhand"
    monkeypatch.setenv("BYHAND_HOME", str(folder))
    monkeypatch.setenv("BYHAND_KEYRING", "file")
    return folder
