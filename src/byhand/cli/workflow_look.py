"""`byhand workflow list`, `show` and `check`: what workflows there are, what one does, what is wrong with its file."""

from __future__ import annotations

import msgspec
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, columns, emit, say
from byhand.cli.workflow_telling import parameter, placed
from byhand.errors import Problem, WorkflowError
from byhand.ui import words
from byhand.workflows import file
from byhand.workflows.program import Workflow
from byhand.workflows.sentences import write_act, write_check


def list_workflows(*, json: Json = False) -> None:
    home = opened.home()
    found: list[Workflow] = []
    problems: list[Problem] = []
    for path in sorted(workflow_home.folder(home).glob("*.yaml")):
        try:
            found.append(file.read(path.read_text("utf-8"), path.name))
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(path.name, "it can't be read"))
        except WorkflowError as error:
            problems.append(Problem(path.name, error.message))
    if json:
        emit({"workflows": [_summary(one) for one in found], "problems": problems})
        return
    columns(
        (
            Text(one.name, "name"), Text(words.shown(one.about, 60)),
            Text(words.many(len(one.parameters), "parameter"), "quiet"),
            Text("" if one.effects else "its effect is not checked", "warn"),
        )
        for one in found
    )  # fmt: skip
    for one in problems:
        say(Text.assemble(("problem  ", "warn"), words.shown(f"{one.source}: {one.message}", 160)))
    if not found and not problems:
        say("no workflows yet", Text("  to make one, run: byhand workflow make last --as NAME", "quiet"))


def show(name: workflow_home.Name, /, *, json: Json = False) -> None:
    program, path = workflow_home.load(opened.home(), name)
    if json:
        emit({"file": str(path), **msgspec.to_builtins(program)})
        return
    say(
        Text.assemble((program.name, "name"), (f"  {words.shown(program.about, 120)}", "")),
        Text(f"  {path}", "quiet"), Text(f"  begins at {words.shown(program.start, 120)}", "quiet"),
    )  # fmt: skip
    for one in program.parameters:
        say(Text(f"  {parameter(one)}" + ("  (tells one from all others)" if one.name in program.identity else "")))
    say("")
    for number, depth, line in placed(program.steps):
        say(Text.assemble((f"{words.shown(number, 20):>6}  ", "quiet"), "  " * depth, words.shown(line, 200)))
    say("")
    for one in program.effects:
        how = ", ".join(write_act(act) for act in one.steps) or one.at
        told = ", ".join(write_check(check) for check in one.checks) or one.holds
        say(Text(f"  done when {words.shown(told, 160)}"), Text(f"    read back by: {words.shown(how, 160)}", "quiet"))
    if not program.effects:
        say(Text("  nothing tells whether it had its effect", "warn"))
    for ask in program.asks:
        say(Text.assemble(("  open  ", "warn"), words.shown(ask, 200)))


def check(name: workflow_home.Name, /, *, json: Json = False) -> int:
    """Returns 1 where it can't be run as it stands."""
    path = workflow_home.place(opened.home(), name)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise WorkflowError(f"{path} can't be read", fate="nothing was done") from None
    problems = file.check(text, path.name)
    program = None if problems else file.read(text, path.name)
    asks = program.asks if program is not None else ()
    if json:
        emit({"good": not problems, "problems": problems, "asks": asks})
    else:
        for one in problems:
            say(Text.assemble(("bad   ", "bad"), words.shown(f"{one.source}: {one.message}", 300)))
        if program is not None:
            say(Text.assemble(("good  ", "good"), f"{path.name} can be run"))
            if not program.effects:
                say(Text.assemble(("warn  ", "warn"), "nothing tells whether it had its effect"))
        for ask in asks:
            say(Text.assemble(("open  ", "warn"), words.shown(ask, 200)))
    return 1 if problems else 0


def _summary(one: Workflow) -> dict[str, object]:
    return {
        "name": one.name, "about": one.about, "start": one.start, "parameters": [each.name for each in one.parameters],
        "identity": one.identity, "checked": bool(one.effects), "revision": one.revision, "asks": len(one.asks),
    }  # fmt: skip
