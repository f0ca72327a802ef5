"""What a running recorder says, in words. Shared by record, status, pause, resume and stop."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from rich.text import Text

from byhand.cli.output import columns, emit, say
from byhand.errors import ByhandError, NotRecording, RecorderError
from byhand.recorder.control import Fault, Request, Status, Verb, ask
from byhand.ui import words

SIGNS = {"recording": ("● ", "bold red"), "paused": ("‖ ", "yellow")}
_LOOKS_S = 0.05


def order(home: Path, verb: Verb, *, last_ns: int = 0) -> Status:
    """Tell the running recorder.

    Raises:
        NotRecording: none is running.
        ByhandError: it could not.
    """
    reply = ask(home, Request(verb, last_ns))
    if reply.error is not None:
        raise carried(reply.error)
    if reply.status is None:
        raise RecorderError("the recorder did not say what it is doing")
    return reply.status


def is_there(home: Path, *, observing: bool = False) -> bool:
    """Whether a recorder runs; with `observing`, whether it runs and may still observe anything."""
    try:
        state = order(home, "status").state
    except NotRecording:
        return False
    except ByhandError:
        return True  # it is there and does not answer
    return not observing or state in SIGNS


def has_ended(home: Path, *, within_s: float = 3.0) -> bool:
    """Whether none observes anything any more. One that is just ending may still answer for a moment, or not at all."""
    until = time.monotonic() + within_s
    while is_there(home, observing=True):
        if time.monotonic() > until:
            return False
        time.sleep(_LOOKS_S)
    return True


def carried(fault: Fault) -> ByhandError:
    """An error that came from the recorder's process, with the exit code it would have had here."""
    error = ByhandError(fault.message, hints=fault.hints, fate=fault.fate)
    error.exit_code = fault.exit_code
    return error


def tell(status: Status, *, as_json: bool) -> None:
    """One line on what it is doing now, and how far it is."""
    if as_json:
        emit(status)
        return
    say(line(status))
    counts(status.kept, status.dropped, status.gaps, status.lost)
    if status.browsers:
        say(Text(f"  joined by {', '.join(map(words.shown, status.browsers))}", "quiet"))
    if status.hushed:
        say(Text(f"  silent on {', '.join(map(words.shown, status.hushed))}", "quiet"))
    say_notes(status)


def say_notes(status: Status) -> None:
    """What the person should know beside it, for example where the keys lie."""
    for note in filter(None, status.notes):
        say(Text(f"  {note}", "quiet"))


def line(status: Status, *, seconds: float | None = None) -> Text:
    """`● recording  1 min 5 s  Mail`."""
    sign, style = SIGNS.get(status.state, ("  ", "quiet"))
    text = Text.assemble((sign, style), (status.state, "bold"))
    if status.recording:
        text.append(f"  {words.span(status.seconds if seconds is None else seconds)}")
        text.append(f"  {status.recording}", "quiet")
    if status.state == "recording" and status.app:
        text.append("  in ", "quiet").append(words.shown(status.app, 24), "app")
    elif status.state == "recording" and "window" in status.kept:
        text.append("  in a program you did not agree to: nothing is kept", "quiet")
    return text


def counts(kept: Mapping[str, int], dropped: Mapping[str, int], gaps: int, lost: int) -> None:
    """What was kept by kind and left out by reason."""
    rows: list[tuple[Text, Text, Text]] = [_row("kept", kept)]
    if dropped:
        rows.append(_row("left out", dropped))
    if gaps:
        rows.append((Text("gaps", "quiet"), Text(f"{gaps:,}"), Text()))
    if lost:
        rows.append((Text("lost", "bad"), Text(f"{lost:,}"), Text("events; the recording says where", "quiet")))
    width = max(len(row[1].plain) for row in rows)
    for row in rows:
        row[1].pad_left(width - len(row[1].plain))
    columns(rows, indent=2)


def _row(title: str, numbers: Mapping[str, int]) -> tuple[Text, Text, Text]:
    parts = ", ".join(f"{words.shown(name)} {count:,}" for name, count in sorted(numbers.items(), key=lambda n: -n[1]))
    return Text(title, "quiet"), Text(f"{sum(numbers.values()):,}"), Text(parts, "quiet")
