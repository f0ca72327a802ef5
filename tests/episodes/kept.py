r"""Kept events from a text, and actions as a text. A line is one act: seconds, a verb, and words in any order.

0.0  window mail#1                      a window in front
0.5  click 100,40 (push button) "Save"  down, the element as a browser tells it, up 60 ms later; or `desktop`
0.5  down 10,10   0.6  up 10,10         half a click; button=3
0.5  move 10,10 200,40 for=0.4          a path, 100 points a second
1.0  letters 5                          keys of which only the class is kept; `digits`, `space`
1.0  write "ab c"                       keys that kept their names
1.0  key Tab  key s ctrl  key BackSpace x3  key a down     `repeat`: the key repeats, down only
1.2  change (ROLE) "NAME" node=3 value="x" holds="checked"      or any other `why` of an element
1.2  text typed|pasted|value "TEXT"
1.3  page loaded /form tab=1            1.3  scroll 3           1.3  scrolled (list) "Tickets" node=7
    1.3  see "Name|Save"                    a snapshot of those; `sent` with a press
1.4  gap "another app"   withheld   pause   resume   stop   task "INSTRUCTION"   done "failed"
"""

from __future__ import annotations

import re
from typing import Any

from byhand.episodes.types import Action
from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Key,
    KeyClass,
    Mark,
    Motion,
    Numbered,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)

_WORD = re.compile(r'\w+="(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*"|\([^)]*\)|\S+')
_MODS = {"shift": ("Shift_L", 1), "ctrl": ("Control_L", 4), "alt": ("Alt_L", 8), "super": ("Super_L", 64)}
_CLASSES: dict[str, KeyClass] = {
    "Tab": "tab", "Return": "enter", "Escape": "escape", "BackSpace": "edit", "Delete": "edit", "Left": "move",
    "Right": "move", "Up": "move", "Down": "move", "Home": "move", "End": "move", "Next": "move", "Prior": "move",
    "space": "space", "F5": "function", "F2": "function",
}  # fmt: skip
_ELEMENTS = frozenset({
    "input", "change", "focus", "hover", "submit", "drag", "drop", "copy", "cut", "paste", "file", "press", "open",
    "close",
})  # fmt: skip
ORIGIN = "https://work.example"


