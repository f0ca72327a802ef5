"""A writer killed at a random moment, BYHAND_KILLS times: nothing acknowledged is lost, nothing is torn."""

from __future__ import annotations

import os
import random
import signal
import struct
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.events.kinds import Mark
from byhand.vault import writing
from byhand.vault.keys import FileStore
from byhand.vault.ledger_file import Ledger, entries, verify
from byhand.vault.store import Vault
from tests.vault.samples import header, mark, summary

KILLS = int(os.environ.get("BYHAND_KILLS", "100"))
BATCH = 7
COUNT = struct.Struct("<q")


def _write(home: Path, recording: str, told: int) -> None:
    """Write batches for ever, and tell how many events were acknowledged; finish and begin anew now and then."""
    # Merging often makes the most delicate transactions the most frequent ones.
    writing.MERGE_EVENTS = 40
    vault = Vault.open(home, FileStore(home / "keys"))
    ledger = Ledger(home, Ed25519PrivateKey.from_private_bytes(bytes(32)), vault.keep_detail)
    vault.begin(header(recording))
    at = 0
    while True:
        vault.append(recording, [mark(place / 10, f"event {place}") for place in range(at, at + BATCH)])
        at += BATCH
        os.write(told, COUNT.pack(at))
        if at % (BATCH * 5) == 0:
            ledger.record("read", {"recording": recording}, at=at)
        if at >= BATCH * 60:
            vault.finish(recording, summary())
            os.write(told, COUNT.pack(-1))
            time.sleep(10)


def test_a_writer_killed_at_random_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """After each SIGKILL the vault opens, every acknowledged event is there, and at most one batch more."""
    public_key = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    chance = random.Random(20)
    finished = interrupted = 0
    for number in range(KILLS):
        # One home for twenty kills: later writers also have to live with what earlier ones left.
        home = tmp_path / f"home{number // 20}"
        name = f"rec{number}"
        reader, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            try:
                _write(home, name, told)
            finally:
                os._exit(1)
        os.close(told)
        first = os.read(reader, COUNT.size)  # it has begun
        time.sleep(chance.random() ** 2 * 0.3)
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        raw = first
        while more := os.read(reader, 65536):
            raw += more
        os.close(reader)
        counts = [value for (value,) in COUNT.iter_unpack(raw[: len(raw) // COUNT.size * COUNT.size])]
        acknowledged, ended = max(counts), -1 in counts
        with Vault.open(home, FileStore(home / "keys")) as vault:
            info = next(one for one in vault.recordings() if one.id == name)
            texts = [one.event.text for one in vault.read(name) if isinstance(one.event, Mark)]
            assert texts == [f"event {place}" for place in range(len(texts))]
            assert acknowledged <= len(texts) <= acknowledged + BATCH
            assert info.state == "closed" or not ended
            finished += info.state == "closed"
            interrupted += info.state == "interrupted"
            at_least = vault.details_kept()
        # The ledger may end in what the crash tore off, never in something that does not verify.
        verdict = verify(home / "ledger.jsonl", public_key, at_least=at_least)
        assert verdict.ok or verdict.torn, verdict
        assert len(entries(home / "ledger.jsonl", public_key)) >= at_least
    assert finished + interrupted == KILLS
    assert interrupted
