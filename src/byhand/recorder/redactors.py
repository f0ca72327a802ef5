"""Detectors that other packages bring: the hook `register_redactors` (docs/privacy.md).

A package names, in its entry points of group `byhand.redactors`, a function without arguments that returns detectors
(`privacy.text.types.Detector`). They only add: none can clear what another found, and one that raises drops the text.
Whoever makes a guard or a cleaner loads them once and hands them on as `extra` of `detect.union.detectors`.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from byhand.errors import RecorderError
from byhand.privacy.text.types import Detector

GROUP = "byhand.redactors"


def redactors(entries: tuple[EntryPoint, ...] | None = None) -> tuple[Detector, ...]:
    """The detectors of installed packages, in the order of their names.

    Args:
        entries: the packages' entry points; those that are installed, if not given.

    Raises:
        RecorderError: one can't be loaded. What it would have masked is unknown, so nothing may be recorded.
    """
    found = entries if entries is not None else tuple(entry_points(group=GROUP))
    made: list[Detector] = []
    for entry in sorted(found, key=lambda entry: entry.name):
        try:
            made += entry.load()()
        except Exception as error:  # the package's own fault, whatever it is
            raise RecorderError(
                f"the redactor {entry.name} can't be loaded ({type(error).__name__})",
                hints=("repair or remove the package that brings it",), fate="nothing was recorded",
            ) from error  # fmt: skip
    return tuple(made)
