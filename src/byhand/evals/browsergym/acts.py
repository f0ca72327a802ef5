"""A decision of ours as a line of BrowserGym's high-level actions: `click("12")`, `fill("7", "R-7", True)`. Pure.

Rules of this module: what is done is what our own hands would do, as far as BrowserGym has a word for it. A text ends
with a key, as pages wait for one; a date goes in as its field holds it. A secret field's text is never a model's. What
can't be said is told as infeasible, in a sentence without anything of the page.

Source: browsergym/core/action/functions.py of BrowserGym 0.14.3.
"""

from __future__ import annotations

from typing import NamedTuple

from byhand.agents.actuators.acting import NOTCH
from byhand.events.kinds import Snapshot
from byhand.models.amounts import picked
from byhand.models.decision import Decision
from byhand.models.history import place

DONE = "done"
WAITS_MS = 100
_POPPED = frozenset({"date", "time", "datetime-local", "month", "week", "color", "range"})
"""Fields of which nothing can be typed letter by letter: `fill` sets them."""
_OPTIONS = frozenset({"option", "menuitem", "menuitemradio", "radio", "treeitem"})
_KEYS = {" ": "Space"}


class Thing(NamedTuple):
    """An element as BrowserGym knows it. kind: `type` of an input. state: "on", "off", or "" for what is neither."""

    bid: str
    kind: str = ""
    state: str = ""
    secret: bool = False


class Page(NamedTuple):
    """What is decided on. keyboard: the bid of what has the keyboard.

    why: nothing is seen, for this reason of the guard's; "" if something is.
    """

    seen: Snapshot | None
    things: dict[int, Thing]
    keyboard: str = ""
    why: str = ""

    def __repr__(self) -> str:
        return f"Page({len(self.things)} elements)"


class Line(NamedTuple):
    """text: for `BrowserEnv.step`. wants: an option of that label is to be pressed once its list is open."""

    text: str
    wants: str = ""

    def __repr__(self) -> str:
        return f"Line({self.text.partition('(')[0]})"


def line(decision: Decision, page: Page) -> Line:
    """What to do for it.

    Args:
        decision: on that page.
        page: as it was listed.
    """
    own, far = page.things.get(decision.node), page.things.get(decision.to)
    match decision.op:
        case "done":
            return _done(decision)
        case "key":
            return _key(decision, own, page)
        case "scroll":
            over = f"hover({own.bid!r})\n" if own else ""
            return Line(f"{over}scroll(0, {decision.dy * NOTCH:g})")
        case _ if own is None:
            return infeasible("it decided on what is not there")
        case "click":
            return Line(f"click({own.bid!r})")
        case "double_click":
            return Line(f"dblclick({own.bid!r})")
        case "right_click":
            return Line(f"click({own.bid!r}, 'right')")
        case "hover":
            return Line(f"hover({own.bid!r})")
        case "check" | "uncheck":
            there = own.state == ("on" if decision.op == "check" else "off")
            return Line(f"noop({WAITS_MS})" if there else f"click({own.bid!r})")
        case "drag":
            return Line(f"drag_and_drop({own.bid!r}, {far.bid!r})") if far else infeasible("it drags to nowhere")
        case "type" if _tag(page, decision.node) != "select":
            return _typed(own, decision.text)
        case "type" | "select":
            return _chosen(decision, own, page)


def option(wants: str, page: Page) -> str:
    """The line that presses the option of that label, now that its list is open; "" where there is none, or two."""
    found = _labelled(wants, page)
    return f"click({found.bid!r})" if found else ""


def infeasible(why: str) -> Line:
    """It ends here. why: half a sentence of ours."""
    return Line(f"report_infeasible({why!r})")


def _done(decision: Decision) -> Line:
    if decision.why:
        return infeasible(decision.why)
    return Line(f"send_msg_to_user({DONE!r})") if decision.sure else infeasible("it does not know how to go on")


def _key(decision: Decision, own: Thing | None, page: Page) -> Line:
    if decision.node and own is None:
        return infeasible("it decided on what is not there")
    *held, last = decision.keys or ("",)
    bid = own.bid if own else page.keyboard
    if not last or not bid:
        return infeasible("it named no key")
    if _secret(page, bid) and len(last) == 1:
        return infeasible("what goes into a secret field is a person's to type")
    return Line(f"press({bid!r}, {'+'.join((*held, _KEYS.get(last, last)))!r})")


def _typed(own: Thing, text: str) -> Line:
    if own.secret:
        return infeasible("what goes into a secret field is a person's to type")
    if own.kind in _POPPED:
        return Line(f"fill({own.bid!r}, {picked(text) or text!r})")
    return Line(f"fill({own.bid!r}, {text!r}, True)") if text else Line(f"clear({own.bid!r})")


def _chosen(decision: Decision, own: Thing, page: Page) -> Line:
    """By whatever the page draws it with. Of a list that has to be opened first, the option is pressed with the next
    observation.
    """
    assert page.seen is not None
    at = place(page.seen, decision.to)
    label = decision.text or (page.seen.names[at] if at >= 0 else "")
    if not label:
        return infeasible("it chose nothing")
    tag = _tag(page, decision.node)
    if tag == "select":
        return Line(f"select_option({own.bid!r}, {label!r})")
    if own.kind in _POPPED:
        return _typed(own, label)
    if there := _labelled(label, page):
        return Line(f"click({there.bid!r})")
    if tag in ("input", "textarea"):
        return _typed(own, label)._replace(wants=label)
    return Line(f"click({own.bid!r})", wants=label)


def _labelled(label: str, page: Page) -> Thing | None:
    """What can be chosen and is called so: exactly, else but for capitals."""
    if page.seen is None:
        return None
    seen = page.seen
    offered = [
        (" ".join(name.split()), node)
        for node, role, name, tag in zip(seen.nodes, seen.roles, seen.names, seen.tags, strict=True)
        if role in _OPTIONS and tag != "option" and node in page.things
    ]
    wanted = " ".join(label.split())
    found = [node for name, node in offered if name == wanted]
    found = found or [node for name, node in offered if name.casefold() == wanted.casefold()]
    return page.things[found[0]] if len(found) == 1 else None


def _tag(page: Page, node: int) -> str:
    at = place(page.seen, node)
    return page.seen.tags[at] if page.seen is not None and at >= 0 else ""


def _secret(page: Page, bid: str) -> bool:
    return any(one.secret for one in page.things.values() if one.bid == bid)
