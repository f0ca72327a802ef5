"""`byhand learn --follow`: a model goes on learning for as long as a person goes on showing and correcting.

    look     what was approved, made or corrected that the newest version of a dataset does not hold
    build    its next version, for the same purpose, of all recordings
    learn    begun with the version in use, which it replaces if it is not worse
    tell     a line; then it waits for what comes

Rules of this module: it decides nothing that `dataset build` and `learn` don't decide. A version that saw what was
erased since is never begun with. What fails is told, what was in use stays, and it is tried again when something new
is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_build, dataset_home, dataset_look
from byhand.cli.dataset_new import New, Watched
from byhand.cli.durations import seconds
from byhand.cli.model import erased
from byhand.cli.output import emit, margin, say
from byhand.datasets import versions
from byhand.datasets.manifest import Manifest
from byhand.errors import ByhandError, UsageFault
from byhand.models.loading import of_torch
from byhand.ui import words

_TICK_S = 2.0
_NOT = "no model was made"
Learns = Callable[..., Mapping[str, Any] | None]
"""`learn.learned` with all that was said of it; takes from_, width and layers anew."""

Follow = Annotated[
    bool,
    Parameter(
        help="Stay: whenever you approved, made or corrected something, its dataset's next version is built of all "
        "recordings, and the model learns on from the version in use."
    ),
]
Rounds = Annotated[int, Parameter(metavar="N", help="With --follow: end after so many. 0: until Ctrl-C.")]
Idle = Annotated[
    str,
    Parameter(metavar="TIME", help="With --follow: end when nothing came for so long, like 10m.", show_default=False),
]


class Grown(NamedTuple):
    """What there is to tell of a dataset that has a new version."""

    name: str
    version: int
    came: int
    corrections: int
    same: bool


def refused(*, rounds: int, idle: str, follow: bool, ray: int, private: float) -> None:
    """Raises:
    UsageFault: what was said does not go together.
    """
    if not follow and (rounds or idle):
        raise UsageFault("--rounds and --idle are of --follow", hints=("add: --follow",), fate=_NOT)
    if follow and (ray or private):
        raise UsageFault(
            "what follows begins with the version before, in this process",
            hints=("leave --ray and --private away, or --follow",), fate=_NOT,
        )  # fmt: skip
    if rounds < 0:
        raise UsageFault("--rounds is a whole number from 0", hints=("for example: --rounds 3",), fate=_NOT)


def followed(
    home: Path, datasets: Sequence[str], learns: Learns, *, as_: str, from_: str, rounds: int, idle: str, json: bool
) -> None:
    """Stay, and make a round whenever there is something to learn. Ctrl-C ends it, and so do so many rounds or so long
    without anything.

    Raises:
        UsageFault: none of the datasets can be followed, or a name does not fit.
        KeyboardInterrupt: in the middle of a round, of which the same command makes the rest.
    """
    patience = seconds(idle, "--idle") if idle else 0.0
    following = Following(home, datasets, learns, as_=as_, from_=from_, json=json)
    last = time.monotonic()
    try:
        while following.rounds < rounds or not rounds:
            if following.turn() != "nothing":
                last = time.monotonic()
            elif patience and time.monotonic() - last >= patience:
                following.ended(f"nothing came for {idle}")
                return
            else:
                time.sleep(min(_TICK_S, patience or _TICK_S))
    except KeyboardInterrupt:
        if following.busy:
            raise
        following.ended("you ended it")


class Following:
    """One model, and the datasets it goes on with.

    Args:
        home: BYHAND_HOME.
        datasets: at least one made of recordings of this home, named without a version; others stay as they are.
        learns: learns once.
        as_: the model.
        from_: what its first version is begun with.
        json: each round is told to a program.
    """

    def __init__(
        self, home: Path, datasets: Sequence[str], learns: Learns, *, as_: str, from_: str, json: bool
    ) -> None:
        self._home, self._names, self._learns, self._json = home, tuple(datasets), learns, json
        self._as, self._from = as_, from_
        self._place: Path = of_torch("checkpoint").folder(home, as_)
        found = {name: dataset_look.chosen(home, name) for name in self._names}
        own = [
            name for name, place in found.items()
            if "@" not in name and "/" not in name and versions.load(place).source == "byhand"
        ] or list(self._names[:1])  # fmt: skip
        if not own:
            raise UsageFault("say of which dataset", hints=("for example: byhand learn chores --as chores",), fate=_NOT)
        self._watched = [Watched(home, name) for name in own]
        self._failed: set[tuple[tuple[str, int], ...]] = set()
        self._said = ""
        self.rounds = 0
        self.busy = False
        """In the middle of a round, of which something would be lost."""

    def turn(self) -> Literal["nothing", "tried", "learned"]:
        """Look once, and make a round where there is something to learn."""
        try:
            grown = [one for watched in self._watched if (one := self._grows(watched)) is not None]
            if not self._due():
                return "tried" if grown else "nothing"
        except ByhandError as error:
            self._told_once(error)
            return "nothing"
        return self._round(grown)

    # ---- its datasets

    def _grows(self, watched: Watched) -> Grown | None:
        """The next version, where something came that the newest does not hold."""
        new = watched.look()
        if not new.came and not new.corrected:
            return None
        _, before = watched.newest()
        was_living = watched.living()
        corrections = watched.corrections_in(new)
        self.busy = True
        try:
            _, after, _ = dataset_build.built(
                self._home, [dataset_build.ALL], watched.name, shareable=before.purpose == "train"
            )
        except UsageFault as error:  # nothing of it can go in
            self.busy = False
            watched.built(new)
            self._told_once(error)
            return None
        except ByhandError:
            self.busy = False
            raise
        self.busy = False
        watched.built(new)
        grown = Grown(
            watched.name, after.version, _came(before if was_living else None, after), corrections,
            was_living and _alike(before, after),
        )  # fmt: skip
        if grown.same:
            self._tell_same(watched, new)
        return grown

    def _tell_same(self, watched: Watched, new: New) -> None:
        """What came changed nothing: that is no version to learn from."""
        place, made = watched.newest()
        several = words.many(len(new.came | new.corrected), "recording")
        if self._json:
            emit({"round": 0, "dataset": made.name, "dataset_version": made.version, "new": 0, "place": str(place)})
        else:
            say(Text(f"{several} came to {watched.name}, and nothing of it is new", "quiet"))

    # ---- whether there is something to learn

    def _sources(self) -> tuple[tuple[str, int], ...]:
        """The newest versions of all that it learns from."""
        found = (versions.load(dataset_look.chosen(self._home, name)) for name in self._names)
        return tuple((made.name, made.version) for made in found)

    def _due(self) -> bool:
        """Does no version know all of it? What failed waits for something new."""
        if not all(one.living() for one in self._watched):
            return False
        sources = self._sources()
        if sources in self._failed:
            return False
        places = [self._place / f"v{number}" for number in of_torch("checkpoint").versions(self._place)]
        return not any(all(self._knows(place, *one) for one in sources) for place in places)

    def _knows(self, place: Path, name: str, version: int) -> bool:
        """Did that version of the model learn from this version of a dataset, or from one of the same steps?"""
        numbers = {number for one, number in _learned_from(place) if one == name}
        if version in numbers:
            return True
        root = dataset_home.root(self._home) / name
        if not numbers or not (root / f"v{version}").is_dir():
            return False
        made = versions.load(root / f"v{version}")
        there = set(versions.versions(root)) & numbers
        return any(_alike(versions.load(root / f"v{number}"), made) for number in there)

    def _start(self) -> tuple[str, dict[str, int], str]:
        """What the next version is begun with, its size, and why it is begun anew where it is."""
        checkpoint = of_torch("checkpoint")
        there = checkpoint.versions(self._place)
        if not there:
            return self._from, {}, ""
        number = of_torch("current").number(self._place, there)
        about = checkpoint.read(self._place / f"v{number}")
        shape = {"width": about.shape.width, "layers": about.shape.layers}
        if erased(self._home, about):
            return "", shape, f"v{number} saw what was erased since"
        if about.members:
            first = about.members[0].shape
            return "", {"width": first.width, "layers": first.layers}, f"v{number} is several that decide together"
        if about.features != of_torch("features").VERSION:
            return "", shape, f"v{number} reads pages in another way than this byhand tells them"
        return f"{self._as}@v{number}", shape, ""

    # ---- a round

    def _round(self, grown: Sequence[Grown]) -> Literal["tried", "learned"]:
        sources = self._sources()
        self.busy = True
        try:
            from_, shape, anew = self._start()
            made = self._learns(from_=from_, **shape)
        except UsageFault:  # that is the command's own fault, and stays one
            raise
        except ByhandError as error:
            self.busy = False
            self._failed.add(sources)
            self._tell_failed(error)
            return "tried"
        self.busy = False
        if made is None:
            return "tried"
        self.rounds += 1
        self._said = ""
        came = sum(one.came for one in grown if not one.same)
        corrections = sum(one.corrections for one in grown if not one.same)
        if self._json:
            more = {"round": self.rounds, "came": came, "came_corrections": corrections, "anew": anew}
            emit({**more, "datasets": [f"{name}@{version}" for name, version in sources], **made})
        else:
            say(
                _line(self.rounds, sources, came, corrections, made), *([Text(f"  begun anew: {anew}")] if anew else [])
            )
        return "learned"

    # ---- told

    def _tell_failed(self, error: ByhandError) -> None:
        there = of_torch("checkpoint").versions(self._place)
        used = of_torch("current").number(self._place, there) if there else 0
        stays = f"v{used} is used as before" if used else "there is no version yet"
        if self._json:
            emit({"round": 0, "failed": error.message, "hints": error.hints, "current": used})
        else:
            say(Text(f"nothing was learned: {error.message}; {stays}", "warn"))
            say(*(Text(f"  {hint}", "quiet") for hint in error.hints), on=margin())

    def _told_once(self, error: ByhandError) -> None:
        """The same hindrance is not told at each look."""
        said = error.message
        if said == self._said:
            return
        self._said = said
        if self._json:
            emit({"round": 0, "failed": said, "hints": error.hints})
        else:
            say(Text(f"nothing was built: {said}", "warn"))

    def ended(self, why: str) -> None:
        """For a person."""
        if not self._json:
            say(Text(f"{why}: {words.many(self.rounds, 'round')} made", "quiet"))


@cache
def _learned_from(place: Path) -> frozenset[tuple[str, int]]:
    """Versions of datasets; that of a model never changes."""
    about = of_torch("checkpoint").read(place)
    return frozenset((one.dataset, one.version) for one in about.sources)


def _alike(before: Manifest, after: Manifest) -> bool:
    """Are the steps the same? Cards differ by the version alone; and of identical episodes either may be the one that
    is kept.
    """
    one, other = (
        {name: file.sha256 for name, file in made.files.items() if name.endswith(".parquet")}
        for made in (before, after)
    )  # fmt: skip
    counted = (before.episodes, before.steps) == (after.episodes, after.steps)
    return one == other or (counted and after.doubles > before.doubles)


def _came(before: Manifest | None, after: Manifest) -> int:
    held = {one.recording for one in before.recordings} if before else set[str]()
    return len({one.recording for one in after.recordings} - held)


def _line(
    number: int, sources: Sequence[tuple[str, int]], came: int, corrections: int, made: Mapping[str, Any]
) -> Text:
    """A round, for a person: in one line."""
    figures = made["figures"]
    several = words.many(came, "recording") + (f" ({words.many(corrections, 'correction')})" if corrections else "")
    of = ", ".join(f"{name} {version}" for name, version in sources)
    said = [f"{several} came: {of}" if came or corrections else of, words.many(made["episodes"], "episode")]
    said.append(
        f"right {figures['right']:.1%} of {int(figures['examples'])} held back" if figures else "none held back"
    )
    said.append(f"{made['seconds']:.0f} s")
    stays = f"not used: {made['why']}; v{made['current']} is used as before"
    return Text.assemble(
        (f"round {number}  ", "quiet"), (f"{made['model']} version {made['version']}", "name"),
        (f"  {', '.join(said)}: ", "quiet"), ("used from here on", "good") if made["promoted"] else (stays, "warn"),
    )  # fmt: skip
