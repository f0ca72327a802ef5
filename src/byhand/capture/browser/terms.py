"""What extensions are told of a recording: which sites, until when, what for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from byhand.events.browser import SiteSaid, State


def _nothing(url: str) -> frozenset[str]:  # noqa: ARG001
    return frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What extensions are told of a recording, as in `events.browser.State`.

    streams: of an address, what may be kept there; empty where nothing may be, or where the person has paused.
    """

    recording: str
    grant: str
    until: str
    purpose: str
    task: str
    sites: tuple[SiteSaid, ...]
    hushed: tuple[str, ...] = ()
    streams: Callable[[str], frozenset[str]] = _nothing

    def state(self, *, recording: bool, alone: bool) -> State:
        """A paused recorder names no site."""
        return State(
            state="recording" if recording else "paused", recording=self.recording, alone=alone,
            sites=self.sites if recording else (), hushed=self.hushed, grant=self.grant, until=self.until,
            purpose=self.purpose, task=self.task,
        )  # fmt: skip
