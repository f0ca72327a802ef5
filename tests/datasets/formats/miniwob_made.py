"""Demonstrations in the form of the human ones, made up: pages of a few elements, and events by the line.

field = made("enter-text", [input_text("tt"), button("Submit")])
field.press("tt"); field.type("Ada"); field.press("Submit"); field.done()
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

_CODES = {"Backspace": 8, "Tab": 9, "Enter": 13, "ArrowDown": 40, "ArrowLeft": 37, "Shift": 16}
_ROW = 20


def node(tag: str, name: str, **more: Any) -> dict[str, Any]:
    return {"tag": tag, "id": name, "classes": "", "children": [], **more}


class Made:
    """One demonstration that grows. Things are called by their id; each stands in a row of its own."""

    def __init__(self, task: str, things: list[dict[str, Any]], utterance: str = "Do it.") -> None:
        self.told: dict[str, Any] = {
            "taskName": task,
            "utterance": utterance,
            "states": [],
            "rawReward": 1,
            "reward": 1,
        }
        self.body = {"tag": "BODY", "id": "", "classes": "", "children": things}
        self.time = 0
        self.target = ""
        self.focus = ""
        self._state(None)

    def press(self, name: str, *, focus: str = "", up: bool = True) -> None:
        """Down, up, and the browser's own click; twice for a label, as browsers do."""
        self.time += 1000
        self.target = name
        self._both({"type": "mousedown", **self._at(name)})
        self.focus = focus or name
        if up:
            self.time += 80
            self._both({"type": "mouseup", **self._at(name)})
            self._both({"type": "click", **self._at(name)})

    def key(self, name: str, value: str | None = None, *, up: bool = True) -> None:
        """A key, after which the field with the keyboard holds `value`."""
        self.time += 150
        sign = name if len(name) == 1 else ""
        code = _CODES.get(name) or ord(name.upper())
        self._both({"type": "keydown", "keyCode": code, "charCode": 0})
        if sign:
            self._both({"type": "keypress", "keyCode": ord(sign), "charCode": ord(sign)})
        if value is not None:
            self.holds(self.focus, value)
        if up:
            self.time += 60
            self._both({"type": "keyup", "keyCode": code, "charCode": 0})

    def type(self, text: str) -> None:
        for sign in text:
            self.key(sign, self.thing(self.focus)["value"] + sign)

    def holds(self, name: str, value: str | bool) -> None:
        self.thing(name)["value"] = value

    def toggles(self, label: str, box: str) -> None:
        """A label: its own click, and a second one that browsers make for its box."""
        self.press(label)
        self.holds(box, not self.thing(box)["value"])
        self._both({"type": "click", **self._at(label)})

    def event(self, kind: str, **more: Any) -> None:
        self._both({"type": kind, **more})

    def thing(self, name: str) -> dict[str, Any]:
        return next(one for one in self._all(self.body) if one["id"] == name)

    def write(self, folder: Path, name: str = "one") -> Path:
        path = folder / f"{name}.json.gz"
        path.write_bytes(gzip.compress(json.dumps(self.told).encode()))
        return path

    def _at(self, name: str) -> dict[str, int]:
        place = next(place for place, one in enumerate(self._all(self.body)) if one["id"] == name)
        return {"x": 10, "y": _ROW * place + 5}

    def _all(self, one: dict[str, Any]) -> list[dict[str, Any]]:
        return [one, *(below for child in one["children"] for below in self._all(child))]

    def _both(self, action: dict[str, Any]) -> None:
        for timing in (1, 3):
            self._state({**action, "timing": timing})

    def _state(self, action: dict[str, Any] | None) -> None:
        dom = json.loads(json.dumps(self.body))
        for place, one in enumerate(self._all(dom)):
            one |= {"ref": place + 1, "left": 0, "top": _ROW * place, "width": 100, "height": _ROW}
            if one["id"] == self.focus and one["id"]:
                one["focused"] = True
            if action and one["id"] == self.target and one["id"]:
                one["recordingTarget"] = True
        self.told["states"].append({"time": self.time, "action": action, "dom": dom})
