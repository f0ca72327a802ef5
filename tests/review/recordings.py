"""Recordings for the review's tests: a minute of work with typed text, frames, wireframes, and a canary in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import zstandard

from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Frame,
    Header,
    Key,
    Mark,
    Monitor,
    Numbered,
    Text,
    Window,
    Wireframe,
)
from byhand.vault.keys import KeyStore, MemoryStore
from byhand.vault.store import Summary, Vault

MS = 1_000_000
START = 7_000_000 * MS
UTC = 1_790_000_000_000_000_000
W, H, TILE = 256, 128, 64
WHITE = 0xFFFFFF


def header(recording: str = "first", purpose: str = "train", **changes: object) -> Header:
    made = Header(
        version=1, recording=recording, device="adevicexyz", grant="agrant", policy_hash="ab" * 32, purpose="train",
        streams=("actions", "text", "frames"), driver="scripted", program="byhand 0", boot_id="a-boot-of-mine",
        mono_ns=START, utc_ns=UTC, layout="evdev,pc105,us,", screen_w=W, screen_h=H,
        monitors=(Monitor("DP-1 of Anna", 0, 0, W, H, 1.0),),
    )  # fmt: skip
    return msgspec.structs.replace(made, purpose=purpose, **changes)


def picture(canary: bytes) -> bytes:
    """The BGR rows of a tile that holds these bytes, in every row."""
    row = (canary + bytes(range(200, 256)) * 4)[: TILE * 3]
    return row * TILE


def patch(*tiles: tuple[int, int, int | bytes]) -> bytes:
    body = {"v": 1, "w": W, "h": H, "tiles": list(tiles)}
    return zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(body))


def everywhere(what: int = WHITE) -> list[tuple[int, int, int | bytes]]:
    return [(column, row, what) for row in range(H // TILE) for column in range(W // TILE)]


class Pen:
    """Writes events; times are ms since the start."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []

    def _at(self, ms: int) -> tuple[int, int]:
        return (START // MS) + ms, START + ms * MS

    def mark(self, ms: int, what: str, text: str = "", reason: str = "", span_ms: int = 0) -> Pen:
        self.events.append(Mark(*self._at(ms), "person.mark", what, reason, span_ms, 0, text))  # type: ignore[arg-type]
        return self

    def focus(self, ms: int, app: str, title: str = "", window: int = 1) -> Pen:
        self.events.append(Window(*self._at(ms), "actions.window", "focus", window, app, title, 0, 0, W, H))
        return self

    def click(self, ms: int, name: str, box: tuple[int, int, int, int] = (10, 10, 40, 20)) -> Pen:
        x, y = box[0] + 1, box[1] + 1
        self.events += [
            Button(*self._at(ms), "actions.press", True, 1, x, y, False),
            Element(*self._at(ms), "actions.element", "press", "push button", name, (), *box, "", "", ""),
            Button(*self._at(ms + 60), "actions.press", False, 1, x, y, False),
        ]
        return self

    def type(self, ms: int, words: str, window: int = 1) -> Pen:
        for place, sign in enumerate(words):
            keysym = "space" if sign == " " else sign
            for down in (True, False):
                at = self._at(ms + 100 * place + (0 if down else 40))
                cls = "space" if sign == " " else "letter"
                self.events.append(Key(*at, "timing.class", down, cls, 38, keysym, 0, False, False))
        self.events.append(Text(*self._at(ms + 100 * len(words)), "text.typed", "typed", words, window))
        return self

    def frame(self, ms: int, *tiles: tuple[int, int, int | bytes]) -> Pen:
        self.events.append(Frame(*self._at(ms), "frames.tiles", "clock", W, H, len(tiles), patch(*tiles)))
        return self

    def wires(self, ms: int, *boxes: tuple[str, str, tuple[int, int, int, int]], window: int = 1) -> Pen:
        roles, names, places = zip(*boxes, strict=True) if boxes else ((), (), ())
        flat = tuple(edge for box in places for edge in box)
        made = Wireframe(
            *self._at(ms), "actions.wireframe", "clock", window, 0, 0, W, H, tuple(roles), tuple(names), flat
        )
        self.events.append(made)
        return self

    def numbered(self) -> list[Numbered]:
        return [Numbered(seq, event) for seq, event in enumerate(self.events)]


def work() -> Pen:
    """Mail, typing, a second program, a task. Words are everyday ones; canaries are what a person might cut."""
    pen = Pen().mark(0, "start").mark(10, "task_begin", "answer the mail")
    pen.focus(100, "mail", "Inbox").frame(150, *everywhere()).wires(160, ("push button", "Reply", (10, 10, 40, 20)))
    pen.click(1_000, "Reply").type(2_000, "thanks a lot")
    pen.frame(4_000, (1, 0, picture(b"PIXELCANARY")))
    pen.wires(4_010, ("push button", "Archive", (10, 10, 40, 20)), ("label", "WIRECANARY", (70, 10, 40, 20)))
    pen.click(5_000, "BUTTONCANARY", (70, 10, 40, 20))
    pen.focus(6_000, "notes", "TITLECANARY", 2).type(7_000, "wordcanary", 2).frame(9_000, (2, 1, 0x123456))
    pen.focus(10_000, "mail", "Inbox").click(11_000, "Send").frame(12_000, (1, 0, WHITE))
    pen.mark(13_000, "gap", reason="another app", span_ms=500).mark(14_000, "task_end").mark(15_000, "stop")
    return pen


def keep(
    home: Path, made: Header | None = None, events: Sequence[AnyEvent] | None = None, keys: KeyStore | None = None
) -> KeyStore:
    """Put a finished recording into the vault of `home`."""
    keys = keys or MemoryStore()
    head = made or header()
    with Vault.open(home, keys) as vault:
        vault.begin(head)
        vault.append(head.recording, list(events if events is not None else work().events))
        vault.finish(
            head.recording,
            Summary(kept={"key": 4}, dropped={"password field": 2}, lost=0, ended_utc_ns=head.utc_ns + 15 * 10**9),
        )
    return keys
