"""What Chromium's own trace says of a script: each call from the browser into it, on the main thread.

An observer's callback, a timer, idle work and a message are calls like a listener's, so nothing a script does escapes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

CATEGORIES = ["-*", "devtools.timeline", "v8.execute"]
CALLS = frozenset({"FunctionCall", "EvaluateScript", "v8.evaluateModule"})
OURS = "chrome-extension://"
PEER = "/rrweb.js"
READ, PROMISED = "(reading the script)", "(promises)"


@dataclass(frozen=True)
class Slice:
    """One call. start, long, cpu: us of CLOCK_MONOTONIC, of the wall, of the thread's own clock. name: the
    function's, `READ` for a script's first run, `PROMISED` for what promises led to.

    event: type of the DOM event whose listener it is; "" for timers, idle work, messages, observers.
    """

    url: str
    name: str
    start: float
    long: float
    cpu: float
    event: str


def slices(trace: bytes, script: str) -> list[Slice]:
    """All calls from the browser into scripts whose address contains `script`, the outermost of each.

    What runs when a promise is done has no address in a trace. It counts as the script's unless it runs within a call
    to somebody else: the pages here make no promises, so this counts too much at worst.
    """
    events = [one for one in json.loads(trace)["traceEvents"] if one.get("ph") == "X"]
    events.sort(key=lambda one: (one["pid"], one["tid"], one["ts"], -one.get("dur", 0)))
    found: list[Slice] = []
    thread, event, dispatching, busy, others = (0, 0), "", 0.0, 0.0, 0.0
    for one in events:
        if (one["pid"], one["tid"]) != thread:
            thread, event, dispatching, busy, others = (one["pid"], one["tid"]), "", 0.0, 0.0, 0.0
        start, long = float(one["ts"]), float(one.get("dur", 0))
        data = one.get("args", {}).get("data") or {}
        if one["name"] == "EventDispatch" and start >= dispatching:
            event, dispatching = str(data.get("type")), start + long
        elif one["name"] in CALLS and script not in str(data.get("url")):
            others = max(others, start + long)
        elif one["name"] in CALLS or (one["name"] == "RunMicrotasks" and start >= others):
            if start < busy:
                continue
            busy = start + long
            name = {"FunctionCall": str(data.get("functionName", "")), "RunMicrotasks": PROMISED}.get(one["name"], READ)
            listened = event if start < dispatching else ""
            found.append(Slice(str(data.get("url", "")), name, start, long, float(one.get("tdur", 0)), listened))
    return found
