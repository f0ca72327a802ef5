"""What tests of goals share: everybody a loop asks, and what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from byhand.agents.actuators.glancing import Retold
from byhand.agents.actuators.pretend_page import PretendPage
from byhand.agents.deeds import Deed
from byhand.agents.doing import do
from byhand.agents.goal import Acted, Choice, Limits, Means, Mine
from byhand.agents.outcome import Outcome
from byhand.models.decision import Decides
from byhand.models.scripted import Scripted
from byhand.workflows.program import Check, Risk
from tests.agents.site import START, Ledger


@dataclass
class Somebody:
    """The person beside it. yes: to what can't be undone. picks: by place, or a word; None is nobody there."""

    yes: bool = True
    picks: Callable[[Sequence[Choice]], Choice | Mine] | None = None
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    pulls_after: int = -1
    again: bool = False
    asked: list[tuple[Risk, str]] = field(default_factory=list[tuple[Risk, str]])
    offered: list[list[str]] = field(default_factory=list[list[str]])
    told: list[Acted] = field(default_factory=list[Acted])
    book: list[str] = field(default_factory=list[str])

    def pulled(self) -> bool:
        return 0 <= self.pulls_after <= len(self.told)

    def may(self, deed: Deed) -> bool:
        self.asked.append((deed.risk, deed.sentence))
        return self.yes

    def pick(self, choices: Sequence[Choice]) -> Choice | Mine:
        self.offered.append([one.sentence for one in choices])
        assert self.picks is not None
        return self.picks(choices)

    def goes_on(self) -> bool:
        self.pulls_after = -1
        return self.again

    def secret(self, called: str, address: str) -> str:
        del address
        self.asked.append(("credentials", called))
        return self.secrets.get(called, "")

    def will(self, step: str, risk: Risk) -> None:
        self.book.append(f"will {step} {risk}".strip())

    def did(self, step: str) -> None:
        self.book.append(f"did {step}")


def means(page: PretendPage, decider: Decides, who: Somebody) -> Means:
    return Means(
        page, Retold(page), decider, who, who, who, secret=who.secret, beside=who if who.picks else None,
        told=who.told.append, clock=page.clock,
    )  # fmt: skip


def run(
    script: str | Decides, who: Somebody | None = None, *, ledger: Ledger | None = None, goal: str = "enter it",
    checks: Sequence[Check] = (), limits: Limits | None = None, url: str = START,
) -> Outcome:  # fmt: skip
    """On the made-up site, in its own time."""
    site, person = ledger or Ledger(), who or Somebody()
    decider = Scripted(script) if isinstance(script, str) else script
    return do(goal, means(site.page, decider, person), url=url, checks=checks, limits=limits)


def stopped(outcome: Outcome) -> tuple[str, str]:
    """Kind and reason of the stop."""
    assert outcome.state == "stopped"
    assert outcome.stop is not None
    return outcome.stop.kind, outcome.stop.reason
