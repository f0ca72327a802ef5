"""`byhand show`: a recording as a story, or one event a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting, running
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, paper, say
from byhand.errors import Problem, VaultDamaged
from byhand.events.ids import event_id
from byhand.events.kinds import AnyEvent, Element, Frame, Header, Numbered, Page, Snapshot
from byhand.events.time import utc
from byhand.ui import words
from byhand.ui.story.rows import Row, tell
from byhand.vault.store import RecordingInfo, Vault

Rec = Annotated[str, Parameter(help="A recording: its id, the beginning of one, or last.")]


def show(rec: Rec = "last", /, *, json: Json = False) -> None:
    home = opened.home()
    with opened.vault(home) as vault:
        info = opened.choose(vault, rec)
        header = vault.header(info.id)
        noting.note_reading(home, vault, info.id, "show")
        problems: list[Problem] = []
        events = vault.read(info.id, problems)
        if json:
            for numbered in events:
                emit(as_json(header, numbered))
        else:
            _tell(vault, info, header, events)
    if problems:
        raise VaultDamaged(
            f"{words.many(len(problems), 'place')} of recording {info.id} can't be read",
            hints=tuple(problem.message for problem in problems[:5]), fate="everything else of it was shown",
        )  # fmt: skip


def as_json(header: Header, numbered: Numbered) -> dict[str, object]:
    """One event with its place, id, source, and the time by the wall clock; of an element also its box. Of a frame's
    picture only the size is told.
    """
    fields: dict[str, object] = msgspec.to_builtins(numbered.event)
    if isinstance(numbered.event, Frame):
        del fields["patch"]
        fields["patch_bytes"] = len(numbered.event.patch)
    kind = fields.pop("kind")
    at = utc(header, numbered.event.mono_ns).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    stamps = {name: fields.pop(name) for name in ("server_ms", "mono_ns")}
    known = {"seq": numbered.seq, "id": event_id(header.device, header.recording, numbered.seq), "kind": kind}
    told = {**known, **stamps, "utc": at, **fields, "source": _source(header, numbered.event)}
    if isinstance(numbered.event, Element):
        told["box"] = [numbered.event.x, numbered.event.y, numbered.event.w, numbered.event.h]
    return told


def _source(header: Header, event: AnyEvent) -> str:
    """Who told it: a run tells of itself; in a recording of the browser alone its extension told everything."""
    if header.actor == "agent":
        return "workflow"
    if header.driver == "browser" or isinstance(event, Page | Snapshot):
        return "browser"
    return event.source if isinstance(event, Element) else "desktop"


def _tell(vault: Vault, info: RecordingInfo, header: Header, events: Iterator[Numbered]) -> None:
    began = utc(header, header.mono_ns).astimezone(opened.zone())
    say(Text.assemble(
        (info.id, "name"), f"  {began:%a %d %b %Y}",
        (f"  {', '.join(header.streams)}  for {_purpose(header)}", "quiet"),
        ("  done by an agent" if header.actor == "agent" else "", "name"),
    ), "")  # fmt: skip
    console = paper()
    day = began.date()
    for row in tell(events):
        at = utc(header, row.ns).astimezone(opened.zone())
        if at.date() != day:
            day = at.date()
            console.print(Text(f"{_day(day)}", "quiet"), soft_wrap=True)
        console.print(_line(row, at), soft_wrap=True)
    summary = vault.summary(info.id)
    say()
    if summary is not None:
        running.counts(summary.kept, summary.dropped, 0, summary.lost)
    elif info.state == "interrupted":
        say(Text("it was interrupted: at most the last second before that is missing", "warn"))
    else:
        say(Text("it is being recorded right now", "quiet"))


def _line(row: Row, at: datetime) -> Text:
    text = Text(f"{at:%H:%M:%S} ", "time")
    if row.kind in {"mark", "task"}:
        return text.append(f"── {row.words} ", "bold").append(f" #{row.seq}", "quiet")
    text.append(f"{row.app:<12} ", "app")
    text.append(row.words, "quiet" if row.kind in {"window", "focus", "gap", "lock"} else "")
    if row.note:
        text.append(f"  {row.note}", "quiet")
    return text.append(f"  #{row.seq}", "quiet")


def _purpose(header: Header) -> str:
    return "your own use" if header.purpose == "mine" else "training, after you looked through it"


def _day(day: date) -> str:
    return f"{day:%a %d %b %Y}"
