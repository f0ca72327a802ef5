"""One act of a program: its target found, asked for where it can't be undone, done, and seen to be done.

Rules of this module: it waits on states and never sleeps for a time. Before anything is done to a page it is known what
it is done to; a doubt is a stop, with the reason in one sentence. A stop says whether something of the row was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from byhand.agents import reasons
from byhand.agents.outcome import Book, Brake, Cell, Hands, Healed, Leave, Stop
from byhand.workflows import checks, surprises
from byhand.workflows.around import Around
from byhand.workflows.cells import CellError, within, words
from byhand.workflows.heal import Healing, heal, other_unit
from byhand.workflows.program import Act, Check, Evidence, Workflow
from byhand.workflows.sentences import write_act
from byhand.workflows.targets import Ambiguous, Found, Missing, Scope, resolve
from byhand.workflows.templates import TemplateError, fill, only_slot, slots
from byhand.workflows.view import Seen, View

PATIENCE_S = 10.0
QUIET_S = 0.25
"""A page that has not changed for so long is what it will be."""
_SLICE_S = 0.1
_COVERED_S = 2.5
"""So long a dialog or a veil may lie over what is meant."""
_SOFT_S = 1.0
_CHANGES = frozenset({"press", "press twice", "press right", "key", "drag"})
_SURE = 2
_DAYS = re.compile(r"\b([yjadmt]{1,4})([-./ ])([mtd]{1,4})\2([yjadt]{1,4})\b", re.IGNORECASE)


class Watch(Protocol):
    """A person who looks on: `--watch`."""

    def heals(self, healed: Healed, sentence: str) -> bool:
        """May it be taken for that from now on?"""
        ...


@dataclass(slots=True)
class Ports:
    """What a row is done with. patience_s: so long a page may take."""

    hands: Hands
    brake: Brake
    leave: Leave
    book: Book
    clock: Callable[[], float]
    watch: Watch | None = None
    patience_s: float = PATIENCE_S


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
    record: str = ""
    """Path of the record that was seen to be the row's."""

    @property
    def scope(self) -> Scope:
        return Scope(self.targets, self.values, self.workflow.parameters)

    def selectors(self) -> tuple[str, ...]:
        """All that a look has to ask for."""
        return tuple(dict.fromkeys(each for one in self.targets.values() for each in one.selectors))

    def says(self, act: Act) -> str:
        """Its sentence, without a secret."""
        try:
            sentence = write_act(act)
            named = {name: self.values[name] for name in slots(sentence) if name in self.values}
            return fill(sentence, words(named, self.workflow.parameters, told=True))
        except (ValueError, CellError):
            return f"{act.verb} {act.target}".strip()


