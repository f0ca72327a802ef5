"""`byhand status`."""

from __future__ import annotations

from byhand.cli import open as opened
from byhand.cli import running
from byhand.cli.output import Json, emit, say
from byhand.errors import NotRecording


def status(*, json: Json = False) -> None:
    try:
        now = running.order(opened.home(), "status")
    except NotRecording as error:
        # Not being recorded is an answer here, not a failure.
        if json:
            emit({"state": "idle", "recording": ""})
        else:
            say(error.message)
        return
    running.tell(now, as_json=json)
