"""How a training goes, for TensorBoard: one run in a folder of its own, beside the model's versions.

What else is told of a training is told the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from torch.utils.tensorboard import SummaryWriter

from byhand.models.training import Progress

FOLDER = "runs"
_EVERY = 10


class Logs:
    """Writes what `Progress` says.

    Args:
        place: of the model's versions.
        run: what this one is called, the same when it goes on.
        also: told the same, after each step that is written.
    """

    def __init__(self, place: Path, run: str, also: Callable[[int, Mapping[str, float]], object] | None = None) -> None:
        self._folder, self._writer, self._also = place / FOLDER / run, None, also

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._writer: Any = SummaryWriter(str(self._folder))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.close()

    def __call__(self, progress: Progress) -> None:
        if progress.step % _EVERY and progress.held is None:
            return
        told = {"loss/learned": progress.loss, "right/learned": progress.right, "rate": progress.rate,
                "examples a second": progress.examples_s}  # fmt: skip
        told |= {f"head/{name}": value for name, value in progress.heads.items()}
        if progress.held is not None:
            held = progress.held
            told |= {"loss/held back": held.loss, "right/held back": held.right, "op/held back": held.op,
                     "element/held back": held.element}  # fmt: skip
        self.write(progress.step, told)

    def write(self, step: int, told: Mapping[str, float]) -> None:
        """Figures of a step, by name."""
        for name, value in told.items():
            self._writer.add_scalar(name, value, step)
        if self._also is not None:
            self._also(step, told)
