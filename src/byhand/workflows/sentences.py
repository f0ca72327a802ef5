"""Steps, checks, conditions and loops as sentences, in the recorder's own words, and back.

    press "Save" in the row of {number}        field "Amount" holds {amount}        {amount} over 1000

Rules of this module: one value has one sentence, and a sentence that is read gives the value it was written from. What
a sentence has no place for (ids, risks, checks of a step) stands beside it, see `file`. Writing what no sentence can
say is a mistake of the caller.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from byhand.workflows.program import Act, Check, Condition, Repeat, Verb
from byhand.workflows.quoting import (
    SentenceError,
    Signs,
    nearest,
    number_or_operand,
    operand,
    operands,
    quoted,
)
from byhand.workflows.templates import slot

EXAMPLES: dict[Verb, str] = {
    "open": 'open "/invoices"',
    "press": 'press "Save"',
    "press twice": 'press twice "Report.pdf"',
    "press right": 'press right "Report.pdf"',
    "fill": 'fill "Amount" with {amount}',
    "choose": 'choose {currency} in "Currency"',
    "set": 'set "Urgent" to on',
    "key": 'key Control+S in "Text"',
    "hover": 'hover "Account"',
    "drag": 'drag "Report.pdf" to "Archive"',
    "upload": 'upload {scan} to "Attachment"',
    "read": 'read "Total" as {total}',
    "turn": "turn to tab 1",
}
CHECKS = (
    'field "Amount" holds {amount}', 'box "Urgent" is on', 'see "Saved"', 'see alert "Saved"',
    'see no dialog "Confirm"', "page is /invoices/*",
    "one row of {number} with {amount}", "no row of {number}", "3 rows of {customer}",
)  # fmt: skip
_TAKES: dict[Verb, frozenset[str]] = {
    "open": frozenset({"text"}),
    "press": frozenset({"target", "row"}),
    "press twice": frozenset({"target", "row"}),
    "press right": frozenset({"target", "row"}),
    "hover": frozenset({"target", "row"}),
    "fill": frozenset({"target", "text", "row"}),
    "choose": frozenset({"target", "text", "row"}),
    "set": frozenset({"target", "text", "row"}),
    "upload": frozenset({"target", "text", "row"}),
    "key": frozenset({"target", "text", "row"}),
    "drag": frozenset({"target", "to", "row"}),
    "read": frozenset({"target", "into", "row"}),
    "turn": frozenset({"text"}),
}
_RELATIONS = (("is", "not"), ("at", "least"), ("at", "most"), ("is",), ("over",), ("under",), ("holds",))
_KEYS = re.compile(r"(?!in$)[A-Za-z0-9_+]+")
_PATH = re.compile(r'/[^\s"\\,]*')
_ROLE = re.compile(r"(?!no\b|the\b)[a-z]+( [a-z]+)*")
_NUMBER = re.compile(r"[1-9]\d?", re.ASCII)
_COUNT = re.compile(r"0|[1-9]\d*", re.ASCII)


# ---- acts


def write_act(act: Act) -> str:
    """Without its id, risk, checks and where it was shown.

    Raises:
        ValueError: it has a part its verb doesn't take, or lacks one.
    """
    takes = _TAKES[act.verb]
    odd = next(
        (part for part in ("target", "to", "text", "row", "into") if getattr(act, part) and part not in takes), ""
    )
    lacks = next((part for part in ("target", "to", "into") if part in takes and not getattr(act, part)), "")
    if odd or (lacks and act.verb != "key") or (act.verb == "key" and act.row and not act.target):
        said = f"takes no {odd}" if odd else f"needs a {lacks or 'target'}"
        raise ValueError(f"a step {act.verb!r} {said}")
    target, text = quoted(act.target), operand(act.text)
    match act.verb:
        case "open":
            said = f"open {text}"
        case "fill":
            said = f"fill {target} with {text}"
        case "choose":
            said = f"choose {text} in {target}"
        case "set":
            said = f"set {target} to {act.text if act.text in ('on', 'off') else text}"
        case "key":
            keys = act.text if _KEYS.fullmatch(act.text) else text
            said = f"key {keys} in {target}" if act.target else f"key {keys}"
        case "drag":
            said = f"drag {target} to {quoted(act.to)}"
        case "upload":
            said = f"upload {text} to {target}"
        case "read":
            said = f"read {target} as {slot(act.into)}"
        case "turn":
            if not _NUMBER.fullmatch(act.text):
                raise ValueError("a step 'turn' needs the number of a tab")
            said = f"turn to tab {act.text}"
        case _:
            said = f"{act.verb} {target}"
    return f"{said} in the row of {operands(act.row)}" if act.row else said


def read_act(sentence: str) -> Act:
    """Its id is "".

    Raises:
        SentenceError: it is no step; the hint says what is.
    """
    signs = Signs(sentence)
    verb = signs.take()
    if verb == "press" and signs.next in ("twice", "right"):
        verb = f"press {signs.take()}"
    if verb not in EXAMPLES:
        words = [one for one in EXAMPLES if " " not in one]
        hint = nearest(verb, words) or f"a step begins with one of: {', '.join(words)}"
        raise SentenceError(f"begins with {verb[:40]!r}, which is no verb" if verb else "is empty", hint)
    signs.example = EXAMPLES[verb]
    act = _read_verb(verb, signs)
    if act.target and signs.maybe("in", "the", "row", "of"):
        act = replace(act, row=signs.operands("the values that the row holds"))
    signs.end()
    return act


def _read_verb(verb: Verb, signs: Signs) -> Act:
    match verb:
        case "open":
            return Act(id="", verb=verb, text=signs.operand("an address"))
        case "fill":
            target = signs.name("the field")
            signs.expect("with")
            return Act(id="", verb=verb, target=target, text=signs.operand("what to fill in"))
        case "choose":
            text = signs.operand("what to choose")
            signs.expect("in")
            return Act(id="", verb=verb, target=signs.name("where to choose it"), text=text)
        case "set":
            target = signs.name("the box")
            signs.expect("to")
            text = signs.take() if signs.next in ("on", "off") else signs.operand("on, off or a flag")
            return Act(id="", verb=verb, target=target, text=text)
        case "key":
            text = signs.take() if _KEYS.fullmatch(signs.next) else signs.operand("a key")
            target = "" if not signs.maybe("in") else signs.name("where the key is pressed")
            return Act(id="", verb=verb, target=target, text=text)
        case "drag":
            target = signs.name("what to drag")
            signs.expect("to")
            return Act(id="", verb=verb, target=target, to=signs.name("where to"))
        case "upload":
            text = signs.operand("a file")
            signs.expect("to")
            return Act(id="", verb=verb, target=signs.name("the field"), text=text)
        case "read":
            target = signs.name("what to read")
            signs.expect("as")
            return Act(id="", verb=verb, target=target, into=_slot(signs))
        case "turn":
            signs.expect("to", "tab")
            if not _NUMBER.fullmatch(signs.next):
                raise signs.wrong("needs the number of a tab")
            return Act(id="", verb=verb, text=signs.take())
        case _:
            return Act(id="", verb=verb, target=signs.name("what it is done to"))


def _slot(signs: Signs) -> str:
    if not re.fullmatch(r"\{[^{}.]+\}", signs.next):
        raise signs.wrong("needs a name for it, like {total}")
    return signs.take()[1:-1]


# ---- checks


def write_check(check: Check) -> str:
    """Raises:
    ValueError: it has a part its kind doesn't take, or lacks one.
    """
    takes = {
        "holds": {"target", "text"}, "set": {"target", "text"}, "see": {"text", "role"}, "gone": {"text", "role"},
        "page": {"text"}, "row": {"row", "text"}, "count": {"row", "text"},
    }[check.kind]  # fmt: skip
    if odd := next(
        (part for part in ("target", "text", "role", "row") if getattr(check, part) and part not in takes), ""
    ):
        raise ValueError(f"a check {check.kind!r} takes no {odd}")
    text = operand(check.text)
    match check.kind:
        case "holds":
            return f"field {quoted(check.target)} holds {text}"
        case "set":
            return f"box {quoted(check.target)} is {check.text if check.text in ('on', 'off') else text}"
        case "see" | "gone":
            role = check.role if not check.role or _ROLE.fullmatch(check.role) else quoted(check.role)
            return " ".join(filter(None, ("see", "no" if check.kind == "gone" else "", role, text)))
        case "page":
            return f"page is {check.text if _PATH.fullmatch(check.text) else text}"
        case "row":
            return f"one row of {operands(check.row)}" + (f" with {operands(check.text)}" if check.text else "")
        case "count":
            if not _COUNT.fullmatch(check.text) and not text.startswith("{"):
                raise ValueError("a count is a whole number or a slot")
            many = {"0": "no row", "1": "1 row"}.get(check.text, f"{check.text} rows")
            return f"{many} of {operands(check.row)}"


def read_check(sentence: str) -> Check:
    """Raises:
    SentenceError: it is no check; the hint says what is.
    """
    signs = Signs(sentence, f"{', '.join(CHECKS[:3])}, {CHECKS[5]}, {CHECKS[6]}")
    check = _read_check(signs)
    signs.end()
    return check


def _read_check(signs: Signs) -> Check:
    match word := signs.take():
        case "field":
            target = signs.name("which field")
            signs.expect("holds")
            return Check(kind="holds", target=target, text=signs.operand("what it holds"))
        case "box":
            target = signs.name("which box")
            signs.expect("is")
            text = signs.take() if signs.next in ("on", "off") else signs.operand("on, off or a flag")
            return Check(kind="set", target=target, text=text)
        case "see":
            gone = signs.maybe("no")
            signs.maybe("the")
            role = _role(signs)
            return Check(kind="gone" if gone else "see", role=role, text=signs.operand("what is seen"))
        case "page":
            signs.expect("is")
            text = signs.take() if signs.next.startswith("/") else signs.operand("a path like /invoices/*")
            return Check(kind="page", text=text)
        case "one":
            signs.expect("row", "of")
            row = signs.operands("the values that the row holds")
            return Check(kind="row", row=row, text=signs.operands("what it holds too") if signs.maybe("with") else "")
        case _ if word == "no" or _COUNT.fullmatch(word) or word.startswith("{"):
            if not signs.maybe("rows"):
                signs.expect("row")
            signs.expect("of")
            row = signs.operands("the values that the rows hold")
            return Check(kind="count", row=row, text="0" if word == "no" else word)
        case _:
            words = ("field", "box", "see", "page", "one", "no")
            hint = nearest(word, words) or f"checks are, for example: {signs.example}"
            raise SentenceError(f"begins with {word[:40]!r}, which is no check" if word else "is empty", hint)


def _role(signs: Signs) -> str:
    """All words before the text; a role that is no plain words stands in quotes."""
    found: list[str] = []
    while re.fullmatch("[a-z]+", signs.next):
        found.append(signs.take())
    if not found and signs.next.startswith('"') and signs.after.startswith(('"', "{")):
        return signs.name("a role")
    return " ".join(found)


# ---- conditions and loops


def write_condition(when: Condition) -> str:
    """Raises:
    ValueError: it has a side that its relation doesn't take.
    """
    if (when.relation == "sees" and when.left) or (when.relation == "given" and when.right):
        raise ValueError(f"a condition {when.relation!r} has one side")
    if when.relation == "sees":
        return f"see {operand(when.right)}"
    left = number_or_operand(when.left)
    return f"{left} is given" if when.relation == "given" else f"{left} {when.relation} {number_or_operand(when.right)}"


def read_condition(sentence: str) -> Condition:
    """Raises:
    SentenceError: it is none.
    """
    signs = Signs(sentence, '{amount} over 1000, {status} is "open", {note} is given, see "Overdue"')
    if signs.maybe("see"):
        when = Condition(relation="sees", right=signs.operand("what is seen"))
        signs.end()
        return when
    left = signs.operand("what is compared", number=True)
    if signs.maybe("is", "given"):
        signs.end()
        return Condition(left=left, relation="given")
    words = next((words for words in _RELATIONS if signs.maybe(*words)), None)
    if words is None:
        raise signs.wrong("needs one of: is, is not, over, at least, under, at most, holds, is given")
    right = signs.operand("what it is compared with", number=True)
    signs.end()
    relation = " ".join(words)
    return Condition(left=left, relation=relation, right=right)  # pyright: ignore[reportArgumentType]  # of the table


class Loop(NamedTuple):
    """entry: what an entry of the list is called inside of it."""

    repeat: Repeat
    entry: str = ""


def write_loop(repeat: Repeat, entry: str = "") -> str:
    """Without its steps. entry: what an entry of the list is called inside of it.

    Raises:
        ValueError: it has a part its kind doesn't take, or lacks one.
    """
    takes = {"list": {"name"}, "rows": {"target", "row"}, "pages": {"target"}}[repeat.over]
    if odd := next((part for part in ("name", "target", "row") if getattr(repeat, part) and part not in takes), ""):
        raise ValueError(f"a loop over {repeat.over} takes no {odd}")
    if not any(getattr(repeat, part) for part in takes):
        raise ValueError(f"a loop over {repeat.over} needs a {min(takes)}")
    match repeat.over:
        case "list":
            return f"{entry or repeat.name} in {slot(repeat.name)}"
        case "rows":
            of = f" of {quoted(repeat.target)}" if repeat.target else ""
            return f"row{of}" + (f" with {operands(repeat.row)}" if repeat.row else "")
        case "pages":
            return f"page by {quoted(repeat.target)}"


def read_loop(sentence: str) -> Loop:
    """A loop without id and steps, and what an entry is called in it.

    Raises:
        SentenceError: it is none.
    """
    signs = Signs(sentence, 'line in {lines}, row of "Invoices" with {customer}, page by "Next"')
    entry = signs.take()
    if signs.maybe("in"):
        if not entry.isidentifier():
            raise SentenceError("calls an entry by what is no name", f"write it like: {signs.example}")
        found = Loop(Repeat(id="", over="list", name=_slot(signs)), entry)
    elif entry == "row" and signs.next in ("of", "with"):
        target = signs.name("which table") if signs.maybe("of") else ""
        row = signs.operands("the values that the rows hold") if signs.maybe("with") else ""
        found = Loop(Repeat(id="", over="rows", target=target, row=row))
    elif entry == "page" and signs.maybe("by"):
        found = Loop(Repeat(id="", over="pages", target=signs.name("the button for the next page")))
    else:
        raise SentenceError("is no loop", f"write it like: {signs.example}")
    signs.end()
    return found
