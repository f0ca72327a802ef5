"""Promises of vault.reading: a vault with flipped bits or cut short."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from byhand.errors import Problem, VaultDamaged, VaultError
from byhand.events import codec
from byhand.events.kinds import AnyEvent
from byhand.seal.segment import Place, seal_segment
from byhand.vault import reading
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Vault
from tests.vault.samples import hand_path, header, keep, marks

FLIPS = int(os.environ.get("BYHAND_FLIPS", "120"))


def _made(home: Path, events: list[AnyEvent], *, finish: bool = True) -> MemoryStore:
    keys = MemoryStore()
    with Vault.open(home, keys) as vault:
        keep(vault, header(), events, finish=finish)
    return keys


def _edit(home: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(home / "vault.sqlite")
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def _flip(home: Path, first_seq: int) -> None:
    connection = sqlite3.connect(home / "vault.sqlite")
    (sealed,) = connection.execute("SELECT sealed FROM segments WHERE first_seq=?", (first_seq,)).fetchone()
    raw = bytearray(sealed)
    raw[len(raw) // 2] ^= 1
    connection.execute("UPDATE segments SET sealed=? WHERE first_seq=?", (bytes(raw), first_seq))
    connection.commit()
    connection.close()


def test_a_flipped_bit_names_the_recording_the_first_bad_event_and_what_can_be_read(tmp_path: Path) -> None:
    """Everything before it is given first; nothing damaged is handed out."""
    keys = _made(tmp_path, marks(100), finish=False)
    _flip(tmp_path, 40)
    given: list[int] = []
    with Vault.open(tmp_path, keys) as vault, pytest.raises(VaultDamaged) as caught:
        given.extend(one.seq for one in vault.read("first"))
    assert given == list(range(40))
    assert "recording first is damaged from event 40 on" in caught.value.message
    assert caught.value.hints == ("still readable: events 0 to 39, 50 to 99",)


def test_salvage_reads_on_behind_a_damaged_segment(tmp_path: Path) -> None:
    """The damage is a Problem; what proves itself is given, with its own numbers."""
    keys = _made(tmp_path, marks(100), finish=False)
    _flip(tmp_path, 40)
    problems: list[Problem] = []
    with Vault.open(tmp_path, keys) as vault:
        back = list(vault.read("first", problems))
    assert [one.seq for one in back] == [*range(40), *range(50, 100)]
    assert all(one.event == marks(100)[one.seq] for one in back)
    assert problems == [Problem("first", "events 40 to 49 do not verify")]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM segments WHERE first_seq=40", "events 40 to 49 are missing"),
        ("DELETE FROM segments WHERE first_seq=0", "events 0 to 9 are missing"),
        ("UPDATE segments SET first_seq=100 WHERE first_seq=90", "do not verify|are missing"),
        ("UPDATE segments SET count=9 WHERE first_seq=90", "do not verify"),
        ("UPDATE segments SET prev=zeroblob(32) WHERE first_seq=50", "do not verify"),
        ("UPDATE recordings SET grant_id='other'", "do"),
        ("UPDATE recordings SET purpose='train'", "does not verify"),
        ("UPDATE recordings SET started=started+1", "does not verify"),
        ("UPDATE recordings SET header=zeroblob(400)", "does not verify"),
    ],
)
def test_what_was_removed_moved_or_relabelled_is_noticed(tmp_path: Path, statement: str, says: str) -> None:
    """Each segment is bound to its place, its grant and the one before; the header to what the list shows."""
    keys = _made(tmp_path, marks(100), finish=False)
    _edit(tmp_path, statement)
    with Vault.open(tmp_path, keys) as vault, pytest.raises(VaultDamaged, match=says):
        list(vault.read("first"))


def test_a_finished_recording_that_lost_its_tail_is_noticed(tmp_path: Path) -> None:
    """The sealed end tells how many events there were."""
    keys = _made(tmp_path, hand_path(25_000, 1000))
    _edit(tmp_path, "DELETE FROM segments WHERE first_seq > 0")
    with Vault.open(tmp_path, keys) as vault, pytest.raises(VaultDamaged, match="to 24999 are missing"):
        list(vault.read("first"))


def test_a_segment_of_another_recording_does_not_fit(tmp_path: Path) -> None:
    """Two recordings of one vault have keys of their own."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), marks(5))
        keep(vault, header("second"), marks(5))
    _edit(
        tmp_path,
        "UPDATE segments SET sealed=(SELECT sealed FROM segments WHERE recording='second') WHERE recording='first'",
    )
    with Vault.open(tmp_path, keys) as vault:
        with pytest.raises(VaultDamaged, match="events 0 to 4 do not verify"):
            list(vault.read("first"))
        assert len(list(vault.read("second"))) == 5


