"""Made-up typists, each with an own speed, own holds, own habits at each pair of keys. For gates that need no data.

Rules of this module: their numbers are not a population's; they are as far apart as it takes to be told apart.
"""

from __future__ import annotations

from random import Random

from byhand.evals.rhythm.people import People, Sample, Stroke
from byhand.privacy.rhythm.strokes import key_class

_TEXTS = (
    "please send the report to the office today", "we can meet on monday at the station",
    "the order has not been paid since may", "thank you for the notes of the last meeting",
    "they will call again in about an hour", "a copy of the letter is on the table",
)  # fmt: skip


def typists(people: int, samples: int, *, seed: int) -> People:
    """So many people, each typing so many sentences."""
    return {f"typist-{n}": _one(Random(f"{seed} {n}"), samples) for n in range(people)}  # noqa: S311  # dice


def _one(dice: Random, samples: int) -> list[Sample]:
    speed, spread = dice.uniform(110, 320), dice.uniform(0.15, 0.35)
    hold, firm = dice.uniform(70, 160), dice.uniform(0.1, 0.3)
    habits: dict[str, float] = {}
    told: list[Sample] = []
    for _ in range(samples):
        at, before, sample = 1_000_000.0 * len(told), "", list[Stroke]()
        for key in dice.choice(_TEXTS):
            habit = habits.setdefault(before + key, dice.lognormvariate(0, 0.25))
            at += speed * habit * dice.lognormvariate(0, spread)
            if dice.random() < 0.01:
                at += dice.uniform(2_000, 12_000)
            held = hold * habits.setdefault(key, dice.lognormvariate(0, 0.15)) * dice.lognormvariate(0, firm)
            sample.append(Stroke(key, key_class(key), at, at + held))
            before = key
        told.append(sample)
    return told
