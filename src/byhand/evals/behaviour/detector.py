"""Can it be told from people? A simple detector: logistic regression on a few features and their squares.

Rules of this module: it learns on some people and is tried on others, and on what was made with other dice. A better
detector may find more; what it finds is a lower bound of what can be found.
"""

from __future__ import annotations

import numpy as np

from byhand.models.behaviour.population import Numbers

Interval = tuple[float, float, float]

_ROUNDS = 30
_SHRINK = 1.0


def learned(real: Numbers, made: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Weights, and by what features are moved and scaled.

    Args:
        real: a row of features for each look, (n, f).
        made: the same of what was made, (m, f).
    """
    rows = np.concatenate([real, made])
    middle, scale = rows.mean(0), np.maximum(rows.std(0), 1e-9)
    x = _seen(rows, middle, scale)
    y = np.concatenate([np.ones(len(real)), np.zeros(len(made))])
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):  # Newton
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        bend = (x * (p * (1 - p))[:, None]).T @ x + _SHRINK * np.eye(x.shape[1])
        weights += np.linalg.solve(bend, x.T @ (y - p) - _SHRINK * weights)
    return weights, middle, scale


def said(how: tuple[Numbers, Numbers, Numbers], rows: Numbers) -> Numbers:
    """How much each row is like people; (n,), any scale."""
    weights, middle, scale = how
    return _seen(rows, middle, scale) @ weights


def auc(real: Numbers, made: Numbers) -> float:
    """How often a real look is said to be more like people than a made one; .5 is chance."""
    ordered = np.sort(made)
    below = np.searchsorted(ordered, real, side="left") + np.searchsorted(ordered, real, side="right")
    return float(below.mean() / 2 / len(made))


def tried(real: list[Numbers], made: list[Numbers], *, draws: int = 200) -> Interval:
    """Learn on every other person, try on the rest; AUC with a 95 % interval over the people tried.

    Args:
        real: for each person, a row of features for each look.
        made: the same for what was made; `made[n]` stands beside `real[n]`.
        draws: of the bootstrap.
    """
    how = learned(np.concatenate(real[::2]), np.concatenate(made[::2]))
    reals, mades = [said(how, one) for one in real[1::2]], [said(how, one) for one in made[1::2]]
    dice = np.random.default_rng(5)
    some: list[float] = []
    for _ in range(draws):
        who: list[int] = dice.integers(len(reals), size=len(reals)).tolist()
        some.append(auc(np.concatenate([reals[n] for n in who]), np.concatenate([mades[n] for n in who])))
    low, high = np.quantile(some, (0.025, 0.975)).tolist()
    return auc(np.concatenate(reals), np.concatenate(mades)), low, high


def _seen(rows: Numbers, middle: Numbers, scale: Numbers) -> Numbers:
    flat = np.clip((rows - middle) / scale, -5, 5)
    return np.concatenate([flat, flat**2, np.ones((len(flat), 1))], axis=1)