class Stepping:
    """The acts of one row.

    Args:
        row: what is done.
        ports: with what.
    """

    def __init__(self, row: Row, ports: Ports) -> None:
        self.row, self.ports = row, ports
        self._fresh: Around | None = None

    # ---- looking

    def look(self) -> Around | None:
        self._fresh = None
        view = self.ports.hands.look(self.row.selectors())
        return Around(view) if view is not None else None

    def settled(self) -> Around | None:
        """The page when it has stopped changing; None if nothing came of it in time."""
        until = self.ports.clock() + self.ports.patience_s
        last: View | None = None
        while not self.ports.brake.pulled():
            around = self.look()
            if around is not None and ((last is not None and _same(last, around.view)) or self._quiet(around)):
                page = surprises.of_page(around)
                if page is None or page.kind != "busy":
                    return around
            last = around.view if around else None
            if self.ports.clock() > until:
                return around
            self.ports.hands.rest(_SLICE_S)
        return None

    def _quiet(self, around: Around) -> bool:
        """Nothing changes for a moment."""
        since = self.ports.clock()
        self.ports.hands.rest(QUIET_S)
        if self.ports.clock() - since < QUIET_S * 0.8:
            return False
        again = self.look()
        return again is not None and _same(around.view, again.view)

    # ---- an act

    def act(self, act: Act) -> Stop | None:
        """Do it, and wait until what must be so afterwards is so."""
        if why := self._usable(act):
            return self.stop(act, "value", why)
        if self.ports.brake.pulled():
            return self.person(act)
        if act.verb == "read":
            return self._read(act)
        if stop := self._do(act):
            return stop
        self.row.steps += 1
        self.row.told.append(self.row.says(act))
        if stop := self._then(act):
            return stop
        self.ports.book.did(act.id)
        return None

    def _usable(self, act: Act) -> str:
        try:
            for template in (act.text, act.row):
                for name in slots(template):
                    if name not in self.row.values:
                        return f"nothing is known for {name}"
            self.row.scope.filled(act.text)
        except CellError as error:
            return f"{only_slot(act.text) or 'a value'} {error}"
        except TemplateError as error:
            return f"a text of the program {error}"
        return ""

    def _do(self, act: Act) -> Stop | None:
        """Find, ask, act. What could not be done because the page had just changed is looked at and tried anew."""
        until = self.ports.clock() + self.ports.patience_s
        covered = 0.0
        asked = False
        while True:
            found = self.find(act) if act.target else None
            if isinstance(found, Stop):
                return found
            far = self.find(_end_of(act)) if act.to else None
            if isinstance(far, Stop):
                return far
            around, place = found if found is not None else (None, -1)
            if stop := self._harmless(act, around, place):
                return stop
            text = self._text(act, around[place] if around is not None else None)
            if act.risk and not asked:
                if not self.ports.leave.may(act, act.risk, self.row.says(act)):
                    return self.stop(act, "risk", f"nobody allowed to {self.row.says(act)}")
                asked = True
                continue  # it may have taken a while: the page is looked at anew
            if self.ports.brake.pulled():
                return self.person(act)
            self.ports.book.will(act.id, act.risk)
            node = around[place].node if around is not None else 0
            to = far[0][far[1]].node if far is not None else 0
            why = self.ports.hands.act(act.verb, node, text, to)
            if not why:
                self.row.touched = self.row.touched or bool(act.risk)
                return None
            kind = reasons.kind(why)
            now = self.ports.clock()
            if kind == "person":
                return self.person(act)
            if kind == "in the way" and why not in (reasons.MISSED, reasons.ASKED):
                covered = covered or now
                if now - covered < _COVERED_S:
                    self.ports.hands.rest(_SLICE_S)
                    continue
            elif why in reasons.UNTOUCHED and kind != "value" and now < until:
                self.ports.hands.rest(_SLICE_S)
                continue
            return self._failed(act, kind, why)

    def _failed(self, act: Act, kind: reasons.Kind, why: str) -> Stop:
        """What stopped it may be said better by the page."""
        around = self.look()
        if kind in ("in the way", "changed") and around is not None:
            better = surprises.in_the_way(around, self.row.scope) or surprises.of_page(around)
            if better is not None and better.kind != "busy":
                return self.stop(act, better.kind, better.reason)
        told = f'"{act.target}"' if act.target else act.verb
        if act.verb == "choose" and kind == "value":
            return self.stop(
                act, "value", f"{told}: {why}", f"an option of that label in {told}", _offered(around, act)
            )
        return self.stop(act, kind, f"{told}: {why}")

    # ---- finding

    def find(self, act: Act) -> tuple[Around, int] | Stop:
        """The element that is meant, in the page as it is now."""
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
            around, self._fresh = self._fresh or self.look(), None  # what was just looked at need not be again
            now = clock()
            if around is None:
                last = None
            else:
                found = resolve(evidence, around, self.row.scope, act.row)
                place = found.place if isinstance(found, Found) else -1
                veil = surprises.in_the_way(around, self.row.scope, place)
                if veil is not None:
                    over = over or now
                    if now - over > _COVERED_S:
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
                    if answer is not None and (not isinstance(answer, Stop) or now > until or _final(around)):
                        return answer
            if now > until:
                return self.stop(act, "missing", f'"{act.target}" did not come')
            self.ports.hands.rest(_SLICE_S)

    def _else(
        self, act: Act, evidence: Evidence, around: Around, found: Found | Ambiguous | Missing
    ) -> tuple[Around, int] | Stop | None:
        """It is not there once: healed, or the reason why not."""
        name = f'"{act.target}"'
        if isinstance(found, Ambiguous):
            what = "row" if found.what == "row" else name
            said = (
                f"{len(found.places)} rows could be the record"
                if found.what == "row"
                else f"{name} is there more than once"
            )
            return self.stop(act, "ambiguous", said, f"one {what}", f"{len(found.places)}")
        if isinstance(found, Missing) and found.what == "row":
            return self.stop(act, "missing", "the record's row is not there", "one row", "none")
        options = self._options(act)
        healing = heal(evidence, around, self.row.scope, risk=act.risk, row=act.row, options=options)
        if isinstance(healing, str):
            kind = "changed" if "now" in healing and "it now" not in healing else "missing"
            return self.stop(act, kind, f"{name} is not there: {healing}", name, healing)
        return self._heal(act, around, healing)

    def _options(self, act: Act) -> tuple[str, ...]:
        name = only_slot(act.text) if act.verb == "choose" else ""
        return next((one.options for one in self.row.workflow.parameters if one.name == name), ())

    def _heal(self, act: Act, around: Around, healing: Healing) -> tuple[Around, int] | Stop:
        told = Healed(act.id, act.target, healing.was, healing.now, tuple(sorted(healing.by)))
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

    def onward(self, act: Act, around: Around) -> Stop | bool | None:
        """Can the next page be gone to? None: there is none."""
        evidence = self.row.targets.get(act.target)
        if evidence is None:
            return self.stop(act, "missing", f'the program says nothing of "{act.target}"')
        found = resolve(evidence, around, self.row.scope)
        if isinstance(found, Missing):
            healing = heal(evidence, around, self.row.scope)
            if isinstance(healing, str):
                return None
            healed = self._heal(act, around, healing)
            if isinstance(healed, Stop):
                return healed
            found = Found(healing.place, healing.by)
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
            self.ports.hands.rest(_SLICE_S)
        return self.person(act)

    # ---- what speaks against it

    def _harmless(self, act: Act, around: Around | None, place: int) -> Stop | None:
        """What must not be acted on, though it is there."""
        if around is None:
            return None
        one, scope = around[place], self.row.scope
        name = f'"{act.target}"'
        if act.verb == "fill" and (unit := other_unit(scope.targets[act.target], one, around.label(place))):
            return self.stop(act, "changed", f"{name}: {unit}", name, unit)
        if act.verb in _CHANGES and (needed := surprises.required(around, scope, place)):
            return self.stop(act, "required", needed.reason)
        if act.risk:
            if note := surprises.other_effect(around):
                return self.stop(act, "changed", note.reason)
            if why := self._other_record(act, around):
                return self.stop(act, "not so", why, "the record of this row", "another one, or nothing that tells")
        return None

    def _other_record(self, act: Act, around: Around) -> str:
        """Is the record that is open the row's? Told by what tells it from all others, here or on a page before."""
        if not self.row.workflow.identity or act.row:
            return ""
        page = self.row.targets[act.target].page if act.target in self.row.targets else ""
        if "{" not in page:
            return ""
        record = _record(page, around.view.address)
        texts = [text for one in around.all for text in (one.name, one.value) if text]
        known = [self.row.values[name] for name in self.row.workflow.identity if name in self.row.values]
        if known and all(within(cell, texts) for cell in known if not isinstance(cell, tuple)):
            self.row.record = record
        return "" if self.row.record == record else "the page does not show that it is the record of this row"

    def _text(self, act: Act, one: Seen | None) -> str:
        """What is typed, as this field wants it."""
        name = only_slot(act.text)
        cell = self.row.values.get(name) if name else None
        if act.verb == "fill" and one is not None and isinstance(cell, date):
            form = "%Y-%m-%d" if one.kind == "date" else _form(one.hint)
            return cell.strftime(form) if form else self.row.scope.filled(act.text)
        if act.verb == "fill" and one is not None and one.kind == "number" and isinstance(cell, Decimal):
            return format(cell, "f")
        return self.row.scope.filled(act.text)

    # ---- after it

    def _then(self, act: Act) -> Stop | None:
        """Its checks hold, sooner or later; nothing else came up instead."""
        wanted = list(act.then)
        if act.verb in ("fill", "choose") and act.target and not any(one.kind == "holds" for one in wanted):
            wanted.append(Check(kind="holds", target=act.target, text=act.text, row=act.row))
        if act.verb == "set":
            wanted.append(Check(kind="set", target=act.target, text=act.text, row=act.row))
        if act.verb in ("fill", "choose", "set") and not act.then:
            return self._stands(act, wanted)
        return self.wait(act, wanted)

    def _stands(self, act: Act, wanted: list[Check]) -> Stop | None:
        """What was put into a field stands there. A page may have gone elsewhere with it, which is no fault."""
        around = self.look()
        if around is None or not wanted:
            return None
        found = resolve(self.row.targets[act.target], around, self.row.scope, act.row)
        if not isinstance(found, Found):
            return None
        return self.wait(act, wanted)

    def wait(self, act: Act, wanted: list[Check], *, soft: bool = True) -> Stop | None:
        """Until they hold. soft: what was to be seen may be called otherwise, where nothing is at stake."""
        clock = self.ports.clock
        began = clock()
        why = ""
        while True:
            if self.ports.brake.pulled():
                return self.person(act)
            around = self.look()
            if around is not None:
                failing = self._failing(wanted, around)
                why = failing[1] if failing else ""
                page = surprises.of_page(around)
                busy = page is not None and page.kind == "busy"
                if page is not None and not busy and (failing or act.verb in _CHANGES) and self._again(page):
                    return self.stop(act, page.kind, page.reason, _expected(wanted), page.reason)
                refused = surprises.refused(around) if act.verb in _CHANGES and (failing or act.risk) else None
                if refused and (act.risk or clock() - began > QUIET_S):
                    return self.stop(act, "refused", refused.reason, _expected(wanted), refused.reason)
                if failing is None and (page is None or (busy and not act.risk)):
                    self._fresh = around
                    return None
                if failing and clock() - began > QUIET_S:
                    veil = surprises.in_the_way(around, self.row.scope)
                    if veil is not None and clock() - began > _COVERED_S:
                        return self.stop(act, veil.kind, veil.reason, _expected(wanted), veil.reason)
                if (
                    failing
                    and soft
                    and not act.risk
                    and failing[0].kind in ("see", "gone")
                    and clock() - began > _SOFT_S
                ):
                    return None
            if clock() - began > self.ports.patience_s:
                return self.stop(act, "not so", why or "the page did not come", _expected(wanted), why)
            self.ports.hands.rest(_SLICE_S)

    def _again(self, page: surprises.Surprise) -> bool:
        """It still is so after a moment: an answer can pass through such a state."""
        self.ports.hands.rest(QUIET_S)
        around = self.look()
        now = surprises.of_page(around) if around is not None else None
        return now is not None and now.kind == page.kind

    def _failing(self, wanted: list[Check], around: Around) -> tuple[Check, str] | None:
        for check in wanted:
            try:
                if why := checks.judge(check, around, self.row.scope):
                    return check, why
            except (TemplateError, CellError) as error:
                return check, f"a check of the program {error}"
        return None

    def _read(self, act: Act) -> Stop | None:
        found = self.find(act)
        if isinstance(found, Stop):
            return found
        around, place = found
        one = around[place]
        text = one.value or one.name or " ".join(dict.fromkeys(around.texts(place)))
        self.row.values[act.into] = self.row.read[act.into] = text
        self.row.steps += 1
        self.row.told.append(self.row.says(act))
        return self.wait(act, list(act.then)) if act.then else None

    # ---- stops

    def person(self, act: Act | None = None) -> Stop:
        return self.stop(act, "person", "you took over")

    def stop(self, act: Act | None, kind: str, reason: str, expected: str = "", found: str = "") -> Stop:
        """With what it looks like now, and how what was done can be taken back."""
        return Stop(
            act.id if act else "", kind, reason, expected, found,  # pyright: ignore[reportArgumentType]
            harmed=self.row.touched, undo=self._undo() if self.row.touched else "", picture=self.ports.hands.picture(),
        )  # fmt: skip

    def _undo(self) -> str:
        around = self.look()
        if around is not None and checks.seen(around, "Undo", "button"):
            return 'press "Undo" on the page that is open'
        return "look for this row's record and take it back by hand: no step is known that does"


