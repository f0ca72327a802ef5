"""Typing, looked at: which people, what simple models would make of them, and by what a detector looks.

Rules of this module: a table of people is cut into those who are learned from and those who are held out; nobody is
in both. Three ways to make times for the same keys: our model, times drawn one by one from the people learned from,
and one log-normal of holds and one of flights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from byhand.evals.rhythm.people import People
from byhand.events.kinds import KeyClass
from byhand.models.behaviour.population import Numbers
from byhand.models.behaviour.rhythm import LONGEST_HOLD_MS, Presses, Rhythm
from byhand.privacy.rhythm.population import LONGEST_MS

Made = Callable[[Sequence[Presses], np.random.Generator], list[Presses]]
"""One person's samples as a pattern of keys, made anew."""

_LOOK = 40  # keys a detector looks at


def told(people: People, *, most: int) -> dict[str, list[Presses]]:
    """Of each person `most` samples, evenly over all they typed."""
    found: dict[str, list[Presses]] = {}
    for name, samples in people.items():
        step = max(1, len(samples) // most)
        found[name] = [
            Presses(
                tuple(stroke.cls for stroke in sample),
                np.array([stroke.down for stroke in sample], dtype=np.float64),
                np.array([stroke.up for stroke in sample], dtype=np.float64),
            )
            for sample in samples[::step][:most]
        ]
    return found


def holds(samples: Sequence[Presses]) -> Numbers:
    """All holds, ms."""
    return np.concatenate([np.clip(one.up - one.down, 1, LONGEST_HOLD_MS) for one in samples])


def flights(samples: Sequence[Presses]) -> Numbers:
    """All flights that are no pause, ms."""
    every = np.concatenate([np.diff(one.down) for one in samples])
    return every[(every >= 0) & (every < LONGEST_MS)]


def by_model(model: Rhythm) -> Made:
    """One made-up typist for each person."""

    def made(samples: Sequence[Presses], dice: np.random.Generator) -> list[Presses]:
        who = model.typist(dice)
        return [model.typed(one.classes, dice, by=who) for one in samples]

    return made


def by_drawing(people: Sequence[Sequence[Presses]]) -> Made:
    """Each time is one of somebody's, from the same class of key or pair where there are some."""
    held: dict[KeyClass, list[Numbers]] = {}
    flown: dict[tuple[KeyClass, KeyClass], list[Numbers]] = {}
    for samples in people:
        for one in samples:
            for cls, hold in zip(one.classes, np.clip(one.up - one.down, 1, LONGEST_HOLD_MS), strict=True):
                held.setdefault(cls, []).append(hold)
            for before, cls, flight in zip(one.classes, one.classes[1:], np.diff(one.down), strict=False):
                if 0 <= flight < LONGEST_MS:
                    flown.setdefault((before, cls), []).append(flight)
    some_holds = {cls: np.array(times) for cls, times in held.items()}
    some_flights = {pair: np.array(times) for pair, times in flown.items()}
    any_hold, any_flight = np.concatenate([*some_holds.values()]), np.concatenate([*some_flights.values()])

    def made(samples: Sequence[Presses], dice: np.random.Generator) -> list[Presses]:
        return [
            _of(
                one,
                [dice.choice(some_holds.get(cls, any_hold)) for cls in one.classes],
                [
                    dice.choice(some_flights.get(pair, any_flight))
                    for pair in zip(one.classes, one.classes[1:], strict=False)
                ],
            )
            for one in samples
        ]

    return made


def by_one_log_normal(people: Sequence[Sequence[Presses]]) -> Made:
    """The same two distributions for all keys."""
    hold = np.log(np.concatenate([holds(samples) for samples in people]))
    flight = np.log(np.maximum(1, np.concatenate([flights(samples) for samples in people])))

    def made(samples: Sequence[Presses], dice: np.random.Generator) -> list[Presses]:
        return [
            _of(
                one,
                np.minimum(LONGEST_HOLD_MS, dice.lognormal(hold.mean(), hold.std(), len(one.classes))),
                np.minimum(LONGEST_MS - 1, dice.lognormal(flight.mean(), flight.std(), len(one.classes) - 1)),
            )
            for one in samples
        ]

    return made


def looks(samples: Sequence[Presses]) -> Numbers:
    """What a detector sees of each 40 keys or more: mean and spread of the logs of holds and flights, how much one
    flight, and one hold, is like the one before, whether hold and flight go together, the share of keys not let go
    of when the next goes down, and the skew of flights. (n, 9). Times are rounded to the ms, as tables have them.
    """
    rows: list[list[float]] = []
    held: list[Numbers] = []
    flown: list[Numbers] = []
    over: list[Numbers] = []
    for one in samples:
        down, up = np.round(one.down), np.round(one.up)
        usual = (np.diff(down) >= 0) & (np.diff(down) < LONGEST_MS)
        held.append(np.log(np.clip(up - down, 1, LONGEST_HOLD_MS))[1:][usual])
        flown.append(np.log(np.maximum(1, np.diff(down)[usual])))
        over.append((up[:-1] > down[1:])[usual].astype(np.float64))
        if sum(map(len, flown)) >= _LOOK:
            rows.append(_features(np.concatenate(held), np.concatenate(flown), np.concatenate(over)))
            held, flown, over = [], [], []
    return np.array(rows).reshape(-1, 9)


def _features(hold: Numbers, flight: Numbers, over: Numbers) -> list[float]:
    off = (flight - flight.mean()) / max(1e-6, float(flight.std()))
    firm = (hold - hold.mean()) / max(1e-6, float(hold.std()))
    return [
        float(hold.mean()), float(hold.std()), float(flight.mean()), float(flight.std()),
        float((off[1:] * off[:-1]).mean()), float((firm[1:] * firm[:-1]).mean()), float((off * firm).mean()),
    float(over.mean()), float((off**3).mean()) ]  # fmt: skip


def _of(one: Presses, hold: Sequence[float] | Numbers, flight: Sequence[float] | Numbers) -> Presses:
    down = np.concatenate([[0.0], np.cumsum(flight)])
    return Presses(one.classes, down, down + np.asarray(hold))
