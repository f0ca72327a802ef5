"""Scripts as Playwright's codegen writes them, read: Python (plain, async, pytest), JavaScript and TypeScript.

Rules of this module: nothing is run. It knows statements of one shape, `page.getByRole(...).click(...)`, in both
spellings, and says of every other line that does something that it was left out. What stands in a row that is told by
its words is told apart from none: which row it is has to be written by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec.structs import replace

from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.port import Demonstration, Imported
from byhand.datasets.formats.reading import at, document
from byhand.episodes.types import Action, Episode, Op, Step, Target
from byhand.errors import Problem

ENDS = (".py", ".ts", ".js", ".mjs", ".cjs")
_STATEMENT = re.compile(r"^\s*(?:await\s+)?(page\d*)\s*\.(?=\s*[A-Za-z])")
_EXPECTS = re.compile(r"^\s*(?:await\s+)?expect\(", re.MULTILINE)
_DOES = re.compile(r"^\s*(?:await\s+)?page\d*\b")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'|`((?:[^`\\]|\\.)*)`', re.DOTALL)
_NAMED = re.compile(r"\s*,?\s*([A-Za-z_]\w*)\s*[=:]\s*")
_PATTERN = re.compile(r"\s*(?:re\.compile\(r?(?=[\"'])|/((?:[^/\\\n]|\\.)+)/[a-z]*)")
_WORD = re.compile(r"\s*([A-Za-z_]\w*)\s*")
_ON = re.compile(r"\s*\.")
_ENDED = re.compile(r"\s*;?\s*(?:(?:#|//).*)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_PRESSES: dict[str, Op] = {"click": "click", "dblclick": "double_click", "tap": "click", "hover": "hover"}
_TYPES = frozenset({"fill", "type", "pressSequentially"})
_CHECKS: dict[str, Op] = {"check": "check", "uncheck": "uncheck"}
_OF: dict[str, str] = {"type": "textbox", "select": "combobox", "check": "checkbox", "uncheck": "checkbox"}
"""Role of what is found by its label alone, by what is done to it."""
_QUIET = frozenset({
    "close", "pause", "waitForTimeout", "waitForLoadState", "waitForURL", "setViewportSize", "setDefaultTimeout",
    "once", "on", "bringToFront", "expectPopup", "expectDownload", "waitForEvent", "context",
})  # fmt: skip
"""Calls that nobody did by hand."""
_PLACES = frozenset({"first", "last", "nth"})
_MOST = 1 << 20


class _Call(NamedTuple):
    """`name(first, key=value)`. first, named: texts; pattern: the first was a regular expression."""

    name: str
    first: str = ""
    named: Mapping[str, str] = MappingProxyType({})
    pattern: bool = False
    bare: bool = False


class _Odd(Exception):
    """A statement of another shape."""


def read(path: Path) -> Iterator[Imported]:
    places = sorted(one for one in path.rglob("*") if one.suffix in ENDS) if path.is_dir() else [path]
    if not places:
        yield Problem(str(path), "there is no script in it")
    for file in places:
        data = document(file)
        if isinstance(data, Problem):
            yield data
            continue
        told, text = _Told(), data[:_MOST].decode("utf-8", "replace")
        if checks := len(_EXPECTS.findall(text)):
            said = "a check is" if checks == 1 else f"{checks} checks are"
            yield Problem(at(file, 1), f"{said} left out (expect): write what must be seen below its step, then: - see")
        for number, line in _statements(text):
            if problem := told.line(line):
                yield Problem(at(file, number), problem)
        steps = told.done()
        if not steps:
            yield Problem(at(file, 1), "nothing is done in it that can be read")
            continue
        name = f"playwright-{hashlib.sha256(data).hexdigest()[:16]}"
        yield Demonstration(
            Episode(
                id=name, recording=name, instruction=file.stem.partition(".")[0].replace("_", " "), by="source",
                outcome="unknown", steps=steps, first=0, last=len(steps) - 1, start_ns=0, end_ns=0, cut="source",
            ),
            source=at(file, 1),
        )  # fmt: skip


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin with a page, with those that only go on with them."""
    begun: tuple[int, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if begun is not None and (line.lstrip().startswith(".") or _is_open(begun[1])):
            begun = begun[0], f"{begun[1]} {line.strip()}"
            continue
        if begun is not None:
            yield begun
        begun = (number, line) if _DOES.match(line) else None
    if begun is not None:
        yield begun


def _is_open(line: str) -> bool:
    bare = _STRING.sub("", line)
    return bare.count("(") > bare.count(")")


class _Told:
    """The actions of the statements so far."""

    def __init__(self) -> None:
        self._actions: list[Action] = []
        self._origin = self._page = ""

    def line(self, line: str) -> str:
        """Take one statement. Gives what is left out of it, or ""."""
        begins = _STATEMENT.match(line)
        if begins is None:
            return ""
        try:
            calls = list(_calls(line, begins.end()))
        except _Odd:
            return "this line can't be read, and is left out"
        *way, last = calls
        if last.name in _QUIET or any(one.name in _QUIET for one in way):
            return ""
        tab = int(begins[1][4:] or 0) + 1
        if last.name == "goto":
            return self._goto(last, tab)
        return self._act(way, last, tab)

    def _goto(self, call: _Call, tab: int) -> str:
        address = urlsplit(call.first)
        if not address.scheme or not address.netloc:
            return "an address that is none"
        self._origin, self._page = f"{address.scheme}://{address.netloc.rpartition('@')[2]}", address.path or "/"
        self._add(Action("navigate", 0, 0, 0, 0), tab)
        return ""

    def _act(self, way: list[_Call], call: _Call, tab: int) -> str:
        target, left_out = _target(way)
        name = call.name
        if name == "press":
            keys = _keys(call.first)
            if not keys:
                return "a key without a name"
            self._add(Action("hotkey" if len(keys) > 1 else "key", 0, 0, 0, 0, target=target, keys=keys), tab)
            return left_out
        if target is None:
            return f"{name} says nothing of what it is done to, and is left out"
        if name in _PRESSES:
            op = "right_click" if call.named.get("button") == "right" else _PRESSES[name]
            self._add(Action(op, 0, 0, 0, 0, target=target), tab)
        elif name in _TYPES:
            self._add(Action("type", 0, 0, 0, 0, target=_as(target, "type"), text=call.first), tab)
        elif name in _CHECKS:
            self._add(Action(_CHECKS[name], 0, 0, 0, 0, target=_as(target, name)), tab)
        elif name == "selectOption":
            label = call.named.get("label", "")  # without that word it is a value, which nobody sees
            act = Action("select", 0, 0, 0, 0, target=_as(target, "select"), text=label, masked=not label)
            self._add(act, tab)
        elif name == "setInputFiles":
            self._add(Action("upload", 0, 0, 0, 0, target=target), tab)
        else:
            return f"{name[:40]} is no act that can be taken over, and is left out"
        return left_out

    def _add(self, action: Action, tab: int) -> None:
        frame = int(action.target is not None)
        self._actions.append(
            replace(action, why="source", origin=self._origin, page=self._page, tab=tab, frame=frame)
        )  # fmt: skip
        if action.op in ("click", "double_click", "key"):
            self._page = ""  # it may have led anywhere

    def done(self) -> tuple[Step, ...]:
        return tuple(Step(replace(one, first=n, last=n)) for n, one in enumerate(self._actions))


def _calls(line: str, place: int) -> Iterator[_Call]:
    """`getByRole("button", name="Save").click()`, call by call, in one spelling.

    Raises:
        _Odd: it is something else.
    """
    while True:
        found = _WORD.match(line, place)
        if found is None:
            raise _Odd
        name, place = _spelled(found[1]), found.end()
        if line[place : place + 1] == "(":
            call, place = _arguments(name, line, place + 1)
            yield call
        else:
            yield _Call(name, bare=True)
        rest = _ON.match(line, place)
        if rest is None:
            if not _ENDED.fullmatch(line, place):
                raise _Odd
            return
        place = rest.end()


def _arguments(name: str, line: str, place: int) -> tuple[_Call, int]:
    first, named, pattern, key, depth = "", dict[str, str](), False, "", 0
    while place < len(line):
        sign = line[place]
        if sign == ")" and not depth:
            return _Call(name, first, named, pattern), place + 1
        if text := _STRING.match(line, place):
            said = _ESCAPED.sub(lambda one: _ESCAPES.get(one[1], one[1]), text[text.lastindex or 0])
            if key:
                named.setdefault(key, said)
            elif not first:
                first = said
            place, key = text.end(), ""
        elif (found := _PATTERN.match(line, place)) and found.end() > place + (sign in " ,"):
            pattern, place = True, found.end()
            depth += found[1] is None
            if found[1] is not None and not first:
                first = found[1]
        elif found := _NAMED.match(line, place):
            key, place = _spelled(found[1]), found.end()
        else:
            depth += (sign in "([{") - (sign in ")]}")
            place += 1
    raise _Odd


def _spelled(name: str) -> str:
    """`get_by_role` as `getByRole`."""
    head, *tail = name.split("_")
    return head + "".join(one.title() for one in tail)


def _target(way: list[_Call]) -> tuple[Target | None, str]:
    """What the innermost locator finds, and what of it can't be said."""
    found: Target | None = None
    within = 0
    left_out = ""
    for call in way:
        if call.name in ("contentFrame", "frameLocator") or (call.name == "locator" and "iframe" in call.first):
            left_out = "it lies in a frame, which is not taken over: show that step again (workflow teach --step)"
        elif call.name in _PLACES or call.name in ("filter", "and", "or"):
            left_out = "which of several it is has to be written by hand, as: in the row of {name}"
        elif (one := _located(call)) is not None:
            found, within = one, within + 1
        elif not call.bare:
            return None, ""
    if within > 1:
        left_out = left_out or "what it lies in is left out: where that is a row, write: in the row of {name}"
    return found, left_out


def _located(call: _Call) -> Target | None:
    name = call.named.get("name", "")
    match call.name:
        case "getByRole":
            called = "" if call.pattern else name
            selector = (f'aria/{called}[role="{call.first}"]',) if called else ()
            return Target(role=call.first, aria=call.first, name=called, selectors=selector, source="browser")
        case "getByLabel" if not call.pattern:
            return Target(name=call.first, selectors=(f"aria/{call.first}",), source="browser")
        case "getByText" if not call.pattern:
            return Target(name=call.first, selectors=(f"text/{call.first}",), source="browser")
        case "getByPlaceholder" | "getByTitle" | "getByAltText" | "getByTestId":
            attribute = {"getByPlaceholder": "placeholder", "getByTitle": "title", "getByAltText": "alt"}
            key = attribute.get(call.name, "data-testid")
            return Target(selectors=(f'[{key}="{call.first}"]',), source="browser")
        case "locator" if call.first:
            css = call.first.removeprefix("css=")
            xpath = css.removeprefix("xpath=")
            selector = f"xpath/{xpath}" if xpath != css or xpath.startswith("//") else css
            return Target(selectors=(selector,), source="browser")
        case _:
            return None


def _as(target: Target, op: str) -> Target:
    """With the role that what is done to it tells."""
    role = target.role or _OF[op]
    return replace(target, role=role, aria=role, tag="select" if op == "select" and not target.role else target.tag)


def _keys(said: str) -> tuple[str, ...]:
    """`ControlOrMeta+a` as names of keys."""
    parts = [one for one in said.split("+") if one] or ["+"]
    named = ["Control" if one == "ControlOrMeta" else one for one in parts]
    return tuple(named) if all(one in MODIFIERS for one in named[:-1]) and len(named[-1]) < 30 else ()
