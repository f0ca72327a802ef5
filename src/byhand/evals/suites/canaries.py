"""How many planted private values come through: to the vault's events, its bytes, and whatever else lies there.

The road is the recorder's own: raw events, guard, second look, vault. Whoever composes may add places to look in (an
export, answers of the review page): they are given the home when everything is planted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from byhand.evals import stand
from byhand.evals.canaries.planting import Planted, Planter
from byhand.evals.canaries.search import Search
from byhand.evals.figure import Figure, wilson
from byhand.events.kinds import AnyEvent
from byhand.privacy.second_look import look
from byhand.vault.store import Summary, Vault

RECORDING = "canaries"
Elsewhere = Callable[[Vault], Iterable[bytes]]
"""Other places where data lies: gives their bytes, already unpacked where they are packed."""
_BATCH = 400


def measure(count: int, home: Path, *, seed: int = 1, elsewhere: Sequence[Elsewhere] = ()) -> list[Figure]:
    """Plant `count` canaries in a new vault in `home`, then look for them.

    Args:
        count: how many.
        home: an empty folder; it holds the vault afterwards.
        seed: of the dice that make them.
        elsewhere: where else to look.
    """
    search, caught = Search(), Counter[str]()
    planter = Planter(Random(seed))  # noqa: S311  # dice, not keys
    with stand.vault(home) as vault:
        vault.begin(stand.header(RECORDING))
        guard = stand.guard(seed=seed.to_bytes(8, "big"))
        batch: list[AnyEvent] = []
        kept: Counter[str] = Counter()

        def write() -> None:
            looked = look(batch)
            caught.update(looked.dropped)
            kept.update(type(event).__name__.lower() for event in looked.events)
            vault.append(RECORDING, looked.events)
            batch.clear()

        for planted, raws in planter.plant(count):
            search.plant(planted)
            for raw in raws:
                batch += guard.feed(raw)
            batch += guard.settle(planter.now_ns)
            if len(batch) >= _BATCH:
                write()
        batch += guard.close(planter.now_ns)
        write()
        ended = stand.header().utc_ns + planter.now_ns
        vault.finish(RECORDING, Summary(dict(kept), dict(guard.tally.dropped), 0, 0, ended))
        search.events(numbered.event for numbered in vault.read(RECORDING))
        for place in elsewhere:
            for data in place(vault):
                search.told(data)
    for path in sorted(home.rglob("*")):
        if path.is_file():
            search.bytes(path.read_bytes())
    return [_figure(count, search.found, sum(caught.values()), sum(kept.values()))]


def _figure(count: int, found: Sequence[Planted], caught: int, kept: int) -> Figure:
    low, high = wilson(len(found), count)
    where = Counter((one.surface, one.canary.kind) for one in found)
    return Figure(
        row="canaries", what="planted canaries found again", value=len(found), unit="count", n=count,
        low=low * count, high=high * count, reach=0, better="lower",
        note=f"30 kinds on 7 surfaces; {kept:,} events were kept; the second look stopped {caught} of them",
        examples=tuple(f"{surface}: {kind} ({times})" for (surface, kind), times in where.most_common(12)),
    )  # fmt: skip
