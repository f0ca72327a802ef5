"""Promises of a dataset on the disk: what went in comes out, nothing changes, every reader reads it."""

from __future__ import annotations

import importlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bench.datasets import pointer
from byhand.datasets import checking, lineage, manifest, media, versions
from byhand.datasets.build import WORK, Asked, begin
from byhand.datasets.differing import diff
from byhand.datasets.engine import Engine
from byhand.datasets.erasing import erase
from byhand.datasets.formats.port import Demonstration, Imported, Markup, Picture
from byhand.datasets.manifest import Manifest, Purpose
from byhand.datasets.store import Dataset, open_at
from byhand.episodes.types import REDUCER
from byhand.errors import ByhandError, Problem, UsageFault, VaultDamaged, VaultError
from byhand.events.kinds import Motion, Snapshot
from tests.datasets.demos import demonstration


def quiet(_phase: str, _done: int, _of: int) -> None:
    """Progress nobody watches."""


def build(root: Path, found: Iterable[Imported], name: str = "chores", purpose: Purpose = "mine") -> Manifest:
    with begin(root / name, Asked(name, purpose, "byhand 0")) as made:
        made.gather(found, quiet)
        return made.finish(Engine(), quiet, root=root, at=5)


def several(count: int = 12, people: int = 1, tasks: int = 5) -> list[Demonstration]:
    return [
        demonstration(f"e{n}", task=f"task {n % tasks}", person=f"p{n % people}", recording=f"r{n % 4}", choice=str(n))
        for n in range(count)
    ]


def opened(root: Path, name: str = "chores@1") -> Dataset:
    return open_at(versions.find(root, name))


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    """Every field of every episode, step, target and event, and every picture, page and markup."""
    given = several(3)
    build(tmp_path, given)
    told = {one.episode.id: one for one in opened(tmp_path).demonstrations()}
    for one in given:
        back = told[one.episode.id]
        assert back.episode == one.episode
        assert list(back.events) == list(one.events)
        assert (back.screen, back.utc_ns, back.source) == (one.screen, one.utc_ns, one.source)
        assert sorted(back.sights) == sorted(one.sights)
        for seq, sight in one.sights.items():
            seen = back.sights[seq]
            if isinstance(sight, Snapshot):
                assert isinstance(seen, Snapshot)
                seen = msgspec.structs.replace(seen, server_ms=sight.server_ms)
            assert seen == sight


def test_a_step_is_found_by_its_number_with_what_could_be_seen(tmp_path: Path) -> None:
    """Steps are counted through all files, and a picture comes as the bytes that went in."""
    given = several(6)
    build(tmp_path, given)
    dataset = opened(tmp_path)
    found = [dataset.step(number) for number in range(len(dataset))]
    assert [(one.episode, one.number) for one in found] == [(one.episode, one.number) for one in dataset.steps()]
    sight = found[0].sights[900]
    assert isinstance(sight, Picture)
    assert sight == given[0].sights[900]
    assert isinstance(found[0].sights[901], Markup)
    with pytest.raises(IndexError):
        dataset.step(len(dataset))


def test_equal_input_makes_equal_bytes_in_any_order(tmp_path: Path) -> None:
    """No clock, no path and no chance is in a dataset, and only import order of episodes may tell."""
    given = several(8)
    one = build(tmp_path / "a", given)
    other = build(tmp_path / "b", list(given))
    assert manifest.pack(one) == manifest.pack(other)


def test_a_version_is_never_written_again(tmp_path: Path) -> None:
    """The same name makes the next version, which names the one before as its parent."""
    build(tmp_path, several(3))
    before = (tmp_path / "chores/v1" / manifest.FILE).read_bytes()
    second = build(tmp_path, several(4))
    assert (second.version, [(one.name, one.version) for one in second.parents]) == (2, [("chores", 1)])
    assert (tmp_path / "chores/v1" / manifest.FILE).read_bytes() == before
    found = diff(tmp_path / "chores/v1", tmp_path / "chores/v2")
    assert (found.came, found.went, found.about["episodes"]) == (("e3",), (), (3, 4))


