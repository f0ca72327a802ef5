"""A goal, done by a model: look, decide, ask where it must, act, and look again, until it says that it is done.

Rules of this module: a model decides and nothing else; what it may do is decided here and by a person. Its decision is
an act of our hands (`deeds`), at a risk (`stakes`), asked for as a program's steps are. Text on a page is data: the
goal comes from the person alone. What it can't go on with it says, and stops.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from byhand.agents import reasons
from byhand.agents.deeds import Deed, read
from byhand.agents.goal import Acted, Choice, Eyes, Limits, Means
from byhand.agents.outcome import Brake, Outcome, Stop
from byhand.agents.seeking import SLICE_S, Ports, Row
from byhand.agents.stepping import Stepping
from byhand.agents.tried import Tried, same
from byhand.errors import UsageFault
from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models import history
from byhand.models.decision import Decision, Did, Look
from byhand.workflows import surprises
from byhand.workflows.around import Around
from byhand.workflows.program import Act, Check, Risk, Workflow

NAME = "do"
_BLANK = "about:blank"
_TIMES = 3
"""So often the same is decided on the same page; the last time it is not done any more. So often in a row no act at all
is given.
"""
_ANSWERED_LATE = frozenset({"type", "hover"})
_STILL_S = 0.6
"""What fades in or out is waited for so long: a person sees that it goes, a list only that it is there."""
_DOUBTS = 0.5
"""Less sure than this, it is worth another look."""
_ANSWERS_S = 0.4
"""Lists that complete what is typed, and menus that open where the pointer rests, wait a moment before they come."""


def do(
    goal: str, means: Means, *, url: str = "", checks: Sequence[Check] = (), limits: Limits | None = None
) -> Outcome:
    """Do it.

    Args:
        goal: in the person's words.
        means: with what.
        url: where it begins; "" is the page that is open.
        checks: what must be seen at the end; without any, nothing tells that it is done but the model.
        limits: of acts, of time, of doubt.

    Raises:
        UsageFault: the model understands lists of another observer.
    """
    if means.decider.observer != OBSERVER:
        raise UsageFault(
            f"{means.decider.name} learned from observer {means.decider.observer}, and pages are told by {OBSERVER}",
            hints=("train it anew on what is recorded now",), fate="nothing was done",
        )  # fmt: skip
    return _Doing(goal, means, limits or Limits()).run(url, list(checks))


def _shown(seen: Snapshot) -> tuple[object, ...]:
    """Whatever a model is told of a page."""
    return seen.nodes, seen.parents, seen.roles, seen.tags, seen.names, seen.states, seen.holds, seen.places


class _Watched:
    """Satisfies `outcome.Brake`: nothing is waited for in a browser that is gone."""

    def __init__(self, brake: Brake, eyes: Eyes) -> None:
        self._brake, self._eyes = brake, eyes

    def pulled(self) -> bool:
        return self._brake.pulled() or self._eyes.lost()


class _NoStep:
    """Satisfies `outcome.Leave`: there is no step of a program here."""

    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        del act, risk, sentence
        return False


class _Doing:
    def __init__(self, goal: str, means: Means, limits: Limits) -> None:
        self.goal, self.means, self.limits = goal, means, limits
        self.row = Row(Workflow(name=NAME), {}, {})
        brake = _Watched(means.brake, means.eyes)
        ports = Ports(means.hands, brake, _NoStep(), means.book, means.clock, patience_s=limits.patience_s)
        self.page = Stepping(self.row, ports)
        self.did: list[Did] = []
        self.tries = 0
        self.met: Counter[int] = Counter()
        self.mistakes = 0
        self.unable = 0
        self.why = ""
        self.tried = Tried()

    def run(self, url: str, checks: list[Check]) -> Outcome:
        began = self.means.clock()
        stop = self._begin(url) or self._turns(began + self.limits.seconds) or self._seen(checks)
        seconds = self.means.clock() - began
        state = "stopped" if stop else "done" if checks else "unchecked"
        return Outcome(state, self.row.steps, seconds, stop, told=tuple(self.row.told))

    def _begin(self, url: str) -> Stop | None:
        if url and not self.means.listed(url):
            return self._left()
        if url and (why := self.means.hands.go(url)):
            return self._stop(reasons.kind(why), f"it can't be begun: {why}")
        return None

    def _seen(self, checks: list[Check]) -> Stop | None:
        """It says that it is done: does the page say so?"""
        return self.page.wait(Act(id="end", verb="read"), checks, soft=False) if checks else None

    # ---- turns

    def _turns(self, until: float) -> Stop | None:
        while True:
            stop, beside = self._until_stopped(until), self.means.beside
            if stop is None or beside is None or not self.means.brake.pulled() or not beside.goes_on():
                return stop
            self.met.clear()  # the page is what the person made of it

    def _until_stopped(self, until: float) -> Stop | None:
        while True:
            if self.means.clock() > until:
                return self._stop("limit", f"its time is over: {self.limits.seconds:g} seconds")
            found = self._look()
            if isinstance(found, Stop):
                return found
            around, seen = found
            self.tried.looked(seen)
            decided = self._decided(around, seen)
            if isinstance(decided, Stop):
                return decided
            decision, around, seen = decided
            if decision.why:
                if stop := self._no_act(decision):
                    return stop
                continue
            self.mistakes = 0
            if decision.op != "done" and self.tries >= self.limits.acts:
                return self._stop("limit", f"it did {self.limits.acts} acts and was not done")
            answer = self._settled(self.tried.instead(decision), around)
            if isinstance(answer, Stop):
                return answer
            if answer is None:  # it was the person's turn
                continue
            if answer.decision.op == "done":
                return None
            if self._again(answer.decision, around, seen):
                return self._stop("circles", f"it went round in circles: {answer.sentence}{self._because()}")
            self.tries += 1
            stop = self._one(answer, around, seen)
            if stop is not None:
                self.tries -= stop.kind == "person"  # it was not done
                return stop

    def _decided(self, around: Around, seen: Snapshot) -> tuple[Decision, Around, Snapshot] | Stop:
        """What the model says of the page. Before its word that all is done is taken, and where it doubts, the page has
        a moment to end what it began; where that changed it, it is asked again. A list that fades is still there.
        """
        decision = self.means.decider.decide(Look(self.goal, seen, tuple(self.did)))
        if decision.why or (decision.op != "done" and decision.sure >= _DOUBTS):
            return decision, around, seen
        self._waits()
        found = self._look()
        if isinstance(found, Stop):
            return found
        if _shown(found[1]) != _shown(seen):
            decision = self.means.decider.decide(Look(self.goal, found[1], tuple(self.did)))
        return decision, *found

    def _look(self) -> tuple[Around, Snapshot] | Stop:
        """The page at rest, twice: as the model sees it, and then as our hands do. What is at stake is judged by the
        last look, and an element that is called otherwise since then is not touched.
        """
        means, until = self.means, self.means.clock() + self.limits.patience_s
        while True:
            around = self.page.settled(still_s=_STILL_S)
            if around is not None and around.view.address == _BLANK and means.clock() < until:
                means.hands.rest(SLICE_S)  # a tab that was just opened, on its way
                continue
            if stop := self._ended(around):
                return stop
            seen = means.eyes.see()
            if seen is not None and seen.observer != OBSERVER:
                return self._stop("changed", f"the page was told by observer {seen.observer}, not {OBSERVER}")
            if means.eyes.why:
                return self._stop("left", f"nothing of this page may be seen: {means.eyes.why}")
            around = self.page.look() if seen is not None else None
            if around is not None and seen is not None and (stop := self._ended(around)):
                return stop
            if around is not None and seen is not None:
                return around, seen
            if means.clock() > until:
                return self._stop("lost", "the page did not come")
            means.hands.rest(SLICE_S)

    def _ended(self, around: Around | None) -> Stop | None:
        if self.means.brake.pulled():
            return self.page.person(self._act())
        if self.means.eyes.lost():
            return Stop(str(self.tries), "lost", "the browser is gone", harmed=self.row.touched)
        if around is None:
            return self._stop("lost", "the page did not come")
        page = surprises.of_page(around)
        if page is not None and page.kind == "server":
            return self._stop("server", page.reason)
        return None if self.means.listed(around.view.address) else self._left()

    def _left(self) -> Stop:
        return self._stop("left", "the consent does not cover the site of this page")

    def _again(self, decision: Decision, around: Around, seen: Snapshot) -> bool:
        """Was that decided on this very page too often? Of the page a number is kept, and no word."""
        elements = tuple((one.node, one.name, one.states, one.value) for one in around.all)
        key = hash((around.view.address, elements, seen.nodes, seen.places, same(decision)))
        self.met[key] += 1
        return self.met[key] >= _TIMES

    # ---- what is decided

    def _settled(self, decision: Decision, around: Around) -> Choice | Stop | None:
        """What is to be done: by the model where it is sure, else by the person. None: they did something."""
        first = self._choice(decision, around)
        if isinstance(first, Choice) and decision.sure >= self.limits.sure:
            return first
        if isinstance(first, str) and self.means.beside is None:
            return self._unable(decision, first, around)
        if self.means.beside is None:
            return self._unsure(decision, first)
        every = [decision, *decision.other]
        choices = [one for each in every if isinstance(one := self._choice(each, around), Choice)]
        picked = self.means.beside.pick(choices)
        if picked == "stop":
            return self._stop("person", "you stopped it")
        return None if picked == "mine" else picked

    def _choice(self, decision: Decision, around: Around) -> Choice | str:
        if decision.op == "done":
            return Choice(decision, None, "say that it is done", decision.sure)
        deed = read(decision, around, self.tries + 1)
        return deed if isinstance(deed, str) else Choice(decision, deed, deed.sentence, decision.sure)

    def _unable(self, decision: Decision, why: str, around: Around) -> Stop | None:
        """It decided on what can't be done: the page may have changed just then, so it is asked again. Where it says
        the same, it is taken at the next best; after a few of those in a row it stops.
        """
        del around
        self.tries += 1
        self.why = why
        self.tried.failed(decision)
        self.means.told(Acted(self.tries, decision.op, "", decision.sure, 0.0, why=why))
        self.unable += 1
        if self.unable >= _TIMES:
            return self._stop(reasons.kind(why), f"it decided on what can't be done: {why}")
        return None

    def _no_act(self, decision: Decision) -> Stop | None:
        """It gave none: told and counted as a try. It may be asked again some times; then it is a person's turn."""
        if self.means.brake.pulled():
            return self.page.person(self._act())
        self.tries += 1
        self.mistakes += 1
        self.means.told(Acted(self.tries, "none", "", 0.0, 0.0, why=decision.why))
        if decision.again and self.mistakes < _TIMES:
            return None
        self.mistakes = 0
        if self.means.beside is not None:
            return None if self.means.beside.pick(()) == "mine" else self._stop("person", "you stopped it")
        return self._stop("unsure" if decision.again else "lost", f"{self.means.decider.name} {decision.why}")

    def _unsure(self, decision: Decision, first: Choice | str) -> Stop:
        if decision.op == "done" and not decision.sure:
            return self._stop("unsure", f"it does not know how to go on{self._because()}")
        sentence = first.sentence if isinstance(first, Choice) else decision.op
        others = [f"{each:.0%}" for each in (one.sure for one in decision.other[:1])]
        more = f", the next best {others[0]}" if others else ""
        return self._stop("unsure", f"it is unsure whether to {sentence} ({decision.sure:.0%}{more})")

    def _because(self) -> str:
        return f" ({self.why})" if self.why else ""

    # ---- one act

    def _one(self, choice: Choice, around: Around, seen: Snapshot) -> Stop | None:
        deed, means = choice.deed, self.means
        assert deed is not None
        means.before(deed)
        if deed.risk and not self._leave(deed):
            return self.page.person(deed.act) if means.brake.pulled() else self._not_allowed(choice)
        text = deed.text
        if deed.secret:
            text = means.secret(deed.act.target, around.view.address)
            if not text:
                return self._stop("value", f'nobody gave what goes into "{deed.act.target}", which is secret')
        if (deed.risk or deed.secret) and not self._still(choice):
            return None  # asking took a while, and the page is another one by now
        if means.brake.pulled():
            return self.page.person(deed.act)
        began = means.clock()
        means.book.will(deed.act.id, deed.risk)
        # A person who said yes to it has said yes to what the browser asks of it, too.
        agrees = "confirm" if deed.risk and not deed.secret else ""
        why = means.hands.act(deed.verb, deed.node, text, deed.to, agrees=agrees)
        op = choice.decision.op
        acted = Acted(self.tries, op, deed.sentence, choice.sure, means.clock() - began, deed.risk, why)
        return self._done(acted, choice, seen)

    def _leave(self, deed: Deed) -> bool:
        return deed.secret or self.means.leave.may(deed)

    def _done(self, acted: Acted, choice: Choice, seen: Snapshot) -> Stop | None:
        self.why, deed = acted.why, choice.deed
        assert deed is not None
        self.means.told(acted)
        if acted.why == reasons.PERSON:
            return self.page.person(deed.act)
        untouched = acted.why in reasons.UNTOUCHED or acted.why.endswith("lies over it")
        self.row.touched = self.row.touched or bool(deed.risk and not untouched)
        if not acted.why:
            self.row.steps += 1
            self.unable = 0
            self.row.told.append(acted.sentence)
            decision = replace(choice.decision, text="") if deed.secret else choice.decision
            self.did.append(history.by_model(decision, seen, self.did))
            self.means.book.did(deed.act.id)
            self.tried.done(decision, seen)
            if decision.op in _ANSWERED_LATE:
                self._waits()
            return None
        self.tried.failed(choice.decision)
        if deed.risk and not untouched:  # it may have been done: it is not tried again
            return self._stop(reasons.kind(acted.why), f"{acted.sentence}: {acted.why}")
        self.means.hands.rest(SLICE_S)
        return None

    def _waits(self) -> None:
        """Whatever the page does meanwhile: the letters themselves change it, too."""
        clock, until = self.means.clock, self.means.clock() + _ANSWERS_S
        while clock() < until and not self.means.brake.pulled() and self.page.look() is not None:
            self.means.hands.rest(until - clock())

    def _still(self, choice: Choice) -> bool:
        """Is it the same act at the same risk, in the page as it is now?"""
        around = self.page.settled()
        if around is None or not self.means.listed(around.view.address) or choice.deed is None:
            return False
        now = read(choice.decision, around, self.tries)
        was = choice.deed
        return isinstance(now, Deed) and (now.sentence, now.risk, now.secret) == (was.sentence, was.risk, was.secret)

    def _not_allowed(self, choice: Choice) -> Stop:
        deed = choice.deed
        assert deed is not None
        self.means.told(
            Acted(self.tries, choice.decision.op, deed.sentence, choice.sure, 0.0, deed.risk, "nobody allowed it")
        )
        return self._stop("risk", f"nobody allowed it to {deed.sentence}", deed.act)

    def _act(self) -> Act:
        return Act(id=str(self.tries + 1), verb="read")

    def _stop(self, kind: str, reason: str, act: Act | None = None) -> Stop:
        return self.page.stop(act or self._act(), kind, reason)
