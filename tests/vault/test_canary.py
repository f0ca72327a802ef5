"""No planted word is in any file of the home, at any moment."""

from __future__ import annotations

import zlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.events.kinds import AnyEvent, Element, Frame, Key
from byhand.vault.keys import FileStore
from byhand.vault.ledger_file import Ledger
from byhand.vault.store import Vault
from tests.vault.samples import focus, header, mark, summary

CANARY = "canary-7f3a-hunter2"


def _planted() -> list[AnyEvent]:
    return [
        mark(0, CANARY),
        focus(1, "mail", CANARY),
        Key(2000, 2_000_000_000, "text", True, "letter", 38, CANARY, 0, repeat=False, injected=False),
        Element(3000, 3_000_000_000, "text", "press", "entry", CANARY, (CANARY,), 0, 0, 1, 1, "", CANARY, CANARY),
        Frame(4000, 4_000_000_000, "frames", "clock", 10, 10, 1, CANARY.encode()),
    ]


def _search(home: Path) -> list[Path]:
    """The files that hold the canary, plain, as UTF-16, or deflated."""
    words = (CANARY.encode(), CANARY.encode("utf-16-le"), zlib.compress(CANARY.encode())[2:-4])
    return [path for path in home.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]


def test_no_planted_word_is_in_any_file(home: Path) -> None:
    """While it is recorded, when it is finished, when the ledger speaks of it, when a part is forgotten."""
    with Vault.open(home, FileStore(home / "keys")) as vault:
        ledger = Ledger(home, Ed25519PrivateKey.generate(), vault.keep_detail)
        vault.begin(header(layout=CANARY))
        for _ in range(20):
            vault.append("first", _planted())
        assert (home / "vault.sqlite-wal").stat().st_size > 0
        assert not _search(home)
        vault.finish("first", summary())
        ledger.record("read", {"task": CANARY}, at=1)
        assert not _search(home)
        vault.forget_app("mail")
        assert not _search(home)
    assert not _search(home)
    (home / "planted").write_text(CANARY)
    assert _search(home)
