"""Starts the desktop form and reads its records.

Rules of this module: the form is a process of its own, under the Python that Debian's PyGObject belongs to; ours has
none. It is told everything in one file and keeps its records there, each save whole.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Generator, Mapping
from importlib.resources import files
from pathlib import Path

import msgspec

from byhand.errors import UsageFault
from byhand.evals.office.apps.expenses import APP, DRIFTS, described
from byhand.evals.office.books import seeded
from byhand.evals.office.families import Tables
from byhand.evals.office.look import Look
from byhand.evals.office.site import State

PYTHON = "/usr/bin/python3"
PACKAGES = ("python3-gi", "gir1.2-gtk-3.0")
_END_S = 3


class Form:
    """One that is open. `process` is the window's; `file` holds its records."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self.process, self.file = process, file

    def state(self) -> State:
        return held(self.file)


def held(file: Path) -> State:
    """The records in a form's file. A save that is under way is not among them yet."""
    told = msgspec.json.decode(file.read_bytes(), type=_Held)
    return State(APP.name, told.seed, tuple(told.drifts), told.tables, told.counts)


class _Held(msgspec.Struct):
    seed: int
    drifts: list[str]
    tables: Tables
    counts: dict[str, int]


@contextlib.contextmanager
def opened(
    folder: Path, environ: Mapping[str, str], seed: int = 1, drifts: frozenset[str] = frozenset()
) -> Generator[Form]:
    """The form's window, until the end of the block. It may not be drawn yet.

    Args:
        folder: where its records are kept.
        environ: of the desktop it opens on.
        seed: its records begin as this one draws them.
        drifts: what is other than usual; those that mean nothing in a window are left out.

    Raises:
        UsageFault: the system has no GTK for Python.
    """
    if missing():
        raise UsageFault(
            "the desktop form needs GTK for the system's Python",
            hints=(f"to install it, run: sudo apt-get install {' '.join(PACKAGES)}",), fate="nothing was opened",
        )  # fmt: skip
    drifts &= DRIFTS
    look = Look(APP, seed, drifts)
    file = folder / "expenses.json"
    file.write_text(
        json.dumps(
            {
                "seed": seed, "drifts": sorted(drifts), "tables": seeded(APP, seed, drifts), "counts": {},
                "form": described(look),
            },
            ensure_ascii=False,
        ),
        "utf-8",
    )  # fmt: skip
    window = files("byhand.evals.office.desktop") / "window.py"
    process = subprocess.Popen(
        [PYTHON, "-I", str(window), str(file)], env=dict(environ), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Form(process, file)
    finally:
        process.terminate()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def missing() -> bool:
    """Whether the system lacks GTK for Python."""
    asks = "import gi; gi.require_version('Gtk', '3.0')"
    try:
        return subprocess.run([PYTHON, "-I", "-c", asks], capture_output=True, check=False).returncode != 0
    except OSError:
        return True
