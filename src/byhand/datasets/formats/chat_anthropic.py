"""Chat rows for Anthropic's computer tool: messages of the Messages API, places in pixels of the screenshot.

`messages` and `tools` are the request's own: `tool_use` with one act each, `tool_result` with what the last one showed.
The tool is `computer_20251124`. Source: anthropic 2.14.0, `types/beta/beta_tool_computer_use_20251124_param.py`.
"""

from __future__ import annotations

from byhand.datasets.formats.chat_turns import Seen, Talk, writer
from byhand.datasets.formats.hands import Act
from byhand.datasets.formats.keynames import xdotool
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.writing import Json

_PRESSES = {
    "click": "left_click", "double_click": "double_click", "triple_click": "triple_click", "right_click": "right_click",
    "middle_click": "middle_click", "move": "mouse_move",
}  # fmt: skip


def build(talk: Talk) -> dict[str, Json]:
    messages: list[Json] = []
    user: list[Json] = [_text(talk.instruction)]
    look: dict[str, Json] = {"action": "screenshot"}
    calls = [look]
    shows, number = talk.first, 0
    for turn in talk.turns:
        if isinstance(turn.acts, str):
            # A message of the person comes after the results it answers; the screen is looked at again behind it.
            user, number = _ask(messages, user, calls, shows, number)
            user.append(_text(turn.acts))
            calls, shows = [look], turn.shows
            continue
        user, number = _ask(messages, user, calls, shows, number)
        calls, shows = [call for act in turn.acts for call in _calls(act)], turn.shows
    user, number = _ask(messages, user, calls, shows, number)
    messages.append({"role": "user", "content": user})
    if talk.end == "done":
        messages.append({"role": "assistant", "content": [_text("Done.")]})
    tool: Json = {
        "type": "computer_20251124", "name": "computer", "display_width_px": talk.w, "display_height_px": talk.h,
    }  # fmt: skip
    return {"tools": [tool], "messages": messages}


def _ask(
    messages: list[Json], user: list[Json], calls: list[dict[str, Json]], shows: Seen, number: int
) -> tuple[list[Json], int]:
    """Say what the person says and the calls that answer it; return the results, which the next turn begins with."""
    used: list[Json] = []
    results: list[Json] = []
    for place, call in enumerate(calls, 1):
        number += 1
        name = f"toolu_{number}"
        used.append({"type": "tool_use", "id": name, "name": "computer", "input": call})
        shown = _shown(shows) if place == len(calls) else [_text("done")]
        results.append({"type": "tool_result", "tool_use_id": name, "content": shown})
    messages += [{"role": "user", "content": user}, {"role": "assistant", "content": used}]
    return results, number


def _text(text: str) -> Json:
    return {"type": "text", "text": text or "-"}  # the API takes no empty text


def _shown(seen: Seen) -> list[Json]:
    if seen.image:
        return [{"type": "image", "source": {"type": "url", "url": seen.image}}]
    return [_text(f"On the screen:\n{seen.words}" if seen.words else "no picture was kept")]


def _calls(act: Act) -> list[dict[str, Json]]:
    at: list[Json] = [act.x, act.y]
    held: dict[str, Json] = {"text": "+".join(xdotool(key) for key in act.keys)} if act.keys else {}
    if act.do in _PRESSES:
        return [{"action": _PRESSES[act.do], "coordinate": at, **held}]
    if act.do == "drag":
        return [{"action": "left_click_drag", "start_coordinate": at, "coordinate": [act.to_x, act.to_y], **held}]
    if act.do == "scroll":
        ways = [("down", act.dy), ("up", -act.dy), ("right", act.dx), ("left", -act.dx)]
        return [
            {"action": "scroll", "coordinate": at, "scroll_direction": way, "scroll_amount": max(round(far), 1), **held}
            for way, far in ways
            if far > 0
        ]
    if act.do == "key":
        return [{"action": "key", **held}]
    return [{"action": "type", "text": act.text}] if act.do == "type" else [{"action": "wait", "duration": act.seconds}]


ANTHROPIC = Format(
    "chat-anthropic", "conversations with Anthropic's computer tool, pixels of the picture", "application/jsonl",
    write=writer(build, lambda act: act.do != "scroll" or bool(act.dx or act.dy)),
)  # fmt: skip
