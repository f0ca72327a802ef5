"""Chat rows for Qwen2.5-VL and Qwen3-VL: the tool `computer_use`, called in text.

The two differ in what a coordinate counts. Qwen2.5-VL: pixels of the picture as its processor resizes it, to multiples
of 28 within a budget. Qwen3-VL: thousandths of width and height, whatever the size; its prompt says 1000x1000.
Sources: the computer-use notebooks of QwenLM/Qwen3-VL; `smart_resize` of qwen-vl-utils and transformers.
"""

from __future__ import annotations

import math

import msgspec

from byhand.datasets.formats.chat_rows import Space, writer
from byhand.datasets.formats.hands import Act
from byhand.datasets.formats.keynames import pyautogui
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.writing import Json, encoded

NOTCH = 100
"""Pixels of the tool's `scroll` for one notch of a wheel: what a browser scrolls for it."""

_PRESSES = {
    "click": "left_click", "double_click": "double_click", "triple_click": "triple_click", "right_click": "right_click",
    "middle_click": "middle_click", "move": "mouse_move",
}  # fmt: skip
_ACTIONS = (
    "key", "type", "mouse_move", "left_click", "left_click_drag", "right_click", "middle_click", "double_click",
    "triple_click", "scroll", "hscroll", "wait", "terminate", "answer",
)  # fmt: skip


def smart_resize(w: int, h: int, factor: int = 28, least: int = 3136, most: int = 12845056) -> tuple[int, int]:
    """The size the processor makes of a picture: sides in multiples of `factor`, area between `least` and `most`.

    The defaults are those of Qwen2.5-VL's preprocessor_config.json.
    """
    to_w, to_h = max(factor, round(w / factor) * factor), max(factor, round(h / factor) * factor)
    if to_w * to_h > most:
        by = math.sqrt(w * h / most)
        return max(factor, math.floor(w / by / factor) * factor), max(factor, math.floor(h / by / factor) * factor)
    if to_w * to_h < least:
        by = math.sqrt(least / (w * h))
        return math.ceil(w * by / factor) * factor, math.ceil(h * by / factor) * factor
    return to_w, to_h


class Qwen(msgspec.Struct, frozen=True):
    """thousandths: as Qwen3-VL counts; else as Qwen2.5-VL does."""

    thousandths: bool

    def space(self, w: int, h: int) -> Space:
        return Space("0-1000", 1000, 1000) if self.thousandths else Space("px", *smart_resize(w, h))

    def system(self, space: Space) -> str:
        return "\n".join(
            (
                "You are a helpful assistant.", "", "# Tools", "",
                "You may call one or more functions to assist with the user query.", "",
                "You are provided with function signatures within <tools></tools> XML tags:", "<tools>",
                encoded(_tool(round(space.w), round(space.h))).decode(), "</tools>", "",
                "For each function call, return a json object with function name and arguments within "
                "<tool_call></tool_call> XML tags:", "<tool_call>",
                '{"name": <function-name>, "arguments": <args-json-object>}', "</tool_call>",
            )
        )  # fmt: skip

    def say(self, done: tuple[Act, ...]) -> str | None:
        calls: list[dict[str, Json]] = []
        for act in done:
            call = _call(act)
            if call is None:
                return None
            if act.do == "drag":  # the tool drags from where the pointer is
                calls.append({"action": "mouse_move", "coordinate": [act.x, act.y]})
            calls.append(call)
        return "\n".join(_tag(call) for call in calls)

    def end(self, outcome: str) -> str | None:
        status = {"done": "success", "failed": "failure"}.get(outcome)
        return _tag({"action": "terminate", "status": status}) if status else None


def _tag(arguments: dict[str, Json]) -> str:
    call = encoded({"name": "computer_use", "arguments": arguments}).decode()
    return f"<tool_call>\n{call}\n</tool_call>"


def _call(act: Act) -> dict[str, Json] | None:
    at: list[Json] = [act.x, act.y]
    if act.do == "key":
        return {"action": "key", "keys": [pyautogui(key) for key in act.keys]}
    if act.do == "type":
        return {"action": "type", "text": act.text}
    if act.do == "wait":
        return {"action": "wait", "time": act.seconds}
    if act.keys:
        return None  # the tool can't hold a key down while it presses
    if act.do == "drag":
        return {"action": "left_click_drag", "coordinate": [act.to_x, act.to_y]}
    if act.do == "scroll":
        if act.dx and not act.dy:
            return {"action": "hscroll", "coordinate": at, "pixels": round(act.dx * NOTCH)}
        return {"action": "scroll", "coordinate": at, "pixels": round(-act.dy * NOTCH)}  # positive is up
    return {"action": _PRESSES[act.do], "coordinate": at}


def _tool(w: int, h: int) -> Json:
    return {
        "type": "function",
        "function": {
            "name": "computer_use",
            "description": (
                f"Use mouse and keyboard of a computer, seen in screenshots. The screen's resolution is {w}x{h}."
            ),
            "parameters": {
                "type": "object",
                "required": ["action"],
                "properties": {
                    "action": {"type": "string", "enum": list(_ACTIONS)},
                    "keys": {"type": "array", "description": "Keys pressed together, by action=key."},
                    "text": {"type": "string", "description": "Text for action=type and action=answer."},
                    "coordinate": {"type": "array", "description": "(x, y): pixels from the left and from the top."},
                    "pixels": {"type": "number", "description": "How far to scroll; positive is up, or right."},
                    "time": {"type": "number", "description": "Seconds for action=wait."},
                    "status": {"type": "string", "enum": ["success", "failure"]},
                },
            },
        },
    }


QWEN25 = Format(
    "chat-qwen25vl", "chat rows for Qwen2.5-VL, pixels of the resized picture", "application/jsonl",
    write=writer(Qwen(thousandths=False)),
)  # fmt: skip
QWEN3 = Format(
    "chat-qwen3vl", "chat rows for Qwen3-VL, coordinates 0-1000", "application/jsonl",
    write=writer(Qwen(thousandths=True)),
)  # fmt: skip
