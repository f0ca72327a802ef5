"""What a data card tells: counted from the tables. Nothing in it names a person.

Rules of this module: it counts what is there, and says what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets.heavy import heavy
from byhand.datasets.manifest import Manifest

FEW_PEOPLE = 10
"""Fewer are not told in a dataset to be shared: a small group can be guessed."""
_BOUNDS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 100, 300, 1_000, 10_000)

Counted = list[tuple[str, int]]


class Figures(msgspec.Struct, frozen=True):
    """people: in words. All counts are of episodes where they don't say steps."""

    people: str
    recordings: int
    episodes: int
    steps: int
    events: int
    apps: Counted
    sites: Counted
    skills: Counted
    acts: Counted
    chords: Counted
    lengths: Counted
    seconds: float
    outcomes: Counted
    instructions: Counted
    dropdowns: int
    dropdown_targets: int
    splits: Counted
    gaps: list[str]


def people(count: int, *, shared: bool) -> str:
    if shared and count < FEW_PEOPLE:
        return f"fewer than {FEW_PEOPLE}"
    return str(count)


def count(place: Path, manifest: Manifest) -> Figures:
    """Count a version whose tables lie in `place`."""
    episodes: list[dict[str, Any]] = []
    names = ["person", "apps", "skills", "steps", "outcome", "by", "gaps", "start_ns", "end_ns"]
    for file in _files(place, manifest, "episodes"):
        episodes += heavy("pyarrow.parquet").read_table(file, columns=names).to_pylist()
    acts: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    chords: Counter[str] = Counter()
    targets: set[tuple[str, str, str]] = set()
    blind = masked = nameless = typed = aimed = 0
    for step in _steps(place, manifest):
        op, target, keys = step["op"], step["target"], step["keys"]
        acts[op] += 1
        if step["origin"]:
            sites[step["origin"]] += 1
        if op == "hotkey":
            chords["+".join(keys)] += 1
        if op == "select":
            targets.add((step["app"], step["origin"], target["name"] if target else ""))
        if op == "type":
            typed += 1
            masked += step["masked"]
        if op in {"click", "double_click", "right_click", "select", "check", "uncheck"}:
            aimed += 1
            nameless += target is None or not target["name"]
        blind += not any(seen["media"] for seen in step["before"])
    total = len(episodes)
    persons = {row["person"] for row in episodes if row["person"]}
    seconds = sum(row["end_ns"] - row["start_ns"] for row in episodes) / 1e9
    shared = manifest.purpose == "train"
    return Figures(
        people=people(len(persons), shared=shared) if persons else "unknown", recordings=len(manifest.recordings),
        episodes=total, steps=manifest.steps, events=manifest.events,
        apps=_top(app for row in episodes for app in row["apps"]), sites=sites.most_common(15),
        skills=_top(skill for row in episodes for skill in row["skills"]), acts=_sorted(acts),
        chords=_sorted(chords)[:15], lengths=_lengths([row["steps"] for row in episodes]), seconds=seconds,
        outcomes=_top(row["outcome"] for row in episodes), instructions=_top(row["by"] for row in episodes),
        dropdowns=acts["select"], dropdown_targets=len(targets), splits=list(manifest.split.counts.items()),
        gaps=_gaps(
            manifest, episodes, acts, blind=blind, masked=masked, typed=typed, nameless=nameless, aimed=aimed,
            persons=len(persons),
        ),
    )  # fmt: skip


def _files(place: Path, manifest: Manifest, table: str) -> list[Path]:
    return [place / name for name in sorted(manifest.files) if name.startswith(f"{table}/")]


def _steps(place: Path, manifest: Manifest) -> Iterator[dict[str, Any]]:
    columns = ["op", "app", "origin", "keys", "masked", "target", "before"]
    for file in _files(place, manifest, "steps"):
        for batch in heavy("pyarrow.parquet").ParquetFile(file).iter_batches(2_048, columns=columns):
            yield from batch.to_pylist()


def _top(words: Iterator[str], most: int = 15) -> Counted:
    return _sorted(Counter(words))[:most]


def _sorted(counts: Counter[str]) -> Counted:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _lengths(steps: Sequence[int]) -> Counted:
    """How many episodes have so many steps."""
    found: Counted = []
    for low, high in zip(_BOUNDS, (*_BOUNDS[1:], 1 << 60), strict=True):
        number = sum(low <= one < high for one in steps)
        if number:
            name = (
                str(low) if high == low + 1 else f"{low:,} or more" if high == 1 << 60 else f"{low:,} to {high - 1:,}"
            )
            found.append((name, number))
    return found


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def _gaps(
    manifest: Manifest, episodes: Sequence[dict[str, Any]], acts: Counter[str], *, blind: int, masked: int, typed: int,
    nameless: int, aimed: int, persons: int,
) -> list[str]:  # fmt: skip
    found: list[str] = []
    total = len(episodes)
    counts = manifest.split.counts
    if not {"validation", "test"} <= counts.keys():
        found.append("It has too few tasks that share nothing: not every split has episodes.")
    if counts.get("aside"):
        found.append(
            f"{_share(counts['aside'], total)} episodes are set aside: their person is in one split and their task in "
            "another."
        )
    if persons == 1:
        found.append("One person did all of it: what is learned here may be one person's habits.")
    if blind:
        found.append(f"Before {_share(blind, manifest.steps)} steps nothing is known of what could be seen.")
    if masked:
        found.append(f"Of {_share(masked, typed)} typed texts at least a part was not kept.")
    if nameless:
        found.append(f"{_share(nameless, aimed)} presses and choices have no name for what they were done to.")
    broken = sum(bool(row["gaps"]) for row in episodes)
    if broken:
        found.append(f"{_share(broken, total)} episodes have a time inside them of which nothing is known.")
    untold = sum(row["by"] == "template" for row in episodes)
    if untold:
        found.append(
            f"The instruction of {_share(untold, total)} episodes is made from a template, not a person's words."
        )
    unsure = sum(row["outcome"] == "unknown" for row in episodes)
    if unsure:
        found.append(f"Of {_share(unsure, total)} episodes nobody said how they ended.")
    found += [f"There is no {said} in it." for op, said in _EXPECTED if not acts[op]]
    if manifest.problems:
        found.append(f"{len(manifest.problems):,} problems were met on the way; the manifest lists them.")
    return found


_EXPECTED = (("select", "dropdown"), ("hotkey", "shortcut"), ("drag", "drag"), ("scroll", "scrolling"))
