"""Promises of vault.sheets: what a person lays beside a recording."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from byhand.errors import VaultDamaged
from byhand.vault.cutting import Moved
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Sheet, Vault
from tests.vault.samples import focus, header, keep, mark, marks


def _edit(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "vault.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_sheet_comes_back_as_it_was_laid_and_can_be_taken_away(tmp_path: Path) -> None:
    """Under its name only; it is sealed, so its words are nowhere in the file."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(5))
        vault.put_sheets("first", {"edits": b"a planted canary"})
        assert vault.sheet("first", "edits") == Sheet(b"a planted canary")
        assert vault.sheet("first", "approval") is None
        assert all(b"planted canary" not in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
        vault.put_sheets("first", {"edits": None})
        assert vault.sheet("first", "edits") is None


def test_a_forgotten_recording_takes_its_sheets_along(tmp_path: Path) -> None:
    """No row of them stays."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(5))
        vault.put_sheets("first", {"edits": b"x", "approval": b"y"})
        vault.forget("first")
        assert vault._database.rows("SELECT count(*) FROM sheets") == [(0,)]


def test_a_sheet_lives_on_when_a_part_is_forgotten_and_tells_where_the_events_went(tmp_path: Path) -> None:
    """Under the new key: an older copy of the file does not open it."""
    events = [mark(0, "one"), focus(1, "editor"), mark(2, "two"), focus(3, "mail"), mark(4, "x"), focus(5, "editor")]
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), [*events, mark(6, "three")])
        vault.put_sheets("first", {"edits": b"kept"})
        vault.forget_app("mail")
        assert [one.seq for one in vault.read("first")] == [0, 1, 2, 3, 4, 5]
        assert vault.sheet("first", "edits") == Sheet(b"kept", ((Moved(0, 3, 0), Moved(5, 2, 4)),))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sheets SET sealed=zeroblob(80)",
        "UPDATE sheets SET sealed=x''",
        "UPDATE sheets SET sealed=(SELECT sealed FROM sheets WHERE name='approval')",
    ],
)
def test_a_changed_sheet_is_damage_and_stays_damage(tmp_path: Path, statement: str) -> None:
    """Also after a part was forgotten: it never looks as if none had been laid."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), [*marks(5), focus(3, "mail")])
        vault.put_sheets("first", {"edits": b"x", "approval": b"y"})
        _edit(tmp_path, statement)
        with pytest.raises(VaultDamaged, match="does not verify"):
            vault.sheet("first", "edits")
        vault.forget_app("mail")
        with pytest.raises(VaultDamaged, match="does not verify"):
            vault.sheet("first", "edits")


def test_a_vault_of_version_1_is_upgraded_and_keeps_everything(tmp_path: Path) -> None:
    """The table is added when it is opened; recordings read as before."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), marks(5))
    _edit(tmp_path, "DROP TABLE sheets")
    _edit(tmp_path, "PRAGMA user_version=1")
    with Vault.open(tmp_path, keys) as vault:
        assert [one.event for one in vault.read("first")] == marks(5)
        vault.put_sheets("first", {"edits": b"x"})
        assert vault.sheet("first", "edits") == Sheet(b"x")
        assert vault._database.rows("PRAGMA user_version") == [(2,)]
