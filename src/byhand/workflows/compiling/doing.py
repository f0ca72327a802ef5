"""The steps of a demonstration as acts of a program, each with what could be seen before and after it. Pure.

A click on a radio button is a choice in its group; an option that is pressed in an open list is a choice in that list;
Enter or Space on a button is a press of it. What only moved the keyboard or the view is none (`folding` has the rest).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from byhand.episodes.types import Action, Observation, Step
from byhand.workflows.compiling import things
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.compiling.sight import Sight
from byhand.workflows.compiling.tabs import Tabs
from byhand.workflows.compiling.things import Thing, thing
from byhand.workflows.compiling.unanswered import Unanswered
from byhand.workflows.compiling.values import Value, masked
from byhand.workflows.program import Kind, Verb

Owner = tuple[int, ...]
"""Whose an act was: the number of the demonstration, and in a loop the number of the time, and so on inward."""
_PRESSES: dict[str, Verb] = {
    "click": "press", "middle_click": "press", "double_click": "press twice", "right_click": "press right",
    "triple_click": "press twice", "hover": "hover",
}  # fmt: skip
_COPIES = frozenset({"c", "C", "Insert", "x", "X", "Copy", "Cut"})
_PASTES = frozenset({"v", "V", "Paste"})
_EDITS = frozenset({"a", "A", "z", "Z", "y", "Y", "ArrowLeft", "ArrowRight", "Backspace", "Delete", "Home", "End"})
_POPUPS = frozenset({"has popup", "expanded", "collapsed", "expandable"})
_LISTS = frozenset({"combobox", "listbox"})
_SPACE = frozenset({"Enter", " "})


@dataclass(frozen=True, slots=True, eq=False)
class Did:
    """One act, the same only as itself.

    value: what was filled, chosen, pressed or opened. kind: what the field it went to holds. at: number of the step.
    copied: its value was pasted. here, there: page before it and after it, as a path template; then "" is not known.
    origin: of that page. inner: of the frame in it that it was done in, "" where that is the page itself.
    """

    verb: Verb
    thing: Thing | None
    at: int
    value: Value = field(default=Value(""), repr=False)
    kind: Kind = "text"
    to: Thing | None = None
    copied: bool = False
    sent: bool = False
    app: str = ""
    origin: str = ""
    inner: str = ""
    here: str = ""
    there: str = ""
    before: Sight | None = field(default=None, repr=False)
    after: Sight | None = field(default=None, repr=False)
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What is the same when it's done again, with other values."""
        own = self.thing.key if self.thing else ()
        return (self.verb, *own, *((self.value.text,) if self.verb in ("key", "open", "turn") else ()))


def acts(shown: Shown) -> list[Did]:
    """The acts of a demonstration, in order; one that says nothing of what is done is left out."""
    steps = shown.episode.steps
    sights: dict[int, Sight] = {}

    def sight(seen: Sequence[Observation]) -> Sight | None:
        for one in seen:
            if one.seq not in sights and (listed := shown.listed(one.seq)) is not None:
                sights[one.seq] = Sight(listed)
            if one.seq in sights:
                return sights[one.seq]
        return None

    found: list[Did] = []
    marked: Thing | None = None
    unanswered = Unanswered()
    tabs = Tabs()
    for number, step in enumerate(steps):
        action = step.action
        after = steps[number + 1] if number + 1 < len(steps) else None
        before = sight(step.before)
        origin, here = _page(action)
        if back := tabs.back(action):
            found.append(Did("turn", None, number, Value(str(back)), app=action.app, origin=origin, there=here))
        action = unanswered.filled(action, before)
        # What is seen when the next act begins has come to rest, if it is the same page; what is seen right after this
        # one may still load.
        soon = sight(step.after)
        rested = (
            sight(after.before) if after is not None and _new(step, after) and _goes_on(action, after, tabs) else None
        )
        then = rested if rested is not None and (soon is None or soon.page == rested.page) else soon
        # What was scrolled to since the list before is only in the one after.
        known = before if _lists(before, action) or not _still_lists(then, action) else then
        for did in _acts(action, known, marked, found[-1] if found else None):
            if then is not None and not action.top:
                there = then.page
            elif after is not None and not tabs.known(after.action, but=action.tab):
                there = _page(after.action)[1]
            else:
                there = here if action.top else ""
            found.append(
                replace(did, at=number, before=before, after=then, app=action.app, origin=origin, here=here,
                        there=there, inner=action.origin if action.top else "", tags=step.tags)
            )  # fmt: skip
        marked = _marks(action, before, marked)
    return found


