"""`byhand workflow teach`: what is shown once more makes the program anew, or only the one step that was named.

Rules of this module: what the program was is kept before it is changed, and rollback goes back to it. What in its file
stays the same stays byte for byte; that something written by hand is gone is said. A step is taken of one recording,
and of that only what fits.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, margin, on_terminal, say
from byhand.cli.record import record
from byhand.cli.workflow_make import Shows, shown, tell
from byhand.cli.workflow_work import on_desktop
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.ui import words
from byhand.vault.durable import private_dir
from byhand.vault.store import Vault
from byhand.workflows import file
from byhand.workflows.again import AgainError, again, named
from byhand.workflows.compiling.make import make as compiled
from byhand.workflows.program import Act, Workflow
from byhand.workflows.sentences import write_act

_NOTHING = "nothing was written"
IMPORTED = ("devtools-", "playwright-")
"""So begin the ids of what `workflow import` read."""


def teach(
    name: workflow_home.Name,
    /,
    *which: Shows,
    step: Annotated[
        str,
        Parameter(metavar="STEP", help="Only this step: its number, or its sentence as workflow show tells it."),
    ] = "",
    json: Json = False,
) -> None:
    home = opened.home()
    before, path = workflow_home.load(home, name)
    if step:
        _one_step(home, before, path, step, which, as_json=json)
        return
    if not which:
        raise UsageFault(
            "say what shows it",
            hints=(
                f"the whole chore, shown once more: byhand workflow teach {name} last",
                f"only one step: byhand workflow teach {name} --step 3",
            ),
            fate=_NOTHING,
        )  # fmt: skip
    if any(one.startswith(IMPORTED) for one in before.episodes):
        raise UsageFault(
            f"{before.name} was imported: what it was made of is no recording of yours",
            hints=(
                f"to show one step of it: byhand workflow teach {name} --step 3",
                f"to make one of your own: byhand workflow make {which[0]} --as NAME",
            ),
            fate=_NOTHING,
        )  # fmt: skip
    old, grant = shown(home, before.episodes, "workflow teach") if before.episodes else ([], before.grant)
    new, newer = shown(home, which, "workflow teach")
    known = {one.episode.id for one in old}
    more = [one for one in new if one.episode.id not in known]
    if not more:
        raise UsageFault(f"{before.name} was made from that already", fate=_NOTHING)
    program = replace(
        compiled([*old, *more], before.name, grant=newer or grant), about=before.about, revision=before.revision + 1
    )
    was = compiled(old, before.name, grant=before.grant) if old else None
    kept = _change(path, before, program)
    by_hand = was is None or any(
        getattr(was, part) != getattr(before, part) for part in ("steps", "parameters", "targets")
    )
    tell(program, path, "taught", as_json=json, before=kept if by_hand else None)


def _one_step(
    home: Path, before: Workflow, path: Path, said: str, which: tuple[str, ...], *, as_json: bool
) -> None:  # fmt: skip
    try:
        step = named(before, said)
    except AgainError as error:
        raise UsageFault(str(error), hints=tuple(words.shown(one, 160) for one in error.more), fate=_NOTHING) from None
    if len(which) > 1:
        raise UsageFault("a step is shown by one recording", fate=_NOTHING)
    rec = which[0] if which else _record(home, before, step)
    demos, _ = shown(home, (rec,), "workflow teach")
    try:
        made = again(before, step, compiled(demos, before.name))
    except ValueError as error:
        more = error.more if isinstance(error, AgainError) else ()
        raise UsageFault(
            f"step {step.id} stays as it is: {error}",
            hints=(*(words.shown(one, 160) for one in more), "show just that step, and nothing else"), fate=_NOTHING,
        ) from None  # fmt: skip
    program = replace(made.program, revision=before.revision + 1)
    text = path.read_text("utf-8")
    kept = _change(path, before, program)
    lines = list(_diff(text, path.read_text("utf-8")))
    if as_json:
        emit(
            {
                "workflow": program.name, "file": str(path), "revision": program.revision, "step": step.id,
                "was": write_act(step), "now": write_act(made.act), "beside": made.beside, "diff": lines,
                "before": str(kept),
            }
        )  # fmt: skip
        return
    say(Text.assemble(("taught ", "quiet"), (program.name, "name"), (f"  step {step.id}", "quiet")))
    for line in lines:
        say(Text(f"  {words.shown(line, 200)}", "good" if line.startswith("+") else "bad"))
    if made.beside:
        say(Text(f"  {', '.join(made.beside)} still {_goes(made.beside)} by what it was", "warn"))
    say(Text(f"  to take it back, run: byhand workflow rollback {program.name}", "quiet"))


def _goes(beside: tuple[str, ...]) -> str:
    return "goes" if len(beside) == 1 else "go"


def _change(path: Path, before: Workflow, program: Workflow) -> Path:
    """The version before is on the disk before the new one is. Gives its place."""
    text = path.read_text("utf-8")
    kept = private_dir(path.with_name(f"{path.stem}.versions")) / f"{before.revision}.yaml"
    write(kept, text.encode())
    write(path, file.changed(text, program).encode())
    return kept


def _diff(before: str, after: str) -> Iterator[str]:
    """The lines that are others, the old ones with a minus."""
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"{line[0]} {line[1:]}"


def _record(home: Path, program: Workflow, step: Act) -> str:
    """Show it now: a recording of this step alone. Gives its name.

    Raises:
        UsageFault: nobody can show it here, or nothing was recorded.
    """
    desktop = on_desktop(program)
    how = "byhand record" if desktop else "byhand record --browser"
    if not on_terminal():
        raise UsageFault(
            "there is nobody here to show it",
            hints=(
                f"record it, with: {how}", f'then run: byhand workflow teach {program.name} --step "{step.id}" last',
            ),
            fate=_NOTHING,
        )  # fmt: skip
    say(
        Text.assemble(("show it: ", "quiet"), (words.shown(write_act(step), 160), "name")),
        Text("  go to where it is done, do just that, and end with Ctrl-C" + ("" if desktop else " or by closing the "
             "window"), "quiet"),
        on=margin(),
    )  # fmt: skip
    known = _recordings(home)
    record(browser=not desktop)
    new = [one for one in _recordings(home) if one not in known]
    if not new:
        raise UsageFault("nothing was recorded", fate=_NOTHING)
    return new[-1]


def _recordings(home: Path) -> list[str]:
    if not Vault.exists(home):
        return []
    with opened.vault(home) as vault:
        return [one.id for one in vault.recordings()]