def _end_of(act: Act) -> Act:
    return Act(id=act.id, verb=act.verb, target=act.to, risk=act.risk)


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


def _final(around: Around) -> bool:
    """Nothing on it says that more is to come."""
    return not any(one.role == "progressbar" or "busy" in one.states for one in around.all)


def _offered(around: Around | None, act: Act) -> str:
    del act
    count = sum(one.role == "option" for one in around.all) if around is not None else 0
    return f"{count} options of other labels" if count else "no such option"


def _expected(wanted: list[Check]) -> str:
    return "; ".join(f"{one.kind} {one.target or one.text or one.row}".strip() for one in wanted)


def _record(page: str, address: str) -> str:
    """The part of the address that says which record it is: up to the last hole of the page's template."""
    depth = max((at for at, part in enumerate(page.split("/")) if "{" in part), default=0)
    path = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    base = path.split("/")[3:] if "://" in path else path.split("/")[1:]
    return "/".join(base[:depth])


def _form(hint: str) -> str:
    """The date format that a hint asks for; "" where it asks for none."""
    plain = re.sub(r"year|jahr", "yyyy", re.sub(r"month|monat", "mm", re.sub(r"day|tag", "dd", hint.lower())))
    found = _DAYS.search(plain)
    if found is None:
        return ""
    first, sign, middle, last = found.groups()
    letters = {"y": "%Y", "j": "%Y", "a": "%Y", "m": "%m", "d": "%d", "t": "%d"}
    parts = [letters.get(part[0], "") for part in (first, middle, last)]
    return sign.join(parts) if sorted(parts) == ["%Y", "%d", "%m"] else ""
