"""Chat rows for OpenAI's tool `computer`: items of the Responses API, places in pixels of the screenshot.

`messages` is what goes into `input`: `computer_call` with its batch of `actions`, and `computer_call_output` with what
it showed. Source: openai 3.57.0, `types/responses/response_computer_tool_call_param.py`.
"""

from __future__ import annotations

from byhand.datasets.formats.chat_turns import Seen, Talk, writer
from byhand.datasets.formats.hands import Act
from byhand.datasets.formats.keynames import openai
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.writing import Json

NOTCH = 100
"""Pixels of `scroll_x`, `scroll_y` for one notch of a wheel: what a browser scrolls for it."""
_BUTTONS = {"click": "left", "right_click": "right", "middle_click": "wheel"}


def build(talk: Talk) -> dict[str, Json]:
    items: list[Json] = [_user(talk.instruction), *_call(0, [{"type": "screenshot"}]), *_output(0, talk.first)]
    for number, turn in enumerate(talk.turns, 1):
        if isinstance(turn.acts, str):
            items += [_user(turn.acts), *_call(number, [{"type": "screenshot"}]), *_output(number, turn.shows)]
        else:
            actions = [action for act in turn.acts for action in _actions(act)]
            items += [*_call(number, actions), *_output(number, turn.shows)]
    if talk.end == "done":
        said: Json = {"type": "output_text", "text": "Done.", "annotations": []}
        items.append(
            {"type": "message", "id": "msg_end", "role": "assistant", "status": "completed", "content": [said]}
        )
    return {"tools": [{"type": "computer"}], "messages": items}


def _user(text: str) -> Json:
    return {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}


def _call(number: int, actions: list[Json]) -> list[Json]:
    return [
        {"type": "computer_call", "id": f"cu_{number}", "call_id": f"call_{number}", "actions": actions,
         "pending_safety_checks": [], "status": "completed"}
    ]  # fmt: skip


def _output(number: int, seen: Seen) -> list[Json]:
    shot: dict[str, Json] = {"type": "computer_screenshot"}
    if seen.image:
        shot["image_url"] = seen.image
    items: list[Json] = [{"type": "computer_call_output", "call_id": f"call_{number}", "output": shot}]
    return items if seen.image or not seen.words else [*items, _user(f"On the screen:\n{seen.words}")]


def _actions(act: Act) -> list[Json]:
    held: dict[str, Json] = {"keys": [openai(key) for key in act.keys]} if act.keys else {}
    at: dict[str, Json] = {"x": act.x, "y": act.y}
    if act.do in _BUTTONS:
        return [{"type": "click", "button": _BUTTONS[act.do], **at, **held}]
    if act.do == "double_click":
        return [{"type": "double_click", **at, "keys": None, **held}]
    if act.do == "drag":
        return [{"type": "drag", "path": [at, {"x": act.to_x, "y": act.to_y}], **held}]
    if act.do == "move":
        return [{"type": "move", **at, **held}]
    if act.do == "scroll":
        return [
            {"type": "scroll", **at, "scroll_x": round(act.dx * NOTCH), "scroll_y": round(act.dy * NOTCH), **held}
        ]  # fmt: skip
    if act.do == "type":
        return [{"type": "type", "text": act.text}]
    return [{"type": "keypress", **held}] if act.do == "key" else [{"type": "wait"}]


OPENAI = Format(
    "chat-openai", "conversations with OpenAI's computer tool, pixels of the picture", "application/jsonl",
    write=writer(build, lambda act: act.do != "triple_click"),
)  # fmt: skip
