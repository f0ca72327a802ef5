"""Which recordings show what a person did after they took over from a model, and which what it had done until then:
`goals/N/goal.json` names them.

A file that can't be read names none: then its recordings are demonstrations like any other.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from byhand.cli.do_correction import Part
from byhand.cli.do_report import FOLDER, PARTS


class _Goal(msgspec.Struct):
    recordings: tuple[Part, ...] = ()


def recordings(home: Path) -> dict[str, tuple[str, ...]]:
    """Ids of all corrections of this home, each with those of what the model did for the same goal before it."""
    found: dict[str, tuple[str, ...]] = {}
    for file in (home / FOLDER).glob(f"*/{PARTS}"):
        try:
            goal = msgspec.json.decode(file.read_bytes(), type=_Goal)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        before: list[str] = []
        for one in goal.recordings:
            if one.by == "person" and one.recording:
                found[one.recording] = tuple(before)
            elif one.recording:
                before.append(one.recording)
    return found
