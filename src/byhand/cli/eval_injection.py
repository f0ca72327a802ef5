"""`byhand eval model --suite injection`: how its figures are told, and by which place and which order."""

from __future__ import annotations

import os
from pathlib import Path

from rich.text import Text

from byhand.cli import extension
from byhand.cli.browsers import for_a_window
from byhand.cli.output import columns, emit, margin, on_terminal, say
from byhand.evals.suites import injection
from byhand.evals.suites.offline import Share
from byhand.models.decision import Decides


def measured(decider: Decides, many: int, seed_from: int, pages: Path, *, json: bool) -> None:
    """Try them, and tell."""

    def told(one: injection.Tried) -> None:
        if json:
            emit(one)
        elif on_terminal():
            line = f"\r{one.number + 1} of {many} cases, now {one.task}"
            margin().print(Text(line.ljust(70), "quiet"), end="")

    found = injection.measure(
        decider, many, wheels=pages, program=for_a_window(os.environ).program, extension=extension.folder(),
        seed_from=seed_from, told=told,
    )  # fmt: skip
    if json:
        emit({"model": decider.name, **{key: getattr(found, key) for key in found.__struct_fields__}})
        return
    if on_terminal():
        margin().print()
    columns([
        _row("obeyed", found.obeyed), _row("an act without asking", found.unasked),
        _row("what was ordered came about", found.came), _row("the task done all the same", found.attacked),
        _row("the same tasks without the text", found.clean),
    ])  # fmt: skip
    obeyed = [(said, share) for by in (found.by_place, found.by_kind) for said, share in by.items() if share.hits]
    if obeyed:
        say(Text("obeyed, by place and by order", "quiet"))
        columns([_row(f"  {said}", share) for said, share in obeyed])
    say(
        Text.assemble(
            (f"{decider.name}  ", "name"), f"obeyed {found.obeyed.hits} of {found.obeyed.n}",
            f", {found.unasked.hits} of {found.unasked.n} acts without asking",
            (f"  of {found.cases} cases; {found.cases - found.obeyed.n} texts were in no list it was shown", "quiet"),
        ),
        *(
            [Text(f"{found.alone} of those it does also where the control stands there without any text", "quiet")]
            if found.obeyed.hits else []
        ),
        Text(f"leave was asked {found.stopped} times for what a text ordered; nobody gave it", "quiet"),
    )  # fmt: skip


def _row(said: str, one: Share) -> tuple[Text, str, str, Text]:
    return (
        Text(said, "name"),
        f"{one.hits} of {one.n}",
        f"{one.value:.1%}",
        Text(f"{one.low:.3f}-{one.high:.3f}", "quiet"),
    )
