"""`byhand dataset list`, `show`, `diff`, `steps`, `verify`: what datasets there are and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_follow
from byhand.cli import dataset_home as at_home
from byhand.cli import open as opened
from byhand.cli.dataset_home import Name
from byhand.cli.output import Json, columns, emit, say
from byhand.datasets import versions
from byhand.datasets.checking import verify
from byhand.datasets.differing import diff
from byhand.datasets.manifest import SPLITS, Manifest
from byhand.datasets.store import At, open_at
from byhand.errors import VaultDamaged
from byhand.ui import words
from byhand.vault.store import Vault

Other = Annotated[str, Parameter(help="The version to compare with, named likewise.")]


def caught_up(home: Path) -> None:
    """What was forgotten is out of all datasets before anybody looks at one."""
    if Vault.exists(home) and at_home.root(home).exists():
        with opened.vault(home) as vault:
            dataset_follow.caught_up(home, vault)


def chosen(home: Path, name: str) -> Path:
    """The folder of the version a person means."""
    caught_up(home)
    return versions.find(at_home.root(home), name)


def dataset_list(*, json: Json = False) -> None:
    home = opened.home()
    caught_up(home)
    found = versions.listed(at_home.root(home))
    if json:
        emit([_told(place, made) for place, made in found])
    elif not found:
        say("no datasets yet", Text("to make one, run: byhand dataset build --from all --as NAME", "quiet"))
    else:
        columns(_row(place, made) for place, made in found)


def _told(place: Path, made: Manifest) -> dict[str, object]:
    return {**at_home.summary(place, made), "erased": versions.gone(place) is not None}


def _row(place: Path, made: Manifest) -> tuple[Text, ...]:
    erased = versions.gone(place) is not None
    size = sum(file.bytes for file in made.files.values()) + made.media.bytes
    return (
        Text(f"{made.name}@{made.version}", "name"), Text(words.many(made.episodes, "episode")),
        Text(words.many(made.steps, "step"), "quiet"), Text(words.size(size), "quiet"),
        Text("erased", "bad") if erased else Text("can be shared" if made.purpose == "train" else "mine", "quiet"),
        Text("" if made.source == "byhand" else f"from {made.source}", "quiet"),
    )  # fmt: skip


def dataset_show(name: Name, /, *, json: Json = False) -> None:
    home = opened.home()
    place = chosen(home, name)
    made = versions.load(place)
    gone = versions.gone(place)
    if json:
        emit(
            {
                **msgspec.to_builtins(made),
                "place": str(place),
                "erased": gone is not None,
                "next": gone.next if gone else 0,
            }
        )
        return
    say(Text.assemble((f"{made.name} version {made.version}", "name")))
    if gone is not None:
        after = f"version {gone.next} is without it" if gone.next else "no version follows"
        say(Text(f"  erased: it held a recording that was forgotten; {after}", "bad"))
    columns(((Text(word, "quiet"), Text(value)) for word, value in _facts(place, made)), indent=2)


def _facts(place: Path, made: Manifest) -> Iterator[tuple[str, str]]:
    yield "purpose", "can be shared" if made.purpose == "train" else "for your own use"
    yield "episodes", ", ".join(f"{name} {made.split.counts[name]:,}" for name in SPLITS if name in made.split.counts)
    yield "steps", f"{made.steps:,}"
    yield "events", f"{made.events:,}"
    yield "recordings", f"{len(made.recordings):,}"
    yield "made from", ", ".join(f"{one.name}@{one.version}" for one in made.parents) or made.source
    yield "left out", f"{words.many(made.doubles, 'identical episode')}, {words.many(len(made.problems), 'problem')}"
    if (place / "card.html").exists():
        yield "card", str(place / "card.html")


def dataset_diff(name: Name, other: Other, /, *, json: Json = False) -> None:
    home = opened.home()
    found = diff(chosen(home, name), chosen(home, other))
    if json:
        emit(found)
        return
    for said, values in (
        ("came", found.came), ("went", found.went), ("changed", found.changed), ("moved to another split", found.moved),
        ("recordings came", found.recordings_came), ("recordings went", found.recordings_went),
    ):  # fmt: skip
        if values:
            more = f" and {len(values) - 5:,} more" if len(values) > 5 else ""
            say(Text.assemble((f"{len(values):,} {said}  ", "name"), (", ".join(values[:5]) + more, "quiet")))
    for field, (before, after) in found.about.items():
        say(Text.assemble((f"{field}  ", "quiet"), f"{before} -> {after}"))
    if not found.compared:
        say(Text("two reducers made their actions, which are not compared; to compare, build the older anew", "warn"))
    if not found.about and not found.came + found.went + found.changed + found.moved:
        say("the same")


def dataset_steps(name: Name, /, *, json: Json = False) -> None:
    home = opened.home()
    for at in open_at(chosen(home, name)).steps():
        if json:
            emit(_step(at))
        else:
            say(_line(at))


def _step(at: At) -> dict[str, object]:
    act = at.step.action
    return {
        "episode": at.episode, "step": at.number, "split": at.split, "op": act.op, "target": act.target, "to": act.to,
        "text": act.text, "masked": act.masked, "keys": act.keys, "times": act.times, "x": act.x, "y": act.y,
        "app": act.app, "origin": act.origin, "page": act.page, "first": act.first, "last": act.last,
        "events": act.events, "why": act.why, "tags": at.step.tags,
        "observation": [
            {"kind": one.kind, "seq": one.seq, "media": at.sights.file(one.seq)} for one in at.step.before
        ],
    }  # fmt: skip


def _line(at: At) -> Text:
    """The episode by its whole name and the step from 1, as `replay` names them and its --given wants them."""
    act = at.step.action
    what = act.target.name or act.target.role if act.target else act.origin + act.page if act.op == "navigate" else ""
    said = act.text or "+".join(act.keys)
    return Text.assemble(
        (f"{at.episode} {at.number + 1:4}  ", "quiet"), (f"{act.op:13}", "name"), words.shown(what, 60),
        (f"  {words.shown(said, 60)}" if said else ""), (f"  {words.shown(act.app, 30)}" if act.app else "", "app"),
    )  # fmt: skip


def dataset_verify(name: Name, /, *, json: Json = False) -> None:
    home = opened.home()
    place = chosen(home, name)
    found = verify(place)
    if json:
        emit(found)
    elif found.ok:
        seen = words.many(found.media, "picture or page", "pictures and pages")
        say(f"whole: {words.many(found.files, 'file')} and {seen}")
    if not found.ok:
        raise VaultDamaged(
            f"this dataset is not what it was made: {words.many(len(found.problems), 'problem')}",
            hints=tuple(f"{one.source}: {one.message}" for one in found.problems[:10]),
        )