def by_the_first_reducer(place: Path) -> None:
    """The version as a reducer 1 left it: targets without the way to their frame."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    for file in (place / "steps").iterdir():
        table = pq.read_table(file)
        for name in ("target", "to"):
            column = table.column(name).combine_chunks()
            fields = [one for one in column.type if one.name != "frames"]
            old = pa.StructArray.from_arrays(
                [column.field(one.name) for one in fields], fields=fields, mask=column.is_null()
            )
            table = table.set_column(table.schema.get_field_index(name), name, old)
        pq.write_table(table, file)
    made = manifest.read((place / manifest.FILE).read_bytes())
    (place / manifest.FILE).write_bytes(manifest.pack(msgspec.structs.replace(made, reducer=1)))


def test_a_version_by_an_older_reducer_is_read_and_outlives_an_erasing(tmp_path: Path) -> None:
    """What came since is empty in it; of the next version too, it is said which reducer made it."""
    given = several(8)
    build(tmp_path, given)
    by_the_first_reducer(tmp_path / "chores/v1")
    told = {one.episode.id: one.episode for one in opened(tmp_path).demonstrations()}
    assert told == {one.episode.id: one.episode for one in given}
    # Imported recordings are never erased by the ledger; here one is said to be our own.
    made = lineage.Made("chores", 1, str(tmp_path / "chores/v1"), ("r1",), (), 0, 5)
    lineage.add(tmp_path, made)
    (after,) = erase(tmp_path, {"r1"}, erasures=1, at=6)
    assert (after.next, after.why) == (2, "")
    left = {one.episode.id: one.episode for one in opened(tmp_path, "chores@2").demonstrations()}
    assert left == {name: one for name, one in told.items() if one.recording != "r1"}
    assert versions.load(tmp_path / "chores/v2").reducer == 1


def test_actions_of_two_reducers_are_not_compared(tmp_path: Path) -> None:
    """That the reducer is another one is told, and not that every episode has changed."""
    build(tmp_path, several(3))
    other = [demonstration("e0", task="task 0", recording="r0", choice="Norway"), *several(3)[1:]]
    build(tmp_path, other)
    places = tmp_path / "chores/v1", tmp_path / "chores/v2"
    assert (diff(*places).changed, diff(*places).compared) == (("e0",), True)
    by_the_first_reducer(places[0])
    found = diff(*places)
    assert (found.changed, found.compared, found.about["reducer"]) == ((), False, (1, REDUCER))


def test_only_the_person_can_read_it(tmp_path: Path) -> None:
    """Folders 0700, files 0600, whatever the umask is."""
    old = os.umask(0)
    try:
        build(tmp_path, several(2))
    finally:
        os.umask(old)
    for path in (tmp_path / "chores").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_identical_episodes_are_in_it_once(tmp_path: Path) -> None:
    """Same steps at other times count as the same; another word makes another episode."""
    given = [demonstration("a"), demonstration("b"), demonstration("c", choice="Sweden")]
    made = build(tmp_path, given)
    assert (made.episodes, made.doubles) == (2, 1)


def test_what_is_wrong_is_set_aside_and_the_rest_is_built(tmp_path: Path) -> None:
    """A problem of a source stands in the manifest, with its file and line."""
    made = build(tmp_path, [Problem("bad.jsonl:7", "has no steps"), demonstration()])
    assert (made.episodes, made.problems) == (1, (Problem("bad.jsonl:7", "has no steps"),))


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Neither a half version nor a folder of a dataset that never was."""

    def broken() -> Iterable[Imported]:
        yield demonstration()
        raise RuntimeError("the source went away")

    with pytest.raises(RuntimeError):
        build(tmp_path, broken())
    with pytest.raises(UsageFault, match="nothing to build"):
        build(tmp_path, [])
    assert list(tmp_path.iterdir()) == []
    build(tmp_path, several(2))
    with pytest.raises(RuntimeError):
        build(tmp_path, broken())
    assert sorted(path.name for path in (tmp_path / "chores").iterdir()) == [".lock", "v1"]


