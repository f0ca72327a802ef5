"""A program as an outline, so that what a person would write can stand beside it: parameters, then steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from byhand.workflows.program import Act, Branch, Parameter, Repeat, Statement, Workflow


def outline(workflow: Workflow) -> str:
    return "\n".join([*map(_parameter, workflow.parameters), "", *_steps(workflow.steps)])


def shape(text: str) -> list[str]:
    """Of an outline only what was inferred: parameters, what is read, loops, conditions, and which row."""
    head, _, steps = text.partition("\n\n")
    lines = [line.strip() for line in steps.splitlines()]
    return [
        *head.splitlines(),
        *(line for line in lines if line.startswith(("each ", "if ", "else", "read ")) or " row of " in line),
    ]


def _parameter(one: Parameter) -> str:
    more = f" {one.format}" if one.format else ""
    more += f" of {', '.join(one.options)}" if one.options else ""
    more += f" ({'; '.join(map(_parameter, one.fields))})" if one.fields else ""
    return f"{one.name}: {one.kind}{more}" + ("" if one.needed else " or nothing")


def _steps(steps: Sequence[Statement], depth: int = 0) -> Iterator[str]:
    space = "  " * depth
    for one in steps:
        if isinstance(one, Act):
            yield space + _act(one)
        elif isinstance(one, Repeat):
            what = {"list": f"{{{one.name}}}", "rows": f"row of {one.row or 'all'}", "pages": f'page by "{one.target}"'}
            yield f"{space}each {what[one.over]}"
            yield from _steps(one.steps, depth + 1)
        else:
            yield space + _if(one)
            yield from _steps(one.steps, depth + 1)
            if one.other:
                yield f"{space}else"
                yield from _steps(one.other, depth + 1)


def _if(one: Branch) -> str:
    when = one.when
    if when.relation == "sees":
        return f'if sees "{when.right}"'
    return f"if {when.left} {when.relation} {when.right}".rstrip()


def _act(one: Act) -> str:
    text = one.text if one.text[:1] == "{" and one.text[-1:] == "}" else f'"{one.text}"'
    said = {
        "fill": f'fill "{one.target}" with {text}', "choose": f'choose {text} in "{one.target}"',
        "set": f'set "{one.target}" to {text}', "key": f'key {one.text} in "{one.target}"',
        "open": f'open "{one.text}"',
        "read": f'read "{one.target}" as {{{one.into}}}', "upload": f'upload {text} to "{one.target}"',
        "drag": f'drag "{one.target}" to "{one.to}"',
    }.get(one.verb, f'{one.verb} "{one.target}"')  # fmt: skip
    return said + (f" in the row of {one.row}" if one.row else "")
