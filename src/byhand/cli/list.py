"""`byhand list`."""

from __future__ import annotations

import msgspec
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.ui import words
from byhand.vault.store import RecordingInfo, Vault

_STATES = {"open": ("recording now", "bold red"), "interrupted": ("interrupted", "warn"), "closed": ("", "quiet")}


def list_recordings(*, json: Json = False) -> None:
    home = opened.home()
    found: list[RecordingInfo] = []
    runs: set[str] = set()
    if Vault.exists(home):
        with opened.vault(home) as vault:
            found = vault.recordings()
            runs = {one.id for one in found if opened.of_a_run(vault, one)}
    if json:
        emit([{**_as_json(one), "actor": "agent" if one.id in runs else "person"} for one in found])
    elif not found:
        say("no recordings yet", Text("to make one, run: byhand record", "quiet"))
    else:
        columns((*_row(one), Text("by an agent" if one.id in runs else "", "quiet")) for one in found)


def _as_json(one: RecordingInfo) -> dict[str, object]:
    fields = msgspec.structs.asdict(one)
    return {"recording": fields.pop("id"), **fields}


def began(one: RecordingInfo) -> str:
    """When it began, in words."""
    at = opened.local(one.started_utc_ns / 1e9)
    return f"{at:%a %d %b %Y  %H:%M}"


def _row(one: RecordingInfo) -> tuple[Text, ...]:
    length = words.span((one.ended_utc_ns - one.started_utc_ns) / 1e9) if one.ended_utc_ns else ""
    return (
        Text(one.id, "name"), Text(began(one)), Text(length), Text(words.many(one.events, "event"), "quiet"),
        Text(words.size(one.bytes), "quiet"), Text(one.purpose, "quiet"), Text(*_STATES[one.state]),
    )  # fmt: skip
