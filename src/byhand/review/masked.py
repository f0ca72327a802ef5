"""What was masked, and by which rule: types, counts and times. Pure. Never content: there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from byhand.events.kinds import AnyEvent, Element, Mark, Numbered, Page, Snapshot, Text, Window, Wireframe
from byhand.events.time import MS
from byhand.privacy.report import RULES, reason
from byhand.privacy.text.detect.union import KINDS
from byhand.review.looking import PLACEHOLDER
from byhand.seal.header import Summary

Sort = Literal["placeholder", "withheld", "gap", "dropped", "name", "cut", "paint", "kept"]
MOST_TIMES = 200
OTHER = "OTHER"
# What lists and addresses mask has kinds of its own.
_KNOWN = frozenset({
    *KINDS, "UNKNOWN", "PLACE", "NUMBER", "PART", "FILE", "FOLDER", "HOST", "QUERY", "TITLE",
})  # fmt: skip


class Group(msgspec.Struct, frozen=True):
    """So many of one sort. times: ms since the first event, at most `MOST_TIMES`."""

    sort: Sort
    code: str
    says: str
    count: int
    times: list[int]


class Masked(msgspec.Struct, frozen=True):
    """rules: what the codes in `kept` say."""

    groups: list[Group]
    rules: dict[str, str]


def masked(
    numbered: Sequence[Numbered], summary: Summary | None, *, cut: Sequence[bool] = (), painted: Sequence[int] = ()
) -> Masked:
    """All groups.

    Args:
        numbered: the recording's events.
        summary: its end, where it ended.
        cut: which events the draft cuts.
        painted: numbers of the events it paints on.
    """
    zero = numbered[0].event.mono_ns if numbered else 0
    found: dict[tuple[Sort, str], list[int]] = {}
    paint = frozenset(painted)
    for place, one in enumerate(numbered):
        t = (one.event.mono_ns - zero) // MS
        for sort, code in _of(one.event):
            found.setdefault((sort, code), []).append(t)
        if cut and cut[place]:
            found.setdefault(("cut", ""), []).append(t)
        if one.seq in paint:
            found.setdefault(("paint", ""), []).append(t)
    groups = [
        Group(sort, code, _says(sort, code), len(times), sorted(times)[:MOST_TIMES])
        for (sort, code), times in found.items()
    ]
    if summary is not None:
        groups += [Group("dropped", code, reason(code), count, []) for code, count in summary.dropped.items() if count]
    order = {sort: place for place, sort in enumerate(Sort.__args__)}
    groups.sort(key=lambda group: (order[group.sort], -group.count, group.code))
    return Masked(groups, {group.code: RULES[group.code] for group in groups if group.code in RULES})


def _of(event: AnyEvent) -> Iterator[tuple[Sort, str]]:
    yield "kept", event.by
    for text in _texts(event):
        for found in PLACEHOLDER.finditer(text):
            # Somebody may have typed angle brackets: what is no kind of ours is content, and is not told.
            yield "placeholder", found[1] if found[1] in _KNOWN else OTHER
    match event:
        case Mark(what="withheld" | "gap", reason=why):
            yield ("withheld" if event.what == "withheld" else "gap"), why
        case Element() if event.by.endswith((".masked", ".secret")):
            yield "name", event.by
        case _:
            pass


def _texts(event: AnyEvent) -> tuple[str, ...]:
    match event:
        case Text(text=text) | Mark(text=text):
            return (text,)
        case Window(title=title):
            return (title,)
        case Element():
            return event.name, event.page, event.value, *event.selectors
        case Page():
            return event.title, event.page
        case Wireframe(names=names) | Snapshot(names=names):
            return names
        case _:
            return ()


def _says(sort: Sort, code: str) -> str:
    match sort:
        case "placeholder":
            return "words that were not cleared" if code == OTHER else f"replaced by <{code}>"
        case "withheld" | "gap" | "dropped":
            return reason(code)
        case "name" | "kept":
            return RULES.get(code, "a rule of another version of this program")
        case "cut":
            return "cut by you"
        case "paint":
            return "painted over by you"
