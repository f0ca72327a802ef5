"""`byhand eval model --suite browsergym`: how its figures are told, task by task."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from byhand.cli import extension
from byhand.cli.output import columns, emit, margin, on_terminal, say
from byhand.evals.suites import browsergym
from byhand.evals.suites.miniwob import Played, Score
from byhand.models.decision import Decides
from byhand.ui import words


def measured(decider: Decides, tasks: str, episodes: int, seed_from: int, pages: Path, *, json: bool) -> None:
    """Do them, and tell."""
    wanted = browsergym.chosen(tasks)
    scores: list[Score] = []
    done = 0

    def told(played: Played) -> None:
        nonlocal done
        done += 1
        if on_terminal() and not json:
            line = f"\r{done} of {episodes * len(wanted)} episodes, now {played.task}"
            margin().print(Text(line.ljust(70), "quiet"), end="")

    for one in browsergym.measure(
        decider, wanted, episodes, wheels=pages, extension=extension.folder(), seed_from=seed_from, told=told
    ):
        scores.append(one)
        if json:
            emit(one)
    if json:
        emit(_whole(decider, scores))
    else:
        _tell(decider, scores)


def _whole(decider: Decides, scores: list[Score]) -> dict[str, object]:
    """mean: over tasks, each counting the same. at_90: how many tasks are at .90 or more."""
    shares = [one.successes / one.n for one in scores]
    return {
        "model": decider.name, "suite": "browsergym", "tasks": len(scores), "episodes": sum(one.n for one in scores),
        "mean": round(sum(shares) / max(1, len(shares)), 4), "at_90": sum(one >= 0.9 for one in shares),
    }  # fmt: skip


def _tell(decider: Decides, scores: list[Score]) -> None:
    if on_terminal():
        margin().print()
    columns([
        (
            Text(one.task, "name"), f"{one.successes} of {one.n}", Text(f"{one.low:.2f}-{one.high:.2f}", "quiet"),
            Text(f"{one.acts:.1f} acts, {one.seconds:.1f} s", "quiet"),
            Text(", ".join(f"{count} {why}" for why, count in sorted(one.whys.items())), "quiet"),
        )
        for one in scores
    ])  # fmt: skip
    say(
        Text.assemble(
            (f"{decider.name}  ", "name"), f"mean {_whole(decider, scores)['mean']:.3f}",
            (f"  over {words.many(len(scores), 'task')} of BrowserGym", "quiet"),
        ),
        Text("right is a reward of 1, of MiniWoB++ a raw one; intervals are of 95 % (Wilson)", "quiet"),
    )  # fmt: skip