def test_a_segment_sealed_again_in_the_same_place_is_noticed(tmp_path: Path) -> None:
    """Even with the recording's own key: the next segment names the one that stood there."""
    keys = _made(tmp_path, marks(30), finish=False)
    with Vault.open(tmp_path, keys) as vault:
        row = vault._row("first")
        key = vault._key(row)
        found = reading.segment(vault._database.connection, 2)
        assert found is not None
        place = Place("first", row.grant_id, row.policy_hash, 10, 10, found.prev)
        forged = seal_segment(key, bytes(12), place, codec.encode(marks(10, 500)))
        vault._database.run("UPDATE segments SET sealed=? WHERE id=2", forged)
        with pytest.raises(VaultDamaged, match="before event 20 was changed"):
            list(vault.read("first"))


def test_random_flipped_bits_give_the_truth_or_an_error_never_something_else(tmp_path: Path) -> None:
    """One bit anywhere in the file: what is read is exactly what was kept, or a VaultError says that it is damaged."""
    events = marks(150)
    keys = _made(tmp_path / "whole", events, finish=False)
    good = (tmp_path / "whole" / "vault.sqlite").read_bytes()
    chance = random.Random(7)
    damaged = 0
    for number in range(FLIPS):
        home = tmp_path / str(number)
        home.mkdir()
        raw = bytearray(good)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        (home / "vault.sqlite").write_bytes(bytes(raw))
        problems: list[Problem] = []
        try:
            with Vault.open(home, keys) as vault:
                salvaged = list(vault.read("first", problems))
                assert all(one.event == events[one.seq] for one in salvaged)
                assert len(salvaged) == len(events) or problems
                assert [one.event for one in vault.read("first")] == events
        except VaultError:
            damaged += 1
    assert damaged > FLIPS // 10


@pytest.mark.parametrize("left", [0.4, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("finish", [True, False])
def test_a_file_cut_short_still_opens_and_gives_what_is_left(tmp_path: Path, left: float, *, finish: bool) -> None:
    """It opens for reading, says that it is damaged, gives no wrong event, and can still be forgotten as a whole."""
    events = hand_path(18_000, 1000)
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), events, batch=100, finish=finish)
    path = tmp_path / "vault.sqlite"
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * left) // 4096 * 4096)
    problems: list[Problem] = []
    with Vault.open(tmp_path, keys) as vault:
        assert "cut short" in vault.damage
        assert [one.id for one in vault.recordings()] == ["first"]
        back = list(vault.read("first", problems))
        assert problems
        assert all(one.event == events[one.seq] for one in back)
        assert finish or len(back) > 18_000 * (left - 0.35)
        with pytest.raises(VaultDamaged, match="first is damaged from event"):
            list(vault.read("first"))
        with pytest.raises(VaultDamaged, match="cut short"):
            vault.begin(header("second"))
        assert vault.forget_all().whole == ("first",)
    assert not keys.held
    with Vault.open(tmp_path, keys) as vault:
        assert vault.recordings() == []


def test_a_file_of_which_nearly_nothing_is_left_says_what_to_do(tmp_path: Path) -> None:
    """Without its list of recordings a vault does not open, and is left as it is."""
    keys = _made(tmp_path, marks(100))
    path = tmp_path / "vault.sqlite"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(VaultDamaged, match="not even its list") as caught:
        Vault.open(tmp_path, keys)
    assert "mv " in caught.value.hints[1]
    assert path.stat().st_size == 5000


def test_a_file_that_is_no_vault_is_refused_and_untouched(tmp_path: Path) -> None:
    """Neither another program's database nor plain bytes are taken for a vault."""
    path = tmp_path / "vault.sqlite"
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(VaultDamaged):
        Vault.open(tmp_path, MemoryStore())
    assert path.read_bytes() == b"not a database at all" * 1000
    path.unlink()
    _edit(tmp_path, "CREATE TABLE bookmarks (url)")
    with pytest.raises(VaultDamaged):
        Vault.open(tmp_path, MemoryStore())
