"""`byhand learn --mlflow STORE`: figures of a training also go where a team compares its models.

Rules of this module: off unless a store is named. That something goes to another computer is said before.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from msgspec import to_builtins
from rich.text import Text

from byhand.cli.output import margin
from byhand.errors import UsageFault
from byhand.models.tracked import Store, Tracked, store

if TYPE_CHECKING:
    from byhand.models.checkpoint import Source

Mlflow = Annotated[
    str,
    Parameter(
        metavar="STORE",
        help="Tell MLflow figures and settings too, and nothing of what is learned from: file:FOLDER, sqlite:///FILE "
        "or http://SERVER.",
        show_default=False,
    ),
]


def refused(said: str, *, ray: int) -> None:
    """Raises:
    UsageFault: it is no store, or nothing could be told to it.
    """
    if said:
        store(said)
    if said and ray:
        raise UsageFault(
            "processes of Ray tell nothing while they learn", hints=("leave --mlflow away, or --ray",),
            fate="no model was made",
        )  # fmt: skip


def tracked(said: str, name: str, plan: Any, sources: Sequence[Source], **more: object) -> Tracked | None:
    """What tells MLflow of a training; None where no store was named.

    Args:
        said: the store.
        name: of the model.
        plan: how it is learned; of it all that is one number or word.
        sources: the datasets.
        more: what else was chosen.
    """
    if not said:
        return None
    to = store(said)
    _warn(to)
    datasets = " ".join(f"{one.dataset}@{one.version}" for one in sources)
    chosen = {**_flat(to_builtins(plan)), "datasets": datasets, **more}
    return Tracked(to, name, f"seed-{chosen.get('seed', 0)}-{os.getpid()}", chosen)


def _warn(to: Store) -> None:
    if not to.here:
        margin().print(
            Text(f"figures and settings of this training go to {to.host}; nothing of what it learns from", "quiet")
        )


def _flat(told: Mapping[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in told.items():
        if isinstance(value, dict):
            found |= _flat(value)  # pyright: ignore[reportUnknownArgumentType]  # of a Struct
        elif isinstance(value, str | int | float):
            found[name] = value
    return found
