"""The way back to a record's own page, on which it can be read what was entered into its form. Pure.

Rules of this module: only what looks is on the way, so that going there again does nothing. A value is asked for only
where the page was seen to show it: beside a label that is called as the field is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from byhand.workflows import risk
from byhand.workflows.compiling import values
from byhand.workflows.compiling.outcomes import path
from byhand.workflows.compiling.plan import Node, One
from byhand.workflows.compiling.slots import Slot
from byhand.workflows.program import Act, Check, Effect, Evidence, Statement

_LOOKS = frozenset({"open", "press", "fill", "key"})
_ENTERED = frozenset({"fill", "choose", "set"})


def returned(
    plan: Sequence[Node],
    steps: Sequence[Statement],
    evidence: dict[str, Evidence],
    start: str,
    number: Callable[[], str],
) -> Effect | None:
    """How the record's page is read once more; None where it was not open before, or shows nothing of the form.

    Args:
        plan: the whole.
        steps: the same as statements, with their risks.
        evidence: by what sentences call it.
        start: where the program begins.
        number: the next act's id.
    """
    done = [place for place, one in enumerate(steps) if isinstance(one, Act) and one.risk]
    last = done[-1] if done else -1
    saved = plan[last] if last >= 0 else None
    if not isinstance(saved, One):
        return None
    page = path(saved.first.there)
    way = _way(plan, steps, evidence, page, last)
    checks = [
        check for one, step in zip(plan[len(way) : last], steps[len(way) : last], strict=True)
        if isinstance(one, One) and isinstance(step, Act) and (check := _shown(one, step, saved)) is not None
    ]  # fmt: skip
    if not way or not checks:
        return None
    again = [Act(id=number(), verb="open", text=values.braced(start))]
    again += [Act(id=number(), verb=one.verb, target=one.target, text=one.text, row=one.row) for one in way]
    return Effect(kind="view", steps=tuple(again), checks=tuple(checks))


def _way(
    plan: Sequence[Node], steps: Sequence[Statement], evidence: dict[str, Evidence], page: str, last: int
) -> list[Act]:
    """The acts that led to that page the first time, if each of them only looked."""
    found: list[Act] = []
    if "*" not in page:
        return []
    for one, step in zip(plan[:last], steps[:last], strict=True):
        if not isinstance(step, Act) or not isinstance(one, One) or step.risk or step.verb not in _LOOKS:
            return []
        if step.verb == "fill" and not risk.searches(evidence.get(step.target)):
            return []
        found.append(step)
        if all(path(act.there) == page for act in one.acts.values()):
            return found
    return []


def _shown(one: One, step: Act, saved: One) -> Check | None:
    """What the page must say of that field, if it did after the record was saved, each time."""
    slot = one.text[0] if len(one.text) == 1 else ""
    if step.verb not in _ENTERED or step.row or not isinstance(slot, Slot) or not slot.needed or slot.kind == "secret":
        return None
    label = values.folded(one.first.thing.said) if one.first.thing is not None else ""
    for act in saved.acts.values():
        labels = [values.folded(pair.label) for pair in act.after.pairs()] if act.after is not None else []
        if not label or labels.count(label) != 1:
            return None
    return Check(kind="set" if step.verb == "set" else "holds", target=step.target, text=step.text)
