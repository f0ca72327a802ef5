"""What is the same wherever a goal is tried in a live page: what is seen there, and who stands around the loop.

Rules of this module: the pages are made up and served by this computer, so a policy of theirs alone calls them public.
Nothing is recorded by it and nothing is kept.
"""

from __future__ import annotations

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.showing import Showing
from byhand.agents.picturing import Picturing
from byhand.agents.seeing import Seeing
from byhand.consent.grant import Grant
from byhand.consent.policy import AppRule, Policy, SiteRule, Stream
from byhand.models.decision import Decides
from byhand.models.endpoints.asking import Elsewhere
from byhand.ui.png import encode

_SLOWER = 20


class Nobody:
    """Satisfies `outcome.Brake`: no person is there to take over."""

    def pulled(self) -> bool:
        return False


class Unwritten:
    """Satisfies `outcome.Book`: what is done here is done once and told at its end."""

    def will(self, step: str, risk: object) -> None:
        """Nothing is kept."""

    def did(self, step: str) -> None:
        """Nothing is kept."""


class Yes:
    """Satisfies `goal.Leave`: all that these pages hold is made up, and theirs to lose. asked: how often it was."""

    def __init__(self) -> None:
        self.asked = 0

    def may(self, deed: object) -> bool:
        del deed
        self.asked += 1
        return True


def eyes(hands: PageHands, origin: str, decider: Decides) -> Glance:
    """What a recording of that site would hold, and a picture of it for whoever looks at one."""
    glance = Glance(hands, Seeing(*consented(origin)))
    if isinstance(decider, Elsewhere) and decider.to.pictured:
        decider.pictures = Showing(hands, glance, Picturing(*consented(origin)), encode)
    return glance


def patience(decider: Decides, seconds: float) -> float:
    """So long an episode may take: a model at an endpoint answers in seconds, and not in milliseconds. How long it took
    is told beside how often it was right.
    """
    return seconds * _SLOWER if isinstance(decider, Elsewhere) else seconds


def consented(origin: str) -> tuple[Policy, Grant]:
    """A policy for these pages alone, that calls them public. Nothing is recorded by it."""
    streams: tuple[Stream, ...] = ("actions", "text", "frames")
    policy = Policy(
        version=1, streams=streams, apps=(AppRule(id="chromium", browser=True),),
        sites=(SiteRule(origin=origin, public=True),),
    )  # fmt: skip
    return policy, Grant(1, "eval", "eval", "", "", "mine", streams, ("chromium",), (origin,), 0, 1 << 40)