def test_two_builds_of_one_name_do_not_meet(tmp_path: Path) -> None:
    """The second is told, and the first goes on."""
    with begin(tmp_path / "chores", Asked("chores", "mine", "byhand 0")) as made:
        with pytest.raises(UsageFault, match="already"):
            build(tmp_path, several(2))
        made.gather(several(2), quiet)
        assert made.finish(Engine(), quiet, root=tmp_path, at=5).episodes == 2


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("file", "says"),
    [("steps/train-00000.parquet", "its bytes"), ("media/*/*.png", "its bytes"), ("README.md", "its bytes")],
)
def test_a_flipped_bit_is_found(tmp_path: Path, file: str, says: str) -> None:
    """In a table, a picture, the card."""
    build(tmp_path, several(3))
    place = tmp_path / "chores/v1"
    assert checking.verify(place).ok
    _flip(next(place.glob(file)))
    found = checking.verify(place)
    assert not found.ok
    assert says in found.problems[0].message


def test_what_is_missing_or_strange_is_found(tmp_path: Path) -> None:
    """A picture that went away, and a file that nobody made."""
    build(tmp_path, several(3))
    place = tmp_path / "chores/v1"
    next(place.glob("media/*/*.png")).unlink()
    (place / "steps/train-00001.parquet").write_bytes(b"x")
    assert [one.source for one in checking.verify(place).problems] == ["media", "steps/train-00001.parquet"]


