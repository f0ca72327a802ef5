"""Typing as a population types: hold and flight times by the class of a key and of the one before it.

What it is for: times that tell nobody's rhythm, made-up users for tests, an agent whose typing can be followed. It
does not imitate a person and is no way round a bot detector; how well one tells it from people is measured and said.

Rules of this module: what is kept are quantiles of a mixture of ten people or more, and four numbers that say how far
people, and a person's keys, are apart. A made-up typist is drawn from those; nobody in the data types like that but
by chance. Pauses of 2 s and more are not modelled. Times in ms.

Sources: `byhand.privacy.rhythm.population` for what is published (Dhakal et al. 2018 and others). The quantiles are
joined to a Gaussian copula: whoever is slow at one key is slow at the next (Gonzalez et al. 2021 for the shapes; the
copula is ours).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar, cast, get_args

import numpy as np
from numpy.typing import NDArray

from byhand.events.kinds import AnyEvent, Key, KeyClass
from byhand.models.behaviour.population import LEAST_PEOPLE, Numbers, Shape, enough, of_quantiles, shape
from byhand.privacy.rhythm.population import FLIGHT, HOLD, LONGEST_MS, LogLogistic

LONGEST_HOLD_MS = 1_000.0
_FEWEST = 5  # of a class by one person, or they don't count for it
_Sorted = TypeVar("_Sorted")
_CLASSES = cast("tuple[KeyClass, ...]", get_args(KeyClass))


class Presses(NamedTuple):
    """Keys struck one after the other, n of them. classes: n. down, up: (n,), ms, in order of going down."""

    classes: tuple[KeyClass, ...]
    down: Numbers
    up: Numbers


class Typist(NamedTuple):
    """A made-up person: how slow their flights and holds are, as standard normal scores of the population."""

    flight: float
    hold: float


class Spread(NamedTuple):
    """between: the share of variance that is between people, 0 to 1. after: how much one deviation of a person
    carries over to the next, -1 to 1.
    """

    between: float
    after: float


class Rhythm(NamedTuple):
    """flights by (class before, class), (None, class), (None, None); holds by class and None. Asked for what it
    hasn't, it falls back along that line. together: correlation of people's flights and holds.
    """

    flights: dict[tuple[KeyClass | None, KeyClass | None], Shape]
    holds: dict[KeyClass | None, Shape]
    flight: Spread
    hold: Spread
    together: float

    def typist(self, dice: np.random.Generator) -> Typist:
        """Somebody who doesn't exist."""
        one, other = dice.standard_normal(2).tolist()
        return Typist(one, self.together * one + (1 - self.together**2) ** 0.5 * other)

    def typed(self, classes: Sequence[KeyClass], dice: np.random.Generator, *, by: Typist | None = None) -> Presses:
        """These keys, struck from 0 ms on, by a made-up typist; the same `dice` give the same times."""
        by = by or self.typist(dice)
        flights = np.zeros(len(classes))
        flight_scores = _scores(len(classes), self.flight, by.flight, dice)
        hold_scores = _scores(len(classes), self.hold, by.hold, dice)
        holds = np.zeros(len(classes))
        pairs = list(zip((None, *classes), classes, strict=False))
        for pair in set(pairs[1:]):
            at = np.array([n > 0 and one == pair for n, one in enumerate(pairs)])
            flights[at] = self.flight_of(*pair).at(flight_scores[at])
        for cls in set(classes):
            at = np.array([one == cls for one in classes])
            holds[at] = self.holds.get(cls, self.holds[None]).at(hold_scores[at])
        down = np.cumsum(flights)
        return Presses(tuple(classes), down, down + holds)

    def flight_of(self, before: KeyClass | None, cls: KeyClass | None) -> Shape:
        """From `before` to `cls`, or what comes nearest."""
        return self.flights.get((before, cls)) or self.flights.get((None, cls)) or self.flights[None, None]


def published() -> Rhythm:
    """From the numbers the guard draws from. Of the spread of flights, 0.7 of their mean, 0.47 is between people, of
    holds 0.21 of 0.33 [Dhakal et al. 2018]; how far a deviation carries over, and whether flight and hold go
    together, is not published: 0.
    """
    at = np.linspace(0.02, 0.98, 25).tolist()

    def made(of: LogLogistic, most: float) -> Shape:
        return of_quantiles(at, [of.at(u) for u in at], most=most)

    flights: dict[tuple[KeyClass | None, KeyClass | None], Shape] = {
        pair: made(of, LONGEST_MS) for pair, of in FLIGHT.items()
    }
    flights[None, None] = flights["letter", "letter"]
    holds: dict[KeyClass | None, Shape] = {cls: made(of, LONGEST_HOLD_MS) for cls, of in HOLD.items()}
    holds[None] = holds["letter"]
    return Rhythm(flights, holds, Spread((0.47 / 0.7) ** 2, 0), Spread((0.21 / 0.33) ** 2, 0), 0)


