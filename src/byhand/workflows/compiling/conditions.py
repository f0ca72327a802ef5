"""What a difference hung on: the simplest condition over what was known that parts who did it from the rest. Pure.

What was pressed and was only there for some comes first; then the choice, box or text that comes back on one side; then
a number or a date, parted at the roundest one between. What fits besides makes it unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Owner
from byhand.workflows.compiling.plan import Fork, Found, One, ones
from byhand.workflows.compiling.slots import Slot, Slots

_PRESSES = frozenset({"press", "press twice", "press right", "hover"})


def fitting(slots: Slots, fork: Fork, scope: str) -> list[Found]:
    """All that fit, the likeliest first. `given` is not among them: see `given`."""
    found: list[tuple[float, Found]] = []
    if (seen := _sees(fork)) is not None:
        found.append((9.0, seen))
    known = [slot for slot in slots.visible(scope) if slot.kind not in ("secret", "file") and _everywhere(slot, fork)]
    for slot in known:
        one = parting(slot, fork)
        if one is not None:
            found.append((_strength(one, slot, fork), one))
    return [one for _, one in sorted(found, key=lambda told: -told[0])]


def parting(slot: Slot, fork: Fork) -> Found | None:
    """The condition over that slot, if one fits."""
    if slot.kind in ("choice", "flag"):
        return _is(slot, fork)
    return _parted(slot, fork) if slot.kind in ("number", "date") else _text(slot, fork)


def _strength(found: Found, slot: Slot, fork: Fork) -> float:
    """How little it looks like chance: what comes back on one side says more than an order of numbers does."""
    if found.relation in ("over", "at least", "under", "at most"):
        return 0.6 if slot.kind == "number" else 0.5
    done, rest = _texts(slot, fork.done), _texts(slot, fork.rest)
    return float(len(done) + len(rest) - len(set(done)) - len(set(rest)))


def given(fork: Fork) -> Found | None:
    """It has a value that only those have who did it."""
    own = _own(fork)
    return Found("given", own) if own is not None else None


def _own(fork: Fork) -> Slot | None:
    """A value that only those have who did it."""
    used = [part for one in ones(fork.steps) for part in one.text if isinstance(part, Slot)]
    return next((slot for slot in used if not slot.read and all(slot.of(owner) is None for owner in fork.rest)), None)


def _everywhere(slot: Slot, fork: Fork) -> bool:
    return all((value := slot.of(owner)) is not None and value.known for owner in (*fork.done, *fork.rest))


def _texts(slot: Slot, owners: Iterable[Owner]) -> list[str]:
    return [value.text for owner in sorted(owners) if (value := slot.of(owner)) is not None]


def _sees(fork: Fork) -> Found | None:
    """What they pressed first was there for them, and not for the others when they went on without it."""
    first = fork.steps[0] if fork.steps else None
    if not isinstance(first, One) or first.first.verb not in _PRESSES or first.first.thing is None:
        return None
    on = first.first.thing
    if not on.name:
        return None
    there = [act.before for act in first.acts.values()]
    other = fork.other[0] if fork.other else None
    gone = [
        act.before
        for owner in fork.rest
        if (act := (other.acts.get(owner) if isinstance(other, One) else fork.after.get(owner))) is not None
    ]
    if len(gone) < len(fork.rest) or any(one is None for one in (*there, *gone)):
        return None
    shown = all(one is not None and one.find(on.role, on.name) >= 0 for one in there)
    missing = all(one is not None and one.find(on.role, on.name) < 0 for one in gone)
    return Found("sees", None, target=first) if shown and missing else None


def _is(slot: Slot, fork: Fork) -> Found | None:
    done, rest = set(_texts(slot, fork.done)), set(_texts(slot, fork.rest))
    if done & rest:
        return None
    if slot.kind == "flag":
        return Found("is", slot, done.pop()) if len(done) == 1 else None
    if len(done) == 1:
        return Found("is", slot, done.pop())
    return Found("is not", slot, rest.pop()) if len(rest) == 1 else None


def _text(slot: Slot, fork: Fork) -> Found | None:
    """Texts are mostly each another; only one that comes back says something."""
    done, rest = _texts(slot, fork.done), _texts(slot, fork.rest)
    if len(done) > 1 and len(set(done)) == 1 and done[0] not in rest:
        return Found("is", slot, done[0])
    return None


def _parted(slot: Slot, fork: Fork) -> Found | None:
    read = _number if slot.kind == "number" else _day
    done, rest = read(slot, fork.done), read(slot, fork.rest)
    if not done or not rest:
        return None
    if min(done) > max(rest):
        return _at(slot, max(rest), min(done), over=True)
    if max(done) < min(rest):
        return _at(slot, max(done), min(rest), over=False)
    return None


def _at(slot: Slot, low: Decimal, high: Decimal, *, over: bool) -> Found:
    if slot.kind == "date":
        relation = "at least" if over else "under"
        return Found(relation, slot, _iso(_month(low, high)), open=_days_between(low, high), turned=not over)
    edge = roundest(low, high)
    return Found("over" if over else "at most", slot, _plain(edge), open=between(low, high), turned=not over)


def between(low: Decimal, high: Decimal) -> tuple[str, str]:
    """Two round numbers within which nothing was shown, so that neither is one that was; ("", "") if there are none."""
    for digits in range(1, 8):
        step = Decimal(10) ** ((high if abs(high) > abs(low) else low).adjusted() - digits)
        above = (low / step).to_integral_value(ROUND_FLOOR) * step + step
        below = (high / step).to_integral_value(ROUND_CEILING) * step - step
        if low < above < below < high:
            return _plain(above), _plain(below)
    return "", ""


def _month(low: Decimal, high: Decimal) -> Decimal:
    """The first of a month after `low` and up to `high`, where there is one."""
    day = date.fromordinal(int(high)).replace(day=1)
    return Decimal(day.toordinal()) if day.toordinal() > low else high


def _days_between(low: Decimal, high: Decimal) -> tuple[str, str]:
    return (_iso(low + 1), _iso(high - 1)) if high - low > 3 else ("", "")


def _iso(edge: Decimal) -> str:
    return date.fromordinal(int(edge)).isoformat()


def _plain(edge: Decimal) -> str:
    return f"{edge.normalize():f}"


def _number(slot: Slot, owners: Iterable[Owner]) -> list[Decimal]:
    found = [values.number(text) for text in _texts(slot, owners)]
    return [] if any(one is None for one in found) else [one for one in found if one is not None]


def _day(slot: Slot, owners: Iterable[Owner]) -> list[Decimal]:
    texts = [value.text for value in slot.values.values() if value.known]
    shape = values.date_format(texts)
    found = [values.day(text, shape) for text in _texts(slot, owners)] if shape else [None]
    return [] if any(one is None for one in found) else [Decimal(one.toordinal()) for one in found if one is not None]


def roundest(low: Decimal, high: Decimal) -> Decimal:
    """The number from `low` on and below `high` that a rule would name: a power of ten, or one of few digits."""
    tens = [ten for ten in (Decimal(10) ** place for place in range(15)) if low <= ten < high]
    if tens:
        return tens[len(tens) // 2]
    for place in range(15, -7, -1):
        for step in (Decimal(10) ** place, 5 * Decimal(10) ** (place - 1)):
            edge = (low / step).to_integral_value(ROUND_CEILING) * step
            if low <= edge < high:
                return edge
    return low


def sentence(found: Found, slots: Slots) -> str:
    """A condition in words, for a person: with names and the edge, and without anything that was read."""
    if found.relation == "sees":
        on = found.target.first.thing if found.target else None
        return f'"{on.name if on else ""}" is there'
    name = slots.reference(found.left) if found.left else ""
    if found.left is not None and found.left.kind in ("date", "text") and found.relation != "given":
        if found.left.kind == "text":
            return f"{name} is a certain one"
        return f"{name} is {'late' if found.relation == 'at least' else 'early'}"
    return f"{name} is given" if found.relation == "given" else f"{name} {_verb(found.relation)} {found.right}"


def _verb(relation: str) -> str:
    return relation if relation.startswith("is") else f"is {relation}"


def to_show(found: Sequence[Found], slots: Slots) -> Iterator[str]:
    """What to show next, so that fewer conditions fit."""
    best = found[0] if found else None
    if best is not None and best.left is not None and best.open[0]:
        yield f"show one with {slots.reference(best.left)} between {best.open[0]} and {best.open[1]}"
    for other in found[1:2]:
        if best is not None:
            yield f"show one in which {sentence(best, slots)} but not {sentence(other, slots)}"
