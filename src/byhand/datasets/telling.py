"""Rows of the tables -> episodes and events again, the very values they were made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from byhand.datasets.media import Ref
from byhand.episodes import by_agent
from byhand.episodes.types import Action, Episode, Observation, Step
from byhand.errors import VaultDamaged
from byhand.events.kinds import AnyEvent, Button, Frame, Key, Motion, Numbered, Scroll, Snapshot, Wireframe

Row = Mapping[str, Any]
_T = TypeVar("_T", Action, Episode)
_MORE = msgspec.json.Decoder(AnyEvent)


def step(row: Row) -> Step:
    """Raises:
    VaultDamaged: the row says something no step says.
    """
    return Step(_as(row, Action), _seen(row["before"]), _seen(row["after"]), tuple(row["tags"]))


def episode(row: Row, steps: Sequence[Row]) -> Episode:
    """An episode of its row and those of its steps, in order. Raises like `step`."""
    told = {**row, "id": row["episode"], "steps": (), "prior": ()}
    prior = tuple(by_agent.told(**one) for one in row.get("prior", ()))
    return msgspec.structs.replace(
        _as({"after": (), **told}, Episode), steps=tuple(map(step, steps)), prior=prior
    )  # fmt: skip


def _as(row: Row, kind: type[_T]) -> _T:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError:
        raise VaultDamaged(f"a row of this dataset is no {kind.__name__.lower()}") from None


def refs(steps: Sequence[Row]) -> dict[int, tuple[Ref, int]]:
    """Where what could be seen is kept, and when it was seen: by its place in the recording."""
    return {
        one["seq"]: (Ref(one["media"], one["w"], one["h"], one["x"], one["y"]), one["mono_ns"])
        for row in steps
        for one in (*row["before"], *row["after"])
        if one["media"]
    }


def _seen(values: Sequence[Row]) -> tuple[Observation, ...]:
    return tuple(Observation(one["kind"], one["seq"], one["mono_ns"]) for one in values)


def events(rows: Sequence[Row], sights: Mapping[int, Any]) -> Iterator[Numbered]:
    """Events of rows. A frame comes without its patch: what it showed is among `sights`.

    Raises:
        VaultDamaged: a row says something no event says.
    """
    for row in rows:
        mono_ns = row["us"] * 1000
        stamps = row["us"] // 1000 + row["late"], mono_ns, row["by"]
        seq: int = row["seq"]
        match row["kind"]:
            case "motion":
                event: AnyEvent = Motion(*stamps, row["x"], row["y"], row["injected"])
            case "button":
                event = Button(*stamps, row["down"], row["button"], row["x"], row["y"], row["injected"])
            case "scroll":
                event = Scroll(*stamps, row["dx"], row["dy"], row["x"], row["y"], row["injected"])
            case "key":
                event = Key(
                    *stamps, row["down"], row["cls"], row["keycode"], row["keysym"], row["mods"], row["repeat"],
                    row["injected"],
                )  # fmt: skip
            case "frame":
                seen = sights[seq]
                event = Frame(*stamps, "clock", seen.w, seen.h, 0, b"")
            case "snapshot" | "wireframe":
                found: Snapshot | Wireframe = sights[seq]
                event = msgspec.structs.replace(found, server_ms=stamps[0])
            case _:
                try:
                    event = _MORE.decode(row["more"])
                except (msgspec.MsgspecError, TypeError):
                    raise VaultDamaged("an event of this dataset can't be read") from None
        yield Numbered(seq, event)
