"""Does `byhand workflow run` find that a save was lost? By the command itself; the server keeps nothing.

Rules of this module: the home is a copy of the one the chore was shown in, so that its grant holds; the app is served
at the same address as then.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.drifted import other_rows, values
from bench.showing import SEED, home_of
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from byhand.workflows import file, sentences
from byhand.workflows.cells import written
from byhand.workflows.program import Act, Branch, Repeat, Statement, Workflow

_RUN_S = 180


class Told(NamedTuple):
    """found: it exits with another status than 0, the row is not told as done, and nothing was saved indeed."""

    found: bool
    status: int
    said: str


def dropped(name: str, program: Workflow) -> Told:
    """One row of that family, the first of its table."""
    family = FAMILIES[name]
    with tempfile.TemporaryDirectory(prefix="b", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "h"
        shutil.copytree(home_of(name), home)
        (home / "workflows").mkdir(mode=0o700, exist_ok=True)
        (home / "workflows" / f"{name}.yaml").write_text(file.write(program))
        row = values(program, family, other_rows(family)[0])
        table = Path(folder) / "rows.csv"
        with table.open("w", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(row)
            lines.writerow([written(cell) for cell in row.values()])
        env = os.environ | {"BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
        site = Site(APPS[family.app], seed=SEED, drifts=frozenset({"DROPPED"}))
        with served(site, urlsplit(program.start).port or 0) as app:
            before = app.state().tables
            for act in _risky(program.steps):
                _byhand(env, "workflow", "allow", name, "--act", sentences.write_act(act), "--yes")
            done = _byhand(
                env, "workflow", "run", name, "--table", str(table), "--url", app.entry, "--unattended", "--json"
            )
            kept = app.state().tables != before
        told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        said = [f"{one['state']}: {one['reason']}" for one in told] or done.stderr.strip().splitlines()[:1]
        sent = site.counts["saves"] > 0
        good = done.returncode != 0 and sent and not kept and all(one["state"] != "done" for one in told)
        return Told(good, done.returncode, "; ".join(said) + ("" if sent else "; no save was sent"))


def _byhand(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("byhand")), *words], env=env, capture_output=True, text=True,
        timeout=_RUN_S, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def _risky(steps: tuple[Statement, ...]) -> list[Act]:
    found: list[Act] = []
    for one in steps:
        match one:
            case Act():
                found += [one] if one.risk else []
            case Repeat():
                found += _risky(one.steps)
            case Branch():
                found += _risky((*one.steps, *one.other))
    return found
