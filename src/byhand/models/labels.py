"""What a person did, as what a model should have said: an act, an element, a text and where the text comes from. Pure.

    words     the text stands in the goal: from which word to which
    element   it is what an element on the page is called
    signs     it stands nowhere: it is spelled, sign by sign

Rules of this module: an act that a model can't say, or whose element is not in the list that was kept, is a reason and
not a guess.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from byhand.episodes.types import Action
from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.amounts import picked
from byhand.models.decision import OPS
from byhand.models.history import op_of, place
from byhand.models.words import ELEMENTS, GOAL

SIGNS = "".join(chr(one) for one in range(32, 127)) + "äöüÄÖÜßéèàçñ€"
"""What can be spelled. Others are "?"; a text of many of them is not learned."""
LONGEST = 32
"""Of a text that is spelled. What is longer stands somewhere, or is nothing a model of this size could find."""
END = len(SIGNS)
NONE, WORDS, ELEMENT, SPELLED = range(4)
SOURCES = 4
AS_IT_STANDS, CAPITALS, SMALL = range(3)
CASES = 3
"""How a text is typed that stands in the goal, or that an element is called by."""
NOTCHES = (1, 3, 10, 30)
TURNS = tuple(way * notches for way in (-1, 1) for notches in NOTCHES)
"""How far a wheel is turned; down is positive."""
NOTCH = 100
"""Pixels that a browser scrolls for one notch."""
_PASTES = frozenset({"v", "V", "Insert"})


class Label(NamedTuple):
    """op: place in `OPS`. element, to: places in the list, -1 for none. chord: keys, modifiers first.

    source: where the text comes from. start, end: words of the goal, both included. named: place of the element whose
    name it is; until: of the last one, where it is made of the names of several in a row. case: how it is typed.
    signs: places in `SIGNS`, with `END` at their end. turn: place in `TURNS`, of a scroll. known: the text was kept.
    """

    op: int
    element: int = -1
    to: int = -1
    chord: tuple[str, ...] = ()
    source: int = NONE
    start: int = -1
    end: int = -1
    named: int = -1
    until: int = -1
    signs: tuple[int, ...] = ()
    turn: int = -1
    known: bool = True
    case: int = AS_IT_STANDS


DONE = Label(OPS.index("done"))
_ON = frozenset({"click", "double_click", "right_click", "hover", "drag", "type", "select", "check", "uncheck"})


def label(action: Action, seen: Snapshot, goal: str) -> Label | str:
    """The label, or why there is none."""
    op = op_of(action)
    if op is None:
        return f"a model has no word for {action.op}"
    at = place(seen, action.target.node if action.target is not None else 0)
    if op in _ON and not 0 <= at < ELEMENTS:
        return "its element is not in the list that was kept before it"
    made = Label(OPS.index(op), at if at < ELEMENTS else -1)
    match op:
        case "key" if (pasted := _pasted(made, action, goal)) is not None:
            return pasted
        case "key":
            return made._replace(chord=action.keys) if action.keys else "which key it was is not known"
        case "scroll":
            return _scrolled(made, action, seen) if action.dy else "a scroll to the side"
        case "drag":
            to = place(seen, action.to.node if action.to is not None else 0)
            return made._replace(to=to) if 0 <= to < ELEMENTS else "where it was dragged to is not in the list"
        case "select":
            to = _option(seen, at, action.text)
            if to >= 0:
                return made._replace(to=to)
            return _picked(made, action, seen, goal) or "the option that was chosen is not in the list"
        case "type":
            return _typed(made, action, seen, goal)
        case "click":
            return made._replace(element=_said(seen, made.element, goal))
        case _:
            return made


def _said(seen: Snapshot, at: int, goal: str) -> int:
    """Of several texts in one thing that is pressed as a whole (a line of a list of mails), people press any. Where one
    of them is what the goal says, that one is meant.
    """
    whole = at if seen.roles[at] == "" else seen.parents[at] if seen.roles[at] == "text" else -1
    if whole < 0 or seen.roles[whole] or seen.names[whole]:
        return at
    texts = [
        one for one in range(min(len(seen.nodes), ELEMENTS)) if seen.parents[one] == whole and seen.roles[one] == "text"
    ]
    if at != whole and at not in texts:
        return at
    said = f" {' '.join(one.folded for one in words.split(goal, GOAL))} "
    named = [one for one in texts if (name := words.name(seen.names[one])).says and f" {name.phrase} " in said]
    return named[0] if named and at not in named else at


def _scrolled(made: Label, action: Action, seen: Snapshot) -> Label:
    """What scrolls is often in no list. Then it is whatever lies at its middle: there the wheel is turned.

    No further than what is seen of it: a person looks while it moves, a model only when it has stopped. A field of many
    lines tells neither of them what it shows: of that rather too far than not to its end.
    """
    seen_of = action.target.area[3] if action.target is not None and len(action.target.area) == 4 else math.inf
    turned = max(0.5, abs(action.dy))
    if made.element >= 0 and seen.roles[made.element] == "textbox":
        notches = next((one for one in NOTCHES if one >= turned), NOTCHES[-1])
    else:
        far = [one for one in NOTCHES if one * NOTCH <= seen_of] or [NOTCHES[0]]
        notches = min(far, key=lambda one: abs(math.log(one) - math.log(turned)))
    turn = TURNS.index(notches if action.dy > 0 else -notches)
    if made.element >= 0 or action.target is None or len(action.target.area) != 4:
        return made._replace(turn=turn)
    x, y, w, h = action.target.area
    places = range(min(len(seen.nodes), ELEMENTS, len(seen.places) // 4))
    away = {place: _from_middle(seen.places[4 * place : 4 * place + 4], x + w / 2, y + h / 2) for place in places}
    return made._replace(turn=turn, element=min(away, key=away.__getitem__, default=-1))


def _from_middle(box: Sequence[int], x: float, y: float) -> float:
    left, top, w, h = box
    return math.dist((left + w / 2, top + h / 2), (x, y)) if w > 0 and h > 0 else math.inf


def _option(seen: Snapshot, at: int, text: str) -> int:
    """Place of the option of that name: in the element, else anywhere."""
    wanted = words.folded(text).strip()
    found = [
        place
        for place, role in enumerate(seen.roles[:ELEMENTS])
        if role in ("option", "menuitem", "listitem", "radio") and words.folded(seen.names[place]).strip() == wanted
    ]
    inside = [place for place in found if seen.parents[place] == at]
    return (inside or found or [-1])[0] if wanted else -1


def _picked(made: Label, action: Action, seen: Snapshot, goal: str) -> Label | None:
    """A date or a time of the goal, however it is written there: to a model it is typed, to its field it is picked."""
    split = words.split(goal, GOAL)
    if seen.tags[made.element] == "select" or not picked(action.text):
        return None
    for many in (2, 1):  # "8:04 PM" before "8:04"
        for start in range(len(split) - many + 1):
            if picked(text_of(goal, start, start + many - 1)) == picked(action.text):
                return made._replace(op=OPS.index("type"), source=WORDS, start=start, end=start + many - 1)
    return None


def _pasted(made: Label, action: Action, goal: str) -> Label | None:
    """What a person copied from the goal and pasted is typed: a model has the goal, and nothing that was copied."""
    if not pastes(action) or made.element < 0:
        return None
    span = in_goal(goal, action.text)
    return made._replace(op=OPS.index("type"), source=WORDS, start=span[0], end=span[1]) if span else None


def pastes(action: Action) -> bool:
    """Was a text pasted, and is it known?"""
    return bool(action.op == "hotkey" and action.keys[-1:] and action.keys[-1] in _PASTES and action.text) and (
        not action.masked
    )


def _typed(made: Label, action: Action, seen: Snapshot, goal: str) -> Label | str:
    text = action.text
    if action.masked or not text:
        return made._replace(known=False)  # which field it was is known all the same
    for case in (AS_IT_STANDS, CAPITALS, SMALL):
        if case and text != cased(text, case):
            continue
        if span := in_goal(cased(goal, case), text):
            return made._replace(source=WORDS, start=span[0], end=span[1], case=case)
        names = [cased(name, case).strip() for name in seen.names[:ELEMENTS]]
        if text.strip() in names:
            at = names.index(text.strip())
            return made._replace(source=ELEMENT, named=at, until=at, case=case)
    if run := _in_a_row(text.strip(), [name.strip() for name in seen.names[:ELEMENTS]]):
        return made._replace(source=ELEMENT, named=run[0], until=run[1])
    signs = spelled(text)
    return made._replace(source=SPELLED, signs=signs) if signs else made._replace(known=False)


def _in_a_row(text: str, names: Sequence[str]) -> tuple[int, int] | None:
    """The elements, one behind the other, whose names make up the text: a page may draw each letter by itself."""
    for first, name in enumerate(names):
        rest, at = text.removeprefix(name), first
        while name and rest and len(rest) < len(text) and at + 1 < len(names):
            at += 1
            if not names[at] or not rest.startswith(names[at]):
                break
            rest = rest.removeprefix(names[at])
            if not rest:
                return first, at
    return None


def joined(names: Sequence[str], first: int, last: int) -> str:
    """What several elements in a row are called, as one text; the name of one as it is."""
    if last <= first:
        return names[first]
    return "".join(name.strip() for name in names[first : last + 1])


def cased(text: str, case: int) -> str:
    """As it is typed. A text whose letters would become more or fewer ("ß") stays as it is."""
    made = {CAPITALS: text.upper(), SMALL: text.lower()}.get(case, text)
    return made if len(made) == len(text) else text


def spelled(text: str) -> tuple[int, ...]:
    """() if it can't be, or is too long."""
    found = [SIGNS.find(sign) for sign in text]
    return (*found, END) if text and len(text) < LONGEST and -1 not in found else ()


def in_goal(goal: str, text: str) -> tuple[int, int] | None:
    """First and last word of it in the goal. Where it stands there more than once, between quotation marks if any."""
    found: list[tuple[int, int]] = []
    split = words.split(goal, GOAL)
    ends = {one.end: place for place, one in enumerate(split)}
    for start, one in enumerate(split):
        end = ends.get(one.start + len(text))
        if goal.startswith(text, one.start) and end is not None and end >= start:
            found.append((start, end))
    quoted = [span for span in found if split[span[0]].quoted]
    return (quoted or found or [None])[0]


def text_of(goal: str, start: int, end: int) -> str:
    """The words of the goal from one to another, as they stand there."""
    split: Sequence[words.Word] = words.split(goal, GOAL)
    return goal[split[start].start : split[end].end] if 0 <= start <= end < len(split) else ""
