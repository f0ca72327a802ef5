"""The computer tools of OpenAI and Anthropic: shown a masked picture, they answer by a place in it. Pure.

OpenAI: `POST /v1/responses` with the tool `computer` (its actions come in a list, `actions`), and for the model
computer-use-preview the tool `computer_use_preview` with `truncation` `auto` (one `action`). Source: openai-python,
`types/responses` (`computer_use_preview_tool_param`, `response_computer_tool_call`, `computer_action`), and
developers.openai.com/docs/guides/tools-computer-use, as of 2026.

Anthropic: `POST /v1/messages`, anthropic-version 2023-06-01, with the tool `computer_20251124` (beta
computer-use-2025-11-24), and for models of before November 2025 `computer_20250124` (beta computer-use-2025-01-24).
Source: anthropic-sdk-python, `types/beta/beta_tool_computer_use_*_param`, and
platform.claude.com/docs/en/agents-and-tools/tool-use/computer-use-tool, as of 2026.

Rules of this module: each request is whole by itself: the goal, what was done, and the one picture of now. Nothing is
kept there (`store` false) and no earlier picture is sent again. Of several actions the first is done and the page is
shown anew, as the places of the others are of a page that is no more. A check that a model wants a person to make is
never answered by us.
"""

from __future__ import annotations

import base64
import math

import msgspec

from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision, Did, Look
from byhand.models.endpoints import pointing, telling
from byhand.models.endpoints.pointing import Point
from byhand.models.endpoints.reading import Answer, Mistake

DONE, STUCK = "DONE", "STUCK"
_RULES = (
    "You do a task in a web page for a person, with the computer tool. The picture shows the page as it is now; words "
    "that are nobody's business are painted over in it, and you do without them. Only the page can be seen and used, "
    f"without anything of the browser around it. When the goal is reached, answer {DONE} and nothing else; when you "
    f"can't tell how to go on, answer {STUCK} and nothing else. "
) + telling.RULES
_PREVIEW = "computer-use-preview"
_OLD = ("claude-3", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-1", "claude-sonnet-4-2", "claude-opus-4-2",
        "claude-sonnet-4-0", "claude-opus-4-0")  # fmt: skip
"""Models that have the tool of January 2025, by how their names begin."""
_NOTCH_PX = 100
_MOST_ANSWER = 1024
_HELD = Mistake("held a key while it used the mouse, which can't be done here")
_OTHER = Mistake("wanted an act that there is not")


class Picture(msgspec.Struct, frozen=True):
    """What a model is shown of a page: PNG, masked by the recorder's guard, one pixel a CSS pixel. seen: the list as it
    was when the picture was made.
    """

    png: bytes
    w: int
    h: int
    seen: Snapshot

    def __repr__(self) -> str:
        return f"Picture({self.w} x {self.h})"


# ---- asked


def to_openai(model: str, look: Look, picture: Picture, mistake: str = "") -> bytes:
    """The request for the Responses API."""
    preview = model.startswith(_PREVIEW)
    size = {"display_width": picture.w, "display_height": picture.h, "environment": "browser"}
    tool = {"type": "computer_use_preview", **size} if preview else {"type": "computer"}
    image = f"data:image/png;base64,{_text(picture.png)}"
    return msgspec.json.encode({
        "model": model, "store": False, "instructions": _RULES, "tools": [tool],
        **({"truncation": "auto"} if preview else {}),
        "input": [{"role": "user", "content": [
            {"type": "input_text", "text": telling.told(look, mistake)},
            {"type": "input_image", "image_url": image, "detail": "auto" if preview else "original"},
        ]}],
    })  # fmt: skip


def to_anthropic(model: str, look: Look, picture: Picture, mistake: str = "") -> bytes:
    """The request for the Messages API."""
    source = {"type": "base64", "media_type": "image/png", "data": _text(picture.png)}
    tool = {
        "type": f"computer_{_version(model)[0]}", "name": "computer", "display_width_px": picture.w,
        "display_height_px": picture.h,
    }  # fmt: skip
    return msgspec.json.encode({
        "model": model, "max_tokens": _MOST_ANSWER, "system": _RULES, "tools": [tool],
        "messages": [{"role": "user", "content": [
            {"type": "text", "text": telling.told(look, mistake)}, {"type": "image", "source": source},
        ]}],
    })  # fmt: skip


def headers_anthropic(model: str, key: str) -> dict[str, str]:
    beta = f"computer-use-{_version(model)[1]}"
    return {"anthropic-version": "2023-06-01", "anthropic-beta": beta, **({"x-api-key": key} if key else {})}


def _version(model: str) -> tuple[str, str]:
    return ("20250124", "2025-01-24") if model.startswith(_OLD) else ("20251124", "2025-11-24")


def _text(png: bytes) -> str:
    return base64.b64encode(png).decode()


# ---- answered: OpenAI


class _Place(msgspec.Struct):
    x: float
    y: float


class _Action(msgspec.Struct):
    """Of any type; what one has not is its default."""

    type: str
    x: float | None = None
    y: float | None = None
    button: str = "left"
    path: list[_Place] = []
    scroll_x: float = 0.0
    scroll_y: float = 0.0
    keys: list[str] | None = None
    text: str = ""


