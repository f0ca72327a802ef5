"""Promises of vault.erasing: forgetting."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from byhand.errors import KeyMissing, NoSuchRecording, VaultError
from byhand.events.kinds import AnyEvent, Mark
from byhand.vault.keys import FileStore, MemoryStore
from byhand.vault.store import Vault
from tests.vault.samples import START_NS, UTC_NS, focus, header, keep, mark, marks, summary

S = 1_000_000_000
STEPS = ("noted", "key stored", "cut", "rewrapped", "committed", "key destroyed", "emptied")


def _texts(vault: Vault, recording: str) -> list[str]:
    return [one.event.text for one in vault.read(recording) if isinstance(one.event, Mark)]


def test_a_forgotten_recording_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    """The rows go, and everything else reads as before under the new key."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(20))
        keep(vault, header("second"), marks(7))
        done = vault.forget("first")
        assert (done.whole, done.part, done.events) == (("first",), (), 20)
        assert [one.id for one in vault.recordings()] == ["second"]
        assert [one.event for one in vault.read("second")] == marks(7)
        with pytest.raises(NoSuchRecording):
            vault.read("first")


@pytest.mark.parametrize("way", ["whole", "last", "app", "all"])
def test_no_older_copy_of_the_vault_opens_after_forgetting(tmp_path: Path, way: str) -> None:
    """The vault key is changed and the old one destroyed: a backup of the file is noise, for every recording in it."""
    keys = MemoryStore()
    home, backup = tmp_path / "home", tmp_path / "backup"
    with Vault.open(home, keys) as vault:
        keep(vault, header(), [focus(0, "mail"), *marks(20)])
        keep(vault, header("second"), marks(7))
        shutil.copytree(home, backup)
        match way:
            case "whole":
                vault.forget("first")
            case "last":
                vault.forget_last(2 * S, now_utc_ns=UTC_NS + 3 * S)
            case "app":
                vault.forget_app("mail")
            case _:
                vault.forget_all()
    with Vault.open(backup, keys) as old:
        assert len(old.recordings()) == 2
        for name in ("first", "second"):
            with pytest.raises(KeyMissing):
                old.read(name)


def test_the_last_minutes_are_cut_from_every_recording(tmp_path: Path) -> None:
    """What lies before stays, a gap mark stands for the rest, and a recording with nothing left goes as a whole."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), [mark(at, f"{at}") for at in (0, 10, 20, 30)])
        keep(vault, header("second", utc_ns=UTC_NS + 25 * S), [mark(0, "", "start"), mark(1, "late")])
        done = vault.forget_last(25 * S, now_utc_ns=UTC_NS + 40 * S)
        assert (done.whole, done.part, done.events) == (("second",), ("first",), 4)
        back = [one.event for one in vault.read("first")]
        assert back == [
            mark(0, "0"),
            mark(10, "10"),
            Mark(mark(20, "").server_ms, mark(20, "").mono_ns, "mark.forgotten", "gap", "forgotten", 10_000, 0, ""),
        ]
        told = vault.summary("first")
        assert told is not None
        assert told.kept == {"mark": 3}
        assert told.dropped == {"secret": 1}


def test_forgetting_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    """No app of that name, no event in that time: no key is changed."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault:
        keep(vault, header(), marks(20))
        held = dict(keys.held)
        assert not vault.forget_app("mail").part
        assert not vault.forget_last(S, now_utc_ns=UTC_NS + 3600 * S).whole
        assert keys.held == held


def test_a_part_is_forgotten_of_a_recording_that_is_being_made(tmp_path: Path) -> None:
    """Another process cuts it; the writer goes on behind the cut, under the new key, without noticing."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as writer, Vault.open(tmp_path, keys) as other:
        writer.begin(header())
        writer.append("first", [mark(0, "", "start"), mark(1, "before")])
        writer.append("first", [mark(20, "secret")])
        assert other.forget_last(25 * S, now_utc_ns=UTC_NS + 40 * S).part == ("first",)
        writer.append("first", [mark(41, "after")])
        writer.append("first", [mark(42, "end", "task_end")])
        assert other.forget_last(S, now_utc_ns=UTC_NS + 42 * S, now_mono_ns=START_NS + 42 * S, boot_id="boot one").part
        writer.finish("first", summary())
        assert _texts(other, "first") == ["", "before", "", ""]
        told = other.summary("first")
        assert told is not None
        assert told.kept == {"mark": 4}


def test_the_writer_itself_may_forget_the_last_minutes(tmp_path: Path) -> None:
    """As the recorder does when asked while it records."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        vault.begin(header())
        vault.append("first", [mark(0, "secret")])
        assert vault.forget_last(60 * S, now_utc_ns=UTC_NS + 5 * S).part == ("first",)
        vault.append("first", [mark(6, "after")])
        vault.finish("first", summary())
        assert _texts(vault, "first") == ["", "after"]


