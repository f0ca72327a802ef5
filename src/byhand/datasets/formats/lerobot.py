"""LeRobot datasets, version 3.0: rows at a fixed rate, as robots are taught from. Export only.

Source: lerobot 0.4.4, `datasets/{lerobot_dataset,utils}.py`. An episode lies whole in one file of `data`. Pictures lie
in its rows, so that no video is made. docs/formats/lerobot.md says what each column holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from byhand.datasets.formats.lerobot_files import CHUNK, FILE_MB, KEPT, PATH, PICTURE, Files, features
from byhand.datasets.formats.lerobot_pictures import Fitted, fit, size_of
from byhand.datasets.formats.lerobot_rows import FPS, MOST, ROW_NS, Told, hands, screen, told
from byhand.datasets.formats.lerobot_stats import Stats, joined, of, of_shades, plain
from byhand.datasets.formats.port import Demonstration, Format, Picture
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.writing import encoded, whole
from byhand.datasets.heavy import heavy
from byhand.errors import Problem

VERSION = "v3.0"


@dataclass
class _Export:
    """What was written so far. size: of all pictures, from the first one on."""

    files: Files
    size: tuple[int, int] | None = None
    index: int = 0
    episodes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    tasks: dict[str, int] = field(default_factory=dict[str, int])
    subtasks: dict[str, int] = field(default_factory=dict[str, int])
    stats: dict[str, Stats] = field(default_factory=dict[str, Stats])


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    export = _Export(Files(out))
    for demonstration in demonstrations:
        yield from _episode(export, demonstration)
    if not export.episodes:
        yield Problem("lerobot", "no episode could be told, so its readers will find nothing to open")
    yield from _end(export, out)


def _episode(export: _Export, demonstration: Demonstration) -> Iterator[Problem]:
    episode = demonstration.episode
    what, desktop = told(demonstration), screen(demonstration)
    if not episode.steps and not demonstration.events:
        yield Problem(episode.id, "left out: nothing was done in it")
        return
    if what.rows > MOST:
        yield Problem(episode.id, "left out: it lasts longer than twelve hours")
        return
    shown = _Shown(export, demonstration, what, desktop)
    if not any(shown.boxes[:, 2]):
        yield Problem(episode.id, "left out: how large the screen was is not known")
        return
    done = hands(what)
    columns = _columns(export, demonstration, what)
    columns["observation.state"], columns["action"] = _vectors(done.done, done.first, shown.boxes)
    columns[KEPT] = shown.kept
    place = export.files.add(columns, shown.pictures(), export.size)
    stats = {name: of(values) for name, values in columns.items()}
    stats[PICTURE] = of_shades(shown.shades, int(shown.kept.sum()))
    for name, one in stats.items():
        export.stats[name] = joined(export.stats.get(name), one)
    export.episodes.append({
        "episode_index": len(export.episodes), "tasks": [_clean(episode.instruction)], "length": what.rows, **place,
        "dataset_from_index": export.index, "dataset_to_index": export.index + what.rows,
        "meta/episodes/chunk_index": 0, "meta/episodes/file_index": 0,
        "episode": episode.id, "outcome": episode.outcome, "split": demonstration.split,
        **{f"stats/{name}/{key}": value for name, one in stats.items() for key, value in plain(one).items()},
    })  # fmt: skip
    export.index += what.rows
    if shown.broken:
        yield Problem(episode.id, f"pictures that can't be opened: {shown.broken}")
    if done.crowded:
        yield Problem(episode.id, f"presses that fall into a row with one of the same button: {done.crowded}")
    for reason, count in sorted(what.lost.items()):
        yield Problem(episode.id, f"{count} {'step' if count == 1 else 'steps'}: {reason}")


class _Shown:
    """The pictures of an episode, each from its moment on, opened one at a time.

    boxes: for each row what its places are fractions of: x, y, w, h. kept: whether a picture is there. shades: of all.
    """

    def __init__(self, export: _Export, demonstration: Demonstration, what: Told, desktop: tuple[int, int]) -> None:
        np = heavy("numpy")
        self._export, self._demonstration = export, demonstration
        self.boxes = np.tile(np.array([0, 0, *desktop], np.float64), (what.rows, 1))
        self.kept = np.zeros(what.rows, bool)
        self.shades = np.zeros((3, 256), np.int64)
        self.broken = 0
        self._runs: list[tuple[int, int, int]] = []
        # What is seen in a row is the newest picture at its beginning.
        newest = {max(-(-(one.mono_ns - what.start_ns) // ROW_NS), 0): one.seq for one in what.pictures}
        rows = [row for row in sorted(newest) if row < what.rows]
        for row, until in pairwise([*rows, what.rows]):
            self._look(row, until, newest[row])
        known = np.flatnonzero(self.boxes[:, 2])
        if len(known):
            self.boxes[: known[0]] = self.boxes[known[0]]

    def _look(self, row: int, until: int, seq: int) -> None:
        picture = self._demonstration.sights.get(seq)
        if not isinstance(picture, Picture):
            seq = self._runs[-1][2] if self._runs else -1
            picture = self._demonstration.sights.get(seq)
        if not isinstance(picture, Picture):
            return
        if self._export.size is None:
            self._export.size = size_of(picture)
        self._runs.append((row, until, seq))
        self.boxes[row:until] = (picture.x, picture.y, picture.w, picture.h)

    def pictures(self) -> Iterator[tuple[int, int, bytes]]:
        """From which row to which, and the file."""
        last: tuple[int, Fitted | None] = (-1, None)
        for row, until, seq in self._runs:
            if seq != last[0]:
                picture = self._demonstration.sights.get(seq)
                assert isinstance(picture, Picture)
                assert self._export.size is not None
                last = seq, fit(picture, self._export.size)
                self.broken += last[1] is None
            if last[1] is not None:
                self.kept[row:until] = True
                self.shades += last[1].shades * (until - row)
                yield row, until, last[1].data


def _columns(export: _Export, demonstration: Demonstration, what: Told) -> dict[str, Any]:
    np = heavy("numpy")
    count, steps = what.rows, demonstration.episode.steps
    task = export.tasks.setdefault(_clean(demonstration.episode.instruction), len(export.tasks))
    words = [export.subtasks.setdefault(_clean(tell(one.action)), len(export.subtasks)) for one in steps]
    words = words or [export.subtasks.setdefault("", len(export.subtasks))]
    # What is being done in a row is the first step that has not ended when it begins.
    ends = np.maximum.accumulate(np.array(what.steps or [0], np.int64))
    doing = np.searchsorted(ends, what.start_ns + np.arange(count) * ROW_NS)
    return {
        "timestamp": (np.arange(count) / FPS).astype(np.float32),
        "frame_index": np.arange(count),
        "episode_index": np.full(count, len(export.episodes)),
        "index": np.arange(export.index, export.index + count),
        "task_index": np.full(count, task),
        "subtask_index": np.array(words)[np.minimum(doing, len(words) - 1)],
    }


def _vectors(done: Any, first: tuple[float, float], boxes: Any) -> tuple[Any, Any]:
    """What the hands had just done when a row began, and what they did then; places as fractions of what is seen."""
    np = heavy("numpy")
    before = np.vstack([np.zeros_like(done[:1]), done[:-1]])
    before[0, :2] = first
    corner, size = boxes[:, :2], np.maximum(boxes[:, 2:], 1)
    for one in (before, done):
        one[:, :2] = (one[:, :2] - corner) / size
    return before, done


def _clean(words: str) -> str:
    return str(whole(words))


def _end(export: _Export, out: Path) -> Iterator[Problem]:
    export.files.close()
    splits, apart = _splits([one["split"] for one in export.episodes])
    for split in apart:
        yield Problem("lerobot", f"the episodes of {split} do not lie together, so splits does not list them")
    meta = out / "meta"
    meta.mkdir()
    (meta / "info.json").write_bytes(encoded({
        "codebase_version": VERSION, "robot_type": "desktop", "total_episodes": len(export.episodes),
        "total_frames": export.index, "total_tasks": len(export.tasks), "chunks_size": CHUNK,
        "data_files_size_in_mb": FILE_MB, "video_files_size_in_mb": 200, "fps": FPS, "splits": splits,
        "data_path": PATH, "video_path": None, "features": features(export.size),
    }))  # fmt: skip
    if not export.episodes:
        return
    listed = features(export.size)
    stats = {name: plain(one) for name, one in export.stats.items() if name in listed}
    (meta / "stats.json").write_bytes(encoded(stats))
    pa, parquet = heavy("pyarrow"), heavy("pyarrow.parquet")
    for name, words in (("task", export.tasks), ("subtask", export.subtasks)):
        parquet.write_table(_index(name, words), meta / f"{name}s.parquet")
    kept = [name for name in export.episodes[0] if not name.startswith("stats/") or name.split("/")[1] in listed]
    table = pa.table({name: pa.array([one[name] for one in export.episodes]) for name in kept})
    (meta / "episodes/chunk-000").mkdir(parents=True)
    parquet.write_table(table, meta / "episodes/chunk-000/file-000.parquet", compression="zstd")


def _splits(names: list[str]) -> tuple[dict[str, str], list[str]]:
    """Ranges of episodes by split; and those that no one range tells."""
    found: dict[str, str] = {}
    apart: list[str] = []
    for name in dict.fromkeys(names):
        first, count = names.index(name), names.count(name)
        if names[first : first + count] == [name] * count:
            found[name] = f"{first}:{first + count}"
        else:
            apart.append(name)
    return found, apart


def _index(name: str, words: dict[str, int]) -> Any:
    """A table as pandas writes a frame whose index are the words: its readers look them up by that."""
    pa = heavy("pyarrow")
    table = pa.table({f"{name}_index": pa.array(words.values(), pa.int64()), name: pa.array(words, pa.string())})
    described = [
        {"name": one, "field_name": one, "pandas_type": kind, "numpy_type": of, "metadata": None}
        for one, kind, of in ((f"{name}_index", "int64", "int64"), (name, "unicode", "object"))
    ]
    told: dict[str, Any] = {
        "index_columns": [name], "column_indexes": [], "columns": described, "pandas_version": "2.0.0",
        "creator": {"library": "pyarrow", "version": pa.__version__},
    }  # fmt: skip
    return table.replace_schema_metadata({"pandas": encoded(told)})


LEROBOT = Format(
    "lerobot", "LeRobot 3.0: rows of pointer and keys at 10 a second, with pictures", "application/vnd.apache.parquet",
    write=write, needs="data",
)  # fmt: skip
