"""`byhand eval model --suite browsergym`: how its figures are told, task by task."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from byhand.cli import eval_live, extension
from byhand.cli.output import emit, say
from byhand.evals.suites import browsergym
from byhand.evals.suites.miniwob import Score
from byhand.models.decision import Decides
from byhand.ui import words


def measured(decider: Decides, tasks: str, episodes: int, seed_from: int, pages: Path, *, json: bool) -> None:
    """Do them, and tell."""
    wanted = browsergym.chosen(tasks)
    scores: list[Score] = []
    progress = eval_live.Progress(episodes * len(wanted), "episodes", json=json)
    for one in browsergym.measure(
        decider, wanted, episodes, wheels=pages, extension=extension.folder(), seed_from=seed_from,
        told=lambda played: progress(played.task),
    ):  # fmt: skip
        scores.append(one)
        if json:
            emit(one)
    whole = eval_live.whole(scores)
    if json:
        emit({"model": decider.name, "suite": "browsergym", **whole})
        return
    eval_live.tell([(one.task, one) for one in scores])
    say(
        Text.assemble(
            (f"{decider.name}  ", "name"), f"mean {whole['mean']:.3f}",
            (f"  over {words.many(len(scores), 'task')} of BrowserGym", "quiet"),
        ),
        Text("right is a reward of 1, of MiniWoB++ a raw one; intervals are of 95 % (Wilson)", "quiet"),
    )  # fmt: skip
