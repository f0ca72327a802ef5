"""An episode as one conversation of calls and what they showed: for the kinds whose tools answer with a screenshot.

Rules of this module: places are pixels of the picture, as both kinds want. What hands can't do again is told as the
person's own doing, so that the next picture is never a riddle. Files as in `chat_rows`: one row an episode.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from byhand.datasets.formats.chat_rows import placed, told
from byhand.datasets.formats.hands import Act, acts
from byhand.datasets.formats.pictures import put
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.views import View, listing, view
from byhand.datasets.formats.writing import Json, add_line
from byhand.errors import Problem

ELSEWHERE = "The person did this themselves: "


class Seen(NamedTuple):
    """What a call showed. image: name of its file, "" without a picture. words: what stood where, then."""

    image: str
    words: str


class Turn(NamedTuple):
    """acts: what the model is to do, or what the person did that it can't, in words."""

    acts: tuple[Act, ...] | str
    shows: Seen


class Talk(NamedTuple):
    """first: what there was to see at the start. w, h: size of its pictures. end: the outcome."""

    instruction: str
    first: Seen
    turns: tuple[Turn, ...]
    w: int
    h: int
    end: str


Sayable = Callable[[Act], bool]


def writer(
    build: Callable[[Talk], dict[str, Json]], sayable: Sayable
) -> Callable[[Iterable[Demonstration], Path], Iterator[Problem]]:
    """sayable: whether the kind has a call for an act."""

    def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
        for demonstration in demonstrations:
            folder, lost = out / demonstration.split, Counter[str]()
            talk = _talk(demonstration, folder, sayable, lost)
            if any(isinstance(turn.acts, tuple) for turn in talk.turns):
                images = list(dict.fromkeys(seen.image for seen in _all_seen(talk) if seen.image))
                row: dict[str, Json] = {
                    "id": demonstration.episode.id,
                    "space": {"unit": "px", "w": talk.w, "h": talk.h},
                    "images_file_names": images,
                }
                add_line(folder / "metadata.jsonl", row | build(talk))
            yield from told(demonstration, lost)

    return write


def _all_seen(talk: Talk) -> Iterator[Seen]:
    yield talk.first
    for turn in talk.turns:
        yield turn.shows


def _talk(demonstration: Demonstration, folder: Path, sayable: Sayable, lost: Counter[str]) -> Talk:
    episode, steps, views = demonstration.episode, demonstration.episode.steps, list[View]()
    for step in steps:
        views.append(view(demonstration, step.before))
    views.append(view(demonstration, steps[-1].after) if steps else View(0, 0))
    shown = [_seen(one, folder) for one in views]
    turns: list[Turn] = []
    for number, step in enumerate(steps):
        done = placed(acts(step.action), views[number])
        if not isinstance(done, str) and not all(sayable(act) for act in done):
            done = "this format has no word for it"
        if isinstance(done, str):
            lost[done] += 1
            done = ELSEWHERE + tell(step.action)
        turns.append(Turn(done, shown[number + 1]))
    first = views[0]
    return Talk(episode.instruction, shown[0], tuple(turns), first.w, first.h, episode.outcome)


def _seen(one: View, folder: Path) -> Seen:
    if one.picture is not None:
        return Seen(f"images/{put(one.picture, folder / 'images')}", "")
    return Seen("", listing(one, lambda x, y: (x, y)))
