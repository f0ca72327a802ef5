"""What is laid by while a dataset is built: for each recording, or each handful of imported episodes, a folder of rows.

Rules of this module: a part is there whole or not at all. Whoever goes on with a build finds by its name that it is
done. A recording that can't be read, or that the reducer breaks on, becomes a part without episodes and a `Problem`
that tells where, never what.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets import tables, taken, whole
from byhand.datasets.formats.port import Demonstration, Sight
from byhand.datasets.heavy import heavy
from byhand.datasets.manifest import TABLES, Part
from byhand.datasets.media import Shelf, shelve, shelve_recording
from byhand.datasets.rows import Rows
from byhand.episodes.build import build
from byhand.episodes.types import Episode
from byhand.errors import ByhandError, Problem
from byhand.events.kinds import Snapshot, Wireframe

FOLDER = "parts"
_DONE = "done.json"


class Done(msgspec.Struct, frozen=True):
    """What a part holds. name: its folder. parts: the recordings in it."""

    name: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    steps: int = 0
    events: int = 0


def done(work: Path, name: str) -> Done | None:
    """What the part of that name holds, if it is there."""
    try:
        return msgspec.json.decode((work / FOLDER / name / _DONE).read_bytes(), type=Done)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def table(work: Path, name: str, of: str) -> Any:
    return tables.kept(work / FOLDER / name / f"{of}.arrow")


def reduced(work: Path, file: Path) -> Done:
    """Make the part of a recording that was taken in."""
    if (found := done(work, file.stem)) is not None:
        return found
    part = Part("")
    try:
        held = taken.read(file.read_bytes())
        part = held.part
        return _reduced(work, file.stem, held)
    except ByhandError as error:
        why = error.message
    except OSError:
        raise  # the disk's trouble, not the recording's
    except Exception as error:  # one recording that the reducer breaks on must not end the build
        why = f"the reducer broke on it ({type(error).__name__})"
    return _lay(work, file.stem, Rows().tables(), (part,), (Problem(part.recording or file.stem, f"set aside: {why}"),))


def _reduced(work: Path, name: str, held: taken.Taken) -> Done:
    events = list(held.events())
    part, about = held.part, held.about
    built = build(
        part.recording, events, about.monitors, person=part.person, grant=part.grant, guard=part.guard,
        by="person" if part.own else "source",
    )  # fmt: skip
    made = [_called(one, held.words.get(one.id, "")) for one in built.episodes if one.steps]
    made = [_correcting(one) for one in made] if about.corrects else made
    made[:1] = [_going_on(one, about) for one in made[:1]]
    refs = shelve_recording(Shelf(work), made, events, held.refs)
    first = events[0].seq if events else 0
    sights: dict[int, Sight] = {
        one.seq: one.event for one in events if one.seq in refs and isinstance(one.event, Snapshot | Wireframe)
    }
    rows = Rows()
    for episode in made:
        own = events[episode.first - first : episode.last - first + 1]
        rows.add(Demonstration(episode, sights, own, about.screen, about.utc_ns, source=about.source), refs)
    problems = [*built.problems]
    if not made:
        problems.append(Problem(part.recording, "set aside: nothing was done in it"))
    own = msgspec.structs.replace(part, episodes=len(made))
    return _lay(work, name, rows.tables(), (own, *about.before), problems)


def _called(episode: Episode, said: str) -> Episode:
    """By what a model said it was for, where the person said nothing."""
    if not said or episode.by != "template":
        return episode
    return msgspec.structs.replace(episode, instruction=said, by="model")


def _correcting(episode: Episode) -> Episode:
    """All that is done after taking over from a model corrects it, whatever else it is."""
    steps = tuple(
        msgspec.structs.replace(step, tags=tuple(sorted({*step.tags, "correction"}))) for step in episode.steps
    )
    return msgspec.structs.replace(episode, steps=steps)


def _going_on(episode: Episode, about: taken.About) -> Episode:
    """The first thing that is done after taking over goes on from what the model did."""
    return msgspec.structs.replace(episode, prior=about.prior, after=tuple(one.recording for one in about.before))


def gathered(work: Path, name: str, demonstrations: Iterable[Demonstration]) -> Done:
    """Make a part of imported episodes. One that does not hold together is set aside."""
    pa = heavy("pyarrow")
    shelf = Shelf(work)
    known: dict[str, Part] = {}
    problems: list[Problem] = []
    found: list[dict[str, Any]] = [Rows().tables()]
    for one in demonstrations:
        episode = one.episode
        rows = Rows()
        try:
            rows.add(one, shelve(shelf, episode, one.sights))
            found.append(rows.tables())
        except ByhandError as error:
            problems.append(Problem(one.source, f"set aside: {error.message}"))
        except OSError:
            raise  # the disk's trouble
        except Exception as error:  # numbers too large, a list that is none: the source's trouble
            problems.append(Problem(one.source, f"set aside: its values make no rows ({type(error).__name__})"))
        else:
            known[episode.recording] = Part(episode.recording, episode.person, episode.grant, episode.guard, own=False)
    tables_of = {of: pa.concat_tables([one[of] for one in found]).unify_dictionaries() for of in TABLES}
    return _lay(work, name, tables_of, tuple(known.values()), problems)


def _lay(work: Path, name: str, made: Mapping[str, Any], parts: tuple[Part, ...], problems: Iterable[Problem]) -> Done:
    place = whole.private_dir(work / FOLDER) / name
    half = place.with_name(f".{name}.{secrets.token_hex(4)}.part")
    half.mkdir(mode=0o700)
    try:
        for of in TABLES:
            tables.keep(half / f"{of}.arrow", made[of])
        said = Done(name, parts, tuple(problems), made["steps"].num_rows, made["events"].num_rows)
        (half / _DONE).write_bytes(msgspec.json.encode(said))
        shutil.rmtree(place, ignore_errors=True)
        half.rename(place)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return said
