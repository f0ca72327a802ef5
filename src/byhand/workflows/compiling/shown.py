"""A demonstration as it comes in. Whoever composes reads it from a recording or a dataset. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from byhand.episodes.types import Episode
from byhand.events.kinds import Snapshot, Wireframe


@dataclass(frozen=True, slots=True)
class Shown:
    """An episode, and the lists that its observations name, by `Observation.seq`."""

    episode: Episode
    sights: Mapping[int, object] = field(default_factory=dict[int, object], repr=False)

    def listed(self, seq: int) -> Snapshot | Wireframe | None:
        """The list of that place; pictures are none."""
        found = self.sights.get(seq)
        return found if isinstance(found, Snapshot | Wireframe) else None
