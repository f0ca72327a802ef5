"""Steps, loops, branches and checks of a file: their sentences, what stands beside them, and whether it fits.

Rules of this module: a sentence may name only what is there: targets, parameters, what was read before it, and inside
of a loop the fields of its list. An entry's own name (`line` of `lines`) is known in the file alone; a program says
`{lines.price}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar, cast, get_args

from msgspec.structs import replace

from byhand.workflows.conditions import ORDERED
from byhand.workflows.filing.faults import Faults
from byhand.workflows.filing.parts import is_name
from byhand.workflows.filing.tree import Node
from byhand.workflows.program import Act, Branch, Check, Condition, Parameter, Question, Repeat, Risk, Statement
from byhand.workflows.quoting import SentenceError, nearest
from byhand.workflows.sentences import read_act, read_check, read_condition, read_loop
from byhand.workflows.templates import TemplateError, renamed, slots

RISKS: tuple[Risk, ...] = tuple(one for one in get_args(Risk) if one)
QUESTIONS: tuple[Question, ...] = tuple(one for one in get_args(Question) if one)
_BESIDE = ("id", "risk", "agrees", "then")
_Read = TypeVar("_Read")


class Scope(NamedTuple):
    """called: entries' names to their lists'. rows: inside of a loop over rows."""

    called: Mapping[str, str] = {}
    rows: bool = False


class Stepping:
    """Reads statements, one block after the other, and knows what came before.

    Args:
        faults: where what is wrong goes.
        targets: what sentences may call things.
        parameters: what slots may be.
        shown: where steps were shown, by their ids.
    """

    def __init__(
        self,
        faults: Faults,
        targets: Iterable[str],
        parameters: Iterable[Parameter],
        shown: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.ids: dict[str, int] = {}
        self._faults = faults
        self._targets = frozenset(targets)
        self._parameters = {one.name: one for one in parameters}
        self._shown = shown
        self._reads: dict[str, int] = {}

    def block(self, node: Node, place: str, scope: Scope, what: str) -> tuple[Statement, ...]:
        """The statements of a list; `place` is what stands before their numbers in their ids."""
        made = (
            self._statement(one, f"{place}{number}", scope)
            for number, one in enumerate(self._faults.items(node, what), 1)
        )
        return tuple(one for one in made if one is not None)

    def checks(self, node: Node, scope: Scope, what: str) -> tuple[Check, ...]:
        """A list of sentences, or one alone."""
        nodes = (node,) if node.kind == "text" else self._faults.items(node, what)
        return tuple(found for one in nodes if (found := self._check(one, scope)) is not None)

    def template(self, text: str, node: Node, scope: Scope, *, lists: bool = False) -> str:
        """As the program says it. lists: it may be a list as a whole."""
        said = renamed(text, scope.called)
        try:
            found = slots(said)
        except TemplateError as error:
            self._faults.say(node, f"a text {error}")
            return said
        for name in found:
            self._slot(name, node, scope, lists=lists)
        return said

    def _slot(self, name: str, node: Node, scope: Scope, *, lists: bool) -> None:
        head, _, field = name.partition(".")
        one = self._parameters.get(head)
        if one is not None and one.kind == "list":
            if not field and not lists:
                self._faults.say(node, f"{{{name}}} is a list", f"go over it: each: entry in {{{head}}}")
            elif field and head not in scope.called.values():
                self._faults.say(node, f"{{{name}}} is known only in a loop over {head}", f"each: entry in {{{head}}}")
            elif field and field not in (known := [part.name for part in one.fields]):
                self._faults.say(
                    node, f"{head} has no field {field!r}", nearest(field, known) or f"it has: {', '.join(known)}"
                )
            return
        if not field and (one is not None or name in self._reads or (name == "row" and scope.rows)):
            return
        known = [*self._parameters, *self._reads, *scope.called]
        hint = nearest(head, known) or "add it to parameters, or read it before"
        if name == "row":
            hint = "it is known only in a loop: each: row of ..."
        self._faults.say(node, f"{{{name}}} is no parameter, and nothing was read as it before", hint)

    def _sentence(self, node: Node, read: Callable[[str], _Read], what: str) -> _Read | None:
        # A sentence is a text to every reader of YAML; only an empty one is taken for nothing.
        if node.kind != "text":
            self._faults.say(
                node, f"{what} must be a sentence", "a sentence that begins with { or a quote stands in '...'"
            )
            return None
        try:
            return read(node.text)
        except SentenceError as error:
            self._faults.say(node, f"{what} {error}", error.hint)
            return None

    def _statement(self, node: Node, place: str, scope: Scope) -> Statement | None:
        if node.kind == "text":
            return self._act(node, {}, place, scope)
        if node.kind == "list":
            self._faults.say(node, "a step must be a sentence", "take one of the dashes away")
            return None
        keys = [key for key, _ in node.pairs()]
        names = [key.text for key in keys]
        if "each" in names:
            return self._repeat(node, place, scope)
        if "if" in names:
            return self._branch(node, place, scope)
        if "step" in names:
            part = self._faults.table(node, "a step", ("step", *_BESIDE))
            return self._act(part["step"], part, place, scope)
        if len(keys) != 1:
            hint = "what belongs to a step stands below it, set in by four: risk: sends"
            self._faults.say(node, "this is no step, no each: and no if:", hint)
            return None
        beside = node.items[1]
        part = {} if beside.kind == "text" and not beside.text else self._faults.table(beside, "a step", _BESIDE)
        return self._act(keys[0], part, place, scope)

    def _act(self, node: Node, part: Mapping[str, Node], place: str, scope: Scope) -> Act | None:
        act = self._sentence(node, read_act, "a step")
        if act is None:
            return None
        for called in filter(None, (act.target, act.to)):
            self._target(called, node)
        text, row = (self.template(one, node, scope) for one in (act.text, act.row))
        if act.into:
            self._into(act.into, node, scope)
        found = self._id(part, node, place)
        return replace(
            act,
            id=found,
            text=text,
            row=row,
            risk=cast("Risk", self._faults.choice(part["risk"], "a risk", RISKS)) if "risk" in part else "",
            agrees=cast("Question", self._faults.choice(part["agrees"], "a question", QUESTIONS))
            if "agrees" in part
            else "",
            then=self.checks(part["then"], scope, "then") if "then" in part else (),
            shown=self._shown.get(found, ()),
        )

    def _into(self, name: str, node: Node, scope: Scope) -> None:
        if not is_name(name):
            self._faults.say(node, f"{name[:60]!r} is no good name for what is read", "use letters, digits and _")
        elif name in self._parameters or name in scope.called:
            self._faults.say(node, f"{name!r} is a parameter already", "read it as another name")
        else:
            self._reads.setdefault(name, node.line)

    def _repeat(self, node: Node, place: str, scope: Scope) -> Repeat | None:
        part = self._faults.table(node, "a loop", ("each", "id", "do"))
        found = self._sentence(part["each"], read_loop, "a loop")
        if found is None:
            return None
        repeat, entry = found
        inner = scope
        if repeat.over == "list":
            self._over(repeat.name, entry, part["each"])
            inner = scope._replace(called={**scope.called, entry: repeat.name})
        elif repeat.over == "rows":
            inner = scope._replace(rows=True)
        if repeat.target:
            self._target(repeat.target, part["each"])
        row = self.template(repeat.row, part["each"], scope)
        own = self._id(part, node, place)
        return replace(repeat, id=own, row=row, steps=self._do(node, part, "do", f"{place}.", inner))

    def _over(self, name: str, entry: str, node: Node) -> None:
        one = self._parameters.get(name)
        if one is None:
            known = [other.name for other in self._parameters.values() if other.kind == "list"]
            hint = nearest(name, known) or (f"lists are: {', '.join(known)}" if known else "there is no list")
            self._faults.say(node, f"{{{name}}} is no parameter", hint)
        elif one.kind != "list":
            self._faults.say(
                node, f"a loop goes over a list, and {{{name}}} is a {one.kind}", "give it kind: list and fields"
            )
        if entry != name and (entry in self._parameters or entry in self._reads or not is_name(entry)):
            self._faults.say(
                node, f"an entry can't be called {entry!r}, which means something else", "choose another name"
            )

    def _branch(self, node: Node, place: str, scope: Scope) -> Branch | None:
        part = self._faults.table(node, "a branch", ("if", "id", "do", "else", "unsure", "undecided"))
        when = self._sentence(part["if"], read_condition, "a condition")
        if when is None:
            return None
        when = self._condition(when, part["if"], scope)
        own = self._id(part, node, place)
        return Branch(
            id=own,
            when=when,
            steps=self._do(node, part, "do", f"{place}.", scope),
            other=self.block(part["else"], f"{place}.else.", scope, "else") if "else" in part else (),
            unsure=self._faults.text(part["unsure"], "unsure") if "unsure" in part else "",
            undecided=self._undecided(part["undecided"], when) if "undecided" in part else (),
        )

    def _undecided(self, node: Node, when: Condition) -> tuple[str, str] | tuple[()]:
        low, between, high = self._faults.text(node, "undecided").partition(" to ")
        if when.relation not in ORDERED:
            self._faults.say(node, "undecided is for a condition of numbers or dates", "take the line away")
        elif not between or not low.strip() or not high.strip():
            self._faults.say(node, "undecided names the two ends", "undecided: 350 to 2800")
        else:
            return low.strip(), high.strip()
        return ()

    def _do(self, node: Node, part: Mapping[str, Node], key: str, place: str, scope: Scope) -> tuple[Statement, ...]:
        if key not in part:
            self._faults.say(node, f"there is no {key}: here", f"write {key}: with the steps below it")
            return ()
        return self.block(part[key], place, scope, key)

    def _condition(self, when: Condition, node: Node, scope: Scope) -> Condition:
        left = self.template(when.left, node, scope, lists=when.relation == "given")
        return replace(when, left=left, right=self.template(when.right, node, scope))

    def _check(self, node: Node, scope: Scope) -> Check | None:
        check = self._sentence(node, read_check, "a check")
        if check is None:
            return None
        if check.target:
            self._target(check.target, node)
        text, row = (self.template(one, node, scope) for one in (check.text, check.row))
        return replace(check, text=text, row=row)

    def _target(self, called: str, node: Node) -> None:
        if called not in self._targets:
            hint = nearest(called, self._targets) or "add it to targets, with what it is known by"
            self._faults.say(node, f"{called[:60]!r} is none of the targets", hint)

    def _id(self, part: Mapping[str, Node], node: Node, place: str) -> str:
        found = (self._faults.text(part["id"], "an id") if "id" in part else "") or place
        if found in self.ids:
            self._faults.say(
                part.get("id", node),
                f"the id {found[:60]!r} is that of line {self.ids[found]} too",
                "give it another id",
            )
        self.ids[found] = node.line
        return found
