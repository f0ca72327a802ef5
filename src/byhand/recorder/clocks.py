"""The clocks a recording goes by."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """Time as an argument, so that tests can move it.

    mono_ns: CLOCK_MONOTONIC in ns, a multiple of 1000 as every stamp is. boot_ns: the same with sleep counted. local:
    wall-clock local time.
    """

    mono_ns: Callable[[], int]
    boot_ns: Callable[[], int]
    local: Callable[[], datetime]


def system_clocks() -> Clocks:
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return Clocks(
        mono_ns=lambda: time.monotonic_ns() // 1000 * 1000,
        boot_ns=(lambda: time.clock_gettime_ns(boot)) if boot is not None else time.monotonic_ns,
        local=lambda: datetime.now().astimezone(),
    )
