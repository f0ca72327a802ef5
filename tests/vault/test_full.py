"""Promises about a disk that is full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.errors import VaultFull
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Vault
from tests.vault.samples import hand_path, header, keep, marks, summary


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this machine does not let root mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_stops_the_writing_and_spares_what_is_there(small_disk: Path) -> None:
    """`append` raises VaultFull and none of its batch is kept; what was kept is readable, and forgetting makes room."""
    keys = MemoryStore()
    kept = 0
    with Vault.open(small_disk, keys) as vault:
        vault.begin(header())
        with pytest.raises(VaultFull, match="the disk is full"):  # noqa: PT012  the loop ends by it
            for start in range(0, 10_000_000, 5000):
                vault.append("first", hand_path(5000, 1000, seed=start))
                kept += 5000
        assert kept > 0
        assert len(list(vault.read("first"))) == kept
    with Vault.open(small_disk, keys) as vault:
        assert vault.recordings()[0].events == kept
        assert len(list(vault.read("first"))) == kept
        assert vault.forget("first").whole == ("first",)
        keep(vault, header("second"), marks(50))
        assert len(list(vault.read("second"))) == 50


def test_a_vault_at_its_largest_size_raises_and_can_still_be_finished(tmp_path: Path) -> None:
    """The same by SQLite's own limit, where nobody may mount: the end is written even without room to merge."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        vault.begin(header())
        vault._database.connection.execute("PRAGMA max_page_count=60").fetchall()
        kept = 0
        with pytest.raises(VaultFull) as caught:  # noqa: PT012  the loop ends by it
            for start in range(0, 1_000_000, 500):
                vault.append("first", hand_path(500, 1000, seed=start))
                kept += 500
        assert caught.value.fate == "what was kept stays readable; nothing more was written"
        vault.finish("first", summary())
        assert vault.recordings()[0].state == "closed"
        assert len(list(vault.read("first"))) == kept > 0
