"""AgentNet's trajectories: one line of JSON an episode, with the pictures beside it. Both ways.

Source: xlang-ai/OpenCUA. Places are fractions of the picture. Where a picture isn't there, they are read
as ten-thousandths of a screen of unknown size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets.formats import code
from byhand.datasets.formats.chat_rows import placed, told
from byhand.datasets.formats.hands import Act, acts
from byhand.datasets.formats.pictures import picture, put
from byhand.datasets.formats.port import Demonstration, Format, Imported, Picture, Sight
from byhand.datasets.formats.reading import at, files, inside, records
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.views import View, view
from byhand.datasets.formats.writing import Json, add_line
from byhand.episodes.types import Action, Episode, Observation, Step
from byhand.errors import Problem

UNKNOWN = (10_000, 10_000)
_OUTCOMES: dict[str, Any] = {"success": "done", "failure": "failed", "fail": "failed"}


class _Value(msgspec.Struct):
    code: str
    last_step_correct: bool | None = None
    last_step_redundant: bool | None = None


class _Item(msgspec.Struct):
    value: _Value
    image: str = ""


class _Row(msgspec.Struct):
    task_id: str
    traj: list[_Item]
    instruction: str | None = None
    natural_language_task: str | None = None
    task_completed: bool | None = None


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    for demonstration in demonstrations:
        lost: Counter[str] = Counter()
        add_line(out / "agentnet.jsonl", _row(demonstration, out, lost))
        yield from told(demonstration, lost)


def _row(demonstration: Demonstration, out: Path, lost: Counter[str]) -> Json:
    episode, traj = demonstration.episode, list[Json]()
    for step in episode.steps:
        seen = view(demonstration, step.before)
        done = placed(acts(step.action), seen)
        if isinstance(done, str):
            lost[done] += 1
            continue
        traj.append(_item(len(traj), seen, code.write(done, _fractions(seen)), tell(step.action), step, out))
    status = {"done": "success", "failed": "failure"}.get(episode.outcome)
    if status and episode.steps:
        seen = view(demonstration, episode.steps[-1].after)
        traj.append(_item(len(traj), seen, f"computer.terminate(status='{status}')", "the task ends", None, out))
    return {
        "task_id": episode.id, "instruction": episode.instruction, "natural_language_task": episode.instruction,
        "task_completed": {"done": True, "failed": False}.get(episode.outcome), "traj": traj,
    }  # fmt: skip


def _item(index: int, seen: View, said: str, words: str, step: Step | None, out: Path) -> Json:
    return {
        "index": index,
        "image": put(seen.picture, out / "images") if seen.picture is not None else "",
        "value": {
            "observation": "", "thought": "", "action": words, "code": said,
            "last_step_correct": None if step is None else "error" not in step.tags,
            "last_step_redundant": None if step is None else "redundant" in step.tags, "reflection": "",
        },
    }  # fmt: skip


def _fractions(seen: View) -> code.Place:
    return lambda x, y: (x / seen.w, y / seen.h)


def read(path: Path) -> Iterator[Imported]:
    folder = path if path.is_dir() else path.parent
    for file in files(path, ".jsonl"):
        for found in records(file, _Row):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _episode(*found, file, folder)


def _episode(line: int, row: _Row, file: Path, folder: Path) -> Iterator[Imported]:
    where, name = at(file, line), f"agentnet-{row.task_id}"
    steps: list[Step] = []
    sights: dict[int, Sight] = {}
    outcome = {True: "done", False: "failed", None: "unknown"}[row.task_completed]
    screen, missing = (0, 0), 0
    for place, item in enumerate(row.traj):
        found = _picture(folder, item.image) if item.image else None
        if isinstance(found, Problem):
            yield Problem(where, f"step {place}: the picture can't be used: {found.message}")
            found = None
        missing += item.image != "" and found is None
        size = (found.w, found.h) if found is not None else screen if screen != (0, 0) else UNKNOWN
        try:
            said = code.read(item.value.code, lambda x, y, size=size: (round(x * size[0]), round(y * size[1])))
        except ValueError as error:
            yield Problem(where, f"step {place}: {error}")
            continue
        screen = size
        seen: tuple[Observation, ...] = ()
        if found is not None:
            seen = (Observation("frame", 2 * len(steps), 0),)
            sights[2 * len(steps)] = found
        if said.status:
            outcome = _OUTCOMES.get(said.status, "unknown")
            if steps and seen:
                steps[-1] = msgspec.structs.replace(steps[-1], after=seen)
        steps += [Step(_action(act, 2 * (len(steps) + n) + 1), before=seen) for n, act in enumerate(said.acts)]
    if missing:
        yield Problem(where, f"{missing} pictures are not beside it")
    instruction = row.instruction or row.natural_language_task or ""
    yield Demonstration(
        Episode(
            id=name, recording=name, instruction=instruction, by="source", outcome=outcome, steps=tuple(steps),  # type: ignore[arg-type]
            first=0, last=2 * len(steps), start_ns=0, end_ns=0, cut="source",
        ),
        sights, screen=screen, source=where,
    )  # fmt: skip


def _picture(folder: Path, name: str) -> Picture | Problem | None:
    found = inside(folder, name) or inside(folder, f"images/{name}")
    return picture(found) if found is not None else None


_OPS: dict[str, Any] = {"move": "hover"}


def _action(act: Act, seq: int) -> Action:
    op: Any = _OPS.get(act.do, act.do)
    if act.do == "key":
        op = "hotkey" if len(act.keys) > 1 else "key"
    return Action(
        op, 0, round(act.seconds * 1e9), seq, seq, why="source", x=act.x, y=act.y, to_x=act.to_x, to_y=act.to_y,
        dx=act.dx, dy=act.dy, text=act.text, keys=act.keys,
    )  # fmt: skip


AGENTNET = Format(
    "agentnet", "AgentNet trajectories: JSONL with pyautogui code and pictures", "application/jsonl",
    read=read, write=write,
)  # fmt: skip