class _Writer:
    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self.ns = 0
        self.page = "/"
        self.tab = 1

    def line(self, line: str) -> None:
        time, verb, *words = _WORD.findall(line)
        self.ns = int(float(time) * 1000) * 1_000_000
        points = [tuple(map(int, word.split(","))) for word in words if re.fullmatch(r"-?\d+,-?\d+", word)]
        named = dict(word.split("=", 1) for word in words if re.match(r"\w+=", word))
        named = {name: value.strip('"') for name, value in named.items()}
        quoted = [word[1:-1] for word in words if word.startswith('"')]
        role = next((word[1:-1] for word in words if word.startswith("(")), "")
        bare = [word for word in words if re.fullmatch(r"[\w/#]+", word)]
        name = quoted[0] if quoted else ""
        if verb in _ELEMENTS or verb == "scrolled":
            self.element("scroll" if verb == "scrolled" else verb, role, name, named, points, desktop="desktop" in bare)
        elif verb in ("letters", "digits", "space"):
            for _ in range(int(bare[0]) if bare else 1):
                self.key(verb.rstrip("s") if verb != "space" else "space", "", 0)
        elif verb == "write":
            for sign in name:
                self.key(_class(sign), sign, 0)
        elif verb == "key":
            self.keys(bare)
        else:
            self.other(verb, role, name, named, points, bare)

    def other(self, verb: str, role: str, name: str, named: dict[str, str], points: list[Any], bare: list[str]) -> None:
        match verb:
            case "click" | "down" | "up":
                button = int(named.get("button", 1))
                x, y = points[0]
                if verb != "up":
                    self.add(Button, True, button, x, y, False)
                if verb == "click":
                    if role:
                        self.element("press", role, name, named, points, desktop="desktop" in bare)
                    self.ns += 60_000_000
                if verb != "down":
                    self.add(Button, False, button, x, y, False)
            case "move":
                (x, y), (to_x, to_y) = points[0], points[-1]
                steps = max(1, int(float(named.get("for", 0)) * 100))
                for step in range(steps + 1):
                    self.add(Motion, x + (to_x - x) * step // steps, y + (to_y - y) * step // steps, False)
                    self.ns += 10_000_000
            case "window":
                app, _, number = bare[0].partition("#")
                self.add(Window, "focus", int(number or 1), app, "", 0, 0, 1280, 800)
            case "text":
                self.add(Text, bare[0], name, 0)
            case "page":
                self.page, self.tab = bare[-1], int(named.get("tab", 1))
                what = " ".join(word for word in bare if "/" not in word)
                self.add(Page, what, self.tab, int(named.get("frame", 1)), ORIGIN, self.page)
            case "scroll":
                self.add(Scroll, 0.0, float(bare[0] if bare else named["by"]), 10, 10, False)
            case "see":
                names = tuple(name.split("|"))
                n = len(names)
                what, nothing, why = ("button",) * n, ("",) * n, "press" if "sent" in bare else "asked"
                self.add(
                    Snapshot, why, self.tab, 1, ORIGIN, self.page, 1, 0, 0, 800, 600, 1.0, tuple(range(1, n + 1)),
                    (-1,) * n, what, what, names, nothing, nothing, (0,) * 4 * n, 0,
                )  # fmt: skip
            case "wire":
                self.add(Wireframe, "before", 1, 0, 0, 800, 600, ("push button",), (name,), (0, 0, 10, 10))
            case "task":
                self.add(Mark, "task_begin", "", 0, 0, name)
            case "done":
                self.add(Mark, "task_end", name, 0, 0, "")
            case "gap" | "withheld" | "pause" | "resume" | "stop" | "start" | "note":
                self.add(Mark, verb, name, int(named.get("ms", 0)), 0, "")
            case _:
                raise ValueError(verb)

    def add(self, kind: Any, *values: Any, **more: Any) -> None:
        self.events.append(kind(self.ns // 1_000_000, self.ns, "test", *values, **more))

    def element(
        self, why: str, role: str, name: str, named: dict[str, str], points: list[Any], *, desktop: bool
    ) -> None:
        x, y = points[0] if points else (0, 0)
        states = tuple(named.get("states", "").split(",")) if "states" in named else ()
        if desktop:
            self.add(Element, why, role, name, states, x, y, 20, 20, "", "", "")
            return
        self.add(
            Element, why, role, name, states, x, y, 20, 20, "", ORIGIN, self.page, source="browser",
            tag=named.get("tag", ""), value=named.get("value", ""), holds=named.get("holds", ""), tab=self.tab, frame=1,
            node=int(named.get("node", 0)), times=int(named.get("times", 0)),
        )  # fmt: skip

    def keys(self, bare: list[str]) -> None:
        name, *words = bare
        times = next((int(word[1:]) for word in words if re.fullmatch(r"x\d+", word)), 1)
        held = [_MODS[word] for word in words if word in _MODS]
        for keysym, _ in held:
            self.stroke("modifier", keysym, 0, down=True)
        mods = sum(bit for _, bit in held)
        for _ in range(times):
            if "repeat" in words:
                self.stroke(_class(name), name, mods, down=True, repeat=True)
            elif "down" in words or "up" in words:
                modifier = _MODS.get(name)
                self.stroke("modifier" if modifier else _class(name), modifier[0] if modifier else name, mods,
                            down="down" in words)  # fmt: skip
            else:
                self.key(_class(name), name, mods)
        for keysym, bit in held:
            self.stroke("modifier", keysym, bit, down=False)

    def key(self, cls: Any, keysym: str, mods: int) -> None:
        self.stroke(cls, keysym, mods, down=True)
        self.ns += 40_000_000
        self.stroke(cls, keysym, mods, down=False)
        self.ns += 40_000_000

    def stroke(self, cls: Any, keysym: str, mods: int, *, down: bool, repeat: bool = False) -> None:
        keycode = sum(keysym.encode()) if keysym else 0
        self.add(Key, down, cls, keycode, keysym, mods, repeat, False)


def _class(name: str) -> KeyClass:
    if name in _CLASSES:
        return _CLASSES[name]
    return "space" if name == " " else "letter" if name.isalpha() else "digit" if name.isdigit() else "symbol"


def kept(text: str) -> list[Numbered]:
    """The events of a text; blank lines and what follows # are left out."""
    writer = _Writer()
    for line in text.splitlines():
        if line.partition("#")[0].strip() or (line.strip() and not line.strip().startswith("#")):
            writer.line(line.split("  # ")[0])
    return [Numbered(seq, event) for seq, event in enumerate(writer.events)]


def told(act: Action) -> str:
    """An action on one line: op, target, what, why."""
    words: list[str] = [act.op]
    for found, arrow in ((act.target, ""), (act.to, "-> ")):
        if found is not None:
            words.append(f'{arrow}({found.role}) "{found.name}"')
    if act.keys:
        words.append("+".join(act.keys) if act.keys != (" ",) else "Space")
    if act.times > 1:
        words.append(f"x{act.times}")
    if act.text or (act.op == "type" and not act.masked):
        words.append(repr(act.text))
    if act.masked:
        words.append("masked")
    if act.op == "scroll":
        words.append(f"{act.dy:g}")
    if act.op in ("window", "tab"):
        words.append(act.app or str(act.tab))
    if act.op == "navigate":
        words.append(act.page)
    if act.op == "drag":
        words.append(f"{act.x},{act.y} to {act.to_x},{act.to_y} by {len(act.path) // 3}")
    return " ".join([*words, f"[{act.why}]"])
