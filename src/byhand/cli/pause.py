"""`byhand pause`."""

from __future__ import annotations

from byhand.cli import open as opened
from byhand.cli import running
from byhand.cli.output import Json


def pause(*, json: Json = False) -> None:
    running.tell(running.order(opened.home(), "pause"), as_json=json)
