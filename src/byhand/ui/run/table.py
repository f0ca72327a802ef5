"""What stands beside a row's cells when the table comes back. Pure."""

from __future__ import annotations

from byhand.ui.run.telling import Line

COLUMNS = ("byhand state", "byhand reason", "byhand steps", "byhand seconds")


def beside(line: Line | None) -> tuple[str, ...]:
    """A text for each of `COLUMNS`; None is a row that was not reached."""
    if line is None:
        return ("not begun", "", "", "")
    return (line.state, line.reason, str(line.steps), f"{line.seconds:.1f}")
