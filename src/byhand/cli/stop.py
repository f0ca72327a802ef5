"""`byhand stop`."""

from __future__ import annotations

from byhand.cli import open as opened
from byhand.cli import running
from byhand.cli.output import Json


def stop(*, json: Json = False) -> None:
    running.tell(running.order(opened.home(), "stop"), as_json=json)
