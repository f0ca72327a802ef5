"""The peer's column alone: `python -m bench.openadapt [--families A,B] [--minutes N]`; writes nothing into the docs."""

from __future__ import annotations

import argparse
import dataclasses
import time

from bench.openadapt.figures import figures
from bench.workflow import NAMES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.openadapt", description=__doc__)
    parser.add_argument("--families", default=",".join(NAMES), help="which; all twelve without it")
    parser.add_argument("--minutes", type=float, default=0.0, help="how long rows are run this time; 0 for all")
    chosen = parser.parse_args()
    end = time.monotonic() + 60 * chosen.minutes if chosen.minutes else float("inf")
    for name, text in dataclasses.asdict(figures(chosen.families.split(","), lambda: time.monotonic() > end)).items():
        print(f"{name}: {text}", flush=True)


if __name__ == "__main__":
    main()
