"""What a person can look at: recordings, their story, what was masked, what would leave. `deciding` changes things.

Rules of this module: one thread at a time, as the vault. It reads anew for every question (`source`). Opening a
recording is noted in the ledger once per run.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec

from byhand.errors import NoSuchRecording, VaultDamaged, VaultError
from byhand.events.kinds import AnyEvent, Mark, Numbered, Window
from byhand.events.time import MS
from byhand.privacy.text.types import At, Cleaned
from byhand.review import answers, artefact
from byhand.review.answers import Card, Detail
from byhand.review.apply import REASON, changed, cuts
from byhand.review.books import Books, Line
from byhand.review.edits import (
    WHOLE,
    CutApp,
    CutEvents,
    CutTime,
    Edit,
    Label,
    Note,
    Outcome,
    Paint,
    Task,
    says,
    task_marks,
)
from byhand.review.looking import Finds
from byhand.review.masked import Masked, masked
from byhand.review.painting import BY as PAINTED
from byhand.review.source import Leaving, Source, approval, judge, leaving, load, rows
from byhand.ui.replay.scene import Scene, scene
from byhand.ui.words import shown
from byhand.vault.grants import is_withdrawn, load_grants
from byhand.vault.store import RecordingInfo, Vault

Clean = Callable[[str, At], Cleaned]
MOST_EVENTS = 500

_SAYS = {
    "open": "being recorded now",
    "mine": "for your own use only: you can edit it, it can't be shared",
    "untouched": "not looked through yet",
    "edited": "edited, not approved",
    "approved": "approved: these very bytes may leave",
    "void": "approved once; what would leave has changed since",
    "damaged": "damaged: what is readable is shown, nothing can be approved",
}


class Desk:
    """Answers the page's questions over one vault.

    Args:
        home: BYHAND_HOME, for grants.
        finds: the detectors of the second look.
        clean: what the guard makes of a text.
    """

    def __init__(self, home: Path, vault: Vault, books: Books, finds: Finds, clean: Clean) -> None:
        self.home = home
        self.vault = vault
        self.books = books
        self.finds = finds
        self.clean = clean
        self._opened: set[str] = set()
        self._known: dict[str, tuple[bytes, Card]] = {}

    def info(self, name: str) -> RecordingInfo:
        """Raises:
        NoSuchRecording: there is none of that very id.
        """
        found = next((one for one in self.vault.recordings() if one.id == name), None)
        if found is None:
            raise NoSuchRecording("there is no such recording", hints=("it may have been forgotten meanwhile",))
        return found

    def source(self, name: str) -> Source:
        """The recording as it is now; noted as read. Raises like `source.load`."""
        info = self.info(name)
        if name not in self._opened and not self.vault.damage:
            self.books.record("read", {"recording": name, "by": "review"})
            self._opened.add(name)
        return load(self.vault, info)

    def cards(self) -> answers.Cards:
        """All recordings, newest first."""
        made = [self._card(info) for info in reversed(self.vault.recordings())]
        return answers.Cards(made, self.vault.size_bytes(), self.vault.damage)

    def _card(self, info: RecordingInfo) -> Card:
        """Where nothing was approved, the same sealed bytes give the same card: those are hashed, not read."""
        try:
            now = self.vault.fingerprint(info.id)
            known = self._known.get(info.id)
            if known is not None and known[0] == now and info.state != "open":
                return msgspec.structs.replace(known[1], reviewed=info.reviewed, state=info.state)
            source = load(self.vault, info)
            card = self.card(source, self._approval(source))
        except VaultError:
            return _plain(info)
        if source.approved is None and info.state != "open":
            self._known[info.id] = (now, card)
        return card

    def _approval(self, source: Source) -> answers.Approval:
        return approval(source, self.books, self.home, self.finds)

    def card(self, source: Source, approved: answers.Approval) -> Card:
        review = _review(source, approved)
        marks = [one.event for one in source.events if isinstance(one.event, Mark)]
        task = next((one for one in tasks(source) if one.task), None)
        apps = dict.fromkeys(shown(one.event.app) for one in source.events if isinstance(one.event, Window))
        last = max((one.event.mono_ns for one in source.events), default=source.zero_ns)
        return msgspec.structs.replace(
            _plain(source.info),
            seconds=round((last - source.zero_ns) / 1e9, 1),
            review=review,
            edits=len(source.draft.made),
            streams=source.header.streams,
            apps=[app for app in apps if app],
            task="" if task is None else task.task,
            outcome="" if task is None else task.outcome,
            kept=_kinds([one.event for one in source.events]),
            dropped=source.summary.dropped if source.summary else {},
            gaps=sum(mark.what == "gap" for mark in marks),
            lost=source.summary.lost if source.summary else 0,
            says=_SAYS[review],
        )

    def detail(self, name: str) -> Detail:
        source = self.source(name)
        approved = self._approval(source)
        card = self.card(source, approved)
        return Detail(
            **msgspec.structs.asdict(card),
            facts=scene(source.header, source.events, title=name).facts,
            grant=self._grant(source.header.grant),
            tasks=tasks(source),
            problems=source.problems,
            draft=self.draft(source, approved),
            approval=approved,
        )

    def _grant(self, wanted: str) -> answers.GrantAnswer | None:
        grants, _ = load_grants(self.home)
        found = next((one for one in grants if one.id == wanted), None)
        if found is None:
            return None
        return answers.GrantAnswer(
            found.id, found.given, found.expires, is_withdrawn(self.home, found.id), found.apps, found.sites
        )

    def draft(self, source: Source, approved: answers.Approval | None = None) -> answers.DraftAnswer:
        draft = source.draft
        return answers.DraftAnswer(
            revision=draft.revision,
            edits=[answers.Made(edit, says(edit), _reach(source, edit)) for edit in draft.made],
            undone=len(draft.undone),
            approval=approved or self._approval(source),
            cut=_runs(source),
        )

    def scene(self, name: str) -> Scene:
        source = self.source(name)
        return scene(source.header, source.events, title=name)

    def story(self, name: str, wanted: str = "") -> answers.Rows:
        """All rows, as the draft tells them; or those in which every word of `wanted` occurs."""
        source = self.source(name)
        gone = cuts(source.events, source.draft.made)
        cut = frozenset(one.seq for one, goes in zip(source.events, gone, strict=True) if goes)
        told = rows(changed(source.events, source.draft.made), source.zero_ns, cut)
        parts = wanted.casefold().split()
        fits = [
            row
            for row in told
            if all(part in f"{row.app} {row.verb} {row.what} {row.note}".casefold() for part in parts)
        ]
        return answers.Rows(fits, len(told))

    def masked(self, name: str) -> Masked:
        source = self.source(name)
        after = {one.seq: one.event for one in changed(source.events, source.draft.made)}
        painted = [
            one.seq
            for one in source.events
            if one.seq not in after or (after[one.seq].by == PAINTED and one.event.by != PAINTED)
        ]
        gone = cuts(source.events, source.draft.made)
        return masked(source.events, source.summary, cut=gone, painted=painted)

    def leaving(self, name: str) -> answers.Leaving:
        source = self.source(name)
        judged = judge(source, self.books, self.home, self.finds)
        made, refused = judged.made, judged.refused
        if made is None:
            raise VaultDamaged("of this recording no bytes to share can be made", fate="nothing was approved")
        events = made.shared.events
        return answers.Leaving(
            sha256=made.sha256,
            bytes=len(made.data),
            header=made.shared.header,
            kept=_kinds(events),
            events=len(events),
            cut=sum(isinstance(event, Mark) and event.reason == REASON for event in events),
            painted=sum(event.by == PAINTED for event in events),
            notes=sum(isinstance(event, Mark) and event.what == "note" for event in events),
            rows=rows(_numbered(made), 0),
            hits=judged.hits,
            approvable=refused is None,
            why_not="" if refused is None else refused.message,
            code="" if refused is None else refused.code,
            approval=judged.approval,
        )

    def leaving_scene(self, name: str) -> Scene:
        made = leaving(self.source(name))
        return scene(artefact.as_header(made.shared.header), _numbered(made), title="what would leave")

    def leaving_bytes(self, name: str) -> Leaving:
        return leaving(self.source(name))

    def leaving_events(self, name: str, first: int, limit: int) -> answers.StoredEvents:
        made = leaving(self.source(name))
        told = [
            answers.StoredEvent(seq, event.mono_ns // MS, type(event).__name__.lower(), _fields(event))
            for seq, event in enumerate(made.shared.events[first : first + min(limit, MOST_EVENTS)], first)
        ]
        return answers.StoredEvents(made.sha256, len(made.shared.events), told)

    def look(self, name: str, text: str) -> answers.Looked:
        """What the guard makes of a person's own words."""
        self.info(name)
        made = self.clean(text, At("typed"))
        return answers.Looked(made.text, [(one.start, one.end, one.kind) for one in made.masked], made.verdict)

    def ledger(self) -> tuple[object, list[Line]]:
        return self.books.verdict(), self.books.lines()