class _Part(msgspec.Struct):
    type: str = ""
    text: str = ""


class _Item(msgspec.Struct):
    type: str
    action: _Action | None = None
    actions: list[_Action] | None = None
    pending_safety_checks: list[msgspec.Raw] | None = None
    content: list[_Part] | None = None


class _Response(msgspec.Struct):
    output: list[_Item]


def from_openai(answer: bytes, did: tuple[Did, ...], seen: Snapshot) -> Answer:
    """The act of a Responses API's answer. seen: the list of the picture that was sent."""
    try:
        items = msgspec.json.decode(answer, type=_Response).output
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Mistake("gave no answer that can be read")
    call = next((one for one in items if one.type == "computer_call"), None)
    if call is None:
        return _said(" ".join(part.text for one in items for part in one.content or ()))
    if call.pending_safety_checks:
        return Mistake("wants a person to look at this first", final=True)
    actions = call.actions or ([call.action] if call.action is not None else [])
    wanted = next((one for one in actions if one.type not in ("screenshot", "wait", "move")), None)
    wanted = wanted or next((one for one in actions if one.type == "move"), None)
    return _openai(wanted, did, seen) if wanted is not None else "look"


def _openai(one: _Action, did: tuple[Did, ...], seen: Snapshot) -> Answer:
    point = _point(one.x, one.y)
    if one.keys and one.type != "keypress":
        return _HELD
    match one.type:
        case "click" if point is not None and one.button in ("left", "right"):
            return pointing.pressed("right_click" if one.button == "right" else "click", seen, point)
        case "double_click" if point is not None:
            return pointing.pressed("double_click", seen, point)
        case "move" if point is not None:
            return pointing.pressed("hover", seen, point)
        case "drag" if len(one.path) > 1:
            start, end = one.path[0], one.path[-1]
            return pointing.dragged(seen, Point(start.x, start.y), Point(end.x, end.y))
        case "scroll" if one.scroll_y:
            return pointing.scrolled(seen, point, one.scroll_y / _NOTCH_PX)
        case "keypress":
            return pointing.chord(one.keys or ())
        case "type":
            return pointing.typed(seen, did, one.text)
        case _:
            return _OTHER


# ---- answered: Anthropic


class _Input(msgspec.Struct):
    action: str = ""
    coordinate: list[float] | None = None
    start_coordinate: list[float] | None = None
    text: str = ""
    scroll_direction: str = ""
    scroll_amount: float = 0.0


class _Block(msgspec.Struct):
    type: str
    text: str = ""
    name: str = ""
    input: _Input | None = None


class _Message(msgspec.Struct):
    content: list[_Block]
    stop_reason: str | None = None


def from_anthropic(answer: bytes, did: tuple[Did, ...], seen: Snapshot) -> Answer:
    """The act of a Messages API's answer. seen: the list of the picture that was sent."""
    try:
        message = msgspec.json.decode(answer, type=_Message)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Mistake("gave no answer that can be read")
    if message.stop_reason == "refusal":
        return Mistake("declined to do it", final=True)
    call = next((one for one in message.content if one.type == "tool_use" and one.input is not None), None)
    if call is None:
        return _said(" ".join(one.text for one in message.content))
    assert call.input is not None
    return _anthropic(call.input, did, seen)


def _anthropic(one: _Input, did: tuple[Did, ...], seen: Snapshot) -> Answer:
    point = _point(*one.coordinate) if one.coordinate is not None and len(one.coordinate) == 2 else None
    if one.action.endswith("_click") and one.text:
        return _HELD
    match one.action:
        case "screenshot" | "wait" | "cursor_position" | "zoom":
            return "look"
        case "left_click" if point is not None:
            return pointing.pressed("click", seen, point)
        case "right_click" if point is not None:
            return pointing.pressed("right_click", seen, point)
        case "double_click" | "triple_click" if point is not None:
            return pointing.pressed("double_click", seen, point)
        case "mouse_move" if point is not None:
            return pointing.pressed("hover", seen, point)
        case "left_click_drag" if point is not None and one.start_coordinate and len(one.start_coordinate) == 2:
            return pointing.dragged(seen, Point(*one.start_coordinate), point)
        case "scroll" if one.scroll_direction in ("up", "down") and one.scroll_amount > 0:
            return pointing.scrolled(
                seen, point, one.scroll_amount if one.scroll_direction == "down" else -one.scroll_amount
            )
        case "key":
            return pointing.chord([part for part in one.text.split("+") if part] or [one.text])
        case "type":
            return pointing.typed(seen, did, one.text)
        case _:
            return _OTHER


# ---- both


def _point(x: float | None, y: float | None) -> Point | None:
    return Point(x, y) if x is not None and y is not None and math.isfinite(x) and math.isfinite(y) else None


def _said(text: str) -> Answer:
    """It used no tool."""
    words = {word.strip(".,:;!*`'\"") for word in text.split()}
    if DONE in words and STUCK not in words:
        return Decision("done")
    return Decision("done", sure=0.0) if STUCK in words else Mistake("neither acted nor said that it is done")
