"""Demonstrations of one chore become a program. Pure, and the same each time."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.words import instruction
from byhand.workflows.compiling import values
from byhand.workflows.compiling.aligning import planned
from byhand.workflows.compiling.assigning import SURE, Assigning
from byhand.workflows.compiling.doing import Did, acts
from byhand.workflows.compiling.effects import effect
from byhand.workflows.compiling.folding import folded
from byhand.workflows.compiling.forking import forked, settled
from byhand.workflows.compiling.outcomes import Outcomes, identity, path
from byhand.workflows.compiling.plan import Node, ones
from byhand.workflows.compiling.returning import returned
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.splitting import split
from byhand.workflows.compiling.targets import Targets
from byhand.workflows.compiling.windows import chosen, nameless
from byhand.workflows.compiling.writing import Writing, risked, risks
from byhand.workflows.file import numbered
from byhand.workflows.program import Effect, Workflow


def make(demonstrations: Sequence[Shown], name: str, *, grant: str = "") -> Workflow:
    """The program of these demonstrations.

    Args:
        demonstrations: of one chore, each with other values.
        name: what the program is called.
        grant: they were kept under.

    Raises:
        ValueError: there is none, or nothing is done in one of them.
    """
    parts = [(shown.episode.id, part) for shown in demonstrations for part in split(folded(chosen(acts(shown))))]
    demos = [part for _, part in parts]
    if not demos or not all(demos):
        raise ValueError("nothing is done in a demonstration")
    asks: list[str] = []
    start = _start(demos, asks)
    plan = planned(demos)
    assigning = Assigning(plan, len(demos))
    slots = assigning.all()
    settled(slots)
    forked(plan, slots)
    slots.named()
    every = [act for demo in demos for act in demo]
    outcomes = Outcomes(slots, every)
    targets = Targets(outcomes.records)
    writing = Writing(slots, targets, outcomes, [name for name, _ in parts])
    steps = writing.statements(plan)
    own = identity(slots, list(ones(plan)))
    steps = risked(steps, {one.called: one for one in targets.evidence()})
    effects = _effects(plan, slots, own, writing, deletes=risks(steps)[-1:] == ["deletes"])
    evidence = targets.evidence()
    if not effects:
        known = {one.called: one for one in evidence}
        effects = tuple(filter(None, (returned(plan, steps, known, start, writing.id),)))
    if not effects:
        asks.append("where the result can be read back is not known: show the list in which it stands, once it is done")
    asks += [*assigning.asks, *writing.asks, *_more(slots, len(demos)), *nameless(evidence)]
    return numbered(Workflow(
        name=name, about=_about(demonstrations, demos, slots), start=start,
        sites=tuple(dict.fromkeys(site for act in every for site in (act.origin, act.inner) if site)),
        apps=tuple(dict.fromkeys(act.app for act in every if act.app and not act.origin)),
        parameters=slots.parameters(), identity=tuple(slots.reference(slot) for slot in own), steps=steps,
        targets=evidence, effects=effects, asks=tuple(dict.fromkeys(asks)),
        episodes=tuple(one.episode.id for one in demonstrations), grant=grant,
    ))  # fmt: skip


def _start(demos: list[list[Did]], asks: list[str]) -> str:
    """Where all begin; what only leads there is taken off."""
    pages: list[str] = []
    for demo in demos:
        first = demo[0]
        if first.verb == "open" and len(demo) > 1:
            demo.pop(0)
            first = demo[0] if demo[0].origin else first
        pages.append(first.origin + first.here if first.origin else first.app)
    page = pages[0] if len(set(pages)) == 1 else ""
    if not page:
        asks.append("the demonstrations begin at different places: begin the next one where the others do")
        page = pages[0]
    if "*" in path(page):
        asks.append(
            "it begins at a page whose address is not known whole: begin the next one at a page of a fixed address"
        )
        page = page[: path(page).index("*")]
    return page


def _effects(
    plan: Sequence[Node], slots: Slots, own: Sequence[Slot], writing: Writing, *, deletes: bool
) -> tuple[Effect, ...]:
    found = effect(plan, slots, own, writing.slot, writing.known, writing.id, deletes=deletes)
    return () if found is None else (found,)


def _more(slots: Slots, demos: int) -> list[str]:
    """What the demonstrations leave open."""
    found: list[str] = []
    choices = [slot for slot in slots.all if slot.kind in ("choice", "flag") and not slot.scope]
    if demos == 1:
        found.append("it was shown once: show it again with other values, so that loops and conditions can be told")
    elif demos < SURE and choices:
        names = ", ".join(slot.name for slot in choices)
        found.append(f"whether {names} is the same each time is not known: show it once more")
    if twins := [slots.reference(slot) for slot in slots.all if slot.other == "row" and not slot.needed]:
        found.append(f"two may be called the same: where that is so, give {' or '.join(twins)} too")
    for slot in slots.all:
        texts = [value.text for value in slot.values.values() if value.known]
        if slot.kind == "date" and values.date_format(texts) and values.either_way(texts):
            found.append(
                f"whether day or month comes first in {slots.reference(slot)} is not known: show one after the 12th"
            )
        if slot.kind == "number" and texts and not values.number_format(texts):
            found.append(f"how {slots.reference(slot)} is written can be read in two ways: show one with decimals")
    return found


def _about(demonstrations: Sequence[Shown], demos: Sequence[Sequence[Did]], slots: Slots) -> str:
    """The person's own words where they hold no value, else what is done."""
    known = [value.text for slot in slots.all for value in slot.values.values() if value.known and len(value.text) > 1]
    for shown in demonstrations:
        told = shown.episode.instruction
        if shown.episode.by == "person" and told and not any(values.holds(told, text) for text in known):
            return told
    pressed = (act.thing for act in reversed(demos[0]) if act.verb == "press" and act.thing is not None)
    last = next((thing.stem or thing.name for thing in pressed if thing.named and thing.name), "")
    last = "" if any(values.holds(last, text) for text in known) else last
    fills = sum(act.verb in ("fill", "choose", "set") for act in demos[0])
    if fills and last:
        return f"Fill in {fills} {'field' if fills == 1 else 'fields'} and press {last}"
    return f"Press {last}" if last else instruction([])
