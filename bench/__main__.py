"""Measures the rows of docs/benchmarks.md on a virtual desktop and writes them there: `./run bench [ROW ...]`."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench import privacy, report, rows
from bench.report import Row
from stage.desktop import Desktop

ROWS = (*rows.ALL, "privacy")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"which: {', '.join(ROWS)}; all when none is named")
    parser.add_argument("--data", type=Path, help="where the test data lie that the row privacy needs")
    parser.add_argument("--quick", action="store_true", help="a tenth of the time; not for the docs")
    chosen = parser.parse_args()
    wanted = chosen.rows or [row for row in ROWS if row != "privacy" or chosen.data]
    if "privacy" in wanted and not chosen.data:
        parser.error("the row privacy needs data: --data DIR")
    share = 0.1 if chosen.quick else 1.0
    results: list[Row] = []
    if "privacy" in wanted:
        results += privacy.measure(chosen.data, share)
        wanted.remove("privacy")
    with tempfile.TemporaryDirectory(prefix="byhand-bench-") as name, Desktop(size=(1920, 1080)) as desktop:
        for row in wanted:
            print(f"{row} ...", flush=True)
            for result in rows.ALL[row](desktop, Path(name), share):
                results.append(result)
                print("  " + json.dumps(result.as_dict()), flush=True)
    if not chosen.quick:
        report.write(results)


main()
