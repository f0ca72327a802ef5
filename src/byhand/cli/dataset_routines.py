"""`byhand dataset routines`: what is done again and again, named, with how often, where, and its steps in words.

Rules of this module: a routine is told by what all its times share. What was typed or chosen otherwise each time is
said to differ, and none of it stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.dataset_home import Name
from byhand.cli.dataset_look import chosen
from byhand.cli.output import Json, columns, emit, say
from byhand.datasets.formats.masked import is_masked
from byhand.datasets.store import open_at
from byhand.episodes.mining import Routine, routines
from byhand.episodes.types import Action, Episode
from byhand.episodes.words import sentence
from byhand.ui import words

_PLACES = 3
"""So many places of a routine are listed; --json has them all."""


class Told(NamedTuple):
    """One step of a routine. texts: how many different ones were typed or chosen there, 0 where that was not kept or
    there is none.
    """

    does: str
    texts: int
    kept: bool = True


def dataset_routines(name: Name, /, *, json: Json = False) -> None:
    dataset = open_at(chosen(opened.home(), name))
    episodes = {one.episode.id: one.episode for one in dataset.demonstrations()}
    found = sorted(routines(list(episodes.values())), key=lambda one: -one.length * len(one.found))
    if json:
        for one in found:
            emit(_program(one, _steps(one, episodes)))
        return
    for number, one in enumerate(found):
        _person(one, episodes, first=number == 0)
    if not found:
        say("nothing is done twice here", Text("  a routine is two steps or more, done at least twice", "quiet"))


def _steps(one: Routine, episodes: Mapping[str, Episode]) -> list[Told]:
    """In the words of the first time, less what was otherwise at another."""
    each = [[step.action for step in episodes[name].steps[at : at + one.length]] for name, at in one.found]
    return [_told(acts) for acts in zip(*each, strict=True)]


def _told(acts: Sequence[Action]) -> Told:
    first = acts[0]
    if first.op not in ("type", "select"):
        return Told(sentence(first), 0)
    if any(map(is_masked, acts)):
        return Told(sentence(replace(first, text="")), 0, kept=False)
    different = len({act.text for act in acts})
    return Told(sentence(first if different == 1 else replace(first, text="")), different)


def _person(one: Routine, episodes: Mapping[str, Episode], *, first: bool) -> None:
    if not first:
        say("")
    about = f"  {words.many(one.length, 'step')}, done {_times(len(one.found))}"
    say(Text.assemble(words.shown(one.name, 100), (about, "quiet"), style="name"))
    columns(_rows(_steps(one, episodes)), indent=2)
    say(Text(f"  in {_places(one, episodes)}", "quiet"))


def _rows(steps: Sequence[Told]) -> Iterator[tuple[Text, ...]]:
    wide = len(str(len(steps)))
    for number, step in enumerate(steps, 1):
        differs = "not kept" if not step.kept else f"{step.texts:,} different texts" if step.texts > 1 else ""
        yield Text(f"{number:{wide}}", "quiet"), Text(words.shown(step.does, 100)), Text(differs, "quiet")


def _places(one: Routine, episodes: Mapping[str, Episode]) -> str:
    """Episodes as `dataset steps` names them, with what they were for."""
    within = dict.fromkeys(name for name, _ in one.found)
    shown = [f"{name[:12]} ({words.shown(episodes[name].instruction, 40)})" for name in list(within)[:_PLACES]]
    more = len(within) - len(shown)
    return ", ".join(shown) + (f" and {words.many(more, 'more episode')}" if more else "")


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count:,} times"


def _program(one: Routine, steps: Sequence[Told]) -> dict[str, object]:
    return {
        "name": one.name, "steps": [step._asdict() for step in steps],
        "times": len(one.found), "found": [{"episode": name, "step": at} for name, at in one.found],
    }  # fmt: skip