def tasks(source: Source) -> list[answers.TaskAnswer]:
    """The tasks as the draft names them; at least one."""
    newest = {edit.mark: edit for edit in source.draft.made if isinstance(edit, Label)}
    events = {one.seq: one.event for one in source.events}
    made: list[answers.TaskAnswer] = []
    for mark in task_marks(source.events):
        event = events.get(mark)
        label = newest.get(mark)
        task = label.task if label else event.text if isinstance(event, Mark) else ""
        outcome: Outcome = label.outcome if label else ""
        made.append(answers.TaskAnswer(mark, 0 if event is None else source.t(event.mono_ns), task, outcome))
    return made


def _plain(info: RecordingInfo) -> Card:
    """What is known of a recording that can't be read."""
    return Card(
        id=info.id, state=info.state, purpose=info.purpose, started_ms=info.started_utc_ns // MS,
        ended_ms=info.ended_utc_ns // MS, reviewed=info.reviewed, events=info.events, bytes=info.bytes,
        review="damaged", says=_SAYS["damaged"],
    )  # fmt: skip


def _review(source: Source, approved: answers.Approval) -> answers.ReviewState:
    if source.problems:
        return "damaged"
    if source.info.state == "open":
        return "open"
    if source.header.purpose == "mine":
        return "mine"
    if approved.state != "none":
        return approved.state
    return "edited" if source.draft.made else "untouched"


