"""Are made hands like people's? Models of typing and of the pointer, on people they were not fitted to.

Rules of this module: data is read by path; what is fitted to it here is measured and thrown away, never shipped. Beside
each figure of a model stand those of simpler ones, and of the published parameters, whichever way it comes out. There
is nothing to reach: a model that can't be told from people is not what this is for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from byhand.evals.behaviour import detector, pointing, typing
from byhand.evals.behaviour.detector import Interval
from byhand.evals.behaviour.distance import between
from byhand.evals.figure import Figure
from byhand.evals.rhythm.people import People, aalto, cmu
from byhand.models.behaviour import pointer, rhythm
from byhand.models.behaviour.pointer import Way
from byhand.models.behaviour.population import LEAST_PEOPLE, Numbers

_LEARNED = 0.6
_SAMPLES = {"cmu": 60, "aalto": 15}  # of each person, evenly over all they typed; a password is short
_TYPISTS = 6  # made-up typists for each person held out, or a few slow ones among them would be the distance
_SEED = 3


def measure(data: Path, *, people: int = 10_000) -> list[Figure]:
    """All figures.

    Args:
        data: holds `cmu-keystroke`, `aalto-keystroke`, `balabit-mouse`; what is not there gives no figure.
        people: at most so many of each who type.
    """
    found: list[Figure] = []
    for name, table in (
        ("cmu", cmu(data / "cmu-keystroke", most=240)),
        ("aalto", aalto(data / "aalto-keystroke", most=people)),
    ):
        first = dict(list(table.items())[:people])
        if len(first) * _LEARNED >= LEAST_PEOPLE:
            found += of_typing(first, name)
    ways = pointing.balabit(data / "balabit-mouse")
    if len(ways) >= LEAST_PEOPLE:
        found += of_pointing(ways, "balabit")
    return found


def of_typing(people: People, name: str) -> list[Figure]:
    """A model of six in ten of these people, judged on the others."""
    table = typing.told(people, most=_SAMPLES[name])
    order: list[int] = np.random.default_rng(_SEED).permutation(len(table)).tolist()
    cut, names = int(len(table) * _LEARNED), list(table)
    learned = {names[n]: table[names[n]] for n in order[:cut]}
    others = [table[names[n]] for n in order[cut:]]
    makers = {
        "model": (typing.by_model(rhythm.fit(learned)), _TYPISTS, "our model, fitted"),
        "published": (typing.by_model(rhythm.published()), _TYPISTS, "our model, published parameters"),
        "drawn": (typing.by_drawing(list(learned.values())), 1, "times of the others, drawn one by one"),
        "lognormal": (typing.by_one_log_normal(list(learned.values())), 1, "one log-normal"),
    }
    looks = [typing.looks(samples) for samples in others]
    note = f"{len(learned)} people learned from, {len(others)} held out, {_SAMPLES[name]} samples of each at most"
    found: list[Figure] = []
    for way, (maker, typists, what) in makers.items():
        dice = np.random.default_rng(_SEED)
        made = [[maker(samples, dice) for samples in others] for _ in range(typists)]
        every = [samples for one in made for samples in one]
        for part, times in (("hold", typing.holds), ("flight", typing.flights)):
            real = [times(samples) for samples in others]
            found += _apart(
                f"typing {name} {part}", way, f"{part}s, {what}", real, [times(samples) for samples in every], note
            )
        said = detector.tried(looks, [typing.looks(samples) for samples in made[0]])
        tried = sum(map(len, looks[1::2]))
        found.append(
            _figure(
                f"typing {name} AUC", way, f"a detector by 40 keys, {what}: AUC", "share", tried, said, "lower", note
            )
        )
    return found


def of_pointing(people: Mapping[str, Sequence[Way]], name: str) -> list[Figure]:
    """A model of every other way of these people, judged on the rest. With ten people nobody can be held out."""
    seen = {who: [pointing.coarse(way) for way in ways] for who, ways in people.items()}
    learned = {who: ways[::2] for who, ways in seen.items()}
    others = [ways[1::2] for ways in seen.values()]
    note = (
        f"{len(others)} people, learned from one half of their ways, judged on the other; targets taken as 32 px wide"
    )
    found = _fitts(others, name, "real", "people's ways", note)
    looks = [pointing.looks(ways) for ways in others]
    real_bits, real_times = pointing.means(*_law(others))
    n = sum(map(len, others))
    for way, model, what in (
        ("model", pointer.fit(learned, width=pointing.WIDTH_PX), "our model, fitted"),
        ("published", pointer.PUBLISHED, "our model, published parameters"),
    ):
        dice = np.random.default_rng(_SEED)
        made = [[_again(one, model, dice) for one in ways] for ways in others]
        found += _fitts(made, name, way, what, note)
        told = pointing.told(real_times, model.a + model.b * real_bits)
        spread = [
            pointing.told(times, model.a + model.b * bits)
            for bits, times in (pointing.means(*_law(some)) for some in _again_drawn(others))
        ]
        found.append(
            _figure(
                f"pointer {name} law", way, f"mean times by half bit told by Fitts' law of {what}: R2", "R2",
                n, (told, *np.quantile(spread, (0.025, 0.975)).tolist()), "higher", note,
            )
        )  # fmt: skip
        found += _apart(
            f"pointer {name} time", way, f"how long ways take, {what}", [_law([ways])[1] * 1_000 for ways in others],
            [_law([ways])[1] * 1_000 for ways in made], note, unit=10, most=5_000,
        )  # fmt: skip
        said = detector.tried(looks, [pointing.looks(ways) for ways in made])
        tried = sum(map(len, looks[1::2]))
        found.append(
            _figure(
                f"pointer {name} AUC", way, f"a detector by one way, {what}: AUC", "share", tried, said, "lower", note
            )
        )
    return found


def _again(way: Way, model: pointer.Pointing, dice: np.random.Generator) -> Way:
    """Between the same places, seen as coarsely."""
    begin, end = (float(way.x[0]), float(way.y[0])), (float(way.x[-1]), float(way.y[-1]))
    return pointing.coarse(model.way(begin, end, pointing.WIDTH_PX, dice))


def _law(people: Sequence[Sequence[Way]]) -> tuple[Numbers, Numbers]:
    ways = [way for some in people for way in some if way.distance]
    return (
        np.array([pointer.difficulty(way.distance, pointing.WIDTH_PX) for way in ways]),
        np.array([float(way.t[-1]) for way in ways]),
    )


def _again_drawn(people: Sequence[Sequence[Way]], draws: int = 100) -> list[list[Sequence[Way]]]:
    dice = np.random.default_rng(5)
    return [[people[n] for n in dice.integers(len(people), size=len(people)).tolist()] for _ in range(draws)]


def _fitts(people: Sequence[Sequence[Way]], name: str, way: str, what: str, note: str) -> list[Figure]:
    """How much of the time Fitts' law explains, way by way and in means of half bits."""
    drawn = [_law(some) for some in _again_drawn(people)]
    bits, times = _law(people)
    rows: list[Figure] = []
    for row, how, value, some in (
        ("each", "way by way", pointing.r2(bits, times), [pointing.r2(*one) for one in drawn]),
        ("R2", "in means of half bits", pointing.r2(*pointing.means(bits, times)),
         [pointing.r2(*pointing.means(*one)) for one in drawn]),
    ):  # fmt: skip
        interval = (value, *np.quantile(some, (0.025, 0.975)).tolist())
        rows.append(
            _figure(f"pointer {name} Fitts {row}", way, f"{what}, {how}: R2", "R2", len(bits), interval, "higher", note)
        )
    return rows


def _apart(
    row: str, way: str, what: str, real: Sequence[Numbers], made: Sequence[Numbers], note: str,
    *, unit: float = 1.0, most: float = 2_000.0,
) -> list[Figure]:  # fmt: skip
    ks, wasserstein = between(real, made, unit=unit, most=most)
    n = sum(map(len, real))
    return [
        _figure(f"{row} KS", way, f"{what}: Kolmogorov-Smirnov distance", "share", n, ks, "lower", note),
        _figure(f"{row} W", way, f"{what}: Wasserstein distance", "ms", n, wasserstein, "lower", note),
    ]


def _figure(row: str, way: str, what: str, unit: str, n: int, said: Interval, better: str, note: str) -> Figure:
    value, low, high = said
    return Figure(
        f"{row} {way}", what, round(value, 3), unit, n, round(min(low, value), 3), round(max(high, value), 3), None,
        "higher" if better == "higher" else "lower", "", note,
    )  # fmt: skip