def test_a_damaged_table_is_an_error_of_ours(tmp_path: Path) -> None:
    """Named by its file, with what to do; no content and no trace of a library."""
    build(tmp_path, several(3))
    (tmp_path / "chores/v1/steps/train-00000.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(VaultDamaged, match=r"steps/train-00000\.parquet"):
        list(opened(tmp_path).steps())


@pytest.mark.parametrize(
    ("data", "kind"), [(b"{}", VaultDamaged), (b'{"schema": 9}', VaultError), (b"\xff", VaultDamaged)]
)
def test_a_manifest_that_is_none_is_refused(data: bytes, kind: type[ByhandError]) -> None:
    """A newer one by its version, anything else as damaged."""
    with pytest.raises(kind):
        manifest.read(data)


def test_a_dataset_is_found_by_name_version_and_path(tmp_path: Path) -> None:
    """The newest where no version is named."""
    build(tmp_path, several(2))
    build(tmp_path, several(3))
    place = tmp_path / "chores"
    assert versions.find(tmp_path, "chores") == place / "v2"
    assert versions.find(tmp_path, "chores@1") == versions.find(tmp_path, str(place / "v1")) == place / "v1"
    assert versions.find(Path("/nowhere"), str(place)) == place / "v2"
    for wrong in ("chores@3", "chores@x", "nothing", "../chores"):
        with pytest.raises(UsageFault):
            versions.find(tmp_path, wrong)
    for wrong in ("Chores", "", ".hidden", "a b"):
        with pytest.raises(UsageFault):
            versions.home_of(tmp_path, wrong)


def test_a_dataset_of_somebody_else_opens_nothing_outside(tmp_path: Path) -> None:
    """Neither by its manifest nor by the names of media in its rows."""
    build(tmp_path, several(3))
    place = tmp_path / "chores/v1"
    data = (place / manifest.FILE).read_bytes()
    (place / manifest.FILE).write_bytes(data.replace(b"steps/train-00000.parquet", b"steps/../../secret.parquet"))
    with pytest.raises(VaultDamaged, match="outside"):
        open_at(place)
    (tmp_path / "secret.png").write_bytes(b"secret")
    for name in ("../../../secret.png", "/etc/passwd", "ab/" + "0" * 61 + ".png"):
        with pytest.raises(VaultDamaged):
            media.load(place, media.Ref(name), 0)


def test_an_import_that_makes_no_rows_is_set_aside(tmp_path: Path) -> None:
    """A place no number of 32 bits can tell; the rest is built."""
    good = demonstration()
    step = good.episode.steps[1]
    wrong = msgspec.structs.replace(step, action=msgspec.structs.replace(step.action, x=1 << 40))
    bad = replace(good, episode=msgspec.structs.replace(good.episode, id="bad", steps=(wrong,)), source="a.jsonl:9")
    made = build(tmp_path, [bad, good, replace(good, source="a.jsonl:12")])
    assert made.episodes == 1
    assert [one.source for one in made.problems] == ["a.jsonl:12", "a.jsonl:9"]
    assert "OverflowError" in made.problems[1].message or "ArrowInvalid" in made.problems[1].message


# ---- forgetting


def test_a_forgotten_recording_is_in_no_version_any_more(tmp_path: Path) -> None:
    """The next version is made without it, the old ones lose their data, and the lineage names them all."""
    build(tmp_path, several(8))
    assert build(tmp_path, several(8)).version == 2
    mark_own(tmp_path)
    changed = erase(tmp_path, {"r1"}, erasures=7, at=9)
    assert [(one.name, one.erased, one.next, one.why) for one in changed] == [("chores", (1, 2), 3, "")]
    left = opened(tmp_path, "chores")
    assert (left.manifest.version, left.manifest.erasures) == (3, 7)
    assert {one.episode.recording for one in left.demonstrations()} == {"r0", "r2", "r3"}
    assert checking.verify(left.place).ok
    for old in (1, 2):
        place = tmp_path / f"chores/v{old}"
        assert sorted(path.name for path in place.iterdir()) == [versions.GONE, manifest.FILE]
        with pytest.raises(UsageFault, match="forgotten"):
            open_at(place)
    assert lineage.held(tmp_path, {"r1"}) == []
    assert erase(tmp_path, {"r1"}, erasures=8, at=9) == []


def test_what_a_killed_build_laid_by_is_forgotten_too(tmp_path: Path) -> None:
    """It may hold the recording, and can be built again."""
    (tmp_path / "other" / WORK / "in").mkdir(parents=True)
    erase(tmp_path, {"r1"}, erasures=1, at=9)
    assert not (tmp_path / "other" / WORK).exists()


def test_where_nothing_else_was_in_it_no_version_follows(tmp_path: Path) -> None:
    """The data go all the same."""
    build(tmp_path, [demonstration()])
    mark_own(tmp_path)
    assert [(one.next, one.why) for one in erase(tmp_path, {"r1"}, erasures=1, at=9)] == [(0, "nothing else was in it")]
    assert not (tmp_path / "chores/v1/steps").exists()


def test_a_dataset_that_can_not_be_read_is_erased_all_the_same(tmp_path: Path) -> None:
    """Whatever hinders the next version never hinders the erasing."""
    build(tmp_path, several(8))
    mark_own(tmp_path)
    (tmp_path / "chores/v1/steps/train-00000.parquet").write_bytes(b"")
    (found,) = erase(tmp_path, {"r1"}, erasures=1, at=9)
    assert found.next == 0
    assert found.why
    assert sorted(path.name for path in (tmp_path / "chores").iterdir()) == [".lock", "v1"]
    assert not (tmp_path / "chores/v1/events").exists()


def test_models_trained_on_it_are_named(tmp_path: Path) -> None:
    """Also one that was trained on a version made of it."""
    build(tmp_path, several(8))
    mark_own(tmp_path)
    lineage.add(tmp_path, lineage.Trained("clerk 1", "chores", 1, str(tmp_path / "chores/v1"), 6))
    (found,) = erase(tmp_path, {"r1"}, erasures=1, at=9)
    assert found.models == ("clerk 1",)


def mark_own(root: Path) -> None:
    """Imported recordings are nobody's to forget; here they stand for our own."""
    said = [line for line in lineage.lines(root) if isinstance(line, lineage.Made)]
    (root / lineage.FILE).unlink()
    for line in said:
        lineage.add(root, msgspec.structs.replace(line, recordings=("r0", "r1", "r2", "r3")))


def test_a_torn_line_of_the_lineage_harms_no_other(tmp_path: Path) -> None:
    """A crash in the middle of a line loses that line alone."""
    build(tmp_path, several(2))
    with (tmp_path / lineage.FILE).open("ab") as file:
        file.write(b'{"what":"made","na')
    build(tmp_path, several(3))
    assert [one.version for one in lineage.alive(tmp_path)] == [1, 2]


# ---- other people's readers


def test_polars_and_duckdb_read_it(tmp_path: Path) -> None:
    """Plain Parquet: words are words, lists are lists, and what was chosen can be asked for."""
    build(tmp_path, several(6))
    steps = str(tmp_path / "chores/v1/steps/*.parquet")
    polars: Any = importlib.import_module("polars")
    frame = polars.read_parquet(steps)
    assert frame.height == 12
    assert set(frame["op"].to_list()) == {"select", "hotkey"}
    assert frame.filter(polars.col("op") == "hotkey")["keys"].to_list()[0] == ["Control", "s"]
    duckdb: Any = importlib.import_module("duckdb")
    asked = f"SELECT target.name, count(*) FROM '{steps}' WHERE op='select' GROUP BY 1"
    assert duckdb.sql(asked).fetchall() == [("Country", 6)]
    events = str(tmp_path / "chores/v1/events/*.parquet")
    assert duckdb.sql(f"SELECT count(*) FROM '{events}' WHERE kind='motion'").fetchall() == [(240,)]


_HUB = """
import json, sys, datasets
place, cache = sys.argv[1:]
found = datasets.load_dataset(place, cache_dir=cache)
elements = datasets.load_dataset(place, "elements", split="train", cache_dir=cache)
rows = sum(split.num_rows for split in found.values())
print(json.dumps([sorted(found), rows, found["train"][0]["target"]["selectors"], sorted(set(elements["of"]))]))
"""


def test_the_library_of_dataset_hubs_reads_it(tmp_path: Path) -> None:
    """`datasets.load_dataset(folder, "steps")`: tables by name, splits by name, from the card's front matter."""
    build(tmp_path / "home", several(8))
    cache = str(tmp_path / "cache")
    ran = subprocess.run(
        [sys.executable, "-c", _HUB, str(tmp_path / "home/chores/v1"), cache],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": cache, "HF_HUB_DISABLE_TELEMETRY": "1"},
        check=True, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    splits, rows, selectors, kinds = json.loads(ran.stdout.splitlines()[-1])
    assert splits == ["test", "train", "validation"]
    assert (rows, selectors, kinds) == (16, ["aria/Country", "#country"], ["node", "target"])


def test_a_pointer_event_costs_at_most_seven_bytes(tmp_path: Path) -> None:
    """Both stamps, both places, its episode and its rule: written as differences."""
    one = demonstration()
    motion = [event for event in one.events if isinstance(event.event, Motion)]
    assert motion
    many = pointer(60_000, seed=1)
    given = Demonstration(
        msgspec.structs.replace(one.episode, first=0, last=len(many) - 1), one.sights, many, one.screen
    )  # fmt: skip
    made = build(tmp_path, [given])
    file = made.files["events/train-00000.parquet"]
    assert file.bytes / file.rows <= 4  # 7 must be reached; without differences it would be 6
    parquet: Any = importlib.import_module("pyarrow.parquet")
    group = parquet.ParquetFile(tmp_path / "chores/v1/events/train-00000.parquet").metadata.row_group(0)
    coded = {group.column(n).path_in_schema: group.column(n).encodings for n in range(group.num_columns)}
    assert all("DELTA_BINARY_PACKED" in coded[name] for name in ("seq", "us", "late", "x", "y"))
