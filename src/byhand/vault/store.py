"""The Vault: what was kept, sealed, in one file. See docs/formats/vault.md.

Rules of this module: it takes kept events and gives them back; it has no clock and never prints. One process writes one
recording at a time; any number read, each a steady picture of the moment it began.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import msgspec

from byhand.errors import AlreadyRecording, KeyMissing, NoSuchRecording, Problem, VaultDamaged, VaultFull
from byhand.events.kinds import AnyEvent, Header, Numbered
from byhand.seal.envelope import KEY_BYTES, NONCE_BYTES, open_sealed, seal
from byhand.seal.header import End, Summary, seal_end, seal_header
from byhand.seal.keys import unwrap, wrap
from byhand.vault import reading, sheets, writing
from byhand.vault.cutting import Moment, counts, taken_by_app, taken_by_time
from byhand.vault.database import FULL_FATE, Database, RecordingRow, meaning
from byhand.vault.durable import private_dir, reserve, sync_dir
from byhand.vault.erasing import Eraser, Forgotten, Step, unknown
from byhand.vault.keys import KeyStore
from byhand.vault.listing import RecordingInfo, fingerprint, listed, state_of
from byhand.vault.lock import Lock
from byhand.vault.ring import Ring
from byhand.vault.sheets import Sheet

__all__ = ["Forgotten", "RecordingInfo", "Sheet", "Summary", "Vault"]

FILE = "vault.sqlite"
RESERVE = "vault.reserve"
RESERVE_BYTES = 256 * 1024
DAY_NS = 86_400_000_000_000


class Vault:
    """Made by `Vault.open`. One thread at a time."""

    def __init__(self, home: Path, database: Database, ring: Ring, quota_bytes: int | None, step: Step) -> None:
        self._home = home
        self._database = database
        self._ring = ring
        self._quota = quota_bytes
        self._writer = Lock(home / "vault.lock")
        self._live: tuple[str, writing.Head] | None = None
        self._eraser = Eraser(database, ring, Lock(home / "forget.lock"), home / RESERVE, step)
        self._eraser.finish_started()

    @classmethod
    def open(cls, home: Path, keys: KeyStore, *, quota_bytes: int | None = None, step: Step = lambda _: None) -> Self:
        """The vault in `home`, made if there is none. A damaged one opens for reading and for `forget_all`.

        Raises:
            VaultDamaged: not even its list of recordings can be read.
            VaultError: a newer byhand made it, or it can't be opened.
            KeyMissing: the key store can't be asked.
        """
        database = Database(private_dir(home) / FILE)
        try:
            return cls(home, database, _ring(database, keys), quota_bytes, step)
        except BaseException:
            database.close()
            raise

    @staticmethod
    def exists(home: Path) -> bool:
        return (home / FILE).exists()

    @property
    def damage(self) -> str:
        """Why nothing can be written any more, or ""."""
        return self._database.damage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """A recording still being made is left interrupted."""
        self._live = None
        self._writer.give()
        self._database.close()

    # ---- making a recording

    def begin(self, header: Header) -> None:
        """A new recording, of which nothing is kept yet.

        Raises:
            AlreadyRecording: another one is being made with this vault.
            KeyMissing, VaultFull, VaultDamaged.
        """
        if self._live is not None or not self._writer.take():
            raise AlreadyRecording("a recording is being made already", fate="that one goes on")
        try:
            self._reserve()
            self._begin(header)
        except BaseException:
            self._writer.give()
            raise

    def _reserve(self) -> None:
        try:
            reserve(self._home / RESERVE, RESERVE_BYTES)
        except OSError as error:
            raise VaultFull(f"the disk is full: {error.strerror}", fate=FULL_FATE) from None

    def _begin(self, header: Header) -> None:
        key = secrets.token_bytes(KEY_BYTES)
        with self._database.transaction():
            self._check_room()
            generation = msgspec.convert(self._database.meta("generation"), int)
            # We hold the writer's lock: whatever is still called open lost its writer.
            self._database.run("UPDATE recordings SET state='interrupted' WHERE state='open'")
            if self._database.recording(header.recording) is not None:
                raise ValueError("a recording of that name is there")
            wrapped = wrap(
                self._ring.key(generation), generation, header.recording, key, secrets.token_bytes(NONCE_BYTES)
            )
            row = RecordingRow(
                id=header.recording,
                state="open",
                grant_id=header.grant,
                policy_hash=header.policy_hash,
                purpose=header.purpose,
                started=header.utc_ns,
                ended=0,
                reviewed=0,
                epoch=0,
                generation=generation,
                wrapped=wrapped,
                header=seal_header(key, secrets.token_bytes(NONCE_BYTES), header),
                end=b"",
            )
            self._database.put_recording(row)
        self._live = (header.recording, writing.first_head(row, key))

    def append(self, recording: str, events: Sequence[AnyEvent]) -> None:
        """Keep these events. They are durable when it returns; when it raises, none of them is kept.

        Raises:
            VaultFull: the disk or the quota is full.
            NoSuchRecording: it was forgotten meanwhile, or is not being made here.
        """
        head = self._head(recording)
        if not events:
            return
        with self._database.transaction():
            self._check_room()
            row, head = self._current(recording, head)
            head = writing.append(self._database, row, head, events)
        self._live = (recording, head)

    def finish(self, recording: str, summary: Summary) -> None:
        """The recording is whole. Its small segments become large ones. Raises like `append`."""
        head = self._head(recording)
        try:
            self._finish(recording, head, summary, merge=True)
        except VaultFull:
            # Saying how it ended needs far less room than sealing the tail anew.
            self._finish(recording, head, summary, merge=False)
        self._live = None
        self._writer.give()
        self._database.shrink()

    def _finish(self, recording: str, head: writing.Head, summary: Summary, *, merge: bool) -> None:
        with self._database.transaction():
            row, head = self._current(recording, head)
            if row.epoch:
                # A part was forgotten while it was made: the recorder's own counts still tell of that part.
                events = [one.event for one in reading.read(self._database.connection, row, head.key, [])]
                summary = msgspec.structs.replace(summary, kept=counts(events))
            if merge:
                head = writing.merge(self._database, row, head)
            end = seal_end(
                head.key, secrets.token_bytes(NONCE_BYTES), recording, End(summary, head.next_seq, head.last)
            )
            self._database.put_recording(
                msgspec.structs.replace(row, state="closed", ended=summary.ended_utc_ns, end=end)
            )

    def _head(self, recording: str) -> writing.Head:
        if self._live is None or self._live[0] != recording:
            raise NoSuchRecording(f"recording {recording} is not being made here")
        return self._live[1]

    def _current(self, recording: str, head: writing.Head) -> tuple[RecordingRow, writing.Head]:
        """In a transaction: the row, and the head that fits it, also after another process forgot a part."""
        row = self._database.recording(recording)
        if row is None:
            self._live = None
            self._writer.give()
            raise NoSuchRecording(
                "this recording was forgotten while it was being made", fate="nothing of it is kept any more"
            )
        if row.epoch != head.epoch:
            head = writing.found_head(self._database.connection, row, self._key(row))
        return row, head

    def _check_room(self) -> None:
        if self._quota is not None and self._database.used_bytes() >= self._quota:
            raise VaultFull(
                f"the vault has used up its {self._quota / 1e6:.0f} MB",
                hints=("look through what is there and forget some: byhand list", "or raise quota_mb in the policy"),
                fate=FULL_FATE,
            )

    # ---- looking

    def recordings(self) -> list[RecordingInfo]:
        """All recordings, oldest first. Needs no key."""
        return listed(self._database, alive=self._is_alive())

    def header(self, recording: str) -> Header:
        """Raises: NoSuchRecording, KeyMissing, VaultDamaged."""
        row = self._row(recording)
        return reading.header_of(row, self._key(row))

    def summary(self, recording: str) -> Summary | None:
        """How it ended, or None when it did not. Raises like `header`."""
        row = self._row(recording)
        end = reading.end_of(row, self._key(row))
        return None if end is None else end.summary

    def read(self, recording: str, problems: list[Problem] | None = None) -> Iterator[Numbered]:
        """The events in order, of the recording as it is now; what happens to it meanwhile does not show.

        `problems`: where to put damaged places, reading on behind them; None: raise at the first.

        Raises:
            NoSuchRecording, KeyMissing.
            VaultDamaged: names the first event that can't be read, and which can; events before it were given.
        """
        row, key, connection = self._picture(recording)
        return self._told(row, key, connection, problems)

    def _told(
        self, row: RecordingRow, key: bytes, connection: sqlite3.Connection, problems: list[Problem] | None
    ) -> Iterator[Numbered]:
        try:
            with meaning(self._database.path):
                yield from reading.read(connection, row, key, problems)
        finally:
            connection.close()

    def _picture(self, recording: str) -> tuple[RecordingRow, bytes, sqlite3.Connection]:
        for last_try in (False, True):
            connection = self._database.look()
            try:
                with meaning(self._database.path):
                    connection.execute("BEGIN")
                    connection.execute("SELECT count(*) FROM meta").fetchone()  # the picture is taken here
                row = self._row(recording, connection)
                return row, self._key(row), connection
            except KeyMissing:
                connection.close()
                # A forgetting between the picture and the look at the keyring has destroyed the key of the picture.
                if last_try:
                    raise
            except BaseException:
                connection.close()
                raise
        raise AssertionError("unreachable")

    def size_bytes(self) -> int:
        """What the vault takes of its quota."""
        return self._database.used_bytes()

    def _row(self, recording: str, connection: sqlite3.Connection | None = None) -> RecordingRow:
        row = self._database.recording_in(connection or self._database.connection, recording)
        if row is None:
            raise unknown(recording)
        return row

    def _key(self, row: RecordingRow) -> bytes:
        return unwrap(self._ring.key(row.generation), row.generation, row.id, row.wrapped)

    # ---- reviewing and forgetting

    def mark_reviewed(self, recording: str) -> None:
        """The person has looked at it: retention no longer takes it by itself."""
        self._row(recording)
        with self._database.transaction():
            self._database.run("UPDATE recordings SET reviewed=1 WHERE id=?", recording)

    def sheet(self, recording: str, name: str) -> Sheet | None:
        """What was laid beside the recording under that name. Raises like `header`."""
        row = self._row(recording)
        return sheets.get(self._database, self._key(row), recording, name)

    def put_sheets(
        self, recording: str, laid: Mapping[str, bytes | None], *, lying: Mapping[str, Sheet | None] | None = None
    ) -> bool:
        """Lay these there together, durably, over what was; None takes one away. `lying`: what must lie there still,
        else nothing is changed and the answer is False. Raises like `header`.
        """
        with self._database.transaction():
            row = self._row(recording)
            return sheets.lay(self._database, self._key(row), recording, laid, lying or {})

    def has_sheet(self, recording: str, name: str) -> bool:
        """Whether something was laid there, readable or not."""
        return sheets.exists(self._database, recording, name)

    def fingerprint(self, recording: str) -> bytes:
        """Of every sealed byte of the recording and beside it. Raises: VaultDamaged."""
        return fingerprint(self._database, recording)

    def expire(self, now_utc_ns: int, days: int) -> Forgotten:
        """Forget what nobody reviewed within `days` of its end (of its start, where it never ended)."""
        cut = now_utc_ns - days * DAY_NS
        due = [
            one.id
            for one in self.recordings()
            if one.state != "open" and not one.reviewed and (one.ended_utc_ns or one.started_utc_ns) <= cut
        ]
        return self._eraser.whole(due) if due else Forgotten()

    def forget(self, *recordings: str) -> Forgotten:
        """Erase whole recordings, also one that another process is making: its next `append` raises."""
        return self._eraser.whole(recordings)

    def forget_last(self, span_ns: int, *, now_utc_ns: int, now_mono_ns: int = 0, boot_id: str = "") -> Forgotten:
        """Erase what happened in the last `span_ns`, in every recording.

        With the monotonic clock and the boot it counts from, a wall clock that was set meanwhile spares nothing.
        """
        now = Moment(boot_id, now_mono_ns, now_utc_ns)
        return self._eraser.part(lambda header: taken_by_time(header, now, span_ns), self._growing())

    def forget_app(self, app: str) -> Forgotten:
        """Erase what happened while that app had the focus, in every recording."""
        return self._eraser.part(lambda _: taken_by_app(app), self._growing())

    def forget_all(self) -> Forgotten:
        """Erase everything. Of a damaged vault, the whole file and its keys go."""
        if not self._database.damage:
            return self._eraser.everything()
        names = tuple(row.id for row in self._database.recordings())
        self._ring.destroy_around(self._database.meta("generation"))
        self.close()
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            (self._home / name).unlink(missing_ok=True)
        sync_dir(self._home)
        return Forgotten(whole=names)

    def _growing(self) -> Callable[[RecordingRow], bool]:
        alive = self._is_alive()
        return lambda row: state_of(row, alive=alive) == "open"

    def _is_alive(self) -> bool:
        """Some process, perhaps this one, is making a recording."""
        return self._live is not None or not self._writer.free()

    # ---- what the ledger's leaves stand for

    def keep_detail(self, seq: int, detail: bytes) -> None:
        """What leaf `seq` of the ledger commits to (salt and words), where it can be erased."""
        with self._database.transaction():
            generation = msgspec.convert(self._database.meta("generation"), int)
            sealed = seal(
                self._ring.key(generation), secrets.token_bytes(NONCE_BYTES), "detail", (seq, generation), detail
            )
            self._database.run("INSERT OR REPLACE INTO ledger_details VALUES (?,?)", seq, sealed)

    def detail(self, seq: int) -> bytes | None:
        """None when it was erased or never kept. Raises: KeyMissing, VaultDamaged."""
        generation = msgspec.convert(self._database.meta("generation"), int)
        found = self._database.rows("SELECT sealed FROM ledger_details WHERE seq=?", seq)
        sealed = msgspec.convert(found[0][0], bytes) if found else b""
        return open_sealed(self._ring.key(generation), "detail", (seq, generation), sealed) if sealed else None

    def details_kept(self) -> int:
        """One more than the highest leaf a detail was ever kept for: the ledger must be at least that long."""
        found = self._database.rows("SELECT coalesce(max(seq) + 1, 0) FROM ledger_details")
        return msgspec.convert(found[0][0], int)


def _ring(database: Database, keys: KeyStore) -> Ring:
    """The vault's keys; for a new vault, the first of them."""
    if not database.damage and database.meta("vault") is None:
        with database.transaction():
            if database.meta("vault") is None:
                vault = secrets.token_hex(8)
                Ring(keys, vault).make(1)
                database.put_meta("vault", vault)
                database.put_meta("generation", 1)
    try:
        return Ring(keys, msgspec.convert(database.meta("vault"), str))
    except (msgspec.ValidationError, VaultDamaged):
        if not database.damage:
            raise VaultDamaged(f"{database.path} does not tell which vault it is") from None
        return Ring(keys, "unknown")
