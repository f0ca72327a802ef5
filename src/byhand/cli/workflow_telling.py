"""A workflow told at the terminal: its parameters and its steps as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from byhand.workflows.program import Act, Parameter, Repeat, Statement
from byhand.workflows.sentences import write_act, write_condition, write_loop


def parameter(one: Parameter) -> str:
    """`currency: choice of EUR, USD`."""
    more = f" {one.format}" if one.format else f" of {', '.join(one.options)}" if one.options else ""
    inner = f" with {', '.join(parameter(field) for field in one.fields)}" if one.fields else ""
    return f"{one.name}: {one.kind}{more}{inner}" + ("" if one.needed else ", or nothing")


def sentences(steps: Sequence[Statement], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Each with how deep it lies."""
    return ((deep, line) for _, deep, line in placed(steps, depth))


def placed(steps: Sequence[Statement], depth: int = 0) -> Iterator[tuple[str, int, str]]:
    """The same, each behind what the step is called: its place, as `5.2`, or its own name."""
    for one in steps:
        if isinstance(one, Act):
            risk = f"  (asks first: it {one.risk})" if one.risk and one.risk != "credentials" else ""
            yield one.id, depth, write_act(one) + risk
        elif isinstance(one, Repeat):
            yield one.id, depth, f"for each {write_loop(one)}"
            yield from placed(one.steps, depth + 1)
        else:
            yield one.id, depth, f"if {write_condition(one.when)}"
            yield from placed(one.steps, depth + 1)
            if one.other:
                yield "", depth, "else"
                yield from placed(one.other, depth + 1)
