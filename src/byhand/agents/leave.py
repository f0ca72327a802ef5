"""Who says yes before an act that can't be undone: a person now, or an allowance they signed before.

Rules of this module: an allowance covers exactly one act, by its digest, on one site or in one program, within its
limit; whatever else there is, the person is asked. Where nobody is there to be asked, the answer is no.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
from typing import Literal

import msgspec

from byhand.agents.deeds import Deed
from byhand.consent.allowance import WHY, Allowance, Wanted, covers
from byhand.consent.policy import origin_of
from byhand.workflows.program import Act, Evidence, Risk, Workflow

Answer = Literal["no", "yes", "yes to all"]
"""yes to all: to this very act, in all rows of this run."""
Ask = Callable[[str, Risk, str], Answer]
"""sentence, risk, why no allowance covers it -> the person's word."""


class Allowed(msgspec.Struct, frozen=True):
    """The allowances there are. now: UTC seconds. public_key: the device's, 32 bytes."""

    allowances: Sequence[Allowance]
    withdrawn: Callable[[], AbstractSet[str]]
    public_key: bytes
    now: Callable[[], int]


class RunLeave:
    """Made once for a run; `for_row` satisfies `outcome.Leave`.

    Args:
        workflow: the program.
        allowed: what was allowed beforehand.
        ask: the person, or None where nobody is there.
        where: the address of the page in front, or "".
    """

    def __init__(self, workflow: Workflow, allowed: Allowed, ask: Ask | None, where: Callable[[], str]) -> None:
        self._workflow, self._allowed, self._ask, self._where = workflow, allowed, ask, where
        self._all: set[Wanted] = set()
        self.why = ""

    def for_row(self, holds: Callable[[str], bool]) -> RowLeave:
        """holds: whether a condition of a limit holds for the row."""
        return RowLeave(self, holds)

    def of(self, workflow: Workflow) -> None:
        """The next act is of that one. What was answered "yes to all" stays so."""
        self._workflow = workflow

    def may(self, act: Act, risk: Risk, sentence: str, holds: Callable[[str], bool]) -> bool:
        self.why = ""
        wanted = wants(self._workflow, act, risk, self._where())
        if wanted in self._all:
            return True
        allowed = self._allowed
        fitting, why = covers(allowed.allowances, allowed.withdrawn(), wanted, allowed.now(), allowed.public_key)
        if any(not one.limit or _surely(holds, one.limit) for one in fitting):
            return True
        self.why = WHY["limit" if fitting else why]
        if self._ask is None:
            return False
        answer = self._ask(sentence, risk, self.why)
        if answer == "yes to all":
            self._all.add(wanted)
        return answer != "no"


class GoalLeave:
    """Satisfies `goal.Leave`: of acts that are no steps of a program, but judged as if they were.

    Args:
        allowed: what was allowed beforehand.
        ask: the person, or None where nobody is there.
        where: the address of the page in front, or "".
        said: kinds of risk that the person said yes to when they gave the goal.
    """

    def __init__(
        self, allowed: Allowed, ask: Ask | None, where: Callable[[], str], said: AbstractSet[Risk] = frozenset()
    ) -> None:
        self._whole, self._said = RunLeave(Workflow(name="do"), allowed, ask, where), said

    @property
    def why(self) -> str:
        return self._whole.why

    def may(self, deed: Deed) -> bool:
        if deed.risk in self._said:
            return True
        self._whole.of(Workflow(name="do", targets=deed.targets))
        return self._whole.may(deed.act, deed.risk, deed.sentence, lambda _: False)


class RowLeave:
    """Satisfies `outcome.Leave` for one row."""

    def __init__(self, run: RunLeave, holds: Callable[[str], bool]) -> None:
        self._run, self._holds = run, holds

    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        return self._run.may(act, risk, sentence, self._holds)


def wants(workflow: Workflow, act: Act, risk: Risk, address: str) -> Wanted:
    """What an allowance for that act has to name, on the page of that address."""
    app = evidence.app if (evidence := _evidence(workflow, act.target)) else ""
    site = "" if app else origin_of(address) or origin_of(workflow.start)
    return Wanted(workflow.name, digest(workflow, act), risk, site, app)


def digest(workflow: Workflow, act: Act) -> str:
    """Names an act by what it does and by what its target is known by. A step that moved, or a comment that was added,
    makes no other act; a target by another name or in another place does.
    """
    targets = [_known(_evidence(workflow, called)) for called in (act.target, act.to)]
    told = [act.verb, act.target, act.to, act.text, act.row, act.into, *targets, *filter(None, (act.agrees,))]
    return sha256(b"byhand act 1\n" + msgspec.json.encode(told)).hexdigest()


def _evidence(workflow: Workflow, called: str) -> Evidence | None:
    return next((one for one in workflow.targets if one.called == called), None)


def _known(one: Evidence | None) -> list[str]:
    return [one.role, one.name, one.near, one.label, one.row, one.app, one.page, *one.frame] if one else []


def _surely(holds: Callable[[str], bool], limit: str) -> bool:
    try:
        return holds(limit)
    except Exception:  # fails closed: a limit that can't be read is not kept to
        return False
