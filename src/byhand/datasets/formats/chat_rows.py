"""Rows of chat for fine-tuning: what was seen and asked, and the act as the model is to answer it. Shared by all kinds.

Rules of this module: one row a step. Its places are in the units of the kind, written beside them in `space`; what the
kind can't say gives no row, and is counted as a `Problem`. Files: SPLIT/metadata.jsonl and SPLIT/images/HASH.png, which
`datasets.load_dataset("imagefolder")` opens as `{images, messages, ...}`. docs/formats/chat-rows.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from byhand.datasets.formats.hands import Act, acts
from byhand.datasets.formats.pictures import put
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.views import View, listing, view
from byhand.datasets.formats.writing import Json, add_line
from byhand.errors import Problem

HISTORY = 20
"""Acts before that a row tells in words. A row must fit beside its picture."""


class Space(NamedTuple):
    """In what a kind counts places on a picture. unit: "px", "0-1000" or "0-1". w, h: how many of them."""

    unit: str
    w: float
    h: float


class Kind(Protocol):
    """How one family of models wants to be spoken to."""

    def space(self, w: int, h: int) -> Space: ...

    def system(self, space: Space) -> str: ...

    def say(self, done: tuple[Act, ...]) -> str | None:
        """The answer; places of the acts are in the kind's own space. None if it has no words for it."""
        ...

    def end(self, outcome: str) -> str | None: ...


def writer(kind: Kind) -> Callable[[Iterable[Demonstration], Path], Iterator[Problem]]:
    def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
        for demonstration in demonstrations:
            rows, lost = _rows(kind, demonstration, out)
            for row in rows:
                add_line(out / demonstration.split / "metadata.jsonl", row)
            yield from told(demonstration, lost)

    return write


def told(demonstration: Demonstration, lost: Counter[str]) -> Iterator[Problem]:
    for reason, count in sorted(lost.items()):
        yield Problem(demonstration.episode.id, f"{count} {'step' if count == 1 else 'steps'} left out: {reason}")


def _rows(kind: Kind, demonstration: Demonstration, out: Path) -> tuple[list[Json], Counter[str]]:
    episode, lost, rows, before = demonstration.episode, Counter[str](), list[Json](), list[str]()
    for number, step in enumerate(episode.steps):
        seen = view(demonstration, step.before)
        done = placed(acts(step.action), seen, kind.space)
        said = done if isinstance(done, str) else kind.say(done)
        if isinstance(done, str):
            lost[done] += 1
        elif said is None:
            lost["this format has no word for it"] += 1
        else:
            rows.append(_row(kind, demonstration, out, number, seen, before, said))
        before.append(tell(step.action))
    end = kind.end(episode.outcome)
    last = view(demonstration, episode.steps[-1].after) if episode.steps else None
    if end is not None and last is not None and (last.boxes or last.picture is not None):
        rows.append(_row(kind, demonstration, out, len(episode.steps), last, before, end))
    return rows, lost


def pixels(w: int, h: int) -> Space:
    """The space of kinds that count the picture's own pixels."""
    return Space("px", w, h)


def placed(
    done: tuple[Act, ...] | str, seen: View, space: Callable[[int, int], Space] = pixels
) -> tuple[Act, ...] | str:
    """The acts with their places in that space, or why that can't be."""
    if isinstance(done, str):
        return done
    if not seen.w or not seen.h:
        return "how large the screen was is not known"
    to = scaled(space(seen.w, seen.h), seen)
    moved: list[Act] = []
    for act in done:
        if act.do in ("type", "key", "wait"):
            moved.append(act)
            continue
        at = seen.place(act.x, act.y)
        end = seen.place(act.to_x, act.to_y) if act.do == "drag" else (0, 0)
        if at is None or end is None:
            return "it was done outside of the picture"
        (x, y), (to_x, to_y) = to(*at), to(*end)
        moved.append(msgspec.structs.replace(act, x=x, y=y, to_x=to_x, to_y=to_y))
    return tuple(moved)


def scaled(space: Space, seen: View) -> Callable[[int, int], tuple[int, int]]:
    """From pixels of the picture to whole units of the space, never past its edge."""

    def to(x: int, y: int) -> tuple[int, int]:
        return (
            min(max(round(x * space.w / seen.w), 0), max(int(space.w) - 1, 0)),
            min(max(round(y * space.h / seen.h), 0), max(int(space.h) - 1, 0)),
        )

    return to


def _row(
    kind: Kind, demonstration: Demonstration, out: Path, number: int, seen: View, before: list[str], said: str
) -> Json:
    episode, space = demonstration.episode, kind.space(seen.w, seen.h)
    names: list[str] = []
    user: list[Json] = []
    if seen.picture is not None:
        names.append(f"images/{put(seen.picture, out / demonstration.split / 'images')}")
        user.append({"type": "image", "text": None})
    user.append({"type": "text", "text": asked(episode.instruction, before, seen, scaled(space, seen))})
    return {
        "id": f"{episode.id}/{number}",
        "episode": episode.id,
        "step": number,
        "space": {"unit": space.unit, "w": space.w, "h": space.h, "picture_w": seen.w, "picture_h": seen.h},
        "images_file_names": names,
        "messages": [
            {"role": "system", "content": [{"type": "text", "text": kind.system(space)}]},
            {"role": "user", "content": user},
            {"role": "assistant", "content": [{"type": "text", "text": said}]},
        ],
    }


def asked(instruction: str, before: list[str], seen: View, place: Callable[[int, int], tuple[int, int]]) -> str:
    parts = [instruction]
    if before:
        first = max(len(before) - HISTORY, 0)
        done = "\n".join(f"{first + place + 1}. {words}" for place, words in enumerate(before[first:]))
        parts.append(f"Done so far:\n{done}")
    if seen.picture is None and (shown := listing(seen, place)):
        parts.append(f"On the screen:\n{shown}")
    return "\n\n".join(part for part in parts if part)
