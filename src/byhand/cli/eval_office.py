"""`byhand eval model --suite office`: how its figures are told, family by family."""

from __future__ import annotations

import os

from rich.text import Text

from byhand.cli import eval_live, extension
from byhand.cli.browsers import for_a_window
from byhand.cli.output import emit, say
from byhand.evals.suites import office
from byhand.models.decision import Decides
from byhand.ui import words


def measured(decider: Decides, families: str, episodes: int, seed_from: int, drift: str, *, json: bool) -> None:
    """Do them, and tell."""
    wanted, drifted = office.chosen(families), office.drifts(drift)
    scores: list[office.Score] = []
    progress = eval_live.Progress(episodes * len(wanted), "rows", json=json)
    for one in office.measure(
        decider, wanted, episodes, program=for_a_window(os.environ).program, extension=extension.folder(),
        seed_from=seed_from, drifted=drifted, told=lambda played: progress(played.family),
    ):  # fmt: skip
        scores.append(one)
        if json:
            emit(one)
    if json:
        emit({"model": decider.name, "drifts": sorted(drifted), **_means(scores)})
    else:
        _tell(decider, scores)


def _means(scores: list[office.Score]) -> dict[str, float]:
    """Of each set that was measured, each family counting the same."""
    found: dict[str, float] = {}
    for name, shown in (("variants", True), ("families", False)):
        those = [one.successes / one.n for one in scores if one.shown is shown]
        if those:
            found[name] = round(sum(those) / len(those), 4)
    return found


def _tell(decider: Decides, scores: list[office.Score]) -> None:
    eval_live.tell([(one.family, one) for one in scores])
    means = {"variants": "tasks that are shown, other rows and words", "families": "tasks that nobody shows"}
    for name, value in _means(scores).items():
        count = words.many(sum(one.shown is (name == "variants") for one in scores), "task")
        say(
            Text.assemble(
                (f"{decider.name}  ", "name"), f"{name} {value:.3f}", (f"  {means[name]}, mean of {count}", "quiet")
            )
        )
    say(Text("right is exactly the effect that was asked for, by the app's own records", "quiet"))
