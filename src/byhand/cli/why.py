"""`byhand why`: which yes and which rules let one event through."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting, story, words
from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit
from byhand.cli.show import Rec, as_json
from byhand.consent.grant import Grant
from byhand.errors import NoSuchRecording
from byhand.events.kinds import Header, Numbered
from byhand.privacy.report import explain
from byhand.vault.grants import load_grants
from byhand.vault.store import Vault


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
    rules = explain(found.event.by)
    grant = next((one for one in load_grants(home)[0] if one.id == header.grant), None)
    if json:
        emit({"event": as_json(header, found), "rules": rules, "grant": grant, "policy_hash": header.policy_hash})
    else:
        columns(_rows(header, found, rules, grant))


def _find(vault: Vault, recording: str, seq: int) -> Numbered:
    found = next((one for one in vault.read(recording) if one.seq == seq), None)
    if found is None:
        raise NoSuchRecording(
            f"recording {recording} has no event {seq}", hints=(f"to see their numbers, run: byhand show {recording}",)
        )
    return found


def _rows(header: Header, found: Numbered, rules: str, grant: Grant | None) -> list[tuple[Text, ...]]:
    told = next(iter(story.tell(header, [found], zone=opened.zone())), None)
    kind = type(found.event).__name__.lower()
    rows = [("event", f"{kind} #{found.seq}" + (f", {told.words}" if told else ""))]
    rows += [("kept by", f"{found.event.by}: {rules}")]
    if grant is None:
        rows.append(("grant", f"{header.grant}, which is no longer here"))
    else:
        given = opened.local(grant.given)
        rows.append(("grant", f"{grant.id}, given {given:%d %b %Y} for {', '.join(grant.streams)}"))
        rows.append(("programs", ", ".join(words.shown(app, 40) for app in grant.apps)))
    rows.append(("policy", header.policy_hash[:16]))
    return [(Text(name, "quiet"), Text(said)) for name, said in rows]
