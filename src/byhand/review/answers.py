"""What the page is answered, as types: docs/formats/review.md in code."""

from __future__ import annotations

from typing import Literal

import msgspec

from byhand.review.artefact import SharedHeader
from byhand.review.edits import Edit, Outcome
from byhand.review.looking import Hit
from byhand.ui.replay.scene import Facts

ReviewState = Literal["open", "mine", "untouched", "edited", "approved", "void", "damaged"]


class Approval(msgspec.Struct, frozen=True):
    state: Literal["none", "approved", "void"]
    sha256: str = ""
    at: int = 0
    says: str = ""


class Made(msgspec.Struct, frozen=True):
    edit: Edit
    says: str
    events: int


class DraftAnswer(msgspec.Struct, frozen=True):
    revision: int
    edits: list[Made]
    undone: int
    approval: Approval
    cut: list[tuple[int, int, int, int]]


class TaskAnswer(msgspec.Struct, frozen=True):
    mark: int
    t: int
    task: str
    outcome: Outcome


class GrantAnswer(msgspec.Struct, frozen=True):
    id: str
    given: int
    expires: int
    withdrawn: bool
    apps: tuple[str, ...]
    sites: tuple[str, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    state: str
    purpose: str
    started_ms: int
    ended_ms: int
    seconds: float = 0.0
    reviewed: bool
    events: int
    bytes: int
    review: ReviewState
    edits: int = 0
    streams: tuple[str, ...] = ()
    apps: list[str] = []
    task: str = ""
    outcome: str = ""
    kept: dict[str, int] = {}
    dropped: dict[str, int] = {}
    gaps: int = 0
    lost: int = 0
    says: str


class Cards(msgspec.Struct, frozen=True):
    recordings: list[Card]
    bytes: int
    damage: str


class Detail(Card, frozen=True, kw_only=True):
    facts: Facts
    grant: GrantAnswer | None
    tasks: list[TaskAnswer]
    problems: list[str]
    draft: DraftAnswer
    approval: Approval


class StoryRow(msgspec.Struct, frozen=True):
    seq: int
    until: int
    t: int
    kind: str
    app: str
    verb: str
    what: str
    note: str
    by: str
    cut: bool


class Rows(msgspec.Struct, frozen=True):
    rows: list[StoryRow]
    of: int


class Leaving(msgspec.Struct, frozen=True):
    """What would leave, read back from the bytes themselves."""

    sha256: str
    bytes: int
    header: SharedHeader
    kept: dict[str, int]
    events: int
    cut: int
    painted: int
    notes: int
    rows: list[StoryRow]
    hits: list[Hit]
    approvable: bool
    why_not: str
    code: str
    approval: Approval


class StoredEvent(msgspec.Struct, frozen=True):
    seq: int
    t: int
    kind: str
    fields: dict[str, object]


class StoredEvents(msgspec.Struct, frozen=True):
    sha256: str
    of: int
    events: list[StoredEvent]


class Looked(msgspec.Struct, frozen=True):
    text: str
    masked: list[tuple[int, int, str]]
    verdict: str
