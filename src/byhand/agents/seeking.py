"""A page looked at until it shows what is meant: the one element, or why there is none, in one sentence.

Rules of this module: it waits on states and never sleeps for a time. Nothing is done to a page here. Before something
is healed, the page has come to rest: what is not there yet is not missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from byhand.agents.outcome import Book, Brake, Cell, Hands, Healed, Leave, Stop
from byhand.workflows import checks, rows, surprises
from byhand.workflows.around import Around
from byhand.workflows.cells import CellError, words
from byhand.workflows.heal import Healing, heal, told_apart
from byhand.workflows.program import Act, Evidence, Verb, Workflow
from byhand.workflows.sentences import write_act
from byhand.workflows.targets import Ambiguous, Found, Missing, Scope, resolve
from byhand.workflows.templates import TemplateError, fill, only_slot, slots
from byhand.workflows.view import View

PATIENCE_S = 10.0
QUIET_S = 0.25
"""A page that has not changed for so long is what it will be."""
_MOMENT_S = 0.12
"""The same of a page that is only looked at: what the last act asked for had come before."""
SLICE_S = 0.1
COVERED_S = 2.5
"""So long a dialog or a veil may lie over what is meant."""
_SURE = 2
_MOST_ASKED = 3
"""So often a model is asked about one step of a row."""


class Watch(Protocol):
    """A person who looks on: `--watch`."""

    def heals(self, healed: Healed, sentence: str) -> bool:
        """May it be taken for that from now on?"""
        ...


class Voice(Protocol):
    """A model that is asked which element a step means, where the program's evidence does not tell."""

    def means(self, verb: Verb, called: str) -> int:
        """The node, in the page as it is now; 0 where it can't tell. called: as the program calls the target."""
        ...


@dataclass(slots=True)
class Ports:
    """What a row is done with. patience_s: so long a page may take. pictures: a stop has one. voice: None is nobody."""

    hands: Hands
    brake: Brake
    leave: Leave
    book: Book
    clock: Callable[[], float]
    watch: Watch | None = None
    patience_s: float = PATIENCE_S
    pictures: bool = True
    voice: Voice | None = None


@dataclass(slots=True)
class Row:
    """A row while it is done. told: sentences of what was done. touched: it may be half a record by now."""

    workflow: Workflow
    values: dict[str, Cell]
    targets: dict[str, Evidence]
    steps: int = 0
    touched: bool = False
    healed: list[Healed] = field(default_factory=list[Healed])
    told: list[str] = field(default_factory=list[str])
    read: dict[str, str] = field(default_factory=dict[str, str])
    acted: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Acts that can't be undone, with the words of the rows they were done in."""
    record: str = ""
    """Path of the record that was seen to be the row's."""

    @property
    def scope(self) -> Scope:
        return Scope(self.targets, self.values, self.workflow.parameters)

    def selectors(self) -> tuple[str, ...]:
        """All that a look has to ask for."""
        return tuple(dict.fromkeys(each for one in self.targets.values() for each in (*one.selectors, *one.frame)))

    def says(self, act: Act) -> str:
        """Its sentence, without a secret."""
        try:
            sentence = write_act(act)
            named = {name: self.values[name] for name in slots(sentence) if name in self.values}
            said = fill(sentence, words(named, self.workflow.parameters, told=True))
            return re.sub(r"(?:, )+(?=, |$)", "", said)  # of what need not be given
        except (ValueError, CellError):
            return f"{act.verb} {act.target}".strip()


