"""Measures the rows of docs/benchmarks.md and writes them there: `./run bench [ROW ...]`.

Most are measured on a virtual desktop; those of the browser (`browser` is all of them) and of datasets (`datasets`)
need none. `workflow` takes hours and is measured only when it is named.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench import (
    brake,
    datasets,
    decisions,
    first,
    inferred,
    kills,
    privacy,
    reducer,
    replay,
    report,
    rows,
    scaling,
    workflow,
)
from bench.browser import rows as browser_rows
from bench.report import Row
from stage.desktop import Desktop

ROWS = (
    *rows.ALL,
    "browser",
    *browser_rows.ALL,
    *reducer.ALL,
    replay.ROW,
    kills.ROW,
    brake.ROW,
    first.ROW,
    *inferred.ALL,
    decisions.ROW,
    "datasets",
    *datasets.ALL,
    "privacy",
    workflow.ROW,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"which: {', '.join(ROWS)}; all when none is named")
    parser.add_argument(
        "--data", type=Path, help="where the test data lie that the rows privacy and demonstrations need"
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the time; not for the docs")
    chosen = parser.parse_args()
    wanted = chosen.rows or [
        *rows.ALL,
        "browser",
        "reducer",
        replay.ROW,
        kills.ROW,
        brake.ROW,
        first.ROW,
        *inferred.ALL,
        decisions.ROW,
        "datasets",
        *(["demonstrations", "privacy"] if chosen.data else []),
    ]
    if strange := [row for row in wanted if row not in ROWS]:
        parser.error(f"there is no row {strange[0]}")
    if not chosen.data and (needy := [row for row in ("demonstrations", "privacy") if row in wanted]):
        parser.error(f"the row {needy[0]} needs data: --data DIR")
    share = 0.1 if chosen.quick else 1.0
    results: list[Row] = []
    if "privacy" in wanted:
        results += privacy.measure(chosen.data, share)
        wanted.remove("privacy")
    for result in reducer.measure(wanted, chosen.data, share):
        results.append(result)
        print("  " + json.dumps(result.as_dict()), flush=True)
    if in_browser := [row for row in browser_rows.ALL if row in wanted or "browser" in wanted]:
        for result in browser_rows.measure(in_browser, share):
            results.append(result)
            print("  " + json.dumps(result.as_dict()), flush=True)
    if replay.ROW in wanted:
        for result in replay.measure(share):
            results.append(result)
            print("  " + json.dumps(result.as_dict()), flush=True)
    for result in inferred.measure() if "inferred" in wanted else ():
        results.append(result)
        print("  " + json.dumps(result.as_dict()), flush=True)
    for module in (kills, brake, first, decisions):
        if module.ROW in wanted:
            for result in module.measure(share):
                results.append(result)
                print("  " + json.dumps(result.as_dict()), flush=True)
    for result in workflow.measure(share) if workflow.ROW in wanted else ():
        results.append(result)
        print("  " + json.dumps(result.as_dict()), flush=True)
    for row in datasets.ALL:
        if row in wanted or "datasets" in wanted:
            for result in datasets.ALL[row](share):
                results.append(result)
                print("  " + json.dumps(result.as_dict()), flush=True)
    on_desktop = [row for row in wanted if row in rows.ALL]
    if on_desktop:
        results += _on_a_desktop(on_desktop, share)
    if not chosen.quick:
        report.write(results)
        scaling.draw()


def _on_a_desktop(wanted: list[str], share: float) -> list[Row]:
    results: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="byhand-bench-") as name, Desktop(size=(1920, 1080)) as desktop:
        for row in wanted:
            print(f"{row} ...", flush=True)
            for result in rows.ALL[row](desktop, Path(name), share):
                results.append(result)
                print("  " + json.dumps(result.as_dict()), flush=True)
    return results


main()
