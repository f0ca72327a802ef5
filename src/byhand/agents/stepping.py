"""One act of a program: its target found, asked for where it can't be undone, done, and seen to be done.

Rules of this module: before anything is done to a page it is known what it is done to; a doubt is a stop, with the
reason in one sentence. What was done is waited for, as a state of the page. A stop says whether something of the row
was done.
"""

from __future__ import annotations

from byhand.agents import reasons
from byhand.agents.outcome import Stop
from byhand.agents.seeking import COVERED_S, QUIET_S, SLICE_S, Seeking
from byhand.workflows import checks, surprises
from byhand.workflows.around import Around
from byhand.workflows.cells import CellError, within
from byhand.workflows.heal import other_unit
from byhand.workflows.program import Act, Check
from byhand.workflows.targets import Found, resolve
from byhand.workflows.templates import TemplateError, only_slot, slots
from byhand.workflows.typed import typed

_SOFT_S = 1.0
_CHANGES = frozenset({"press", "press twice", "press right", "key", "drag"})


class Stepping(Seeking):
    """The acts of one row."""

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
            text = typed(act, around[place] if around is not None else None, self.row.scope)
            if act.risk and act.row and (twin := self._twin(act)):
                return twin
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
            why = self.ports.hands.act(act.verb, node, text, to, agrees=act.agrees)
            if not why:
                self.row.touched = self.row.touched or bool(act.risk)
                if act.row:
                    self.row.acted.add((act.id, self.row.scope.filled(act.row)))
                return None
            kind = reasons.kind(why)
            now = self.ports.clock()
            if kind == "person":
                return self.person(act)
            if kind == "in the way" and why not in (reasons.MISSED, reasons.ASKED):
                covered = covered or now
                if now - covered < COVERED_S:
                    self.ports.hands.rest(SLICE_S)
                    continue
            elif why in reasons.UNTOUCHED and kind != "value" and now < until:
                self.ports.hands.rest(SLICE_S)
                continue
            return self._failed(act, kind, why)

    def _twin(self, act: Act) -> Stop | None:
        """The same was done to a row of the same words, on a page before: there are two such records."""
        if (act.id, self.row.scope.filled(act.row)) not in self.row.acted:
            return None
        return self.stop(act, "ambiguous", "there is a second row that could be the record", "one row", "two")

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
        known = [cell for name in self.row.workflow.identity if (cell := self.row.values.get(name, "")) != ""]
        if known and all(within(cell, texts) for cell in known if not isinstance(cell, tuple)):
            self.row.record = record
        return "" if self.row.record == record else "the page does not show that it is the record of this row"

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
                if failing is None and (page is None or act.verb not in _CHANGES or (busy and not act.risk)):
                    self.fresh = around
                    return None
                if failing and clock() - began > QUIET_S:
                    veil = surprises.in_the_way(around, self.row.scope)
                    if veil is not None and clock() - began > COVERED_S:
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
            self.ports.hands.rest(SLICE_S)

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


def _end_of(act: Act) -> Act:
    return Act(id=act.id, verb=act.verb, target=act.to, risk=act.risk)


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
