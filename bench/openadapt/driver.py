"""What runs in the peer's own environment: it shows, compiles and runs, as told by lines of JSON on its standard input.

Rules of this module: nothing of ours is imported, and of the package only its launch of a browser is replaced. One
answer a line; what the package prints goes to the standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

_MIDDLE = 400
_SEEN = (60, 740)
"""Of a window 800 high: what lies outside is scrolled to first, as a person would."""
_FIRST_PART = 12
"""From the left edge of a date field into its first part."""


def _of(name: str) -> Any:
    return importlib.import_module(f"openadapt_flow.{name}")


def _launched(chromium: Any, *, headless: bool) -> Any:
    return chromium.launch(headless=headless, executable_path="/usr/bin/chromium", args=["--no-sandbox"])


class Demonstration:
    """A hand done through the peer's recorder.

    Args:
        backend: its browser; `page` is where it is.
        recorder: its own.
    """

    def __init__(self, backend: Any, recorder: Any) -> None:
        self.page, self.recorder = backend.page, recorder

    def act(self, act: dict[str, Any]) -> None:
        name, value, column = act["name"], act["value"], act["column"] or None
        field = self.page.get_by_label(name, exact=True)
        match act["do"]:
            case "press":
                within = self.page.get_by_role("row") if act["row"] else self.page
                for text in act["row"]:
                    within = within.filter(has=self.page.get_by_role("cell", name=text, exact=True))
                self.press(within.get_by_role(act["role"], name=name, exact=True))
            case "fill":
                self.press(field)
                if field.input_value():
                    self.recorder.hotkey(["Control"], "a")
                    self.recorder.press("Backspace")
                self.recorder.type_text(value, param=column)
            case "date":
                self.press(field, _FIRST_PART)
                self.recorder.type_text(value, param=column)
            case "check":
                self.press(field)
            case _:
                self.choose(name, value, column)

    def choose(self, name: str, value: str, column: str | None) -> None:
        group = self.page.get_by_role("group", name=name, exact=True)
        if group.count():
            self.press(group.get_by_label(value, exact=True))
            return
        field = self.page.get_by_label(name, exact=True).and_(self.page.get_by_role("combobox"))
        self.press(field)
        if field.evaluate("one => one.tagName") == "SELECT":
            self.recorder.press("Escape")  # its check reads the closed list; an open one keeps the old option
            self.recorder.type_text(value, param=column)
        else:
            self.press(self.page.get_by_role("option", name=value, exact=True))

    def press(self, target: Any, into: int = 0) -> None:
        """Its middle; or so far from its left edge."""
        target.wait_for(state="visible")
        box = target.bounding_box()
        off = box["y"] + box["height"] / 2
        if not _SEEN[0] < off < _SEEN[1]:
            self.page.mouse.move(2 * _MIDDLE, _MIDDLE)
            self.recorder.scroll(0, int(off - _MIDDLE))
            box = target.bounding_box()
        self.recorder.click(
            int(box["x"] + (into or box["width"] / 2)), int(box["y"] + box["height"] / 2)
        )  # whole pixels, as it counts


def show(told: dict[str, Any]) -> dict[str, Any]:
    backend, close = _of("backends.playwright_backend").PlaywrightBackend.launch(told["url"])
    try:
        recorder = _of("recorder").Recorder(backend, told["out"], app_url=told["url"])
        demonstration = Demonstration(backend, recorder)
        for act in told["acts"]:
            demonstration.act(act)
        recorder.finish()
    finally:
        close()
    return {}


def compiled(told: dict[str, Any]) -> dict[str, Any]:
    """parameters: what a row may give."""
    _of("api").compile(told["recording"], out=told["out"], name=told["name"])
    made = json.loads((Path(told["out"]) / "workflow.json").read_text())
    return {"parameters": sorted(made["params"])}


def run(told: dict[str, Any]) -> dict[str, Any]:
    report = _of("api").replay(told["bundle"], told["url"], params=told["params"], run_dir=told["folder"])
    stopped = [one for one in report.results if not one.ok and not one.skipped]
    return {
        "finished": bool(report.success),
        "outcome": report.transaction_outcome or "",
        "error": (stopped[-1].error or "") if stopped else "",
        "steps": sum(one.ok for one in report.results),
        "seconds": report.total_ms / 1000,
        "healed": report.heal_count,
    }


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _of("_browser_setup").launch_chromium = _launched
    _of("runtime.speed").apply_speed_profile("fast")
    does = {"show": show, "compile": compiled, "run": run}
    for line in sys.stdin:
        told = json.loads(line)
        try:
            said = does[told["do"]](told)
        except BaseException as error:  # the package ends by SystemExit where it refuses; that is an answer too
            said = {"refused": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