def _lists(sight: Sight | None, action: Action) -> bool:
    return sight is not None and action.target is not None and sight.at(action.target.node) >= 0


def _still_lists(sight: Sight | None, action: Action) -> bool:
    """Elements are numbered by document: on another page the number is another's."""
    if sight is None or action.target is None or not _lists(sight, action) or sight.page != action.page:
        return False
    at, on = sight.at(action.target.node), action.target
    return on.aria in ("", sight.roles[at]) and (not on.name or sight.names[at] in ("", on.name))


def _page(action: Action) -> tuple[str, str]:
    """Origin and path of what stands in the tab, also where it was done in a frame of it."""
    if not action.top:
        return action.origin, action.page
    at = urlsplit(action.top)
    return f"{at.scheme}://{at.netloc}", at.path


def _goes_on(action: Action, after: Step, tabs: Tabs) -> bool:
    """Is what is seen before the next act what this one has led to, and no other frame or tab beside it?"""
    then = after.action
    if then.tab == action.tab:
        return then.frame == action.frame
    return not then.top and not tabs.known(then)


def _new(step: Step, after: Step) -> bool:
    """Was the next act's list made after this one had ended?"""
    return any(one.mono_ns >= step.action.end_ns for one in after.before)


def _marks(action: Action, before: Sight | None, marked: Thing | None) -> Thing | None:
    """What is selected now: a text that was pressed twice or drawn over."""
    if action.target is not None and action.op in ("double_click", "triple_click", "drag"):
        return thing(action.target, before, action.app, action.page, action.tab)
    return marked if action.op in ("hotkey", "key", "scroll", "wait") else None


def _acts(action: Action, before: Sight | None, marked: Thing | None, last: Did | None) -> Iterator[Did]:
    """One, or none. `at` and what could be seen are filled in by who asks."""
    on = thing(action.target, before, action.app, action.page, action.tab) if action.target else None
    match action.op:
        case "tab" if last is not None and last.verb == "turn":
            return
        case "navigate" | "tab" if action.origin:
            yield Did("open", None, 0, Value(action.origin + action.page))
        case "hotkey":
            yield from _chord(action, on, marked, before)
        case "key":
            yield from _key(action, on, before)
        case "drag":
            if action.to is not None and on is not None:
                to = thing(action.to, before, action.app, action.page, action.tab)
                if not things.same(on, to):
                    yield Did("drag", on, 0, to=to)
        case "type" if on is not None and on.tag == "select":
            yield Did("choose", on, 0, Value(action.text, not action.masked), "choice")  # letters find its option
        case "type" if on is not None:
            yield Did("fill", on, 0, Value(action.text, not action.masked), _kind(on))
        case "upload" if on is not None:
            yield Did("upload", on, 0, Value(action.text, known=False), "file")
        case "select" if on is not None:
            yield _selected(action, on)
        case "check" | "uncheck" if on is not None and action.target is not None:
            if on.role in ("radio", "menuitemradio"):
                yield _radio(action, on, before)
            else:
                yield Did("set", on, 0, Value("on" if action.op == "check" else "off"), "flag")
        case _ if action.op in _PRESSES and on is not None:
            yield _pressed(action, on, last, before)
        case _:
            return


