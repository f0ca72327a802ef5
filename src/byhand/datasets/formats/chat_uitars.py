"""Chat rows for UI-TARS 1.5: an answer of one line of calls, places in pixels of the resized picture.

It is built on Qwen2.5-VL and counts as that does. Sources: `ui_tars.prompt.COMPUTER_USE_DOUBAO` and
`ui_tars.action_parser` (ui-tars 0.5.1), which reads `<point>x y</point>` and calls set apart by an empty line.
"""

from __future__ import annotations

import msgspec

from byhand.datasets.formats.chat_qwen import smart_resize
from byhand.datasets.formats.chat_rows import Space, writer
from byhand.datasets.formats.hands import Act
from byhand.datasets.formats.keynames import pyautogui
from byhand.datasets.formats.port import Format

LEAST = 100 * 28 * 28
"""`MIN_PIXELS` of its parser."""
_PRESSES = {"click": "click", "double_click": "left_double", "right_click": "right_single"}
_SYSTEM = """\
You are a GUI agent. You are given a task and your action history, with screenshots. You need to perform the next \
action to complete the task.

## Output Format
Action: ...

## Action Space
click(point='<point>x1 y1</point>')
left_double(point='<point>x1 y1</point>')
right_single(point='<point>x1 y1</point>')
drag(start_point='<point>x1 y1</point>', end_point='<point>x2 y2</point>')
hotkey(key='ctrl c')
type(content='xxx')
scroll(point='<point>x1 y1</point>', direction='down or up or right or left')
wait()
finished(content='xxx')"""


class UiTars(msgspec.Struct, frozen=True):
    def space(self, w: int, h: int) -> Space:
        return Space("px", *smart_resize(w, h, least=LEAST))

    def system(self, space: Space) -> str:  # noqa: ARG002  the port's; its prompt names no size
        return _SYSTEM

    def say(self, done: tuple[Act, ...]) -> str | None:
        calls = [_call(act) for act in done]
        said = [call for call in calls if call is not None]
        return "Action: " + "\n\n".join(said) if len(said) == len(calls) else None

    def end(self, outcome: str) -> str | None:
        return "Action: finished(content='')" if outcome == "done" else None


def _call(act: Act) -> str | None:
    at = f"point='<point>{act.x} {act.y}</point>'"
    if act.do == "key":
        keys = " ".join(pyautogui(key) for key in act.keys)
        return f"hotkey(key='{_quoted(keys)}')"
    if act.do == "type":
        return f"type(content='{_quoted(act.text)}')"
    if act.do == "wait":
        return "wait()"
    if act.keys:
        return None
    if act.do == "drag":
        return f"drag(start_{at}, end_point='<point>{act.to_x} {act.to_y}</point>')"
    if act.do == "scroll":
        way = ("down" if act.dy > 0 else "up") if act.dy else ("right" if act.dx > 0 else "left")
        return f"scroll({at}, direction='{way}')"
    return f"{_PRESSES[act.do]}({at})" if act.do in _PRESSES else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
    return escaped.replace("\n", "\\n").replace("\r", "")


UITARS = Format(
    "chat-uitars", "chat rows for UI-TARS 1.5, pixels of the resized picture", "application/jsonl",
    write=writer(UiTars()),
)  # fmt: skip
