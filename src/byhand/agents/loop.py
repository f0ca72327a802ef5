"""A row, done: from its start through all steps, loops and branches to the effect that is read back.

Rules of this module: a row ends in one of four ways, and says which (`outcome.State`). Nothing half-done is hidden.
What may have been done already is looked up before anything is done again. `stepping` does one act, `effects` reads
back; this is what holds them together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from byhand.agents import effects, reasons
from byhand.agents.outcome import Book, Brake, Cell, Hands, Leave, Outcome, Stop, Values
from byhand.agents.seeking import PATIENCE_S, Ports, Row, Voice, Watch
from byhand.agents.stepping import Stepping
from byhand.workflows import checks, rows
from byhand.workflows.around import Around
from byhand.workflows.cells import CellError
from byhand.workflows.conditions import meets, undecided
from byhand.workflows.program import Act, Branch, Repeat, Statement, Workflow
from byhand.workflows.risk import searches
from byhand.workflows.targets import Found, resolve
from byhand.workflows.templates import TemplateError

MOST_PAGES = 1000
_RISKY_ANSWERS = frozenset({"not so", "missing", "lost"})
"""After these it is open whether what was done had its effect: it is looked up."""


def run_row(
    workflow: Workflow, values: Values, hands: Hands, *, brake: Brake, leave: Leave, book: Book,
    watch: Watch | None = None, clock: Callable[[], float] = time.monotonic, patience_s: float = PATIENCE_S,
    uncertain: str = "", voice: Voice | None = None,
) -> Outcome:  # fmt: skip
    """Do one row.

    Args:
        workflow: the program.
        values: of the row, by names of parameters; a list's entries by names of its fields.
        hands: in the place where it is done, kept over rows so that it is warm.
        brake: the person's.
        leave: asked before what can't be undone.
        book: told before each act and after it.
        watch: a person who looks on and confirms what is healed; None heals by itself or stops.
        clock: seconds, of any beginning.
        patience_s: so long a page may take for one step.
        uncertain: the act that an earlier try may have done; then its effect is looked up first.
        voice: a model that is asked which element a step means, where the program's evidence does not tell.
    """
    empty: dict[str, Cell] = {one.name: "" for one in workflow.parameters if not one.needed and one.kind != "list"}
    row = Row(workflow, empty | dict(values), {one.called: one for one in workflow.targets})
    return _Runner(row, Ports(hands, brake, leave, book, clock, watch, patience_s, voice=voice)).run(uncertain)


class _Runner:
    def __init__(self, row: Row, ports: Ports) -> None:
        self.row, self.ports = row, ports
        self.stepping = Stepping(row, ports)
        self.began = ports.clock()

    def run(self, uncertain: str) -> Outcome:
        if stop := self._missing_values():
            return self._end("stopped", stop)
        if uncertain and (known := self._known(uncertain)):
            return known
        if known := self._before():
            return known
        if stop := self._start():
            return self._end("stopped", stop)
        return self._after(self._all(self.row.workflow.steps))

    def _missing_values(self) -> Stop | None:
        for one in self.row.workflow.parameters:
            if one.needed and one.kind != "list" and self.row.values.get(one.name, "") == "":
                return Stop("", "value", f"{one.name} is empty")
        return None

    # ---- before and after

    def _known(self, uncertain: str) -> Outcome | None:
        """An earlier try went as far as that act. None: it had no effect, so the row can be done from its start."""
        told = effects.there(self.row, self.ports)
        if told.answer == "there":
            self.row.told.append("it was there already, from the try before")
            return self._end("done", None)
        risky = [act.id for act in _acts(self.row.workflow.steps) if act.risk]
        if told.answer == "not there" and risky == [uncertain] and not _looped(self.row.workflow.steps, uncertain):
            return None
        why = told.why or "nothing tells"
        stop = Stop(
            uncertain, "lost", f"an earlier try may have done part of it, and that can't be told: {why}",
            harmed=True, undo="look for this row's record, and either finish it or take it back by hand",
        )  # fmt: skip
        return self._end("stopped", stop)

    def _before(self) -> Outcome | None:
        """What must hold before it is begun: mostly that it isn't there yet."""
        told = effects.before(self.row, self.ports)
        if told.answer == "there":
            return None
        if self.ports.brake.pulled():
            return self._end("stopped", self.stepping.person())
        if told.answer in ("not there", "otherwise") and effects.there(self.row, self.ports, tries=1).answer == "there":
            self.row.told.append("it is there already")
            return self._end("skipped", None)
        return self._end(
            "stopped", Stop("", "not so", f"it can't be begun: {told.why}", picture=self.ports.hands.picture())
        )

    def _start(self) -> Stop | None:
        address = self.row.workflow.start
        if "://" not in address and not self.row.workflow.apps:
            return None
        if why := self.ports.hands.go(address):
            return self.stepping.stop(None, reasons.kind(why), f"the program can't be begun: {why}")
        return None

    def _after(self, stop: Stop | None) -> Outcome:
        """Did it have its effect? Asked also where a step's answer was lost, for only that can tell then."""
        workflow = self.row.workflow
        if stop is not None and not (self.row.touched and workflow.effects and stop.kind in _RISKY_ANSWERS):
            return self._end("stopped", self._told_of_effect(stop))
        told = effects.there(self.row, self.ports)
        if told.answer == "there" and (stop is None or self._last(stop)):
            if stop is not None:
                self.row.told.append(f"its answer was lost ({stop.reason}), but the effect is there")
            return self._end("done", None)
        if stop is not None:
            return self._end("stopped", self._worded(stop, told))
        if not workflow.effects:
            return self._end("unchecked", None)
        if self.ports.brake.pulled():
            return self._end("stopped", self.stepping.person())
        if told.answer == "not there":
            return self._end("stopped", self._lost("all steps were done, but their effect is not there", told))
        if told.answer == "otherwise":
            return self._end("stopped", self._lost("all steps were done, but their effect is another one", told))
        return self._end(
            "unchecked", self._lost("all steps were done; whether they had their effect can't be told", told)
        )

    def _last(self, stop: Stop) -> bool:
        """Was there nothing left to do after that act but to look?"""
        acts = list(_acts(self.row.workflow.steps))
        place = next((at for at, act in enumerate(acts) if act.id == stop.step), -1)
        if place < 0 or _looped(self.row.workflow.steps, stop.step):
            return False
        return all(self._looks(act) for act in acts[place + 1 :])

    def _looks(self, act: Act) -> bool:
        """Does it change nothing? What is typed counts as a change, but where things are looked up."""
        if act.verb == "fill":
            return searches(self.row.targets.get(act.target))
        return not act.risk and act.verb in ("open", "press", "hover", "key")

    def _told_of_effect(self, stop: Stop) -> Stop:
        """A server that answered with an error may have saved all the same: that is said, and nothing is repeated."""
        if not (self.row.touched and self.row.workflow.effects and stop.kind in ("server", "session")):
            return stop
        return self._worded(stop, effects.there(self.row, self.ports, tries=1))

    def _worded(self, stop: Stop, told: effects.Told) -> Stop:
        match told.answer:
            case "there":
                more = "its effect is there all the same"
            case "not there":
                more = "its effect is not there"
            case "otherwise":
                more = f"its effect is another one: {told.why}"
            case _:
                more = "whether it had its effect can't be told"
        return Stop(
            stop.step, stop.kind, f"{stop.reason}; {more}", stop.expected, stop.found, stop.harmed, stop.undo,
            stop.picture,
        )  # fmt: skip

    def _lost(self, reason: str, told: effects.Told) -> Stop:
        acts = [act.id for act in _acts(self.row.workflow.steps)]
        last = self.stepping.stop(
            None, "lost", f"{reason}: {told.why}" if told.why else reason, "the effect", "not there"
        )
        return Stop(acts[-1] if acts else "", *[getattr(last, name) for name in last.__struct_fields__[1:]])

    def _end(self, state: str, stop: Stop | None) -> Outcome:
        row = self.row
        return Outcome(
            state, row.steps, self.ports.clock() - self.began, stop, tuple(row.healed),  # pyright: ignore[reportArgumentType]
            tuple(row.told), dict(row.read),
        )  # fmt: skip

    # ---- statements

    def _all(self, statements: tuple[Statement, ...]) -> Stop | None:
        for one in statements:
            if stop := self._one(one):
                return stop
        return None

    def _one(self, one: Statement) -> Stop | None:
        match one:
            case Act():
                return self.stepping.act(effects.absolute(one, self.row.workflow.start))
            case Branch():
                return self._branch(one)
            case Repeat():
                match one.over:
                    case "list":
                        return self._list(one)
                    case "rows":
                        return self._rows(one)
                    case "pages":
                        return self._pages(one)

    def _branch(self, one: Branch) -> Stop | None:
        if one.when.relation == "sees":
            return self._sees(one)
        try:
            if undecided(one, self.row.values, self.row.workflow.parameters):
                said = f"from {one.undecided[0]} to {one.undecided[1]}" if one.undecided else ""
                return self._halted(
                    one.id, f"what to do where {one.when.left} is {said} was never shown, and would be a guess", "value"
                )
            holds = meets(one.when, self.row.values, self.row.workflow.parameters)
        except (CellError, TemplateError) as error:
            return self._halted(
                one.id, f"the condition {one.when.left} {one.when.relation} {one.when.right} {error}", "value"
            )
        return self._all(one.steps if holds else one.other)

    def _sees(self, one: Branch) -> Stop | None:
        """Is it there? Yes is said at once, no when the page has come to rest."""
        try:
            first = self.stepping.look()
            if first is not None and checks.sees(one.when, first, self.row.scope) == "yes":
                return self._all(one.steps)
            around = self.stepping.settled()
            if around is None:
                return self._halted(one.id, "the page did not come")
            answer = checks.sees(one.when, around, self.row.scope)
        except (TemplateError, CellError) as error:
            return self._halted(one.id, f'what is known of "{one.when.right}" {error}', "value")
        if answer == "many":
            return Stop(one.id, "ambiguous", f'"{one.when.right}" is there more than once')
        there = answer == "yes" or self.stepping.healed(one.id, one.when.right, around)
        return self._all(one.steps if there else one.other)

    def _list(self, one: Repeat) -> Stop | None:
        entries = self.row.values.get(one.name, ())
        for entry in entries if isinstance(entries, tuple) else ():
            with_it = {f"{one.name}.{name}": cell for name, cell in entry.items()}
            if stop := self._with(with_it, one):
                return stop
        return None

    def _with(self, more: Mapping[str, Cell], one: Repeat) -> Stop | None:
        """The loop's steps with values of this time; afterwards those of outside are as before, but what was read."""
        before = {name: self.row.values[name] for name in more if name in self.row.values}
        self.row.values |= more
        stop = self._all(one.steps)
        for name in more:
            self.row.values.pop(name, None)
        self.row.values |= before
        return stop

    def _rows(self, one: Repeat) -> Stop | None:
        """Each row as it stood when the loop began."""
        around = self.stepping.settled()
        if around is None:
            return self._halted(one.id, "the page did not come")
        table = -1
        if one.target and one.target in self.row.targets:
            found = resolve(self.row.targets[one.target], around, self.row.scope)
            if not isinstance(found, Found):
                return Stop(one.id, "missing", f'"{one.target}" is not there', picture=self.ports.hands.picture())
            table = found.place
        try:
            wanted = rows.wanted(one.row, self.row.values, self.row.workflow.parameters)
        except TemplateError as error:
            return self._halted(one.id, f"a text of the program {error}", "value")
        places = rows.among(around, table, wanted)
        every = rows.beside(around, places)
        names = [rows.identity(around, place, every) for place in places]
        if not all(names):
            return Stop(
                one.id, "ambiguous", "two rows of the list have the same words", picture=self.ports.hands.picture()
            )
        for name in names:
            if stop := self._with({"row": name}, one):
                return stop
        return None

    def _pages(self, one: Repeat) -> Stop | None:
        """Here, and on the next pages, until there is none."""
        turn = Act(id=one.id, verb="press", target=one.target)
        if stop := self._alone(one, turn):
            return stop
        for _ in range(MOST_PAGES):
            if stop := self._all(one.steps):
                return stop
            around, on = self._onward(self.stepping, turn)
            if around is None:
                return self._halted(one.id, "the page did not come")
            if on is None:
                return None
            if isinstance(on, Stop):
                return on
            if stop := self.stepping.act(turn):
                return stop
            if stop := self.stepping.changed(turn, around):
                return stop
        return self._halted(one.id, "there is no end of pages")

    def _onward(self, looks: Stepping, turn: Act) -> tuple[Around | None, Stop | bool | None]:
        """The page, and whether there is a next one: yes is said at once, no when the page has come to rest."""
        around = looks.look()
        on = looks.onward(turn, around, heals=False) if around is not None else None
        if on is True:
            return around, on
        around = looks.settled()
        return around, looks.onward(turn, around) if around is not None else None

    def _alone(self, one: Repeat, turn: Act) -> Stop | None:
        """A record that something is done to for good is there once on all pages: they are gone through before, in the
        second tab.
        """
        targets = self.row.targets
        risky = [act for act in _acts(one.steps) if act.risk and act.target in targets]
        words = {act.row or targets[act.target].row for act in risky} - {""}
        here = self.ports.hands.look()
        if here is None or not (words := {each for each in words if "{row}" not in each}):
            return None
        second = self.ports.hands.second()
        try:
            looks = Stepping(self.row, replace(self.ports, hands=second))
            return self._counted(looks, turn, words) if not second.go(here.address) else None
        finally:
            second.close()

    def _counted(self, looks: Stepping, turn: Act, words: set[str]) -> Stop | None:
        found = dict.fromkeys(words, 0)
        steps, told = self.row.steps, len(self.row.told)
        for _ in range(MOST_PAGES):
            around = looks.settled()
            if around is None:
                break
            for each in words:
                found[each] += len(
                    rows.holding(around, rows.wanted(each, self.row.values, self.row.workflow.parameters))
                )
            if max(found.values()) > 1:
                self.row.steps = steps
                del self.row.told[told:]
                act = Act(id=turn.id, verb="read")
                return self.stepping.stop(act, "ambiguous", "two rows could be the record", "one row", "two")
            on = looks.onward(turn, around)
            if on is None or isinstance(on, Stop) or looks.act(turn) or looks.changed(turn, around):
                break
        self.row.steps = steps
        del self.row.told[told:]
        return None

    def _halted(self, step: str, reason: str, kind: str = "not so") -> Stop:
        """By the person, or for that reason."""
        act = Act(id=step, verb="read")
        return self.stepping.person(act) if self.ports.brake.pulled() else self.stepping.stop(act, kind, reason)


def _acts(statements: tuple[Statement, ...]) -> Iterator[Act]:
    for one in statements:
        match one:
            case Act():
                yield one
            case Repeat():
                yield from _acts(one.steps)
            case Branch():
                yield from _acts(one.steps)
                yield from _acts(one.other)


def _looped(statements: tuple[Statement, ...], step: str) -> bool:
    """Is that act done more than once, or only sometimes?"""
    return any(any(act.id == step for act in _acts((one,))) for one in statements if isinstance(one, Repeat)) or any(
        _looped((*one.steps, *one.other), step) for one in statements if isinstance(one, Branch)
    )
