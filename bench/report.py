"""Writes figures between the markers of docs/benchmarks.md; a row not measured this time keeps its last figure."""

from __future__ import annotations

import platform
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_BETWEEN = re.compile(r"(<!-- figures -->\n).*(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One line: what, what it must reach, ours, the peers of the same run, how many, and whether it was reached."""

    what: str
    reach: str
    ours: str
    peers: str
    n: str
    reached: bool

    def as_dict(self) -> dict[str, str | bool]:
        return asdict(self)

    def line(self) -> str:
        reached = "yes" if self.reached else "**no**"
        return f"| {self.what} | {self.reach} | **{self.ours}** | {self.peers} | {self.n} | {reached} |"


def machine() -> str:
    """The machine in a line, without its name."""
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.*)", info)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    cores = info.count("processor\t")
    release = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    return (
        f"{cores} shared virtual cores ({model.group(1).strip() if model else platform.machine()}), "
        f"{int(memory.group(1)) / 1e6 if memory else 0:.0f} GB, {release.group(1) if release else ''}, "
        f"Linux {platform.release().split('-')[0]}, Python {platform.python_version()}, Xvfb 1920x1080 with openbox"
    )


def write(rows: list[Row]) -> None:
    """Put the rows into the page, keyed by their first column."""
    page = PAGE.read_text()
    found = _BETWEEN.search(page)
    if found is None:
        raise RuntimeError("docs/benchmarks.md has lost its markers")
    lines = {
        line.split("|")[1].strip(): line
        for line in found.group(0).splitlines()
        if line.startswith("| ") and "---" not in line
    }
    lines.pop("what", None)
    lines.update({row.what: row.line() for row in rows})
    table = "\n".join(
        (
            f"Measured {datetime.now(tz=UTC):%d %B %Y} on {machine()}.",
            "A row that was not measured that day keeps its figure of an earlier one.",
            "",
            "| what | reach | Byhand | peers, same run | n | reached |",
            "|---|---|---|---|---|---|",
            *lines.values(),
            "",
        )
    )
    PAGE.write_text(_BETWEEN.sub(lambda match: match.group(1) + table + match.group(2), page))
