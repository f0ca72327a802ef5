"""Who typed what when: tables that others published, read by path.

Rules of this module: nothing of them is kept or fitted to; they are what the guard is measured on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from byhand.events.kinds import KeyClass
from byhand.privacy.rhythm.strokes import Strokes, key_class


class Stroke(NamedTuple):
    """One key, ms. `key` is what a table calls it, "" where only its class is known."""

    key: str
    cls: KeyClass
    down: float
    up: float


Sample = list[Stroke]
"""What an attacker takes as one look at a person: a sentence, or one typing of a password."""

People = dict[str, list[Sample]]

_LONGEST_HOLD_MS = 5_000  # above it a table has lost the key's end

_BROWSER_KEYS: dict[int, KeyClass] = {
    8: "edit", 9: "tab", 13: "enter", 16: "modifier", 17: "modifier", 18: "modifier", 20: "modifier", 27: "escape",
    32: "space", 33: "move", 34: "move", 35: "move", 36: "move", 37: "move", 38: "move", 39: "move", 40: "move",
    45: "edit", 46: "edit", 91: "modifier", 92: "modifier", 93: "function", 144: "modifier", 145: "modifier",
    **dict.fromkeys(range(48, 58), "digit"), **dict.fromkeys(range(65, 91), "letter"),
    **dict.fromkeys(range(96, 106), "digit"), **dict.fromkeys(range(112, 124), "function"),
}  # fmt: skip


def cmu(folder: Path, *, most: int = 400) -> People:
    """Killourhy and Maxion's password, as rebuilt hold (H) and down-to-down (DD) times in one CSV.

    Args:
        folder: holds one `*.csv`.
        most: repetitions of each person.
    """
    people: People = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                name, *_ = row.values()
                samples = people.setdefault(name, [])
                if len(samples) < most:
                    samples.append(list(_password(row)))
    return people


def _password(row: dict[str, str]) -> Iterator[Stroke]:
    down = 0.0
    flights = iter([value for name, value in row.items() if name.startswith("DD.")])
    for name, value in row.items():
        if name.startswith("H."):
            key = name.removeprefix("H.").removesuffix("_ms")
            yield Stroke(key, key_class(key), down, down + max(1.0, float(value)))
            down += float(next(flights, "0"))


def aalto(folder: Path, *, most: int = 10_000) -> People:
    """Sentences typed from sight, one file a person, in the browser's time.

    Args:
        folder: holds `*_keystrokes.txt`.
        most: people.
    """
    people: People = {}
    for path in sorted(folder.glob("*_keystrokes.txt"))[:most]:
        sentences: dict[str, Sample] = {}
        for line in path.read_text(encoding="latin-1").split("\n")[1:]:
            cells = line.rstrip("\r").split("\t")
            if len(cells) < 9 or not all(cells[place].isdigit() for place in (-1, -3, -4)):
                continue
            down, up, code = int(cells[-4]), int(cells[-3]), int(cells[-1])
            if 0 < up - down < _LONGEST_HOLD_MS:
                cls = _BROWSER_KEYS.get(code, "symbol")
                sentences.setdefault(cells[1], []).append(Stroke(str(code), cls, down, up))
        samples = [sorted(sample, key=lambda stroke: stroke.down) for sample in sentences.values() if len(sample) > 9]
        if len(samples) >= 10:
            people[path.stem] = samples
    return people


def coarse(people: People, step_ms: int) -> People:
    """All stamps rounded down to a multiple of `step_ms`: what others do against this attack."""
    return {
        name: [
            [s._replace(down=s.down // step_ms * step_ms, up=s.up // step_ms * step_ms) for s in one] for one in samples
        ]
        for name, samples in people.items()
    }


def drawn(people: People, seed: bytes, *, between_ms: float = 3_000) -> People:
    """What `byhand guard timing` makes of them, each person's samples as one table.

    `between_ms` stands between two samples where the table does not tell.
    """
    told: People = {}
    for name, samples in people.items():
        strokes, told[name], shift = Strokes(seed + name.encode()), [], 0.0
        end = 0.0
        for sample in samples:
            if end and sample[0].down < end:
                shift = end + between_ms
            moved: Sample = []
            for stroke in sample:
                down, up = strokes.told(stroke.key if stroke.cls != "other" else "", stroke.down + shift)
                moved.append(stroke._replace(down=down, up=up))
            end = max(end, sample[-1].down + shift)
            told[name].append(moved)
    return told
