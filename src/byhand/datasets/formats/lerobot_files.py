"""The rows' files of a LeRobot dataset: which columns there are, and when a new file begins.

Rules of this module: an episode lies whole in one file. Files that were written before the first picture get black ones
at the end, for all files have the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from byhand.datasets.formats.lerobot_pictures import blank
from byhand.datasets.formats.lerobot_rows import NAMES
from byhand.datasets.formats.writing import Json
from byhand.datasets.heavy import heavy

PICTURE, KEPT = "observation.images.screen", "picture_kept"
PATH = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet"
CHUNK = 1000
"""Files of a folder."""
FILE_MB = 100
_GROUP_BYTES, _GROUP_ROWS = 32 << 20, 4096
_DTYPES = {
    "observation.state": "float32", "action": "float32", "timestamp": "float32", "frame_index": "int64",
    "episode_index": "int64", "index": "int64", "task_index": "int64", "subtask_index": "int64", KEPT: "bool",
}  # fmt: skip
_VECTORS = ("observation.state", "action")
Size = tuple[int, int] | None


def features(size: Size) -> dict[str, Json]:
    """As `meta/info.json` lists them. size: of the pictures; None if there are none."""
    found: dict[str, Json] = {}
    for name, dtype in _DTYPES.items():
        if name == KEPT and size is None:
            continue
        names = list(NAMES) if name in _VECTORS else None
        found[name] = {"dtype": dtype, "shape": [len(names) if names else 1], "names": names}
    if size is not None:
        shape = [size[1], size[0], 3]
        found[PICTURE] = {"dtype": "image", "shape": shape, "names": ["height", "width", "channels"]}
    return found


class Files:
    def __init__(self, out: Path) -> None:
        self._out = out
        self._number = -1
        self._open: tuple[Any, Any] | None = None
        self._size: Size = None
        self._without: list[Path] = []

    def add(self, columns: dict[str, Any], runs: Iterator[tuple[int, int, bytes]], size: Size) -> dict[str, int]:
        """An episode. runs: from which row to which a picture is seen. Returns the episode's place, in two columns."""
        if self._open is None or self._size != size or self._open[1].tell() > FILE_MB << 20:
            self._next(size)
        assert self._open is not None
        writer, count = self._open[0], len(columns["index"])
        begin, gathered, pictures = 0, 0, list[bytes]()
        for row, until, data in _filled(runs, count, blank(size) if size is not None else b""):
            for place in range(row, until):
                pictures.append(data)
                gathered += len(data)
                if gathered > _GROUP_BYTES or len(pictures) == _GROUP_ROWS or place == count - 1:
                    writer.write_table(_table(columns, begin, place + 1, pictures, size))
                    begin, gathered, pictures = place + 1, 0, []
        return {"data/chunk_index": self._number // CHUNK, "data/file_index": self._number % CHUNK}

    def close(self) -> None:
        """End the last file, and make all alike."""
        self._end()
        if self._size is not None:
            for path in self._without:
                self._blacken(path, self._size)

    def _next(self, size: Size) -> None:
        self._end()
        self._number, self._size = self._number + 1, size
        path = self._path()
        path.parent.mkdir(parents=True, exist_ok=True)
        if size is None:
            self._without.append(path)
        self._open = _writer(path, size)

    def _end(self) -> None:
        if self._open is not None:
            for one in self._open:
                one.close()
        self._open = None

    def _path(self) -> Path:
        return self._out / PATH.format(chunk_index=self._number // CHUNK, file_index=self._number % CHUNK)

    def _blacken(self, path: Path, size: tuple[int, int]) -> None:
        np = heavy("numpy")
        work, black = path.with_suffix(".part"), blank(size)
        writer, file = _writer(work, size)
        for batch in heavy("pyarrow.parquet").ParquetFile(path).iter_batches(_GROUP_ROWS):
            columns = {name: batch.column(name) for name in batch.schema.names}
            columns[KEPT] = np.zeros(len(batch), bool)
            writer.write_table(_table(columns, 0, len(batch), [black] * len(batch), size))
        writer.close()
        file.close()
        work.replace(path)


def _filled(runs: Iterator[tuple[int, int, bytes]], count: int, black: bytes) -> Iterator[tuple[int, int, bytes]]:
    """All rows, black where nothing was kept."""
    done = 0
    for row, until, data in runs:
        if row > done:
            yield done, row, black
        yield row, until, data
        done = until
    if done < count:
        yield done, count, black


def _schema(size: Size) -> Any:
    pa = heavy("pyarrow")
    plain = {"float32": pa.float32(), "int64": pa.int64(), "bool": pa.bool_()}
    columns = [
        (name, pa.list_(plain[dtype], len(NAMES)) if name in _VECTORS else plain[dtype])
        for name, dtype in _DTYPES.items()
        if name != KEPT or size is not None
    ]
    if size is not None:
        columns.append((PICTURE, pa.struct([("bytes", pa.binary()), ("path", pa.string())])))
    return pa.schema(columns)


def _writer(path: Path, size: Size) -> tuple[Any, Any]:
    """A Parquet writer and its file. A picture of many rows is written once: dictionaries may grow that large."""
    pa = heavy("pyarrow")
    file = pa.OSFile(str(path), "wb")
    made = heavy("pyarrow.parquet").ParquetWriter(
        file, _schema(size), compression="zstd", use_dictionary=True, dictionary_pagesize_limit=2 * _GROUP_BYTES
    )
    return made, file


def _table(columns: dict[str, Any], begin: int, end: int, pictures: list[bytes], size: Size) -> Any:
    pa = heavy("pyarrow")
    schema = _schema(size)
    arrays: list[Any] = []
    for one in schema:
        if one.name == PICTURE:
            paths = pa.nulls(end - begin, pa.string())
            arrays.append(pa.StructArray.from_arrays([pa.array(pictures, pa.binary()), paths], ["bytes", "path"]))
            continue
        values = columns[one.name][begin:end]
        if one.name in _VECTORS and not isinstance(values, pa.Array):
            values = pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), len(NAMES))
        arrays.append(values if isinstance(values, pa.Array) else pa.array(values, one.type))
    return pa.table(arrays, schema=schema)
