"""A decision of a model as an act of our hands: on which element, in which words, and at what risk. Pure.

Rules of this module: a decision names elements by numbers of a list; what it is done to is looked up in the page as it
is now. What can't be done is told in one sentence. A secret field's text is never a model's.
"""

from __future__ import annotations

import re

import msgspec

from byhand.agents import reasons, stakes
from byhand.models.decision import Decision, Op
from byhand.workflows.around import FIELDS, Around
from byhand.workflows.program import Act, Evidence, Risk, Verb
from byhand.workflows.sentences import write_act

_VERBS: dict[Op, Verb] = {
    "click": "press", "double_click": "press twice", "right_click": "press right", "hover": "hover", "drag": "drag",
    "type": "fill", "key": "key", "select": "choose", "check": "set", "uncheck": "set",
}  # fmt: skip
_THINGS = {"textbox": "field", "searchbox": "field", "combobox": "list", "img": "picture", "": "part"}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_KEY = re.compile(
    r"(?:(?:Control|Alt|Meta|Shift)\+)*(?:Enter|Tab|Escape|Space|Backspace|Delete|Insert|Home|End|Page(?:Up|Down)"
    r"|Arrow(?:Up|Down|Left|Right)|F\d{1,2}|[^\x00-\x1f])"
)
_MOST_NAME = 60
_MOST_NOTCHES = 50.0


class Deed(msgspec.Struct, frozen=True):
    """What is about to be done.

    verb, node, to, text: for `outcome.Hands.act`; "scroll" is no verb of programs. act, targets: the same as a step of
    a program, for whoever is asked. sentence: without a secret. secret: its text has to come from a person.
    place: in the view; -1 for the page or whatever has the keyboard.
    """

    verb: str
    node: int
    to: int
    text: str
    act: Act
    targets: tuple[Evidence, ...]
    risk: Risk
    sentence: str
    secret: bool
    place: int

    def __repr__(self) -> str:
        return f"Deed({self.verb}, {self.node})"


def read(decision: Decision, around: Around, number: int) -> Deed | str:
    """The act, or why there is none: a sentence of `reasons`.

    Args:
        decision: not `done`.
        around: the page as it is now.
        number: of the act in its run.
    """
    place, far = _place(around, decision.node), _place(around, decision.to)
    if decision.node and place < 0:
        return reasons.GONE
    if decision.op == "scroll":
        return _scroll(decision, around, place, number)
    if place < 0 and decision.op != "key":
        return reasons.GONE
    verb, text = _VERBS[decision.op], decision.text
    match decision.op:
        case "type" if around[place].tag == "select":
            verb = "choose"
        case "type" if not _field(around, place):
            return reasons.NO_FIELD  # a label would hand the keys on to its field, whatever that is
        case "type":
            text = _typed(text, around, place)
        case "check" | "uncheck":
            text = "on" if decision.op == "check" else "off"
        case "select":
            text = text or (around[far].name if far >= 0 else "")
            if not text:
                return reasons.NO_OPTION
        case "key":
            text = "+".join(decision.keys)
            if not _KEY.fullmatch(text):
                return reasons.UNKNOWN
            place = place if place >= 0 else focused(around)  # it goes there and nowhere else
            if place >= 0 and "secret" in around[place].states and _writes(decision.keys):
                return reasons.YOURS
        case "drag" if far < 0:
            return reasons.GONE
        case _:
            text = ""
    return _deed(verb, text, around, place, far if verb == "drag" else -1, number)


def _scroll(decision: Decision, around: Around, place: int, number: int) -> Deed:
    notches = max(-_MOST_NOTCHES, min(decision.dy, _MOST_NOTCHES))
    which = "up" if notches < 0 else "down"
    where = f' in "{_called(around, place)}"' if place >= 0 else ""
    node = around[place].node if place >= 0 else 0
    act = Act(id=str(number), verb="hover")
    return Deed("scroll", node, 0, f"{notches:g}", act, (), "", f"scroll {which}{where}", secret=False, place=place)


def _deed(verb: Verb, text: str, around: Around, place: int, far: int, number: int) -> Deed:
    known = evidence(around, place) if place >= 0 else None
    far_known = evidence(around, far) if far >= 0 else None
    if known is not None and far_known is not None and known.called == far_known.called:
        far_known = msgspec.structs.replace(far_known, called=f"{far_known.called} (2)")
    secret = verb == "fill" and "secret" in around[place].states
    act = Act(
        id=str(number), verb=verb, target=known.called if known else "",
        to=far_known.called if far_known else "", text="" if secret else _template(text),
        risk=stakes.of(verb, around, place, known, text, far),
    )  # fmt: skip
    targets = tuple(one for one in (known, far_known) if one is not None)
    node, to = (around[at].node if at >= 0 else 0 for at in (place, far))
    sentence = f'fill "{known.called}"' if secret and known else _sentence(act, text)
    return Deed(
        verb, node, to, "" if secret else text, act, targets, act.risk, sentence, secret=secret, place=place
    )  # fmt: skip


def _sentence(act: Act, text: str) -> str:
    said = write_act(msgspec.structs.replace(act, text="" if act.verb in ("fill", "choose") else act.text))
    if act.verb in ("fill", "choose"):
        quoted = '"' + " ".join(text.split()).replace('"', "'")[:_MOST_NAME] + '"'
        return said.replace('""', quoted, 1)
    return said


def focused(around: Around) -> int:
    """The innermost that has the keyboard, or -1 where it is the page, or something in a frame of it."""
    found = [at for at, one in enumerate(around.all) if "focused" in one.states and not one.frame]
    return found[-1] if found and around[found[-1]].tag != "iframe" else -1


def evidence(around: Around, place: int) -> Evidence:
    """What an element of the page would be known by in a program."""
    one = around[place]
    page = around.view.address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    near = next(iter(around.sections(place)), "")
    return Evidence(
        called=_called(around, place), role=one.role, name=_template(one.name), near=near,
        label=around.label(place), tag=one.tag, above=around.above(place), box=one.box,
        page="/" + page.split("/", 3)[3] if page.count("/") > 2 else "/",
    )  # fmt: skip


def _called(around: Around, place: int) -> str:
    """By its name, else by what stands beside it, else by what it is."""
    one = around[place]
    name = one.name or around.label(place) or one.hint
    line = " ".join(name.replace("{", "(").replace("}", ")").split())
    if not line:
        return f"a {_THINGS.get(one.role, one.role)}"
    return line if len(line) <= _MOST_NAME else line[: _MOST_NAME - 1] + "…"


def _template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _typed(text: str, around: Around, place: int) -> str:
    """No key that does more than write: at the end of a text Enter sends in many a page, and Tab goes elsewhere."""
    one = around[place]
    text = _CONTROL.sub(" ", text).rstrip("\n")
    lines = one.tag == "textarea" or "multi line" in one.states
    return text if lines else text.replace("\n", " ")


def _field(around: Around, place: int) -> bool:
    one = around[place]
    return one.role in FIELDS or one.tag in ("input", "textarea") or "editable" in one.states


def _writes(pressed: tuple[str, ...]) -> bool:
    """Would it write something?"""
    *held, last = pressed
    plain = not {"Control", "Alt", "Meta"} & set(held)
    return last in ("Space", "Insert") or (len(last) == 1 and (plain or last in "vV"))


def _place(around: Around, node: int) -> int:
    return next((at for at, one in enumerate(around.all) if one.node == node and not one.frame), -1) if node else -1
