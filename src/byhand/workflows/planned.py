"""What a program would do for a row, as sentences with the row's values: what `--dry-run` and a report tell.

Rules of this module: pure, and nothing is looked at: what only the page can tell (rows that are there, what is read, a
branch on what is seen) is told as it stands in the program. A secret is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from byhand.workflows import cells, sentences
from byhand.workflows.cells import Values
from byhand.workflows.conditions import meets
from byhand.workflows.program import Act, Branch, Parameter, Repeat, Statement, Workflow
from byhand.workflows.templates import TemplateError, fill, slots

_IN = "  "


def planned(workflow: Workflow, values: Values) -> tuple[str, ...]:
    """In order, one sentence an act; what lies in a loop or branch that is not decided yet is indented.

    Raises:
        CellError: a value can't be typed, or a condition can't be told for it.
    """
    return tuple(_all(workflow.steps, values, workflow.parameters))


def told(template: str, values: Values, parameters: Iterable[Parameter]) -> str:
    """A sentence with values; what is not known yet stays a slot."""
    try:
        known = cells.words(values, parameters, told=True)
        return fill(template, {name: known.get(name, f"{{{name}}}") for name in slots(template)})
    except TemplateError:
        return template


def _all(steps: Sequence[Statement], values: Values, parameters: Sequence[Parameter]) -> Iterator[str]:
    for step in steps:
        match step:
            case Act():
                yield told(sentences.write_act(step), values, parameters)
            case Repeat():
                yield from _repeat(step, values, parameters)
            case Branch():
                yield from _branch(step, values, parameters)


def _repeat(step: Repeat, values: Values, parameters: Sequence[Parameter]) -> Iterator[str]:
    entries = values.get(step.name)
    if step.over == "list" and isinstance(entries, tuple):
        for entry in entries:
            inside = {f"{step.name}.{name}": cell for name, cell in entry.items()}
            yield from _all(step.steps, {**values, **inside}, parameters)
        return
    yield f"for each {told(sentences.write_loop(step), values, parameters)}:"
    yield from (_IN + one for one in _all(step.steps, values, parameters))


def _branch(step: Branch, values: Values, parameters: Sequence[Parameter]) -> Iterator[str]:
    try:
        chosen = step.steps if meets(step.when, values, parameters) else step.other
    except ValueError as error:
        if isinstance(error, cells.CellError):
            raise
        # Only the page can tell.
        yield f"if {told(sentences.write_condition(step.when), values, parameters)}:"
        yield from (_IN + one for one in _all(step.steps, values, parameters))
        if step.other:
            yield "else:"
            yield from (_IN + one for one in _all(step.other, values, parameters))
        return
    yield from _all(chosen, values, parameters)
