"""What stands in the line and waits for its verdict: keys that bear text, presses, and their ends.

Rule of this module: a thing that is held knows its verdict so far and nothing of the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from byhand.events.kinds import Element
from byhand.events.raw import RawButton, RawKey, RawText
from byhand.privacy.rules import keys
from byhand.privacy.scene import Place, Verdict
from byhand.privacy.typed.where import Where


@dataclass(slots=True)
class HeldKey:
    """A key struck or let go, or a text a driver knows. `of` is the stroke that is let go here: its fate is shared.

    reason, open: the verdict so far; run: whose field it was struck in. timing: the rhythm may be kept. where: the
    field, if its text may be kept.
    """

    raw: RawKey | RawText
    stroke: keys.Stroke
    due_ns: int
    timing: bool
    reason: str = ""
    open: bool = False
    run: Place = ()
    of: HeldKey | None = None
    where: Where | None = None

    def hear(self, now: Verdict, run: Place, where: Where | None) -> None:
        """Something was learned before it was due: a better answer to an open question, or a worse one to any."""
        if self.open or (not self.reason and now.reason and not now.open):
            self.reason, self.open, self.run, self.where = now.reason, now.open, run, where


@dataclass(slots=True)
class HeldPress:
    """A button that went down. In a browser only an element can say that it is on a listed page.

    app: its window's program. vouched: the browser's own extension says that it was on a listed page; that counts where
    the desktop has no answer.
    """

    raw: RawButton
    due_ns: int
    browser: bool
    app: str = ""
    answered: bool = False
    vouched: bool = False
    reason: str = ""
    element: Element | None = None


@dataclass(slots=True)
class HeldRelease:
    """The button of a press goes up: kept if the press was."""

    raw: RawButton
    of: HeldPress
