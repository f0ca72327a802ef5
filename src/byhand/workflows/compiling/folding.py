"""What of a demonstration is left out: slips, detours, and what only moved the keyboard. Pure.

a click into a field            what is filled in says it
a value that was set again      the last one counts, as long as nothing was sent in between
a press and the way back        nothing was done there; so it is with a page that another followed
a copy that nothing was made of, keys that closed nothing, rests on what opened nothing
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.things import FIELDS, same

_SETS = frozenset({"fill", "choose", "set", "upload"})
_BACK = frozenset({"back", "go back", "undo", "zurück", "rückgängig"})
_BACK_KEYS = frozenset({"Alt+ArrowLeft", "BrowserBack", "Meta+["})
_NOTHING = frozenset({
    "", "generic", "section", "document", "main", "form", "group", "region", "documentweb", "paragraph", "text", "list",
    "table", "rootwebarea",
})  # fmt: skip
_DIALOGS = frozenset({"dialog", "alertdialog", "menu"})


def folded(acts: Sequence[Did]) -> list[Did]:
    """The acts that do something, in order."""
    found = list(acts)
    for one in (_opens, _detours, _clicks, _again, _keys, _copies, _hovers):
        found = one(found)
    return found


def _opens(acts: Sequence[Did]) -> list[Did]:
    """Of several pages that were only passed through, the last one; none that it is on already."""
    found: list[Did] = []
    for place, act in enumerate(acts):
        after = acts[place + 1] if place + 1 < len(acts) else None
        if act.verb == "open" and (after is None or after.verb == "open"):
            continue
        found.append(act)
    return found


def _detours(acts: Sequence[Did]) -> list[Did]:
    """A press that led elsewhere, and straight back."""
    found: list[Did] = []
    for act in acts:
        last = found[-1] if found else None
        if last is not None and _goes_back(act) and last.verb in ("press", "open") and not _goes_back(last):
            found.pop()
            continue
        found.append(act)
    return found


def _goes_back(act: Did) -> bool:
    if act.verb == "key":
        return act.value.text in _BACK_KEYS
    return act.verb == "press" and act.thing is not None and act.thing.name.casefold() in _BACK


def _clicks(acts: Sequence[Did]) -> list[Did]:
    found: list[Did] = []
    for place, act in enumerate(acts):
        on, after = act.thing, acts[place + 1] if place + 1 < len(acts) else None
        if act.verb in ("press", "press twice", "key") and on is not None:
            into = after is not None and after.thing is not None and after.verb in (*_SETS, "read") and (
                same(on, after.thing) or (after.verb == "choose" and on.role in ("combobox", "listbox"))
            )  # fmt: skip
            read = after is not None and after.verb == "read"
            if act.verb != "key" and (into or (on.role in FIELDS - {"combobox", "slider"})
                                      or (read and act.verb == "press twice") or _empty(act)):  # fmt: skip
                continue
            if act.verb == "key" and into and act.value.text != "Enter":
                continue
        found.append(act)
    return _typed_to_choose(found)


def _typed_to_choose(acts: Sequence[Did]) -> list[Did]:
    """What was typed only to find an option that was then chosen is no value of its own."""
    found: list[Did] = []
    for act in acts:
        last = found[-1] if found else None
        if (
            act.verb == "choose" and last is not None and last.verb in ("fill", "press", "choose")
            and last.thing is not None and act.thing is not None and same(last.thing, act.thing)
        ):  # fmt: skip
            found.pop()
        found.append(act)
    return found


def _empty(act: Did) -> bool:
    """A click on nothing: it has no name, no role that can be pressed, and led nowhere."""
    on = act.thing
    return (
        on is not None and not on.name and not on.row and act.verb == "press" and act.here == (act.there or act.here)
        and on.role in _NOTHING
    )  # fmt: skip


def _again(acts: Sequence[Did]) -> list[Did]:
    """Of two values of one field the later one, where nothing was sent between them."""
    dropped: set[int] = set()
    last: dict[int, Did] = {}
    for place, act in enumerate(acts):
        if act.verb not in _SETS or act.thing is None:
            if act.verb in ("press", "open", "press twice") or act.value.text == "Enter":
                last.clear()
            continue
        before = next((at for at, one in last.items() if one.thing is not None and same(one.thing, act.thing)), None)
        if before is not None and act.verb == last[before].verb:
            dropped.add(before)
            del last[before]
            if act.verb == "set" and before + 1 == place and act.value != acts[before].value:
                dropped.add(place)  # on, and off again
                continue
        last[place] = act
    return [act for place, act in enumerate(acts) if place not in dropped]


def _keys(acts: Sequence[Did]) -> list[Did]:
    return [act for act in acts if act.verb != "key" or _matters(act)]


def _matters(act: Did) -> bool:
    name = act.value.text
    if name == "Enter":
        return act.thing is not None
    if name == "Escape":
        before = {role for role in act.before.roles if role in _DIALOGS} if act.before is not None else set[str]()
        after = set(act.after.roles) if act.after is not None else before
        return bool(before - after)
    return name not in ("Delete", "ContextMenu", "Shift+Tab") and not name.startswith(("Shift+Arrow", "Shift+Home",
                                                                                     "Shift+End"))  # fmt: skip


def _copies(acts: Sequence[Did]) -> list[Did]:
    """Only a copy that is pasted was taken for something. Of several, the last one before it."""
    return [one for place, one in enumerate(acts) if one.verb != "read" or _pasted(acts, place)]


def _pasted(acts: Sequence[Did], place: int) -> bool:
    for act in acts[place + 1 :]:
        if act.verb == "read":
            return False
        if act.verb == "fill" and act.copied:
            return True
    return False


def _hovers(acts: Sequence[Did]) -> list[Did]:
    """A rest counts where what is pressed next was not there before it."""
    found: list[Did] = []
    for place, act in enumerate(acts):
        if act.verb == "hover" and not _opened(act, acts[place + 1] if place + 1 < len(acts) else None):
            continue
        found.append(act)
    return found


def _opened(act: Did, after: Did | None) -> bool:
    if after is None or after.thing is None:
        return False
    return act.before is None or act.before.find(after.thing.role, after.thing.name) < 0
