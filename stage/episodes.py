"""What a recording of many tasks needs afterwards: each told apart with its words and how it went, and a yes to it.

Rules of this module: it does what the review page does, by the same code. A task's events are those from when its page
was there until the next one's. Where pages and tasks don't match nothing is called anything.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from byhand.cli import open as opened
from byhand.cli.review import guard
from byhand.errors import ReviewError
from byhand.events.kinds import Numbered
from byhand.events.kinds import Page as PageEvent
from byhand.review import draft
from byhand.review.books import Books
from byhand.review.deciding import Clocks, Decisions
from byhand.review.desk import Desk
from byhand.review.draft import Draft
from byhand.review.edits import CutEvents, Task, check
from byhand.review.source import leaving
from byhand.vault.keys import device_key, open_keys


class Shown(msgspec.Struct, frozen=True):
    """A task as it was done while it was recorded. seconds: from its page to its end."""

    task: str
    seed: int
    words: str
    outcome: Literal["done", "failed"]
    acts: int
    unlisted: int
    seconds: float


def spans(events: Sequence[Numbered], shown: Sequence[Shown]) -> list[tuple[int, int]]:
    """First and last event of each task.

    Raises:
        ValueError: there are not as many pages as tasks.
    """
    _, *begun = [at for at, one in enumerate(events) if _is(one, "loaded")] or [0]  # the first page is none of a task
    if len(begun) < len(shown):
        raise ValueError(f"{len(begun)} pages were kept of {len(shown)} tasks")
    found: list[tuple[int, int]] = []
    # A task that was interrupted has a page and no line; it is the last one.
    for at, until in zip(begun[: len(shown)], [*begun[1:], len(events)], strict=False):
        left = next((place for place in range(at, until) if _is(events[place], "left")), until - 1)
        found.append((events[at].seq, events[left].seq))
    return found


def _is(one: Numbered, what: str) -> bool:
    """Did a page in the tab come or go? Frames have other numbers."""
    return isinstance(one.event, PageEvent) and one.event.what == what and one.event.frame == 1


Spans = Callable[[Sequence[Numbered], Sequence[Shown]], list[tuple[int, int]]]
"""First and last event of each."""


@contextlib.contextmanager
def _deciding(home: Path) -> Generator[tuple[Desk, Decisions]]:
    with opened.vault(home) as vault:
        books = Books(home, vault, device_key(open_keys(home, os.environ)), time.time, opened.local)
        desk = Desk(home, vault, books, *guard(home))
        clocks = Clocks(time.time_ns, time.monotonic_ns, opened.boot_id())
        yield desk, Decisions(desk, clocks, lambda _, __: None)


def told_apart(home: Path, recording: str, shown: Sequence[Shown], spans: Spans = spans) -> None:
    """Each task gets its words and its outcome.

    Args:
        home: BYHAND_HOME.
        recording: its id.
        shown: what was shown in it, in order.
        spans: how its events are told apart.

    Raises:
        ValueError: there are not as many pages as tasks.
    """
    with _deciding(home) as (desk, _):
        source = desk.source(recording)
        made = Draft()
        for one, (first, last) in zip(shown, spans(source.events, shown), strict=True):
            edit = Task(first, last, one.words, one.outcome)
            check(edit, source.header, source.events)
            made = made.add(edit)
        desk.vault.put_sheets(recording, {draft.EDITS: draft.pack(made)}, lying={draft.EDITS: None})


def corrected(home: Path, recording: str, words: str, outcome: Literal["done", "failed"], *, anew: bool) -> None:
    """All of a recording is one task; where it was begun anew, only what came after that, and the rest is cut.

    Raises:
        ValueError: no page was kept.
    """
    with _deciding(home) as (desk, _):
        source = desk.source(recording)
        events, made = source.events, Draft()
        begun = [at for at, one in enumerate(events) if _is(one, "loaded")]
        if not events or (anew and not begun):
            raise ValueError("no page was kept")
        first = begun[-1] if anew else 0
        edits = [Task(events[first].seq, events[-1].seq, words, outcome)]
        for edit in [*([CutEvents(events[0].seq, events[first - 1].seq)] if first else []), *edits]:
            check(edit, source.header, events)
            made = made.add(edit)
        desk.vault.put_sheets(recording, {draft.EDITS: draft.pack(made)}, lying={draft.EDITS: None})


def approved(home: Path, recording: str) -> str:
    """Say yes to the very bytes. Gives "", or why they may not leave."""
    with _deciding(home) as (desk, decisions):
        try:
            decisions.approve(recording, leaving(desk.source(recording)).sha256)
        except ReviewError as error:
            return error.message
    return ""
