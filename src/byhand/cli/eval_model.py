"""`byhand eval model`: how good a model is, on tasks done live or on episodes that a dataset keeps for tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.goal import Limits
from byhand.cli import (
    dataset_look,
    endpoint,
    eval_browsergym,
    eval_injection,
    eval_live,
    eval_memory,
    eval_office,
    eval_pictures,
    extension,
    model_rounds,
)
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.output import Json, columns, emit, say
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.evals.injection.obeys import Obeys
from byhand.evals.suites import injection, miniwob, offline
from byhand.models.decision import Decides
from byhand.models.loading import of_torch
from byhand.models.rounds import Played
from byhand.ui import words

LATEST = "latest"
_NOT = "nothing was measured"
_EACH = 50

Name = Annotated[
    str,
    Parameter(
        metavar="MODEL", help="A model's name, NAME@v2, latest, a baseline (rules, random, obeys), or openai:NAME."
    ),
]
Suite = Annotated[
    Literal["miniwob", "office", "injection", "offline", "memory", "browsergym", "pictures"],
    Parameter(
        help="miniwob, office: tasks done in live pages. injection: the same pages with hostile text. offline: acts of "
        "episodes a dataset keeps for tests. memory: what models like it, which it learns first, remember. browsergym: "
        "tasks of BrowserGym, where that is installed. pictures: of a model learned with --frames, what it tells from "
        "pictures."
    ),
]
Tasks = Annotated[
    str,
    Parameter(
        metavar="A,B",
        help="Of miniwob, without it all that can be done to elements; of browsergym, without it all of the office.",
    ),
]
Families = Annotated[
    str, Parameter(metavar="A,B", help="Of office: tasks, or the sets variants and families; without it both.")
]
Drift = Annotated[str, Parameter(metavar="A,B", help="Of office: what is other than it was shown.")]
Episodes = Annotated[
    int | None, Parameter(metavar="N", help="Of each task, 50 if left out; of injection all cases, 560; of memory all.")
]
SeedFrom = Annotated[int, Parameter(metavar="N", help="The first seed; those below 100,000 are learned from.")]
Pages = Annotated[
    Path | None, Parameter(metavar="DIR", help="The wheel of MiniWoB++'s pages, or the folder it lies in.")
]
Datasets = Annotated[
    list[str] | None,
    Parameter(
        name="--dataset",
        metavar="NAME...",
        consume_multiple=True,
        help="Of offline and pictures; of memory, if it is not its own.",
    ),
]


def eval_model(
    name: Name,
    /,
    *,
    suite: Suite,
    tasks: Tasks = "",
    families: Families = "",
    drift: Drift = "",
    episodes: Episodes = None,
    seed_from: SeedFrom = 200_000,
    pages: Pages = None,
    dataset: Datasets = None,
    models: eval_memory.Models = 4,
    canaries: eval_memory.Canaries = 4,
    others: eval_memory.Others = 9_999,
    endpoint_url: endpoint.Url = "",
    json: Json = False,
) -> None:
    home = opened.home()
    if suite == "memory":
        eval_memory.measured(home, name, dataset or [], episodes or 0, models, canaries, others, json=json)
        return
    if suite == "pictures":
        eval_pictures.measured(home, name, dataset or [], json=json)
        return
    with _decider(name, home, endpoint_url) as decider:
        if suite == "offline":
            _offline(home, decider, dataset or [], json=json)
            return
        many = (injection.MANY if suite == "injection" else _EACH) if episodes is None else episodes
        if many < 1:
            hints = ("for example: --episodes 50",)
            raise UsageFault("of each task at least one episode is done", hints=hints, fate=_NOT)
        place = pages or Path.cwd() / ".venv" / "pages"
        if suite == "office":
            eval_office.measured(decider, families, many, seed_from, drift, json=json)
        elif suite == "browsergym":
            eval_browsergym.measured(decider, tasks, many, seed_from, place, json=json)
        elif suite == "injection":
            eval_injection.measured(decider, many, seed_from, place, json=json)
        else:
            _miniwob(decider, tasks, many, seed_from, place, json=json)


def _miniwob(decider: Decides, tasks: str, episodes: int, seed_from: int, pages: Path, *, json: bool) -> None:
    scores: list[miniwob.Score] = []
    wanted = miniwob.chosen(tasks)
    done: list[Played] = []
    progress = eval_live.Progress(episodes * len(wanted), "episodes", json=json)

    def told(played: miniwob.Played) -> None:
        needed = not played.right or played.unsure < Limits().sure
        done.append(Played(played.acts, int(needed), played.right))
        progress(played.task)

    for one in miniwob.measure(
        decider, wanted, episodes, wheels=pages,
        program=for_a_window(os.environ).program, extension=extension.folder(), seed_from=seed_from, told=told,
    ):  # fmt: skip
        scores.append(one)
        if json:
            emit(one)
    model_rounds.noted(opened.home(), decider.name, "miniwob", wanted, seed_from, done)
    whole = eval_live.whole(scores)
    if json:
        emit({"model": decider.name, **whole})
        return
    eval_live.tell([(one.task, one) for one in scores])
    say(
        Text.assemble(
            (f"{decider.name}  ", "name"), f"mean {whole['mean']:.3f}",
            (f"  over {words.many(len(scores), 'task')}, {whole['at_90']} of them at 0.90 or more", "quiet"),
        ),
        Text("right is the page's own raw reward of 1; intervals are of 95 % (Wilson)", "quiet"),
    )  # fmt: skip


def _decider(name: str, home: Path, url: str) -> AbstractContextManager[Decides]:
    if name == miniwob.RANDOM:
        return nullcontext(miniwob.Random())
    if name == injection.OBEYS:
        return nullcontext(Obeys())
    if name == LATEST:
        checkpoint = of_torch("checkpoint")
        name = checkpoint.latest(home)
    return endpoint.deciding(home, name, url)


def _knows(home: Path, called: str) -> Callable[[str], bool]:
    """Which episodes a model of ours learned from, by its name and version ("clerk v2"); of others none."""
    name, ours, version = called.rpartition(" v")
    if not ours:
        return lambda _: False
    return of_torch("judging").knows(of_torch("checkpoint").chosen(home, f"{name}@v{version}"))


def _offline(home: Path, decider: Decides, names: list[str], *, json: bool) -> None:
    if not names:
        raise UsageFault("say on which dataset", hints=("for example: --dataset chores",), fate=_NOT)
    data = [open_at(dataset_look.chosen(home, name)) for name in names]
    found = offline.measure(decider, data, _knows(home, decider.name))
    if not found.right.n:
        if any(one.manifest.split.counts.get("test") for one in data):
            raise UsageFault(
                "it learned from all that is kept for tests", fate=_NOT,
                hints=("live pages tell how good it is: --suite miniwob, or --suite office",),
            )  # fmt: skip
        raise UsageFault("no episode of it is kept for tests", fate=_NOT)
    if json:
        of = [f"{one.manifest.name}@{one.manifest.version}" for one in data]
        emit({"model": decider.name, "datasets": of, **{key: getattr(found, key) for key in found.__struct_fields__}})
        return
    rows = [
        ("what", found.op),
        ("where", found.element),
        ("all of an act", found.right),
        ("all of an episode", found.episode),
    ]
    rows += [(f"  {op}", share) for op, share in found.by_op.items()]
    columns([
        (
            Text(said, "name"), f"{one.hits} of {one.n}", f"{one.value:.1%}",
            Text(f"{one.low:.2f}-{one.high:.2f}", "quiet"),
        )
        for said, one in rows
    ])  # fmt: skip
    for why, count in sorted(found.none.items(), key=lambda pair: -pair[1]):
        say(Text(f"{words.many(count, 'answer')} no act: {why}", "warn"))
    say(Text("the person's own act alone counts as right, and there may be others: a floor", "quiet"))
