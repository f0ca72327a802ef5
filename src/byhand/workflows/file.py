"""The file of a workflow: a text a person reads and edits, to a program and back. The page: docs/formats/workflow.md.

Rules of this module: what is read is what was written; `changed` writes anew only what differs. Nothing is accepted
that `check` has a word against, and every word names the line and what to write instead. Pure: texts in, values out.
"""

from __future__ import annotations

from msgspec.structs import replace

from byhand.errors import Problem, WorkflowError
from byhand.workflows.filing.faults import Fault
from byhand.workflows.filing.plain import plain, rendered
from byhand.workflows.filing.reading import read_text
from byhand.workflows.filing.splicing import spliced
from byhand.workflows.program import Act, Branch, Repeat, Statement, Workflow


def read(text: str, source: str = "the workflow") -> Workflow:
    """Read a workflow.

    Args:
        text: the whole file.
        source: what to call it in errors, for example "enter-invoice.yaml".

    Raises:
        WorkflowError: it can't be read or makes no sense; the message names the first line at fault.
    """
    found = read_text(text)
    if found.workflow is not None:
        return found.workflow
    first, more = found.faults[0], len(found.faults) - 1
    hints = (first.hint,) if first.hint else ()
    if more:
        left = "is 1 more problem" if more == 1 else f"are {more} more problems"
        hints += (f"there {left}; to see all, run: byhand workflow check {source}",)
    raise WorkflowError(f"{source} line {first.line}: {first.message}", hints=hints, fate="nothing was done")


def check(text: str, source: str = "the workflow") -> list[Problem]:
    """Everything that is wrong with a file, in the order of its lines; empty when it is good."""
    return [Problem(f"{source} line {one.line}", _sentence(one)) for one in read_text(text).faults]


def write(workflow: Workflow) -> str:
    """The text of a workflow; the same bytes each time.

    Raises:
        ValueError: a part of it can't be said in a sentence.
    """
    return rendered(plain(workflow)) + "\n"


def changed(text: str, workflow: Workflow) -> str:
    """A file whose program is now another: only what differs is written anew, all else stays byte for byte.

    Args:
        text: the file as it was; where it can't be read, the workflow is written as if there was none.
        workflow: what it is to say.

    Raises:
        ValueError: a part of the workflow can't be said in a sentence.
    """
    before = read_text(text)
    wanted = numbered(workflow, keep=True)
    if before.workflow is None or before.tree is None:
        return write(workflow)
    if before.workflow == wanted:
        return text
    for deep in (True, False):
        made = spliced(text, before.tree, plain(before.workflow), plain(wanted), deep=deep)
        if read_text(made).workflow == wanted:
            return made
    return write(workflow)


def numbered(workflow: Workflow, *, keep: bool = False) -> Workflow:
    """With the ids that a file gives to steps that name none: their place, as `2.1`.

    Args:
        workflow: any.
        keep: ids that are there stay.
    """
    return replace(
        workflow,
        steps=_numbered(workflow.steps, "", keep),
        effects=tuple(
            replace(one, steps=_numbered(one.steps, f"effect{number}.", keep))
            for number, one in enumerate(workflow.effects, 1)
        ),
    )


def _numbered(steps: tuple[Statement, ...], place: str, keep: bool) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for number, one in enumerate(steps, 1):
        found = one.id if keep and one.id else f"{place}{number}"
        inner = f"{place}{number}."
        match one:
            case Act():
                made.append(replace(one, id=found))
            case Repeat():
                made.append(replace(one, id=found, steps=_numbered(one.steps, inner, keep)))
            case Branch():
                other = _numbered(one.other, f"{inner}else.", keep)
                made.append(replace(one, id=found, steps=_numbered(one.steps, inner, keep), other=other))
    return tuple(made)


def _sentence(one: Fault) -> str:
    return f"{one.message}; {one.hint}" if one.hint else one.message
