"""Demonstrations -> rows of the four tables.

Rules of this module: rows of an episode say all that its types say, so that `telling` gives back the very same values.
Pointer motion is the bulk of all events: it goes in as whole columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from byhand.datasets.formats.port import Demonstration, Sight
from byhand.datasets.heavy import heavy
from byhand.datasets.media import Ref
from byhand.datasets.split import same_as, task_of
from byhand.datasets.tables import schemas
from byhand.episodes.types import Action, Observation, Target
from byhand.events.kinds import Button, Event, Frame, Key, Motion, Numbered, Scroll, Snapshot, Wireframe

_SEEN = (Frame, Snapshot, Wireframe)
_HOT: dict[type[Event], tuple[str, ...]] = {
    Motion: ("x", "y", "injected"),
    Button: ("x", "y", "down", "button", "injected"),
    Scroll: ("x", "y", "dx", "dy", "injected"),
    Key: ("down", "cls", "keycode", "keysym", "mods", "repeat", "injected"),
}
"""Kinds with columns of their own; the fields of the others stand in `more`, as JSON."""
_NUMBERS = {"x": "int32", "y": "int32", "dx": "float64", "dy": "float64", "button": "int32", "keycode": "int32",
            "mods": "int32", "down": "bool", "injected": "bool", "repeat": "bool"}  # fmt: skip


class Rows:
    """Gathers rows; `tables` gives them as Arrow."""

    def __init__(self) -> None:
        self._columns: dict[str, dict[str, list[Any]]] = {
            table: {name: [] for name in schemas()[table].names} for table in ("episodes", "steps", "elements")
        }
        self._events: list[Any] = []

    def add(self, one: Demonstration, refs: Mapping[int, Ref]) -> None:
        """One more episode. `refs`: where what it could see is kept, by place."""
        episode = one.episode
        kept = [event for event in one.events if not isinstance(event.event, _SEEN) or event.seq in refs]
        steps = episode.steps
        apps = sorted({step.action.app for step in steps if step.action.app})
        self._row(
            "episodes", episode=episode.id, recording=episode.recording, person=episode.person, grant=episode.grant,
            instruction=episode.instruction, by=episode.by, outcome=episode.outcome, cut=episode.cut,
            skills=episode.skills, gaps=episode.gaps, apps=apps,
            steps=len(steps), events=len(kept), first=episode.first, last=episode.last, start_ns=episode.start_ns,
            end_ns=episode.end_ns, screen_w=one.screen[0], screen_h=one.screen[1], utc_ns=one.utc_ns,
            guard=episode.guard, reducer=episode.reducer, task=task_of(episode), same=same_as(episode, one.sights),
            source=one.source, prior=[_prior(act) for act in episode.prior], after=episode.after,
        )  # fmt: skip
        told: set[str] = set()
        for number, step in enumerate(steps):
            action = step.action
            fields = {name: getattr(action, name) for name in Action.__struct_fields__ if name not in {"target", "to"}}
            self._row(
                "steps", episode=episode.id, step=number, target=_struct(action.target), to=_struct(action.to),
                tags=step.tags, before=[_seen(seen, refs) for seen in step.before],
                after=[_seen(seen, refs) for seen in step.after], **fields,
            )  # fmt: skip
            for of, target in (("target", action.target), ("to", action.to)):
                if target is not None:
                    self._target(episode.id, number, of, target)
            for seen in step.before:
                ref = refs.get(seen.seq)
                if ref is not None and ref.name not in told and seen.kind != "frame":
                    told.add(ref.name)
                    self._nodes(episode.id, number, ref, one.sights[seen.seq])
        self._events.append(event_table(episode.id, kept, refs))

    def _row(self, table: str, **values: object) -> None:
        for name, column in self._columns[table].items():
            column.append(values[name])

    def _target(self, episode: str, step: int, of: str, target: Target) -> None:
        x, y, w, h = target.box if len(target.box) == 4 else (None, None, None, None)
        self._row(
            "elements", episode=episode, step=step, of=of, media=None, place=0, node=target.node, parent=None,
            role=target.role, name=target.name, states=target.states, x=x, y=y, w=w, h=h, aria=target.aria,
            tag=target.tag, holds=target.holds, source=target.source,
        )  # fmt: skip

    def _nodes(self, episode: str, step: int, ref: Ref, sight: Sight) -> None:
        """What a snapshot or a wireframe lists, one row each."""
        if not isinstance(sight, Snapshot | Wireframe):
            return
        count = len(sight.roles)
        page = isinstance(sight, Snapshot)
        same: dict[str, object] = {"episode": episode, "step": step, "of": "node", "media": ref.name}
        many: dict[str, Sequence[object]] = {
            "place": range(count),
            "node": sight.nodes if page else [0] * count,
            "parent": sight.parents if page else [-1] * count,
            "role": sight.roles,
            "name": sight.names,
            "states": [one.split() for one in sight.states] if page else [()] * count,
            "aria": sight.roles if page else [""] * count,
            "tag": sight.tags if page else [""] * count,
            "holds": sight.holds if page else [""] * count,
            "source": ["browser" if page else "desktop"] * count,
        }
        for at, name in enumerate("xywh"):
            many[name] = sight.places[at::4]
        for name, column in self._columns["elements"].items():
            column.extend(many[name] if name in many else [same[name]] * count)

    def tables(self) -> dict[str, Any]:
        """All rows so far."""
        pa = heavy("pyarrow")
        made = {
            table: pa.table(
                {name: _array(values, schemas()[table].field(name).type) for name, values in columns.items()},
                schema=schemas()[table],
            )
            for table, columns in self._columns.items()
        }
        events = self._events or [schemas()["events"].empty_table()]
        return {**made, "events": pa.concat_tables(events).unify_dictionaries()}


def _array(values: list[Any], kind: Any) -> Any:
    pa = heavy("pyarrow")
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)


def _struct(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else msgspec.structs.asdict(target)


def _prior(act: Action) -> dict[str, Any]:
    target = act.target or Target()
    return {
        "op": act.op, "node": target.node, "role": target.aria, "name": target.name, "text": act.text, "keys": act.keys,
    }  # fmt: skip


def _seen(one: Observation, refs: Mapping[int, Ref]) -> dict[str, Any]:
    ref = refs.get(one.seq, Ref(""))
    return {
        "kind": one.kind, "seq": one.seq, "mono_ns": one.mono_ns, "media": ref.name or None, "w": ref.w, "h": ref.h,
        "x": ref.x, "y": ref.y,
    }  # fmt: skip


def event_table(episode: str, events: Sequence[Numbered], refs: Mapping[int, Ref]) -> Any:
    """The events of an episode as columns."""
    pa, np = heavy("pyarrow"), heavy("numpy")
    count = len(events)
    bare = [one.event for one in events]
    us = np.fromiter((event.mono_ns for event in bare), np.int64, count) // 1000
    server = np.fromiter((event.server_ms for event in bare), np.int64, count)
    columns: dict[str, Any] = {
        "episode": _same(episode, count),
        "seq": pa.array(np.fromiter((one.seq for one in events), np.int64, count)),
        "kind": pa.array([type(event).__name__.lower() for event in bare], pa.string()).dictionary_encode(),
        "by": pa.array([event.by for event in bare], pa.string()).dictionary_encode(),
        "us": pa.array(us),
        # A stamp in ms follows the other within a few: the difference costs less than a column of its own.
        "late": pa.array(server - us // 1000),
    }
    places: dict[type[Event], list[int]] = {}
    for place, event in enumerate(bare):
        places.setdefault(type(event), []).append(place)
    for name, kind in _NUMBERS.items():
        values, missing = np.zeros(count, kind), np.ones(count, bool)
        for hot, fields in _HOT.items():
            if name in fields and hot in places:
                at = places[hot]
                values[at] = [getattr(bare[place], name) for place in at]
                missing[at] = False
        columns[name] = pa.array(values, mask=missing)
    for name in ("cls", "keysym"):
        texts: list[str | None] = [None] * count
        for place in places.get(Key, ()):
            texts[place] = getattr(bare[place], name)
        columns[name] = pa.array(texts, pa.string()).dictionary_encode()
    more: list[str | None] = [None] * count
    media: list[str | None] = [None] * count
    for kind, at in places.items():
        if kind in _SEEN:
            for place in at:
                media[place] = refs[events[place].seq].name
        elif kind not in _HOT:
            for place in at:
                more[place] = msgspec.json.encode(bare[place]).decode()
    columns["more"] = pa.array(more, pa.string())
    columns["media"] = pa.array(media, pa.string()).dictionary_encode()
    schema = schemas()["events"]
    return pa.table({name: columns[name] for name in schema.names}, schema=schema)


def _same(word: str, count: int) -> Any:
    pa, np = heavy("pyarrow"), heavy("numpy")
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([word], pa.string()))
