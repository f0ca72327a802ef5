"""`byhand why`: which yes and which rules let one event through."""

from __future__ import annotations

import textwrap
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, say
from byhand.cli.show import Rec, as_json
from byhand.errors import NoSuchRecording
from byhand.events.kinds import Numbered
from byhand.privacy.report import explain
from byhand.ui import words
from byhand.ui.story.rows import tell
from byhand.vault.grants import load_grants
from byhand.vault.store import Vault

_WIDTH = 92


def why(
    rec: Rec,
    event: Annotated[int, Parameter(help="The event's number, as show tells it after #.")],
    /,
    *,
    json: Json = False,
) -> None:
    home = opened.home()
    with opened.vault(home) as vault:
        info = opened.choose(vault, rec)
        noting.note_reading(home, vault, info.id, "why")
        header = vault.header(info.id)
        found = _find(vault, info.id, event)
    grant = next((one for one in load_grants(home)[0] if one.id == header.grant), None)
    said = explain(found.event, header, grant)
    if json:
        emit({"event": as_json(header, found), "why": said, "grant": grant, "policy_hash": header.policy_hash})
        return
    told = next(tell([found]), None)
    kind = type(found.event).__name__.lower()
    say(Text.assemble((f"#{found.seq}", "name"), f"  {kind}", (f"  {told.words}" if told else "", "quiet")))
    for sentence in said:
        say(textwrap.fill(words.shown(sentence, 2000), _WIDTH, initial_indent="  · ", subsequent_indent="    "))


def _find(vault: Vault, recording: str, seq: int) -> Numbered:
    found = next((one for one in vault.read(recording) if one.seq == seq), None)
    if found is None:
        raise NoSuchRecording(
            f"recording {recording} has no event {seq}", hints=(f"to see their numbers, run: byhand show {recording}",)
        )
    return found
