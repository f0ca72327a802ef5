"""Can a person be known by their typing, once the guard has told it in its own time?

Rules of this module: data is read by path and measured on, nothing is fitted to it. Each row is that of the attacker
who does better: the lower equal error rate, the higher rank-1 rate. numpy is asked for only when it is measured.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from byhand.evals.figure import Figure
from byhand.evals.rhythm.people import People, aalto, cmu, coarse, drawn

if TYPE_CHECKING:
    from byhand.evals.rhythm.attack import Rate, Result

EER_REACH = 45.0
RANK1_REACH = 2.0
"""Times chance."""

_WAYS = ("manhattan", "discriminant")
_SEED = b"byhand eval timing"
_QUANTISING = "quantising to 50 ms 3.3 %, to 100 ms 5.3 % (1,165 people, another attacker)"


def measure(data: Path, *, people: int = 10_000) -> list[Figure]:
    """All figures on typing rhythm.

    Args:
        data: holds `cmu-keystroke` and `aalto-keystroke`; what is not there gives no figure.
        people: at most so many of each.
    """
    found: list[Figure] = []
    if passwords := _first(cmu(data / "cmu-keystroke", most=200), people):
        found += _table(passwords, "cmu", "one password of 11 keys")
    if sentences := _first(aalto(data / "aalto-keystroke", most=people), people):
        found += _table(sentences, "aalto", "one sentence from sight")
        found += _guard(sentences)
        found += fit(sentences)
    return found


def _first(people: People, most: int) -> People:
    return dict(list(people.items())[:most])


def rates(people: People, *, at_once: int = 1) -> tuple[Result, Result]:
    """The attack by whoever has the lower equal error rate, and by whoever has the higher rank-1 rate."""
    from byhand.evals.rhythm.attack import attack  # noqa: PLC0415  # numpy

    both = [attack(people, way=way, at_once=at_once) for way in _WAYS]
    return min(both, key=lambda result: result.eer.value), max(both, key=lambda result: result.rank1.value)


def _table(people: People, name: str, look: str) -> list[Figure]:
    found: list[Figure] = []
    for what, made in (("raw", people), ("50 ms", coarse(people, 50)), ("100 ms", coarse(people, 100))):
        found += _pair(made, f"{name} {what}", f"typing re-identified, {what}, by {look}", reached=False)
    made = drawn(people, _SEED)
    return found + _pair(made, f"{name} drawn", f"typing re-identified after `byhand guard timing`, by {look}")


def _guard(people: People) -> list[Figure]:
    """What the recorder's guard lets through, with all else that its events tell."""
    from byhand.evals.rhythm.through import through_the_guard  # noqa: PLC0415  # a guard is not needed for a table

    kept = through_the_guard(people, _SEED)
    what = "typing re-identified from a guarded recording's events, by one sentence"
    found = _pair(kept, "aalto guard", what)
    found += _pair(
        kept, "aalto guard x5", what.replace("one sentence", "five sentences at once"), at_once=5, reached=False
    )
    # The same keys with times that know nothing of anybody: what is left is which kinds of keys somebody uses.
    blank = {
        name: [[stroke._replace(down=100.0 * n, up=100.0 * n + 50) for n, stroke in enumerate(one)] for one in samples]
        for name, samples in kept.items()
    }
    what = "the same from the kinds of keys alone, their times drawn without looking at the person's"
    return found + _pair(drawn(blank, _SEED), "aalto kinds alone x5", what, at_once=5, reached=False)


def _pair(people: People, row: str, what: str, *, at_once: int = 1, reached: bool = True) -> list[Figure]:
    worst, first = rates(people, at_once=at_once)
    note = f"{worst.looks} looks at {worst.people} people; the attacker enrols on what is protected the same way"
    best = _QUANTISING if reached else ""
    eer_reach, rank1_reach = (EER_REACH, RANK1_REACH * first.chance) if reached else (None, None)
    return [
        _figure(
            f"typing EER {row}", f"{what}: equal error rate", worst.eer, worst.looks, eer_reach, "higher", best, note
        ),
        _figure(
            f"typing rank-1 {row}", f"{what}: right at first guess", first.rank1, first.looks, rank1_reach, "lower", "",
            f"chance is {first.chance:.2f} %; {note}",
        ),
    ]  # fmt: skip


def _figure(row: str, what: str, rate: Rate, n: int, reach: float | None, better: str, best: str, note: str) -> Figure:
    low, high = min(rate.low, rate.value), max(rate.high, rate.value)
    way = "higher" if better == "higher" else "lower"
    return Figure(row, what, round(rate.value, 2), "%", n, round(low, 2), round(high, 2), reach, way, best, note)


def fit(people: People) -> list[Figure]:
    """How far the population model is from these people's times. It was made without them."""
    from byhand.evals.rhythm.distance import between  # noqa: PLC0415  # numpy

    told = drawn(people, _SEED)
    found: list[Figure] = []
    for name, times in (("hold", holds), ("letter flight", flights)):
        true, made = times(people), times(told)
        apart = between(true, made)
        note = f"Wasserstein {apart.wasserstein:.0f} ms; means {apart.means[0]:.0f} and {apart.means[1]:.0f} ms"
        found.append(
            Figure(
                f"timing fit {name}", f"drawn and true {name}s of a population: Kolmogorov-Smirnov distance",
                round(apart.ks, 3), "share", len(true), round(apart.low, 3), round(apart.high, 3), None, "lower",
                "", note + "; never used to fit the model",
            )
        )  # fmt: skip
    for name, table in (("true", people), ("drawn", told)):
        share, of = lockstep(table)
        found.append(
            Figure(
                f"timing lockstep {name}", f"{name} flights equal to the one before, to the ms", round(share, 4),
                "share", of, 0.0, 1.0, None, "lower", "", "none is negative" if usable(table) else "some are negative",
            )
        )  # fmt: skip
    return found


def holds(people: People) -> list[float]:
    """All times keys were held."""
    return [stroke.up - stroke.down for samples in people.values() for sample in samples for stroke in sample]


def flights(people: People) -> list[float]:
    """All flights from letter to letter."""
    return [
        b.down - a.down
        for samples in people.values()
        for sample in samples
        for a, b in pairwise(sample)
        if a.cls == b.cls == "letter" and b.down - a.down < 2_000
    ]


def lockstep(people: People) -> tuple[float, int]:
    """The share of flights equal to the one before them, and how many there are."""
    all_of = [
        round(c.down - b.down) == round(b.down - a.down)
        for samples in people.values()
        for sample in samples
        for a, b, c in zip(sample, sample[1:], sample[2:], strict=False)
    ]
    return sum(all_of) / max(1, len(all_of)), len(all_of)


def usable(people: People) -> bool:
    """No key goes up before it went down, and none down before the one before it."""
    return all(
        stroke.up >= stroke.down and (n == 0 or stroke.down >= sample[n - 1].down)
        for samples in people.values()
        for sample in samples
        for n, stroke in enumerate(sample)
    )
