"""What `meta/stats.json` and the episodes' table say of each feature: least, most, mean, spread and five quantiles.

Source: lerobot 0.4.4, `datasets/compute_stats.py`: quantiles of a dataset are the episodes' own, weighted by rows; a
picture's are those of its channels as 0 to 1, of shape (3, 1, 1).
"""

from __future__ import annotations

from typing import Any

from byhand.datasets.heavy import heavy

QUANTILES = (0.01, 0.1, 0.5, 0.9, 0.99)
KEYS = ("min", "max", "mean", "std", *(f"q{round(100 * one):02d}" for one in QUANTILES))

Stats = dict[str, Any]
"""An array for each of KEYS, and `count`."""


def of(values: Any) -> Stats:
    """Of a column: rows, or rows of a vector."""
    np = heavy("numpy")
    rows = np.asarray(values, np.float64).reshape(len(values), -1)
    found = dict(zip(KEYS[4:], np.quantile(rows, QUANTILES, axis=0), strict=True))
    return {
        "min": rows.min(axis=0), "max": rows.max(axis=0), "mean": rows.mean(axis=0), "std": rows.std(axis=0), **found,
        "count": np.array([len(rows)]),
    }  # fmt: skip


def of_shades(shades: Any, count: int) -> Stats:
    """Of pictures: how often each of 256 shades was seen in each of 3 channels, over `count` rows."""
    np = heavy("numpy")
    scale, total = np.arange(256) / 255, shades.sum(axis=1, keepdims=True)
    if not count:
        return {key: np.zeros((3, 1, 1)) for key in KEYS} | {"count": np.array([0])}
    share = shades / total
    mean = (share * scale).sum(axis=1)
    spread = np.sqrt((share * (scale - mean[:, None]) ** 2).sum(axis=1))
    there, up_to = shades > 0, share.cumsum(axis=1)
    found: Stats = {
        "min": scale[there.argmax(axis=1)], "max": scale[255 - there[:, ::-1].argmax(axis=1)], "mean": mean,
        "std": spread,
    }  # fmt: skip
    for key, part in zip(KEYS[4:], QUANTILES, strict=True):
        found[key] = scale[(up_to >= part - 1e-12).argmax(axis=1)]
    return {key: value.reshape(3, 1, 1) for key, value in found.items()} | {"count": np.array([count])}


def joined(one: Stats | None, other: Stats) -> Stats:
    """Of both together."""
    if one is None or not one["count"][0]:
        return other
    if not other["count"][0]:
        return one
    np = heavy("numpy")
    counts = one["count"][0], other["count"][0]
    part = counts[1] / sum(counts)
    apart = other["mean"] - one["mean"]
    found = {key: one[key] + (other[key] - one[key]) * part for key in ("mean", *KEYS[4:])}
    variance = one["std"] ** 2 * (1 - part) + other["std"] ** 2 * part + apart**2 * part * (1 - part)
    return found | {
        "min": np.minimum(one["min"], other["min"]), "max": np.maximum(one["max"], other["max"]),
        "std": np.sqrt(variance), "count": one["count"] + other["count"],
    }  # fmt: skip


def plain(stats: Stats) -> dict[str, Any]:
    """As lists of numbers, in one order."""
    return {key: stats[key].tolist() for key in (*KEYS, "count")}