class Seeking:
    """Looks for what one row needs.

    Args:
        row: what is done.
        ports: with what.
    """

    def __init__(self, row: Row, ports: Ports) -> None:
        self.row, self.ports = row, ports
        self.fresh: Around | None = None
        self._asked: dict[str, int] = {}

    # ---- looking

    def look(self) -> Around | None:
        self.fresh = None
        view = self.ports.hands.look(self.row.selectors())
        return Around(view) if view is not None else None

    def settled(self, still_s: float = 0.0) -> Around | None:
        """The page when it has stopped changing; None if nothing came of it in time.

        Args:
            still_s: so long nothing of it may change that it is made of; later, only what is seen of it counts.
        """
        began = self.ports.clock()
        until = began + self.ports.patience_s
        last: View | None = None
        while not self.ports.brake.pulled():
            around = self.look()
            stays = around is not None and last is not None and _same(last, around.view)
            if around is not None and ((stays and self.ports.clock() >= began + still_s) or self._quiet(around)):
                page = surprises.of_page(around)
                if page is None or page.kind != "busy":
                    return around
            last = around.view if around else None
            if self.ports.clock() > until:
                return around
            self.ports.hands.rest(SLICE_S)
        return None

    def _quiet(self, around: Around) -> bool:
        """Nothing changes for a moment."""
        since = self.ports.clock()
        self.ports.hands.rest(_MOMENT_S)
        if self.ports.clock() - since < _MOMENT_S * 0.8:
            return False
        again = self.look()
        return again is not None and _same(around.view, again.view)

    # ---- finding

    def find(self, act: Act) -> tuple[Around, int] | Stop:
        """The element that is meant, in the page as it is now."""
        try:
            return self._find(act)
        except (TemplateError, CellError) as error:
            return self.stop(act, "value", f'what is known of "{act.target}" {error}')

    def _find(self, act: Act) -> tuple[Around, int] | Stop:
        evidence = self.row.targets.get(act.target)
        if evidence is None:
            return self.stop(act, "missing", f'the program says nothing of "{act.target}"')
        clock = self.ports.clock
        until = clock() + self.ports.patience_s
        last: tuple[View, float] | None = None
        over = 0.0
        while True:
            if self.ports.brake.pulled():
                return self.person(act)
            around, self.fresh = self.fresh or self.look(), None  # what was just looked at need not be again
            now = clock()
            if around is None:
                last = None
            else:
                found = resolve(evidence, around, self.row.scope, act.row)
                place = found.place if isinstance(found, Found) else -1
                veil = surprises.in_the_way(around, self.row.scope, place)
                if veil is not None:
                    over = over or now
                    if now - over > COVERED_S:
                        return self.stop(act, veil.kind, veil.reason, f'"{act.target}"', veil.reason)
                elif isinstance(found, Found):
                    if act.risk and len(found.by) < _SURE:
                        return self.stop(act, "ambiguous", f'only one thing tells that it is "{act.target}"')
                    return around, place
                last = last if last is not None and _same(last[0], around.view) else (around.view, now)
                page = surprises.of_page(around)
                if page is not None and page.kind != "busy" and (page.kind != "server" or now - last[1] > QUIET_S):
                    return self.stop(act, page.kind, page.reason, f'"{act.target}"', page.reason)
                if veil is None and page is None and now - last[1] >= QUIET_S:
                    answer = self._else(act, evidence, around, found)
                    if not isinstance(answer, Stop) or now > until:
                        return answer
            if now > until:
                return self.stop(act, "missing", f'"{act.target}" did not come')
            self.ports.hands.rest(SLICE_S)

    def _else(
        self, act: Act, evidence: Evidence, around: Around, found: Found | Ambiguous | Missing
    ) -> tuple[Around, int] | Stop:
        """It is not there once: healed, or the reason why not."""
        name = f'"{act.target}"'
        if isinstance(found, Ambiguous):
            if found.what == "control" and (apart := self._told_apart(act, evidence, around, found)):
                return apart
            what = "row" if found.what == "row" else name
            said = (
                f"{len(found.places)} rows could be the record"
                if found.what == "row"
                else f"{name} is there more than once"
            )
            return self.stop(act, "ambiguous", said, f"one {what}", f"{len(found.places)}")
        if isinstance(found, Missing) and found.what == "row":
            return self.stop(act, "missing", self._no_row(around, act.row or evidence.row), "one row", "none")
        options = self._options(act)
        leads = next((one.text for one in act.then if one.kind == "page"), "")

        def healed(view: Around, said: int = -1) -> Healing | str:
            return heal(
                evidence, view, self.row.scope, risk=act.risk, row=act.row, options=options, leads=leads, said=said
            )

        healing = healed(around)
        if isinstance(healing, str) and (said := self._said(act, around)) is not None:
            around, place = said
            healing = healed(around, place)
        if isinstance(healing, str):
            kind = "changed" if "now" in healing and "it now" not in healing else "missing"
            return self.stop(act, kind, f"{name} is not there: {healing}", name, healing)
        return self._heal(act, around, healing)

    def _told_apart(
        self, act: Act, evidence: Evidence, around: Around, found: Ambiguous
    ) -> tuple[Around, int] | Stop | None:
        """By a model, where there is one. None: it stays ambiguous."""
        if (said := self._said(act, around)) is None:
            return None
        around, place = said
        apart = told_apart(evidence, around, self.row.scope, found.places, place)
        return self._heal(act, around, apart) if isinstance(apart, Healing) else None

    def _said(self, act: Act, around: Around) -> tuple[Around, int] | None:
        """The page as it is after a model was asked, and the place of what it means. None: nobody is asked, it can't
        tell, or it is another page by now. Of what can't be undone it is never asked.
        """
        voice, asked = self.ports.voice, self._asked.get(act.id, 0)
        if voice is None or act.risk or asked >= _MOST_ASKED:
            return None
        self._asked[act.id] = asked + 1
        node = voice.means(act.verb, act.target)
        now = self.look()
        if not node or now is None or not _same(now.view, around.view):
            return None
        place = next((at for at, one in enumerate(now.all) if one.node == node), -1)
        return (now, place) if place >= 0 else None

    def _no_row(self, around: Around, row: str) -> str:
        """Why: a row of that name with another city than the table's is another record, or the column means another
        thing.
        """
        other = rows.unlike(row, self.row.scope.values, self.row.scope.parameters, around)
        if not other:
            return "the record's row is not there"
        return f"the record's row is there, but with another {' and '.join(other)} than given"

    def _options(self, act: Act) -> tuple[str, ...]:
        name = only_slot(act.text) if act.verb == "choose" else ""
        known = next((one.options for one in self.row.workflow.parameters if one.name == name), ())
        if known or act.verb != "choose":
            return known
        return (self.row.scope.filled(act.text),)

    def _heal(self, act: Act, around: Around, healing: Healing) -> tuple[Around, int] | Stop:
        told = Healed(act.id, act.target, healing.was, healing.now, tuple(sorted(healing.by)), healing.evidence)
        if self.ports.watch is not None and not self.ports.watch.heals(told, self.row.says(act)):
            return self.stop(act, "person", f'"{healing.now}" is not "{act.target}", by your word')
        self.row.targets[act.target] = healing.evidence
        self.row.healed.append(told)
        return around, healing.place

    def healed(self, step: str, called: str, around: Around) -> bool:
        """Is it there under another name? With a person who looks on, it is asked for when it is acted on."""
        evidence = self.row.targets.get(called)
        if evidence is None or self.ports.watch is not None:
            return False
        try:
            healing = heal(evidence, around, self.row.scope, risk="sends")
        except TemplateError:
            return False
        if isinstance(healing, str):
            return False
        self._heal(Act(id=step, verb="read", target=called), around, healing)
        return True

    def onward(self, act: Act, around: Around, *, heals: bool = True) -> Stop | bool | None:
        """Can the next page be gone to? None: there is none."""
        evidence = self.row.targets.get(act.target)
        if evidence is None:
            return self.stop(act, "missing", f'the program says nothing of "{act.target}"')
        found = resolve(evidence, around, self.row.scope)
        if isinstance(found, Missing) and heals:
            healing = heal(evidence, around, self.row.scope, least=1)
            if isinstance(healing, str):
                return None
            healed = self._heal(act, around, healing)
            if isinstance(healed, Stop):
                return healed
            found = Found(healing.place, healing.by)
        if isinstance(found, Missing):
            return None
        if isinstance(found, Ambiguous):  # above the list and below it
            return self.stop(act, "ambiguous", f'"{act.target}" is there more than once')
        return None if "disabled" in around[found.place].states else True

    def changed(self, act: Act, before: Around) -> Stop | None:
        """Wait until the page is another one."""
        until = self.ports.clock() + self.ports.patience_s
        while not self.ports.brake.pulled():
            around = self.look()
            if around is not None and not _alike(before.view, around.view):
                return None
            if self.ports.clock() > until:
                return self.stop(act, "not so", "the next page did not come")
            self.ports.hands.rest(SLICE_S)
        return self.person(act)

    # ---- stops

    def person(self, act: Act | None = None) -> Stop:
        return self.stop(act, "person", "you took over")

    def stop(self, act: Act | None, kind: str, reason: str, expected: str = "", found: str = "") -> Stop:
        """With what it looks like now, and how what was done can be taken back."""
        picture = self.ports.hands.picture() if self.ports.pictures else b""
        return Stop(
            act.id if act else "", kind, reason, expected, found,  # pyright: ignore[reportArgumentType]
            harmed=self.row.touched, undo=self._undo() if self.row.touched else "", picture=picture,
        )  # fmt: skip

    def _undo(self) -> str:
        around = self.look()
        if around is not None and checks.seen(around, "Undo", "button"):
            return 'press "Undo" on the page that is open'
        return "look for this row's record and take it back by hand: no step is known that does"


def _same(one: View, other: View) -> bool:
    """Is it the same page with the same things on it?"""
    return (one.address, len(one.elements)) == (other.address, len(other.elements)) and [
        (seen.node, seen.name, seen.states, seen.value) for seen in one.elements
    ] == [(seen.node, seen.name, seen.states, seen.value) for seen in other.elements]


def _alike(one: View, other: View) -> bool:
    """The same words on the same page, whatever has the keyboard."""
    return one.address == other.address and [seen.name for seen in one.elements] == [
        seen.name for seen in other.elements
    ]
