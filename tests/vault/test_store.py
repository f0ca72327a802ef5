"""Promises of vault.store."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from byhand.errors import AlreadyRecording, KeyMissing, NoSuchRecording, VaultError, VaultFull
from byhand.vault.keys import FileStore, MemoryStore
from byhand.vault.store import DAY_NS, Vault
from byhand.vault.writing import MERGE_EVENTS
from tests.vault.samples import UTC_NS, hand_path, header, keep, marks, summary


def test_what_was_kept_is_read_back_in_order_and_numbered(tmp_path: Path) -> None:
    """Events come back as they were, numbered from 0 by place, with the header and how it ended."""
    events = marks(95)
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), events)
    with Vault.open(tmp_path, keys) as vault:
        back = list(vault.read("first"))
        assert [one.event for one in back] == events
        assert [one.seq for one in back] == list(range(95))
        assert vault.header("first") == header()
        assert vault.summary("first") == summary()


def test_what_was_appended_is_there_for_another_process_at_once(tmp_path: Path) -> None:
    """`append` is durable and visible when it returns; a reader keeps its steady picture."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as writer, Vault.open(tmp_path, keys) as reader:
        writer.begin(header())
        writer.append("first", marks(10))
        reading = reader.read("first")
        assert next(reading).seq == 0
        writer.append("first", marks(10, 10))
        assert len(list(reading)) == 9
        assert len(list(reader.read("first"))) == 20
        assert reader.recordings()[0].state == "open"


def test_a_recording_left_by_its_writer_is_interrupted_and_reads_to_its_last_durable_event(tmp_path: Path) -> None:
    """A crash is shown as what it is, and opening adds nothing."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), marks(30), finish=False)
    with Vault.open(tmp_path, keys) as vault:
        (info,) = vault.recordings()
        assert (info.state, info.events, info.ended_utc_ns) == ("interrupted", 30, 0)
        assert [one.event for one in vault.read("first")] == marks(30)
        assert vault.summary("first") is None
        keep(vault, header("second"), marks(5), finish=False)
        assert [one.state for one in vault.recordings()] == ["interrupted", "open"]


def test_one_recording_is_made_at_a_time(tmp_path: Path) -> None:
    """Neither the same vault nor another process begins a second one; the first goes on."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as one, Vault.open(tmp_path, keys) as other:
        one.begin(header())
        for vault in (one, other):
            with pytest.raises(AlreadyRecording):
                vault.begin(header("second"))
        one.append("first", marks(3))
        one.finish("first", summary())
        other.begin(header("second"))


def test_small_segments_become_large_ones_and_nothing_changes_for_the_reader(tmp_path: Path) -> None:
    """While it is made, and when it is finished, the tail is merged; the events and their numbers stay."""
    events = hand_path(2 * MERGE_EVENTS + 5000, 1000)
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        vault.begin(header())
        for start in range(0, len(events), 400):
            vault.append("first", events[start : start + 400])
        assert _segments(vault) < 80
        assert [one.event for one in vault.read("first")] == events
        vault.finish("first", summary())
        assert _segments(vault) == 3
        assert [one.event for one in vault.read("first")] == events


def _segments(vault: Vault) -> int:
    return vault._database.one("SELECT count(*) FROM segments", int)


@pytest.mark.parametrize("hz", [125, 1000])
def test_a_pointer_event_costs_at_most_six_sealed_bytes(tmp_path: Path, hz: int) -> None:
    """Both stamps, position and flags, after `finish`, of a path as a hand makes it."""
    events = hand_path(60 * hz, hz)
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), events, batch=max(1, hz * 2 // 5))
        (info,) = vault.recordings()
    assert info.bytes / info.events <= 6


def test_a_full_quota_stops_the_writing_and_spares_what_is_there(tmp_path: Path) -> None:
    """`append` raises VaultFull; everything kept before can still be read and the recording finished."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys, quota_bytes=150_000) as vault:
        vault.begin(header())
        kept = 0
        with pytest.raises(VaultFull, match="used up its 0 MB"):  # noqa: PT012  the loop ends by it
            for start in range(0, 100_000, 500):
                vault.append("first", hand_path(500, 125, seed=start))
                kept += 500
        assert kept > 0
        assert vault.size_bytes() >= 150_000
        vault.finish("first", summary())
        assert len(list(vault.read("first"))) == kept


def test_nothing_to_append_writes_nothing(tmp_path: Path) -> None:
    """An empty batch makes no segment."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        vault.begin(header())
        vault.append("first", [])
        assert _segments(vault) == 0


def test_a_recording_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """Every way to ask for one raises the same clear error."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        for ask in (vault.read, vault.header, vault.summary, vault.forget, vault.mark_reviewed):
            with pytest.raises(NoSuchRecording, match="no recording nowhere"):
                ask("nowhere")
        with pytest.raises(NoSuchRecording, match="not being made"):
            vault.append("nowhere", marks(1))


def test_a_vault_without_its_key_says_so_and_makes_no_new_one(tmp_path: Path) -> None:
    """The list is shown, content and new recordings are refused, and with the key back all is as before."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), marks(5))
    empty = MemoryStore()
    with Vault.open(tmp_path, empty) as vault:
        assert [one.id for one in vault.recordings()] == ["first"]
        with pytest.raises(KeyMissing, match="not where it was put"):
            vault.read("first")
        with pytest.raises(KeyMissing):
            vault.begin(header("second"))
    assert not empty.held
    with Vault.open(tmp_path, keys) as vault:
        assert len(list(vault.read("first"))) == 5


def test_unreviewed_recordings_expire_and_reviewed_ones_stay(tmp_path: Path) -> None:
    """Retention counts from the end of a recording; one being made never expires."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        for name in ("old", "seen", "new"):
            late = 3 * DAY_NS if name == "new" else 0
            vault.begin(header(name, utc_ns=UTC_NS + late))
            vault.append(name, marks(2))
            vault.finish(name, summary(late / 1e9))
        vault.begin(header("live"))
        vault.mark_reviewed("seen")
        assert not vault.expire(UTC_NS + 6 * DAY_NS, days=7).whole
        assert vault.expire(UTC_NS + 7 * DAY_NS, days=7).whole == ("old",)
        assert {one.id for one in vault.recordings()} == {"seen", "new", "live"}


def test_files_and_folders_are_private(home: Path) -> None:
    """Nobody but the person can look in: folders 0700, files 0600, the log and the index included."""
    with Vault.open(home, FileStore(home / "keys")) as vault:
        vault.begin(header())
        vault.append("first", marks(5))
        found = {path: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert len(found) >= 5
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in found.items()), found


def test_a_vault_of_a_newer_byhand_is_refused_and_untouched(tmp_path: Path) -> None:
    """A version we do not know is no damage, and nothing is written over it."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        vault._database.run("PRAGMA user_version=99")
    with pytest.raises(VaultError, match="newer byhand"):
        Vault.open(tmp_path, keys)


def test_details_of_the_ledger_can_be_kept_read_and_erased(tmp_path: Path) -> None:
    """They survive a forgetting of something else, and go with everything."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(5))
        vault.keep_detail(0, b"who and what")
        vault.forget("first")
        assert vault.detail(0) == b"who and what"
        vault.forget_all()
        assert vault.detail(0) is None
        assert vault.details_kept() == 1
