"""`byhand forget`: erase, and say so."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_follow, durations, noting, running
from byhand.cli import open as opened
from byhand.cli.list import began
from byhand.cli.output import Json, Yes, emit, say
from byhand.cli.question import agree
from byhand.errors import NoSuchRecording, NotRecording, UsageFault
from byhand.ui import words
from byhand.vault.store import Forgotten, Vault


def forget(
    rec: Annotated[str, Parameter(help="A recording: its id, the beginning of one, or last.")] = "",
    /,
    *,
    last: Annotated[str, Parameter(metavar="TIME", help="What happened in the last 10m, 2h or 3d.")] = "",
    app: Annotated[str, Parameter(metavar="NAME", help="What happened in one program, in every recording.")] = "",
    all_: Annotated[bool, Parameter(name="--all", help="Every recording.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    if sum(map(bool, (rec, last, app, all_))) != 1:
        raise UsageFault(
            "say what to forget: one recording, --last TIME, --app NAME or --all",
            hints=("for example: byhand forget --last 10m",), fate="nothing was erased",
        )  # fmt: skip
    span_ns = int(durations.seconds(last, "--last") * 1e9) if last else 0
    home = opened.home()
    with opened.vault(home) as vault:
        chosen = opened.choose(vault, rec).id if rec else ""
        question = _question(vault, chosen, last, app)
        if not yes and not agree(f"{question} This can't be undone."):
            say("nothing was erased")
            return
        if span_ns:
            # A recorder first writes what it still holds of that time; then it goes with the rest.
            with suppress(NotRecording):
                running.order(home, "forget", last_ns=span_ns)
        forgotten = _forget(vault, chosen, span_ns, app)
        _note(home, vault, forgotten, everything=all_)
        changed = dataset_follow.follow(home, vault)
    if json:
        told = {**msgspec.structs.asdict(forgotten), "key_destroyed": _touched(forgotten) > 0}
        emit({**told, "datasets": dataset_follow.as_json(changed)} if changed else told)
    else:
        _tell(forgotten)
        dataset_follow.tell(changed)


def _forget(vault: Vault, chosen: str, span_ns: int, app: str) -> Forgotten:
    if chosen:
        return vault.forget(chosen)
    if span_ns:
        return vault.forget_last(
            span_ns, now_utc_ns=time.time_ns(), now_mono_ns=time.monotonic_ns(), boot_id=opened.boot_id()
        )
    return vault.forget_app(app) if app else vault.forget_all()


def _question(vault: Vault, chosen: str, last: str, app: str) -> str:
    if chosen:
        info = next((one for one in vault.recordings() if one.id == chosen), None)
        if info is None:
            raise NoSuchRecording(f"there is no recording {chosen}")
        return f"Forget recording {chosen} ({began(info)}, {words.many(info.events, 'event')})?"
    if last:
        return f"Forget everything of the last {last}?"
    if app:
        return f"Forget everything done in {words.shown(app)}?"
    return f"Forget {words.many(len(vault.recordings()), 'recording')}?"


def _note(home: Path, vault: Vault, forgotten: Forgotten, *, everything: bool) -> None:
    if vault.damage or not (everything or _touched(forgotten)):
        return
    # After everything went, not even the names stay.
    whole, part = ((), ()) if everything else (forgotten.whole, forgotten.part)
    detail: dict[str, tuple[str, ...]] = {"recordings": whole, "parts_of": part}
    noting.note(home, vault, "forget", {name: ids for name, ids in detail.items() if ids})


def _touched(forgotten: Forgotten) -> int:
    return len(forgotten.whole) + len(forgotten.part)


def _tell(forgotten: Forgotten) -> None:
    if not _touched(forgotten):
        say("there was nothing of that; nothing was erased")
        return
    whole, part = len(forgotten.whole), len(forgotten.part)
    said = [f"{words.many(whole, 'recording')} whole"] if whole else []
    events = words.many(forgotten.events, "event")
    said += [f"a part of {words.many(part, 'recording')}"] if part else []
    say(
        Text.assemble(("forgot ", "quiet"), " and ".join(said), (f"  {events}", "quiet")),
        Text("  the key is destroyed: no copy of the vault made before can give it back", "quiet"),
    )