def _reach(source: Source, edit: Edit) -> int:
    """How many events an edit is about."""
    match edit:
        case CutEvents() | CutApp() | CutTime():
            return sum(cuts(source.events, [edit]))
        case Paint():
            after = changed(source.events, [edit])
            before = {one.seq: one.event for one in source.events}
            return sum(one.event is not before[one.seq] for one in after) + len(source.events) - len(after)
        case Label(mark=mark):
            return int(mark != WHOLE)
        case Task(first=first, last=last):
            return sum(first <= one.seq <= last for one in source.events)
        case Note():
            return 1


def _runs(source: Source) -> list[tuple[int, int, int, int]]:
    """All that the edits cut together, as runs: seq of the first and the last, and when those were."""
    runs: list[tuple[int, int, int, int]] = []
    before = False
    for one, goes in zip(source.events, cuts(source.events, source.draft.made), strict=True):
        t = source.t(one.event.mono_ns)
        if goes and before:
            first, _, start, end = runs[-1]
            runs[-1] = (first, one.seq, min(start, t), max(end, t))
        elif goes:
            runs.append((one.seq, one.seq, t, t))
        before = goes
    return runs


def _numbered(made: Leaving) -> list[Numbered]:
    return [Numbered(seq, event) for seq, event in enumerate(made.shared.events)]


def _kinds(events: list[AnyEvent] | tuple[AnyEvent, ...]) -> dict[str, int]:
    return dict(Counter(type(event).__name__.lower() for event in events))


def _fields(event: AnyEvent) -> dict[str, object]:
    return {name: _field(getattr(event, name)) for name in event.__struct_fields__}


def _field(value: object) -> object:
    match value:
        case bytes():
            return {"bytes": len(value), "sha256": hashlib.sha256(value).hexdigest()}
        case str():
            # Kept text may hold halves of characters; JSON can't.
            return value.encode("utf-8", "replace").decode()
        case tuple():
            return [_field(part) for part in cast("tuple[object, ...]", value)]
        case _:
            return value
