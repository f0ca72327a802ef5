"""`byhand resume`."""

from __future__ import annotations

from byhand.cli import open as opened
from byhand.cli import running
from byhand.cli.output import Json


def resume(*, json: Json = False) -> None:
    running.tell(running.order(opened.home(), "resume"), as_json=json)
