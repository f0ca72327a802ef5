"""One step of a program, shown again: what it is done to, and how, becomes what was shown; all else stays. Pure.

Rules of this module: nothing is guessed. What was shown has to be one act, or the only one of several that fits; what
takes a value that the program has none for is refused. No risk is ever taken off. Other steps that use the same target
keep it as it is: they were not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from byhand.workflows.program import Act, Branch, Effect, Evidence, Repeat, Statement, Workflow
from byhand.workflows.sentences import write_act
from byhand.workflows.templates import slots

_PUTS = frozenset({"fill", "choose", "set", "upload"})
"""Verbs that put a value somewhere."""
_WORDS = frozenset({"fill", "choose"})
_NOT_SHOWN = frozenset({"open", "read"})
_MOST_TOLD = 6


class AgainError(ValueError):
    """It can't be taken over: one lower-case sentence. more: what is to be known besides, a line each."""

    def __init__(self, message: str, *more: str) -> None:
        super().__init__(message)
        self.more = more


class Again(NamedTuple):
    """program: with the step as it was shown. act: that step now. beside: ids of steps that keep the old target."""

    program: Workflow
    act: Act
    beside: tuple[str, ...]


def steps(program: Workflow) -> list[Act]:
    """All its acts, also those that read its effect back."""
    return [*_acts(program.steps), *(act for effect in program.effects for act in effect.steps)]


def named(program: Workflow, said: str) -> Act:
    """The step a person means: by its place or name (`5.2`, `save`), or as it is written.

    Raises:
        AgainError: none or several fit.
    """
    every = steps(program)
    fitting = [one for one in every if one.id == said.strip()] or [
        one for one in every if _plain(write_act(one)) == _plain(said)
    ]
    told = tuple(f"{one.id}  {write_act(one)}" for one in (fitting or every)[:12])
    if not fitting:
        raise AgainError(f"{program.name} has no such step", *told)
    if len(fitting) > 1:
        raise AgainError("several steps are written so: say which by its number", *told)
    return fitting[0]


def again(program: Workflow, step: Act, shown: Workflow) -> Again:
    """The program with that step as it was shown.

    Args:
        program: as it is.
        step: one of its acts.
        shown: the program of the demonstration alone.

    Raises:
        AgainError: none of its acts fits, or several do, or it takes a value that the program has none for.
    """
    targets = {one.called: one for one in program.targets}
    theirs = {one.called: one for one in shown.targets}
    new = _fitting(step, targets, shown, theirs)
    known = {one.name for one in program.parameters} | {one.into for one in steps(program) if one.into}
    act, evidence, end = _taken(step, targets, new, theirs, known)
    beside: list[str] = []
    made = program
    for part, found in (("target", evidence), ("to", end)):
        if found is not None:
            made, act, shared = _placed(made, step, act, part, found)
            beside += shared
    if made.targets == program.targets and replace(act, shown=step.shown) == step:
        raise AgainError("it is known by just that already")
    made = _with(made, step.id, act)
    gone = {called for called in (step.target, step.to) if called and not any(_users(made, called))}
    made = replace(made, targets=tuple(one for one in made.targets if one.called not in gone))
    return Again(made, act, tuple(dict.fromkeys(beside)))


def _fitting(step: Act, targets: dict[str, Evidence], shown: Workflow, theirs: dict[str, Evidence]) -> Act:
    every = [one for one in steps(shown) if one.verb not in _NOT_SHOWN and (one.target or one.verb == "key")]
    if not every:
        raise AgainError("nothing was done in it that could be that step")
    if len(every) == 1:
        return every[0]
    old = targets.get(step.target)
    alike = [one for one in every if one.verb == step.verb or {one.verb, step.verb} <= _PUTS]
    known = [(one, at) for one in alike if old is not None and (at := theirs.get(one.target)) is not None]
    same = [one for one, at in known if old and old.name and at.name == old.name]
    role = [one for one, at in known if old and one.verb == step.verb and at.role == old.role]
    found = same or role or alike
    if len(found) == 1:
        return found[0]
    told = tuple(f"it has: {write_act(one)}" for one in (found or every)[:_MOST_TOLD])
    if not found:
        raise AgainError("none of what was done in it could be that step", *told)
    raise AgainError(f"{len(found)} things that were done in it could be that step: show that one alone", *told)