def test_the_writer_of_a_forgotten_recording_is_told(tmp_path: Path) -> None:
    """Its next batch raises and nothing of it is kept; it may begin another recording."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as writer, Vault.open(tmp_path, keys) as other:
        writer.begin(header())
        writer.append("first", marks(5))
        assert other.forget("first").whole == ("first",)
        with pytest.raises(NoSuchRecording, match="forgotten while it was being made"):
            writer.append("first", marks(5))
        assert other.recordings() == []
        writer.begin(header("second"))
        writer.append("second", marks(5))


def test_a_reader_keeps_its_picture_while_others_forget(tmp_path: Path) -> None:
    """Reading that had begun ends well; a new reading finds nothing."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as vault, Vault.open(tmp_path, keys) as other:
        keep(vault, header(), marks(20))
        reading = vault.read("first")
        next(reading)
        other.forget("first")
        assert len(list(reading)) == 19


def test_forgetting_gives_the_room_back(tmp_path: Path) -> None:
    """The file shrinks, and its log holds no more than the last note."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), [mark(at, os.urandom(200).hex()) for at in range(3000)])
        before = (tmp_path / "vault.sqlite").stat().st_size
        vault.forget("first")
        assert (tmp_path / "vault.sqlite").stat().st_size < before / 4
        assert (tmp_path / "vault.sqlite-wal").stat().st_size < 10_000


def test_everything_can_be_forgotten_without_the_old_key(tmp_path: Path) -> None:
    """A lost keyring does not stand in the way of a new start."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(5))
        vault.keep_detail(0, b"words")
    with Vault.open(tmp_path, MemoryStore()) as vault:
        assert vault.forget_all().whole == ("first",)
        keep(vault, header("second"), marks(3))
        assert len(list(vault.read("second"))) == 3


def test_what_is_damaged_is_lost_with_a_part_and_the_rest_stays(tmp_path: Path) -> None:
    """A segment that does not verify can't be sealed anew; forgetting errs on the side of forgetting."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        keep(vault, header(), marks(100), finish=False)
        vault._database.run("UPDATE segments SET sealed=zeroblob(400) WHERE first_seq=40")
        vault.forget_last(S, now_utc_ns=UTC_NS + 10 * S)  # events are 0.1 s apart
        texts = _texts(vault, "first")
        assert texts == [f"event {at}" for at in (*range(40), *range(50, 90))] + [""]


def _in_a_child(work: Callable[[], None]) -> int:
    """Run in a process of its own and return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", ["whole", "part"])
def test_a_forgetting_killed_anywhere_is_either_not_begun_or_brought_to_its_end(
    home: Path, step: str, way: str
) -> None:
    """After the next open exactly one vault key exists, all that stays is readable, and nothing is half forgotten."""
    keys = FileStore(home / "keys")
    events: list[AnyEvent] = [mark(at, f"{at}") for at in (0, 10, 20, 30)]
    with Vault.open(home, keys) as vault:
        keep(vault, header(), events)
        keep(vault, header("second", utc_ns=UTC_NS - 3600 * S), marks(7))
        vault.keep_detail(0, b"words")
    backup = home.parent / "backup"
    shutil.copytree(home, backup, ignore=shutil.ignore_patterns("keys"))

    def die(at: str) -> None:
        if at == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def forget() -> None:
        with Vault.open(home, keys, step=die) as vault:
            if way == "whole":
                vault.forget("first")
            else:
                vault.forget_last(25 * S, now_utc_ns=UTC_NS + 40 * S)

    assert os.WTERMSIG(_in_a_child(forget)) == signal.SIGKILL
    begun = step in STEPS[4:]
    with Vault.open(home, FileStore(home / "keys")) as vault:
        assert len([path for path in (home / "keys").iterdir() if path.name.startswith("vault-")]) == 1
        assert [one.event for one in vault.read("second")] == marks(7)
        assert vault.detail(0) == b"words"
        if not begun:
            assert [one.event for one in vault.read("first")] == events
        elif way == "whole":
            assert [one.id for one in vault.recordings()] == ["second"]
        else:
            assert _texts(vault, "first") == ["0", "10", ""]
    with Vault.open(backup, FileStore(home / "keys")) as old:
        if begun:
            with pytest.raises(VaultError):
                old.read("first")
        else:
            assert len(list(old.read("first"))) == 4
