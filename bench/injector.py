"""Puts input into an X server at a rate and writes down when: `python -m bench.injector DISPLAY RATE SECONDS OUT`.

Its own process, so that its cost is nobody's. Each move goes to a place no neighbour shares, so that a lost one is
seen. OUT gets one int64 of CLOCK_MONOTONIC ns per move, taken just before the request is flushed.
"""

from __future__ import annotations

import array
import sys
import time
from pathlib import Path

from Xlib import X, display
from Xlib.ext import xtest


def main() -> None:
    name, rate, seconds, out = sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
    server = display.Display(name)
    stamps = array.array("q")
    print("began", flush=True)
    start = time.monotonic_ns()
    for i in range(int(rate * seconds)):
        due = start + int(i / rate * 1e9)
        while (now := time.monotonic_ns()) < due:
            time.sleep(max(0.0, (due - now) / 1e9 - 0.0001))
        stamps.append(time.monotonic_ns())
        xtest.fake_input(server, X.MotionNotify, x=100 + i % 400, y=100 + i % 300)
        server.flush()
    server.sync()
    print("ended", flush=True)
    sys.stdin.readline()  # so that who measures us can read the clocks before we are gone
    out.write_bytes(stamps.tobytes())


main()
