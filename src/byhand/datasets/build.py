"""Building a dataset: recordings and imported episodes in, an immutable version out.

    take, gather    one by one into the build's folder `.building`
    reduce          each recording -> a part (`parts`), on the engine
    place           identical episodes once, splits (`split`), files (`shards`)
    write           each file, on the engine
    close           media, data card, manifest; flushed to the disk, then renamed to vN

Rules of this module: a version is there whole or not at all. A build that was killed leaves `.building`; the next one
of that name goes on with what is done there, if it is the same build: by the same program, of the same source. One that
fails takes it away.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from byhand.datasets import card, lineage, manifest, parts, shards, taken, whole
from byhand.datasets.engine import Engine
from byhand.datasets.formats.port import Demonstration, Imported, Recording
from byhand.datasets.manifest import Manifest, Media, Part, Purpose, Split
from byhand.datasets.media import Ref, Shelf
from byhand.datasets.media import place as media_place
from byhand.datasets.split import Item, by, firsts, split
from byhand.datasets.taken import About
from byhand.datasets.versions import next_version, versions
from byhand.episodes.types import REDUCER
from byhand.errors import Problem, UsageFault
from byhand.events.kinds import AnyEvent

WORK = ".building"
_MADE_BY = "made-by"
_IN = "in"
_HANDFUL = 32
_SMALL = 2_000_000
"""Bytes of packed recordings below which no other process is started: about a third of a million pointer events."""
Told = Callable[[str, int, int], None]
"""Hears how far it is: what is being done, how many of it are done, of how many."""


class Asked(msgspec.Struct, frozen=True):
    """What a version says of itself. source: `byhand`, or the format it was imported from.

    like: what the source of an import looked like (`sources.looks`); another one is not gone on with.
    """

    name: str
    purpose: Purpose
    program: str
    source: str = "byhand"
    erasures: int = 0
    like: str = ""

    def made_by(self) -> bytes:
        """Equal for two builds whose parts are the same."""
        return f"{manifest.SCHEMA} {REDUCER} {self.program} {self.source} {self.like}\n".encode()


class Build:
    """Made by `begin`."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        self._folder = folder
        self._work = work = folder / WORK
        if not _is_of(work, asked):
            whole.remove(work)
        whole.private_dir(work)
        if not (work / _MADE_BY).exists():
            whole.write(work / _MADE_BY, asked.made_by())
        self._asked = asked
        self._names: dict[str, str] = {}
        self._waiting: list[tuple[str, int]] = []
        self._done: list[parts.Done] = []
        self._bytes = 0
        self.problems: list[Problem] = []

    def take(
        self, part: Part, events: Sequence[AnyEvent], about: About, refs: Mapping[int, Ref] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """A recording, after its edits and under pseudonyms. `refs`: what could be seen and is kept already. `words`:
        what a model said its episodes were for, by their ids.
        """
        data = taken.pack(part, events, about, refs or {}, words or {})
        name = taken.name(data)
        if name in self._names:
            return
        self._names[name] = part.recording
        self._bytes += len(data)
        if parts.done(self._work, name) is None:
            self._waiting.append((name, len(data)))
            file = whole.private_dir(self._work / _IN) / f"{name}.bys"
            if not file.exists():
                whole.write(file, data)

    def gather(self, found: Iterable[Imported], told: Told) -> None:
        """What a format's reader finds. What is wrong with it becomes a `Problem`."""
        handful: list[Demonstration] = []
        names: set[str] = set()
        shelf = Shelf(self._work)
        for seen, one in enumerate(found, 1):
            match one:
                case Problem():
                    self.problems.append(one)
                case Recording():
                    events = [event.event for event in one.events]
                    refs = {seq: shelf.put(sight) for seq, sight in one.sights.items()}
                    about = About(one.screen, (), one.utc_ns, one.source)
                    self.take(Part(one.name, own=False), events, about, refs)
                case Demonstration() if one.episode.id in names:
                    self.set_aside(Problem(one.source, "an episode of that name is in it already"))
                case Demonstration():
                    names.add(one.episode.id)
                    handful.append(one)
            if len(handful) >= _HANDFUL:
                self._gathered(handful)
                handful = []
            told("read", seen, 0)
        if handful:
            self._gathered(handful)

    def _gathered(self, handful: Sequence[Demonstration]) -> None:
        ids = hashlib.sha256("\n".join(one.episode.id for one in handful).encode("utf-8", "surrogatepass"))
        name = f"import-{len(self._done):06}-{ids.hexdigest()[:16]}"
        self._done.append(parts.done(self._work, name) or parts.gathered(self._work, name, handful))

    def set_aside(self, problem: Problem) -> None:
        self.problems.append(problem)

    def finish(self, engine: Engine, told: Told, *, root: Path, at: int) -> Manifest:
        """Make the version.

        Args:
            engine: where the heavy steps run.
            told: hears how far it is.
            root: the home's folder `datasets`, for the lineage.
            at: UTC seconds, for the lineage.

        Raises:
            UsageFault: there is not one episode to put in.
            ByhandError: it can't be made.
        """
        done = self._reduced(engine, told)
        held, items, of, twice = _told(self._work, done)
        self.problems += twice
        kept = firsts(items)
        if not kept:
            raise UsageFault(
                "there is nothing to build a dataset of",
                hints=tuple(f"{one.source}: {one.message}" for one in self.problems[:5]),
                fate="no dataset was made",
            )
        placed = split(kept)
        written = self._written(engine, shards.plan(held, placed), told)
        new = self._work / "new"
        media = _shelved(self._work, new, sorted({name for one in written for name in one.media}))
        version = next_version(self._folder)
        files = {name: file for one in written for name, file in sorted(one.files.items())}
        counts = {name: sum(1 for one in placed.values() if one == name) for name in manifest.SPLITS}
        there = {one.episode for one in kept}
        sizes = {one.episode: one for one in held}
        made = Manifest(
            schema=manifest.SCHEMA, name=self._asked.name, version=version, purpose=self._asked.purpose,
            program=self._asked.program, reducer=REDUCER, source=self._asked.source, parents=_parents(self._folder),
            recordings=_parts(done, (of[one.episode] for one in kept)), erasures=self._asked.erasures,
            split=Split(by(kept), {name: count for name, count in counts.items() if count}),
            doubles=len(items) - len(kept), episodes=len(kept), steps=sum(sizes[one].steps for one in there),
            events=sum(sizes[one].events for one in there), files=files, media=media, problems=tuple(self.problems),
        )  # fmt: skip
        told("card", 0, 0)
        return close(self._folder, new, made, root=root, at=at)

    def _reduced(self, engine: Engine, told: Told) -> list[parts.Done]:
        count = len(self._names)
        ready = count - len(self._waiting)
        # The largest first: the last one running should be a short one.
        names = [name for name, _ in sorted(self._waiting, key=lambda one: -one[1])]
        told("reduce", ready, count)
        for number, _ in enumerate(engine.run(reduce, self._work, names, small=self._bytes < _SMALL), ready + 1):
            told("reduce", number, count)
        found = [parts.done(self._work, name) for name in sorted(self._names, key=lambda one: (self._names[one], one))]
        done = [one for one in found if one is not None] + self._done
        for one in done:
            self.problems += one.problems
        return done

    def _written(self, engine: Engine, plan: Sequence[shards.Shard], told: Told) -> list[shards.Written]:
        pieces = [msgspec.json.encode(one).decode() for one in plan]
        answers: list[shards.Written] = []
        for answer in engine.run(shards.write, self._work, pieces, small=self._bytes < _SMALL):
            answers.append(msgspec.json.decode(answer, type=shards.Written))
            told("write", len(answers), len(pieces))
        return sorted(answers, key=lambda one: sorted(one.files))


@contextlib.contextmanager
def begin(folder: Path, asked: Asked, *, again: bool = True) -> Generator[Build]:
    """Build the next version of the dataset in `folder`; goes on with the same build, if that was killed.

    Args:
        folder: of the dataset; its versions lie in it.
        asked: what it says of itself.
        again: go on with a build that was killed.

    Raises:
        UsageFault: it is being built already.
    """
    with whole.told(folder):
        fresh = not folder.exists()
        whole.private_dir(folder)
        with whole.alone(folder / ".lock"):
            work = folder / WORK
            if not again:
                whole.remove(work)
            try:
                yield Build(folder, asked)
            except KeyboardInterrupt:
                raise  # as when it is killed: the next build goes on
            except BaseException:
                whole.remove(work)
                if fresh:
                    with contextlib.suppress(OSError):
                        (folder / ".lock").unlink()
                        folder.rmdir()
                raise
            whole.remove(work)


def _is_of(work: Path, asked: Asked) -> bool:
    try:
        return (work / _MADE_BY).read_bytes() == asked.made_by()
    except OSError:
        return False


def reduce(folder: Path, piece: str) -> str:
    """A piece of work for `Engine.run`: one recording that was taken in -> its part."""
    parts.reduced(folder, folder / _IN / f"{piece}.bys")
    return piece


class _Known(NamedTuple):
    """All episodes, in order; the recordings each is of, its own first; and the names that came twice."""

    held: list[shards.Held]
    items: list[Item]
    of: dict[str, tuple[str, ...]]
    twice: list[Problem]


def _told(work: Path, done: Sequence[parts.Done]) -> _Known:
    known = _Known([], [], {}, [])
    columns = ["episode", "recording", "person", "task", "same", "steps", "events", "after"]
    for part in done:
        for row in parts.table(work, part.name, "episodes").select(columns).to_pylist():
            name: str = row["episode"]
            if name in known.of:
                known.twice.append(Problem(row["recording"], "set aside: an episode of that name is in it already"))
                continue
            known.of[name] = (row["recording"], *row["after"])
            known.held.append(shards.Held(part.name, name, row["steps"], row["events"]))
            known.items.append(Item(name, row["person"], row["task"], row["same"]))
    return known


def _parts(done: Sequence[parts.Done], kept: Iterable[tuple[str, ...]]) -> tuple[Part, ...]:
    """The recordings of these episodes. One that gave only doubles is not in it; one of which a history tells is, with
    no episode of its own.
    """
    counts: Counter[str] = Counter()
    for own, *after in kept:
        counts[own] += 1
        counts.update(dict.fromkeys(after, 0))
    known = {part.recording: part for one in done for part in one.parts}
    return tuple(msgspec.structs.replace(known[name], episodes=counts[name]) for name in sorted(counts))


def _shelved(work: Path, new: Path, names: Sequence[str]) -> Media:
    size = 0
    for name in names:
        source = media_place(work, name)
        shards.link(source, media_place(new, name))
        size += source.stat().st_size
    return media_told(names, size)


def media_told(names: Sequence[str], size: int) -> Media:
    return Media(len(names), size, shards.names_hash(names))


def _parents(folder: Path) -> tuple[manifest.Parent, ...]:
    known = versions(folder)
    if not known:
        return ()
    file = folder / f"v{known[-1]}" / manifest.FILE
    return (manifest.Parent(folder.name, known[-1], whole.sha256(file)),)


def close(folder: Path, new: Path, made: Manifest, *, root: Path, at: int) -> Manifest:
    """Card and manifest; then the folder `new` becomes the version, in one step."""
    files = dict(made.files)
    for name in card.write(new, made):
        files[name] = manifest.File(whole.sha256(new / name), (new / name).stat().st_size)
    made = msgspec.structs.replace(made, files=files)
    (new / manifest.FILE).write_bytes(manifest.pack(made))
    for path in (new, *new.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    whole.sync_tree(new)
    place = folder / f"v{made.version}"
    own = tuple(part.recording for part in made.recordings if part.own)
    # The lineage first: a version that it does not know would not be found when a recording is forgotten.
    lineage.add(root, lineage.Made(made.name, made.version, str(place), own, made.parents, made.erasures, at))
    new.rename(place)
    whole.sync(folder)
    return made