def fit(people: Mapping[str, Sequence[Presses]]) -> Rhythm:
    """Mix people's typing. What they are called is not looked at.

    Raises:
        LearnError: there are fewer than ten of them who typed enough.
    """
    told = {name: tables for name, some in people.items() if len(tables := [_told(one) for one in some]) > 0}
    told = {name: tables for name, tables in told.items() if sum(len(table.flight) for table in tables) >= 20}
    enough(told)
    by_flight: dict[tuple[KeyClass | None, KeyClass | None], list[Numbers]] = {}
    by_hold: dict[KeyClass | None, list[Numbers]] = {}
    for tables in told.values():
        flight = np.concatenate([table.flight for table in tables])
        hold = np.concatenate([table.hold for table in tables])
        pair = np.concatenate([table.pair for table in tables])
        cls = np.concatenate([table.cls for table in tables])
        usual = (flight >= 0) & (flight < LONGEST_MS)
        _sort(by_flight, (None, None), flight[usual])
        for at, after in enumerate(_CLASSES):
            _sort(by_flight, (None, after), flight[usual & (pair % len(_CLASSES) == at)])
            _sort(by_hold, after, hold[cls == at])
        for code in np.unique(pair[usual]).tolist():
            _sort(by_flight, _pair(code), flight[usual & (pair == code)])
        _sort(by_hold, None, hold)
    flights = {key: shape(some, most=LONGEST_MS) for key, some in by_flight.items() if len(some) >= LEAST_PEOPLE}
    holds: dict[KeyClass | None, Shape] = {
        key: shape(some, most=LONGEST_HOLD_MS) for key, some in by_hold.items() if len(some) >= LEAST_PEOPLE
    }
    made = Rhythm(flights, holds, Spread(0, 0), Spread(0, 0), 0)
    flight_runs = [[_flight_scores(made, table) for table in tables] for tables in told.values()]
    hold_runs = [[_hold_scores(made, table) for table in tables] for tables in told.values()]
    together = np.corrcoef([_mean(runs) for runs in flight_runs], [_mean(runs) for runs in hold_runs])[0, 1]
    return made._replace(flight=_spread(flight_runs), hold=_spread(hold_runs), together=float(np.nan_to_num(together)))


def granted(events: Iterable[AnyEvent]) -> Presses:
    """The keys of a recording whose true time was granted; all others are left out, repeats too. What was not let go
    of is taken as held till the end.
    """
    down: list[tuple[KeyClass, float]] = []
    up: list[float] = []
    held: dict[str, list[int]] = {}
    last = 0.0
    for event in events:
        if not isinstance(event, Key) or not event.by.startswith("timing.") or event.repeat:
            continue
        last = event.mono_ns / 1e6
        key = f"{event.cls} {event.keysym} {event.keycode}"
        if event.down:
            held.setdefault(key, []).append(len(down))
            down.append((event.cls, last))
            up.append(np.inf)
        elif waiting := held.get(key):
            up[waiting.pop(0)] = last
    classes: tuple[KeyClass, ...] = tuple(cls for cls, _ in down)
    begun = np.array([at for _, at in down], dtype=np.float64)
    return Presses(classes, begun, np.minimum(np.array(up, dtype=np.float64), last))


Codes = NDArray[np.int64]


class _Table(NamedTuple):
    """flight, pair: (n - 1,); hold, cls: (n,). pair: class before times their number plus class."""

    flight: Numbers
    hold: Numbers
    pair: Codes
    cls: Codes


def _pair(code: int) -> tuple[KeyClass, KeyClass]:
    return _CLASSES[code // len(_CLASSES)], _CLASSES[code % len(_CLASSES)]


def _told(presses: Presses) -> _Table:
    cls = np.array([_CLASSES.index(one) for one in presses.classes], dtype=np.int64)
    pair = cls[:-1] * len(_CLASSES) + cls[1:]
    hold = np.clip(presses.up - presses.down, 1, LONGEST_HOLD_MS)
    return _Table(np.diff(presses.down), hold, pair, cls)


def _sort(into: dict[_Sorted, list[Numbers]], key: _Sorted, times: Numbers) -> None:
    if len(times) >= _FEWEST:
        into.setdefault(key, []).append(times)


def _flight_scores(model: Rhythm, table: _Table) -> Numbers:
    """Scores of flights in their order; nan for a pause."""
    told = np.full(len(table.flight), np.nan)
    usual = (table.flight >= 0) & (table.flight < LONGEST_MS)
    for code in np.unique(table.pair).tolist():
        at = usual & (table.pair == code)
        told[at] = model.flight_of(*_pair(code)).score(table.flight[at])
    return told


def _hold_scores(model: Rhythm, table: _Table) -> Numbers:
    told = np.zeros(len(table.hold))
    codes: list[int] = np.unique(table.cls).tolist()
    for code in codes:
        at = np.flatnonzero(table.cls == code)
        told[at] = model.holds.get(_CLASSES[code], model.holds[None]).score(table.hold[at])
    return told


def _mean(runs: Sequence[Numbers]) -> float:
    return float(np.nanmean(np.concatenate(runs)))


def _spread(people: Sequence[Sequence[Numbers]]) -> Spread:
    """Variance components, each person weighing the same."""
    within: list[float] = []
    after: list[float] = []
    for runs in people:
        off = [run - _mean(runs) for run in runs]
        var = float(np.nanmean(np.concatenate(off) ** 2))
        pairs = np.concatenate([run[1:] * run[:-1] for run in off])
        within.append(var)
        after.append(float(np.nanmean(pairs)) / max(1e-9, var) if len(pairs) else 0.0)
    between = float(np.var([_mean(runs) for runs in people]))
    return Spread(between / max(1e-9, between + float(np.mean(within))), float(np.clip(np.mean(after), -0.9, 0.9)))


def _scores(n: int, spread: Spread, person: float, dice: np.random.Generator) -> Numbers:
    """As many standard normal scores of one typist: their own, and a deviation that carries over."""
    fresh = dice.standard_normal(n)
    carried = np.empty(n)
    at = 0.0
    rest = (1 - spread.after**2) ** 0.5
    for place, one in enumerate(fresh.tolist()):
        at = one if place == 0 else spread.after * at + rest * one
        carried[place] = at
    return spread.between**0.5 * person + (1 - spread.between) ** 0.5 * carried