def _taken(
    step: Act, targets: dict[str, Evidence], new: Act, theirs: dict[str, Evidence], known: set[str]
) -> tuple[Act, Evidence | None, Evidence | None]:
    """The step with the verb and text of what was shown, what it is done to, and where a drag ends."""
    old, found, end = targets.get(step.target), theirs.get(new.target), theirs.get(new.to)
    text = new.text
    if slots(step.text) and not _same_value(step, new):
        raise AgainError(f"what was shown puts no such value anywhere: {write_act(new)}")
    if slots(step.text) or (_same_value(step, new) and slots(new.text)):
        text = step.text
    elif slots(new.text):
        raise AgainError(f"it was shown with a value, and this step has none: {write_act(step)}")
    row = new.row or (found.row if found else "")
    if unknown := [name for name in slots(row) if name not in known]:
        row = step.row or (old.row if old else "")
        if not row:
            raise AgainError(f"it was shown in the row of {{{unknown[0]}}}, which this program has no value for")
    if found is not None:
        if any(name not in known for name in slots(found.name)):
            raise AgainError("its name holds a value of the record, and which one can't be told from one step")
        found = replace(found, row="")
    act = replace(
        step, verb=new.verb, text=text, row=row, target=new.target, to=new.to, risk=new.risk or step.risk,
        shown=(*step.shown, *new.shown),
    )  # fmt: skip
    return act, found, end


def _same_value(step: Act, new: Act) -> bool:
    """Do both put the same into what they are done to?"""
    return {step.verb, new.verb} <= _WORDS or (step.verb == new.verb and step.verb in _PUTS)


def _placed(
    program: Workflow, step: Act, act: Act, part: str, evidence: Evidence
) -> tuple[Workflow, Act, list[str]]:  # fmt: skip
    """The target among the others: in the place of the old one, or beside it where that has other uses."""
    before = getattr(step, part)
    shared = [one for one in _users(program, before) if one != step.id] if before else []
    free = {one.called for one in program.targets} - ({before} if not shared else set())
    same = next((one for one in program.targets if replace(one, called="") == replace(evidence, called="")), None)
    called = same.called if same is not None else _called(evidence, before, free)
    made = replace(evidence, called=called)
    if same is not None:
        targets = program.targets
    elif before and not shared:
        targets = tuple(made if one.called == before else one for one in program.targets)
    else:
        targets = (*program.targets, made)
    then = tuple(replace(one, target=called) if before and one.target == before else one for one in act.then)
    act = replace(act, target=called, then=then) if part == "target" else replace(act, to=called)
    return replace(program, targets=targets), act, shared


def _called(evidence: Evidence, before: str, free: set[str]) -> str:
    """A name that is nobody's: the old one where it still is called so."""
    wanted = evidence.name if evidence.name and not slots(evidence.name) else before or evidence.called
    number = 1
    called = wanted
    while called in free:
        number += 1
        called = f"{wanted} {number}"
    return called


def _users(program: Workflow, called: str) -> Iterator[str]:
    """Ids of all that speaks of it."""
    for act in steps(program):
        if called in (act.target, act.to) or any(one.target == called for one in act.then):
            yield act.id
    for effect in program.effects:
        if any(one.target == called for one in (*effect.checks, *effect.before)):
            yield "effects"
    for one in _others(program.steps):
        if called == (one.target if isinstance(one, Repeat) else one.when.right):
            yield one.id


def _with(program: Workflow, step: str, act: Act) -> Workflow:
    effects = tuple(_effect(one, step, act) for one in program.effects)
    return replace(program, steps=_put(program.steps, step, act), effects=effects)


def _effect(effect: Effect, step: str, act: Act) -> Effect:
    return replace(effect, steps=tuple(act if one.id == step else one for one in effect.steps))


def _put(statements: tuple[Statement, ...], step: str, act: Act) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for one in statements:
        match one:
            case Act():
                made.append(act if one.id == step else one)
            case Repeat():
                made.append(replace(one, steps=_put(one.steps, step, act)))
            case Branch():
                made.append(replace(one, steps=_put(one.steps, step, act), other=_put(one.other, step, act)))
    return tuple(made)


def _acts(statements: Sequence[Statement]) -> Iterator[Act]:
    for one in statements:
        match one:
            case Act():
                yield one
            case Repeat():
                yield from _acts(one.steps)
            case Branch():
                yield from _acts((*one.steps, *one.other))


def _others(statements: Sequence[Statement]) -> Iterator[Repeat | Branch]:
    for one in statements:
        match one:
            case Act():
                pass
            case Repeat():
                yield one
                yield from _others(one.steps)
            case Branch():
                yield one
                yield from _others((*one.steps, *one.other))


def _plain(sentence: str) -> str:
    return " ".join(sentence.replace('"', " ").split()).casefold()