def _selected(action: Action, on: Thing) -> Did:
    value = Value(action.text, bool(action.text) and not action.masked)
    if on.role in ("combobox", "listbox") and on.tag != "input":
        return Did("choose", on, 0, value, "choice")
    return Did("fill", on, 0, value, _kind(on))


def _radio(action: Action, on: Thing, before: Sight | None) -> Did:
    assert action.target is not None
    group = things.group(action.target, before, on)
    if group is None:
        return Did("set", on, 0, Value("on"), "flag")
    return Did("choose", group, 0, Value(on.name, bool(on.name)), "choice")


def _pressed(action: Action, on: Thing, last: Did | None, before: Sight | None) -> Did:
    if on.role == "option" and action.op == "click":
        inside = last.thing if last is not None and last.thing is not None and _opens(last) else None
        listbox = replace(Thing("listbox", on.near, app=on.app, page=on.page, tab=on.tab), frames=on.frames)
        held = inside or (listbox if on.near else None)
        if held is not None:
            at = before.at(on.node) if before is not None else -1
            if before is not None and at >= 0 and not held.options:
                held = replace(held, options=before.options(before.parents[at]))
            return Did("choose", held, 0, Value(on.name, bool(on.name) and not masked(on.name)), "choice")
    return Did(_PRESSES[action.op], on, 0)


def _opens(last: Did) -> bool:
    """Did it open the list that an option is then pressed in?"""
    on = last.thing
    if on is None or last.verb not in ("press", "fill", "key"):
        return False
    return on.role in _LISTS or bool(_POPUPS & set(on.states))


def _chord(action: Action, on: Thing | None, marked: Thing | None, before: Sight | None) -> Iterator[Did]:
    last, plain = action.keys[-1], "Alt" not in action.keys
    if last in _COPIES and plain and ("Shift" not in action.keys or last != "Insert"):
        if (taken := marked or on) is not None:
            yield Did("read", things.beside(taken, before), 0)
    elif (last in _PASTES and plain) or (last == "Insert" and "Shift" in action.keys):
        if on is not None:
            known = bool(action.text) and not action.masked
            yield Did("fill", on, 0, Value(action.text, known), _kind(on), copied=True)
    elif last not in _EDITS or not plain:
        yield Did("key", on, 0, Value("+".join(_shown(key) for key in action.keys)))


def _key(action: Action, on: Thing | None, before: Sight | None) -> Iterator[Did]:
    name = action.keys[-1] if action.keys else ""
    if name in _SPACE and on is not None and on.role in things.PRESSED:
        if on.role in things.BOXES | {"radio"}:
            return  # the change it made is told by itself
        yield Did("press", on, 0)
    elif name in _SPACE and on is not None and on.role in _LISTS and (option := _lit(before)):
        yield Did("choose", on, 0, Value(option), "choice")
    elif name in ("Enter", "Escape", "Delete", "F2", "F5", "ContextMenu") or len(action.keys) > 1:
        yield Did("key", on, 0, Value("+".join(_shown(key) for key in action.keys)))
    elif name.startswith("Arrow") and on is not None and on.role in _LISTS:
        yield Did("press", on, 0)  # as if its list was opened; what is chosen is told later


def _lit(before: Sight | None) -> str:
    """The option that Enter would take, where the list tells it."""
    if before is None:
        return ""
    for state in ("focused", "selected", "active"):
        for at, role in enumerate(before.roles):
            if role == "option" and state in before.states[at].split() and before.names[at]:
                return before.names[at]
    return ""


def _shown(key: str) -> str:
    return "Space" if key == " " else key.upper() if len(key) == 1 else key


def _kind(on: Thing) -> Kind:
    if on.secret:
        return "secret"
    if on.holds == "date":
        return "date"
    return "number" if on.role in ("spinbutton", "slider") or on.holds == "number" else "text"
